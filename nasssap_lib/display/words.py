"""Small pieces of sentences."""

from __future__ import annotations

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_share
from nasssap_lib.terms import UNITS


def capital(text: str) -> str:
    """The text with a capital first letter.

    Examples
    --------
    >>> capital("four in five")
    'Four in five'
    """
    return text[:1].upper() + text[1:]


def counted(count: int, one: str, many: str = "") -> str:
    """A number and what it counts; ``many`` where the plural is not made by an s.

    Examples
    --------
    >>> counted(1, "figure"), counted(1200, "figure"), counted(2, "rate of take-up", "rates of take-up")
    ('1 figure', '1,200 figures', '2 rates of take-up')
    """
    return f"{count:,} {one if count == 1 else many or one + 's'}"


def small_first(text: str) -> str:
    """The text with a small first letter; what is written in capitals further on stays so.

    Examples
    --------
    >>> small_first("Cost, % of GDP")
    'cost, % of GDP'
    """
    return text[:1].lower() + text[1:]


def join_words(words: list[str]) -> str:
    """A list in words.

    Examples
    --------
    >>> join_words(["a", "b", "c"]), join_words(["a"]), join_words([])
    ('a, b and c', 'a', '')
    """
    return ", ".join(words[:-1]) + (" and " if len(words) > 1 else "") + words[-1] if words else ""


def amount_words(value: float, unit: str, language: str = "en", currency: str = "") -> str:
    """A published figure with its unit, as exact as it was published; the currency by its code where it is given.

    Examples
    --------
    >>> amount_words(567103, "persons"), amount_words(153.25, "lcu_billion", currency="XOF"), amount_words(47, "percent")
    ('567,103 persons', '153.2 billion XOF', '47\\xa0%')
    """
    if value is None or value != value:
        return NOT_AVAILABLE
    number = format_number(value, 0 if abs(value) >= 1000 else 2 if abs(value) < 10 else 1, language)
    if unit == "percent":
        return f"{number}\N{NO-BREAK SPACE}%"
    name = currency or "national currency"
    money = {
        "lcu": name, "lcu_million": f"million {name}", "lcu_billion": f"billion {name}", "lcu_per_day": f"{name} a day",
        "lcu_per_month": f"{name} a month", "lcu_per_quarter": f"{name} a quarter", "lcu_per_year": f"{name} a year",
        "usd_per_month": "US dollars a month",
    }  # fmt: skip
    return f"{number} {money.get(unit, UNITS.get(unit, unit))}"


def small_share(share: float, language: str = "en") -> str:
    """A share with two decimals; what rounds to nothing is not written as zero.

    Examples
    --------
    >>> small_share(0.0077), small_share(0.00001), small_share(float("nan"))
    ('0.77\\xa0%', 'below 0.01\\xa0%', 'n/a')
    """
    tiny = 0 < share < 0.00005
    return f"below {format_share(0.0001, 2, language)}" if tiny else format_share(share, 2, language)
