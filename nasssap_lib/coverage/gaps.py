"""Effective coverage and the coverage gap, group by group: who is reached, who is not, and what is not known.

The groups of SDG indicator 1.3.1 overlap. No function here adds them up.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from nasssap_lib.coverage.bounds import published_bounds
from nasssap_lib.coverage.reconciliation import NOT_COUNTED, contradicted_rates
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import TWINS, target_populations
from nasssap_lib.provenance import is_legal_zero, is_old, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.registers import outgrown_coverage
from nasssap_lib.terms import COVERAGE_GROUPS, sex_of

GAP_COLUMNS = [
    "group", "sex", "year", "coverage_year", "edition", "target_population", "denominator_rule", "denominator_quality",
    "effective_coverage", "covered", "gap", "gap_low", "gap_high", "gap_share", "quality", "source", "reason",
]  # fmt: skip
EXTRA_COLUMNS = ["primary", "flag", "nowcast_year", "gap_nowcast", "coverage_quality"]

DOUBTFUL = ("to_verify", "over_100", "outgrown", "contradictory")  # flags of rates that a reader must check first
HIGHEST_SHARE = 2.0  # published rates go a little beyond 100 %; what is above this was given in percent
CHILD_AGE_TO = 14
JUMP_POINTS, JUMP_YEARS = 40, 3  # a published rate that moves by more within this time is to be verified


@once_a_pack
def coverage_gaps(
    pack: Pack, year: int | None = None, projection_years: Iterable[int] = (), child_age_to: int = 14
) -> pd.DataFrame:
    """Who is covered and who is not: one row a group, a sex with a published rate, and a denominator.

    Parameters
    ----------
    pack : the country
    year : year for which target population and gap are counted; the newest rate observed up to then is kept (a nowcast,
        estimated). None: each group at the year of its own newest observation
    projection_years : further years, the rate kept (status quo); ``gap_low`` and ``gap_high`` then span the two readings of
        the status quo, see :func:`project_status_quo`
    child_age_to : last age of a child in years, 14 or 17

    Returns
    -------
    table with the columns of ``GAP_COLUMNS``, then those of ``EXTRA_COLUMNS``

    * year: of target population and gap; coverage_year, edition, coverage_quality: of the published rate
    * target_population, covered, gap, gap_low, gap_high: persons; the range is the rounding of the published rate (half a
      unit of its last digit) and, for mothers, up to 2 % of multiple births
    * effective_coverage, gap_share: shares 0–1, as published, also above 1
    * quality: the weakest of what the gap rests on; denominator_quality: of the target population
    * denominator_rule, reason: codes of ``reasons.REASONS``; reason: why a value is NaN, or why a figure is not to be drawn
      (a sex of another year or edition than its whole group: ``sexes_of_another_year``)
    * primary: the denominator that belongs to the published rate; False for a further one (older persons at 65)
    * flag: "", "legal_zero" (no programme in law: an observed 0), "over_100" (raw value above 100 %),
      "to_verify" (everybody covered, or a jump of more than 40 points within three years of one edition), "outgrown" (a register has
      grown by more than half since, see ``schemes.outgrown_rates``), "contradictory" (no share agrees with both the rate and the
      registers of its year, see ``coverage.reconcile_coverage``)
    * nowcast_year, gap_nowcast: the gap at the pack's reference year, the rate kept (estimated); NaN where it is to be verified

    Notes
    -----
    Gap = max(N − covered, 0), covered = rate × N (ILO, World Social Protection Data Dashboards, definitions of SDG 1.3.1).
    Groups overlap, so no total is given. Health care is outside this indicator.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gaps = coverage_gaps(read_pack("SEN")).set_index(["group", "sex"])
    >>> float(gaps.loc[("at_least_one", "total"), "effective_coverage"])
    0.1991
    """
    ahead = [int(later) for later in projection_years]
    rows = [row for group, sex in _series_of(pack) for row in _rows(pack, group, sex, year, ahead, child_age_to)]
    table = pd.DataFrame(rows, columns=[*GAP_COLUMNS, *EXTRA_COLUMNS, "_ahead"])
    table = table.sort_values("_ahead", kind="stable", ignore_index=True)
    apart = ~same_observation(table) & table["coverage_year"].notna()
    table.loc[apart, "reason"] = [
        join_reasons(cell, _another_year(table, group)) for group, cell in _cells(table[apart])
    ]
    return table[GAP_COLUMNS + EXTRA_COLUMNS]


@once_a_pack
def gap_of_group(pack: Pack, group: str, year: int | None = None) -> dict:
    """The row that :func:`coverage_gaps` has for a whole group at the denominator of its published rate, without all the others.

    Parameters
    ----------
    pack, year : as of :func:`coverage_gaps`
    group : a code of ``terms.COVERAGE_GROUPS``

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gap_of_group(read_pack("SEN"), "at_least_one")["effective_coverage"]
    0.1991
    """
    return _rows(pack, group, sex_of(group), year, [], CHILD_AGE_TO)[0]


def _cells(rows: pd.DataFrame):
    return zip(rows["group"], rows["reason"], strict=True)


def _another_year(table: pd.DataFrame, group: str) -> str:
    """That the rate of both sexes together is of another year or edition."""
    whole = table[(table["group"] == group) & (table["sex"] == sex_of(group))].iloc[0]
    if pd.isna(whole["coverage_year"]):
        return ""
    return reason("sexes_of_another_year", year=int(whole["coverage_year"]))


def _series_of(pack: Pack) -> list[tuple[str, str]]:
    """Every group once (mothers are women), and the sexes for which a rate is published."""
    published = pack.latest("effective_coverage", group=None, sex=None)
    found = set(zip(published["group"], published["sex"], strict=True))
    pairs = []
    for group in COVERAGE_GROUPS:
        whole = sex_of(group)
        pairs += [
            (group, whole),
            *((group, sex) for sex in ("female", "male") if sex != whole and (group, sex) in found),
        ]
    return pairs


def whole_groups(gaps: pd.DataFrame) -> pd.DataFrame:
    """Rows of both sexes together; of women for mothers.

    Parameters
    ----------
    gaps : a table with the columns group and sex
    """
    return gaps[gaps["sex"] == gaps["group"].map(sex_of)]


def same_observation(gaps: pd.DataFrame) -> pd.Series:
    """Whether a row may stand beside the rate of its whole group: the whole itself, or a sex observed in its year and edition.

    Women's and men's rates of another year are no parts of a total: they can both lie below it.

    Parameters
    ----------
    gaps : a table with the columns group, sex, coverage_year and edition

    Returns
    -------
    booleans, one a row of ``gaps``; False also where the whole has no rate

    Examples
    --------
    >>> rows = pd.DataFrame({"group": "older_persons", "sex": ["total", "female", "male"], "coverage_year": [2020, 2016, 2020],
    ...                      "edition": "2023"})
    >>> same_observation(rows).tolist()
    [True, False, True]
    """
    whole = gaps["sex"] == gaps["group"].map(sex_of)
    observed = gaps["coverage_year"].astype("Int64").astype(str) + " " + gaps["edition"].astype(str)
    of_whole = gaps["group"].map(dict(zip(gaps.loc[whole, "group"], observed[whole], strict=True)))
    return whole | (observed == of_whole)


def _rows(pack: Pack, group: str, sex: str, year: int | None, ahead: list[int], child_age_to: int) -> list[dict]:
    """Rows of one series: observed (or brought to ``year``), then one a projection year; once for each denominator."""
    rate = pack.latest("effective_coverage", group, sex, year=year)
    now = pack.settings.reference_year
    at = year or (int(rate["year"].iat[0]) if len(rate) else now)
    flag, doubt = _flag(pack, rate, group, sex)
    rows = []
    for i, table in enumerate(target_populations(pack, group, [at, now, *ahead], sex, child_age_to)):
        targets = as_records(table)
        first = _one_row(pack, group, sex, rate, targets[0], targets[1]) | {
            "primary": i == 0,
            "flag": flag,
            "_ahead": 0,
        }
        first["reason"] = join_reasons(first["reason"], doubt)
        if flag in ("to_verify", "outgrown"):
            first["gap_nowcast"] = np.nan  # what is not believed, or no longer holds, is not brought forward
        rows += [first, *(_projected_row(first, target, number) for number, target in enumerate(targets[2:], 1))]
    return rows


def _one_row(pack: Pack, group: str, sex: str, rate: pd.DataFrame, target: dict, later: dict) -> dict:
    known = len(rate) == 1
    share, low, high = _published_share(pack, rate) if known else (np.nan,) * 3
    persons = target["persons"]
    fewest = persons * (1 - TWINS) if group == "mothers" else persons
    return {
        "group": group,
        "sex": sex,
        "year": int(target["year"]),
        "coverage_year": int(rate["year"].iat[0]) if known else pd.NA,
        "coverage_quality": rate["quality"].iat[0] if known else "",
        "edition": rate["edition"].iat[0] if known else "",
        "target_population": persons,
        "denominator_rule": target["rule"],
        "denominator_quality": target["quality"],
        "effective_coverage": share,
        "covered": share * persons,
        "gap": _gap(persons, share),
        "gap_low": _gap(fewest, high),
        "gap_high": _gap(persons, low),
        "gap_share": np.nan if np.isnan(share) else max(1 - share, 0.0),
        "quality": _quality(rate, target),
        "source": join_sources(*(rate["source"] if known else ()), target["source"]),
        "reason": join_reasons("" if known else reason("no_rate"), target["reason"]),
        "nowcast_year": int(later["year"]),
        "gap_nowcast": _gap(later["persons"], share),
    }


def gap_in_persons(target_population: float, share: float) -> float:
    """Persons not covered; 0 where the rate is above 1, NaN where population or rate is missing.

    Parameters
    ----------
    target_population : persons
    share : effective coverage, 0–1; published rates may be a little above 1

    Raises
    ------
    NasssapError : a share below 0 or far above 1, as a percentage would be, or a number of persons below 0

    Examples
    --------
    >>> gap_in_persons(1000, 0.25), gap_in_persons(1000, 1.01)
    (750.0, 0.0)
    """
    if share < 0 or share > HIGHEST_SHARE:
        remedy = f"give {share:g} % as {share / 100:g}" if share > 0 else "a rate cannot be negative"
        raise NasssapError(
            f"gap_in_persons: share is {share:g}; expected a share from 0 to 1, not a percentage; {remedy}"
        )
    if target_population < 0:
        raise NasssapError(
            f"gap_in_persons: target_population is {target_population:g}; expected 0 persons or more; check its sign"
        )
    return _gap(target_population, share)


def _gap(target_population: float, share: float) -> float:
    gap = target_population * (1 - share)
    return float(gap) if np.isnan(gap) else max(float(gap), 0.0)


def _published_share(pack: Pack, rate: pd.DataFrame) -> tuple[float, float, float]:
    """The published percentage as a share, and the ends of its rounding."""
    row = rate.iloc[0]
    return published_bounds(float(row["value"]), pack.decimals(row), row["note"])


def _quality(rate: pd.DataFrame, target: dict) -> str:
    qualities = [*rate["quality"], *([target["quality"]] if target["quality"] else [])]
    return weakest(qualities) if qualities else ""


def _flag(pack: Pack, rate: pd.DataFrame, group: str, sex: str) -> tuple[str, str]:
    """Flag of a published rate, and what a reader must know about it."""
    if rate.empty:
        return "", ""
    value = rate["value"].iat[0]
    if is_legal_zero(value, rate["note"].iat[0]):
        return "legal_zero", ""
    if value > 100:
        return "over_100", reason("published_above_100")
    doubt = _jump(pack, rate, group, sex) or (reason("published_100") if value == 100 else "")
    if doubt:
        return "to_verify", doubt
    grown = outgrown_coverage(pack)
    why = dict(zip(grown["group"], grown["reason"], strict=True)).get(group, "")
    return ("outgrown", why) if why else _contradicted(pack, rate, group, sex)


def _contradicted(pack: Pack, rate: pd.DataFrame, group: str, sex: str) -> tuple[str, str]:
    """That the registers of a group contradict its rate; of a sex alone nothing can be said."""
    if sex != sex_of(group) or group in NOT_COUNTED:
        return "", ""
    told = contradicted_rates(pack)
    same = (told["group"] == group) & (told["published_year"] == rate["year"].iat[0])
    return ("contradictory", told.loc[same, "reason"].iat[0]) if same.any() else ("", "")


def _jump(pack: Pack, rate: pd.DataFrame, group: str, sex: str) -> str:
    """That the newest rate jumps against the one before it in the same edition; "" where it does not."""
    series = pack.series("effective_coverage", group, sex)
    series = series[series["year"] <= rate["year"].iat[0]]
    if len(series) < 2:
        return ""
    before, now = series.iloc[-2], series.iloc[-1]
    jumps = abs(now["value"] - before["value"]) > JUMP_POINTS and now["year"] - before["year"] <= JUMP_YEARS
    values = {"after": now["value"], "year": now["year"], "before": before["value"], "before_year": before["year"]}
    return reason("published_jump", **values) if jumps else ""


def _projected_row(first: dict, target: dict, number: int) -> dict:
    """A later year: the rate kept; the range spans both readings of the status quo."""
    persons, share = target["persons"], first["effective_coverage"]
    readings = [_gap(persons, share), max(persons - first["covered"], 0.0)]
    return first | {
        "year": int(target["year"]),
        "target_population": persons,
        "denominator_rule": target["rule"],
        "denominator_quality": target["quality"],
        "covered": persons * share,
        "gap": readings[0],
        "gap_low": min(readings),
        "gap_high": max(readings),
        "quality": weakest([first["quality"], "estimated"]) if first["quality"] else "",
        "source": join_sources(first["source"], target["source"]),
        "reason": join_reasons(first["reason"], target["reason"]),
        "_ahead": number,
    }


def project_status_quo(pack: Pack, years: Iterable[int] = (2030, 2040, 2050), child_age_to: int = 14) -> pd.DataFrame:
    """The gap if nothing is extended, in two readings of "nothing": the rate stays, or the number of covered persons stays.

    Parameters
    ----------
    pack : the country
    years : calendar years, inside those of the population projection
    child_age_to : last age of a child in years

    Returns
    -------
    table : group, sex, year, reading (constant_rate: institutions grow with the population; constant_number: they do
        not grow), target_population, covered, gap (persons), effective_coverage (share 0–1), coverage_year, denominator_rule,
        quality, source, reason, flag, edition. The first row of each group and reading is the year of observation: where how many
        were covered then is not known, constant_number is NaN in every year.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = project_status_quo(read_pack("SEN"), [2050])
    >>> sorted(table["reading"].unique())
    ['constant_number', 'constant_rate']
    """
    rows = coverage_gaps(pack, projection_years=years, child_age_to=child_age_to)
    rows = rows[rows["primary"]]
    observed = rows.drop_duplicates(["group", "sex"]).set_index(["group", "sex"])[["covered", "reason"]]
    first = observed.reindex(pd.MultiIndex.from_frame(rows[["group", "sex"]])).set_index(rows.index)
    why = [join_reasons(*pair) for pair in zip(rows["reason"], first["reason"], strict=True)]
    number = rows.assign(
        reading="constant_number", covered=first["covered"], gap=(rows["target_population"] - first["covered"]).clip(lower=0),
        reason=rows["reason"].where(first["covered"].notna(), why),
    )  # fmt: skip
    number["effective_coverage"] = number["covered"] / number["target_population"]
    both = pd.concat([rows.assign(reading="constant_rate"), number], ignore_index=True)
    columns = [
        "group", "sex", "year", "reading", "target_population", "covered", "gap", "effective_coverage", "coverage_year",
        "denominator_rule", "quality", "source", "reason", "flag", "edition",
    ]  # fmt: skip
    return both[columns]


def is_too_old(rows: pd.DataFrame, reference_year: int, year: str = "coverage_year") -> pd.Series:
    """Whether each rate was observed more than ``provenance.OLD_AFTER`` (five) years before the reference year.

    What is too old is told in the past tense with its year, and neither weighed nor made a headline.

    Parameters
    ----------
    rows : one row an observation, such as a gap table or the coverage by fifth of the population
    reference_year : of the pack
    year : column that holds the year of the observation

    Returns
    -------
    booleans, one a row of ``rows``; False where no rate was observed: nothing is no old figure

    Examples
    --------
    >>> rows = pd.DataFrame({"group": ["poor", "mothers", "children"], "coverage_year": [2019, 2020, pd.NA]})
    >>> is_too_old(rows, 2025).tolist()
    [True, False, False]
    """
    return is_old(rows[year].astype("Int64"), reference_year).fillna(False).astype(bool)


def coverage_trend(pack: Pack, group: str = "at_least_one") -> pd.DataFrame:
    """The rates of a group in every year of the one edition that is used, oldest first: the only years that may be compared.

    Parameters
    ----------
    pack : the country
    group : code of ``terms.COVERAGE_GROUPS``

    Returns
    -------
    table : group, year, effective_coverage (share 0–1), change (percentage points since the row before; NaN in the first), edition,
        quality, source; no row where fewer than two years were published, or where the newest rate is to be verified

    Raises
    ------
    NasssapError : no such group

    Notes
    -----
    Two editions date and revise the same observations: years of both are never set in one line. What one workbook gathers from
    several editions under one name is no edition either: a series whose sources say so should not be asked for.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> coverage_trend(read_pack("ZMB"))[["year", "effective_coverage"]].values.tolist()
    [[2015.0, 0.1531], [2019.0, 0.2457], [2021.0, 0.303]]
    """
    if group not in COVERAGE_GROUPS:
        raise NasssapError(f"coverage_trend: group is {group!r}; expected one of {', '.join(COVERAGE_GROUPS)}")
    sex = sex_of(group)
    rate, series = pack.latest("effective_coverage", group, sex), pack.series("effective_coverage", group, sex)
    columns = ["group", "year", "effective_coverage", "change", "edition", "quality", "source"]
    if len(series) < 2 or _flag(pack, rate, group, sex)[0] in DOUBTFUL:
        return pd.DataFrame(columns=columns)
    return series.assign(group=group, effective_coverage=series["value"] / 100, change=series["value"].diff())[columns]
