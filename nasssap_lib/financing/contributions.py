"""What contributions take of wages today, and what one more point would do to labour cost and to take-home pay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.economy import above_zero, economy_of, wage_ratio
from nasssap_lib.costing.formula import MONTHS
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.contributions_and_benefits import contribution_rates
from nasssap_lib.terms import CONTRIBUTORY_TYPES

LABOUR_COLUMNS = [
    "wage", "amount", "wage_year", "scheme", "short_name", "base", "employer_low", "employer_high", "worker_low", "worker_high",
    "first_year", "last_year", "point_labour_cost", "point_take_home", "quality", "source", "reason",
]  # fmt: skip
WAGES = {"average": "wages", "minimum": "minimum_wage"}  # wage → column of the economy
WAGE_DECREED = "minimum_wage_monthly"
EVERY = "all"
EMPLOYEES = "private_employees"
LOOK_BACK = 5  # years before the reference year of which the newest known wage is taken
PER_MONTH = {"lcu_per_month": 1, "lcu_per_quarter": 3, "lcu_per_year": 12}
POINT = 0.01
ENDS = ("employer_low", "employer_high", "worker_low", "worker_high")
NO_LIMIT = {"value": np.nan, "year": None, "source": ""}


class Wage(NamedTuple):
    """A wage a month in national currency, the year in which it was observed or decreed, its sources; NaN where it is not known."""

    name: str
    amount: float
    year: int | None
    source: str


def labour_cost(pack: Pack) -> pd.DataFrame:
    """What the contributions that are compulsory for private employees take of the average and of the minimum wage.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table with the columns of ``LABOUR_COLUMNS``: of each wage (average, minimum) one row a scheme, then ``all``

    * amount: national currency a month, at today's prices; wage_year: in which it was decreed, or observed beside GDP per head and moved
      with it since; base: share of the wage on which contributions are due, after floor and ceiling
    * employer_low … worker_high: share of the wage; NaN where no rate was published; of ``all`` the sum of those known, with the others
      named in reason; first_year, last_year: of the rates
    * point_labour_cost: what one more point of the employer's rate of that scheme adds to labour cost (wage + employers' contributions);
      point_take_home: what one more point of the worker's rate takes from pay after contributions (negative); shares; of ``all`` on the
      whole wage, without a ceiling

    Notes
    -----
    Rates are those in force in the newest published year up to the reference year, which may differ by scheme. Who bears a contribution in
    the end is not said by who pays it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = labour_cost(read_pack("RWA")).query("wage == 'average' and scheme == 'all'")
    >>> table[["employer_low", "worker_low"]].round(3).values.tolist()
    [[0.158, 0.138]]
    """
    schemes = _compulsory(pack)
    if schemes.empty:
        return pd.DataFrame(columns=LABOUR_COLUMNS)
    rates, limits, economy = contribution_rates(pack), _limits(pack), economy_of(pack, _years(pack))
    taken = [_taken_by(scheme, rates[rates["scheme"] == scheme["id"]], limits) for scheme in as_records(schemes)]
    parts = [_of_wage(taken, _newest(pack, economy, name)) for name in WAGES]
    years = dict.fromkeys(("wage_year", "first_year", "last_year"), "Int64")
    return pd.concat(parts, ignore_index=True)[LABOUR_COLUMNS].astype(years)


def _years(pack: Pack) -> list[int]:
    now = pack.settings.reference_year
    return list(range(now - LOOK_BACK, now + 1))


def _newest(pack: Pack, economy: pd.DataFrame, name: str) -> Wage:
    """The newest wage, of the year in which it was observed or decreed, not of the one up to which it is held or moved."""
    known = economy.dropna(subset=[WAGES[name]])
    if known.empty:
        return Wage(name, np.nan, None, "")
    amount, held = float(known[WAGES[name]].iat[-1]) / MONTHS, int(known["year"].iat[-1])
    if name == "average":
        ratio = wage_ratio(pack)
        return Wage(name, amount, ratio.year, join_sources(ratio.source, *known["source"].tail(1)))
    decreed = above_zero(pack.series(WAGE_DECREED))
    row = decreed[decreed["year"] <= held].iloc[-1]
    return Wage(name, amount, int(row["year"]), row["source"])


def _compulsory(pack: Pack) -> pd.DataFrame:
    """Contributory schemes in force that the law makes compulsory for private employees."""
    of_employees = [EMPLOYEES in cell.split(";") for cell in pack.schemes["mandatory_for"]]
    active = pack.schemes["status"].eq("active") & pack.schemes["type"].isin(CONTRIBUTORY_TYPES)
    return pack.schemes[active & np.array(of_employees, dtype=bool)].sort_values("id")


def _of_wage(taken: list[dict], wage: Wage) -> pd.DataFrame:
    table = pd.DataFrame([_of_scheme(own, wage) for own in taken])
    whole = _together(table, wage)
    table = pd.concat([table, pd.DataFrame([whole])], ignore_index=True)
    employer, worker = ((whole[f"{who}_low"] + whole[f"{who}_high"]) / 2 for who in ("employer", "worker"))
    table["point_labour_cost"] = POINT * table["base"] / (1 + employer)
    table["point_take_home"] = -POINT * table["base"] / (1 - worker)
    source = [join_sources(cell, wage.source) for cell in table["source"]]
    return table.assign(wage=wage.name, amount=wage.amount, wage_year=wage.year, source=source)


def _taken_by(scheme: Mapping, rates: pd.DataFrame, limits: Mapping[tuple[str, str], dict]) -> dict:
    """What a scheme takes, whatever the wage: rates by payer and end in percent, floor and ceiling, and what all that rests on."""
    known = rates[rates["payer"].isin(["employer", "worker"]) & rates["low"].notna()]
    floor, ceiling = (limits.get((scheme["id"], name), NO_LIMIT) for name in ("floor", "ceiling"))
    return {
        "scheme": scheme["id"], "short_name": scheme["short_name"], "floor": floor, "ceiling": ceiling,
        "rates": known.set_index("payer")[["low", "high"]], "first_year": known["year"].min(), "last_year": known["last_year"].max(),
        "quality": weakest(filter(None, ["estimated", *known["quality"]])),
        "source": join_sources(*known["source"], floor["source"], ceiling["source"]),
        "lacks": known.empty or bool((rates["payer"] == "total").any()),
    }  # fmt: skip


def _of_scheme(own: Mapping, wage: Wage) -> dict:
    """What one scheme takes of a wage."""
    low, high, rates = own["floor"]["value"], own["ceiling"]["value"], own["rates"]
    base = float(np.clip(wage.amount, low if low == low else 0.0, high if high == high else np.inf)) / wage.amount
    paid = rates / 100 * base
    shares = {
        f"{who}_{end}": paid[end].get(who, 0.0 * base if len(rates) else np.nan)
        for who in ("employer", "worker")
        for end in ("low", "high")
    }
    return {
        **{name: own[name] for name in ("scheme", "short_name")}, "base": base, **shares,
        **{name: own[name] for name in ("first_year", "last_year", "quality", "source")},
        "reason": join_reasons(
            reason("no_rate_found") if own["lacks"] else "",
            reason("up_to_ceiling", amount=float(round(high)), year=own["ceiling"]["year"]) if base < 1 - 1e-12 else "",
            reason("wage_not_known") if np.isnan(wage.amount) else "",
        ),
    }  # fmt: skip


def _limits(pack: Pack) -> dict[tuple[str, str], dict]:
    """Floor and ceiling of each scheme's contributory earnings a month, the newest up to the reference year."""
    figures = pack.scheme_figures
    own = figures[
        figures["measure"].isin(["floor", "ceiling"])
        & figures["unit"].isin(PER_MONTH)
        & (figures["year"] <= pack.settings.reference_year)
    ]
    found = {}
    for of, rows in own.groupby(["scheme", "measure"]):
        rows = rows[rows["year"] == rows["year"].max()]
        monthly = float((rows["value"] / rows["unit"].map(PER_MONTH)).max())
        found[of] = {"value": monthly, "year": int(rows["year"].iat[0]), "source": join_sources(*rows["source"])}
    return found


def _together(table: pd.DataFrame, wage: Wage) -> dict:
    """What all schemes take together; a lower bound where the rates of one are not known."""
    lacking = table.loc[table[list(ENDS)].isna().any(axis=1), "short_name"].tolist()
    unknown = np.isnan(wage.amount)
    return {
        "scheme": EVERY, "short_name": "", "base": np.nan if unknown else 1.0,
        **{end: np.nan if unknown else float(table[end].sum()) for end in ENDS},
        "first_year": table["first_year"].min(), "last_year": table["last_year"].max(), "quality": weakest(table["quality"]),
        "source": join_sources(*table["source"]),
        "reason": join_reasons(
            reason("rates_incomplete", schemes=lacking) if lacking and not unknown else "", reason("wage_not_known") if unknown else ""
        ),
    }  # fmt: skip
