"""Tables as text of CSV: the one place where they are written, so that no cell runs in a spreadsheet and none breaks a row.

A spreadsheet splits where its language says: English Excel at commas, French and Spanish at semicolons, LibreOffice at tabs too. A
formula is therefore looked for at the start of a cell and behind every such sign inside it.
"""

from __future__ import annotations

import csv
import re
from io import StringIO

import pandas as pd

from nasssap_lib.rows import values_of
from nasssap_lib.unseen import JOINERS, UNSEEN

BYTE_ORDER = "\N{ZERO WIDTH NO-BREAK SPACE}"  # the mark by which Excel knows UTF-8
BREAKS = re.compile(
    r"\r\n|[\x00-\x1f\x7f-\x9f\u2028\u2029]"
)  # tabs, ends of lines and what some programs take for them
SIGNS = "-=+@\N{FULLWIDTH EQUALS SIGN}\N{FULLWIDTH PLUS SIGN}\N{FULLWIDTH HYPHEN-MINUS}\N{FULLWIDTH COMMERCIAL AT}\ufe62\ufe63\ufe66\ufe6b"
PASSED_OVER = rf"\s\"{UNSEEN}{JOINERS}\ufe00-\ufe0f"  # or quotes
NUMBER = r"[+-](?:\d+(?:[.,\u00a0\u202f ]\d{3})*(?:[.,]\d+)?|\.\d+)(?:[eE][+-]?\d+)?[\u00a0\u202f ]?%?|-"  # or a dash for nothing
BEGINS = rf"^(?!(?:{NUMBER})$)|(?<=\|)|(?<=;)(?!\s*(?:{NUMBER})\s*;)"  # besides the comma, for which a cell is quoted
SIGN = re.compile(f"[{re.escape(SIGNS)}]")
FORMULA = re.compile(rf"(?:{BEGINS})(?P<unseen>[{PASSED_OVER}]*)(?=[{SIGNS}])")


def csv_text(table: pd.DataFrame, byte_order: bool = False) -> str:
    """A table as CSV that every spreadsheet shows as it is.

    Parameters
    ----------
    table : result or remarks; its index is not written
    byte_order : begin with the mark by which Excel knows UTF-8

    Returns
    -------
    text : numbers stay numbers; a text is written as by :func:`inert`

    Examples
    --------
    >>> print(csv_text(pd.DataFrame({"name": ["Benefit;=1+1", "=1+1"], "change": [-5.2, 3.0]})), end="")
    name,change
    Benefit;'=1+1,-5.2
    '=1+1,3.0
    """
    heads = [inert(str(name)) for name in table.columns]
    columns = [_written(table.iloc[:, position]) for position in range(table.shape[1])]
    text = StringIO()
    lines = csv.writer(text, lineterminator="\n")  # pandas's own takes twice as long for tables as small as results are
    lines.writerows([heads, *(zip(*columns, strict=True) if columns else [])])
    return BYTE_ORDER * byte_order + text.getvalue()


def pack_text(table: pd.DataFrame) -> str:
    """A table of a pack as CSV: its cells are texts, written as people wrote them; new ones are made inert where they come in.

    Examples
    --------
    >>> pack_text(pd.DataFrame({"name": ["Benefit"], "value": ["1.50"]}))
    'name,value\\nBenefit,1.50\\n'
    """
    return table.to_csv(index=False, lineterminator="\n")


def _written(column: pd.Series) -> list:
    """Cells of a column as they are written: texts inert, each different one looked at once, and what is missing empty."""
    if pd.api.types.is_datetime64_any_dtype(column.dtype):
        column = column.astype("str")  # days without hours, where there are none
    cells = values_of(column)
    texts = {cell for cell in cells if isinstance(cell, str)}
    safe: dict = {text: inert(text) for text in texts}
    return [safe[cell] if isinstance(cell, str) else "" if cell is None or cell != cell else cell for cell in cells]


def inert(text: str) -> str:
    r"""A text in one line that no spreadsheet takes for a formula: an apostrophe stands before every sign that begins one.

    Parameters
    ----------
    text : of a cell

    Returns
    -------
    text : ends of lines and tabs are spaces; plain numbers stay as they are

    Examples
    --------
    >>> inert("=1+1"), inert("too dear; -2 points; =1+1"), inert("-5.2"), inert("a\r@b")
    ("'=1+1", "too dear;' -2 points;' =1+1", '-5.2', 'a @b')
    """
    line = BREAKS.sub(" ", text)
    return FORMULA.sub(r"'\g<unseen>", line) if SIGN.search(line) else line
