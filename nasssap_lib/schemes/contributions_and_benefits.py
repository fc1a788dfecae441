"""Levels: what employers and workers contribute to each scheme today, and what benefits are worth against GDP per head of their year."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_notes, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.gdp_per_head import gdp_per_head
from nasssap_lib.schemes.inventory import in_inventory_order

PAYERS = ("employer", "worker", "state", "self_employed", "pensioner", "total")
RATE_MEASURES = {  # measure -> payer, end of the range
    "rate_employer": ("employer", "both"), "rate_employer_low": ("employer", "low"), "rate_employer_high": ("employer", "high"),
    "rate_worker": ("worker", "both"), "rate_worker_low": ("worker", "low"), "rate_worker_high": ("worker", "high"),
    "rate_state": ("state", "both"), "rate_self_employed": ("self_employed", "both"),
    "rate_pensioner": ("pensioner", "both"), "rate_total": ("total", "both"),
}  # fmt: skip
SHARES = ("employer", "worker", "state")  # whose rates make up a scheme's total
SMALLEST_RATE = 0.005  # % of earnings: a difference below it is rounding
PAYMENTS = {"lcu_per_day": 365, "lcu_per_month": 12, "lcu_per_quarter": 4, "lcu_per_year": 1, "usd_per_month": 12}
PAID_ONCE = ("lcu", "usd")
BENEFIT_MEASURES = ("benefit", "benefit_minimum", "benefit_maximum")
SHARED = r"household|famil"


@once_a_pack
def contribution_rates(pack: Pack) -> pd.DataFrame:
    """Who pays today: contribution rates by scheme and payer, each the newest up to the reference year.

    Returns
    -------
    table : scheme (id), short_name, status, payer (a code of ``PAYERS``), low, high (% of earnings; of the pension for pensioners), year,
        last_year (newest year of a detail), detail (a reason cell: whose rate it is, each rate where a payer has several), later
        (rates already decreed for later years), note (of the figures), quality, source, reason. One row a scheme and payer;
        a contributory scheme without any rate has one row with NaN.

    Notes
    -----
    Several rates of one payer (classes of risk, kinds of employer) are a range, low to high. Rates are never added up over schemes: their
    ceilings differ. ``total`` stands only where the split between employer and worker is not stated: it is left out where employer and
    worker are, and where one of them is stated by the source of the total, the other is the rest, estimated.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> rates = contribution_rates(read_pack("SEN")).set_index(["scheme", "payer"])
    >>> rates.loc[("css_atmp", "employer"), ["low", "high"]].tolist()
    [1.0, 5.0]
    """
    rates = pack.scheme_figures[pack.scheme_figures["measure"].isin(RATE_MEASURES)]
    rates = rates.assign(payer=rates["measure"].map(lambda name: RATE_MEASURES[name][0]))
    by_scheme, nothing = dict(tuple(rates.groupby("scheme", sort=False))), rates.iloc[:0]
    rows = [
        row
        for scheme in in_inventory_order(pack.schemes).itertuples()
        for row in _rates_of(scheme, by_scheme.get(scheme.id, nothing), pack.settings.reference_year)
    ]
    columns = [
        "scheme", "short_name", "status", "payer", "low", "high", "year", "last_year", "detail", "later", "note", "quality",
        "source", "reason",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype(
        {"year": "Int64", "last_year": "Int64", "low": "float64", "high": "float64"}
    )


def _rates_of(scheme, own: pd.DataFrame, now: int) -> list[dict]:
    if own.empty and scheme.type not in terms.CONTRIBUTORY_TYPES:
        return []
    named = {"scheme": scheme.id, "short_name": scheme.short_name, "status": scheme.status}
    rates_of = {payer: _rate_of(part, payer, now) for payer in PAYERS if len(part := own[own["payer"] == payer])}
    known = [named | row for row in _split(rates_of)]
    nothing = dict.fromkeys(("low", "high"), float("nan")) | dict.fromkeys(("year", "last_year"), pd.NA)
    nothing |= dict.fromkeys(("payer", "detail", "later", "note", "quality"), "")
    return known or [named | nothing | {"source": scheme.source, "reason": "no_rate_found"}]


def _split(rates_of: dict[str, dict]) -> list[dict]:
    """Rates of a scheme by payer, its total divided as far as the parts that are stated say."""
    total, stated = rates_of.get("total"), [payer for payer in SHARES if payer in rates_of]
    if total is None or total["reason"]:
        return list(rates_of.values())
    if not stated:
        undivided = join_reasons(total["detail"], reason("split_not_stated"))
        return list((rates_of | {"total": total | {"detail": undivided}}).values())
    low, high = (sum(rates_of[payer][end] for payer in stated) for end in ("low", "high"))
    rest = total["high"] - high
    lacking = [payer for payer in ("employer", "worker") if payer not in stated]
    if low - SMALLEST_RATE < total["high"] < high + SMALLEST_RATE:  # what is stated makes up the total
        del rates_of["total"]
    elif len(lacking) == 1 and rest > 0 and _one_statement(total, [rates_of[payer] for payer in stated]):
        rates_of[lacking[0]] = total | {"payer": lacking[0], "low": rest, "high": rest, "quality": "estimated"}
        rates_of[lacking[0]]["detail"] = reason("rest_of_total", total=float(total["high"]), year=int(total["year"]))
        del rates_of["total"]
    return [rates_of[payer] for payer in PAYERS if payer in rates_of]


def _one_statement(total: dict, stated: list[dict]) -> bool:
    """Whether a total and its parts, single rates all, are of one source or of one year."""
    single = all(row["low"] == row["high"] for row in (total, *stated))
    return single and all(row["source"] == total["source"] or row["year"] == total["year"] for row in stated)


def _rate_of(part: pd.DataFrame, payer: str, now: int) -> dict:
    later = part[part["year"] > now].sort_values("year")
    known = part[part["year"] <= now].sort_values("year")
    used = (known if len(known) else later.head(0)).drop_duplicates(["measure", "detail"], keep="last")
    several = len(used) > 1 and used["detail"].ne("").any()
    details = [_rate_detail(row, several) for row in used.itertuples() if row.detail or several]
    shown = pd.concat([used, later])
    return {
        "payer": payer,
        "low": used["value"].min(),
        "high": used["value"].max(),
        "year": used["year"].min() if len(used) else pd.NA,
        "last_year": used["year"].max() if len(used) else pd.NA,
        "detail": join_reasons(*details),
        "later": ", ".join(f"{row.value:g} ({row.year})" for row in later.itertuples()),
        "note": join_notes(shown["note"]),
        "quality": weakest(shown["quality"]),
        "source": join_sources(*shown["source"]),
        "reason": "" if len(used) else "decreed_later",
    }


def _rate_detail(row, several: bool) -> str:
    if not several:
        return reason("rate_detail", detail=row.detail)
    rate = {"rate": float(row.value), "year": row.year}
    return reason("rate_of_some", who=row.detail, **rate) if row.detail else reason("rate_of_all", **rate)


def benefit_levels(pack: Pack) -> pd.DataFrame:
    """What benefits are worth: the newest amounts that rules or reports state, against GDP per head of the same year.

    Returns
    -------
    table : scheme (id), short_name, measure (benefit, benefit_minimum, benefit_maximum), detail, year, value, unit, payments (a year),
        recipient (person, household), gdp_per_head (in the currency of the value), share (0–1, of GDP per head), note (of the figure),
        quality, source, reason

    Notes
    -----
    share = value × payments a year ÷ GDP per head of the same year and currency; where none is published in national currency, GDP
    divided by the persons of the year. A benefit of a household is shared by its members:
    it is marked, not divided, for household sizes are not published. A grant that is paid once has no level. A scheme is one of
    households where the figure, its rules or its beneficiaries say so.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> levels = benefit_levels(read_pack("SEN")).set_index("scheme")
    >>> levels.loc["pnbsf", "recipient"], round(float(levels.loc["ipres", "share"]), 3)
    ('household', 0.606)
    """
    figures = pack.scheme_figures[pack.scheme_figures["year"] <= pack.settings.reference_year]
    figures = figures[figures["measure"].isin(BENEFIT_MEASURES)].sort_values("year", kind="stable")
    figures = figures.drop_duplicates(["scheme", "measure", "detail", "unit"], keep="last")
    names = pack.schemes.set_index("id")["short_name"]
    rows = [_level(pack, row) | {"short_name": names.get(row.scheme, row.scheme)} for row in figures.itertuples()]
    columns = [
        "scheme", "short_name", "measure", "detail", "year", "value", "unit", "payments", "recipient", "gdp_per_head", "share", "note",
        "quality", "source", "reason",
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=columns).astype(
        {"value": "float64", "payments": "Int64", "gdp_per_head": "float64", "share": "float64"}
    )
    return table.sort_values(["short_name", "year", "detail"], kind="stable").reset_index(drop=True)


def _level(pack: Pack, row) -> dict:
    times = PAYMENTS.get(row.unit)
    series = pack.series("gdp_per_head_usd") if row.unit.startswith("usd") else gdp_per_head(pack)
    at = series[(series["year"] == row.year) & (series["value"] > 0)]
    head = at["value"].iat[0] if len(at) else float("nan")
    return {
        "scheme": row.scheme,
        "measure": row.measure,
        "detail": row.detail,
        "year": int(row.year),
        "value": row.value,
        "unit": row.unit,
        "payments": times or pd.NA,
        "recipient": _recipient(pack, row),
        "gdp_per_head": head,
        "share": row.value * times / head if times else float("nan"),
        "note": row.note,
        "quality": weakest([row.quality, *at["quality"]]),
        "source": join_sources(row.source, *at["source"]),
        "reason": _no_level(row, at),
    }


def _no_level(row, gdp: pd.DataFrame) -> str:
    """Why an amount is no level."""
    if row.unit not in PAYMENTS:
        return "paid_once" if row.unit in PAID_ONCE else reason("unit_is", unit=row.unit)
    return "" if len(gdp) else reason("no_gdp_per_head", year=row.year)


def _recipient(pack: Pack, row) -> str:
    """Whether an amount is for a person or for a household, as the figure, the rules or the counted beneficiaries say."""
    scheme = pack.schemes[pack.schemes["id"] == row.scheme]
    counted = pack.scheme_figures[
        (pack.scheme_figures["scheme"] == row.scheme) & (pack.scheme_figures["measure"] == "beneficiaries")
    ]
    words = pd.Series([row.detail, row.note, *scheme["benefit_formula"]])
    told = words.str.contains(SHARED, case=False).any() or counted["counted_in"].isin(["households", "families"]).any()
    named = (
        scheme["type"].eq("social_assistance").any() and scheme["who_by_law"].str.contains("households|families").any()
    )
    shared = told or named
    return "household" if shared else "person"
