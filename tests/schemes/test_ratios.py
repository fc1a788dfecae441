"""Ratios on tables made by hand: matching, zeros, fiscal years, parts."""

import pandas as pd
import pytest

from nasssap_lib.schemes.accounts import COLUMNS
from nasssap_lib.schemes.ratios import RATIOS, Ratio, matched_ratios, on_product, parts_of_receipts, ratio_of, residuals

ROW = {
    "scheme": "a", "short_name": "A", "type": "social_insurance", "kind": "outturn", "detail": "", "branch": "", "covers": "a",
    "unit": "lcu_billion", "counted_in": "money", "note": "", "quality": "observed", "source": "S", "reason": "",
}  # fmt: skip


def accounts(*rows: dict) -> pd.DataFrame:
    full = [ROW | {"first_year": row["year"]} | row for row in rows]
    return pd.DataFrame(full, columns=COLUMNS).astype({"value": float})


def of(code: str) -> Ratio:
    return next(ratio for ratio in RATIOS if ratio.id == code)


def test_the_nearest_year_counts_and_two_years_are_too_far():
    table = accounts(
        {"item": "expenditure", "year": 2020, "value": 9.0}, {"item": "income", "year": 2019, "value": 8.0},
        {"item": "income", "year": 2020, "value": 10.0}, {"item": "expenditure", "year": 2023, "value": 7.0},
    )  # fmt: skip
    found = matched_ratios(table, of("cost_ratio"))
    assert found[["year", "below_year", "value"]].values.tolist() == [[2020, 2020, 0.9]]


def test_a_fund_that_pays_nothing_has_no_fund_ratio_and_says_so():
    table = accounts(
        {"item": "assets", "year": 2020, "value": 50.0, "kind": "stock"},
        {"item": "benefits", "year": 2020, "value": 0.0},
    )
    (row,) = matched_ratios(table, of("fund_ratio_closing")).to_dict("records")
    assert pd.isna(row["value"]) and row["reason"].startswith("nothing_below")
    assert pd.isna(ratio_of(3, 0)) and ratio_of(3, 2) == 1.5


def test_reserves_of_the_year_before_open_a_year():
    table = accounts(
        {"item": "assets", "year": 2019, "value": 50.0, "kind": "stock"},
        {"item": "benefits", "year": 2020, "value": 10.0},
    )
    (row,) = matched_ratios(table, of("fund_ratio_opening")).to_dict("records")
    assert (row["year"], row["value"]) == (2020, 5.0)
    assert matched_ratios(table, of("fund_ratio_closing")).empty


def test_an_account_of_several_schemes_is_never_matched_with_one_of_them():
    table = accounts(
        {"item": "expenditure", "year": 2020, "value": 9.0},
        {"item": "income", "year": 2020, "value": 30.0, "covers": "a;b"},
    )
    assert matched_ratios(table, of("cost_ratio")).empty
    paid = accounts(
        {"item": "benefits", "year": 2020, "value": 9.0},
        {"item": "income", "year": 2020, "value": 30.0, "covers": "a;b"},
    )
    (row,) = parts_of_receipts(paid).to_dict("records")
    assert row["value"] == pytest.approx(0.3) and "receipts_of_several" in row["reason"]


def test_a_fiscal_year_stands_on_the_mean_of_its_two_years_and_misses_where_one_misses():
    gdp = pd.DataFrame(
        {"year": [2020, 2021], "value": [100.0, 140.0], "unit": "lcu_billion", "quality": "observed", "source": "G"}
    )
    table = accounts(
        {"item": "expenditure", "year": 2021, "first_year": 2020, "value": 6.0},
        {"item": "expenditure", "year": 2022, "first_year": 2021, "value": 6.0},
        {"item": "expenditure", "year": 2020, "value": 5.0, "kind": "budget"},
    )
    found = on_product(table, gdp, gdp.iloc[:0]).set_index("year")["value"]
    assert found.to_dict() == {2021: pytest.approx(0.05), 2020: pytest.approx(0.05)}


def test_what_is_left_over_needs_all_four_figures():
    four = [
        {"item": "assets", "year": 2022, "value": 6080.0, "kind": "stock"},
        {"item": "assets", "year": 2023, "value": 7600.0, "kind": "stock"},
        {"item": "contributions", "year": 2023, "value": 1660.0}, {"item": "benefits", "year": 2023, "value": 828.91},
    ]  # fmt: skip
    assert residuals(accounts(*four))["value"].tolist() == [pytest.approx(688.91)]
    assert all(residuals(accounts(*four[:i], *four[i + 1 :])).empty for i in range(4))
