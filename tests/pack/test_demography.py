"""Rates from which a population is projected: what no country can have is named with its line, and what to do."""

import pytest
from small_pack import edit, problems

FILE = "XTC/demography.csv"


@pytest.fixture
def table(training_folder):
    """The table of the training country as a file that a test may spoil."""
    return training_folder / "demography.csv"


def line_of(path, text: str) -> int:
    return next(number for number, line in enumerate(path.read_text().splitlines(), 1) if text in line)


def without(path, text: str) -> None:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert any(text in line for line in lines)
    path.write_text("".join(line for line in lines if text not in line), encoding="utf-8")


def change(path, start: str, value: str) -> int:
    """Write another value into the row that begins so; its line."""
    number = line_of(path, start)
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = lines[number - 1].split(",")
    cells[5] = value
    path.write_text("\n".join([*lines[: number - 1], ",".join(cells), *lines[number:]]) + "\n", encoding="utf-8")
    return number


def test_the_training_country_as_it_is_made_is_sound(training_folder):
    assert problems(training_folder) == []


@pytest.mark.parametrize(
    ("start", "value", "expected", "hint"),
    [
        ("death_rate,0,female,2025-2030", "17.0053", "at most 0.5", "per 1,000"),
        ("death_rate,100+,male,2025-2030", "365", "at most 2", "per 1,000"),
        ("death_rate,5-9,female,2025-2030", "0", "more than 0", "per 1,000"),
        ("death_rate,5-9,female,2025-2030", "-0.001", "more than 0", "per 1,000"),
        ("total_fertility,,female,2025-2030,medium", "70", "at most 10", "decimal point"),
        ("total_fertility,,female,2025-2030,medium", "0", "at least 0.3", "decimal point"),
        ("sex_ratio_at_birth,,total,2025-2030", "103", "at most 1.25", "not per 100"),
        ("population_total,,total,2030,medium", "13989", "persons of population.csv in 2030", "multiply by 1,000"),
        ("net_migrants,20-24,male,2025-2030", "-900000", "persons of this age leaving", "not per 1,000"),
        ("net_migrants,20-24,male,2025-2030", "90000000", "fewer migrants than people", "not per 1,000"),
        ("total_fertility,,female,2045-2050,lower_95", "2.11", "at most lower_80", "lower_95 ≤ lower_80 ≤ medium"),
        ("fertility_share,25-29,female,2025-2030", "47", "add up to 100", "those of 2025-2030 add up to 119.9"),
    ],
)
def test_a_value_that_no_country_has_is_named_with_its_line_and_the_remedy(
    training_folder, table, start, value, expected, hint
):
    line = change(table, start, value)
    (problem, *_) = found = problems(training_folder)
    assert {one.file for one in found} == {FILE} and problem.column == "value"
    assert expected in problem.expected and hint in problem.hint
    assert problem.row == line or "shares" in problem.expected or "fewer migrants" in problem.expected


def test_a_life_table_without_its_open_last_age_does_not_close(training_folder, table):
    without(table, "death_rate,100+,female,2025-2030")
    (problem,) = problems(training_folder)
    assert (problem.file, problem.column, problem.value) == (FILE, "age_group", "2025-2030 female")
    assert problem.expected == "the open last age, 100+" and "some never die" in problem.hint


def test_ages_that_are_missing_or_stand_twice_are_named(training_folder, table):
    without(table, "death_rate,1-4,male,2030-2035")
    without(table, "net_migrants,0-4,male,2030-2035")
    found = {problem.hint for problem in problems(training_folder)}
    assert found == {"missing: 1-4", "missing: 0-4"}


def test_a_second_source_of_the_same_rank_gives_an_age_twice(training_folder, table):
    edit(
        training_folder / "sources.csv",
        "XTC-COVERAGE-2023",
        "XTC-SECOND,,nasssap,t,,0,,,,own,,other\nXTC-COVERAGE-2023",
    )
    row = "death_rate,5-9,female,2025-2030,medium,0.0009,deaths_per_person_year,illustrative,XTC-SECOND,\n"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    found = [str(problem) for problem in problems(training_folder)]
    assert any("expected each age once in 2025-2030, female; it stands in line" in text for text in found), found


def test_a_source_of_a_higher_rank_is_another_edition_and_no_second_row(training_folder, table):
    edit(
        training_folder / "sources.csv",
        "XTC-COVERAGE-2023",
        "XTC-SECOND,,nasssap,t,2,3,,,,own,,other\nXTC-COVERAGE-2023",
    )
    row = "total_fertility,,female,2025-2030,medium,2.7,children_per_woman,illustrative,XTC-SECOND,\n"
    table.write_text(table.read_text(encoding="utf-8") + row, encoding="utf-8")
    assert problems(training_folder) == []


def test_rates_of_one_sex_alone_are_named(training_folder, table):
    text = table.read_text(encoding="utf-8").splitlines(keepends=True)
    kept = [line for line in text if not (line.startswith("death_rate") and ",male," in line)]
    table.write_text("".join(kept), encoding="utf-8")
    found = problems(training_folder)
    assert len(found) == 12 and "death_rate of men in 2015-2020 too" in {problem.expected for problem in found}


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("2030-2035", "2031-2036", "begins in 2030"),
        ("2030-2035", "2029-2034", "begins in 2030"),
        ("2030-2035", "2030-2034", "five years with a hyphen".replace("five", "5")),
        ("2030-2035", "2030–2035", "5 years with a hyphen"),
        ("2030-2035", "2030", "5 years with a hyphen"),
    ],
)
def test_periods_that_overlap_leave_years_out_or_are_none_are_named(training_folder, table, old, new, expected):
    line = line_of(table, f"sex_ratio_at_birth,,total,{old}")
    edit(table, f"sex_ratio_at_birth,,total,{old}", f"sex_ratio_at_birth,,total,{new}")
    found = problems(training_folder)
    assert (found[0].row, found[0].column) == (line, "period") and expected in found[0].expected


def test_a_year_that_is_left_out_is_named(training_folder, table):
    without(table, "sex_ratio_at_birth,,total,2040-2045")
    (problem,) = problems(training_folder)
    assert problem.value == "2045-2050" and "leave years out" in problem.hint


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("death_rate,0,female,2025", "death_rate,0-4,female,2025", "age_group", "an age of death_rate: 0, 1-4 … 100+"),
        ("fertility_share,15-19", "fertility_share,60-64", "age_group", "10-14, 15-19 … 50-54"),
        ("total_fertility,,female,2025", "total_fertility,15-19,female,2025", "age_group", "no age"),
        ("sex_ratio_at_birth,,total,2025", "sex_ratio_at_birth,,male,2025", "sex", "total for sex_ratio_at_birth"),
        ("death_rate,0,female,2025", "death_rate,0,total,2025", "sex", "female or male for death_rate"),
        ("children_per_woman", "persons", "unit", "children_per_woman"),
        ("death_rate,0,female,2025-2030,medium", "death_rate,0,female,2025-2030,low", "variant", "medium"),
        ("population_total,,total,2030", "population_total,,total,2030-2035", "period", "a year, as in 2030"),
    ],
)  # fmt: skip
def test_a_row_that_is_not_of_its_indicator_is_named(training_folder, table, old, new, column, expected):
    line = line_of(table, old)
    edit(table, old, new)
    problem = next(problem for problem in problems(training_folder) if problem.row == line)
    assert (problem.file, problem.column) == (FILE, column) and expected in problem.expected


def test_an_unknown_age_is_named_by_its_cell(training_folder, table):
    edit(table, "death_rate,5-9,female,2025-2030", "death_rate,5-90,female,2025-2030")
    assert any(problem.value == "5-90" and problem.column == "age_group" for problem in problems(training_folder))


def test_a_group_that_a_spreadsheet_made_a_date_is_read_as_what_it_was(training_folder, table):
    edit(table, "death_rate,5-9,female,2025-2030", "death_rate,05-Sep,female,2025-2030")
    edit(table, "death_rate,1-4,female,2025-2030", "death_rate,01-Apr,female,2025-2030")
    assert problems(training_folder) == []
