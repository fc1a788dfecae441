"""Scenarios beside the baseline: what each option reaches, costs and closes in each version of a pack, and where it ranks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.pack.model import Pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import rank_sequence
from nasssap_lib.priorities.weights import read_order, read_weights

BASELINE = "baseline"
FIGURES = ["persons", "newly_covered", "cost", "gap_closed"]
RANKS = ["rank_best", "rank_worst"]
VERSION_COLUMNS = [
    "version",
    "option",
    "name",
    *FIGURES,
    *RANKS,
    "figures_differ",
    "rank_differs",
    "quality",
    "source",
    "reason",
]
TOLERANCE = 1e-9  # relative; two versions compute the same figure in the same way


def compare_versions(versions: Mapping[str, Pack], weights: str = "", order: str = "") -> pd.DataFrame:
    """The options of the baseline and of each scenario, with their ranks.

    Parameters
    ----------
    versions : packs by name, the first is the baseline; see ``Chapter.versions``
    weights, order : of the criteria, as ``priorities.read_weights`` reads them; the same for all versions

    Returns
    -------
    table with the columns of ``VERSION_COLUMNS``, one row a version and option, options in the order of the pack; no row where there is
    only the baseline

    * persons (reached), newly_covered: persons at the central parameters; cost: share of GDP; gap_closed: share 0–1; NaN where not
      known
    * rank_best, rank_worst: rank, or its interval where evidence is missing; NaN for an option that is not ranked
    * figures_differ, rank_differs: True where a figure, or the rank, is not that of the baseline; False in the baseline
    * reason: why a value is NaN

    Notes
    -----
    The weighted sum puts each criterion on the scale of the options at hand: a scenario that changes one option can move the rank of
    another one whose own figures stay.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> table = compare_versions({"baseline": pack, "same": pack})
    >>> len(table) == 2 * len(pack.measures), bool(table["figures_differ"].any())
    (True, False)
    """
    if len(versions) < 2:
        return pd.DataFrame(columns=VERSION_COLUMNS)
    frames = [_one_version(name, pack, weights, order) for name, pack in versions.items()]
    return mark_differences(pd.concat(frames, ignore_index=True))[VERSION_COLUMNS]


def mark_differences(versions: pd.DataFrame) -> pd.DataFrame:
    """Whether each option's figures, and its rank, are those of the first version.

    Parameters
    ----------
    versions : a row a version and option, with the columns of ``FIGURES`` and ``RANKS``; every version has the same options

    Returns
    -------
    the same with figures_differ and rank_differs
    """
    if versions.empty:
        return versions.assign(figures_differ=False, rank_differs=False)
    frames = [frame for _, frame in versions.groupby("version", sort=False)]
    baseline = frames[0].set_index("option")
    return pd.concat([_with_differences(frame, baseline) for frame in frames], ignore_index=True)


def _one_version(name: str, pack: Pack, weights: str, order: str) -> pd.DataFrame:
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria, weights, order, options)
    weighed = read_weights(weights, matrix.values, read_order(order, matrix.values))
    ranks = rank_sequence(matrix, weighed, criteria).set_index("option")[RANKS]
    central = {f"{figure}_central": figure for figure in FIGURES}
    return options.rename(columns=central).join(ranks, on="option").assign(version=name)


def _with_differences(frame: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    before = baseline.loc[frame["option"]]
    differs = {
        name: _differ(frame[columns].to_numpy(float), before[columns].to_numpy(float))
        for name, columns in (("figures_differ", FIGURES), ("rank_differs", RANKS))
    }
    return frame.assign(**differs)


def _differ(now, before) -> list[bool]:
    """Whether a row holds another number, or a number where there was none."""
    return (~np.isclose(now, before, rtol=TOLERANCE, atol=0, equal_nan=True)).any(axis=1).tolist()
