"""Dialects of CSV that spreadsheets write: the hint sep= in the first line, semicolons with decimal commas, tabulators."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.schema import Table

SEPARATORS = (",", ";", "\t")
SEP_LINE = re.compile(r'[ \t]*"?sep=([,;|\t])"?[,;\t ]*(?:\r\n|\n|\r|\Z)', re.IGNORECASE)
DECIMAL = r"[+-]?[0-9]*{sign}[0-9]+(?:[eE][+-]?[0-9]{{1,2}})?"
GROUPS = r"[+-]?[1-9][0-9]{{0,2}}(?:{sign}[0-9]{{3}})+"  # thousands, or three decimals
ONE_READING_HINT = (
    "save it again with decimals as 1234.5 and no thousands separators "
    "(Excel: File, Options, Advanced, Use system separators: off)"
)


def separator(text: str) -> tuple[str, int]:
    """What separates the cells of a CSV file, and how many lines stand before its header: 1 where the first is Excel's sep=.

    Examples
    --------
    >>> separator("id,name\\n"), separator("sep=;\\nid;name\\n"), separator("id\\tname\\n"), separator("id\\n")
    ((',', 0), (';', 1), ('\\t', 0), (',', 0))
    """
    hint = SEP_LINE.match(text)
    start = hint.end() if hint else 0
    header = re.compile(r"[^\r\n]*").search(text, _first_letter(text, start))[0]
    header = re.sub(r'"[^"]*"', "", header)
    best = max(SEPARATORS, key=header.count)
    said = hint[1] if hint else ","
    return (said if header.count(said) or not header.count(best) else best), int(bool(hint))


def _first_letter(text: str, start: int) -> int:
    """Where the first line begins that is not empty."""
    letter = re.compile(r"[^\s,;]").search(text, start)
    if letter is None:
        return start
    return max(text.rfind("\n", start, letter.start()), text.rfind("\r", start, letter.start()), start - 1) + 1


def with_points(file: str, frame: pd.DataFrame, lines: list[int], head: int, table: Table) -> list[Problem]:
    """Write decimal commas of a table's number columns with points, in place; a problem where numbers can be read in two ways.

    1,234 is one thing in Dakar and another one in Accra: it is read where another number of the table shows which sign its decimals
    have, and none shows the other one.
    """
    names = [column.name for column in table.columns if column.kind in ("number", "integer") and column.name in frame]
    if not names:
        return []
    values = pd.concat([frame[name] for name in names], keys=names)
    sure, groups = {}, {}
    for sign in ",.":
        pattern = {"sign": re.escape(sign)}
        thousands = values.str.fullmatch(GROUPS.format(**pattern))
        groups[sign] = values[thousands]
        sure[sign] = bool((values.str.fullmatch(DECIMAL.format(**pattern)) & ~thousands).any())
    for sign, other in ((",", "."), (".", ",")):
        if len(groups[sign]) and (not sure[sign] or sure[other]):
            name, place = groups[sign].index[0]
            expected = f"numbers that can be read in one way only, not as in line {lines[place]}"
            return [Problem(file, head, name, groups[sign].iat[0][:40], expected, ONE_READING_HINT)]
    for name in names:
        comma = frame[name].str.fullmatch(DECIMAL.format(sign=","))
        frame[name] = frame[name].mask(comma, frame[name].str.replace(",", ".", regex=False))
    return []
