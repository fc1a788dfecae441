"""The table of scenarios: an option that is the same everywhere stands once, and n/a stays n/a."""

from nasssap_lib.display.tables import to_html
from nasssap_lib.priorities.scenarios import compare_versions
from nasssap_lib.priorities.tables_scenarios import comparison_table
from nasssap_lib.priorities.words_scenarios import comparison_sentence


def test_a_reader_sees_an_option_that_is_the_same_everywhere_once(versions):
    table = comparison_table(versions)
    shown = table.rows
    assert shown.loc[shown["option"] == "social_pension", "version"].tolist() == ["baseline", "double", "half"]
    assert shown.loc[shown["option"] == "disability_benefit", "version"].tolist() == ["in all versions"]
    assert shown["option"].drop_duplicates().tolist() == versions["option"].drop_duplicates().tolist()
    html = to_html(table, "Table 3.1", "scenarios")
    assert "+0.33 points" in html  # 0.325 % more
    assert 'id="scenarios-social-pension-from-age-65-double"' in html
    assert shown.loc[shown["option"] == "disability_benefit", "rank"].tolist() == ["n/a"]
    assert ">0<" not in html.replace("\N{NO-BREAK SPACE}%", "%")
    assert len(table.data) == len(versions)


def test_one_version_gives_a_sentence_and_no_table(pack):
    alone = compare_versions({"baseline": pack})
    assert comparison_table(alone) is None
    assert comparison_sentence(alone).startswith("No scenario was chosen")


def test_a_pack_without_measures_has_nothing_to_compare(pack):

    empty = pack.with_tables(measures=pack.measures.iloc[:0])
    found = compare_versions({"baseline": empty, "s": empty})
    assert found.empty
    assert comparison_sentence(found)
    assert comparison_table(found) is None
