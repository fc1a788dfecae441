"""Implicit debt: the closed group ends at nothing, and its annuities, one by one, are what the scheme owes."""

import numpy as np
import pytest
from pension_packs import pension_pack, q_of_ages
from stories import pack_of

from nasssap_lib import budget
from nasssap_lib.budget.pension_debt import closed_group
from nasssap_lib.budget.pension_scheme import start_of
from nasssap_lib.errors import NasssapError

ACCRUAL, GROWTH, PRICES, INTEREST, AGE = 0.015, 0.05, 0.03, 0.02, 60


def test_the_closed_group_ends_at_nothing():
    start = start_of(pack_of("XTC"), "npf")
    years, paid, wages = closed_group(start, start.state, accrues=True)
    assert 90 < len(years) < 130
    assert (paid[:-1] > 0).all()
    _, longer, _ = closed_group(start, start.state, accrues=True, years=len(years) + 3)
    assert longer[-3:].tolist() == [0, 0, 0]
    assert wages[60:].tolist() == [0] * (len(years) - 60)


def annuity(age: int, q: np.ndarray) -> float:
    """Value of 1 a year to somebody of an age, indexed with prices: half a year in the year of death, real interest."""
    dying = q[age:]
    alive = np.cumprod(np.append(1.0, 1 - dying[:-1]))
    return float((alive * (1 - dying / 2) * (1 + INTEREST) ** -(np.arange(len(dying)) + 0.5)).sum())


@pytest.fixture(scope="module")
def closed(tmp_path_factory):
    """One woman's cell for each age, with exact years of service, and pensioners; and q."""
    active = [
        {"status": "active", "sex": "female", "age_from": x, "age_to": x, "persons": 100 + x, "density": 12, "wage": 1000.0 + 3 * x,
         "service": x - 25}
        for x in range(25, 60)
    ]  # fmt: skip
    old = [
        {"status": "old_age", "sex": "male", "age_from": x, "age_to": x, "persons": 40, "pension": 250.0 + x}
        for x in range(60, 90, 3)
    ]
    rules = [("contribution_rate", 0.1), ("accrual", ACCRUAL), ("pensionable_age", AGE), ("wage_growth", GROWTH), ("inflation", PRICES),
             ("pension_with_prices", 1)]  # fmt: skip
    return active, old, pension_pack(tmp_path_factory.mktemp("closed"), [*active, *old], rules, fund=5e6)


def test_the_sum_of_the_annuities_of_the_closed_group_is_the_implicit_debt(closed):
    active, old, pack = closed
    q = q_of_ages()
    in_payment = sum(
        12 * row["persons"] * row["pension"] * (1 + PRICES) ** 0.5 * annuity(row["age_from"], q) for row in old
    )
    debt = budget.implicit_debt(pack, "fund", [INTEREST]).iloc[0]
    # indexed at the begin of a year, prices of its middle: half a year of inflation more than the discount takes
    assert debt["in_payment"] == pytest.approx(in_payment, rel=1e-9)
    wage = {row["age_from"]: row["wage"] for row in active}
    accrued = 0.0
    for row in active:
        wait = AGE - row["age_from"]
        last = wage[59] * (1 + GROWTH) ** (wait - 1)  # the profile of today's wages, grown to the last year of work
        pension = 12 * ACCRUAL * row["service"] * last
        nominal = ((1 + INTEREST) * (1 + PRICES)) ** -(wait - 0.5)
        first = 0.5 * nominal
        later = (1 + PRICES) ** 0.5 * annuity(AGE, q) * ((1 + INTEREST) * (1 + PRICES)) ** -wait
        accrued += row["persons"] * (1 - q[59]) ** wait * pension * (first + later)
    assert debt["accrued"] == pytest.approx(accrued, rel=1e-9)
    assert debt["implicit_debt"] == pytest.approx(in_payment + accrued - 5e6, rel=1e-9)


def test_a_higher_rate_of_discount_lowers_what_is_owed():
    table = budget.implicit_debt(pack_of("XTC"), "npf", [0.0, 0.02, 0.04])
    assert (table[["in_payment", "accrued", "future_accrual"]].diff().dropna() < 0).all(axis=None)
    assert table["share_of_gdp"].tolist() == pytest.approx((table["implicit_debt"] / table["gdp"]).tolist())


@pytest.mark.parametrize(("rates", "got"), [([-1.0], "-1.0"), (["2 %"], "'2 %'"), ([], "'none'")])
def test_rates_that_cannot_be_are_refused(rates, got):
    with pytest.raises(NasssapError, match="rates"):
        budget.implicit_debt(pack_of("XTC"), "npf", rates)
