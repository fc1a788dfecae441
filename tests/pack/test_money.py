"""Money of schemes that cannot be is named; that of the nine packs is sound, or says that it stands as published."""

import pandas as pd
import pytest
from odd_packs import frames_of, told, where
from stories import ALL, pack_of

from nasssap_lib.pack.money import money_findings


def found(**change):
    return told(money_findings(frames_of("XTC", scheme_figures=where(**change))))


@pytest.mark.parametrize("country", ALL)
def test_what_the_shipped_packs_say_of_money_is_sound_or_explained(country):
    figures = pack_of(country).scheme_figures
    odd = [figures.loc[finding.row, "note"] for finding in money_findings(frames_of(country))]
    assert all("as published" in note for note in odd)


@pytest.mark.parametrize(
    ("change", "finding"),
    [
        (
            {"column": "value", "change": lambda v: v * 30, "scheme": "npf", "measure": "administration", "year": 2024},
            ("value", "part_of_money", False),
        ),
        (
            {"column": "value", "change": lambda v: v * 3, "scheme": "npf", "measure": "staff_pay", "year": 2024},
            ("value", "part_of_money", False),
        ),
        (
            {"column": "value", "change": lambda v: v * 3, "scheme": "npf", "measure": "contributions", "year": 2024},
            ("value", "part_of_money", True),
        ),
        (
            {"column": "unit", "change": lambda _: "lcu_million", "scheme": "npf", "measure": "income", "year": 2024},
            ("value", "as_other_money", True),
        ),
        (
            {"column": "unit", "change": lambda _: "lcu", "scheme": "npf", "measure": "income", "year": 2024},
            ("value", "more_of_gdp", True),
        ),
        (
            {"column": "value", "change": lambda _: 15.0, "scheme": "npf", "measure": "income", "year": 2024},
            ("value", "income_of_parts", True),
        ),
        (
            {"column": "value", "change": lambda v: v * 1e6, "scheme": "npf", "measure": "assets", "year": 2024},
            ("value", "reserves_up_to", False),
        ),
        (
            {"column": "note", "change": lambda _: "FY2022/24", "scheme": "npf", "measure": "income", "year": 2023},
            ("note", "a_fiscal_year", False),
        ),
        (
            {"column": "note", "change": lambda _: "FY2018/19", "scheme": "npf", "measure": "income", "year": 2023},
            ("note", "a_fiscal_year", False),
        ),
        (
            {"column": "covers", "change": lambda _: "wpf;nhif", "scheme": "npf", "measure": "income", "year": 2023},
            ("covers", "its_own_scheme_too", False),
        ),
    ],
)
def test_money_that_cannot_be_is_named(change, finding):
    assert ("scheme_figures", *finding) in found(**change)


def test_a_fiscal_year_may_be_written_short_or_long_and_under_either_of_its_years():
    for year, note in ((2023, "FY2022/23"), (2022, "FY2022/23"), (2023, "FY2022/2023"), (2000, "fiscal year 1999/00")):
        frames = frames_of("XTC", scheme_figures=lambda table, year=year, note=note: one_row(table, year, note))
        assert list(money_findings(frames)) == [], note


def one_row(table: pd.DataFrame, year: int, note: str) -> pd.DataFrame:
    row = table[(table["scheme"] == "npf") & (table["measure"] == "contributors") & (table["year"] == 2024)]
    return row.assign(year=year, note=note)


@pytest.mark.parametrize(
    ("income", "finding"),
    # contributions of the year are 14.1066 and income from investment 5.3032 billion: 19.4098 together
    [(19.4098, set()), (19.3, set()), (15.0, {"income_of_parts"}), (13.0, {"part_of_money"})],
)
def test_income_holds_contributions_and_income_from_investment_together(income, finding):
    names = {
        code
        for _, _, code, _ in found(column="value", change=lambda _: income, scheme="npf", measure="income", year=2024)
    }
    assert names == finding
