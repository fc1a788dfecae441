"""Numbers as a reader of the country's language expects them; formatting is Babel's, never the process's locale."""

from __future__ import annotations

import math
import re
from functools import cache

from babel import Locale
from babel.numbers import format_decimal, parse_pattern

from nasssap_lib.display.texts import N_, _, marked, ngettext, number_locale

NOT_AVAILABLE = N_("n/a")
SPACE = "\N{NO-BREAK SPACE}"


def _missing(value) -> bool:
    return value is None or value != value or (isinstance(value, float) and math.isinf(value))


def format_number(value, decimals: int = 1) -> str:
    """A number with at most so many decimals.

    Examples
    --------
    >>> format_number(1234.56), format_number(float("nan")), format_number(-0.01)
    ('1,234.6', 'n/a', '0')
    >>> from nasssap_lib.display.texts import in_language
    >>> with in_language("fr"):
    ...     format_number(1234.56)
    '1\u202f234,6'
    """
    if _missing(value):
        return _(NOT_AVAILABLE)
    words = _written(value, "#,##0" + ("." + "#" * decimals if decimals else ""))
    below = words.startswith("-") and any(digit in words for digit in "123456789")  # what rounds to nothing has no sign
    return ("\N{MINUS SIGN}" if below else "") + words.removeprefix("-")


def format_fixed(value: float, decimals: int = 2) -> str:
    """A number with always so many decimals.

    Examples
    --------
    >>> format_fixed(3)
    '3.00'
    """
    return _written(value, "#,##0." + "0" * decimals)


def _written(value: float, pattern: str) -> str:
    return format_decimal(value, format=_pattern(pattern), locale=_locale(number_locale()))


# A chapter writes a thousand numbers: to read pattern and locale anew for each takes longer than to write it.
_pattern, _locale = cache(parse_pattern), cache(Locale.parse)


def format_share(share, decimals: int = 1) -> str:
    """A share 0–1 as a percentage.

    Examples
    --------
    >>> format_share(0.1991), format_share(0.03)
    ('19.9\xa0%', '3\xa0%')
    """
    if _missing(share):
        return _(NOT_AVAILABLE)
    return f"{format_number(share * 100, decimals)}{SPACE}%"


def format_signed(value, decimals: int = 2) -> str:
    """A difference with its sign and always so many decimals; what rounds to nothing is not written as zero.

    Examples
    --------
    >>> format_signed(0.4), format_signed(-0.057), format_signed(0.0008), format_signed(0)
    ('+0.40', '−0.06', '+<0.01', '0')
    """
    if _missing(value):
        return _(NOT_AVAILABLE)
    if value == 0:
        return "0"
    size, least = abs(value), 10.0**-decimals
    tiny = size < least / 2
    digits = format_fixed(least if tiny else size, decimals)
    return ("+" if value > 0 else "\N{MINUS SIGN}") + ("<" if tiny else "") + digits


def numbers_within(text: str) -> str:
    """A text of a result table in which numbers stand as code writes them, with the decimal sign of the reader's language.

    Examples
    --------
    >>> from nasssap_lib.display.texts import in_language
    >>> with in_language("fr"):
    ...     numbers_within("253.5 + 192"), numbers_within("5.25 (2026)")
    ('253,5 + 192', '5,25 (2026)')
    """
    return re.sub(r"\d+\.\d+", lambda number: format_number(float(number.group()), 6), text)


def round_significant(value: float, digits: int = 3) -> float:
    """A value rounded to significant digits.

    Examples
    --------
    >>> round_significant(561987), round_significant(0)
    (562000.0, 0.0)
    """
    if _missing(value) or value == 0:
        return float(value)
    return float(round(value, digits - 1 - math.floor(math.log10(abs(value)))))


def scale_persons(persons: float) -> tuple[float, int]:
    """A number of persons as it is written, and of how many: ones, millions or billions; rounded once, from the number itself.

    Returns
    -------
    number, unit : three significant digits, in millions and billions at most one decimal

    Examples
    --------
    >>> scale_persons(7145456), scale_persons(561987), scale_persons(999_700)
    ((7.1, 1000000), (562000.0, 1), (1.0, 1000000))
    """
    rounded = round_significant(float(persons))  # decides the unit only, so that 999,700 is 1 million
    if abs(rounded) < 1_000_000:
        return rounded, 1
    unit = 1_000_000 if abs(rounded) < 1_000_000_000 else 1_000_000_000
    step = unit / 10 if abs(persons) < 99.95 * unit else unit
    return round(persons / step) * step / unit, unit


def format_persons(persons) -> str:
    """Persons in words: three significant digits, for no population is known to the last person.

    Examples
    --------
    >>> format_persons(14132679), format_persons(561987)
    ('14.1 million', '562,000')
    """
    if _missing(persons):
        return _(NOT_AVAILABLE)
    shown, unit = scale_persons(persons)
    if unit == 1:
        return format_number(shown, 0)
    locale = _locale(number_locale())
    # Babel chooses the plural before it rounds: 1.96 million would be "2 million" in French.
    patterns = locale.compact_decimal_formats["long"]
    pattern = patterns.get(locale.plural_form(shown), patterns["other"])[str(unit)].pattern
    words = pattern.replace("0", format_number(shown, 1)).replace("\N{NO-BREAK SPACE}", " ")
    return marked(words)  # "million" is a word


FRACTIONS = {  # share -> words; used only where a share lies within two points of it
    0.1: N_("one in ten {people}"), 0.2: N_("one in five {people}"), 0.25: N_("one in four {people}"),
    0.3: N_("three in ten {people}"), 1 / 3: N_("one in three {people}"), 0.4: N_("two in five {people}"),
    0.5: N_("one in two {people}"), 0.6: N_("three in five {people}"), 2 / 3: N_("two in three {people}"),
    0.7: N_("seven in ten {people}"), 0.75: N_("three in four {people}"), 0.8: N_("four in five {people}"),
    0.9: N_("nine in ten {people}"),
}  # fmt: skip


def counted_amount(value: float, one: str, many: str, decimals: int = 2) -> str:
    """An amount that need not be whole, with what it is of in words that agree: "0 points" in English, "0 point" in French.

    Parameters
    ----------
    value : finite
    one, many : texts with ``{n}``
    decimals : at most so many

    Examples
    --------
    >>> counted_amount(0, "{n} figure", "{n} figures"), counted_amount(1.5, "{n} figure", "{n} figures")
    ('0 figures', '1.5 figures')
    """
    form = _locale(number_locale()).plural_form(round(abs(value), decimals))
    return ngettext(one, many, 1 if form == "one" else 2, n=format_number(value, decimals))


def people_in_words(share: float, people: str) -> str:
    """A share of people: a simple fraction where one is within two points, a percentage otherwise.

    Examples
    --------
    >>> people_in_words(0.8009, "people in Senegal"), people_in_words(0.836, "people in Senegal")
    ('four in five people in Senegal', '83.6\xa0% of people in Senegal')
    """
    nearest = min(FRACTIONS, key=lambda fraction: abs(fraction - share))
    if abs(nearest - share) <= 0.02:
        return _(FRACTIONS[nearest], people=people)
    return _("{share} of {people}", share=format_share(share), people=people)
