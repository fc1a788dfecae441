"""Criteria by which options are set against each other, each with its evidence; what is not known stays unknown, with the reason.

Five criteria that do not repeat one another are computed; scores that people gave (``judgements.csv``) are added and marked. Further
ones are shown, n/a where there is no evidence, and take part only where a reader names them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.denominators import join_sources
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack import Pack
from nasssap_lib.priorities import Spread
from nasssap_lib.readiness import PROPORTIONAL, assess_equity, assess_readiness
from nasssap_lib.severity import assess_severity
from nasssap_lib.terms import CRITERIA, FURTHER_CRITERIA, weakest

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
    >>> from nasssap_lib.pack import read_pack
    >>> from nasssap_lib.measures import assess_options
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
    >>> from nasssap_lib.pack import read_pack
    >>> from nasssap_lib.measures import assess_options
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


def read_weights(text: str, criteria) -> dict[str, float]:
    """Weights that a notebook's parameter states, by criterion.

    Parameters
    ----------
    text : "" gives all criteria the same weight; "gap_closed=2,cost=1" gives these weights and 0 to what is not named
    criteria : names of the criteria

    Raises
    ------
    ParameterError : a name that is no criterion, one named twice, something that is no number of at least 0, or nothing above 0

    Examples
    --------
    >>> read_weights("", ["cost", "equity"]), read_weights("cost=3", ["cost", "equity"])
    ({'cost': 1.0, 'equity': 1.0}, {'cost': 3.0, 'equity': 0.0})
    """
    criteria = list(criteria)
    if not text.strip():
        return dict.fromkeys(criteria, 1.0)
    parts = [part.partition("=") for part in text.split(",")]
    names = [name.strip() for name, _, _ in parts]
    unknown = [name for name in names if name not in criteria]
    if fault := fault_of_weights(text) or (
        unknown and f"nothing known of {unknown[0]!r}; there are {', '.join(criteria)}"
    ):
        raise ParameterError({"weights": fault})
    given = {name: float(value) for name, (_, _, value) in zip(names, parts, strict=True)}
    return {name: given.get(name, 0.0) for name in criteria}


def fault_of_weights(text: str) -> str:
    """What is wrong with a text of weights, whatever the criteria are called; "" where nothing is.

    Examples
    --------
    >>> fault_of_weights("cost=1"), fault_of_weights("cost=much")
    ('', "expected name=number pairs such as 'gap_closed=2,cost=1', got 'cost=much'")
    """
    if not text.strip():
        return ""
    found = [re.fullmatch(rf"\s*({NAME})\s*=\s*(\d+(?:\.\d+)?)\s*", part) for part in text.split(",")]
    if not all(found):
        return f"expected name=number pairs such as 'gap_closed=2,cost=1', got {text[:60]!r}"
    names = [match[1] for match in found]
    if len(set(names)) < len(names):
        return f"a criterion is named twice in {text[:60]!r}"
    return (
        "" if any(float(match[2]) > 0 for match in found) else f"at least one weight must be above 0, got {text[:60]!r}"
    )


def read_order(text: str, criteria) -> list[str]:
    """The order of criteria that a notebook's parameter states, the most important first.

    Parameters
    ----------
    text : "" states none; "equity>cost>gap_closed" says that equity weighs at least as much as cost, cost at least as much as
        the gap closed, and that whatever is not named weighs at most as much as the last of them
    criteria : names of the criteria

    Raises
    ------
    ParameterError : a name that is no criterion, or of which nothing is known; one named twice; no names with ">" between them

    Examples
    --------
    >>> read_order("", ["cost", "equity"]), read_order("equity > cost", ["cost", "equity"])
    ([], ['equity', 'cost'])
    """
    criteria = list(criteria)
    names = [name.strip() for name in text.split(">")] if text.strip() else []
    unknown = [name for name in names if name not in criteria]
    if fault := fault_of_order(text) or (
        unknown and f"nothing known of {unknown[0]!r}; there are {', '.join(criteria)}"
    ):
        raise ParameterError({"order": fault})
    return names


def fault_of_order(text: str) -> str:
    """What is wrong with a stated order, whatever the criteria are called; "" where nothing is.

    Examples
    --------
    >>> fault_of_order("equity>cost"), fault_of_order("equity, cost")
    ('', "expected criteria from the most important on, such as 'equity>cost>gap_closed', got 'equity, cost'")
    """
    names = [name.strip() for name in text.split(">")] if text.strip() else []
    if not all(re.fullmatch(NAME, name) for name in names):
        return f"expected criteria from the most important on, such as 'equity>cost>gap_closed', got {text[:60]!r}"
    return f"a criterion is named twice in {text[:60]!r}" if len(set(names)) < len(names) else ""


def unknown_criteria(pack: Pack, weights: str = "", order: str = "") -> dict[str, str]:
    """By parameter, what is wrong with the names of criteria in it; empty where the pack has them all.

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> unknown_criteria(read_pack("SEN"), order="equity>cots")
    {'order': "SEN has no criterion 'cots'; there are gap_closed, newly_covered, cost, readiness, equity, severity, poverty_effect"}
    """
    judged = [f"{name}_judged" if name in CRITERIA else name for name in pack.judgements["criterion"].unique()]
    known = [*CRITERIA, *judged, *FURTHER]
    wrong = {
        parameter: next((name for name in re.findall(NAME, text) if name not in known), "")
        for parameter, text in (("weights", weights), ("order", order))
    }
    return {
        key: f"{pack.country} has no criterion {name!r}; there are {', '.join(known)}"
        for key, name in wrong.items()
        if name
    }
