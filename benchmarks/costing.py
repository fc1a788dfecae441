"""Ten thousand draws of a package against the plain pandas loop that a user would write instead. Run: python benchmarks/costing.py"""

from __future__ import annotations

import sys
from pathlib import Path
from time import perf_counter, process_time

import numpy as np
import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[1]))

from nasssap_lib.costing.ranges import Prepared, bands, draw_package, prepare_package
from nasssap_lib.pack.reader import read_pack

COUNTRY, YEARS, OPTIONS, DRAWS, LOOPS, TIMES = "SEN", range(2026, 2051), 8, 10_000, 30, 5


def package() -> Prepared:
    """Eight options that can be costed, twenty-five years."""
    pack = read_pack(COUNTRY)
    known = pack.measures.loc[pack.measures["group"] != "severe_disability", "id"]
    return prepare_package(pack, YEARS, known.head(OPTIONS))


def loop_over_pandas(ready: Prepared, values: np.ndarray) -> np.ndarray:
    """Share of GDP of each draw, year and option from the same values: a table a draw and option, as in a sheet."""
    names = ready.assumptions[["option", "assumption"]].itertuples(index=False, name=None)
    places = {key: place for place, key in enumerate(names)}
    cost = np.empty((len(values), len(ready.years), len(ready.rows)))
    for draw, drawn in enumerate(values):
        for at, (row, ground) in enumerate(zip(ready.rows, ready.grounds, strict=True)):
            own = {
                name: drawn[places[row["id"], name]]
                for name in ("amount", "take_up", "start", "build_up", "administration")
            }
            table = pd.DataFrame(
                {"year": ground.years, "target": ground.target, "people": ground.economy["population"]}
            )
            start = row["start_year"] + round(own["start"])
            full = max(start, start + row["full_year"] - row["start_year"] + round(own["build_up"]))
            table["ramp"] = ((table["year"] - start + 1) / (full - start + 1)).clip(0, 1)
            table["persons"] = table["target"] * own["take_up"] * table["ramp"]
            table["persons"] = table["persons"].clip(upper=pd.Series(ground.most))
            grown = (1 + drawn[places["", "indexation"]]) ** (table["year"] - ready.base).clip(lower=0)
            table["level"] = own["amount"] / 100 * row["months"] / 12 * grown
            table["share"] = table["persons"] * table["level"] * (1 + own["administration"]) / table["people"]
            cost[draw, :, at] = table.loc[table["year"].isin(ready.years), "share"]
    return cost


def timed(call) -> tuple[object, float, float]:
    """What a call gives, its seconds on the clock and of the processor: on a busy machine only the latter say something."""
    clock, processor = perf_counter(), process_time()
    result = call()
    return result, perf_counter() - clock, process_time() - processor


def main() -> None:
    ready, *preparing = timed(package)
    runs = [timed(lambda: draw_package(ready, draws=DRAWS)) for _ in range(TIMES)]
    drawn, *drawing = min(runs, key=lambda run: run[1])
    _table, *banding = timed(lambda: bands(drawn))
    theirs, *loop = timed(lambda: loop_over_pandas(ready, drawn.values[:LOOPS]))
    whole = [seconds / LOOPS * DRAWS for seconds in loop]
    apart = np.nanmax(np.abs(theirs / np.where(theirs > 0, drawn.share_of_gdp[:LOOPS], np.nan) - 1))
    print(f"{DRAWS:,} draws × {len(ready.years)} years × {len(ready.rows)} options, seconds (of the processor)")
    print(f"draw_package, the best of {TIMES}        {drawing[0]:8.2f} ({drawing[1]:.2f})   aim: 2")
    print(f"bands of all years and options    {banding[0]:8.2f} ({banding[1]:.2f})")
    print(f"loop over pandas, {LOOPS} draws run   {whole[0]:8.0f} ({whole[1]:.0f})")
    print(f"ratio of the processor's seconds  {whole[1] / drawing[1]:8.0f} ×")
    print(f"largest relative difference       {apart:8.1e}")
    print(f"made ready once                   {preparing[0]:8.2f} ({preparing[1]:.2f})")


if __name__ == "__main__":
    main()
