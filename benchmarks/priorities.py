"""Rank acceptability against the loop over the kept MCDA library that a user would write instead. Run: python benchmarks/priorities.py"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from nasssap_lib.priorities.acceptability import Spread, rank_acceptability

OPTIONS, CRITERIA, DRAWS, LOOPS = 15, 10, 100_000, 2_000


def problem() -> tuple[pd.DataFrame, dict[str, str], Spread]:
    """Fifteen options, ten criteria, every value within a range."""
    rng = np.random.default_rng(1)
    names = [f"criterion {number}" for number in range(CRITERIA)]
    matrix = pd.DataFrame(rng.random((OPTIONS, CRITERIA)), [f"option {n}" for n in range(OPTIONS)], names)
    return matrix, dict.fromkeys(names, "max"), Spread(matrix - 0.1, matrix + 0.1)


def loop_over_library(matrix: pd.DataFrame, spread: Spread, draws: int) -> np.ndarray:
    """Share of draws in which pymcdm's weighted sum puts each option first, one call a draw."""
    from pymcdm.methods import WSM

    rng, types = np.random.default_rng(2), np.ones(CRITERIA)
    low, width = spread.low.to_numpy(), (spread.high - spread.low).to_numpy()
    low_end, scale = low.min(axis=0), (low + width).max(axis=0) - low.min(axis=0)
    method = WSM(lambda x, cost=False: x)  # the scale is the same in every draw
    first = np.zeros(len(matrix))
    for _ in range(draws):
        values = (low + width * rng.random(low.shape) - low_end) / scale
        score = method(values, rng.dirichlet(types), types, validation=False)
        first += method.rank(score) == 1
    return first / draws


def timed(call) -> tuple[object, float]:
    start = perf_counter()
    result = call()
    return result, perf_counter() - start


def main() -> None:
    matrix, objectives, spread = problem()
    loop_over_library(matrix, spread, 10)
    theirs, loop = timed(lambda: loop_over_library(matrix, spread, LOOPS))
    ours, seconds = timed(lambda: rank_acceptability(matrix, objectives, DRAWS, spread=spread))
    exact, exact_seconds = timed(lambda: rank_acceptability(matrix, objectives, DRAWS))
    each = loop / LOOPS
    print(f"{DRAWS:,} draws × {OPTIONS} options × {CRITERIA} criteria")
    print(f"rank_acceptability, values within ranges   {seconds:8.2f} s   (values exact {exact_seconds:.2f} s)")
    print(f"loop over pymcdm, {LOOPS:,} draws measured   {each * DRAWS:8.2f} s   at {each * 1e6:.0f} µs a draw")
    print(f"ratio                                      {each * DRAWS / seconds:8.1f} ×")
    print(
        f"largest difference of a first-rank share   {abs(theirs - ours.table['rank_1']).max():8.3f}     (Monte Carlo)"
    )


if __name__ == "__main__":
    main()
