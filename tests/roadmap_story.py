"""Programmes for the tests of the roadmap: a small one by hand, and small random ones."""

import random

import numpy as np

from nasssap_lib.roadmap.programme import Programme

BY_HAND = {
    "options": ("pension", "registry_pension", "child"),
    "guarantee": ("older", "older", "children"),
    "group": ("over_65", "over_65", "under_5"),
    "institution": ("ministry", "ministry", "agency"),
    "starts": (2027, 2028),
    "years": (2027, 2028, 2038),
    # costs and shares of an option by start and year; 2038 is a check only
    "cost": [
        [[0.004, 0.004, 0.006], [0, 0.004, 0.006]],
        [[0.001, 0.001, 0.001], [0, 0.001, 0.001]],
        [[0.002, 0.003, 0.003], [0, 0.002, 0.003]],
    ],
    "closed": [
        [[0.8, 0.8, 0.8], [0, 0.8, 0.8]],
        [[0.3, 0.3, 0.3], [0, 0.3, 0.3]],
        [[0.25, 0.5, 0.5], [0, 0.25, 0.5]],
    ],
    "weight": (1, 1, 1),
    "envelope": (0.004, 0.007, 0.009),
    "earliest": (2027, 2027, 2027),
    "capacity": {"ministry": 2, "agency": 1},
}


def by_hand(**changed) -> Programme:
    return Programme(**(BY_HAND | changed))


def drawn(seed: int) -> Programme:
    """Three or four options of two guarantees, groups shared, ramps, lags, check years and tight money; all numbers short decimals."""
    draw = random.Random(seed)
    options, first = draw.choice((3, 4, 4)), 2027
    starts = list(range(first, first + draw.choice((2, 3, 3))))
    years = starts + [starts[-1] + 10] * draw.randint(0, 1)
    groups = [draw.choice((("g", "p"), ("g", "q"), ("h", "r"))) for _ in range(options)]
    weights = {("g", "p"): 0.5, ("g", "q"): 0.3, ("h", "r"): 1.0}
    full = [draw.randint(-1, 8) / 1000 for _ in range(options)]
    reach = [draw.randint(1, 9) / 10 for _ in range(options)]
    steps = [draw.choice((1, 2)) for _ in range(options)]
    ramp = [[[max(0, min(1, (t - s + 1) / steps[o])) for t in years] for s in starts] for o in range(options)]
    names = [f"o{at}" for at in range(options)]
    later = [(names[b], names[a], draw.choice((0, 0, 1, 2))) for a in range(options) for b in range(a + 1, options)]
    institution = [draw.choice("mn") for _ in range(options)]
    return Programme(
        options=names, guarantee=[g for g, _ in groups], group=[p for _, p in groups], institution=institution, starts=starts, years=years,
        cost=np.array(ramp) * np.array(full)[:, None, None], closed=np.array(ramp) * np.array(reach)[:, None, None],
        weight=[weights[key] for key in groups], envelope=[draw.randint(2, 16) / 1000 for _ in years],
        earliest=[first + draw.choice((0, 0, 0, 1)) for _ in names], capacity={name: draw.choice((1, 1, 2)) for name in set(institution)},
        pairs=draw.sample(later, draw.randint(0, 2)), committed=[draw.randint(0, 2) / 1000 for _ in years],
    )  # fmt: skip
