"""Rows of a report table as a reader sees them."""

import re
from html import unescape


def rows_of(table) -> list[str]:
    """Each row of the table's page, its cells in one line."""
    return [
        unescape(re.sub(r"[ \n]+", " ", re.sub(r"<[^>]+>", " ", row)))
        for row in re.findall(r"<tr[^>]*>.*?</tr>", table._repr_html_(), re.S)
    ]
