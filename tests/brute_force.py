"""What options would reach and cost at parameters drawn by the test itself, and the order that follows: no function of the library.

The rules are written down a second time, option by option: who is reached and newly covered (evidence, Part 7), what that costs, and
a weighted sum between the worst and the best central value of each criterion, persons on a logarithmic scale.
"""

import numpy as np
import pandas as pd

LEAST = 0.001  # of the population


def bounds_of(take_up: float, covered: float) -> tuple[float, float]:
    """Fréchet: of two groups of these sizes, the smallest and the largest share that is in the first and not in the second."""
    return max(0.0, take_up - covered), min(take_up, 1 - covered)


def shares(way: str, take_up: float, covered: float, overlap: float) -> tuple[float, float]:
    """Shares of an option's people who are reached, and newly covered; ``overlap`` 0–1 between the bounds."""
    if way == "builds_on":
        return take_up, max(0.0, take_up - covered)
    if way == "benefit_tested":
        both = min(take_up, 1 - covered)
        return both, both
    if way == "extends":
        return take_up * (1 - covered), take_up * (1 - covered)
    low, high = bounds_of(take_up, covered)
    return take_up, low + overlap * (high - low)


def drawn_figures(
    options: list[dict], rng: np.random.Generator, ends: bool = False, likely: bool = False
) -> pd.DataFrame:
    """Newly covered persons and cost of each option (a row of the options), everything within its range.

    ``ends``: at an end of it; ``likely``: parameters more often near their central value, by numpy's triangles
    """
    rows = []
    for option in options:
        u = rng.integers(0, 2, 5) if ends else rng.random(5)
        take_up, level, admin, covered = (
            option[f"{name}_low"] + share * (option[f"{name}_high"] - option[f"{name}_low"])
            for name, share in zip(("take_up", "level", "admin", "coverage"), u[:4], strict=True)
        )
        if likely:
            modes = [
                [option[f"{name}_{end}"] for end in ("low", "central", "high")]
                for name in ("take_up", "level", "admin")
            ]
            take_up, level, admin = (rng.triangular(*mode) if mode[2] > mode[0] else mode[1] for mode in modes)
        reached, newly = shares(option["way"], take_up, covered, u[4])
        one = option["unit_central"] * level / option["level_central"] * (1 + admin) / (1 + option["admin_central"])
        rows.append({"newly_covered": newly * option["people"], "cost": reached * option["people"] * one})
    return pd.DataFrame(rows, index=[option["option"] for option in options])


def scores_of(values: pd.DataFrame, central: pd.DataFrame, better: dict, weights: dict, population: float) -> pd.Series:
    """Weighted sum of drawn values between the worst and the best of the central ones."""
    total, floor = np.zeros(len(values)), LEAST * population
    for name in values:
        drawn, scale = values[name].to_numpy(float), central[name].to_numpy(float)
        scale = scale[~np.isnan(scale)]
        if name == "newly_covered":
            drawn, scale = (np.log10(np.maximum(part, floor)) for part in (drawn, scale))
        if len(scale) and np.ptp(scale) > 1e-12 * np.abs(scale).max():
            share = (drawn - scale.min()) if better[name] == "max" else (scale.max() - drawn)
            total += share / np.ptp(scale) * weights[name] / sum(weights.values())
    return pd.Series(total, values.index)
