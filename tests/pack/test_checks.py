"""Cells against the schema: each wrong one is named with its line, column and what may stand there."""

import pandas as pd
import pytest
from small_pack import edit, problems

from nasssap_lib import terms
from nasssap_lib.pack.reader import read_pack


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
    edit(pack_folder / file, old, new)
    found = [problem for problem in problems(pack_folder) if (problem.row, problem.column) == (row, column)]
    assert found, [str(problem) for problem in problems(pack_folder)]
    assert found[0].file == f"XTS/{file}"
    assert found[0].expected.startswith(expected)


def test_a_missing_column_and_an_unknown_one_are_named(pack_folder):
    edit(pack_folder / "indicators.csv", ",value,", ",vlaue,")
    found = problems(pack_folder)
    assert [(problem.row, problem.column) for problem in found] == [(1, "value"), (1, "vlaue")]
    assert "did you mean 'value'?" in found[1].hint


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


@pytest.mark.parametrize("date", ["2027", "2027-02", "2028-02-29", ""])
def test_years_months_and_days_that_exist_are_dates(pack_folder, date):
    (pack_folder / "process.csv").write_text(
        f"step,status,date,initiator,evidence,source\n1,planned,{date},,read,OLD\n"
    )
    assert problems(pack_folder) == []
    assert read_pack("XTS", pack_folder.parent).process["date"].tolist() == [date]


@pytest.mark.parametrize("date", ["Sep-26", "13/02/2027", "2027-13", "2027-02-29", "2027-2", "202", "20270101", "٢٠٢٧"])
def test_others_are_named(pack_folder, date):
    (pack_folder / "process.csv").write_text(
        f"step,status,date,initiator,evidence,source\n1,done,{date},,read,OLD\n", encoding="utf-8"
    )
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.column, problem.value) == (2, "date", date)
    assert "YYYY-MM-DD" in problem.expected and "spreadsheet" in problem.hint


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2030-01", "2027-01", True),
        ("2027", "2027-01", False),
        ("2027-06-30", "2027-06", False),
        ("2027-07", "2027-06-30", True),
    ],
)
def test_an_end_before_its_start_is_named_dates_compared_as_exactly_as_both_are_known(
    training_folder, start, end, wrong
):
    edit(training_folder / "activities.csv", "2025-10,2026-06", f"{start},{end}")
    edit(
        training_folder / "activities.csv", "Drafting of laws,0.6", "Drafting of laws,0.0"
    )  # nothing is done before a start
    found = [(problem.column, problem.value, problem.expected) for problem in problems(training_folder)]
    assert found == ([("start", start, f"at most end, {end}")] if wrong else [])


RATES = ("admin_rate", "admin_rate_low", "admin_rate_high")
OUT_OF_RANGE = [  # what another option says in each case, the cell that is named, and what is expected of it
    ({"relation": "benefit_testing"}, "relation", "one of build_on, coordinate, merge, crowding_out, benefit_tested"),
    ({"take_up_low": "75", "take_up_central": "85", "take_up_high": "95"}, "take_up_low", "at most 1"),
    ({"amount_low": ""}, "amount_low", "a value"),
    ({"start_year": "2031", "full_year": "2027"}, "start_year", "at most full_year, 2027"),
    (dict(zip(RATES, ("0.04", "0.05", "0.06"), strict=True)), "admin_rate_low", "at most admin_rate, 0.04"),
    (dict(zip(RATES, ("0.07", "0.03", "0.06"), strict=True)), "admin_rate", "at most admin_rate_high, 0.06"),
    ({"age_from": "14", "age_to": "0"}, "age_from", "at most age_to, 0"),
    (dict(zip(RATES, ("0.04", "0.03", "6"), strict=True)), "admin_rate_high", "at most 1"),
    ({"kind": "grant"}, "kind", "one of benefit, subsidy"),
    ({"group": "self_employd"}, "group", f"one of {', '.join(terms.GROUPS)}"),
]


def test_parameters_of_an_option_out_of_range_or_order_are_named(training_folder):
    path = training_folder / "measures.csv"
    options = pd.read_csv(path, dtype="str", keep_default_na=False)
    for at, (said, _column, _expected) in enumerate(OUT_OF_RANGE):
        options.loc[at, list(said)] = list(said.values())
    options.to_csv(path, index=False)
    first = {problem.row: problem for problem in reversed(problems(training_folder))}
    found = [(row, first[row].column, first[row].expected) for row in sorted(first)]
    assert found == [(row, column, expected) for row, (_said, column, expected) in enumerate(OUT_OF_RANGE, 2)]


def test_payments_of_a_scheme_are_of_a_list(training_folder):
    edit(
        training_folder / "schemes.csv",
        "A fixed sum a month and household,,",
        "A fixed sum a month and household,monthly,",
    )
    (problem,) = problems(training_folder)
    assert (problem.file, problem.column, problem.value) == ("XTC/schemes.csv", "paid", "monthly")
    assert problem.expected.startswith("one of regular, once, in_kind")


def test_a_pack_may_do_without_the_columns_that_came_later_and_reads_them_as_empty(training_folder):
    """Packs drafted before a column was thought of stay sound: exact administration, the list by guarantee, the whole country."""
    later = {"measures": ["admin_rate_low", "admin_rate_high", "kind"], "schemes": ["area", "paid"]}
    for name, columns in later.items():
        path = training_folder / f"{name}.csv"
        pd.read_csv(path, dtype=str, keep_default_na=False).drop(columns=columns).to_csv(path, index=False)
    assert problems(training_folder) == []
    pack = read_pack("XTC", training_folder.parent)
    assert pack.measures[["admin_rate_low", "admin_rate_high"]].isna().all(axis=None)
    assert set(pack.measures["kind"]) == set(pack.schemes["area"]) == set(pack.schemes["paid"]) == {""}


@pytest.mark.parametrize(
    ("column", "value"), [("group", "self_employed"), ("relation", "benefit_tested"), ("kind", "")]
)
def test_what_an_option_may_say_of_its_people_its_scheme_and_its_list(training_folder, column, value):
    path = training_folder / "measures.csv"
    measures = pd.read_csv(path, dtype=str, keep_default_na=False)
    measures.loc[0, column] = value
    measures.to_csv(path, index=False)
    assert problems(training_folder) == []
    assert read_pack("XTC", training_folder.parent).measures.loc[0, column] == value


@pytest.mark.parametrize(
    ("file", "old", "column", "most"),
    [
        ("schemes.csv", ",Caisse,", "name", 300),
        ("schemes.csv", "Fund,social_insurance", "short_name", 60),
        ("schemes.csv", "Act 1", "legal_basis", 20_000),
        ("sources.csv", "OLD,,", "short", 40),
    ],
)
def test_text_that_no_page_can_show_is_refused(pack_folder, file, old, column, most):
    whole = (pack_folder / file).read_text(encoding="utf-8")
    new = {"short_name": ("{},social_insurance"), "short": "OLD,{},", "name": ",{},", "legal_basis": "{}"}[column]
    edit(pack_folder / file, old, new.format("x" * most))
    assert problems(pack_folder) == []
    (pack_folder / file).write_text(whole, encoding="utf-8")
    edit(pack_folder / file, old, new.format("x" * (most + 1)))
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.column, problem.expected) == (2, column, f"at most {most:,} letters")


def test_ids_that_differ_only_in_capital_letters_are_one_id(pack_folder):
    path = pack_folder / "sources.csv"
    path.write_text(
        path.read_text(encoding="utf-8") + "old,,Statistics,Coverage,third,3,2026,,,not stated,\n", encoding="utf-8"
    )
    (problem,) = problems(pack_folder)
    assert (problem.row, problem.value, problem.expected) == (5, "old", "each key (id) once")
    assert "line 2" in problem.hint


def test_a_reference_in_other_capital_letters_finds_its_id(pack_folder):
    edit(pack_folder / "indicators.csv", "observed,OLD,", "observed,old,")
    (problem,) = problems(pack_folder)
    assert problem.hint == "did you mean 'OLD'?"


@pytest.mark.parametrize(
    ("row", "remedy"),
    [
        ("XTS,,,births,total,total,,2020,50,thousand_persons,,estimated,POP", "delete a cell"),
        ("XTS,births,total,total,,2020,50,thousand_persons,,estimated,POP,,", "insert a cell"),
        ("XTS,,births,total,total,2020,50,thousand_persons,,estimated,POP,,", "insert a cell"),
    ],
)
def test_a_row_whose_cells_are_shifted_is_told_once(pack_folder, row, remedy):
    edit(pack_folder / "indicators.csv", "XTS,,births,total,total,,2020,50,thousand_persons,,estimated,POP,", row)
    (problem,) = [problem for problem in problems(pack_folder) if problem.row == 8]
    assert f"the cells are shifted: {remedy}" in problem.hint
