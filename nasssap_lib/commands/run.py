"""``nasssap run`` as a person sees it: what runs now and how long still, why each report ran, one line a failure, where reports are."""

from __future__ import annotations

import ast
import re
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

import click

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.commands.messages import as_given, shown
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.run.batch import LOG, run_batch
from nasssap_lib.run.folders import Folders, run_folder
from nasssap_lib.run.inputs import COMPARISON
from nasssap_lib.run.jobs import CURRENT, DONE, FAILED, Job, RunRecord
from nasssap_lib.run.sweep import is_comparing

MOST_PAGES = 3  # that are named at the end
SECONDS_BETWEEN_LOOKS = 0.5
MADE_BY_SWEEP = re.compile(r"[A-Z]{3}/scenarios/sweep_\w+\.toml(?::\d+)? ")  # a file that nobody has
BAR = "{n_fmt} of {total_fmt} |{bar:20}| {desc}"


def parse_settings(settings: Iterable[str]) -> dict[str, object]:
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
    scenarios: tuple[str, ...] = (),
    languages: tuple[str, ...] = (),
    force: bool = False,
    warm: bool = True,
    limit: float | None = None,
    scheduler: str = "",
    sweeps: tuple[str, ...] = (),
) -> int:
    """Run a batch, show its progress on the terminal, and return the exit code."""
    root, folders, start = data_root(data), Folders.of(out), time.monotonic()
    codes = chosen or tuple(countries(root))
    if not codes:
        raise ParameterError({"COUNTRY": f"no country pack under {root}"})
    further = {"limit": limit} if limit else {}
    try:
        with Progress(jobs) as progress:
            records = run_batch(
                codes, notebooks, parse_settings(settings), root, out, jobs, progress.step, scenarios or "", languages or "",
                force=force, warm=warm, scheduler=scheduler, sweep=sweeps,
                started=progress.begin, say=progress.say, planned=progress.plan, **further,
            )  # fmt: skip
    except ParameterError as error:
        wrong = {name: MADE_BY_SWEEP.sub("", message) for name, message in error.wrong.items()}
        raise ParameterError(wrong) from error
    except KeyboardInterrupt:
        click.echo("stopped: what was finished is kept, nothing is half-written", err=True)
        return 130
    code = _summary(records, folders, time.monotonic() - start)
    if is_comparing(scenarios, sweeps):
        tell_pages(folders, codes, languages)
    return code


def tell_pages(folders: Folders, codes: Iterable[str], languages: tuple[str, ...]) -> None:
    """The pages that set versions beside one another."""
    pages = [
        folders.reports / run_folder(code, "", "" if language == "en" else language) / f"{COMPARISON}.html"
        for code in dict.fromkeys(codes)
        for language in languages or ("",)
    ]
    pages = [str(page) for page in pages if page.is_file()]
    more = f", and {len(pages) - MOST_PAGES} more in the index" if len(pages) > MOST_PAGES else ""
    if pages:
        click.echo(f"versions side by side: {', '.join(pages[:MOST_PAGES])}{more}")


@contextmanager
def notebook_bar() -> Iterator[Callable[[str], None]]:
    """A bar of the notebooks that are run in this process for a document; it is told the name of each before it runs."""
    if sys.stderr is None:  # whoever started us closed it
        yield lambda name: None
        return
    from tqdm import tqdm

    with tqdm(total=len(chapters()), disable=None, leave=False, file=sys.stderr) as bar:

        def tell(name: str) -> None:
            bar.set_description_str(name)
            bar.update()

        yield tell


class Progress:
    """On a terminal a bar with what runs now and how long still; elsewhere a line a notebook."""

    def __init__(self, at_once: int | None = None):
        self.at_once = at_once
        self.running: dict[str, tuple[float, float]] = {}
        self.left: dict[str, float] = {}
        self.refused: dict[str, set[str]] = {}  # country → what was said of its failures
        self.bar = None
        self._end = threading.Event()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._end.set()
        if self.bar is not None:
            self.bar.close()

    def plan(self, jobs: list[Job]) -> None:
        """What is to run, with what each took the last time."""
        from tqdm import tqdm

        self.left = {job.name: job.expected for job in jobs}
        if sys.stderr is None:  # whoever started us closed it
            return
        if self.bar is not None:  # of the jobs before
            self.bar.close()
        hidden = None if jobs else True  # None: where there is no terminal
        self.bar = tqdm(total=len(jobs), disable=hidden, leave=False, file=sys.stderr, bar_format=BAR)
        if not self.bar.disable:
            threading.Thread(target=self._keep_telling, daemon=True).start()

    def _keep_telling(self) -> None:
        while not self._end.wait(SECONDS_BETWEEN_LOOKS):
            self.bar.set_description_str(shown(self.words()))

    def words(self) -> str:
        """About how long all will take still, and what runs now: the end is cut where a terminal is narrow."""
        now = time.monotonic()
        running = dict(self.running)
        rest = [max(expected - (now - since), 0) for since, expected in running.values()]
        seconds = (sum(rest) + sum(self.left.values())) / (self.at_once or len(running) or 1)  # as many run as may
        still = [f"about {max(seconds, *rest, 1):.0f} s left"] if rest and seconds < float("inf") else []
        return " · ".join([*still, ", ".join(running)])

    def begin(self, job: Job) -> None:
        """A job begins."""
        self.running[job.name] = time.monotonic(), self.left.pop(job.name, 0.0)

    def step(self, record: RunRecord) -> None:
        """Say what became of a notebook, and count it."""
        self.running.pop(record.name, None)
        if record.status == FAILED and not record.cell and record.message in self.refused.get(record.country, ()):
            self.say(f"{record.name} · failed, as above")
            return
        if record.status == FAILED:
            self.refused.setdefault(record.country, set()).add(record.message)
        self.say(failure_line(record) if record.status == FAILED else f"{record.name} · {_what_happened(record)}")
        if self.bar is not None and record.status != CURRENT:
            self.bar.update()

    def say(self, text: str) -> None:
        """A line, above the bar where there is one; nothing in it steers the terminal."""
        text = shown(as_given(text))
        with _whoever_hears():
            if self.bar is None:
                click.echo(text, err=True)
            else:
                self.bar.write(text, file=sys.stderr)


@contextmanager
def _whoever_hears() -> Iterator[None]:
    """A log on a full disk, and a terminal that is gone, stop nothing; a reader who has had enough (``| head``) does."""
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError:
        return


def _what_happened(record: RunRecord) -> str:
    """Whether a notebook ran, how long, and why."""
    if record.status == CURRENT:
        return "current"
    return f"{record.seconds:.1f} s" + (f" · {record.why}" if record.why else "")


def failure_line(record: RunRecord) -> str:
    """What failed, where, and why."""
    cell = f" · cell {record.cell}" if record.cell else ""
    lines = record.message.splitlines() or [""]
    lines[0] += f" ({record.line})" if record.line else ""
    more = [f"  … and {len(lines) - 10} more" for _ in lines[10:11]]
    return "\n".join([f"{record.name}{cell} · failed", *(f"  {line}" for line in lines[:10]), *more])


def _summary(records: list[RunRecord], folders: Folders, seconds: float) -> int:
    failed = [record for record in records if record.status == FAILED]
    current, done = (sum(record.status == status for record in records) for status in (CURRENT, DONE))
    counts = [f"{done} of {len(records)} notebooks done"] + ([f"{current} current"] if current else [])
    click.echo(
        f"{' and '.join(counts)} in {seconds:.{0 if seconds > 9 else 1}f} s · reports: {folders.reports / 'index.html'}"
    )
    if failed:
        names = ", ".join(record.name for record in failed)
        with _whoever_hears():
            click.echo(f"failed: {names} · details: {folders.reports / LOG}", err=True)
    return 1 if failed else 0
