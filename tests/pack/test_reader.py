"""The reader finds every problem of a pack at once and names file, line, column, value and remedy."""

import pytest
from small_pack import write_small_pack

from nasssap_lib.errors import PackError
from nasssap_lib.pack.reader import data_root, read_pack


@pytest.fixture
def pack_folder(tmp_path):
    return write_small_pack(tmp_path)


def edit(folder, file, old, new, count=1):
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, count), encoding="utf-8")


def problems(folder):
    with pytest.raises(PackError) as caught:
        read_pack(folder.name, folder.parent)
    return caught.value.problems


def test_a_sound_pack_is_read_with_empty_optional_tables(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.settings.name_en == "Testland"
    assert len(pack.facts) == 7
    assert pack.measures.empty
    assert "amount_central" in pack.measures


@pytest.mark.parametrize(
    ("file", "old", "new", "row", "column", "expected"),
    [
        ("indicators.csv", "2019,20,percent", "2019,twenty,percent", 2, "value", "a number"),
        ("indicators.csv", "2019,20,percent", '2019,"20,5",percent', 2, "value", "a number"),
        ("indicators.csv", "observed,NEW,", "observed,NEWS,", 3, "source", "an id of sources.csv"),
        ("indicators.csv", "total,,2022,", "total,,20222,", 4, "year", "a year"),
        ("indicators.csv", "mothers,female", "mothers,woman", 5, "sex", "one of total, female, male"),
        ("indicators.csv", "births,total", "birhts,total", 8, "indicator", "an indicator of codebook.csv"),
        ("indicators.csv", "50,thousand_persons", "50,persons", 8, "unit", "'thousand_persons'"),
        ("indicators.csv", "XTS,,births", "SEN,,births", 8, "country", "the country of the pack"),
        ("population.csv", "2020,female,0-4,1000", "2020,female,0-4,-1000", 2, "persons", "at least 0"),
        ("population.csv", "2020,female,0-4,1000", "2020,female,0-4,nan", 2, "persons", "a number"),
        ("schemes.csv", "fund,Caisse,", "fund,=HYPERLINK(1),", 2, "name", "text, not a formula"),
        ("schemes.csv", "fund,Caisse,", "fund,@SUM(A1),", 2, "name", "text, not a formula"),
        ("schemes.csv", "old_age;survivors", "old_age;survivor", 2, "branches", "a ; list"),
        ("schemes.csv", "social_insurance", "insurance", 2, "type", "one of"),
        ("sources.csv", "NEW,", "NEW SOURCE,", 3, "id", "an id of letters"),
        ("country.toml", "reference_year = 2025", "reference_year = 20225", 8, "reference_year", "a year"),
        ("country.toml", "schema = 2", "schema = 3", 1, "schema", "at most 2"),
        ("country.toml", "schema = 2", "schema = 1", 1, "schema", "2"),
        ("country.toml", "fictional = true", "fictional = false", 9, "fictional", "fictional = true"),
    ],
)  # fmt: skip
def test_each_wrong_cell_is_named(pack_folder, file, old, new, row, column, expected):
    edit(pack_folder, file, old, new)
    found = [problem for problem in problems(pack_folder) if (problem.row, problem.column) == (row, column)]
    assert found, [str(problem) for problem in problems(pack_folder)]
    assert found[0].file == f"XTS/{file}"
    assert found[0].expected.startswith(expected)


def test_all_problems_come_together(pack_folder):
    edit(pack_folder, "indicators.csv", "2019,20,percent", "2019,twenty,percent")
    edit(pack_folder, "population.csv", "2020,female,0-4,1000", "2020,female,0-4,-1")
    edit(pack_folder, "country.toml", 'language = "en"', 'language = "deutsch"')
    assert {problem.file for problem in problems(pack_folder)} == {
        "XTS/country.toml", "XTS/indicators.csv", "XTS/population.csv",
    }  # fmt: skip


def test_a_missing_column_and_an_unknown_one_are_named(pack_folder):
    edit(pack_folder, "indicators.csv", ",value,", ",vlaue,")
    found = problems(pack_folder)
    assert [(problem.row, problem.column) for problem in found] == [(1, "value"), (1, "vlaue")]
    assert "did you mean 'value'?" in found[1].hint


def test_bytes_that_are_not_utf8_are_named_with_their_line(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(path.read_text(encoding="utf-8").replace("Caisse", "Caisse générale").encode("latin-1"))
    found = problems(pack_folder)
    assert [(problem.file, problem.row) for problem in found] == [("XTS/schemes.csv", 2)]
    assert "UTF-8" in found[0].expected


def test_the_same_key_and_source_twice_names_both_lines(pack_folder):
    path = pack_folder / "indicators.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "XTS,,births,total,total,,2020,51,thousand_persons,,estimated,POP,\n",
        encoding="utf-8",
    )
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.file) == (9, "XTS/indicators.csv")
    assert "line 8" in problem.hint


def test_two_editions_of_one_figure_may_both_stand(pack_folder):
    path = pack_folder / "indicators.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "XTS,,births,total,total,,2020,51,thousand_persons,,estimated,OLD,\n",
        encoding="utf-8",
    )
    assert len(read_pack("XTS", pack_folder.parent).facts) == 8


def test_lines_are_those_of_the_file_also_after_a_cell_with_a_line_break(pack_folder):
    edit(pack_folder, "indicators.csv", "observed,OLD,\n", 'observed,OLD,"two\nlines"\n')
    edit(pack_folder, "indicators.csv", "50,thousand_persons", "fifty,thousand_persons")
    assert [problem.row for problem in problems(pack_folder)] == [9]


def test_a_missing_age_group_is_named_for_it_would_lower_the_count(pack_folder):
    edit(pack_folder, "population.csv", "2025,male,100+,2000,estimated,POP,\n", "")
    (problem,) = problems(pack_folder)
    assert problem.value == "2025 male"
    assert "100+" in problem.hint


def test_a_file_with_semicolons_is_explained(pack_folder):
    path = pack_folder / "population.csv"
    path.write_text(path.read_text(encoding="utf-8").replace(",", ";"), encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert "commas" in problem.expected


def test_a_file_of_a_spreadsheet_with_a_byte_order_mark_is_read(pack_folder):
    path = pack_folder / "schemes.csv"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert len(read_pack("XTS", pack_folder.parent).schemes) == 1


def test_an_unknown_table_is_named_and_unknown_folders_are_ignored(pack_folder):
    (pack_folder / "scenarios").mkdir()
    (pack_folder / "scheme.csv").write_text("id\n", encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert (problem.file, problem.hint) == ("XTS/scheme.csv", "did you mean 'schemes.csv'?")


@pytest.mark.parametrize("code", ["../XTS", "xts", "SEN", "", "XT", "X/S"])
def test_a_country_that_is_no_pack_is_refused(pack_folder, code):
    with pytest.raises(PackError, match="a country pack"):
        read_pack(code, pack_folder.parent)


def test_the_data_folder_is_argument_then_environment_then_nearest(pack_folder, monkeypatch):
    root = pack_folder.parent
    monkeypatch.setenv("NASSSAP_DATA", str(root))
    assert data_root() == root
    monkeypatch.delenv("NASSSAP_DATA")
    assert data_root().parts[-2:] == ("data", "raw")
    with pytest.raises(PackError, match="codebook"):
        data_root(pack_folder)


def test_the_newest_edition_is_used_and_editions_are_never_chained(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.latest("effective_coverage", "at_least_one")["value"].tolist() == [25]
    assert pack.latest("effective_coverage", "at_least_one", year=2021)["value"].tolist() == [14.5]
    assert pack.latest("effective_coverage", "at_least_one", year=2017).empty
    assert pack.series("effective_coverage", "at_least_one")["year"].tolist() == [2018, 2022]


def test_the_digest_changes_with_any_byte(pack_folder):
    before = read_pack("XTS", pack_folder.parent).digest
    edit(pack_folder, "schemes.csv", "Act 1", "Act 2")
    assert read_pack("XTS", pack_folder.parent).digest != before


@pytest.mark.parametrize("file", ["indicators.csv", "population.csv"])
def test_an_illustration_is_refused_in_a_real_country_in_whichever_table(tmp_path, file):
    folder = write_small_pack(tmp_path, "SEN")
    edit(folder, "country.toml", "fictional = true", "fictional = false")
    text = (folder / file).read_text(encoding="utf-8")
    (folder / file).write_text(text.replace(",estimated,", ",illustrative,", 1), encoding="utf-8")
    (problem,) = problems(folder)
    assert (problem.file, problem.value) == (f"SEN/{file}", "illustrative")
