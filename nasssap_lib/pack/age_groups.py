"""Age groups as people and spreadsheets write them: 5–9, 05-Sep (which is what Excel makes of 5-9), 100 and over."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date, timedelta

import pandas as pd

from nasssap_lib.errors import Problem

# Names of the months in English, French and Spanish, short as spreadsheets have them and long.
MONTHS = (
    "jan january janv janvier ene enero", "feb february févr fevr février fevrier febrero", "mar march mars marzo",
    "apr april avr avril abr abril", "may mai mayo", "jun june juin junio", "jul july juil juillet julio",
    "aug august août aout ago agosto", "sep sept september septembre set septiembre setiembre",
    "oct october octobre octubre", "nov november novembre noviembre", "dec december déc décembre decembre dic diciembre",
)  # fmt: skip
MONTH = {word: number for number, words in enumerate(MONTHS, 1) for word in words.split()}
OPEN_END = re.compile(
    r"(?:≥|>=|>)\s*(\d{2,3})|(\d{2,3})\s*(?:years?|ans|años)?\s*"
    r"(?:\+|-|and (?:over|older|above|more)|(?:or|and) more|plus|or (?:over|older|above)|et plus|ou plus|y más|y mas|o más|o mas)"
    r"(?:\s*(?:years?|ans|años))?",
    re.IGNORECASE | re.ASCII,
)
SPAN = re.compile(
    r"['’]?(\d{1,3})\s*(?:[-‐‑–—−]|to|à|a)\s*(\d{1,3})(?:\s*(?:years?|ans|años))?", re.IGNORECASE | re.ASCII
)
PARTS = re.compile(r"[^\W\d_]+|[0-9]+")
DATE = re.compile(
    r"(?:[0-9]{1,2}([-/. ])[0-9]{1,2}\1(?:[0-9]{2}|[0-9]{4})|[0-9]{4}([-/. ])[0-9]{1,2}\2[0-9]{1,2})(?:[ T]0?0:00(?::00)?)?"
)
SERIAL = re.compile(r"[345][0-9]{4}")
FIRST_AGE = re.compile(r"[0-9]+")
FIRST_DAY = date(1899, 12, 30)  # from which spreadsheets count
OPEN_EXPECTED = "five-year age groups up to 100+"
OPEN_HINT = (
    "pensions of the oldest are counted from them: World Population Prospects publishes population by five-year age group up to 100+; "
    "take the groups above from there, with their source"
)


def age_group(text: str, known: Collection[str]) -> str:
    """The age group that a cell means, as the list spells it; the cell itself where it means none, or more than one.

    Parameters
    ----------
    text : cell
    known : groups of the list

    Examples
    --------
    >>> groups = ("0-4", "5-9", "10-14", "15-19", "100+")
    >>> [age_group(text, groups) for text in ("5–9", "05-Sep", "09-mai", "Oct-14", "14/10/2025", "100 and over", "80+")]
    ['5-9', '5-9', '5-9', '10-14', '10-14', '100+', '80+']
    """
    if text in known:
        return text
    if span := SPAN.fullmatch(text):
        return _among([f"{int(span[1])}-{int(span[2])}"], known) or text
    if end := open_end(text):
        return _among([f"{end}+"], known) or text
    return _among((f"{min(pair)}-{max(pair)}" for pair in _of_date(text)), known) or text


def first_ages(groups: pd.Series) -> pd.Series:
    """The first age of each age group in years; NaN where it does not begin with one.

    Examples
    --------
    >>> first_ages(pd.Series(["0-4", "75-79", "100+"])).tolist()
    [0.0, 75.0, 100.0]
    """
    ages = {group: FIRST_AGE.match(group) for group in groups.unique()}
    return groups.map({group: float(age[0]) if age else float("nan") for group, age in ages.items()}).astype("float64")


def _among(groups: Iterator[str] | list[str], known: Collection[str]) -> str:
    found = {group for group in groups if group in known}
    return found.pop() if len(found) == 1 else ""


def open_end(text: str) -> int:
    """First age of a group without an upper limit; 0 where the text is none.

    Examples
    --------
    >>> [open_end(text) for text in ("80+", "85 and over", "90 ans et plus", "≥ 75", "80 +", "80-84")]
    [80, 85, 90, 75, 80, 0]
    """
    match = OPEN_END.fullmatch(text)
    return int(match[1] or match[2]) if match else 0


def is_date_of_a_spreadsheet(text: str) -> bool:
    """Whether a text is what spreadsheets make of things that look like a date to them.

    Examples
    --------
    >>> [is_date_of_a_spreadsheet(text) for text in ("05-Sep", "sept.-05", "5/9/2025", "Feb-27", "2019", "age 5")]
    [True, True, True, True, False, False]
    """
    return bool(DATE.fullmatch(text)) or names_a_month(text)


def names_a_month(text: str) -> bool:
    """Whether a text is a month's name with one or two numbers, as 05-Sep.

    Examples
    --------
    >>> [names_a_month(text) for text in ("05-Sep", "sept.-05", "Oct-24", "IMF-OCT-24", "SETRASS-24")]
    [True, True, True, False, False]
    """
    if len(text) > 24 or not re.search(r"[-/. ]", text):
        return False
    parts = PARTS.findall(text)
    words = [part for part in parts if not part.isdigit()]
    return len(parts) in (2, 3) and len(words) == 1 and words[0].casefold() in MONTH


def _of_date(text: str) -> Iterator[tuple[int, int]]:
    """Pairs of numbers that a spreadsheet can have read as this date: day and month, month and year."""
    parts = PARTS.findall(text)
    if SERIAL.fullmatch(text):
        day = FIRST_DAY + timedelta(days=int(text))
        yield day.month, day.year % 100 if day.day == 1 else day.day
    elif names_a_month(text):
        numbers = [MONTH.get(part.casefold()) or int(part) for part in parts]
        yield numbers[0], numbers[1]
    elif DATE.fullmatch(text):
        first, second, third = map(int, parts[:3])
        days, year = ((second, third), first) if len(parts[0]) == 4 else ((first, second), third)
        yield days
        if 1 in days:
            yield max(days), year % 100


def open_end_problem(
    file: str, lines: list[int], name: str, groups: list[str], known: Collection[str]
) -> list[Problem]:
    """The first group without an upper limit that is not the list's: named once, whatever the years and sexes."""
    wrong = {group for group in set(groups) if group not in known and open_end(group)}
    first = next((place for place, group in enumerate(groups) if group in wrong), None)
    return [] if first is None else [Problem(file, lines[first], name, groups[first], OPEN_EXPECTED, OPEN_HINT)]
