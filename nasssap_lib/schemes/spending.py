"""Spending: what is known of each scheme's persons and money (SPER), and its expenditure on GDP of its year.

Stocks are no flows, budgets are no outturns, and figures of different years are never added up as if they were of one.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import is_old, join_notes, join_sources, strongest_grade, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.accounts import FISCAL_YEAR, MONTHLY, NOT_OF_ONE_YEAR, NOT_TO_DRAW, SCALE
from nasssap_lib.schemes.inventory import standing_schemes

ITEMS = ("contributors", "beneficiaries", "benefit", "expenditure", "income", "administration", "reserves")
MEASURES = {  # measure -> item, in the order in which one is preferred
    "contributors": "contributors", "affiliates": "contributors", "beneficiaries": "beneficiaries", "pensioners": "beneficiaries",
    "benefit": "benefit", "benefit_minimum": "benefit", "benefit_maximum": "benefit", "expenditure": "expenditure",
    "benefits": "expenditure", "expenditure_budget": "expenditure", "benefits_budget": "expenditure", "income": "income",
    "contributions": "income", "income_budget": "income", "administration": "administration", "assets": "reserves",
}  # fmt: skip
INSTEAD = (
    "benefits",
    "benefits_budget",
    "contributions",
    "income_budget",
)  # parts and plans: where nothing of the whole is known
STOCKS = ("assets", "contributors", "affiliates", "pensioners")
SPENT = ("expenditure", "benefits", "expenditure_budget", "benefits_budget")  # in the order in which one is preferred
KINDS = {
    **dict.fromkeys(("expenditure_budget", "benefits_budget", "income_budget"), "budget"),
    **dict.fromkeys(STOCKS, "stock"),
}
FINANCING = {  # who pays for a scheme, by its type
    **dict.fromkeys(terms.CONTRIBUTORY_TYPES, "contributions"), "employer_liability": "employers",
    **dict.fromkeys(("universal", "social_assistance", "fee_waiver"), "taxes"), **dict.fromkeys(("community", "voluntary"), "members"),
}  # fmt: skip
TAX_FINANCED = ("employer_liability", "universal", "social_assistance", "fee_waiver")
BY_DESIGN = {"contributors": "nobody_contributes", "reserves": "no_reserves"}
NATIONAL_TOTALS = {  # published share of GDP -> the share of the budget that is published beside it
    "social_protection_expenditure_gdp": "social_protection_expenditure_budget_share",
    "social_assistance_expenditure_gdp": "",
}
PRINTED_TOTAL, PRINTED_ROUNDING, PARTS_APART = "social_protection_expenditure_gdp", 0.0005, 0.03  # 2.5 %: one decimal
AMOUNTS, BUDGET, BUDGET_SHARE = (
    "social_protection_expenditure", "social_protection_budget", "social_protection_budget_share",
)  # fmt: skip
NATIONAL_COLUMNS = [
    "what", "kind", "year", "parts", "amount", "gdp", "share", "budget_share", "note", "quality", "source", "reason",
]  # fmt: skip


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
    figures = figures.assign(_instead=figures["measure"].isin(INSTEAD))
    order = ["_instead", "year", "_order", "detail"]
    figures = figures.sort_values(order, ascending=[True, False, True, True], kind="stable")
    schemes, nothing = standing_schemes(pack), figures.iloc[:0]
    known = dict(tuple(figures.groupby(["scheme", "item"], sort=False)))
    rows = [
        _sper_cell(scheme, item, known.get((scheme.id, item), nothing), pack.settings.reference_year)
        for scheme in schemes.itertuples()
        for item in ITEMS
    ]
    columns = [
        "scheme", "short_name", "item", "state", "measure", "detail", "value", "high", "unit", "counted_in", "year", "kind",
        "note", "grade", "quality", "source", "reason",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "value": "float64", "high": "float64"})
    grades = pack.grades  # made anew each time that it is asked for
    return table.assign(grade=[strongest_grade(source, grades) for source in table["source"]])


def _up_to_now(pack: Pack) -> pd.DataFrame:
    return pack.scheme_figures[pack.scheme_figures["year"] <= pack.settings.reference_year]


def _sper_cell(scheme, item: str, found: pd.DataFrame, now: int) -> dict:
    named = {"scheme": scheme.id, "short_name": scheme.short_name, "item": item}
    if found.empty:
        by_design = item in BY_DESIGN and scheme.type in TAX_FINANCED
        empty = dict.fromkeys(("measure", "detail", "unit", "counted_in", "kind", "note", "quality", "source"), "")
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
        "note": "" if doubt else join_notes(levels["note"]),
    }
    state = "doubt" if doubt else "old" if old else "budget" if kind == "budget" else "found"
    return named | known | {"kind": kind, "state": state, "reason": doubt}


@once_a_pack
def scheme_spending(pack: Pack) -> pd.DataFrame:
    """Each scheme's expenditure on GDP of its own year: the newest outturn, and the newest budget where there is no outturn.

    Returns
    -------
    table, one row a scheme that is neither planned nor closed : scheme (id), short_name, type, financing (a code of ``FINANCING``), kind
        (outturn, budget, ""), measure, detail, covers (ids of the schemes that it is of, where it is of several), year, amount (billion,
        in the currency of ``unit``), unit, gdp (billion, same currency and year), share (0–1, of GDP), note (of the figure), quality,
        source, reason

    Notes
    -----
    A figure of one year comes before one that is not, the scheme's own before an account of several schemes, the whole before a part,
    all expenditure before benefits alone.

    NaN where the amount is of several years, of a whole project, or marked by its note as a printing error: such a figure is no year's.
    A fiscal year that its note names stands on the mean GDP of the two calendar years that it lies in.

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
        "scheme", "short_name", "type", "financing", "kind", "measure", "detail", "covers", "year", "amount", "unit", "gdp", "share",
        "note", "quality", "source", "reason",
    ]  # fmt: skip
    kinds = {"year": "Int64", "amount": "float64", "gdp": "float64", "share": "float64"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def _spending_of(pack: Pack, scheme, figures: pd.DataFrame) -> dict:
    named = {
        "scheme": scheme.id,
        "short_name": scheme.short_name,
        "type": scheme.type,
        "financing": FINANCING.get(scheme.type, ""),
    }
    found = figures[figures["measure"].isin(SPENT)]
    if found.empty:
        empty = dict.fromkeys(("kind", "measure", "detail", "covers", "unit", "note", "quality", "source"), "") | {
            "year": pd.NA,
            "reason": "not_found",
        }
        return named | empty | dict.fromkeys(("amount", "gdp", "share"), float("nan"))
    rows = [(row, _gdp_of(pack, int(row["year"]), row["note"], row["unit"])) for _, row in found.iterrows()]
    row, at = max(rows, key=lambda pair: _rank(*pair))
    missing = _no_share(row, at)
    amount = row["value"] * SCALE.get(row["unit"], float("nan"))
    whole = at["value"].mean()
    return (
        named
        | {
            "kind": KINDS.get(row["measure"], "outturn"),
            "amount": amount,
            "unit": "usd_billion" if row["unit"].startswith("usd") else "lcu_billion",
            "gdp": whole,
            "share": float("nan") if missing else amount / whole,
            "quality": weakest([row["quality"], *at["quality"]]),
            "source": join_sources(row["source"], *at["source"]),
            "reason": missing or ("of_several_schemes" if row["covers"] else ""),
        }
        | {name: row[name] for name in ("measure", "detail", "covers", "note", "year")}
    )


def _rank(row: pd.Series, gdp: pd.DataFrame) -> tuple:
    """What a figure of spending is preferred by: of one year, the scheme's own, an outturn, new, whole, large.

    A budget of a part, such as a supplement, is not the budget of its year.
    """
    budget = row["measure"] in KINDS
    return (
        not _no_share(row, gdp), row["covers"] == "", not budget, not budget or row["detail"] == "", row["year"], row["detail"] == "",
        -SPENT.index(row["measure"]), row["value"],
    )  # fmt: skip


def _gdp_of(pack: Pack, year: int, note: str, unit: str = "lcu_billion") -> pd.DataFrame:
    """GDP of a year in the currency of a unit: both calendar years of the fiscal year that a note names; empty where one is missing."""
    fiscal = FISCAL_YEAR.search(note)
    years = (int(fiscal[1]), int(fiscal[1]) + 1) if fiscal else (year,)
    return _gdp_in(pack, "gdp_current_usd" if unit.startswith("usd") else "gdp_current", years)


@once_a_pack
def _gdp_in(pack: Pack, indicator: str, years: tuple[int, ...]) -> pd.DataFrame:
    """GDP of all of these years; empty where one is missing."""
    gdp = pack.series(indicator)
    found = gdp[gdp["year"].isin(years) & (gdp["value"] > 0)]
    return found if len(found) == len(years) else found.head(0)


def _no_share(row: pd.Series, gdp: pd.DataFrame) -> str:
    words = f"{row['detail']} {row['note']}"
    if NOT_TO_DRAW.search(words):
        return "printing_error"
    if NOT_OF_ONE_YEAR.search(words):
        return reason("not_of_one_year", detail=row["detail"] or row["note"])
    if row["unit"] in MONTHLY:
        return reason("not_of_one_year", detail=row["detail"] or row["note"])
    if row["unit"] not in SCALE:
        return reason("unit_is", unit=row["unit"])
    return "" if len(gdp) else reason("no_gdp", year=row["year"])


def spending_total(spending: pd.DataFrame, national: pd.DataFrame) -> pd.DataFrame:
    """What is known of all schemes together: schemes of one single year, a lower bound, and national figures beside it.

    Parameters
    ----------
    spending : result of :func:`scheme_spending`
    national : result of :func:`national_spending`; may be empty

    Returns
    -------
    table : what (outturn, budget, or a code of :func:`national_spending`), kind (outturn, budget), year, share (0–1, of GDP),
        budget_share (0–1, of the budget), amount (billion, national currency; of national figures), schemes (number that count), of
        (number of schemes), names (short names of those that count, ";"), parts, note, quality, source, reason

    Notes
    -----
    Nothing is summed over different years, and no budget is added to an outturn. Of several years the one counts in which most schemes
    have a figure, at equal numbers the newest; with fewer than two schemes in every year there is no sum.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("ZMB")
    >>> spending_total(scheme_spending(pack), national_spending(pack)).query("what == 'budget'")[["year", "names"]].values.tolist()
    [[2023, 'FSP;SCT']]
    """
    sums = pd.DataFrame([_sum_of(spending, kind) for kind in ("outturn", "budget")])
    counts = dict.fromkeys(("schemes", "of"), pd.NA) | {"names": ""}
    table = pd.concat([sums, national.assign(**counts)], ignore_index=True) if len(national) else sums
    columns = [
        "what", "kind", "year", "share", "budget_share", "amount", "schemes", "of", "names", "parts", "note", "quality", "source",
        "reason",
    ]  # fmt: skip
    kinds = dict.fromkeys(("schemes", "of", "year"), "Int64") | dict.fromkeys(("amount", "budget_share"), "float64")
    return table.reindex(columns=columns).astype(kinds)


def known_spending(spending: pd.DataFrame) -> pd.DataFrame:
    """Schemes whose own spending is known on GDP: not those that stand in an account of several alone.

    Parameters
    ----------
    spending : result of :func:`scheme_spending`
    """
    known = spending[spending["share"].notna()]
    return known[known["covers"] == ""] if "covers" in known else known


GROUPED_BY = ("type", "financing")


def spending_by_group(spending: pd.DataFrame) -> pd.DataFrame:
    """Spending of the schemes of each type, and of each way of financing: of one year each, a lower bound.

    Parameters
    ----------
    spending : result of ``sper.spending_accounts``, or of :func:`scheme_spending`

    Returns
    -------
    table : by (type, financing; account, of several schemes), group (code; ids of the schemes of an account, ";"), kind (outturn,
        budget), year, share (0–1, of GDP), schemes (that count), of (in the group), names (";"), quality, source, reason; of several years
        the one in which most schemes of the group have a figure, at equal numbers the newest

    Notes
    -----
    Rows of different years are not to be added up either. An account of several schemes together is in no sum.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = spending_by_group(scheme_spending(read_pack("MLI"))).query("group == 'social_insurance' and kind == 'outturn'")
    >>> table[["year", "schemes", "of"]].values.tolist()
    [[2021, 3, 5]]
    """
    own, joint = spending[spending["type"].ne("")], spending[spending["type"].eq("")]
    rows = [
        {"by": by, "group": code, "kind": kind} | _sum_of(part, kind, 1)
        for by in GROUPED_BY
        for code, part in own.groupby(by, sort=False)
        for kind in ("outturn", "budget")
        if (part["kind"] == kind).any() or (kind == "outturn" and not part["share"].notna().any())
    ]
    columns = ["by", "group", "kind", "year", "share", "schemes", "of", "names", "quality", "source", "reason"]
    rows += as_records(joint.assign(by="account", group=joint["covers"], names=joint["short_name"]))
    kinds = dict.fromkeys(("schemes", "of", "year"), "Int64") | {"share": "float64"}
    return pd.DataFrame(rows, columns=columns).astype(kinds)


def _sum_of(spending: pd.DataFrame, kind: str, fewest: int = 2) -> dict:
    known = known_spending(spending[spending["kind"] == kind])
    counts = known["year"].value_counts()
    year = max(counts.index[counts == counts.max()], default=None)
    used = known[known["year"] == year] if year is not None else known
    none = len(used) < fewest
    return {
        "what": kind,
        "kind": kind,
        "year": pd.NA if none else year,
        "share": float("nan") if none else used["share"].sum(),
        "schemes": 0 if none else len(used),
        "of": len(spending),
        "names": "" if none else ";".join(used["short_name"]),
        "parts": "",
        "note": "",
        "quality": "" if none else weakest(used["quality"]),
        "source": join_sources(*(known if none else used)["source"]),
        "reason": _no_sum(known, kind) if none else "",
    }


def _no_sum(known: pd.DataFrame, kind: str) -> str:
    """Why schemes have no sum: none is known, or no two of one year."""
    if known.empty:
        return f"no_{kind}"
    told = [f"{row.short_name} ({row.year})" for row in known.itertuples()]
    return reason("years_differ", schemes=told) if len(told) > 1 else reason("one_scheme_known", scheme=told[0])


def national_spending(pack: Pack) -> pd.DataFrame:
    """National figures of spending on social protection: published shares of GDP, the sum of published parts, the newest budget.

    Returns
    -------
    table : what (indicator of a published share; ``sum_of_parts``; ``social_protection_budget``), kind (outturn, budget), year, parts
        (the amounts that were added, billion), amount (billion, national currency), gdp (billion), share (0–1, of GDP), budget_share
        (0–1, of the budget), note, quality, source, reason; empty where nothing was found

    Notes
    -----
    Where a source prints a share and its parts, both are rows: ``stocktaking.contradictions`` says where they differ. A budget is no
    outturn, and may be of a year ahead of the reference year.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> national_spending(read_pack("SEN")).assign(percent=lambda rows: (rows["share"] * 100).round(2))[["what", "percent"]].values.tolist()
    [['social_protection_expenditure_gdp', 2.5], ['sum_of_parts', 2.92]]
    """
    now = pack.settings.reference_year
    rows = [row for name in NATIONAL_TOTALS for row in _published_total(pack, name, now)]
    rows += [*_sum_of_parts(pack, now), *_national_budget(pack)]
    kinds = {"year": "Int64"} | dict.fromkeys(("amount", "gdp", "share", "budget_share"), "float64")
    return pd.DataFrame(rows, columns=NATIONAL_COLUMNS).astype(kinds)


def parts_differ(printed: float, summed: float) -> bool:
    """Whether a printed share of GDP is not the sum of its parts: more than 3 % and more than its rounding apart.

    Examples
    --------
    >>> parts_differ(0.025, 0.0292), parts_differ(0.0281, 0.0281056)
    (True, False)
    """
    return bool(abs(printed - summed) > max(PARTS_APART * max(printed, summed), PRINTED_ROUNDING))


def _published_total(pack: Pack, indicator: str, now: int) -> list[dict]:
    return [
        _national_row(row, {"what": indicator, "kind": "outturn", "share": row["value"] / 100})
        | _budget_share(pack, NATIONAL_TOTALS[indicator], row["year"])
        for _, row in pack.latest(indicator, year=now).iterrows()
    ]


def _sum_of_parts(pack: Pack, now: int) -> list[dict]:
    """The newest parts that stand side by side: of one year and one source, at least two."""
    parts = pack.latest(AMOUNTS, breakdown=None, year=now)
    parts = parts[parts["breakdown"] != ""]
    parts = parts[parts["year"] == parts["year"].max()]
    if len(parts) < 2 or parts["source"].nunique() > 1:
        return []
    amounts = " + ".join(f"{value:.10g}" for value in parts["value"])
    first = parts.iloc[0].copy()
    first["note"] = join_notes(parts["note"])
    return [_on_gdp(pack, first, {"what": "sum_of_parts", "kind": "outturn", "parts": amounts}, parts["value"].sum())]


def _national_budget(pack: Pack) -> list[dict]:
    return [
        _on_gdp(pack, row, {"what": BUDGET, "kind": "budget"}, row["value"])
        | _budget_share(pack, BUDGET_SHARE, row["year"])
        for _, row in pack.latest(BUDGET).iterrows()
    ]


def _national_row(row: pd.Series, about: dict) -> dict:
    missing = dict.fromkeys(("amount", "gdp", "share", "budget_share"), float("nan")) | {"parts": "", "reason": ""}
    return missing | {name: row[name] for name in ("year", "note", "quality", "source")} | about


def _on_gdp(pack: Pack, row: pd.Series, about: dict, amount: float) -> dict:
    """A national amount with its share of the GDP of its year."""
    at = _gdp_of(pack, int(row["year"]), row["note"])
    whole = at["value"].mean()
    return _national_row(row, about) | {
        "amount": amount,
        "gdp": whole,
        "share": amount / whole,
        "quality": weakest([row["quality"], *at["quality"]]),
        "source": join_sources(row["source"], *at["source"]),
        "reason": "" if len(at) else reason("no_gdp", year=row["year"]),
    }


def _budget_share(pack: Pack, indicator: str, year: int) -> dict:
    series = pack.series(indicator) if indicator else pack.facts.head(0)
    at = series[series["year"] == year]
    return {"budget_share": at["value"].iat[0] / 100} if len(at) else {}
