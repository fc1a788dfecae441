"""Spending: what is known of each scheme's persons and money (SPER), and its expenditure on GDP of its year.

Stocks are no flows, budgets are no outturns, and figures of different years are never added up as if they were of one.
"""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import is_old, join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.inventory import standing_schemes

ITEMS = ("contributors", "beneficiaries", "benefit", "expenditure", "income", "administration", "reserves")
MEASURES = {  # measure -> item, in the order in which one is preferred
    "contributors": "contributors", "affiliates": "contributors", "beneficiaries": "beneficiaries", "pensioners": "beneficiaries",
    "benefit": "benefit", "benefit_minimum": "benefit", "benefit_maximum": "benefit", "expenditure": "expenditure",
    "expenditure_budget": "expenditure", "income": "income", "administration": "administration", "assets": "reserves",
}  # fmt: skip
STOCKS = ("assets", "contributors", "affiliates", "pensioners")
KINDS = {"expenditure_budget": "budget", **dict.fromkeys(STOCKS, "stock")}
TAX_FINANCED = ("employer_liability", "universal", "social_assistance", "fee_waiver")
BY_DESIGN = {"contributors": "nobody_contributes", "reserves": "no_reserves"}
NATIONAL_TOTALS = ("social_protection_expenditure_gdp", "social_assistance_expenditure_gdp")
NOT_OF_ONE_YEAR = re.compile(r"\d{4}\s*(?:-|–|to)\s*\d{4}|together|project total|cumulat|period not stated", re.I)
NOT_TO_DRAW = re.compile(r"do not plot|printed error", re.I)
SCALE = {  # to billions
    f"{currency}{unit}": scale
    for currency in ("lcu", "usd")
    for unit, scale in {"": 1e-9, "_million": 1e-3, "_billion": 1.0}.items()
}


@once_a_pack
def sper_matrix(pack: Pack) -> pd.DataFrame:
    """What is known of each scheme: contributors, beneficiaries, benefit, expenditure, income, administration, reserves.

    Returns
    -------
    table, one row a scheme and item : scheme (id), short_name, item (a code of ``ITEMS``), state (found, budget, old, doubt, missing,
        by_design), measure, detail, value, high (the highest, where one measure has several levels in the year), unit, counted_in,
        year, kind (flow, stock, budget), quality, source, reason. The newest figure stands, at equal years the one whose measure
        comes first in ``MEASURES``; ``old``: more than five years before the reference year.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> cells = sper_matrix(read_pack("SEN")).set_index(["scheme", "item"])["state"]
    >>> cells["ipres", "expenditure"], cells["pnbsf", "contributors"], cells["ipres", "administration"]
    ('found', 'by_design', 'missing')
    """
    figures = _up_to_now(pack)
    figures = figures[figures["measure"].isin(MEASURES)]
    order = {name: at for at, name in enumerate(MEASURES)}
    figures = figures.assign(item=figures["measure"].map(MEASURES), _order=figures["measure"].map(order))
    figures = figures.sort_values(["year", "_order", "detail"], ascending=[False, True, True], kind="stable")
    schemes, nothing = standing_schemes(pack), figures.iloc[:0]
    known = dict(tuple(figures.groupby(["scheme", "item"], sort=False)))
    rows = [
        _sper_cell(scheme, item, known.get((scheme.id, item), nothing), pack.settings.reference_year)
        for scheme in schemes.itertuples()
        for item in ITEMS
    ]
    columns = [
        "scheme", "short_name", "item", "state", "measure", "detail", "value", "high", "unit", "counted_in", "year", "kind",
        "quality", "source", "reason",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "value": "float64", "high": "float64"})


def _up_to_now(pack: Pack) -> pd.DataFrame:
    return pack.scheme_figures[pack.scheme_figures["year"] <= pack.settings.reference_year]


def _sper_cell(scheme, item: str, found: pd.DataFrame, now: int) -> dict:
    named = {"scheme": scheme.id, "short_name": scheme.short_name, "item": item}
    if found.empty:
        by_design = item in BY_DESIGN and scheme.type in TAX_FINANCED
        empty = dict.fromkeys(("measure", "detail", "unit", "counted_in", "kind", "quality", "source"), "")
        state, why = ("by_design", BY_DESIGN[item]) if by_design else ("missing", "not_found")
        return named | empty | {"state": state, "value": float("nan"), "year": pd.NA, "reason": why}
    row = found.iloc[0]
    levels = found[
        (found["year"] == row["year"]) & (found["measure"] == row["measure"]) & (found["unit"] == row["unit"])
    ]
    levels = levels.head(1) if row["detail"] == "" else levels
    kind = KINDS.get(row["measure"], "flow")
    doubt = reason("doubted", note=row["note"]) if NOT_TO_DRAW.search(row["note"]) else ""
    old = is_old(row["year"], now)
    known = row[["measure", "unit", "counted_in", "year"]].to_dict() | {
        "detail": "; ".join(levels["detail"]),
        "value": levels["value"].min(),
        "high": levels["value"].max(),
        "quality": weakest(levels["quality"]),
        "source": join_sources(*levels["source"]),
    }
    state = "doubt" if doubt else "old" if old else "budget" if kind == "budget" else "found"
    return named | known | {"kind": kind, "state": state, "reason": doubt}


def scheme_spending(pack: Pack) -> pd.DataFrame:
    """Each scheme's expenditure on GDP of its own year: the newest outturn, and the newest budget where there is no outturn.

    Returns
    -------
    table, one row a scheme that is neither planned nor closed : scheme (id), short_name, kind (outturn, budget, ""), detail, year,
        amount (billion, in the currency of ``unit``), unit, gdp (billion, same currency and year), share (0–1, of GDP), quality, source,
        reason

    Notes
    -----
    NaN where the amount is of several years, of a whole project, or marked by its note as a printing error: such a figure is no year's.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> spending = scheme_spending(read_pack("SEN")).set_index("scheme")
    >>> round(float(spending.loc["ipres", "share"]) * 100, 2)
    0.77
    """
    figures = _up_to_now(pack).sort_values("year", kind="stable")
    schemes = standing_schemes(pack)
    rows = [_spending_of(pack, scheme, figures[figures["scheme"] == scheme.id]) for scheme in schemes.itertuples()]
    columns = [
        "scheme", "short_name", "kind", "detail", "year", "amount", "unit", "gdp", "share", "quality", "source", "reason",
    ]  # fmt: skip
    kinds = {"year": "Int64", "amount": "float64", "gdp": "float64", "share": "float64"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def _spending_of(pack: Pack, scheme, figures: pd.DataFrame) -> dict:
    named = {"scheme": scheme.id, "short_name": scheme.short_name}
    outturn, budget = (figures[figures["measure"] == name] for name in ("expenditure", "expenditure_budget"))
    found = outturn if len(outturn) else budget
    if found.empty:
        empty = dict.fromkeys(("kind", "detail", "unit", "quality", "source"), "") | {
            "year": pd.NA,
            "reason": "not_found",
        }
        return named | empty | dict.fromkeys(("amount", "gdp", "share"), float("nan"))
    row = found.iloc[-1]
    gdp = pack.series("gdp_current_usd" if row["unit"].startswith("usd") else "gdp_current")
    at = gdp[gdp["year"] == row["year"]]
    missing = _no_share(row, at)
    amount = row["value"] * SCALE.get(row["unit"], float("nan"))
    whole = at["value"].iat[0] if len(at) else float("nan")
    return named | {
        "kind": "outturn" if len(outturn) else "budget",
        "detail": "; ".join(filter(None, [row["detail"], row["note"]])),
        "year": row["year"],
        "amount": amount,
        "unit": "usd_billion" if row["unit"].startswith("usd") else "lcu_billion",
        "gdp": whole,
        "share": float("nan") if missing else amount / whole,
        "quality": weakest([row["quality"], *at["quality"]]),
        "source": join_sources(row["source"], *at["source"]),
        "reason": missing,
    }


def _no_share(row: pd.Series, gdp: pd.DataFrame) -> str:
    words = f"{row['detail']} {row['note']}"
    if NOT_TO_DRAW.search(words):
        return "printing_error"
    if NOT_OF_ONE_YEAR.search(words):
        return reason("not_of_one_year", detail=row["detail"] or row["note"])
    if row["unit"] not in SCALE:
        return reason("unit_is", unit=row["unit"])
    return "" if len(gdp) else reason("no_gdp", year=row["year"])


def spending_total(spending: pd.DataFrame, national: pd.DataFrame) -> pd.DataFrame:
    """The sum of the schemes whose expenditure is known: a lower bound, and the published national total beside it.

    Parameters
    ----------
    spending : result of :func:`scheme_spending`
    national : national totals as facts, see :func:`national_spending`; may be empty

    Returns
    -------
    table : what (outturn, budget, or the indicator of a national total), share (0–1, of GDP), schemes (number that count), of (number
        of schemes), first_year, last_year, quality, source, reason. Outturns and budgets are two rows; years differ, so a sum is an
        order of magnitude, and never less is spent.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> spending_total(scheme_spending(pack), national_spending(pack))[["schemes", "of"]].values.tolist()[0]
    [2, 9]
    """
    rows = [_sum_of(spending, kind) for kind in ("outturn", "budget")]
    published = [
        {"what": row.indicator, "share": row.value / 100, "first_year": row.year, "last_year": row.year}
        | {"schemes": pd.NA, "of": pd.NA, "quality": row.quality, "source": row.source, "reason": ""}
        for row in national.itertuples()
    ]
    return pd.DataFrame(rows + published).astype(dict.fromkeys(("schemes", "of", "first_year", "last_year"), "Int64"))


def _sum_of(spending: pd.DataFrame, kind: str) -> dict:
    known = spending[(spending["kind"] == kind) & spending["share"].notna()]
    none = known.empty
    return {
        "what": kind,
        "share": float("nan") if none else known["share"].sum(),
        "schemes": len(known),
        "of": len(spending),
        "first_year": pd.NA if none else known["year"].min(),
        "last_year": pd.NA if none else known["year"].max(),
        "quality": "" if none else weakest(known["quality"]),
        "source": join_sources(*known["source"]),
        "reason": f"no_{kind}" if none else "",
    }


def national_spending(pack: Pack) -> pd.DataFrame:
    """Published national totals of spending on social protection, % of GDP: columns of FACT; empty where none was found.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> national_spending(read_pack("SEN"))[["year", "value"]].values.tolist()
    [[2021.0, 2.5]]
    """
    totals = [pack.latest(name, year=pack.settings.reference_year) for name in NATIONAL_TOTALS]
    return pd.concat(totals, ignore_index=True)
