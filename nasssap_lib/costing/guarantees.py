"""The four basic guarantees of Recommendation No. 202 as a ready package: what they would cost, with the assumptions of the ILO's studies.

A first order of magnitude at full take-up in one year, not a design; an assumption that was not read at its source says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.economy import economy_of, series_sources
from nasssap_lib.costing.formula import MONTHS, STATED, Terms, Unit, costs_of, unit_of
from nasssap_lib.costing.options import HIGH_LEVEL
from nasssap_lib.costing.package import horizon
from nasssap_lib.costing.published import CITATIONS
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import TWINS, target_persons
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.ties import spans

ENDS = ("low", "central", "high")
MEMORY, OURS = "ILO-WP14-MEMORY", "NASSSAP-ASSUMPTIONS"
ASSESSED_EVERY = 5.0  # years between two assessments of a disability
PREVALENCE = {
    "severe_disability_prevalence": 0,
    "severe_disability_prevalence_adults": 18,
}  # first age of whom it counts
NORMAL_95 = 1.96  # standard errors on each side of a 95 % interval
INTERVAL = re.compile(r"interval (\d+(?:\.\d+)?) to (\d+(?:\.\d+)?)")
COMPONENTS = {  # component → guarantee of R202, group, first and last age, months a year
    "children": ("children", "children", 0, 5, 12),
    "maternity": ("working_age", "mothers", None, None, 4),
    "severe_disability": ("working_age", "severe_disability", None, None, 12),
    "unemployment": ("working_age", "unemployed", None, None, 12),
    "old_age": ("older_persons", "older_persons", 65, None, 12),
}
ASSUMED = (  # component, parameter, low, central, high, unit, source
    ("children", "age_to", 5, 5, 5, "years", MEMORY),
    ("children", "level_of_line", 25, 28, 28, "percent_of_poverty_line", MEMORY),
    ("children", "level_of_gdp", 2, 4, 6, "percent_of_gdp_per_head", OURS),
    ("maternity", "months", 4, 4, 4, "months", "ILO-PP15"),
    ("maternity", "level_of_line", 100, 100, 100, "percent_of_poverty_line", "ILO-PP15"),
    ("maternity", "level_of_gdp", 15, 20, 30, "percent_of_gdp_per_head", OURS),
    ("severe_disability", "level_of_line", 100, 100, 100, "percent_of_poverty_line", MEMORY),
    ("severe_disability", "level_of_gdp", 10, 15, 20, "percent_of_gdp_per_head", OURS),
    ("severe_disability", "assessment", 1, 2, 5, "percent_of_gdp_per_head", OURS),
    ("severe_disability", "assessed_every", ASSESSED_EVERY, ASSESSED_EVERY, ASSESSED_EVERY, "years", OURS),
    ("unemployment", "level_of_line", 100, 100, 100, "percent_of_poverty_line", MEMORY),
    ("unemployment", "level_of_gdp", 10, 15, 20, "percent_of_gdp_per_head", OURS),
    ("old_age", "age_from", 65, 65, 65, "years", MEMORY),
    ("old_age", "level_of_line", 100, 100, 100, "percent_of_poverty_line", MEMORY),
    ("old_age", "level_of_gdp", 7, 10, 15, "percent_of_gdp_per_head", OURS),
    ("all", "administration", 0.05, 0.05, 0.05, "share_of_benefits", MEMORY),
    ("all", "take_up", 1, 1, 1, "share", "ILO-WP58"),
)
GUARANTEE_COLUMNS = [
    "guarantee", "component", "year", "persons", "persons_low", "persons_high", "basis", "amount", "level", "months", "low", "central",
    "high", "flag", "verified", "assumptions", "quality", "source", "reason", "line", "line_published", "line_year", "currency",
]  # fmt: skip


class People(NamedTuple):
    """Persons of a component at its three ends, and what is known of them."""

    persons: tuple[float, float, float]
    quality: str
    source: str
    reason: str


def guarantee_assumptions() -> pd.DataFrame:
    """What the package of the four guarantees assumes.

    Returns
    -------
    table : component (or all), parameter, low, central, high, unit, source (key of ``published.CITATIONS``), citation, verified
        (False: as remembered, or assumed here: not read at a source)

    Examples
    --------
    >>> table = guarantee_assumptions().set_index(["component", "parameter"])
    >>> bool(table.loc[("maternity", "months"), "verified"]), bool(table.loc[("old_age", "level_of_line"), "verified"])
    (True, False)
    """
    table = pd.DataFrame(ASSUMED, columns=["component", "parameter", *ENDS, "unit", "source"])
    return table.assign(citation=table["source"].map(CITATIONS), verified=~table["source"].isin([MEMORY, OURS]))


def guarantee_costs(pack: Pack, year: int | None = None) -> pd.DataFrame:
    """What the four guarantees would cost in one year, at full take-up and without what is paid today.

    Parameters
    ----------
    pack : the country
    year : calendar year, within the population; None: the reference year, with n/a where the population ends before it

    Returns
    -------
    table with the columns of ``GUARANTEE_COLUMNS``, a row a component, then ``health`` and ``income`` (the sum of the others)

    * guarantee: code of ``terms.GUARANTEES``, or income; persons, persons_low, persons_high: persons who would be paid
    * basis: poverty_line where the pack has the national one, else gdp_per_head; amount: in % of it; level: % of GDP per head; months
      a year; low, central, high: share of GDP, 0–1
    * flag: "high_level" where the level is above 30 % of GDP per head; verified: False where an assumption was not read at its
      source; assumptions: ";" list of keys of ``published.CITATIONS``
    * line: the national poverty line a person a year at the prices of the year, as the level took it; line_published, line_year: the
        same as published; in currency; NaN and "" where the level stands on GDP per head
    * of the sum: over the components whose cost is known, the others named in reason

    Raises
    ------
    NasssapError : a year before the reference year or past the population

    Notes
    -----
    Disability needs a prevalence of the pack with its range: ``severe_disability_prevalence``, or that of adults, then of persons of
    18 and over. Persons assessed are paid for every five years. Health care needs a price per head, which the pack does not hold.
    A person with a disability who is 65 and over is in two components.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = guarantee_costs(read_pack("SEN")).set_index("component")
    >>> round(float(table.loc["old_age", "central"]), 5), table.loc["old_age", "basis"]
    (0.00383, 'gdp_per_head')
    """
    if year is not None:
        horizon(pack, [], [year])
    year = pack.settings.reference_year if year is None else int(year)
    economy = as_records(economy_of(pack, [year]).drop(columns=["year", "source"]))[0]
    economy["gdp_per_head"] = economy["gdp"] / economy["population"]
    terms = guarantee_assumptions().set_index(["component", "parameter"])
    rows = [_component(pack, name, year, economy, terms) for name in COMPONENTS]
    table = pd.DataFrame([*rows, _health(year), _income(rows, year)])
    return _with_line(table, pack, economy["poverty_line"])[GUARANTEE_COLUMNS]


def _with_line(table: pd.DataFrame, pack: Pack, line: float) -> pd.DataFrame:
    """The table with the poverty line on which its levels stand."""
    by_line, published = table["basis"] == "poverty_line", pack.latest("national_poverty_line")
    if not by_line.any():
        return table.assign(line=np.nan, line_published=np.nan, line_year=np.nan, currency="")
    return table.assign(
        line=np.where(by_line, line, np.nan),
        line_published=np.where(by_line, published["value"].iat[0], np.nan),
        line_year=np.where(by_line, published["year"].iat[0], np.nan),
        currency=np.where(by_line, pack.settings.currency, ""),
    )


def _component(pack: Pack, name: str, year: int, economy: Mapping[str, float], assumed: pd.DataFrame) -> dict:
    guarantee, group, first, last, months = COMPONENTS[name]
    by_line = np.isfinite(economy["poverty_line"]) and np.isfinite(economy["gdp_per_head"])
    basis, parameter = ("poverty_line", "level_of_line") if by_line else ("gdp_per_head", "level_of_gdp")
    people = _people(pack, group, first, last, year)
    unit = unit_of(basis, "none" if by_line else "gdp_per_head", economy, economy)
    amounts, assessed = _ends(assumed, name, parameter), _ends(assumed, name, "assessment")
    costs = [
        _cost(
            persons,
            amount,
            months,
            assessment / ASSESSED_EVERY,
            unit,
            economy["population"],
            _ends(assumed, "all", "administration")[1],
        )
        for persons, amount, assessment in zip(people.persons, amounts, assessed, strict=True)
    ]
    used = assumed[
        [
            key[0] in (name, "all") and not (key[1].startswith("level_of") and key[1] != parameter)
            for key in assumed.index
        ]
    ]
    level = float(100 * unit.heads * amounts[1])
    return {
        "guarantee": guarantee, "component": name, "year": year, "persons": people.persons[1], "persons_low": people.persons[0],
        "persons_high": people.persons[2], "basis": basis, "amount": amounts[1], "level": level, "months": months,
        **dict(zip(ENDS, costs, strict=True)),
        "flag": "high_level" if spans(HIGH_LEVEL, level) else "",
        "verified": bool(used["verified"].all()),
        "assumptions": ";".join(dict.fromkeys(used["source"])),
        "quality": weakest(filter(None, [people.quality, "assumed"])),
        "source": join_sources(people.source, *(series_sources(pack, ["gdp_per_head", STATED[basis]]) if by_line else [])),
        "reason": people.reason or ("" if np.isfinite(costs[1]) else "no_population_of_year"),
    }  # fmt: skip


def _ends(assumed: pd.DataFrame, component: str, parameter: str) -> list[float]:
    """The three ends of an assumption, zeros where a component has none."""
    key = (component, parameter)
    return [float(assumed.loc[key, end]) for end in ENDS] if key in assumed.index else [0.0] * 3


def _cost(
    persons: float, amount: float, months: float, assessment: float, unit: Unit, population: float, rate: float
) -> float:
    """Share of GDP: benefits and administration, and assessments in % of GDP per head a year."""
    paid = costs_of(persons, Terms(amount, times=months / MONTHS, administration=rate), unit, population)
    assessed = costs_of(persons, Terms(0.0, per_person=assessment), Unit(np.array(np.nan), np.array(0.01)), population)
    return float(paid.share_of_gdp + assessed.share_of_gdp)


def _people(pack: Pack, group: str, first: int | None, last: int | None, year: int) -> People:
    if group == "severe_disability":
        return _disabled(pack, year)
    option = {"group": group, "age_from": first, "age_to": last, "sex": "female" if group == "mothers" else "total"}
    row = target_persons(pack, option, [year]).iloc[0]
    fewest = row["persons"] * (1 - TWINS if group == "mothers" else 1)
    return People((fewest, row["persons"], row["persons"]), row["quality"], row["source"], row["reason"])


def _disabled(pack: Pack, year: int) -> People:
    """Persons with a severe disability: prevalence of all, or of adults, with the published range."""
    found = [(first, pack.series(indicator)) for indicator, first in PREVALENCE.items()]
    first, series = next(((first, series) for first, series in found if len(series)), (0, None))
    if series is None:
        return People((np.nan,) * 3, "", "", reason("no_prevalence_range"))
    fact = series.loc[(series["year"] - year).abs().idxmin()]
    low, high, why = _range(fact)
    option = {"group": "total", "age_from": first or None, "age_to": None, "sex": "total"}
    row = target_persons(pack, option, [year]).iloc[0]
    persons = tuple(row["persons"] * share / 100 for share in (low, fact["value"], high))
    adults = reason("adults_only", age=first) if first else ""
    quality = weakest([row["quality"] or "estimated", fact["quality"]])
    sources = join_sources(row["source"], fact["source"])
    return People(persons, quality, sources, join_reasons(row["reason"], adults, why))


def _range(fact: pd.Series) -> tuple[float, float, str]:
    """Ends of a prevalence in percent: the interval that was published, else of its standard error."""
    value, published = float(fact["value"]), INTERVAL.search(fact["note"])
    if published and float(published[1]) <= value <= float(published[2]):
        return float(published[1]), float(published[2]), ""
    if pd.notna(fact["se"]):
        return max(value - NORMAL_95 * fact["se"], 0.0), value + NORMAL_95 * fact["se"], ""
    return value, value, reason("no_range_of_prevalence")


def _health(year: int) -> dict:
    return {
        "guarantee": "health", "component": "health", "year": year, "verified": False, "assumptions": MEMORY, "flag": "", "basis": "",
        "quality": "", "source": "", "reason": reason("no_price_of_care"),
    }  # fmt: skip


def _income(rows: list[dict], year: int) -> dict:
    """The sum of what is known: persons are not added up, one may be in two components."""
    known = [row for row in rows if np.isfinite(row["central"])]
    lacks = [COMPONENTS[row["component"]][1] for row in rows if not np.isfinite(row["central"])]
    listed = {
        name: ";".join(dict.fromkeys(";".join(row[name] for row in known).split(";")))
        for name in ("assumptions", "source")
    }
    return {
        "guarantee": "income", "component": "income", "year": year, "basis": known[0]["basis"] if known else "",
        **{end: sum(row[end] for row in known) if known else np.nan for end in ENDS},
        "flag": "high_level" if any(row["flag"] for row in known) else "",
        "verified": bool(known) and all(row["verified"] for row in known),
        "quality": "assumed" if known else "", **listed,
        "reason": reason("sum_without_components", group=lacks) if lacks else "",
    }  # fmt: skip
