"""Criteria by which options are set against each other, each with its evidence; what is not known stays unknown, with the reason.

Five criteria that do not repeat one another are computed; scores that people gave (``judgements.csv``) are added and marked. Further
ones are shown, n/a where there is no evidence, and take part only where a reader names them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.needs.severity import assess_severity
from nasssap_lib.pack.model import Pack
from nasssap_lib.priorities.acceptability import Spread
from nasssap_lib.priorities.readiness import PROPORTIONAL, assess_equity, assess_readiness
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.terms import CRITERIA, FURTHER_CRITERIA

FURTHER = FURTHER_CRITERIA
NO_SURVEY = "needs estimates from a household survey, and none were made for this country"
NAME = r"[a-z][a-z0-9_]*"
CRITERIA_COLUMNS = [
    "option", "name", "criterion", "label", "objective", "value", "low", "high", "ranked", "quality", "source", "reason",
]  # fmt: skip


@dataclass(frozen=True)
class Matrix:
    """Options that can be ranked × criteria: values, what they could be, and what is better.

    values, low, high : index option, one column a criterion; values may be NaN, low and high never are
    objectives : by criterion, "max" or "min"
    names : of the options, by id
    left_out : option, name, reason: options that cannot be ranked because they have no cost
    """

    values: pd.DataFrame
    low: pd.DataFrame
    high: pd.DataFrame
    objectives: dict[str, str]
    names: dict[str, str]
    left_out: pd.DataFrame

    @property
    def spread(self) -> Spread:
        """The ranges as ``priorities.rank_acceptability`` takes them."""
        return Spread(self.low, self.high)

    @property
    def complete(self) -> list[str]:
        """Options without a missing value."""
        return self.values.index[self.values.notna().all(axis=1)].tolist()


def assess_criteria(pack: Pack, options: pd.DataFrame) -> pd.DataFrame:
    """Every option on every criterion, with what is missing and why.

    Parameters
    ----------
    pack : the country
    options : result of ``measures.assess_options``

    Returns
    -------
    table with the columns of ``CRITERIA_COLUMNS``: value in the criterion's own unit (shares 0–1, persons; cost as a share of
        GDP); low, high: its range, or what a missing value could be; ranked: False where the option has no cost; reason: why
        the value is NaN

    Notes
    -----
    The criteria of ``FURTHER`` (severity of poverty in the option's group, effect on poverty) are n/a for all options where there
    is no evidence by group, and no survey. What a missing value could be: share of the gap 0–1; persons newly covered from 0 to
    all persons reached; readiness what could not be read of it; equity from 0 to the best channel published, at least to a
    proportional one; judgements within the scores that were given. A missing cost has no range: the option is listed and not
    ranked.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> pack = read_pack("HND")
    >>> table = assess_criteria(pack, assess_options(pack)).set_index(["option", "criterion"])
    >>> table.loc[("maternity_benefit", "newly_covered"), "reason"]
    'no published rate'
    """
    parts = [_from_options(options), _from_readiness(assess_readiness(pack)), _from_equity(assess_equity(pack))]
    severity = assess_severity(pack)
    further = [_from_severity(severity), _without_survey(severity)]
    known = [part for part in [*parts, _from_judgements(pack), *further] if len(part)]
    table = pd.concat(known, ignore_index=True) if known else pd.DataFrame(columns=CRITERIA_COLUMNS)
    costed = set(options.loc[options["cost_central"].notna(), "option"])
    return table.assign(ranked=table["option"].isin(costed))[CRITERIA_COLUMNS]


def _long(table: pd.DataFrame, criterion: str, value, low, high, **more) -> pd.DataFrame:
    words, better = (CRITERIA | FURTHER)[criterion]
    cells = pd.DataFrame({"option": table["option"], "name": table["name"], "value": value, "low": low, "high": high})
    return cells.assign(criterion=criterion, label=words, objective=better, **more)


def _from_options(options: pd.DataFrame) -> pd.DataFrame:
    reached, parts = options["persons_high"], []
    could = {"gap_closed": (0.0, 1.0), "newly_covered": (0.0, reached), "cost": (np.nan, np.nan)}
    for criterion, (lowest, highest) in could.items():
        value = options[f"{criterion}_central"]
        low = options[f"{criterion}_low"].where(value.notna(), lowest)
        high = options[f"{criterion}_high"].where(value.notna(), highest)
        reason = options["reason"].where(value.isna(), "")
        more = {"quality": options["quality"], "source": options["source"], "reason": reason}
        parts.append(_long(options, criterion, value, low, high, **more))
    return pd.concat(parts, ignore_index=True)


def _from_readiness(table: pd.DataFrame) -> pd.DataFrame:
    value = table["readiness"].astype(float)
    more = {"quality": "estimated", "source": table["source"], "reason": table["reason"].where(value.isna(), "")}
    return _long(table, "readiness", value, table["low"], table["high"], **more)


def _from_equity(table: pd.DataFrame) -> pd.DataFrame:
    value = table["equity"].astype(float)
    best = max(PROPORTIONAL, value.max() if value.notna().any() else 0.0)
    more = {"quality": table["quality"], "source": table["source"], "reason": table["reason"]}
    return _long(table, "equity", value, value.fillna(0.0), value.fillna(best), **more)


def _from_severity(table: pd.DataFrame) -> pd.DataFrame:
    more = {"quality": table["quality"], "source": table["source"], "reason": table["reason"]}
    return _long(table, "severity", table["severity"].astype(float), table["low"], table["high"], **more)


def _without_survey(options: pd.DataFrame) -> pd.DataFrame:
    """The effect on poverty: a line that says what it waits for."""
    return _long(options, "poverty_effect", np.nan, np.nan, np.nan, quality="", source="", reason=NO_SURVEY)


def _from_judgements(pack: Pack) -> pd.DataFrame:
    """Mean, lowest and highest score that people gave, by option; the range of the criterion where nobody scored an option."""
    given, parts = pack.judgements, []
    for criterion, rows in given.groupby("criterion", sort=False):
        score = rows.groupby("option")["score"].agg(["mean", "min", "max"]).reindex(pack.measures["id"])
        name = f"{criterion}_judged" if criterion in CRITERIA else criterion
        parts.append(
            pd.DataFrame({
                "option": pack.measures["id"], "name": pack.measures["name"], "criterion": name,
                "label": f"{criterion.replace('_', ' ').capitalize()} (judged)", "objective": "max",
                "value": score["mean"].to_numpy(float), "low": score["min"].fillna(rows["score"].min()).to_numpy(float),
                "high": score["max"].fillna(rows["score"].max()).to_numpy(float), "quality": weakest(rows["quality"]),
                "source": join_sources(*rows["source"]),
                "reason": np.where(score["mean"].isna(), "nobody judged this option", ""),
            })
        )  # fmt: skip
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=CRITERIA_COLUMNS)


def criteria_matrix(criteria: pd.DataFrame, weights: str = "", order: str = "") -> Matrix:
    """Options × criteria from the long table; a criterion on which nothing at all is known is left out.

    Parameters
    ----------
    criteria : result of :func:`assess_criteria`
    weights, order : a notebook's parameters; a criterion of ``FURTHER`` takes part only where one of them names it

    Returns
    -------
    Matrix

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> pack = read_pack("SEN")
    >>> matrix = criteria_matrix(assess_criteria(pack, assess_options(pack)))
    >>> matrix.values.shape, matrix.left_out["option"].tolist()
    ((7, 5), ['disability_benefit', 'health_insurance'])
    """
    ranked, out = criteria[criteria["ranked"].astype(bool)], criteria[~criteria["ranked"].astype(bool)]
    silent = set(FURTHER) - {name for text in (weights, order) for name in re.findall(NAME, text)}
    ranked = ranked[~ranked["criterion"].isin(silent)]
    options, names = ranked["option"].unique(), ranked["criterion"].unique()
    wide = {
        name: ranked.pivot(index="option", columns="criterion", values=name)
        .reindex(index=options, columns=names)
        .astype(float)
        for name in ("value", "low", "high")
    }
    some = wide["value"].columns[wide["value"].notna().any()]
    better = ranked.drop_duplicates("criterion").set_index("criterion")["objective"]
    left_out = out[out["criterion"] == "cost"][["option", "name", "reason"]].reset_index(drop=True)
    return Matrix(
        wide["value"][some], wide["low"][some], wide["high"][some], {name: better[name] for name in some},
        dict(zip(ranked["option"], ranked["name"], strict=True)), left_out,
    )  # fmt: skip
