"""The model against outturn: recipients × benefit × payments of each existing scheme beside what was published of its spending.

A costing that cannot recompute what is paid already says little of what is not paid yet. Explanations of differences are data.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Sized
from functools import cache

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_notes, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.accounts import NOT_OF_ONE_YEAR, NOT_TO_DRAW, SCALE
from nasssap_lib.schemes.contributions_and_benefits import PAID_ONCE, PAYMENTS
from nasssap_lib.schemes.inventory import standing_schemes

APART = 1  # years at most between the oldest and the newest of the three figures
EXPLAIN = 0.01  # differences from here on ask for an explanation: what is printed has seldom more digits
OUTTURN_MEASURES = {  # of one year and kind the first: what is recomputed are benefits
    "benefits": "outturn", "expenditure": "outturn", "benefits_budget": "budget", "expenditure_budget": "budget",
}  # fmt: skip
RECEIVE = ("beneficiaries", "pensioners")
NO_STOCK = ("cumulative_persons", "one_off_grants", "money", "rate")  # what is counted is not who receives in a year
SHARED = r"household|famil"
# Words of a detail that say how an amount is stated or paid, and not to whom
MANNER = re.compile(r"\b(average|per household|per family|per person|and payment|one[ -]payment|members)\b", re.I)
OUTTURN_COLUMNS = [
    "scheme", "short_name", "year", "detail", "recipients", "recipients_year", "counted_in", "benefit", "benefit_year", "payments",
    "modelled", "published", "currency", "kind", "difference", "tested", "explanation", "note", "quality", "source", "reason",
]  # fmt: skip
NUMBERS = ("recipients", "benefit", "payments", "modelled", "published", "difference")
YEARS = ("year", "recipients_year", "benefit_year")
GIVEN = ("measure", "detail", "part", "year", "value", "unit", "counted_in", "note", "quality", "source")


@once_a_pack
def model_against_outturn(pack: Pack) -> pd.DataFrame:
    """Each existing scheme as the model counts it, recipients × benefit × payments, beside its published spending.

    Returns
    -------
    table with the columns of ``OUTTURN_COLUMNS``, at least one row a scheme that is neither planned nor closed

    * year, detail, kind (outturn, budget): of the published spending; of each kind the newest year that can be recomputed, and every
      year that ``outturns.csv`` explains. A scheme that cannot be recomputed is one row, with its newest spending and the reason
    * recipients, counted_in (persons, households, families …), recipients_year; benefit (currency, each payment or as its unit says:
      of classes with different benefits the mean), benefit_year; payments in a year, or as many as ``outturns.csv`` says
    * modelled, published: currency; currency: "lcu" or "usd"; difference: share of the published, modelled ÷ published − 1
    * tested: False where nothing was recomputed, or where ``outturns.csv`` says that the source makes one figure of the others
    * explanation: of ``outturns.csv``, "" where nothing explains; note of the figures; quality; source
    * reason: why nothing could be recomputed, codes; with a modelled amount: which figure is of another year

    Notes
    -----
    The three figures are at most one year apart. Classes of a scheme (Aswesuma's four) are added up where each has both its count and its
    benefit. Nothing is converted: not persons to households, nor a project of several years to one. Spending that a note marks as a
    printing error stands beside nothing. What ``outturns.csv`` says of payments makes spending of part of a year comparable.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = model_against_outturn(read_pack("LKA")).set_index(["scheme", "kind"])
    >>> round(float(table.loc[("aswesuma", "budget"), "difference"]), 3), table.loc[("farmers_pension", ""), "reason"]
    (-0.323, 'no_scheme_benefit; no_scheme_spending')
    """
    figures = pack.scheme_figures[pack.scheme_figures["year"] <= pack.settings.reference_year]
    figures = figures.assign(part=figures["detail"].map(_part))
    counts = figures[figures["measure"].isin(RECEIVE) & ~figures["counted_in"].isin(NO_STOCK)]
    tables = (figures, counts, figures[figures["measure"] == "benefit"], _spending(figures), pack.outturns)
    by_scheme = [(dict(tuple(table.groupby("scheme", sort=False))), table.head(0)) for table in tables]
    rows = [
        row
        for scheme in standing_schemes(pack).itertuples()
        for row in _rows_of(scheme, *(parts.get(scheme.id, nothing) for parts, nothing in by_scheme))
    ]
    kinds = dict.fromkeys(YEARS, "Int64") | dict.fromkeys(NUMBERS, "float64") | {"tested": "bool"}
    return pd.DataFrame(rows, columns=OUTTURN_COLUMNS).astype(kinds)


def unexplained(table: pd.DataFrame) -> pd.DataFrame:
    """Rows of :func:`model_against_outturn` that differ by ``EXPLAIN`` or more and that nothing explains.

    Examples
    --------
    >>> table = pd.DataFrame({"difference": [0.004, -0.2, 0.5, float("nan")], "explanation": ["", "", "It pays twice.", ""]})
    >>> unexplained(table).index.tolist()
    [1]
    """
    return table[(table["difference"].abs() >= EXPLAIN) & (table["explanation"] == "")]


def _part(detail: str) -> str:
    """Whom a detail names, in small letters, without the words that say how an amount is paid."""
    parts = [MANNER.sub("", part).strip(" ,;").lower() for part in detail.split(",")]
    return ", ".join(part for part in parts if part)


def _spending(figures: pd.DataFrame) -> pd.DataFrame:
    """Published spending, the newest first, benefits before expenditure, and figures of a year before those of a month."""
    order = {name: at for at, name in enumerate(OUTTURN_MEASURES)}
    spent = figures[figures["measure"].isin(order)]
    spent = spent.assign(order=spent["measure"].map(order), kind=spent["measure"].map(OUTTURN_MEASURES))
    spent = spent.sort_values(["order", "detail"], kind="stable").sort_values("year", ascending=False, kind="stable")
    return spent.sort_values("unit", key=lambda units: ~units.isin(SCALE), kind="stable")  # one month's is no year's


def _rows_of(
    scheme, own: pd.DataFrame, counts: pd.DataFrame, benefits: pd.DataFrame, spent: pd.DataFrame, said: pd.DataFrame
) -> list[dict]:
    """Rows of a scheme, of its figures and of what ``outturns.csv`` says of it."""
    products_of = cache(lambda part: _products(counts, benefits, part))
    explained, tried, newest = as_records(said), [], set()
    for row in as_records(spent):
        told = _said_of(explained, row)
        if row["kind"] in newest and not told:
            continue  # an older year that nothing explains is not shown
        tried.append(_recomputed(counts, benefits, row, told, products_of))
        newest |= {row["kind"]} if np.isfinite(tried[-1]["modelled"]) else set()
    named = {"scheme": scheme.id, "short_name": scheme.short_name}
    kept = _worth_showing(tried)
    if not kept:
        kept = [tried[0] if tried else {"reason": _lacking(counts, benefits, spent)}]
        kept[0] |= {} if kept[0].get("source") else {"source": join_sources(*own["source"]) or scheme.source}
    texts = dict.fromkeys(("detail", "counted_in", "currency", "kind", "explanation", "note", "quality"), "")
    return [named | texts | {"tested": False} | row for row in kept]


def _said_of(said: list[dict], spent: dict) -> dict:
    return next((row for row in said if (row["kind"], row["year"]) == (spent["kind"], spent["year"])), {})


def _worth_showing(tried: list[dict]) -> list[dict]:
    """Of each kind the newest spending that was recomputed, and all that is explained."""
    first: dict[tuple, dict] = {}  # of benefits and expenditure of one year the one that stands first
    for row in tried:
        if np.isfinite(row["modelled"]):
            first.setdefault((row["kind"], row["year"], row["detail"]), row)
    known = list(first.values())
    newest = {row["kind"]: id(row) for row in reversed(known)}
    return [row for row in known if row["explanation"] or newest[row["kind"]] == id(row)]


def _lacking(counts: pd.DataFrame, benefits: pd.DataFrame, spent: Sized) -> str:
    known = {"no_scheme_recipients": len(counts), "no_scheme_benefit": len(benefits), "no_scheme_spending": len(spent)}
    return join_reasons(*(code for code, rows in known.items() if not rows))


def _recomputed(counts: pd.DataFrame, benefits: pd.DataFrame, spent: dict, said: dict, products_of: Callable) -> dict:
    """One published spending with what the model makes of the same year; the reason where it makes nothing."""
    currency = spent["unit"].split("_")[0]
    amount = np.nan if spent["unit"] not in SCALE else spent["value"] * SCALE[spent["unit"]] * 1e9
    row = dict.fromkeys(NUMBERS, np.nan) | dict.fromkeys(YEARS, pd.NA) | {"counted_in": ""}
    row |= {name: spent[name] for name in ("year", "detail", "kind", "note", "quality", "source")}
    row |= {"published": amount, "currency": currency, "explanation": said.get("explanation", "")}
    times, part = said.get("payments", np.nan), spent["part"]
    if not counts["part"].eq(part).any() and pd.notna(times):
        part = ""  # its detail names the months that the payments cover
    if why := join_reasons(_no_spending_of_a_year(spent, times), _lacking(counts, benefits, [spent])):
        return row | {"reason": why}
    products = products_of(part)
    why = "" if len(products) else _no_product(counts, benefits, part)
    products = products[products["currency"] == currency]
    why = why or ("" if len(products) else reason("other_currency", currency=currency))
    near = _nearest(products, spent["year"])
    if why or near is None:
        return row | {"reason": why or _apart(products, spent["year"])}
    near["payments"] = near["payments"] if pd.isna(times) else float(times)
    if pd.isna(near["payments"]):
        return row | {"reason": "no_scheme_payments"}
    modelled = near["a_payment"] * near["payments"]
    facts = [near["quality"], spent["quality"], *filter(None, [said.get("quality")])]
    return row | {
        **{name: near[name] for name in ("recipients", "recipients_year", "counted_in", "benefit_year", "payments")},
        "benefit": near["a_payment"] / near["recipients"],
        "modelled": modelled,
        "difference": modelled / amount - 1,
        "tested": said.get("no_check", "") != "yes",
        "note": join_notes([near["note"], spent["note"]]),
        "quality": weakest([*facts, *(["estimated"] if near["apart"] else [])]),
        "source": join_sources(near["source"], spent["source"], said.get("source", "")),
        "reason": _of_another_year(near, spent["year"]) if near["apart"] else "",
    }


def _no_spending_of_a_year(spent: dict, times: float) -> str:
    words = f"{spent['detail']} {spent['note']}"
    if NOT_TO_DRAW.search(words):
        return "printing_error"
    if spent["covers"]:
        return "of_several_schemes"
    if not spent["value"] > 0 or spent["unit"] not in SCALE:
        return reason("unit_is", unit=spent["unit"]) if spent["value"] > 0 else "no_scheme_spending"
    of_part = pd.isna(times) and NOT_OF_ONE_YEAR.search(words)
    return reason("not_of_one_year", detail=spent["detail"] or spent["note"]) if of_part else ""


def _products(counts: pd.DataFrame, benefits: pd.DataFrame, part: str) -> pd.DataFrame:
    """Recipients × benefit for every pair of years in which both are known: of all of them, and of the classes added up.

    Returns
    -------
    table : recipients, recipients_year, counted_in, benefit_year, currency, payments, a_payment (currency), classes, note, quality, source
    """
    counts, benefits = (table[list(GIVEN)] for table in (counts[counts["value"] > 0], benefits[benefits["value"] > 0]))
    whole = counts[counts["part"] == part].merge(benefits[benefits["part"].isin({part, ""})], how="cross")
    classes = counts[counts["part"] != ""].merge(benefits[benefits["part"] != ""], on="part")
    classes = classes.rename(columns={"part": "part_x"}) if part == "" else classes.head(0)
    pairs = pd.concat([whole.assign(classes=0), classes.assign(classes=1)], ignore_index=True)
    persons = pairs["counted_in_x"].isin(["households", "families"])
    pairs = pairs[persons | ~pairs["detail_y"].str.contains(SHARED, case=False)]
    pairs["a_payment"] = pairs["value_x"] * pairs["value_y"]
    keys = ["classes", "year_x", "year_y", "counted_in_x", "unit_y"]
    one = pairs["classes"].eq(1) | ~pairs.duplicated(keys)  # of two sources the first
    pairs = pairs[one]
    groups = pairs.groupby(keys, sort=False)
    added = groups[["value_x", "a_payment"]].sum()
    added["parts"] = groups["part_x"].nunique()
    for name, joined in (("note", join_notes), ("quality", weakest), ("source", _sources)):
        cells = defaultdict(list)
        for at, *both in zip(groups.ngroup(), pairs[f"{name}_x"], pairs[f"{name}_y"], strict=True):
            cells[at] += both
        added[name] = [joined(cells[at]) for at in range(len(added))]
    added = added.reset_index()
    paid = benefits[benefits["part"] != ""].groupby("year")["part"].nunique()
    added = added[added["classes"].eq(0) | added["parts"].eq(added["year_y"].map(paid))]
    added["currency"] = added["unit_y"].str.split("_").str[0]
    added["payments"] = added["unit_y"].map(PAYMENTS).where(~added["unit_y"].isin(PAID_ONCE))
    names = {
        "value_x": "recipients",
        "year_x": "recipients_year",
        "counted_in_x": "counted_in",
        "year_y": "benefit_year",
    }
    return added.rename(columns=names)


def _sources(cells: list[str]) -> str:
    return join_sources(*cells)


def _no_product(counts: pd.DataFrame, benefits: pd.DataFrame, part: str) -> str:
    """Why recipients and benefits that are both known cannot be multiplied."""
    shared = benefits["detail"].str.contains(SHARED, case=False).all()
    if shared and not counts["counted_in"].isin(["households", "families"]).any():
        return "benefit_by_household"
    if part and not counts["part"].eq(part).any():
        return reason("no_recipients_of", detail=part)
    details = [detail for detail in benefits["detail"].unique() if detail]
    return reason("no_recipients_of", detail="; ".join(details)) if details else "no_scheme_recipients"


def _nearest(products: pd.DataFrame, year: int) -> dict | None:
    """The product whose years lie nearest to a year, all three at most ``APART`` from each other; of two as near the later."""
    years = products[["recipients_year", "benefit_year"]].to_numpy(float)
    near = np.ptp(np.column_stack([years, np.full(len(years), float(year))]), axis=1) <= APART
    if not near.any():
        return None
    rows = products.assign(apart=np.abs(years - year).sum(axis=1), later=-years.sum(axis=1))[near]
    return rows.sort_values(["apart", "classes", "later"], kind="stable").iloc[0].to_dict()


def _apart(products: pd.DataFrame, year: int) -> str:
    """The years of the product that comes nearest, where it is too far."""
    years = products[["recipients_year", "benefit_year"]].astype(int)
    nearest = years.loc[years.sub(int(year)).abs().sum(axis=1).idxmin()]
    return _years_of("years_too_far_apart", nearest, year)


def _of_another_year(near: dict, year: int) -> str:
    return _years_of("years_one_apart", near, year)


def _years_of(code: str, years, spent: int) -> str:
    return reason(
        code, recipients=int(years["recipients_year"]), benefit=int(years["benefit_year"]), spending=int(spent)
    )
