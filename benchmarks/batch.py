"""The batch against what one would use instead: a loop of papermill commands over the same notebooks and countries.

Run with `python3 tasks.py bench`. Both run once in this process's order; read the ratio, not the seconds.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import time
from pathlib import Path

from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.folders import project_root

COUNTRIES, NOTEBOOKS = ("SEN", "LKA"), ("01_stocktaking", "02_gap_identification")


def loop_of_commands(folder: Path) -> None:
    """One papermill command a notebook, one after the other."""
    for country in COUNTRIES:
        for name in NOTEBOOKS:
            command = [
                sys.executable,
                "-m",
                "papermill",
                str(project_root() / "notebooks" / f"{name}.ipynb"),
                str(folder / f"{country}-{name}.ipynb"),
            ]
            subprocess.run([*command, "-p", "country", country, "--no-progress-bar"], check=True, capture_output=True)


def main() -> None:
    """Print both times and their ratio."""
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        loop_of_commands(Path(folder))
        loop = time.perf_counter() - start
        start = time.perf_counter()
        run_batch(COUNTRIES, NOTEBOOKS, {}, "", folder, None)
        batch = time.perf_counter() - start
    print(
        f"{len(COUNTRIES) * len(NOTEBOOKS)} notebooks: loop of papermill commands {loop:.1f} s, batch with reports {batch:.1f} s"
    )
    print(f"the loop takes {loop / batch:.1f} times as long, and writes no report, table or index")


if __name__ == "__main__":
    main()
