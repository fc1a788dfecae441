"""Small pieces of sentences."""

from __future__ import annotations

from collections.abc import Iterable

from nasssap_lib.display.numbers import NOT_AVAILABLE, SPACE, format_number, format_share
from nasssap_lib.display.texts import N_, _, label, ngettext
from nasssap_lib.terms import UNITS

MONEY = {  # how an amount is written where the currency is known by its code
    "lcu": N_("{number} {currency}"),
    "lcu_million": N_("{number} million {currency}"),
    "lcu_billion": N_("{number} billion {currency}"),
    "lcu_per_day": N_("{number} {currency} a day"),
    "lcu_per_month": N_("{number} {currency} a month"),
    "lcu_per_quarter": N_("{number} {currency} a quarter"),
    "lcu_per_year": N_("{number} {currency} a year"),
}


def capital(text: str) -> str:
    """The text with a capital first letter.

    Examples
    --------
    >>> capital("four in five")
    'Four in five'
    """
    return text[:1].upper() + text[1:]


def counted(count: int, one: str, many: str) -> str:
    """A number and what it counts, in words that agree; ``{n}`` is where the number goes.

    Examples
    --------
    >>> counted(1, "{n} figure", "{n} figures"), counted(1200, "{n} figure", "{n} figures")
    ('1 figure', '1,200 figures')
    """
    return ngettext(one, many, count, n=format_number(count, 0))


def small_first(text: str) -> str:
    """The text with a small first letter; what is written in capitals further on stays so.

    Examples
    --------
    >>> small_first("Cost, % of GDP")
    'cost, % of GDP'
    """
    return text[:1].lower() + text[1:]


def join_words(words: Iterable[str]) -> str:
    """A list in words.

    Examples
    --------
    >>> join_words(["a", "b", "c"]), join_words(["a"]), join_words([])
    ('a, b and c', 'a', '')
    """
    words = list(words)
    if len(words) < 2:
        return "".join(words)
    return _("{all} and {last}", all=", ".join(words[:-1]), last=words[-1])


def amount_number(value: float) -> str:
    """The number of an amount without its unit, as exact as it was published.

    Examples
    --------
    >>> amount_number(567103), amount_number(153.25), amount_number(0.755)
    ('567,103', '153.2', '0.76')
    """
    return format_number(value, 0 if abs(value) >= 1000 else 2 if abs(value) < 10 else 1)


def amount_words(value: float, unit: str, currency: str = "") -> str:
    """A published figure with its unit, as exact as it was published; the currency by its code where it is given.

    Examples
    --------
    >>> amount_words(567103, "persons"), amount_words(153.25, "lcu_billion", currency="XOF"), amount_words(47, "percent")
    ('567,103 persons', '153.2 billion XOF', '47\\xa0%')
    """
    if value is None or value != value:
        return _(NOT_AVAILABLE)
    number = amount_number(value)
    if unit == "percent":
        return f"{number}{SPACE}%"
    if unit in MONEY:
        return _(MONEY[unit], number=number, currency=currency or _("national currency"))
    return _("{number} {unit}", number=number, unit=label(UNITS, unit))


def money_words(billions: float, unit: str, currency: str = "") -> str:
    """An amount that is kept in billions, in the unit that fits it: billions, millions, or none of them.

    Parameters
    ----------
    billions : NaN where it is not known
    unit : lcu_billion or usd_billion
    currency : code of the national currency

    Examples
    --------
    >>> money_words(1.666, "lcu_billion", "HNL"), money_words(0.0031557, "lcu_billion", "HNL"), money_words(0.055, "usd_billion")
    ('1.67 billion HNL', '3.16 million HNL', '55 million US dollars')
    """
    unit = unit.removesuffix("_billion")
    if abs(billions) >= 1 or billions != billions:
        return amount_words(billions, f"{unit}_billion", currency)
    if abs(billions) >= 1e-3:
        return amount_words(billions * 1e3, f"{unit}_million", currency)
    return amount_words(billions * 1e9, unit, currency)


def small_share(share: float) -> str:
    """A share with two decimals; what rounds to nothing is not written as zero.

    Examples
    --------
    >>> small_share(0.0077), small_share(0.00001), small_share(float("nan"))
    ('0.77\\xa0%', 'below 0.01\\xa0%', 'n/a')
    """
    tiny = 0 < share <= 0.00005
    return _("below {share}", share=format_share(0.0001, 2)) if tiny else format_share(share, 2)


def as_sentence(title: str) -> str:
    """The title of a picture, which is a finding, as a sentence.

    Examples
    --------
    >>> as_sentence("Four in five are not covered")
    'Four in five are not covered.'
    """
    return _("{title}.", title=title)


def without_subject(text: str, subject: str) -> str:
    """A sentence without its subject before a colon, where all that is read is of that subject.

    Examples
    --------
    >>> without_subject("Mali: four in five are not covered", "Mali"), without_subject("In Mali, four in five are not", "Mali")
    ('Four in five are not covered', 'In Mali, four in five are not')
    """
    before, colon, rest = text.partition(": ")
    return capital(rest) if colon and before.rstrip(SPACE) == subject else text
