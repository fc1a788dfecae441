"""Months of a plan as numbers: dates of a pack are months, or years and days of which the month counts."""

from __future__ import annotations

import re

from nasssap_lib.errors import NasssapError

YEAR = 12  # months
MONTH = re.compile(r"(?:19|20|21)\d\d-(?:0[1-9]|1[0-2])")


def month_of(date: str, last: bool = False) -> int:
    """The month of a date, counted from the year 0; of a year alone its first month.

    Parameters
    ----------
    date : YYYY, YYYY-MM or YYYY-MM-DD
    last : True: of a year alone its last month

    Raises
    ------
    NasssapError : no such date

    Examples
    --------
    >>> month_of("2027-03") - month_of("2026-12"), month_of("2027", last=True) - month_of("2027")
    (3, 11)
    """
    year, _, rest = date.partition("-")
    month = rest[:2] or ("12" if last else "01")
    if not (year.isdigit() and month.isdigit() and 1 <= int(month) <= YEAR):
        raise NasssapError(f"month_of: date is {date!r}; expected a year or a month, as in 2027 or 2027-03")
    return YEAR * int(year) + int(month) - 1


def month_text(month: int) -> str:
    """A month as a pack writes it.

    Examples
    --------
    >>> month_text(month_of("2026-12") + 1)
    '2027-01'
    """
    year, at = divmod(int(month), YEAR)
    return f"{year:04d}-{at + 1:02d}"


def quarter_text(month: int) -> str:
    """The quarter of a month.

    Examples
    --------
    >>> quarter_text(month_of("2027-06"))
    '2027-Q2'
    """
    year, at = divmod(int(month), YEAR)
    return f"{year:04d}-Q{at // 3 + 1}"


def fault_of_month(text: str) -> str:
    """What is wrong with the month of a review, in words; "" where nothing is, or where none is asked for.

    Examples
    --------
    >>> fault_of_month("2026-03"), fault_of_month(""), fault_of_month("2026-13")
    ('', '', "expected a month, as in 2026-03, got '2026-13'")
    """
    return "" if not text or MONTH.fullmatch(text) else f"expected a month, as in 2026-03, got {text[:40]!r}"
