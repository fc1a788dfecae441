"""``nasssap run`` as a person sees it: a progress bar, one line a failure, and where the reports are."""

from __future__ import annotations

import ast
import sys
import time

import click

from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.reader import countries, data_root
from nasssap_lib.run.batch import FAILED, RunRecord, plan, run_batch
from nasssap_lib.run.folders import Folders


def parse_settings(settings: tuple[str, ...]) -> dict[str, object]:
    """``NAME=VALUE`` pairs; numbers, True and False become what they look like, all else is text.

    Raises
    ------
    ParameterError : a pair without "=", or a name given twice

    Examples
    --------
    >>> parse_settings(("year=2025", "scenario=low"))
    {'year': 2025, 'scenario': 'low'}
    """
    parsed: dict[str, object] = {}
    for pair in settings:
        name, equals, text = pair.partition("=")
        if not equals or not name.isidentifier() or name in parsed:
            raise ParameterError({pair: "expected NAME=VALUE, each name once, as in --set year=2025"})
        parsed[name] = _literal(text)
    return parsed


def _literal(text: str) -> object:
    try:
        value = ast.literal_eval(text)
    except (ValueError, SyntaxError, MemoryError, RecursionError):
        return text
    return value if isinstance(value, int | float | bool) else text


def run_countries(
    chosen: tuple[str, ...],
    notebooks: tuple[str, ...],
    settings: tuple[str, ...],
    data: str,
    out: str | None,
    jobs: int | None,
    scenario: str = "",
    language: str = "",
) -> int:
    """Run a batch, show its progress on the terminal, and return the exit code."""
    root, folders = data_root(data), Folders.of(out)
    parameters, codes = parse_settings(settings), chosen or tuple(countries(root))
    if not codes:
        raise ParameterError({"COUNTRY": f"no country pack under {root}"})
    total, start = len(plan(codes, notebooks, parameters, root, folders, scenario, language)), time.monotonic()
    try:
        with Progress(total) as progress:
            records = run_batch(codes, notebooks, parameters, root, out, jobs, progress.step, scenario, language)
    except KeyboardInterrupt:
        click.echo("stopped: what was finished is kept, nothing is half-written", err=True)
        return 130
    return _summary(records, folders, time.monotonic() - start)


class Progress:
    """A bar on a terminal, a line a notebook elsewhere."""

    def __init__(self, total: int):
        from tqdm import tqdm

        self.bar = tqdm(total=total, unit="notebook", disable=None, leave=False, file=sys.stderr)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.bar.close()

    def step(self, record: RunRecord) -> None:
        """Count one notebook; a failure is said at once."""
        text = f"{record.country} {record.notebook}"
        if record.status == FAILED:
            self.bar.write(failure_line(record), file=sys.stderr)
        elif self.bar.disable:
            click.echo(f"{text} · {record.seconds:.1f} s", err=True)
        self.bar.set_postfix_str(text, refresh=False)
        self.bar.update()


def failure_line(record: RunRecord) -> str:
    """What failed, where, and why."""
    cell = f" · cell {record.cell}" if record.cell else ""
    lines = record.message.splitlines() or [""]
    more = [f"  … and {len(lines) - 10} more" for _ in lines[10:11]]
    return "\n".join(
        [f"{record.country} {record.notebook}{cell} · failed", *(f"  {line}" for line in lines[:10]), *more]
    )


def _summary(records: list[RunRecord], folders: Folders, seconds: float) -> int:
    failed = [record for record in records if record.status == FAILED]
    done = len(records) - len(failed)
    click.echo(
        f"{done} of {len(records)} notebooks done in {seconds:.0f} s · reports: {folders.reports / 'index.html'}"
    )
    if failed:
        names = ", ".join(f"{record.country} {record.notebook}" for record in failed)
        click.echo(f"failed: {names}", err=True)
    return 1 if failed else 0
