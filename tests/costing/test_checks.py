"""Take-up below a scheme's register is an error of the pack, spending that nothing explains a doubt; with line, value and remedy."""

import shutil

import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.checks import option_problems, outturn_doubts, take_up_problems
from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack


def changed(country: str, option: str, **values):
    pack = pack_of(country)
    measures = pack.measures.copy()
    for name, value in values.items():
        measures.loc[measures["id"] == option, name] = value
    return pack.with_tables(measures=measures)


@pytest.mark.parametrize("country", ALL)
def test_no_shipped_pack_takes_members_away_from_a_scheme(country):
    assert option_problems(pack_of(country)) == []


def test_a_take_up_below_the_register_is_named_with_its_place_and_what_to_do():
    """Zambia: 1.3 million households of 5 persons, of 21,913,880 persons × 60 % who are poor: 49.44 % are reached already."""
    pack = changed("ZMB", "cash_transfer", take_up_low=0.3, take_up_central=0.49)
    (problem,) = take_up_problems(pack)
    row = pack.measures["id"].tolist().index("cash_transfer")
    assert (problem.file, problem.row, problem.column) == ("ZMB/measures.csv", row + 2, "take_up_central")
    assert problem.value == "0.49" and pytest.approx(0.4944, abs=0.00005) == 1_300_000 * 5 / (0.6 * 21_913_880)
    assert problem.expected.startswith("at least 0.4944 for cash_transfer") and "2024" in problem.expected
    assert "raise it, or write in relation" in problem.hint
    assert problem.at == pack.measures.index[row]


def test_a_take_up_of_just_what_is_covered_and_one_beside_the_scheme_are_no_errors():
    """Senegal: 32 % of the poor receive today (SDG 1.3.1 of 2019)."""
    assert take_up_problems(changed("SEN", "cash_transfer", take_up_low=0.32, take_up_central=0.32)) == []
    beside = changed("SEN", "cash_transfer", take_up_low=0.1, take_up_central=0.1, relation="coordinate")
    assert take_up_problems(beside) == []


def test_where_nobody_knows_who_is_covered_nothing_is_said():
    """Sri Lanka's rate of the poor is to be verified, and its register counts families of no published size."""
    assert take_up_problems(changed("LKA", "cash_transfer", take_up_low=0.0, take_up_central=0.01)) == []


def test_the_low_end_of_a_range_may_lie_below():
    """An end of a range is no plan: nobody would be newly covered there, and nobody loses."""
    assert take_up_problems(changed("SEN", "cash_transfer", take_up_low=0.1)) == []


@pytest.mark.parametrize("country", ALL)
def test_no_shipped_pack_differs_from_outturn_without_a_word(country):
    assert outturn_doubts(pack_of(country)) == []


def test_spending_that_nothing_explains_is_a_doubt_with_its_place():
    pack = pack_of("ZMB")
    silent = pack.with_tables(outturns=pack.outturns[pack.outturns["kind"] != "budget"])
    (doubt,) = outturn_doubts(silent)
    figures = pack.scheme_figures.reset_index(drop=True)
    at = figures.query("scheme == 'sct' and measure == 'expenditure_budget' and year == 2021").index[0]
    assert (doubt.file, doubt.row, doubt.column, doubt.value) == ("ZMB/scheme_figures.csv", at + 2, "value", "2300")
    assert "51 % of what was published for 2021" in doubt.expected and "outturns.csv" in doubt.hint and doubt.doubt
    assert outturn_doubts(silent, range(100, 100 + len(figures)))[0].row == 100 + at


def test_an_option_that_begins_after_the_population_ends_is_named_with_its_line():
    pack = changed("SEN", "social_pension", start_year=2060, full_year=2061)
    (problem,) = option_problems(pack)
    row = pack.measures["id"].tolist().index("social_pension")
    assert (problem.row, problem.column, problem.value) == (
        row + 2,
        "start_year",
        "2060",
    ) and "2050" in problem.expected


@pytest.mark.parametrize(
    ("column", "cell"),
    [("take_up_central", "1.4"), ("amount_basis", "gold"), ("indexing", "gold"), ("amount_low", "-5"), ("uses", "-1"),
     ("inclusion_error_central", "1"), ("own_payment", "99"), ("form", "gold"), ("materials", "-0.1"), ("admin_start_up", "-3")],
)  # fmt: skip
def test_what_no_option_can_be_is_refused_by_the_reader_with_file_and_line(tmp_path, column, cell):
    folder = tmp_path / "SEN"
    shutil.copytree(data_root() / "SEN", folder)
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    table = pd.read_csv(folder / "measures.csv", dtype=str, keep_default_na=False)
    table.loc[3, column] = cell
    table.fillna("").to_csv(folder / "measures.csv", index=False)
    with pytest.raises(PackError) as told:
        read_pack("SEN", tmp_path)
    places = {(problem.file, problem.row, problem.column) for problem in told.value.problems}
    assert ("SEN/measures.csv", 5, column) in places
