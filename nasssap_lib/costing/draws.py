"""What options could reach and cost: take-up, level, administration and coverage drawn together from their ranges."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import product

import numpy as np
import pandas as pd

from nasssap_lib.costing.measure import triangular
from nasssap_lib.costing.options import cost_of_a_point
from nasssap_lib.costing.reach import reach_of
from nasssap_lib.ties import settled

DRAWS, SEED = 2_000, 1
FIGURES = ("newly_covered", "cost", "gap_closed", "unmet_need")  # what the parameters of an option move
GRID = 9  # values of take-up tried between its ends: the figures bend with it, with everything else they rise or fall
ALMOST_ALL = 1 - 1e-12  # coverage at most: of a gap that closes, the share that is closed has a limit and no value
_OVERLAPS = (0.0, np.nan, 1.0)  # as few as possible, as if take-up did not depend on coverage, as many as possible


def figures_at(
    options: pd.DataFrame | Mapping[str, np.ndarray],
    take_up=None,
    level=None,
    administration=None,
    coverage=None,
    overlap=None,
) -> dict[str, np.ndarray]:
    """What options would reach and cost at other parameters.

    Parameters
    ----------
    options : result of ``costing.assess_options``, or its columns as arrays, which are reached faster
    take_up, coverage : shares 0–1; level : % of GDP per head; administration : share of benefits; each with one value an option, or
        draws × options; None: the central value
    overlap : as in ``reach.reach_of``; NaN and None: take-up does not depend on coverage

    Returns
    -------
    by name of ``FIGURES``, and "persons": arrays of the shape that the arguments have together. newly_covered, persons: persons; cost:
    share of GDP; gap_closed, unmet_need: shares 0–1

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> options = assess_options(read_pack("SEN")).query("option == 'social_pension'")
    >>> [round(float(figures_at(options, overlap=share)["newly_covered"][0])) for share in (0, None, 1)]
    [380350, 411310, 483894]
    """
    central = {"take_up": take_up, "level": level, "admin": administration}
    t, level, rate = (
        np.asarray(options[f"{name}_central"] if value is None else value, float) for name, value in central.items()
    )
    c = np.asarray(options["coverage"] if coverage is None else coverage, float)
    shape = np.broadcast_shapes(*(np.shape(value) for value in (t, level, rate, c, 0 if overlap is None else overlap)))
    t, level, rate, c = (np.broadcast_to(value, shape) for value in (t, level, rate, np.minimum(c, ALMOST_ALL)))
    share = np.broadcast_to(np.nan if overlap is None else np.asarray(overlap, float), shape)
    people, ways = np.asarray(options["people"], float), np.asarray(options["way"], object)
    persons, newly = np.full(shape, np.nan), np.full(shape, np.nan)
    for way in pd.unique(ways[~pd.isna(ways)]):
        places = np.flatnonzero(ways == way)
        at = (..., places)
        given = (t[at], c[at], people[places])
        plain, bounded = reach_of(way, *given), reach_of(way, *given, np.nan_to_num(share[at]))
        persons[at] = plain.persons
        newly[at] = np.where(np.isnan(share[at]), plain.newly_covered, bounded.newly_covered)
    usual, known = np.asarray(options["level_central"], float), np.asarray(options["unit_cost"], float)
    base = known / usual if usual.all() else cost_of_a_point(pd.DataFrame(options)).to_numpy(float)
    unit = base * level * (1 + rate) / (1 + np.asarray(options["admin_central"], float))
    closed = np.minimum(newly / np.where(people > 0, (1 - c) * people, np.nan), 1.0)
    return {
        "newly_covered": newly,
        "cost": persons * unit,
        "gap_closed": closed,
        "unmet_need": 1 - c,
        "persons": persons,
    }


def draw_figures(options: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> dict[str, np.ndarray]:
    """What options would reach and cost at parameters drawn from their ranges, all parameters of one draw together.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    draws, seed : how many draws, the same ones for the same seed

    Returns
    -------
    by name of ``FIGURES``, and "persons": draws × options, units as in :func:`figures_at`

    Notes
    -----
    Take-up, level and administration are drawn from a triangular distribution between their ends with the central value as its mode,
    coverage and, where it is not known, how take-up and coverage overlap, evenly between their bounds: nothing is known of
    their shape. The parameters of two options, and of one option among themselves, are independent; what they move follows from
    one and the same draw, so that many persons never come at the cost of few.
    """
    u = np.random.default_rng(seed).random((5, draws, len(options)))
    drawn = [_drawn(options, name, u[place]) for place, name in enumerate(("take_up", "level", "admin"))]
    low, high = (options[f"coverage_{end}"].to_numpy(float) for end in ("low", "high"))
    return figures_at(options, *drawn, coverage=low + u[3] * (high - low), overlap=u[4])


def _drawn(options: pd.DataFrame, name: str, u: np.ndarray) -> np.ndarray:
    return triangular(u, *(options[f"{name}_{end}"].to_numpy(float) for end in ("low", "central", "high")))


def extreme_figures(options: pd.DataFrame) -> dict[str, np.ndarray]:
    """The figures of each option at every end of its parameters, all of one column belonging together.

    Parameters
    ----------
    options : result of ``costing.assess_options``

    Returns
    -------
    by name of ``FIGURES``: options × combinations; the lowest and the highest of any weighing of the figures is among them, up to the
    grid of take-up. Where coverage is not known, from none to all

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> options = assess_options(read_pack("SEN")).query("option == 'social_pension'")
    >>> round(float(extreme_figures(options)["newly_covered"].max()))  # 0.7015 of all aged 65 and over
    484239
    """
    if options.empty:
        return {name: np.empty((0, 1)) for name in FIGURES}
    low, central, high = (
        {name: options[f"{name}_{end}"].to_numpy(float) for name in ("take_up", "level", "admin")}
        for end in ("low", "central", "high")
    )
    share = np.linspace(0, 1, GRID)[:, None]
    take_up = np.sort(
        np.vstack([low["take_up"] + share * (high["take_up"] - low["take_up"]), central["take_up"]]), axis=0
    )
    coverage = [options[f"coverage_{end}"].to_numpy(float) for end in ("low", "high")]
    ends = [[end[name] for end in (low, high)] for name in ("level", "admin")]
    found = [
        figures_at(options, take_up, level, rate, c, overlap)
        for level, rate, c, overlap in product(*ends, coverage, _OVERLAPS)
    ]
    return {
        name: np.concatenate([np.atleast_2d(np.broadcast_to(one[name], take_up.shape)) for one in found]).T
        for name in FIGURES
    }


def draw_costs(options: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Costs of options at parameters drawn from their ranges.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    draws, seed : how many draws, the same ones for the same seed

    Returns
    -------
    table : option, name, draw, cost (share of GDP); options without a cost have no rows

    Notes
    -----
    See :func:`draw_figures`. The ends of a cost need level, take-up and administration at their ends: most draws lie well inside.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.costing.options import assess_options
    >>> options = assess_options(read_pack("SEN")).query("option == 'social_pension'")
    >>> costs = draw_costs(options)["cost"]
    >>> bool(costs.min() > options["cost_low"].iat[0]), bool(costs.max() < options["cost_high"].iat[0])
    (True, True)
    """
    known = options[options["cost_central"] > 0]
    cost = draw_figures(known, draws, seed)["cost"]
    wide = pd.DataFrame(cost, columns=pd.MultiIndex.from_frame(known[["option", "name"]])).rename_axis(index="draw")
    return wide.melt(ignore_index=False, value_name="cost").reset_index()[["option", "name", "draw", "cost"]]


def cost_ranges(costs: pd.DataFrame) -> pd.DataFrame:
    """Within which bounds nine of ten draws of each option lie, the dearest option first.

    Parameters
    ----------
    costs : result of :func:`draw_costs`

    Returns
    -------
    table : option, name, low, median, high (share of GDP; 5, 50 and 95 % of the draws lie below)

    Examples
    --------
    >>> costs = pd.DataFrame({"option": "a", "name": "A", "draw": range(101), "cost": [share / 100 for share in range(101)]})
    >>> cost_ranges(costs).round(2).values.tolist()
    [['a', 'A', 0.05, 0.5, 0.95]]
    """
    ends = costs.groupby(["option", "name"])["cost"].quantile([0.05, 0.5, 0.95]).unstack()
    table = ends.set_axis(["low", "median", "high"], axis=1).reset_index()
    return table.sort_values("median", ascending=False, kind="stable", key=settled, ignore_index=True)
