"""Whom an option would reach: the persons that it aims at, or for subsidised cover those of them who are not covered."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.today import Today, covered_today, way_of
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import COLUMNS, target_persons
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason

LEAVE_OUT = ("extends", "benefit_tested")  # ways that leave out who is covered already


def target_by_year(pack: Pack, option: Mapping, years: Iterable[int]) -> pd.DataFrame:
    """Target population of an option by year: of its ages, sex and status; for subsidised cover those of them who are not covered.

    Parameters
    ----------
    pack : the country
    option : a row of its measures
    years : calendar years

    Returns
    -------
    table : year, persons, rule, quality, source, reason (codes; why persons is NaN); most: persons whom the option can reach at
        most, fewer than the target population where it pays only those who have no such benefit

    Notes
    -----
    The share that is covered today is kept in later years.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("RWA")
    >>> insurance = pack.measures.query("guarantee == 'health'").to_dict("records")[0]
    >>> target_by_year(pack, insurance, [2025])["rule"].tolist()
    ['whole_population; not_covered']
    """
    people = target_persons(pack, option, years)
    if way_of(option) not in LEAVE_OUT:
        return people.assign(most=people["persons"])
    return to_reach(people, option, covered_today(pack, option))


def to_reach(people: pd.DataFrame, option: Mapping, today: Today) -> pd.DataFrame:
    """Target population of an option whose people and whose coverage today are known.

    Parameters
    ----------
    people : result of ``population.target_persons``
    option : a row of a pack's measures
    today : who of its people is covered

    Returns
    -------
    table as of :func:`target_by_year`
    """
    way = way_of(option)
    if way not in LEAVE_OUT:
        return people.assign(most=people["persons"])
    free = people["persons"] * (1 - today.share)
    if way == "benefit_tested":
        return people.assign(most=free)
    known = people["persons"].notna()
    quality = [weakest(filter(None, [cell, today.quality, "estimated"])) if cell else "" for cell in people["quality"]]
    table = people.assign(
        persons=free,
        most=free,
        rule=[join_reasons(rule, reason("not_covered")) for rule in people["rule"]],
        quality=quality,
        source=[join_sources(source, today.source) for source in people["source"]],
    )
    table["reason"] = np.where(known & np.isnan(today.share), today.reason, people["reason"])
    return table[[*COLUMNS, "most"]]
