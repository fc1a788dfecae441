"""The page of a comparison: the headline first, headings in words, numbers as the reports show them; without script."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd

from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.display.numbers import format_number, format_share, round_significant
from nasssap_lib.display.texts import N_, _
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.changes import count_changes, headlines, row_words
from nasssap_lib.exchange.sides import Comparison
from nasssap_lib.files import write_text
from nasssap_lib.rows import as_records
from nasssap_lib.run.html import render_page

KINDS = {
    "changed": N_("changed"),
    "edition": N_("from another edition"),
    "added": N_("added"),
    "removed": N_("removed"),
}
SHARE = re.compile(r"(?:.*_)?(?:coverage|share|confidence|take_up|gap_closed)(?:_low|_high)?|first|rank_\d+")
FIGURE = re.compile(r"([A-Za-z_]\w*)=(-?\d[\d.e+-]*)")
DIGITS = (4, 6, 9)  # of a number; more, where fewer would hide what changed


def write_html(comparison: Comparison, path: Path) -> None:
    """All changes as a page without script in the language that is spoken, whole or not at all."""
    sections = [
        (title, _("{counts}.", counts=count_changes(changes)), _groups(changes, comparison))
        for title, changes in ((_("What follows"), comparison.results), (_("Figures"), comparison.figures))
    ]
    text = render_page(
        "compare.html.j2", comparison=comparison, headlines=headlines(comparison), sections=sections, kinds=KINDS
    )
    write_text(path, text)


def _groups(changes: pd.DataFrame, comparison: Comparison) -> list[tuple[str, list[dict[str, str]]]]:
    return [
        (table_words(str(table)), [_shown(row, comparison) for row in as_records(rows)])
        for table, rows in changes.groupby("table", sort=False)
    ]


def _shown(change: dict[str, str], comparison: Comparison) -> dict[str, str]:
    before, after = shown_numbers(change["column"], change["before"], change["after"])
    words = {"row": row_words(change["row"], comparison.names), "column": column_words(change["column"])}
    return change | words | {"before": _figures(before), "after": _figures(after)}


def table_words(table: str) -> str:
    """A table in words: the chapter of a result table and its name, or the name of a table of the pack.

    Examples
    --------
    >>> table_words("02_gap_identification/gaps"), table_words("scheme_figures.csv")
    ('2 · Gap identification: Gaps', 'Scheme figures')
    """
    notebook, slash, name = table.rpartition("/")
    if not slash:
        return column_words(table.removesuffix(".csv").removesuffix(".toml"))
    try:
        known = read_notebook(notebook)
    except ParameterError:
        return f"{column_words(notebook)}: {column_words(name)}"
    return f"{_('{number} · {title}', number=known.number, title=known.title)}: {column_words(name)}"


def column_words(name: str) -> str:
    """The name of a column in words.

    Examples
    --------
    >>> column_words("effective_coverage")
    'Effective coverage'
    """
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def shown_numbers(column: str, before: str, after: str) -> tuple[str, str]:
    """Two values of a column as a report shows them; with more digits where few would hide what changed, words as they are.

    Examples
    --------
    >>> shown_numbers("gap_share", "0.1991", "0.33399999999999996"), shown_numbers("cost", "", "0.33399999999999996")
    (('19.9\xa0%', '33.4\xa0%'), ('', '0.334'))
    >>> shown_numbers("covered", "3513382.67038", "5893871.481199999"), shown_numbers("year", "2022", "2024")
    (('3,513,383', '5,893,871'), ('2022', '2024'))
    """
    numbers = [float(number) for number in pd.to_numeric(pd.Series([before, after], dtype="str"), errors="coerce")]
    given = [number for number in numbers if number == number]
    if (
        "year" in column
        or not given
        or any(text and number != number for text, number in zip((before, after), numbers, strict=True))
    ):
        return before, after
    share = SHARE.fullmatch(column) and all(0 <= number <= 1 for number in given)
    for digits in DIGITS:
        one, other = (_written(number, digits, bool(share)) if number == number else "" for number in numbers)
        if one != other:
            return one, other
    return before, after


def _written(number: float, digits: int, share: bool) -> str:
    if share:
        return format_share(number, max(1, digits - 3))
    return format_number(round(number) if abs(number) >= 10**digits else round_significant(number, digits), 12)


def _figures(text: str) -> str:
    """The figures of a row that was added or removed, each with its name in words."""
    pairs = FIGURE.findall(text)
    if not pairs or ", ".join(map("=".join, pairs)) != text:
        return text
    return ", ".join(f"{column_words(name)} {shown_numbers(name, '', number)[1]}" for name, number in pairs)
