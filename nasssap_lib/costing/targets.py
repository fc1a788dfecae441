"""Whom an option would reach: the persons that it aims at, or for an extension of insurance those of them who are not covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.population.targets import COLUMNS, target_persons
from nasssap_lib.provenance import join_sources
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.terms import sex_of

EXTENSIONS = ("employment_injury", "health")  # groups of which only those who are not covered yet are reached


class Need(NamedTuple):
    """What is known of the coverage of the group that an option serves, in one year.

    coverage: share 0–1 · gap: persons · uncovered: share not covered, low, central and high · no_gap: why these are NaN, or that there
    is no gap
    """

    quality: str
    source: str
    coverage: float
    coverage_year: object
    gap: float
    uncovered: tuple[float, float, float]
    no_gap: str


def believed_gaps(gaps: pd.DataFrame) -> pd.DataFrame:
    """Gaps at the denominator of the published rate; none where the rate is to be verified.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    """
    table, persons = gaps[gaps["primary"]].copy(), ["covered", "gap"]
    table.loc[table["flag"] == "to_verify", persons] = np.nan
    return table


def extends_insurance(option: Mapping) -> bool:
    """Whether an option reaches only persons who are not covered yet.

    Examples
    --------
    >>> extends_insurance({"group": "total", "guarantee": "health"}), extends_insurance({"group": "poor", "guarantee": "children"})
    (True, False)
    """
    return option["guarantee"] == "health" or option["group"] in EXTENSIONS


def target_by_year(pack: Pack, option: Mapping, gaps: pd.DataFrame, years: Iterable[int]) -> pd.DataFrame:
    """Target population of an option by year: of its ages or its group; for an extension of insurance those who are not covered.

    Parameters
    ----------
    pack : the country
    option : a row of its measures
    gaps : result of :func:`believed_gaps`, with the years asked for
    years : calendar years

    Returns
    -------
    table : year, persons, rule, quality, source, reason (codes; why persons is NaN)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("RWA")
    >>> insurance = pack.measures.query("guarantee == 'health'").to_dict("records")[0]
    >>> target_by_year(pack, insurance, pd.DataFrame(), [2025])["rule"].tolist()
    ['whole_population; not_covered']
    """
    years = list(years)
    if not extends_insurance(option):
        return target_persons(pack, option, years)
    if option["guarantee"] == "health":
        return _not_insured(pack, years)
    own = rows_of_option(gaps, option).set_index("year")
    own = own.assign(persons=own["gap"], rule=[_not_covered(rule) for rule in own["denominator_rule"]])
    own["reason"] = own["reason"].where(own["persons"].isna(), "")
    missing = {"source": "", "quality": "", "reason": reason("group_not_counted", group=option["group"])}
    return own.reindex(years).rename_axis("year").reset_index()[COLUMNS].fillna(missing)


def rows_of_option(gaps: pd.DataFrame, option: Mapping) -> pd.DataFrame:
    """Gaps of the group that an option serves: of its sex where there is one, otherwise of the whole group; one row a year."""
    own = gaps[gaps["group"] == option["group"]]
    sex = option["sex"] if (own["sex"] == option["sex"]).any() else sex_of(option["group"])
    return own[own["sex"] == sex].drop_duplicates("year")


def _not_insured(pack: Pack, years: list[int]) -> pd.DataFrame:
    """Persons without health insurance by year, the share last published kept."""
    need, people = need_of_health(pack), count_persons(pack.used_population, years)
    rule = _not_covered(reason("whole_population"))
    known = {"rule": rule, "quality": need.quality, "source": need.source, "reason": need.no_gap}
    return people.assign(persons=people["persons"] * (1 - need.coverage), **known)[COLUMNS]


def _not_covered(rule: str) -> str:
    return join_reasons(rule, reason("not_covered"))


def need_of_option(pack: Pack, option: Mapping, gaps: pd.DataFrame) -> Need:
    """Coverage and gap of the group that an option serves; health has its own rate, affiliation.

    Parameters
    ----------
    pack, option : as in :func:`target_by_year`
    gaps : result of :func:`believed_gaps` for one year
    """
    if option["guarantee"] == "health":
        return need_of_health(pack)
    own = rows_of_option(gaps, option)
    if own.empty:
        return Need("", "", np.nan, pd.NA, np.nan, (np.nan,) * 3, "")
    row = own.iloc[0]
    share, size = min(row["effective_coverage"], 1.0), row["target_population"]
    ends = [row[name] / size if size > 0 else np.nan for name in ("gap_low", "gap", "gap_high")]
    if row["flag"] == "to_verify":
        share, ends = np.nan, [np.nan] * 3
    quality, no_gap = row["quality"], reason("group_fully_covered") if share >= 1 else ""
    if np.isnan(share):
        quality, no_gap = row["denominator_quality"], row["reason"]
    return Need(quality, row["source"], share, row["coverage_year"], row["gap"], tuple(ends), no_gap)


def need_of_health(pack: Pack) -> Need:
    """Who has no health insurance: the share of persons affiliated, and the rest of the whole population in the reference year.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> need_of_health(read_pack("HND")).no_gap
    'no_insured_share'
    """
    people = count_persons(pack.used_population, [pack.settings.reference_year]).iloc[0]
    rate = pack.latest("health_insurance_coverage")
    known = len(rate) == 1
    share = min(rate["value"].iat[0] / 100, 1.0) if known else np.nan
    return Need(
        quality="estimated",
        source=join_sources(*rate["source"], people["source"]),
        coverage=share,
        coverage_year=int(rate["year"].iat[0]) if known else pd.NA,
        gap=people["persons"] * (1 - share),
        uncovered=(1 - share,) * 3,
        no_gap="" if known else reason("no_insured_share"),
    )
