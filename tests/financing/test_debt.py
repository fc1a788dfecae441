"""Debt if the gap were borrowed: by hand, and refused where the publisher gives no path."""

import numpy as np
import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.debt import DEBT_COLUMNS, added_debt, debt_path
from nasssap_lib.reasons import has_reason


def gap_of(years, gap=0.01) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": list(years),
            "gap_low": gap / 2,
            "gap": gap,
            "gap_high": 2 * gap,
            "borrowed_low": 0.0,
            "borrowed": 0.0,
            "borrowed_high": 0.0,
            "quality": "assumed",
            "source": "S",
            "reason": "",
        }
    )


def published(pack, name: str, year: int) -> float:
    return float(pack.series(name).set_index("year")["value"][year]) / 100


def test_three_years_of_senegal_by_hand():
    pack = pack_of("SEN")
    table = debt_path(pack, gap_of([2027, 2028, 2029])).set_index("year")
    borrowed = 0.0
    for year in (2027, 2028, 2029):
        gdp = {at: published(pack, "gdp_current", at) for at in (year - 1, year)}
        growth = gdp[year] / gdp[year - 1] - 1
        interest_of_gdp = published(pack, "government_primary_balance_gdp", year) - published(
            pack, "government_net_lending_gdp", year
        )
        rate = (
            interest_of_gdp * gdp[year] / (published(pack, "government_debt_gdp", year - 1) * gdp[year - 1])
        )  # money over money
        borrowed = borrowed * (1 + rate) / (1 + growth) + 0.01
        row = table.loc[year]
        assert [row["interest"], row["growth"], row["added"]] == pytest.approx([rate, growth, borrowed])
        assert row["debt_with_gap"] == pytest.approx(published(pack, "government_debt_gdp", year) + borrowed)


def test_the_path_is_the_debt_identity_with_what_else_changed_debt_kept():
    # d_t = d_{t−1}(1 + r)/(1 + g) − primary balance + other changes + gap, from the published path alone
    pack = pack_of("BFA")
    table = debt_path(pack, gap_of(range(2027, 2031), 0.02)).set_index("year")
    debt = with_gap = published(pack, "government_debt_gdp", 2026)
    for year, row in table.iterrows():
        carried = (1 + row["interest"]) / (1 + row["growth"])
        other = published(pack, "government_debt_gdp", year) - (debt * carried - row["primary_balance"])
        debt, with_gap = (
            published(pack, "government_debt_gdp", year),
            with_gap * carried - row["primary_balance"] + other + 0.02,
        )
        assert row["debt_with_gap"] == pytest.approx(with_gap)


def test_added_debt_by_hand():
    # 1 of 100, 10 % growth and 5 % interest: 1 × 1.05 ÷ 1.10 + 2
    assert added_debt(np.array([0.01, 0.02]), np.array([0.5, 0.05]), np.array([0.5, 0.10])).tolist() == pytest.approx(
        [0.01, 0.01 * 1.05 / 1.1 + 0.02]
    )
    growing = np.full(3, 0.07)
    assert added_debt(np.full(3, 0.01), growing, growing).tolist() == pytest.approx(
        [0.01, 0.02, 0.03]
    )  # r = g: gaps add up


def test_low_and_high_gaps_bound_the_path():
    table = debt_path(pack_of("SEN"), gap_of(range(2027, 2031)))
    assert (2 * table["added_low"]).tolist() == pytest.approx(table["added"].tolist())
    assert (table["added_low"] < table["added"]).all() and (table["added"] < table["added_high"]).all()


@pytest.mark.parametrize("country", ["ZMB", "LKA"])
def test_without_a_published_path_nothing_is_drawn(country):
    table = debt_path(pack_of(country), gap_of(range(2027, 2031)))
    assert table[["debt", "interest", "added", "debt_with_gap"]].isna().all(axis=None)
    assert all(has_reason(table["reason"], "no_debt_projection"))


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_no_path_goes_beyond_what_was_published(country):
    pack = pack_of(country)
    table = debt_path(pack, gap_of(range(2027, 2036)))
    last = pack.series("government_debt_gdp")["year"].max()
    known = table["added"].notna()
    assert list(table.columns) == DEBT_COLUMNS and (table.loc[known, "year"] <= last).all()
    assert (known == (table["reason"] == "")).all()
    assert table.loc[known, "interest"].between(0, 0.25).all()


def test_years_with_a_hole_are_refused_and_no_gap_is_no_path():
    with pytest.raises(NasssapError, match="follow each other"):
        debt_path(pack_of("SEN"), gap_of([2027, 2029]))
    assert debt_path(pack_of("SEN"), gap_of([])).empty


def test_what_is_proposed_as_borrowing_adds_to_debt_as_the_gap_does():
    pack, years = pack_of("SEN"), range(2027, 2031)
    missing = debt_path(pack, gap_of(years, 0.01))
    lent = debt_path(pack, gap_of(years, 0.0).assign(borrowed=0.01))
    assert lent["added"].tolist() == pytest.approx(missing["added"].tolist())
    assert (lent["added_high"] == 0).all()
