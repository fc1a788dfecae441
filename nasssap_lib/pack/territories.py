"""Codes of countries: ISO 3166 in three letters, with the name, the currency and the languages that CLDR (Babel) has for each."""

from __future__ import annotations

from functools import lru_cache

NONE = {"BUR", "DDR", "FXX", "TMP", "YMD", "ZAR", "ZZZ"}  # codes of countries that have another one now, and of none


@lru_cache(maxsize=1)
def _two_letters() -> dict[str, str]:
    from babel import Locale
    from babel.core import get_global

    known = Locale("en").territories
    return {
        code: short[0]
        for code, short in get_global("territory_aliases").items()
        if len(code) == 3 and code.isalpha() and code.isupper() and code[0] not in "QX" and code not in NONE
        and len(short) == 1 and short[0] in known
    }  # fmt: skip


def is_territory(code: str) -> bool:
    """Whether ISO 3166 gives these three letters to a country or territory.

    Examples
    --------
    >>> is_territory("KEN"), is_territory("SEM"), is_territory("XTC"), is_territory("ZAR")
    (True, False, False, False)
    """
    return code in _two_letters()


def known_territories() -> list[str]:
    """All codes of three letters."""
    return sorted(_two_letters())


def territory_code(name: str) -> str:
    """The three letters of a country whose English name or two letters somebody typed; "" where there is none.

    Examples
    --------
    >>> territory_code("Ghana"), territory_code("gh"), territory_code("UK"), territory_code("Atlantis")
    ('GHA', 'GHA', 'GBR', '')
    """
    wanted = name.strip().casefold()
    wanted = {"uk": "gb", "el": "gr"}.get(wanted, wanted)  # as the European Union writes them
    return next(
        (code for code, two in _two_letters().items() if wanted in (two.lower(), territory_name(code).lower())), ""
    )


def territory_name(code: str, language: str = "en") -> str:
    """Name of a country in a language; "" where Babel does not have it.

    Examples
    --------
    >>> territory_name("CIV", "fr"), territory_name("GHA")
    ('Côte d’Ivoire', 'Ghana')
    """
    from babel import Locale, UnknownLocaleError

    try:
        return Locale(language).territories.get(_two_letters()[code], "")
    except UnknownLocaleError:
        return ""


def territory_currencies(code: str) -> list[str]:
    """Codes of the currencies that are legal tender in a country today.

    Examples
    --------
    >>> territory_currencies("GHA"), territory_currencies("BTN")
    (['GHS'], ['INR', 'BTN'])
    """
    from babel.numbers import get_territory_currencies

    return get_territory_currencies(_two_letters()[code])


def territory_languages(code: str) -> list[str]:
    """Two-letter codes of a country's official languages, the most spoken first.

    Examples
    --------
    >>> territory_languages("LKA"), territory_languages("GHA")
    (['si', 'ta'], ['en'])
    """
    from babel.languages import get_official_languages

    short = [name.split("_")[0] for name in get_official_languages(_two_letters()[code], de_facto=True)]
    return [name for name in dict.fromkeys(short) if len(name) == 2]
