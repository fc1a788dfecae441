"""Women and men of a target population: by rates of each sex where they are published, else by their shares in its ages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import COUNTED_BY_AGE, WORKING_AGE, target_persons, target_populations
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.terms import COVERAGE_GROUPS, sex_of

COLUMNS = ["year", "share", "quality", "source", "reason"]
OF_WORKING_AGE = ("unemployed", "employment_injury", "self_employed")


def share_of_women(pack: Pack, option: Mapping, years: Iterable[int]) -> pd.DataFrame:
    """Share of women among those whom a policy option aims at.

    Parameters
    ----------
    pack : the country
    option : a row of a pack's measures: group, age_from, age_to, sex
    years : calendar years

    Returns
    -------
    table : year, share (0–1; NaN where their number is not known), quality, source, reason (``sexes_by_population``: no rate of
        women and men is published for the group; their shares in the population of its ages are taken, estimated)

    Notes
    -----
    Mothers are women. Groups that are counted by age take women and men of these ages; groups that are counted by a rate take women
    at the rate of women and men at that of men. Whom a rate of both sexes counts is split, never counted anew: women and men come
    to the target population of :func:`population.target_persons`.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> option = {"group": "older_persons", "age_from": 65, "age_to": None, "sex": "total"}
    >>> table = share_of_women(read_pack("SEN"), option, [2025])
    >>> round(float(table["share"].iat[0]), 3), table["reason"].iat[0]
    (0.517, '')
    """
    years, sex = [int(year) for year in years], option["sex"]
    one = sex if sex != "total" else sex_of(option["group"])
    if one != "total":
        return _table(years, 1.0 if one == "female" else 0.0, "", "", "")
    parts = [_persons(pack, option, years, sex) for sex in ("female", "male")]
    if parts[0]["persons"].notna().any() and parts[1]["persons"].notna().any():
        return _split(years, parts, "")
    ages = [_persons(pack, _everybody(option), years, sex) for sex in ("female", "male")]
    return _split(years, ages, reason("sexes_by_population"))


def _persons(pack: Pack, option: Mapping, years: list[int], sex: str) -> pd.DataFrame:
    by_age = option["group"] in COUNTED_BY_AGE and not (pd.isna(option["age_from"]) and pd.isna(option["age_to"]))
    if by_age or option["group"] not in COVERAGE_GROUPS:
        return target_persons(pack, {**option, "sex": sex}, years)
    return target_populations(pack, option["group"], years, sex)[0]


def _everybody(option: Mapping) -> dict:
    """All persons of the ages of an option."""
    first = WORKING_AGE if option["group"] in OF_WORKING_AGE else 0
    given = option["age_from"]
    return {"group": "total", "age_from": first if pd.isna(given) else given, "age_to": option["age_to"]}


def _split(years: list[int], parts: list[pd.DataFrame], why: str) -> pd.DataFrame:
    women, men = (part["persons"].to_numpy(float) for part in parts)
    both = women + men
    share = np.divide(women, both, out=np.where(both == 0, 0.5, np.nan), where=both > 0)  # nobody: as many as nobody
    qualities = zip(*(part["quality"] for part in parts), strict=True)
    quality = [weakest(filter(None, [*pair, "estimated" if why else ""])) if all(pair) else "" for pair in qualities]
    sources = [join_sources(*pair) for pair in zip(*(part["source"] for part in parts), strict=True)]
    return _table(years, share, quality, sources, why)


def _table(years: list[int], share, quality, source, why: str) -> pd.DataFrame:
    table = pd.DataFrame({"year": years, "share": share, "quality": quality, "source": source, "reason": why})
    return table[COLUMNS]
