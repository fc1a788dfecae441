"""What insured persons and rules of a scheme cannot be is refused with file, line and remedy."""

import pytest
from pension_packs import pension_pack
from stories import pack_of

from nasssap_lib import budget
from nasssap_lib.errors import PackError


def told(table: str, where: dict, **cells):
    """Problems of the training country after cells of the first row that is meant were changed; the row's line."""
    pack = pack_of("XTC")
    frame = getattr(pack, table).copy()
    at = frame.index[(frame[list(where)] == list(where.values())).all(axis=1)][0]
    for name, value in cells.items():
        frame.loc[at, name] = value
    return budget.pension_problems(pack.with_tables(**{table: frame})), at + 2


@pytest.mark.parametrize(("rule", "cells", "column", "expected"), [
    ("contribution_rate", {"value": 14.0}, "value", "a share of 0 to 1 for contribution_rate"),
    ("collection", {"value": -0.1}, "value", "a share of 0 to 1 for collection"),
    ("wage_growth", {"value": 5.0}, "value", "a share of -0.2 to 0.5 a year for wage_growth"),
    ("vesting", {"value": 180.0}, "value", "at most 40 years: from the youngest contributor of npf to its pensionable age"),
    ("vesting", {"unit": "share"}, "unit", "years for vesting"),
    ("ceiling", {"value": -1.0}, "value", "at least 0 for ceiling"),
    ("ceiling", {"value": 0.0}, "value", "above 0 for ceiling"),
    ("pensionable_age", {"value": 120.0}, "value", "an age of 16 to 75"),
    ("entry_age", {"value": 0.9}, "value", "shares of those who enter npf that add up to 1, not to 1.7068"),
])  # fmt: skip
def test_a_rule_that_cannot_be_is_named_with_its_line(rule, cells, column, expected):
    problems, line = told("scheme_rules", {"scheme": "npf", "rule": rule}, **cells)
    assert [(one.file, one.row, one.column, one.expected) for one in problems] == [
        ("XTC/scheme_rules.csv", line, column, expected)
    ]
    assert problems[0].hint


@pytest.mark.parametrize(("status", "cells", "column", "expected"), [
    ("active", {"service": 30.0}, "service", "at most the years since age 15"),
    ("active", {"wage": None}, "wage", "a number for persons of status active"),
    ("old_age", {"pension": None}, "pension", "a number for persons of status old_age"),
    ("dormant", {"age_from": 12}, "age_from", "at least 15 for who contributes"),
    ("active", {"age_to": 26}, "age_from", "an age after the last one of the row before"),
])  # fmt: skip
def test_an_insured_person_that_cannot_be_is_named(status, cells, column, expected):
    problems, line = told("insured", {"scheme": "npf", "status": status, "sex": "female"}, **cells)
    assert [(one.column, one.expected) for one in problems] == [(column, expected)]
    assert problems[0].row == line + (1 if column == "age_from" and status == "active" else 0)


def test_benefits_without_contributors_are_refused():
    pack = pack_of("XTC")
    insured = pack.insured[(pack.insured["scheme"] != "psps") | (pack.insured["status"] == "old_age")]
    problems = budget.pension_problems(pack.with_tables(insured=insured))
    assert [one.expected for one in problems] == ["contributors of psps in 2024 beside its pensioners"]


@pytest.mark.parametrize(
    ("rule", "value"), [("accrual", "old_age"), ("survivor_share", "survivor"), ("orphan_share", "orphan")]
)
def test_pensioners_without_a_rule_are_refused(rule, value):
    pack = pack_of("XTC")
    rules = pack.scheme_rules[(pack.scheme_rules["rule"] != rule) | (pack.scheme_rules["scheme"] != "npf")]
    problem = budget.pension_problems(pack.with_tables(scheme_rules=rules))[0]
    assert (problem.file, problem.value) == ("XTC/insured.csv", value)
    assert problem.expected.startswith(f"a rule {rule} of npf")


def test_a_scheme_without_a_contribution_rate_is_refused():
    pack = pack_of("XTC")
    rules = pack.scheme_rules[pack.scheme_rules["rule"] != "contribution_rate"]
    with pytest.raises(PackError, match="a rule contribution_rate of npf"):
        budget.project_pension_scheme(pack.with_tables(scheme_rules=rules), "npf")


def test_lines_of_the_files_are_used_where_they_are_given():
    pack = pack_of("XTC")
    bad = pack.with_tables(scheme_rules=pack.scheme_rules.head(1).assign(value=3.0))
    lines = {"scheme_rules": [17], "insured": range(2, len(pack.insured) + 2)}
    assert ("XTC/scheme_rules.csv", 17) in [(one.file, one.row) for one in budget.pension_problems(bad, lines)]


def test_a_pack_without_the_tables_has_no_problem():
    assert budget.pension_problems(pack_of("SEN")) == []
    assert budget.valued_schemes(pack_of("SEN")) == []
    assert budget.valued_schemes(pack_of("XTC")) == ["npf", "psps"]


def test_a_density_above_twelve_months_is_refused_by_the_reader(tmp_path):
    row = {
        "status": "active",
        "sex": "male",
        "age_from": 30,
        "age_to": 34,
        "persons": 10,
        "density": 13,
        "wage": 5,
        "service": 3,
    }
    with pytest.raises(PackError, match=r"insured.csv:2 density: '13' — expected .*12"):
        pension_pack(tmp_path, [row], [("contribution_rate", 0.1)])


def test_insured_wages_above_gdp_are_refused_at_the_row_that_weighs_most():
    pack = pack_of("XTC")
    wages = pack.with_tables(insured=pack.insured.assign(wage=pack.insured["wage"] * 20))
    (problem,) = budget.pension_problems(wages)
    assert (problem.file, problem.column, problem.hint) == (
        "XTC/insured.csv", "wage", "are these wages of a year? divide by 12",
    )  # fmt: skip
    active = wages.insured[wages.insured["status"] == "active"]
    assert problem.row == (active["persons"] * active["density"] * active["wage"]).idxmax() + 2
    gdp = float(pack.series("gdp_current").set_index("year").loc[2024, "value"]) * 1e9
    share = float((active["persons"] * active["density"] * active["wage"]).sum()) / gdp
    assert f"{share:.2f} times it" in problem.expected and share > 1


@pytest.mark.parametrize("column", ["wage", "density"])
def test_contributors_who_earn_nothing_are_refused(column):
    pack = pack_of("XTC")
    active = pack.insured["status"] == "active"
    nothing = pack.insured.assign(**{column: pack.insured[column].where(~active, 0.0)})
    problems = budget.pension_problems(pack.with_tables(insured=nothing))
    assert [(one.column, one.expected) for one in problems] == [
        (column, "above 0 for some contributor of npf"), (column, "above 0 for some contributor of psps"),
    ]  # fmt: skip
