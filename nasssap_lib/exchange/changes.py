"""How a comparison is shown: lines for a terminal, a CSV file, a page without script."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd

from nasssap_lib.display.texts import N_, _
from nasssap_lib.exchange.compare import CHANGES, COLUMNS
from nasssap_lib.exchange.sides import Comparison
from nasssap_lib.files import write_text
from nasssap_lib.pack.csv_text import csv_text
from nasssap_lib.run.html import render_page

MOST_LINES = 8  # of one result table on a terminal; the CSV file and the page have all
MOST_FIGURES = 200
LONGEST = 160
KINDS = {
    "changed": N_("changed"),
    "edition": N_("from another edition"),
    "added": N_("added"),
    "removed": N_("removed"),
}


def plain(text: object, longest: int = LONGEST) -> str:
    r"""A text for a terminal: one line, not too long, nothing that steers the terminal.

    Examples
    --------
    >>> plain("a\x1b[31m\nb")
    'a\ufffd[31m\ufffdb'
    """
    text = str(text)
    text = text if len(text) <= longest else text[: longest - 1] + "…"
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in text)


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
    yield f"Figures: {count_changes(comparison.figures)}"
    yield from table_lines(comparison.figures, MOST_FIGURES)
    yield f"What follows: {count_changes(comparison.results)}"
    yield from table_lines(comparison.results.assign(source_before="", source_after=""), MOST_LINES)


def table_lines(changes: pd.DataFrame, most: int) -> Iterator[str]:
    """Changes, table by table, at most so many of each."""
    for table, rows in changes.groupby("table", sort=False):
        yield f"  {plain(table)}"
        yield from (f"    {change_line(row)}" for row in rows.head(most).to_dict("records"))
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


def write_html(comparison: Comparison, path: Path) -> None:
    """All changes as a page without script in the language that is spoken, whole or not at all."""
    sections = [
        (title, _("{counts}.", counts=count_changes(changes)), _groups(changes))
        for title, changes in ((_("Figures"), comparison.figures), (_("What follows"), comparison.results))
    ]
    write_text(path, render_page("compare.html.j2", comparison=comparison, sections=sections, kinds=KINDS))


def _groups(changes: pd.DataFrame) -> list[tuple[str, list[dict[str, str]]]]:
    return [(str(table), rows.to_dict("records")) for table, rows in changes.groupby("table", sort=False)]
