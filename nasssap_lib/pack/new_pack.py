"""An empty country pack: settings filled where the country is known, every table with its header, nothing invented."""

from __future__ import annotations

import tempfile
from pathlib import Path

from nasssap_lib.errors import PackError, Problem, nearest
from nasssap_lib.files import write_text
from nasssap_lib.pack.folders import COUNTRY, codebook_path
from nasssap_lib.pack.schema import SCHEMA, SETTINGS, TABLES
from nasssap_lib.pack.territories import (
    is_territory,
    known_territories,
    territory_code,
    territory_currencies,
    territory_languages,
    territory_name,
)

NAMED_IN = ("en", "fr", "es")  # languages in which every pack names its country
FILL = "to fill"  # how a line is marked that nobody but the country knows


def make_pack(code: str, root: Path, year: int) -> Path:
    """Write an empty pack; the folder appears whole or not at all.

    Parameters
    ----------
    code : ISO 3166 code of three letters, or a user-assigned one (XAA to XZZ) for a fictional country
    root : data folder; it is made where it is not there
    year : this year, which becomes the reference year until somebody chooses another

    Returns
    -------
    Path : the folder of the pack

    Raises
    ------
    PackError : no such code, a pack or any other folder of that name is there already, or there is no codebook to go with it
    """
    check_new_code(code)
    folder = root / code
    if folder.exists():
        hint = f"it is left as it is; nasssap check {code} says what it lacks"
        raise PackError([Problem(code, 0, "", "", "no folder of that name yet", hint)])
    codebook_path(root)
    root.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=root, prefix=".new-") as place:
        draft = Path(place) / code
        draft.mkdir()
        write_text(draft / "country.toml", settings_text(code, year))
        for table in TABLES:
            write_text(draft / table.file, ",".join(table.names) + "\n")
        draft.rename(folder)
    return folder


def check_new_code(code: str) -> None:
    """Raise PackError where no country has this code, with the one that was meant.

    Examples
    --------
    >>> check_new_code("GHA"), check_new_code("XAA")
    (None, None)
    """
    if COUNTRY.fullmatch(code) and (is_territory(code) or code[0] == "X"):
        return
    meant = territory_code(code) or nearest(code.upper(), known_territories())
    hint = f"{territory_name(meant)} is {meant}: nasssap new-country {meant}" if meant else "Ghana, for example, is GHA"
    raise PackError([Problem(code[:40], 0, "", "", "an ISO 3166 code of three capital letters", hint)])


def settings_text(code: str, year: int) -> str:
    """The text of ``country.toml``, with a word on each line.

    Examples
    --------
    >>> print(settings_text("GHA", 2026).splitlines()[3])
    code = "GHA"
    """
    known = is_territory(code)
    languages = territory_languages(code) if known else []
    lines = [f"schema = {SCHEMA}", f'code = "{code}"', *_names(code, languages, known)]
    lines += [_choice("currency", _own_first(code, territory_currencies(code)) if known else [], "XXX")]
    lines += [_choice("language", languages, "en"), _choice("prose", languages, "en")]
    lines += [f"reference_year = {year}  # {SETTINGS['reference_year'][2]}: {FILL}, here this year"]
    lines += [] if known else ["fictional = true"]
    lines += [f'plans = []  # {SETTINGS["plans"][2]}, as in ["National Plan 2030"]: {FILL}']
    name = territory_name(code) if known else code
    head = (
        f'# Settings of the pack of {name}. Text stands in quotes; what follows "#" on a line is a note.\n'
        f'# Names, currency and language come from Unicode\'s CLDR: look at them. "{FILL}" marks what only you know.'
    )
    return "\n".join([head, *lines, ""])


def _names(code: str, languages: list[str], known: bool) -> list[str]:
    if not known:
        return [f'name_{language} = "{code}"  # {FILL}' for language in NAMED_IN]
    names = {language: territory_name(code, language) for language in dict.fromkeys([*NAMED_IN, *languages])}
    return [f'name_{language} = "{name}"' for language, name in names.items() if name]


def _own_first(code: str, currencies: list[str]) -> list[str]:
    """A country's own currency before those that it shares: their codes mostly begin as that of the country."""
    return sorted(currencies, key=lambda name: (name[0] != code[0], name))


def _choice(key: str, known: list[str], otherwise: str) -> str:
    """A line whose value is the first of those known, with the others; it is to fill where none is known."""
    others = f", or {', '.join(known[1:])}" if known[1:] else ""
    return f'{key} = "{known[0] if known else otherwise}"  # {SETTINGS[key][2]}{others}{"" if known else f": {FILL}"}'
