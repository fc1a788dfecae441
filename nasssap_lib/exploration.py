"""What changing one thing does: the gap at another coverage, and measures at another level, take-up or start.

What does not depend on a slider is computed once for a country (:func:`prepare`); what does takes milliseconds.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from nasssap_lib.costing import Measure, cost_measure, economy_of
from nasssap_lib.coverage import coverage_gaps
from nasssap_lib.errors import NasssapError
from nasssap_lib.measures import COUNTED_BY_AGE, EXTENSIONS
from nasssap_lib.pack import Pack
from nasssap_lib.population import count_persons

CHANGEABLE = ("amount_central", "take_up_central", "start_year", "full_year")


@dataclass(frozen=True, eq=False)
class Ground:
    """What a country's exploration stands on.

    gaps : columns of ``coverage.coverage_gaps``, primary denominators, one row a group, sex and year
    economy : as :func:`nasssap_lib.costing.economy_of` gives it
    targets : id of a measure → target population (year, persons)
    measures : rows of the pack's measures
    years : first and last year
    """

    gaps: pd.DataFrame
    economy: pd.DataFrame
    targets: Mapping[str, pd.DataFrame]
    measures: pd.DataFrame
    years: tuple[int, int]


def prepare(pack: Pack, last_year: int = 2050) -> Ground:
    """Compute once what the sliders do not change: target populations, gaps at kept rates, the economy.

    Parameters
    ----------
    pack : the country
    last_year : last year of the exploration; the first is the pack's reference year

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> prepare(read_pack("SEN")).years
    (2025, 2050)
    """
    years = range(pack.settings.reference_year, last_year + 1)
    gaps = coverage_gaps(pack, projection_years=years)
    gaps = gaps[gaps["primary"] & gaps["year"].isin(years)].drop_duplicates(["group", "sex", "year"], keep="last")
    rows = pack.measures.to_dict("records")
    targets = {row["id"]: _target_by_year(pack, row, gaps, years) for row in rows}
    return Ground(gaps, economy_of(pack, years), targets, pack.measures, (years[0], years[-1]))


def _target_by_year(pack: Pack, row: dict, gaps: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Target population of a measure: persons of its ages, or of its group, or those of the group who are not covered."""
    first, last = (None if pd.isna(row[name]) else int(row[name]) for name in ("age_from", "age_to"))
    if row["group"] in COUNTED_BY_AGE and (first, last) != (None, None):
        return count_persons(pack.used_population, years, first or 0, last, row["sex"])[["year", "persons"]]
    own = gaps[
        (gaps["group"] == row["group"])
        & gaps["sex"].isin([row["sex"], "total" if row["group"] != "mothers" else "female"])
    ]
    own = own.sort_values("sex", key=lambda sexes: sexes != row["sex"]).drop_duplicates("year").set_index("year")
    column = "gap" if row["group"] in EXTENSIONS else "target_population"
    return own[column].reindex(years).rename("persons").rename_axis("year").reset_index()


def explore_gap(ground: Ground, group: str, year: int, target_coverage: float, sex: str = "total") -> pd.DataFrame:
    """The gap of a group at the published rate, and at a rate that one aims at.

    Parameters
    ----------
    ground : of :func:`prepare`
    group, sex : of the gap table; mothers are women
    year : calendar year; the rate last observed is kept
    target_coverage : the coverage aimed at, share 0–1

    Returns
    -------
    one row : group, sex, year, target_population, effective_coverage (share), coverage_year, edition, covered, gap,
        target_coverage, gap_at_target, to_reach (persons), denominator_rule, quality, source, reason

    Raises
    ------
    NasssapError : no such group, sex and year, or a target outside 0–1

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> table = explore_gap(prepare(read_pack("SEN")), "at_least_one", 2025, 0.5)
    >>> round(float(table["to_reach"].iat[0]) / 1e6, 1)
    5.7
    """
    if not 0 <= target_coverage <= 1:
        raise NasssapError(f"target_coverage: expected a share from 0 to 1, got {target_coverage}")
    rows = ground.gaps
    found = rows[(rows["group"] == group) & (rows["sex"] == sex) & (rows["year"] == year)]
    if found.empty:
        raise NasssapError(f"no gap of {group}, {sex}, {year}; years are {ground.years[0]} to {ground.years[1]}")
    row = found.iloc[[0]].reset_index(drop=True)
    row["target_coverage"] = target_coverage
    row["to_reach"] = (row["target_population"] * target_coverage - row["covered"]).clip(lower=0)
    row["gap_at_target"] = (row["gap"] - row["to_reach"]).clip(lower=0)
    columns = [
        "group", "sex", "year", "target_population", "effective_coverage", "coverage_year", "edition", "covered", "gap",
        "target_coverage", "gap_at_target", "to_reach", "denominator_rule", "quality", "source", "reason",
    ]  # fmt: skip
    return row[columns]


def explore_measures(ground: Ground, changes: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """Persons reached and cost by year of the measures chosen, with some of their parameters changed.

    Parameters
    ----------
    ground : of :func:`prepare`
    changes : id of a measure → its changed parameters (amount_central, take_up_central, start_year, full_year); an empty
        mapping takes the measure as it stands

    Returns
    -------
    table : measure, name, year, persons (reached), share_of_gdp (share 0–1; NaN where the target population is not known),
        reason. Persons of two measures are not to be added up, costs are.

    Raises
    ------
    NasssapError : no measure of that id, or no such parameter

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> ground = prepare(read_pack("SEN"))
    >>> table = explore_measures(ground, {"social_pension": {"take_up_central": 0.5}})
    >>> table.query("year == 2026")["persons"].tolist()
    [0.0]
    """
    known = {row["id"]: row for row in ground.measures.to_dict("records")}
    wrong = [name for name in changes if name not in known]
    wrong += [key for parameters in changes.values() for key in parameters if key not in CHANGEABLE]
    if wrong:
        raise NasssapError(
            f"{', '.join(wrong)}: expected measures {', '.join(known)} and parameters {', '.join(CHANGEABLE)}"
        )
    frames = [_by_year(ground, {**known[name], **parameters}) for name, parameters in changes.items()]
    empty = pd.DataFrame(columns=["measure", "name", "year", "persons", "share_of_gdp", "reason"])
    return pd.concat(frames, ignore_index=True) if frames else empty


def _by_year(ground: Ground, row: dict) -> pd.DataFrame:
    years = list(range(ground.years[0], ground.years[1] + 1))
    target = ground.targets[row["id"]]
    table = cost_measure(target, measure_of(row), ground.economy, years)[["year", "persons", "share_of_gdp"]]
    missing = "" if target["persons"].notna().any() else "the target population is not known"
    return table.assign(measure=row["id"], name=row["name"], reason=missing)[
        ["measure", "name", "year", "persons", "share_of_gdp", "reason"]
    ]


def measure_of(row: Mapping[str, Any]) -> Measure:
    """A row of a pack's measures at its central values; take-up grows in a straight line from the start to the full year.

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> row = read_pack("SEN").measures.set_index("id", drop=False).loc["social_pension"]
    >>> sorted(measure_of(row).take_up) == [row["start_year"], row["full_year"]]
    True
    """
    start, full, share = int(row["start_year"]), int(row["full_year"]), float(row["take_up_central"])
    steps = max(full - start + 1, 1)
    return Measure(
        row["id"], row["group"], 0 if pd.isna(row["age_from"]) else int(row["age_from"]),
        None if pd.isna(row["age_to"]) else int(row["age_to"]), row["sex"], float(row["amount_central"]), row["amount_basis"],
        row["indexing"], {start: share / steps, max(full, start): share}, float(row["months"]), float(row["admin_rate"]),
        row["admin_base"],
    )  # fmt: skip
