"""Criteria by which options are set against each other, each with its evidence; what is not known stays unknown, with the reason.

``terms.CRITERIA`` says what a criterion is, ``ASSESSED`` holds the function that computes it. Scores that people gave
(``judgements.csv``) are added and marked.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

from nasssap_lib.needs.severity import assess_severity
from nasssap_lib.pack.model import Pack
from nasssap_lib.priorities.readiness import PROPORTIONAL, assess_equity, assess_readiness
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.terms import CRITERIA, FURTHER_CRITERIA, JUDGED, require_each

CRITERIA_COLUMNS = [
    "option", "name", "kind", "criterion", "objective", "value", "low", "high", "ranked", "population", "quality", "source", "reason",
]  # fmt: skip
VALUES = [
    "option",
    "name",
    "value",
    "low",
    "high",
    "quality",
    "source",
    "reason",
]  # what the function of a criterion returns


def assess_criteria(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    """Every option on every criterion, with what is missing and why.

    Parameters
    ----------
    pack : the country
    options : result of ``costing.assess_options``

    Returns
    -------
    table with the columns of ``CRITERIA_COLUMNS``: kind: list in which the option is ranked; value in the criterion's own unit
        (shares 0–1, persons; cost as a share of GDP); low, high: its range, or what a missing value could be; ranked: False where
        the option has no cost; population: persons in the country, which says what many are; reason: why the value is NaN

    Notes
    -----
    Weighed unless a reader says otherwise are persons newly covered, cost and readiness. Further criteria overlap with these (unmet
    need), rest on what somebody typed (share of the gap closed: coverage cancels in it), tell apart only kinds of programmes (reach
    of the poorest fifth), or ask for figures by group and a survey. What a missing value could be: unmet need and share of the gap 0–1;
    persons newly covered from 0 to all persons reached; readiness what could not be read of it; equity from 0 to the best channel
    published, at least to a proportional one; judgements within the scores that were given. A missing cost has no range: the
    option is listed and not ranked.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> pack = read_pack("HND")
    >>> table = assess_criteria(pack, assess_options(pack)).set_index(["option", "criterion"])
    >>> table.loc[("maternity_benefit", "newly_covered"), "reason"]
    'no_rate'
    """
    main, further = (
        [_assessed(name, pack, options) for name in CRITERIA if (name in FURTHER_CRITERIA) is last]
        for last in (False, True)
    )
    known = [part for part in [*main, _judged(pack), *further] if len(part)]
    table = pd.concat(known, ignore_index=True) if known else pd.DataFrame(columns=CRITERIA_COLUMNS)
    rows = options.set_index("option")
    costed = set(rows.index[rows["cost_central"].notna()])
    known = {"kind": table["option"].map(rows["kind"]), "population": table["option"].map(rows["population"])}
    return table.assign(ranked=table["option"].isin(costed), **known)[CRITERIA_COLUMNS]


def _assessed(criterion: str, pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    table = ASSESSED[criterion](pack, options)[VALUES]
    return table.assign(criterion=criterion, objective=CRITERIA[criterion].better)


def _of_options(options: pd.DataFrame, criterion: str, lowest, highest) -> pd.DataFrame:
    """A figure of the options with its range; what it could be where it is missing."""
    value = options[f"{criterion}_central"]
    return options.assign(
        value=value,
        low=options[f"{criterion}_low"].where(value.notna(), lowest),
        high=options[f"{criterion}_high"].where(value.notna(), highest),
        reason=options["reason"].where(value.isna(), ""),
    )


def _gap_closed(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    return _of_options(options, "gap_closed", 0.0, 1.0)


def _unmet_need(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    value = 1 - options["coverage"]
    return options.assign(
        value=value,
        low=1 - options["coverage_high"],
        high=1 - options["coverage_low"],
        quality=options["coverage_quality"],
        reason=options["reason"].where(value.isna(), ""),
    )


def _newly_covered(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    low, high = options["newly_covered_low"].fillna(0.0), options["newly_covered_high"].fillna(options["persons_high"])
    return _of_options(options, "newly_covered", low, high)


def _cost(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    return _of_options(options, "cost", np.nan, np.nan)


def _readiness(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    table = assess_readiness(pack)
    value = table["readiness"].astype(float)
    return table.assign(value=value, quality="estimated", reason=table["reason"].where(value.isna(), ""))


def _equity(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    table = assess_equity(pack)
    value = table["equity"].astype(float)
    best = max(PROPORTIONAL, value.max() if value.notna().any() else 0.0)
    return table.assign(value=value, low=value.fillna(0.0), high=value.fillna(best))


def _severity(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    table = assess_severity(pack)
    return table.assign(value=table["severity"].astype(float))


def _poverty_effect(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    """A line that says what it waits for."""
    table = pack.measures.rename(columns={"id": "option"})
    return table.assign(value=np.nan, low=np.nan, high=np.nan, quality="", source="", reason=reason("no_survey"))


# Of a pack and its options: one row an option with the columns of ``VALUES``. value: in the criterion's unit, NaN where it is not known;
# low, high: its range, or what it could be; reason: why it is NaN
ASSESSED: dict[str, Callable[[Pack, pd.DataFrame], pd.DataFrame]] = {
    "newly_covered": _newly_covered,
    "cost": _cost,
    "readiness": _readiness,
    "unmet_need": _unmet_need,
    "gap_closed": _gap_closed,
    "equity": _equity,
    "severity": _severity,
    "poverty_effect": _poverty_effect,
}
require_each(CRITERIA, ASSESSED, "priorities/criteria.py, functions of terms.CRITERIA")


def _judged(pack: Pack) -> pd.DataFrame:
    """Mean, lowest and highest score that people gave, by option; the range of the criterion where nobody scored an option."""
    parts = []
    for criterion, rows in pack.judgements.groupby("criterion", sort=False):
        given = rows.groupby("option")["score"].agg(["mean", "min", "max"]).reindex(pack.measures["id"])
        score, lowest, highest = (given[name].to_numpy(float) for name in ("mean", "min", "max"))
        part = pack.measures[["name"]].assign(
            option=pack.measures["id"],
            criterion=f"{criterion}{JUDGED}" if criterion in CRITERIA else criterion,
            objective="max",
            value=score,
            low=np.where(np.isnan(lowest), rows["score"].min(), lowest),
            high=np.where(np.isnan(highest), rows["score"].max(), highest),
            quality=weakest(rows["quality"]),
            source=join_sources(*rows["source"]),
            reason=np.where(np.isnan(score), reason("nobody_judged"), ""),
        )
        parts.append(part)
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CRITERIA_COLUMNS)
