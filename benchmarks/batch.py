"""The batch against what one would use instead, the whole suite for all countries: seconds, processor seconds, memory, ratios.

(a) a loop of ``papermill`` commands, each report by nbconvert; (b) the same, as many at once as cores; (c) ours, nothing made;
(d) ours, nothing changed; (e) ours, one figure of one country changed; (f) the floor: the same Python in one process.

Run with ``python3 tasks.py bench`` or ``python benchmarks/batch.py [--write] [COUNTRY …]``; --write puts the table into README.md. Seconds
depend on the machine and on what else it does: read the ratios.
"""

from __future__ import annotations

import compileall
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psutil

import nasssap_lib
from nasssap_lib.chapter.notebooks import chapters, notebooks_folder
from nasssap_lib.pack.folders import countries, data_root

AIMS = {
    "(a) / (c)": ("a", "c", "wall", "≥ 6"), "(b) / (c)": ("b", "c", "wall", "≥ 3"),
    "processor seconds (c) / (f)": ("c", "f", "processor", "≤ 1.5"),
}  # fmt: skip
WORDS = {
    "a": "a loop of papermill commands and nbconvert", "b": "the same, as many at once as cores",
    "c": "nasssap run, nothing made yet", "d": "nasssap run, nothing changed",
    "e": "nasssap run, one figure of one country changed", "f": "floor: the same Python in one process",
}  # fmt: skip
BEGIN, END = "<!-- benchmarks/batch.py -->", "<!-- end of benchmarks/batch.py -->"
README = Path(__file__).parents[1] / "README.md"
GROUPS = (  # the control group's count: of its second version, of its first
    (Path("/sys/fs/cgroup/cpu.stat"), r"usage_usec (\d+)", 1e6),
    (Path("/sys/fs/cgroup/cpuacct/cpuacct.usage"), r"(\d+)", 1e9),
)
FLOOR = """
import json, sys, types
import IPython.display
from nasssap_lib.chapter.notebooks import notebooks_folder
IPython.display.display = lambda *given, **more: None
root, out = sys.argv[1:3]
for country in sys.argv[4:]:
    for name in sys.argv[3].split(","):
        cells = json.loads((notebooks_folder() / f"{name}.ipynb").read_text(encoding="utf-8"))["cells"]
        code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
        module = types.ModuleType("__main__")
        exec(code[0], module.__dict__)
        module.__dict__.update(country=country, data=root, results=f"{out}/{country}/{name}")
        for source in code[1:]:
            exec(source, module.__dict__)
"""


@dataclass(frozen=True)
class Measured:
    """Seconds on the clock and of processors, and the largest memory of all processes together, in MB."""

    wall: float
    processor: float
    memory: float
    group: float | None


def main(words: list[str]) -> None:
    """Measure all ways, print them, and write them into the README where asked."""
    write, codes = "--write" in words, [word for word in words if word != "--write"]
    codes = codes or countries(data_root())
    with tempfile.TemporaryDirectory(prefix="bench") as folder:
        measured = measure_all(Path(folder), codes)
    text = table(measured, len(codes))
    print(text)
    if write:
        write_into_readme(text)


def write_into_readme(text: str) -> None:
    """Put the table between its marks."""
    pattern = re.compile(f"{re.escape(BEGIN)}.*?{re.escape(END)}", re.DOTALL)
    before = README.read_text(encoding="utf-8")
    README.write_text(pattern.sub(lambda _: f"{BEGIN}\n\n{text}\n\n{END}", before), encoding="utf-8")


def measure_all(place: Path, codes: list[str]) -> dict[str, Measured]:
    """Each way once, on a copy of the packs."""
    compileall.compile_dir(Path(nasssap_lib.__file__).parent, quiet=2)  # whoever comes first does not pay for all
    raw = place / "raw"
    shutil.copytree(data_root(), raw)
    ours = [
        sys.executable,
        "-m",
        "nasssap_lib.commands.cli",
        "run",
        *codes,
        "--data",
        str(raw),
        "--out",
        str(place / "ours"),
    ]
    ways: dict[str, Callable[[], object]] = {
        "f": lambda: run([sys.executable, "-c", FLOOR, str(raw), str(place / "floor"), ",".join(chapters()), *codes]),
        "c": lambda: run(ours),
        "d": lambda: run(ours),
        "e": lambda: (change_a_figure(raw, codes[0]), run(ours)),
        "b": lambda: loop(place / "b", raw, codes, os.cpu_count() or 1),
        "a": lambda: loop(place / "a", raw, codes, 1),
    }
    measured = {}
    for name, way in ways.items():
        measured[name] = measure(way)
        print(f"({name}) {WORDS[name]}: {measured[name].wall:.1f} s", file=sys.stderr, flush=True)
    return dict(sorted(measured.items()))


def run(command: list[str]) -> None:
    """A command that must succeed, its output kept for where it does not."""
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode:
        raise SystemExit(f"{' '.join(command[:6])} …: {done.stderr[-2000:]}")


def loop(place: Path, raw: Path, codes: list[str], at_once: int) -> None:
    """One papermill command and one nbconvert a notebook."""
    with ThreadPoolExecutor(at_once) as threads:
        list(threads.map(lambda job: one_by_commands(place, raw, *job), [(c, n) for c in codes for n in chapters()]))


def one_by_commands(place: Path, raw: Path, country: str, name: str) -> None:
    """What one would type for a notebook of a country."""
    folder = place / country
    folder.mkdir(parents=True, exist_ok=True)
    given = [
        part
        for key, value in {"country": country, "data": raw, "results": folder / name}.items()
        for part in ("-p", key, str(value))
    ]
    executed = str(folder / f"{name}.ipynb")
    run(
        [
            sys.executable,
            "-m",
            "papermill",
            str(notebooks_folder() / f"{name}.ipynb"),
            executed,
            "--no-progress-bar",
            *given,
        ]
    )
    run([sys.executable, "-m", "nbconvert", "--to", "html", executed])


def change_a_figure(raw: Path, country: str) -> None:
    """Another value in one cell of a pack's table of figures."""
    path = raw / country / "indicators.csv"
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    number = next(
        i for i, line in enumerate(lines) if "effective_coverage,mothers" in line or "effective_coverage,older" in line
    )
    lines[number] = re.sub(r",(\d+)(\.\d+)?,percent,", lambda found: f",{int(found[1]) // 2}.5,percent,", lines[number])
    path.write_text("".join(lines), encoding="utf-8", newline="")


def measure(way: Callable[[], object]) -> Measured:
    """What a way costs: its children's processor seconds are the system's own count of them."""
    before, group, start = children_seconds(), group_seconds(), time.perf_counter()
    with peak_memory() as memory:
        way()
    wall, after = time.perf_counter() - start, group_seconds()
    return Measured(wall, children_seconds() - before, memory[0], None if group is None else after - group)


def children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def group_seconds() -> float | None:
    """Processor seconds of everything in this control group: what a process that nobody waited for would hide."""
    for path, pattern, unit in GROUPS:
        if path.is_file() and (found := re.search(pattern, path.read_text())):
            return int(found[1]) / unit
    return None


@contextmanager
def peak_memory() -> Iterator[list[float]]:
    """The largest sum of what all processes hold for themselves, looked at five times a second."""
    peak, end = [0.0], threading.Event()

    def look() -> None:
        while not end.wait(0.2):
            total = 0
            for process in psutil.Process().children(recursive=True):
                try:
                    total += process.memory_full_info().uss
                except psutil.Error:
                    continue
            peak[0] = max(peak[0], total / 2**20)

    thread = threading.Thread(target=look)
    thread.start()
    try:
        yield peak
    finally:
        end.set()
        thread.join()


def table(measured: dict[str, Measured], number: int) -> str:
    """All ways as a Markdown table, then the ratios beside what was aimed at."""
    lines = [
        f"{number} countries × {len(chapters())} notebooks on {os.cpu_count()} cores:", "",
        "| way | seconds | processor seconds | largest memory, MB |", "|---|---:|---:|---:|",
    ]  # fmt: skip
    lines += [
        f"| ({name}) {WORDS[name]} | {one.wall:.1f} | {one.processor:.1f} | {one.memory:.0f} |"
        for name, one in measured.items()
    ]
    ratios = [
        f"{words} = {getattr(measured[one], part) / getattr(measured[other], part):.1f} (aim {aim})"
        for words, (one, other, part, aim) in AIMS.items()
    ]
    seconds = [f"({name}) {measured[name].wall:.1f} s (aim under {aim} s)" for name, aim in (("d", 1), ("e", 8))]
    return "\n".join([*lines, "", "; ".join([*ratios, *seconds]) + "." + hidden(measured)])


def hidden(measured: dict[str, Measured]) -> str:
    """Whether the control group counts what the processes themselves do; other work on the machine is counted there too."""
    pairs = [(one.group, one.processor) for one in measured.values() if one.group is not None]
    if not pairs:
        return ""
    group, own = (sum(seconds) for seconds in zip(*pairs, strict=True))
    return f" The control group counts {group:.0f} processor seconds where the processes count {own:.0f}."


if __name__ == "__main__":
    main(sys.argv[1:])
