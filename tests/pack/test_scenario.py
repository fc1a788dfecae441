"""Scenarios are written, read back, checked with file and line, and never change the baseline."""

import pytest
from small_pack import write_small_pack

from nasssap_lib.errors import PackError
from nasssap_lib.pack import schema
from nasssap_lib.pack.folders import scenarios
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import (
    Scenario,
    apply_scenario,
    checked_toml,
    read_scenario,
    scenario_differences,
    scenario_path,
    scenario_table,
    write_scenario,
)

MEASURE = {
    "id": "pension", "name": "Social pension", "guarantee": "older_persons", "group": "older_persons", "age_from": 65, "age_to": "",
    "sex": "total", "amount_low": 5, "amount_central": 10, "amount_high": 15, "amount_basis": "gdp_per_head",
    "indexing": "gdp_per_head", "months": 12, "take_up_low": 0.6, "take_up_central": 0.8, "take_up_high": 1, "start_year": 2026,
    "full_year": 2030, "admin_rate": 0.05, "admin_base": "benefits", "delivery": "", "institution": "", "related_scheme": "",
    "relation": "", "quality": "assumed", "source": "OLD", "note": "",
}  # fmt: skip


@pytest.fixture
def pack(tmp_path):
    folder = write_small_pack(tmp_path)
    row = ",".join(str(MEASURE.get(name, "")) for name in schema.MEASURES.names)
    (folder / "measures.csv").write_text(",".join(schema.MEASURES.names) + "\n" + row + "\n", encoding="utf-8")
    return read_pack("XTS", tmp_path)


HIGHER = {"pension": {"amount_low": 8.0, "amount_central": 12.0, "take_up_central": 0.9}}


def test_what_is_written_is_read_back(pack, tmp_path):
    scenario = Scenario("higher-level", "XTS", 'A "higher" level\nthan today', "C:\\path é", HIGHER)
    path = write_scenario(pack, scenario, tmp_path)
    assert path.name == "higher-level.toml"
    assert read_scenario(pack, "higher-level", tmp_path) == scenario
    assert [entry.name for entry in path.parent.iterdir()] == ["higher-level.toml"]


def test_a_scenario_changes_the_measures_and_nothing_else(pack):
    changed = apply_scenario(pack, Scenario("x", "XTS", measures=HIGHER))
    assert changed.measures.loc[0, ["amount_low", "amount_central", "amount_high", "take_up_central"]].tolist() == [
        8,
        12,
        15,
        0.9,
    ]
    assert pack.measures.loc[0, "amount_central"] == 10
    assert changed.facts is pack.facts


def test_the_differences_name_only_what_differs(pack):
    same_and_other = {"pension": {"amount_high": 15, "months": 6}}
    table = scenario_differences(pack, Scenario("x", "XTS", measures=same_and_other))
    assert table[["parameter", "baseline", "scenario"]].values.tolist() == [["months", "12", "6"]]


@pytest.mark.parametrize("name", ["../x", "A", "", "x.toml", "x/y", "con", "nul", "1st", "a" * 41])
def test_a_name_that_could_be_a_path_is_refused(pack, tmp_path, name):
    with pytest.raises(PackError, match="a scenario's name"):
        scenario_path(tmp_path, "XTS", name)


@pytest.mark.parametrize(
    ("text", "line", "expected"),
    [
        ('schema = 1\ncountry = "XTS"\n[measures.pensoin]\nmonths = 6\n', 3, "the id of a measure"),
        ('schema = 1\ncountry = "XTS"\n[measures.pension]\nmonhts = 6\n', 4, "a parameter of a measure"),
        ('schema = 1\ncountry = "XTS"\n[measures.pension]\nmonths = "six"\n', 4, "a number"),
        ('schema = 1\ncountry = "XTS"\n[measures.pension]\nmonths = 13\n', 4, "from 0 to 12"),
        ('schema = 1\ncountry = "XTS"\n[measures.pension]\namount_central = 20\n', 4, "low ≤ central ≤ high"),
        ('schema = 1\ncountry = "XTS"\n[measures.pension]\nsource = "NEW"\n', 4, "a parameter of a measure"),
        ('schema = 1\ncountry = "SEN"\n', 2, 'a line country = "XTS"'),
        ('schema = 2\ncountry = "XTS"\n', 1, "a line schema = 1"),
        ('schema = 1\ncountry = "XTS"\nrun = "rm"\n', 3, "a key of a scenario"),
        ('schema = 1\ncountry = "XTS\n', 2, "text in straight quotes"),
    ],
)
def test_each_fault_is_named_with_its_line(pack, tmp_path, text, line, expected):
    path = scenario_path(tmp_path, "XTS", "wrong")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_scenario(pack, "wrong", tmp_path)
    problem = caught.value.problems[0]
    assert (problem.file, problem.row) == ("XTS/scenarios/wrong.toml", line)
    assert problem.expected.startswith(expected)


def test_a_low_value_above_the_central_one_is_named_in_a_pack(pack, tmp_path):
    path = tmp_path / "XTS" / "measures.csv"
    path.write_text(path.read_text().replace(",5,10,15,", ",11,10,15,"), encoding="utf-8")
    with pytest.raises(PackError, match="measures.csv:2 amount_low: '11' — expected at most amount_central, 10"):
        read_pack("XTS", tmp_path)


HEAD = 'schema = 1\ncountry = "XTS"\n'


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (HEAD.replace("= 1", "= true"), "a whole number"),
        (HEAD.replace("= 1", "= 0x" + "f" * 5000), "a line schema = 1"),
        (HEAD.replace("= 1", "= " + "9" * 5000), "numbers of a few digits"),
        (HEAD + "x = " + "[" * 5000 + "]" * 5000, "lists that are not nested"),
        (HEAD + ".".join(["a"] * 5000) + " = 1", "keys of at most"),
        (HEAD + "[measures.pension]\namount_high = 0x" + "f" * 5000, "a number"),
        (HEAD + "[measures.pension]\nstart_year = 0x" + "f" * 5000, "a whole number"),
        (HEAD + "[measures.pension]\nstart_year = 1979-05-27", "a whole number"),
        (HEAD + "[measures.pension]\nmonths = nan", "a number"),
        (HEAD + "[measures.pension]\nmonths = 1e300", "a number of at most 18 digits"),
        (HEAD + 'title = "  "', "a title"),
        (HEAD.replace("\n", "\r") + "[measures.pension]\rmonths = 6\r", "lines that end"),
        (HEAD + "[measures.pension]\nsex = [1, 2]", "one of"),
        (HEAD + "measures = 7", "a part of the file"),
        (HEAD + f'title = "{"x" * 301}"', "at most 300 letters"),
        (HEAD + 'title = "=1+1"', "text, not a formula"),
        (HEAD + 'title = "a\\u202eb"', "letters that show, without U+202E"),
        (HEAD + "\n".join(f"k{i} = 1" for i in range(9999)), "a key of a scenario"),
        ("# " + "x" * 200_000, "at most 200,000 bytes"),
    ],
)
def test_what_nobody_writes_is_named_too(pack, tmp_path, text, expected):
    path = scenario_path(tmp_path, "XTS", "wrong")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(PackError) as caught:
        read_scenario(pack, "wrong", tmp_path)
    assert caught.value.problems[0].expected.startswith(expected)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        (HEAD + "measures = {pension = {months = 13}}\n", 3),
        (HEAD + "measures.pension.months = 13\n", 3),
        (HEAD + "[measures]\npension.months = 13\n", 4),
        (HEAD + "[measures]\npension = {months = 13}\n", 4),
        (HEAD + '["measures" . "pension"] # low\n\n"months" = 13\n', 5),
        (HEAD + "[[measures.pension]]\nmonths = 6\n", 3),
        (HEAD + "[[measures]]\nmonths = 6\n", 3),
        (HEAD + '"a\\u001b[31m" = 1\n', 3),
        (HEAD + '[measures."pen\\u200bsion"]\nmonths = 6\n', 3),
    ],
)
def test_a_fault_has_its_line_however_toml_writes_the_key(pack, tmp_path, text, line):
    path = scenario_path(tmp_path, "XTS", "wrong")
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8", newline="")
    with pytest.raises(PackError) as caught:
        read_scenario(pack, "wrong", tmp_path)
    assert [problem.row for problem in caught.value.problems] == [line]


def test_remedies_say_how_a_number_and_a_share_are_written(pack, tmp_path):
    path = scenario_path(tmp_path, "XTS", "wrong")
    path.parent.mkdir()
    ends = "".join(f"take_up_{end} = 80\n" for end in ("low", "central", "high"))
    path.write_text(HEAD + f'[measures.pension]\nmonths = "6"\n{ends}', encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_scenario(pack, "wrong", tmp_path)
    months, *shares = caught.value.problems
    assert months.hint == "without quotes and without a unit, as in months = 6.5"
    assert {share.hint for share in shares} == {"shares are written from 0 to 1, as in 0.8 for 80 %"} and len(
        shares
    ) == 3


def test_what_is_no_file_is_named_and_a_mark_at_the_beginning_is_none(pack, tmp_path):
    path = scenario_path(tmp_path, "XTS", "low")
    path.mkdir(parents=True)
    with pytest.raises(PackError, match="'a folder' — expected a regular file"):
        read_scenario(pack, "low", tmp_path)
    path.rmdir()
    path.write_bytes(b"\xef\xbb\xbf" + HEAD.encode())
    path.with_name("._low.toml").write_bytes(b"\0\5")
    assert read_scenario(pack, "low", tmp_path).measures == {} and scenarios(tmp_path, "XTS") == ["low"]


PAYS = """[financing.aid]
name = "Aid"
option = 4
kind = "one_off"
value_central = 0.6
from_year = 2028
to_year = 2030
"""


def test_a_scenario_can_add_who_pays_and_is_written_as_it_is_read(pack, tmp_path):
    path = scenario_path(tmp_path, "XTS", "aid")
    path.parent.mkdir()
    path.write_text(HEAD + PAYS, encoding="utf-8")
    scenario = read_scenario(pack, "aid", tmp_path)
    row = apply_scenario(pack, scenario).financing.set_index("id").loc["aid"]
    assert (row["value_low"], row["value_high"], row["to_year"], row["quality"]) == (0.6, 0.6, 2030, "assumed")
    assert "[financing.aid]" in checked_toml(pack, scenario)
    assert scenario_differences(pack, scenario)["parameter"].tolist()[:2] == ["name", "option"]
    assert "financing.aid" in set(scenario_table(pack, tmp_path)["measure"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PAYS.replace("to_year = 2030\n", ""), "lines to_year"),
        (PAYS.replace('kind = "one_off"\n', ""), "lines kind"),
        (PAYS.replace("0.6", '"much"'), "a number"),
        (PAYS.replace("2030", "2027"), "from_year ≤ to_year"),
        (PAYS.replace('"one_off"', '"twice"'), "one of recurrent, one_off, headroom"),
        (PAYS.replace("financing.aid", "financing.Aid-1"), "the id of a row of financing.csv"),
        (PAYS + "source = 'NEW'\n", "a parameter of who pays"),
        ("financing = 7\n", "a part of the file"),
    ],
)
def test_each_fault_of_who_pays_is_named(pack, tmp_path, text, expected):
    path = scenario_path(tmp_path, "XTS", "wrong")
    path.parent.mkdir()
    path.write_text(HEAD + text, encoding="utf-8")
    with pytest.raises(PackError) as caught:
        read_scenario(pack, "wrong", tmp_path)
    assert expected in [problem.expected for problem in caught.value.problems] or any(
        problem.expected.startswith(expected) for problem in caught.value.problems
    )
