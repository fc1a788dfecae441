"""What a pension scheme owes already: pensions in payment and rights accrued to date, less its fund."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from nasssap_lib.budget.pension_scheme import SchemeStart, of_all_schemes, start_of
from nasssap_lib.budget.scheme_state import SchemeState
from nasssap_lib.budget.scheme_year import one_year
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack

REAL_RATES = (0.02, 0.04)
LONGEST = 250  # years until the last widow of the last contributor has died
DEBT_COLUMNS = [
    "scheme", "short_name", "base_year", "rate", "in_payment", "accrued", "fund", "implicit_debt", "future_accrual", "future_contributions",
    "gdp", "share_of_gdp", "quality", "source",
]  # fmt: skip


@once_a_pack
def implicit_debt(pack: Pack, scheme: str | None = None, rates: Iterable[float] = REAL_RATES) -> pd.DataFrame:
    """Rights accrued to date less the fund of a scheme, at several rates of discount.

    Parameters
    ----------
    pack : the country
    scheme : id of schemes.csv, as of :func:`budget.project_pension_scheme`; None: all that can be valued
    rates : real rates of discount, shares a year above −1

    Returns
    -------
    table : scheme, short_name, base_year (of the valuation), one row a rate (real, a share); in national currency at the end of that
        year: in_payment (pensions in payment and those of their survivors to come), accrued (rights of contributors and of those who
        stopped, service to date), fund, implicit_debt (in_payment + accrued − fund); apart from it future_accrual (what present
        contributors will still earn) and future_contributions (what is collected from them); gdp of that year, share_of_gdp
        (implicit_debt ÷ gdp, NaN where it is not known); quality, source

    Raises
    ------
    NasssapError : as of :func:`budget.project_pension_scheme`; a rate that is no number above −1

    Notes
    -----
    The closed group of those who are insured today is followed until the last of them and of their survivors has died, flows in the middle
    of a year, discounted at (1 + rate) (1 + inflation). Accrued rights stand on service to date and on wages as they grow until retirement;
    whoever has not served long enough has the lump sum. Pensions and lump sums only, no administration, no short-term benefits. Source:
    Holzmann, Palacios and Zviniene, *Implicit Pension Debt* (World Bank, 2004): accrued-to-date liabilities, at rates from 2 % on.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> debt = implicit_debt(read_pack("XTC"), "npf").set_index("rate")["implicit_debt"]
    >>> bool(debt[0.02] > debt[0.04] > 0)
    True
    """
    rates = _checked([*rates])
    if scheme is None:
        return of_all_schemes(pack, lambda pack, one: implicit_debt(pack, one, rates), DEBT_COLUMNS)
    start = start_of(pack, scheme)
    nobody = np.zeros_like(start.state.active)
    pensioners = replace(start.state, active=nobody, dormant=nobody, dormant_wages=nobody)
    years, to_date, _ = closed_group(start, start.state, accrues=False)
    _, paid, _ = closed_group(start, pensioners, accrues=False, years=len(years))
    _, all_in_all, wages = closed_group(start, start.state, accrues=True, years=len(years))
    collected = start.rules.along("contribution_rate", years) * start.rules.along("collection", years) * wages
    discount = np.array([_discount(start, years, rate) for rate in rates])
    table = pd.DataFrame({"rate": rates, "in_payment": discount @ paid, "accrued": discount @ (to_date - paid)})
    table["fund"] = start.fund
    table["implicit_debt"] = table["in_payment"] + table["accrued"] - table["fund"]
    table["future_accrual"], table["future_contributions"] = discount @ (all_in_all - to_date), discount @ collected
    table["gdp"] = _gdp_of(pack, start.year)
    table["share_of_gdp"] = table["implicit_debt"] / table["gdp"]
    told = {
        "scheme": scheme,
        "short_name": start.short_name,
        "base_year": start.year,
        "quality": start.quality,
        "source": start.source,
    }
    return table.assign(**told)[DEBT_COLUMNS]


def closed_group(
    start: SchemeStart, state: SchemeState, accrues: bool, years: int = 0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Those who are in a scheme until the last of them and of their survivors has died.

    Parameters
    ----------
    start : what the scheme begins with
    state : who is followed
    accrues : False: nobody earns further service
    years : at least so many years

    Returns
    -------
    calendar years, pensions and lump sums of each, insured wages of each
    """
    path, rows = start.path, []
    while len(rows) < years or (_alive(state) and len(rows) < LONGEST):
        year = start.year + 1 + len(rows)
        state, flows = one_year(state, path.terms(year), None, accrues)
        rows.append((year, float(flows.pensions.sum()) + flows.lump_sums, flows.insured_wages))
    table = np.array(rows).reshape(-1, 3)
    return table[:, 0].astype(int), table[:, 1], table[:, 2]


def _alive(state: SchemeState) -> bool:
    return bool(state.active.any() or state.dormant.any() or state.pensioners.any())


def _discount(start: SchemeStart, years: np.ndarray, real: float) -> np.ndarray:
    """Present value of 1 in the middle of each year, at the end of the year of the valuation."""
    grown = (1 + real) * (1 + start.rules.along("inflation", years))
    return 1 / (np.cumprod(np.append(1.0, grown[:-1])) * grown**0.5)


def _gdp_of(pack: Pack, year: int) -> float:
    series = pack.series("gdp_current")
    value = series.loc[series["year"] == year, "value"]
    return float(value.iat[0]) * 1e9 if len(value) and value.iat[0] > 0 else float("nan")


def _checked(rates: list[float]) -> list[float]:
    wrong = [rate for rate in rates if not isinstance(rate, int | float) or isinstance(rate, bool) or not rate > -1]
    if wrong or not rates:
        got = wrong[0] if wrong else "none"
        raise NasssapError(f"implicit_debt: rates holds {got!r}; expected shares above -1, such as 0.02 for 2 %")
    return rates
