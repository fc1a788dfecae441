"""Tables of a page that fit: on a phone a row is read as a card, and so is a wide table on paper; each cell knows its heading."""

from __future__ import annotations

import re

WIDE = 6  # columns beyond which a table on paper is read row by row
TABLE = re.compile(r"(<table[^>]*>)(.*?</thead>)(.*?</table>)", re.DOTALL)
HEADING = re.compile(r'<th [^>]*scope="col"[^>]*>(.*?)</th>', re.DOTALL)
ROW, CELL, TAG = re.compile(r"<tr.*?</tr>", re.DOTALL), re.compile(r"<td(?=[ >])"), re.compile(r"<[^>]*>")


def with_labels(html: str) -> str:
    """Tables whose cells know the heading of their column, so that on a phone a row can be read as a card; wide ones are marked.

    Parameters
    ----------
    html : clean, as :func:`nasssap_lib.run.html.clean_html` gives it; labels are words that stood in it

    Examples
    --------
    >>> page = with_labels('<table><thead><tr><th scope="col">Group</th><th scope="col">Rate</th></tr></thead><tbody>'
    ...     '<tr><th scope="row">Mothers</th><td>3 %</td></tr></tbody></table>')
    >>> '<td data-label="Rate">3 %</td>' in page
    True
    """
    return TABLE.sub(_labelled, str(html))


def _labelled(table: re.Match) -> str:
    start, head, body = table.groups()
    labels = [TAG.sub("", words).replace('"', "&quot;") for words in HEADING.findall(head)]
    names = "labelled wide" if len(labels) > WIDE else "labelled"
    start = start.replace("<table", f'<table class="{names}"', 1)
    rows = ROW.sub(lambda row: _labelled_row(row[0], labels[1:]), body)
    return f"{start}{head}{rows}"


def _labelled_row(row: str, labels: list[str]) -> str:
    """A row whose first cell heads it and whose others stand under these headings; any other is left as it is."""
    if row.count("<td") != len(labels):
        return row
    words = iter(labels)
    return CELL.sub(lambda _cell: f'<td data-label="{next(words)}"', row)
