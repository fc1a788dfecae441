"""Scenarios beside the baseline, by hand; an option that is the same everywhere stands once, and n/a stays n/a."""

import pandas as pd
import pytest

from nasssap_lib.display.tables import to_html
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, apply_scenario
from nasssap_lib.priorities.scenarios import compare_versions
from nasssap_lib.priorities.tables_scenarios import comparison_table
from nasssap_lib.priorities.words_scenarios import comparison_sentence


def scenario(pack, **changes):
    return apply_scenario(pack, Scenario("s", pack.country, measures=changes))


@pytest.fixture(scope="module")
def pack():
    return read_pack("SEN")


@pytest.fixture(scope="module")
def found(pack):
    """The baseline; a pension of the double level; a pension for half the persons at a huge level of the grant for children."""
    double = {"amount_central": 20.0, "amount_high": 30.0}
    half = {"take_up_low": 0.3, "take_up_central": 0.425, "take_up_high": 0.5}
    dear = {"amount_central": 40.0, "amount_high": 40.0}
    return compare_versions({
        "baseline": pack,
        "double": scenario(pack, social_pension=double),
        "half": scenario(pack, social_pension=half, child_benefit=dear),
    })  # fmt: skip


def of(found, version, option):
    return found.set_index(["version", "option"]).loc[(version, option)]


def test_figures_of_each_version_by_hand(found):
    # level × 2: cost × 2, persons as before; take-up ÷ 2 (0.85 → 0.425): persons and cost ÷ 2
    before, double, half = (of(found, name, "social_pension") for name in ("baseline", "double", "half"))
    assert before["cost"] == pytest.approx(0.00325, abs=5e-6)
    assert double["cost"] == pytest.approx(2 * before["cost"])
    assert double["persons"] == before["persons"]
    assert half["cost"] == pytest.approx(before["cost"] / 2)
    assert half["persons"] == pytest.approx(before["persons"] / 2)
    assert half["newly_covered"] == pytest.approx(before["newly_covered"] / 2)
    assert half["gap_closed"] == pytest.approx(before["gap_closed"] / 2)


def test_what_differs_is_marked_and_the_baseline_differs_from_nothing(found):
    differs = found[found["figures_differ"]]
    assert set(zip(differs["version"], differs["option"], strict=True)) == {
        ("double", "social_pension"), ("half", "social_pension"), ("half", "child_benefit"),
    }  # fmt: skip
    assert not found.loc[found["version"] == "baseline", ["figures_differ", "rank_differs"]].any(axis=None)


def test_ranks_are_those_of_each_version_alone(pack):
    dear = dict.fromkeys(("amount_low", "amount_central", "amount_high"), 90.0)
    found = compare_versions({"baseline": pack, "dear": scenario(pack, social_pension=dear)}, weights="cost=1")
    for version, rows in found.groupby("version"):
        by_cost = rows.dropna(subset="cost").sort_values("cost")["option"].tolist()
        assert rows.dropna(subset="rank_best").sort_values("rank_best")["option"].tolist() == by_cost, version
    moved = found[found["rank_differs"]]
    assert set(moved["version"]) == {"dear"}
    assert "social_pension" in set(moved["option"])


def test_a_stated_order_ranks_every_version(pack):
    """Of one criterion in an order of five, cost weighs 0.457: as stated weights of the same size do, and other than equal ones."""
    rest = "gap_closed=0.136,newly_covered=0.136,readiness=0.136,equity=0.136"  # (1/5) · (1 + 1/2 + … + 1/5), and a quarter of what is left
    ordered, given, equal = (
        compare_versions({"baseline": pack, "same": pack}, **stated)[["option", "rank_best", "rank_worst"]]
        for stated in ({"order": "cost"}, {"weights": f"cost=0.457,{rest}"}, {})
    )
    pd.testing.assert_frame_equal(ordered, given)
    assert not ordered.equals(equal)


def test_what_is_not_known_stays_so_in_every_version(found):
    rows = found[found["option"] == "disability_benefit"]
    assert rows[["persons", "newly_covered", "cost", "gap_closed", "rank_best"]].isna().all(axis=None)
    assert (rows["reason"] != "").all()
    assert not rows[["figures_differ", "rank_differs"]].any(axis=None)


def test_a_reader_sees_an_option_that_is_the_same_everywhere_once(found):
    table = comparison_table(found)
    shown = table.rows
    assert shown.loc[shown["option"] == "social_pension", "version"].tolist() == ["baseline", "double", "half"]
    assert shown.loc[shown["option"] == "disability_benefit", "version"].tolist() == ["in all versions"]
    assert shown["option"].drop_duplicates().tolist() == found["option"].drop_duplicates().tolist()
    html = to_html(table, "Table 3.1", "scenarios")
    assert "+0.33 points" in html  # 0.325 % more
    assert 'id="scenarios-social-pension-from-age-65-double"' in html
    assert shown.loc[shown["option"] == "disability_benefit", "rank"].tolist() == ["n/a"]
    assert ">0<" not in html.replace("\N{NO-BREAK SPACE}%", "%")
    assert len(table.data) == len(found)


def test_one_version_gives_a_sentence_and_no_table(pack):
    alone = compare_versions({"baseline": pack})
    assert comparison_table(alone) is None
    assert comparison_sentence(alone).startswith("No scenario was chosen")


def test_the_sentence_says_what_each_scenario_changes(found):
    text = comparison_sentence(found)
    assert f"Scenario double gives 1 of {found['option'].nunique()} options other figures" in text
    assert f"Scenario half gives 2 of {found['option'].nunique()} options other figures" in text
    same = pd.concat(
        [found[found["version"] == "baseline"], found[found["version"] == "baseline"].assign(version="same")]
    )
    assert comparison_sentence(same) == "Scenario same changes nothing that this chapter shows."


@pytest.mark.parametrize("code", ["XTC", "HND", "LKA"])
def test_every_country_can_be_compared(code):
    pack = read_pack(code)
    option = pack.measures["id"].iat[0]
    found = compare_versions({"baseline": pack, "s": scenario(pack, **{option: {"months": 6.0}})})
    assert found.loc[found["figures_differ"], "option"].tolist() == [option]
    assert (found["source"] != "").all()


def test_a_pack_without_measures_has_nothing_to_compare(pack):
    from dataclasses import replace

    empty = replace(pack, measures=pack.measures.iloc[:0])
    found = compare_versions({"baseline": empty, "s": empty})
    assert found.empty
    assert comparison_sentence(found)
    assert comparison_table(found) is None
