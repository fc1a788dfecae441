"""Money of schemes that cannot be: a part above its whole, a fiscal year that is none, and units that contradict each other or GDP."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from nasssap_lib.pack.magnitudes import FLOWS, plain_number
from nasssap_lib.pack.plausible import Finding, Frames, each, off_by
from nasssap_lib.reasons import reason

PARTS = (  # a part, its whole, whether the part above the whole cannot be, or is odd
    ("administration", "expenditure", False), ("staff_pay", "administration", False), ("benefits", "expenditure", True),
    ("contributions", "income", True), ("investment_income", "income", True), ("state_transfer", "income", True),
    ("donor_income", "income", True),
)  # fmt: skip
SOURCES = ("contributions", "investment_income")  # of income, which neither holds the other of
ROUNDING = 1.01  # a part may be so much above its whole: both are rounded
WHOLE = ("expenditure", "benefits", "income", "contributions")
APART = 300.0  # times: what a scheme takes in and pays in a year is never so far apart
SMALL = 1e-6  # of GDP: less is odd
LARGE = 3.0  # times GDP: no fund holds it
BILLIONS = {"lcu": 1e-9, "lcu_million": 1e-3, "lcu_billion": 1.0}
FISCAL = r"(?:\bFY ?|\bfiscal year )(?P<first>\d{4})/(?P<last>\d{2,4})"


def money_findings(frames: Frames) -> Iterator[Finding]:
    """Money of schemes that cannot be, or can hardly be.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    """
    figures = frames["scheme_figures"]
    if figures.empty:
        return
    yield from _fiscal_years(figures)
    yield from _accounts_of_others(figures)
    whole = figures[figures["detail"].eq("") & figures["branch"].eq("")]
    yield from _above_their_wholes(whole)
    yield from _below_its_parts(whole)
    yield from _units_apart(whole)
    yield from _against_gdp(figures, frames["facts"])


def _fiscal_years(figures: pd.DataFrame) -> Iterator[Finding]:
    """Notes that name a fiscal year which does not end in the year after it began, or not in the year of the figure, nor begin in it."""
    told = figures["note"].str.extract(FISCAL)
    known = told["first"].notna()
    first, last = told["first"][known].astype(int), told["last"][known].astype(int)
    ends = first + 1
    wrong = (last % 100 != ends % 100) | ~(figures["year"][known].eq(first) | figures["year"][known].eq(ends))
    rows = figures.loc[wrong.index[wrong]]
    yield from each(
        "scheme_figures", rows, "note", [reason("a_fiscal_year", year=int(year)) for year in rows["year"]], "mend_year"
    )


def _accounts_of_others(figures: pd.DataFrame) -> Iterator[Finding]:
    """Accounts of several schemes that do not name the scheme in whose rows they stand."""
    own = [
        not covers or scheme in covers.split(";")
        for scheme, covers in zip(figures["scheme"], figures["covers"], strict=True)
    ]
    yield from each(
        "scheme_figures", figures[~np.array(own, dtype=bool)], "covers", "its_own_scheme_too", "add_the_scheme"
    )


def _above_their_wholes(money: pd.DataFrame) -> Iterator[Finding]:
    """Parts above the whole of their scheme and year, in one unit; an error of one source, a doubt between two where it may be so."""
    same = money.groupby(["scheme", "covers", "year", "unit"], sort=False).ngroup().to_numpy()
    measure, value = money["measure"].to_numpy(object), money["value"].to_numpy(float)
    for part, of, doubt in PARTS:
        whole, most = measure == of, np.full(len(money), np.nan)
        np.fmax.at(most, same[whole], value[whole])
        limit = most[same]
        odd = (measure == part) & (value > ROUNDING * limit)
        told = [reason("part_of_money", most=plain_number(value)) for value in limit[odd]]
        yield from each("scheme_figures", money[odd], "value", told, "mend_part_or_whole", doubt)


def _below_its_parts(whole: pd.DataFrame) -> Iterator[Finding]:
    """Income below contributions and investment income of the same scheme and year together, though above each of them."""
    key = ["scheme", "covers", "year"]
    rows = whole[whole["measure"].isin(("income", *SOURCES)) & whole["unit"].isin(BILLIONS)]
    billions = rows.assign(value=rows["value"] * rows["unit"].map(BILLIONS))
    each_source = billions[billions["measure"] != "income"].groupby([*key, "measure"])["value"].min().unstack()
    both = each_source.reindex(columns=list(SOURCES)).dropna()
    income = billions[billions["measure"] == "income"]
    place = pd.MultiIndex.from_frame(income[key])
    least, largest = (table.reindex(place).to_numpy(float) for table in (both.sum(axis=1), both.max(axis=1)))
    stated = income["value"].to_numpy(float)
    odd = (stated * ROUNDING < least) & (stated * ROUNDING >= largest)
    told = [reason("income_of_parts", least=plain_number(value)) for value in least[odd]]
    yield from each("scheme_figures", income[odd], "value", told, "mend_part_or_whole", True)


def _units_apart(whole: pd.DataFrame) -> Iterator[Finding]:
    """Money of one scheme and year of which one figure is hundreds of times another: millions and billions."""
    rows = whole[whole["measure"].isin(WHOLE) & whole["unit"].isin(BILLIONS) & whole["value"].gt(0)]
    billions = rows["value"] * rows["unit"].map(BILLIONS)
    usual = billions.groupby([rows["scheme"], rows["covers"], rows["year"]]).transform("median")
    off = off_by(billions, usual)
    odd = off >= APART / 2  # of two figures the median lies half way
    told = [reason("as_other_money", factor=plain_number(factor)) for factor in off[odd]]
    yield from each("scheme_figures", rows[odd], "value", told, "mend_unit", True)


def _against_gdp(figures: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Finding]:
    """Flows that are next to nothing of GDP, and reserves that are several times GDP."""
    plain = facts["indicator"].eq("gdp_current") & facts["area"].eq("") & facts["breakdown"].eq("")
    gdp = facts[plain].drop_duplicates("year", keep="last").set_index("year")["value"]
    rows = figures[figures["unit"].isin(BILLIONS) & figures["value"].gt(0)]
    share = rows["value"] * rows["unit"].map(BILLIONS) / rows["year"].map(gdp).astype(float)
    small = rows["measure"].isin(FLOWS) & share.lt(SMALL)
    yield from each("scheme_figures", rows[small], "value", "more_of_gdp", "mend_unit", True)
    large = rows["measure"].eq("assets") & share.gt(LARGE)
    told = [reason("reserves_up_to", most=plain_number(LARGE * gdp[year])) for year in rows.loc[large, "year"]]
    yield from each("scheme_figures", rows[large], "value", told, "mend_unit")
