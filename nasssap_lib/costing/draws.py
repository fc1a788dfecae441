"""What options could cost: level and take-up drawn together from their assumed ranges."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.measure import triangular

DRAWS, SEED = 2_000, 1


def draw_costs(options: pd.DataFrame, draws: int = DRAWS, seed: int = SEED) -> pd.DataFrame:
    """Costs of options at levels and rates of take-up drawn from their ranges.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    draws, seed : how many draws, the same ones for the same seed

    Returns
    -------
    table : option, name, draw, cost (share of GDP); options without a cost have no rows

    Notes
    -----
    Level and take-up are drawn independently, each from a triangular distribution between its low and high end with the central
    value as its mode; cost is in proportion to both. The ends of a cost need both at their ends: most draws lie well inside.

    Examples
    --------
    >>> ends = {f"{name}_{end}": [value] for name in ("level", "take_up") for end, value in (("low", 1), ("central", 2), ("high", 3))}
    >>> costs = draw_costs(pd.DataFrame({"option": ["a"], "name": ["A"], "cost_central": [0.02], **ends}))["cost"]
    >>> bool(costs.min() > 0.005), bool(costs.max() < 0.045), round(float(costs.median()), 2)
    (True, True, 0.02)
    """
    known = options[options["cost_central"] > 0]
    u = np.random.default_rng(seed).random((2, draws, len(known)))
    factors = [_factors(known, name, share) for name, share in zip(("level", "take_up"), u, strict=True)]
    cost = known["cost_central"].to_numpy(float) * factors[0] * factors[1]
    wide = pd.DataFrame(cost, columns=pd.MultiIndex.from_frame(known[["option", "name"]])).rename_axis(index="draw")
    return wide.melt(ignore_index=False, value_name="cost").reset_index()[["option", "name", "draw", "cost"]]


def _factors(options: pd.DataFrame, name: str, u: np.ndarray) -> np.ndarray:
    """Drawn values as multiples of the central one (draws × options)."""
    low, central, high = (options[f"{name}_{end}"].to_numpy(float) for end in ("low", "central", "high"))
    return triangular(u, low, central, high) / central


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
    return table.sort_values("median", ascending=False, kind="stable", ignore_index=True)
