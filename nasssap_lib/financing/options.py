"""The eight options for fiscal space: what the figures of a country say of each, what is proposed, and what would have to be known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import FISCAL_SPACE, REDIRECTING

OPTION_COLUMNS = [
    "option", "direction", "item", "id", "name", "value", "unit", "year", "kind", "low", "central", "high", "from_year", "to_year",
    "draws_on", "pays_for", "quality", "source", "reason",
]  # fmt: skip
EVIDENCE = {  # option → indicators that say how much there is of what it would draw on
    1: ("government_expenditure_gdp", "social_protection_expenditure_budget_share"),
    2: ("tax_revenue_gdp",),
    3: ("wage_and_salaried_share", "informal_employment_share"),
    7: ("government_debt_gdp", "external_debt_present_value_gni", "external_debt_service_exports"),
    8: ("government_net_lending_gdp", "government_primary_balance_gdp"),
}
NEEDS = {  # option → what an estimate of its yield needs
    1: "needs_functions", 2: "needs_tax_bases", 3: "needs_contributors", 4: "needs_pledges", 5: "needs_trade_records",
    6: "needs_reserves", 7: "needs_debt_terms", 8: "needs_deficit_ceiling",
}  # fmt: skip
TAX, TEN_YEARS = "tax_revenue_gdp", 10
AID = "aid_social_protection"
RANGE = ("low", "central", "high")


def financing_options(pack: Pack) -> pd.DataFrame:
    """What is known of each of the eight options for fiscal space, and what is proposed in the pack.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table with the columns of ``OPTION_COLUMNS``, several rows an option, by option

    * option: 1 to 8, a key of ``terms.FISCAL_SPACE``; direction: redirect (what there is) or enlarge
    * item: evidence (a figure, no yield), headroom (points below the country's own maximum), proposal (a row of ``financing.csv``), or
      needs (not estimated: reason says what an estimate needs)
    * id: indicator, or id of the proposal; name: of the proposal; value, unit, year: the figure as published, or derived
    * kind (recurrent, one_off, headroom), low, central, high: of a proposal, shares of GDP 0–1, a year where recurrent, of all its
      years together where not; from_year, to_year; draws_on, pays_for

    Notes
    -----
    Evidence is the newest figure up to the reference year. Debt, deficit, debt service and present value show a stock or a headroom
    that is not a yield; no ceiling is assumed. Headroom of taxes: :func:`tax_headroom`; aid: :func:`aid_of_gdp`.

    Source: Ortiz, Cummins, Karunanethy, *Fiscal Space for Social Protection and the SDGs* (ILO, UNICEF, UN Women, 2017).

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = financing_options(read_pack("HND"))
    >>> table.loc[table["item"] == "headroom", ["option", "value", "unit"]].round(2).values.tolist()
    [[2, 2.28, 'percent']]
    """
    rows = [row for option in FISCAL_SPACE for row in _option_rows(pack, option)]
    return pd.DataFrame(rows, columns=OPTION_COLUMNS).astype(
        {"value": float, "year": "Int64", "from_year": "Int64", "to_year": "Int64"} | dict.fromkeys(RANGE, float)
    )


def tax_headroom(pack: Pack) -> pd.DataFrame:
    """Points of GDP by which tax revenue is below the country's own maximum of ten years.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : value (maximum − latest, points of GDP, 0 where the latest is the maximum), maximum and latest (% of GDP), year (of the
        latest), maximum_year, years (published among the ten), quality, source; no row where no tax revenue was published

    Notes
    -----
    Both are of one series, without social contributions; the ten years end with the latest figure, and those that were not published
    are left out. What a country once collected it may collect again; how is not said by it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> tax_headroom(read_pack("RWA"))["value"].round(2).tolist()
    [1.57]
    """
    taxes = pack.series(TAX)
    taxes = taxes[taxes["year"] <= pack.settings.reference_year]
    taxes = taxes[taxes["year"] > taxes["year"].max() - TEN_YEARS]
    columns = ["value", "maximum", "latest", "year", "maximum_year", "years", "quality", "source"]
    if taxes.empty:
        return pd.DataFrame(columns=columns)
    latest, best = taxes.iloc[-1], taxes.loc[taxes["value"].idxmax()]
    row = {
        "value": best["value"] - latest["value"], "maximum": best["value"], "latest": latest["value"], "year": int(latest["year"]),
        "maximum_year": int(best["year"]), "years": len(taxes), "quality": weakest(["estimated", *taxes["quality"]]),
        "source": join_sources(latest["source"], best["source"]),
    }  # fmt: skip
    return pd.DataFrame([row], columns=columns)


def aid_of_gdp(pack: Pack) -> pd.DataFrame:
    """What partners disbursed for social protection by year: purpose code 16010 of the creditor reporting system.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : year, usd_million, share_of_gdp (0–1, of the year's GDP at its exchange rate; NaN without them), quality, source; oldest
        first, up to the reference year. Whether it passes through the budget is not said.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> aid_of_gdp(read_pack("ZMB"))["share_of_gdp"].round(5).tolist()[-1]
    0.00304
    """
    aid = pack.series(AID)
    aid = aid[aid["year"] <= pack.settings.reference_year]
    gdp, rate = (pack.series(name).set_index("year") for name in ("gdp_current", "exchange_rate"))
    dollars = (gdp["value"] / rate["value"].where(rate["value"] > 0)).reindex(aid["year"]).to_numpy(float) * 1e9
    used = [*gdp["source"].unique(), *rate["source"].unique()]
    return pd.DataFrame({
        "year": aid["year"].to_numpy(),
        "usd_million": aid["value"].to_numpy(float),
        "share_of_gdp": aid["value"].to_numpy(float) * 1e6 / np.where(dollars > 0, dollars, np.nan),
        "quality": [weakest(["estimated", quality]) for quality in aid["quality"]],
        "source": [join_sources(source, *used) for source in aid["source"]],
    })  # fmt: skip


def _option_rows(pack: Pack, option: int) -> list[dict]:
    """Evidence of an option, then what is proposed or what an estimate needs."""
    shared = {"option": option, "direction": "redirect" if option in REDIRECTING else "enlarge"}
    rows = [*_evidence(pack, EVIDENCE.get(option, ()))]
    rows += _headroom(pack) if option == 2 else _aid(pack) if option == 4 else []
    proposed = _proposals(as_records(pack.financing[pack.financing["option"] == option]))
    rows += proposed or [{"item": "needs", "id": NEEDS[option], "reason": reason(NEEDS[option])}]
    empty = dict.fromkeys(("id", "name", "unit", "kind", "draws_on", "pays_for", "quality", "source", "reason"), "")
    return [shared | empty | row for row in rows]


def _evidence(pack: Pack, indicators: Iterable[str]) -> list[dict]:
    found = [pack.latest(name, year=pack.settings.reference_year) for name in indicators]
    return [_figure(row.iloc[0]) | {"reason": reason("no_yield")} for row in found if len(row)]


def _figure(fact: pd.Series) -> dict:
    taken = {name: fact[name] for name in ("value", "unit", "year", "quality", "source")}
    return {"item": "evidence", "id": fact["indicator"]} | taken


def _headroom(pack: Pack) -> list[dict]:
    """Distance from the own maximum, as a row."""
    told = {"item": "headroom", "id": "tax_headroom", "unit": "percent"}
    return [
        told
        | {name: row[name] for name in ("value", "year", "quality", "source")}
        | {
            "reason": reason(
                "below_own_maximum", most=round(row["maximum"], 2), year=row["maximum_year"], years=row["years"]
            )
            if row["value"] > 0
            else reason("at_own_maximum", years=row["years"])
        }
        for row in as_records(tax_headroom(pack))
    ]


def _aid(pack: Pack) -> list[dict]:
    """What partners give today, as a row."""
    known = aid_of_gdp(pack).dropna(subset=["share_of_gdp"])
    return [
        {
            "item": "evidence",
            "id": AID,
            "value": 100 * row["share_of_gdp"],
            "unit": "percent",
            "reason": reason("given_today", dollars=round(row["usd_million"], 1)),
        }
        | {name: row[name] for name in ("year", "quality", "source")}
        for row in as_records(known.tail(1))
    ]


def _proposals(rows: Iterable[Mapping]) -> list[dict]:
    kept = ("id", "name", "kind", "from_year", "to_year", "draws_on", "pays_for", "quality", "source")
    return [
        {"item": "proposal"} | {name: row[name] for name in kept} | {end: row[f"value_{end}"] / 100 for end in RANGE}
        for row in rows
    ]
