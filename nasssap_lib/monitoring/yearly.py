"""Yearly targets derived from what starts when: outputs (persons paid) apart from outcomes (coverage of a group), never typed.

How those whom an option pays and those who are covered already overlap is not known: coverage has bounds, and the lower one is what
a plan can commit itself to.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import beneficiaries, ramp
from nasssap_lib.costing.measure import Measure
from nasssap_lib.costing.targets import target_by_year
from nasssap_lib.costing.today import Today, covered_today, way_of
from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_persons
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import sex_of

OUTPUT_COLUMNS = [
    "option", "name", "group", "year", "take_up", "target_population", "reached", "paid", "registered", "quality", "source", "reason",
]  # fmt: skip
TARGET_COLUMNS = [
    "indicator", "group", "sex", "year", "baseline", "baseline_year", "baseline_quality", "low", "high", "options", "take_up_quality",
    "quality", "source", "reason",
]  # fmt: skip
WHOLE = {"age_from": None, "age_to": None}


class Start(NamedTuple):
    """First year of payment and first year of full take-up."""

    first: int
    full: int


def starts_of(pack: Pack, starts: Mapping[str, int] | None = None) -> dict[str, Start]:
    """When the options start and have grown up, by option; options that do not start are left out.

    Parameters
    ----------
    pack : the country
    starts : first year by option, from a roadmap; missing: does not start. None: as ``measures.csv`` assumes

    Raises
    ------
    NasssapError : no such option

    Notes
    -----
    An option that starts later grows as long as ``measures.csv`` says.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> starts_of(read_pack("XTC"), {"pension_65": 2029})
    {'pension_65': Start(first=2029, full=2033)}
    """
    known = pack.measures.set_index("id")
    if starts is None:
        starts = known["start_year"].to_dict()
    if wrong := [f"{name!r}: {did_you_mean(name, list(known.index))}" for name in starts if name not in known.index]:
        raise NasssapError(f"starts_of: no such option {'; '.join(wrong)}")
    grown = known["full_year"] - known["start_year"]
    return {name: Start(int(year), int(year + grown[name])) for name, year in starts.items() if not pd.isna(year)}


def _years(pack: Pack, begin: Mapping[str, Start], years: Iterable[int] | None) -> list[int]:
    if years is not None:
        return sorted({int(year) for year in years})
    last = max((start.full for start in begin.values()), default=pack.settings.reference_year)
    return list(range(pack.settings.reference_year + 1, last + 1))


def yearly_outputs(
    pack: Pack, starts: Mapping[str, int] | None = None, years: Iterable[int] | None = None
) -> pd.DataFrame:
    """Persons paid and newly registered by each option in each year: outputs, which the options' own registers count.

    Parameters
    ----------
    pack : the country
    starts : first year by option, see :func:`starts_of`
    years : calendar years; None: from the year after the reference year until every option has grown up

    Returns
    -------
    table, an option that starts and a year a row: option, name, group, year, take_up (share 0–1 of its target population, assumed),
    target_population, reached (persons of it), paid (persons, those outside it who are paid by error among them), registered (persons
    paid, more than in the year before), quality (assumed, as take-up is), source, reason (codes; why persons are NaN)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = yearly_outputs(read_pack("XTC"), {"pension_65": 2027}, [2026, 2027, 2031])
    >>> table["take_up"].round(2).tolist()
    [0.0, 0.17, 0.85]
    """
    begin = starts_of(pack, starts)
    asked = _years(pack, begin, years)
    rows = [row for row in as_records(pack.measures) if row["id"] in begin]
    parts = [_outputs(pack, row, begin[row["id"]], asked) for row in rows if asked]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=OUTPUT_COLUMNS)


def _outputs(pack: Pack, row: Mapping, start: Start, years: list[int]) -> pd.DataFrame:
    span = sorted({*years, *(year - 1 for year in years)})
    people = target_by_year(pack, row, span)
    take_up = row["take_up_central"] * ramp(span, start.first, start.full)
    error = Measure.from_row(row).inclusion_error
    persons, most = (people[name].to_numpy(float) for name in ("persons", "most"))
    paid = pd.Series(beneficiaries(persons, take_up, error, most), span)
    table = pd.DataFrame({
        "year": span, "take_up": take_up, "target_population": persons,
        "reached": beneficiaries(persons, take_up, 0.0, most), "paid": paid.to_numpy(),
        "registered": [max(paid[year] - paid.get(year - 1, 0.0), 0.0) for year in span],
        "source": [join_sources(row["source"], source) for source in people["source"]], "reason": people["reason"],
    })  # fmt: skip
    quality = weakest([row["quality"], "assumed"])
    head = {"option": row["id"], "name": row["name"], "group": row["group"], "quality": quality}
    table["registered"] = table["registered"].where(table["paid"].notna())
    return table[table["year"].isin(years)].assign(**head)[OUTPUT_COLUMNS]


def yearly_targets(
    pack: Pack, starts: Mapping[str, int] | None = None, years: Iterable[int] | None = None
) -> pd.DataFrame:
    """Coverage of each group that an option serves, by year: an interval whose lower end is the commitment.

    Parameters
    ----------
    pack : the country
    starts : first year by option, see :func:`starts_of`
    years : calendar years; None: from the year after the reference year until every option has grown up

    Returns
    -------
    table, a group and a year a row

    * indicator (effective_coverage, or health_insurance_coverage), group, sex
    * baseline (share 0–1 that is covered today; NaN where none was published), baseline_year, baseline_quality
    * low, high: shares 0–1 of the group that are covered in the year; low is the commitment
    * options: ids of those that have started, with ";" between
    * take_up_quality: of the take-up: assumed, unless somebody measured it
    * quality, source, reason (codes): of the interval

    Notes
    -----
    With coverage c today, kept in later years, and t the share of the group that an option pays in the year (take-up × its target
    population ÷ the group): an option of its own brings coverage to between max(c, t) and min(1, c + t); one that builds on a scheme
    of which the register has the share c_s adds t − c_s at most; one for those who have no cover adds t. Options of one group: the
    greatest lower end, and the sum of what they add at most (bounds of Fréchet 1951). c_s is the register only where today's coverage
    was read from it; elsewhere it is taken as 0, which widens the interval upwards. Groups overlap and have no total. Where no rate was
    published c may be anything: low is t alone; where the size of the group is not known, nothing is claimed. Poverty is an outcome
    too, and has no target here: it needs a survey.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = yearly_targets(read_pack("XTC"), years=[2031]).set_index("group")  # 0.058 today, take-up of all others 0.65
    >>> table.loc["mothers", ["low", "high"]].tolist()
    [0.708, 0.708]
    """
    begin = starts_of(pack, starts)
    asked = _years(pack, begin, years)
    groups = dict.fromkeys(map(seen_by, as_records(pack.measures)))
    rows = [row for group in groups for row in _of_group(pack, *group, begin, asked)]
    return pd.DataFrame(rows, columns=TARGET_COLUMNS).astype({"baseline_year": "Int64"})


def seen_by(row: Mapping) -> tuple[str, str, str]:
    """Indicator, group and sex by which what an option does will be seen.

    Parameters
    ----------
    row : of a pack's measures

    Examples
    --------
    >>> seen_by({"guarantee": "working_age", "group": "mothers"})
    ('effective_coverage', 'mothers', 'female')
    """
    if row["guarantee"] == "health":
        return "health_insurance_coverage", "total", "total"
    return "effective_coverage", row["group"], sex_of(row["group"])


def _of_group(pack: Pack, indicator: str, group: str, sex: str, begin: Mapping[str, Start], years: list[int]):
    mine = [row for row in as_records(pack.measures) if seen_by(row) == (indicator, group, sex)]
    whole = mine[0] | WHOLE | {"sex": sex, "related_scheme": "", "relation": ""}
    today, people = covered_today(pack, whole), target_persons(pack, whole, years).set_index("year")
    outputs = yearly_outputs(pack, begin_years(begin, mine), years)
    of_schemes = {row["id"]: _own_scheme(pack, row) for row in mine}
    ways = {row["id"]: way_of(row) for row in mine}
    for year in years:
        now = outputs[(outputs["year"] == year) & (outputs["take_up"] > 0)]
        size = people.loc[year, "persons"]
        shares = {row.option: min(row.reached / size, 1.0) for row in now.itertuples()}
        found = {name: _added(ways[name], today, share, of_schemes[name] / size) for name, share in shares.items()}
        low, high = bounds_of(today, list(found.values()))
        told = [
            *now["reason"].unique(),
            people.loc[year, "reason"],
            "" if np.isfinite(today.share) else today.reason or reason("no_rate"),
        ]
        yield {
            "indicator": indicator, "group": group, "sex": sex, "year": year, "baseline": round(today.share, 12),
            "baseline_year": today.year, "baseline_quality": today.quality,
            "low": low, "high": high, "options": ";".join(now["option"]), "take_up_quality": weakest(now["quality"]) if len(now) else "",
            "quality": weakest(filter(None, [today.quality, people.loc[year, "quality"], *now["quality"], "estimated"])),
            "source": join_sources(today.source, people.loc[year, "source"], *now["source"]), "reason": join_reasons(*told),
        }  # fmt: skip


def begin_years(begin: Mapping[str, Start], rows: Iterable[Mapping]) -> dict[str, int]:
    """First years of some options, of those that start.

    Examples
    --------
    >>> begin_years({"a": Start(2027, 2031)}, [{"id": "a"}, {"id": "b"}])
    {'a': 2027}
    """
    return {row["id"]: begin[row["id"]].first for row in rows if row["id"] in begin}


def _own_scheme(pack: Pack, row: Mapping) -> float:
    """Persons on the register of the scheme on which an option builds; 0 where it builds on none, or none was read."""
    today = covered_today(pack, row)
    if way_of(row) != "builds_on" or not today.rule.startswith("register"):
        return 0.0
    people = target_persons(pack, row, [pack.settings.reference_year])["persons"].iat[0]
    return float(today.share * people) if np.isfinite(today.share * people) else 0.0


def _added(way: str, today: Today, share: float, of_scheme: float) -> tuple[float, float]:
    """What an option brings the coverage of its group to at least, and what it adds at most; shares of the group."""
    if way in ("extends", "benefit_tested"):
        return (today.share if np.isfinite(today.share) else today.low) + share, share
    return share, max(share - of_scheme, 0.0)


def bounds_of(today: Today, added: Iterable[tuple[float, float]]) -> tuple[float, float]:
    """Coverage of a group after all options: at least the greatest of the lower ends, at most the sum of what is added.

    Parameters
    ----------
    today : who is covered, from low to high where it is not known exactly
    added : of each option: what it brings coverage to at least, and what it adds at most; shares 0–1 of the group

    Examples
    --------
    >>> half = Today(0.3, 0.3, 0.3, 2024, "", "", "", "")
    >>> bounds_of(half, [(0.5, 0.5)]), bounds_of(half, [(0.5, 0.4), (0.2, 0.2)]), bounds_of(half, [])
    ((0.5, 0.8), (0.5, 0.9), (0.3, 0.3))
    """
    added = list(added)
    if any(np.isnan(one).any() for one in added):
        return np.nan, np.nan
    least, most = (today.share, today.share) if np.isfinite(today.share) else (today.low, today.high)
    low = min(max([least, *(one for one, _ in added)]), 1.0)
    high = min(max(most + sum(one for _, one in added), low), 1.0)
    return round(float(low), 12), round(float(high), 12)
