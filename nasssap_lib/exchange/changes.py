"""How a comparison is shown as lines for a terminal and as a CSV file; its page is the subject of ``changes_page``."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path

import pandas as pd

from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.display.texts import N_, _, label, named
from nasssap_lib.exchange.compare import CHANGES, COLUMNS, SEPARATOR
from nasssap_lib.exchange.sides import Comparison
from nasssap_lib.files import write_text
from nasssap_lib.pack.csv_text import csv_text
from nasssap_lib.rows import as_records
from nasssap_lib.terms import COVERAGE_GROUPS
from nasssap_lib.unseen import with_signs

MOST_LINES = 8  # of one result table on a terminal; the CSV file and the page have all
MOST_FIGURES = 200
LONGEST = 160
SNAKE = re.compile(r"[a-z0-9]+(?:_[a-z0-9]+)+")
HEADLINES = (  # table, row, column: what a reader asks for first
    (
        "02_gap_identification/gaps",
        "at_least_one · total",
        "effective_coverage",
        N_("Covered by at least one benefit: {before} → {after}."),
    ),
    (
        "02_gap_identification/gaps",
        "at_least_one · total",
        "gap",
        N_("Persons without any benefit: {before} → {after}."),
    ),
)
FIRST = ("03_priority_setting/ranking", "rank_best")
NOW_FIRST, NO_LONGER_FIRST = N_("Can come first now: {names}."), N_("Can no longer come first: {names}.")


def plain(text: object, longest: int = LONGEST) -> str:
    r"""A text for a terminal: one line, not too long, nothing that steers the terminal.

    Examples
    --------
    >>> plain("a\x1b[31m\nb")
    'a\ufffd[31m\ufffdb'
    """
    text = str(text)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return with_signs(text, kept="")


def count_changes(changes: pd.DataFrame) -> str:
    """How many changes of each kind.

    Examples
    --------
    >>> count_changes(pd.DataFrame({"change": ["changed", "changed", "added"]}))
    '2 changed, 0 from another edition, 1 added, 0 removed'
    """
    counts = {kind: int((changes["change"] == kind).sum()) for kind in CHANGES}
    return _("{changed} changed, {edition} from another edition, {added} added, {removed} removed", **counts)


def comparison_lines(comparison: Comparison) -> Iterator[str]:
    """A comparison for the terminal."""
    yield f"{comparison.country}: from {plain(comparison.a)} to {plain(comparison.b)}"
    yield from (f"Note: {plain(note)}" for note in comparison.notes)
    yield from map(plain, headlines(comparison))
    yield f"Figures: {count_changes(comparison.figures)}"
    yield from table_lines(comparison.figures, MOST_FIGURES)
    yield f"What follows: {count_changes(comparison.results)}"
    yield from table_lines(comparison.results.assign(source_before="", source_after=""), MOST_LINES)


def headlines(comparison: Comparison) -> list[str]:
    """What became of the figures that a reader asks for first, and who can come first; that nothing did, where results changed."""
    results = comparison.results
    said = []
    for table, row, column, words in HEADLINES:
        of_total = results["row"].str.startswith(row) & (results["table"] == table) & (results["column"] == column)
        for change in as_records(results[of_total].head(1)):
            write = format_share if column.endswith("coverage") else format_persons
            before, after = (
                write(number)
                for number in pd.to_numeric(pd.Series([change["before"], change["after"]]), errors="coerce")
            )
            said.append(_(words, before=before, after=after))
    best = results[(results["table"] == FIRST[0]) & (results["column"] == FIRST[1])]
    for words, first, other in ((NOW_FIRST, "after", "before"), (NO_LONGER_FIRST, "before", "after")):
        rows = best[
            (pd.to_numeric(best[first], errors="coerce") == 1) & (pd.to_numeric(best[other], errors="coerce") != 1)
        ]
        if len(rows):
            said.append(_(words, names="; ".join(row_words(row, comparison.names) for row in rows["row"])))
    if not said and len(results):
        said.append(_("Coverage by at least one benefit, and which options can come first, did not change."))
    return said


def row_words(row: str, names: Mapping[str, str]) -> str:
    """The name of a row in words: names of the pack and of code lists for codes, small signs for none.

    Examples
    --------
    >>> row_words("at_least_one · total · 2022", {}), row_words("pension · cost_low", {"pension": "Pension for all"})
    ('At least one benefit · total · 2022', 'Pension for all · cost low')
    """
    parts = (named(names[part]) if part in names else label(COVERAGE_GROUPS, part) for part in row.split(SEPARATOR))
    return SEPARATOR.join(part.replace("_", " ") if SNAKE.fullmatch(part) else part for part in parts)


def table_lines(changes: pd.DataFrame, most: int) -> Iterator[str]:
    """Changes, table by table, at most so many of each."""
    for table, rows in changes.groupby("table", sort=False):
        yield f"  {plain(table)}"
        yield from (f"    {change_line(row)}" for row in as_records(rows.head(most)))
        if len(rows) > most:
            yield f"    … and {len(rows) - most} more; --csv FILE or --html FILE has all"


def change_line(change: dict[str, str]) -> str:
    """One change in words.

    Examples
    --------
    >>> change_line({"row": "children", "column": "value", "change": "changed", "before": "1", "after": "2",
    ...              "source_before": "OLD", "source_after": "NEW"})
    'children · value: 1 → 2 [OLD → NEW]'
    """
    place = " · ".join(plain(change[name]) for name in ("row", "column") if change[name])
    before, after = (plain(text) or "n/a" for text in _short_numbers(change["before"], change["after"]))
    what = {"added": f"added, {after}", "removed": f"removed, {before}"}.get(change["change"], f"{before} → {after}")
    kind = " (another edition)" if change["change"] == "edition" else ""
    return ": ".join(filter(None, [place, what])) + kind + _sources(change)


def _short_numbers(before: str, after: str) -> tuple[str, str]:
    """Both values with six digits, where they still differ then."""
    numbers = pd.to_numeric(pd.Series([before, after]), errors="coerce")
    short = tuple(f"{number:.6g}" if abs(number) < 1e6 else f"{number:,.0f}" for number in numbers)
    return short if numbers.notna().all() and short[0] != short[1] else (before, after)


def _sources(change: dict[str, str]) -> str:
    sources = list(dict.fromkeys(filter(None, [change["source_before"], change["source_after"]])))
    return f" [{' → '.join(map(plain, sources))}]" if sources else ""


def write_csv(comparison: Comparison, path: Path) -> None:
    """All changes as CSV, whole or not at all; nothing in it is run by a spreadsheet."""
    frames = {"figure": comparison.figures, "result": comparison.results}
    table = pd.concat([frame.assign(kind=kind) for kind, frame in frames.items()])[["kind", *COLUMNS]]
    write_text(path, csv_text(table))
