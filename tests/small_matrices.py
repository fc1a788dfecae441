"""Options × criteria for tests of rankings: three options with a sum that can be done by hand, and drawn matrices."""

import pandas as pd
from hypothesis import strategies as st

CHILD, OLD_AGE, WORKS = "child benefit", "social pension", "public works"
MATRIX = pd.DataFrame(
    {"persons": [900, 300, 500], "cost": [1.5, 0.4, 0.6], "ready": [2, 4, 1]}, index=[CHILD, OLD_AGE, WORKS]
)
OBJECTIVES = {"persons": "max", "cost": "min", "ready": "max"}
WEIGHTS = {"persons": 0.6, "cost": 0.2, "ready": 0.2}


def matrices(options=(2, 6), criteria=(2, 4)):
    """Matrices of small whole numbers, all criteria to be maximised, and weights in whole numbers."""

    def of_size(size):
        rows = st.lists(
            st.lists(st.integers(0, 9), min_size=size[1], max_size=size[1]), min_size=size[0], max_size=size[0]
        )
        return st.tuples(rows, st.lists(st.integers(1, 9), min_size=size[1], max_size=size[1])).map(framed)

    return st.tuples(st.integers(*options), st.integers(*criteria)).flatmap(of_size)


def framed(drawn):
    rows, weights = drawn
    names = [f"c{number}" for number in range(len(weights))]
    frame = pd.DataFrame(rows, index=[f"o{number}" for number in range(len(rows))], columns=names, dtype=float)
    return frame, dict(zip(names, weights, strict=True)), dict.fromkeys(names, "max")
