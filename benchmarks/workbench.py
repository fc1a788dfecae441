"""How long a slider's move takes: the library's part, the whole redraw, and what a notebook without preparation would take.

Run with `python3 tasks.py bench`. Read the ratios: seconds depend on the machine.
"""

from __future__ import annotations

import statistics
import time

from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.costing import exploration
from nasssap_lib.pack.reader import read_pack


def median_seconds(call, times: int = 9) -> float:
    """Median of the wall time of several calls."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        call()
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print the three times and their ratios."""
    pack = read_pack("ZMB")
    bench = open_workbench("ZMB")
    everything = {name: {} for name in pack.measures["id"]}
    ground = exploration.prepare(pack)
    library = median_seconds(lambda: bench.compute("ZMB"))
    all_measures = median_seconds(lambda: exploration.explore_measures(ground, everything))
    redraw = median_seconds(bench.redraw)
    unprepared = median_seconds(lambda: exploration.explore_measures(exploration.prepare(pack), everything), 3)
    print(f"library, one measure       {library * 1000:7.1f} ms (aim: 30)")
    print(f"library, all measures      {all_measures * 1000:7.1f} ms")
    print(f"to the pictures            {redraw * 1000:7.1f} ms (aim: 150)")
    print(f"without preparation        {unprepared * 1000:7.1f} ms: {unprepared / all_measures:.1f} times as long")


if __name__ == "__main__":
    main()
