"""Options × criteria for tests of rankings: three options with a sum that can be done by hand, and drawn matrices."""

import numpy as np
import pandas as pd
from hypothesis import strategies as st

from nasssap_lib.priorities.matrix import Matrix

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


@st.composite
def ranged(draw, missing: int = 3, width: int = 4):
    """A matrix of small whole numbers with ranges around them, some cells missing, and weights; the first criterion is a cost."""
    n, m = draw(st.integers(2, 5)), draw(st.integers(1, 4))
    numbers = st.lists(st.integers(0, 9), min_size=n * m, max_size=n * m)
    around = st.lists(st.integers(0, width), min_size=n * m, max_size=n * m)
    names, options = [f"c{j}" for j in range(m)], [f"o{i}" for i in range(n)]
    values = pd.DataFrame(np.reshape(draw(numbers), (n, m)), options, names, dtype=float)
    low, high = values - np.reshape(draw(around), (n, m)), values + np.reshape(draw(around), (n, m))
    for cell in draw(st.sets(st.tuples(st.integers(0, n - 1), st.integers(0, m - 1)), max_size=missing)):
        values.iloc[cell] = np.nan
    better = {name: "min" if name == "c0" else "max" for name in names}
    matrix = Matrix(values, low, high, better, dict(zip(options, options, strict=True)), pd.DataFrame())
    return matrix, {name: draw(st.integers(1, 5)) for name in names}


def noisy(frame: pd.DataFrame) -> pd.DataFrame:
    """The same values as sums of other floats leave them: every second cell a few last digits beside the first."""
    odd = np.add.outer(np.arange(len(frame)), np.arange(frame.shape[1])) % 2 == 1
    return frame.where(~odd, frame * (1 + 3 * np.finfo(float).eps))
