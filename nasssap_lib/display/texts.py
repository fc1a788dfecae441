"""What a reader reads: English in the code, other languages in catalogues beside it. A language is ``catalogues/CODE.po``, no more
(but for two conjunctions of Spanish that depend on the word behind them: ``conjunctions``).

A process speaks one language at a time: a kernel the one that its notebook was opened in, a command the one it was asked for.
``_`` and ``ngettext`` look up whole sentences, never parts of one; values go into their ``{places}``. Names that a country's pack
holds are not the library's: ``named`` finds the pack's own translation of them.
"""

from __future__ import annotations

import gettext
import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from string import Formatter

from babel import Locale
from babel.core import get_global
from babel.localedata import exists
from babel.messages.catalog import Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import PoFileError, read_po
from babel.numbers import format_decimal

from nasssap_lib import terms
from nasssap_lib.display.conjunctions import spanish_conjunctions
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.reasons import REASONS, split_reasons
from nasssap_lib.unseen import without_unseen

CATALOGUES = Path(__file__).parent / "catalogues"
PSEUDO = "qps"  # every text in ⟦ ⟧: shows what is not in the catalogue (ISO 639 leaves qaa to qtz to everybody)
PLACES = {  # values of a reason that are codes: their words are looked up too
    "group": terms.GROUPS, "sex": terms.SEXES, "branch": terms.BRANCHES, "category": terms.POPULATION_CATEGORIES,
    "unit": terms.UNITS, "quality": terms.QUALITIES, "measure": terms.SCHEME_MEASURES, "other_measure": terms.SCHEME_MEASURES,
    "measures": terms.SCHEME_MEASURES, "guarantee": terms.GUARANTEES,
    "item": terms.READINESS_ITEMS, "people": terms.PEOPLE, "fifth": terms.QUINTILES,
    "child_sex": terms.CHILD_SEXES,
}  # fmt: skip

_spoken: tuple[str, Mapping[str, str], str] = ("en", {}, "en")  # language, names of a pack, locale of numbers


def languages() -> list[str]:
    """Codes of the languages that reports can be written in: English, and one for each catalogue.

    Examples
    --------
    >>> languages()
    ['en', 'es', 'fr']
    """
    return ["en", *sorted(path.stem for path in CATALOGUES.glob("*.po"))]


def language_name(language: str) -> str:
    """Name of a language, in the language that is spoken.

    Examples
    --------
    >>> language_name("fr")
    'French'
    """
    if language == PSEUDO:
        return language
    name = Locale.parse(language).get_display_name("en" if _spoken[0] == PSEUDO else _spoken[0])
    return marked(name)


def language_fault(language: str) -> str:
    """What is wrong with the code of a language; "" where nothing is, also for "" (English).

    Examples
    --------
    >>> language_fault("fr"), language_fault("french")
    ('', "expected one of en, es, fr, got 'french'")
    """
    known = languages()
    return "" if language in ("", PSEUDO, *known) else f"expected one of {', '.join(known)}, got {language[:40]!r}"


def use_language(language: str = "", names: Mapping[str, str] | None = None, country: str = "") -> None:
    """From now on speak a language; ``names`` maps names of a pack to their translation, ``country`` is its ISO 3166 alpha-3 code.

    Raises
    ------
    ParameterError : there is no catalogue of that code
    """
    global _spoken
    if fault := language_fault(language):
        raise ParameterError({"language": fault})
    _spoken = (language or "en", dict(names or {}), _locale_of(language or "en", country))


@contextmanager
def in_language(language: str, names: Mapping[str, str] | None = None, country: str = "") -> Iterator[None]:
    """Speak a language for a while.

    Examples
    --------
    >>> with in_language("fr"):
    ...     _("supports")
    'soutient'
    """
    global _spoken
    before = _spoken
    use_language(language, names, country)
    try:
        yield
    finally:
        _spoken = before


def current_language() -> str:
    """Code of the language that is spoken."""
    return _spoken[0]


def number_locale() -> str:
    """Locale of Unicode CLDR in which numbers are written: the language that is spoken, as the country writes it.

    Examples
    --------
    >>> with in_language("es", country="HND"):
    ...     number_locale()
    'es_HN'
    >>> with in_language("es", country="SEN"):
    ...     number_locale()
    'es'
    """
    return _spoken[2]


def _locale_of(language: str, country: str) -> str:
    """The country's own form of a language where CLDR has one (Spanish of Honduras writes 4,757.5), else the language's."""
    if language == PSEUDO:
        return "en"
    own = [f"{language}_{territory}" for territory in get_global("territory_aliases").get(country, ())[:1]]
    return next(filter(exists, own), language)


def N_(text: str) -> str:
    """Mark a text of a list for the catalogues; it is translated where it is shown, by ``_``."""
    return text


def _(text: str, /, **values: object) -> str:
    """A text of the library in the reader's language, with values in its places; English where the catalogue has no words.

    Examples
    --------
    >>> _("A number from {low} to {high}.", low=0, high=100)
    'A number from 0 to 100.'
    """
    return marked(_filled(_catalogue(_spoken[0]).gettext(text) if text else "", values))


def ngettext(one: str, many: str, count: int, /, **values: object) -> str:
    """The text that fits a number of things, by the plural rules of the reader's language.

    Examples
    --------
    >>> ngettext("{n} figure", "{n} figures", 1, n=1), ngettext("{n} figure", "{n} figures", 2, n=2)
    ('1 figure', '2 figures')
    """
    return marked(_filled(_catalogue(_spoken[0]).ngettext(one, many, int(count)), values))  # a count may be NumPy's


def _filled(words: str, values: Mapping[str, object]) -> str:
    if values and _spoken[0] == "es":
        words = spanish_conjunctions(words, values)
    return words.format(**values) if values else words


def marked(words: str) -> str:
    """Words that are not the code's but this language's, as they are; in ⟦ ⟧ in the pseudo-language."""
    return f"⟦{words}⟧" if words and _spoken[0] == PSEUDO else words


def label(codes: Mapping, code: object) -> str:
    """Words of a code list for a code, in the reader's language; the code itself where the list has none.

    Examples
    --------
    >>> label(terms.BRANCHES, "old_age"), label(terms.BRANCHES, "unheard_of")
    ('Old age', 'unheard_of')
    """
    return _(codes[code]) if code in codes else str(code)


def named(name: object) -> str:
    """A name or sentence of a pack in the reader's language, where the pack holds a translation; as it is otherwise, but for
    invisible signs that would turn round or hide what stands beside it.

    Examples
    --------
    >>> with in_language("fr", {"Sri Lanka": "Sri Lanka", "Fund": "Caisse"}):
    ...     named("Fund"), named("Aswesuma")
    ('Caisse', 'Aswesuma')
    >>> named("abc\\u202edef")
    'abcdef'
    """
    text = "" if name is None or name != name else str(name)
    return without_unseen(_spoken[1].get(text, text))


def reason_words(cell: object) -> str:
    """The codes of a reason's cell in words; several are joined.

    Examples
    --------
    >>> reason_words("")
    ''
    """
    text = "" if cell is None or cell != cell else str(cell)
    return join_clauses([_(REASONS[code], **_shown(values)) for code, values in split_reasons(text)])


def _shown(values: Mapping[str, object]) -> dict[str, object]:
    return {name: _value_words(name, value) for name, value in values.items()}


def _value_words(name: str, value: object) -> object:
    if isinstance(value, list):
        between = " + " if all(isinstance(one, float) for one in value) else ", "
        return between.join(str(_value_words(name, one)) for one in value)
    return Label(label(PLACES[name], value)) if name in PLACES else named_value(value)


class Label(str):
    """Words of a code list; ``{measure:small}`` in a text writes them inside a sentence, where a language has them small.

    Examples
    --------
    >>> "{measure:small} of {measure}".format(measure=Label("Reserves"))
    'reserves of Reserves'
    """

    def __format__(self, how: str) -> str:
        return self[:1].lower() + self[1:] if how == "small" else str(self)


def named_value(value: object) -> object:
    """A value of a reason as it is shown: names by the pack's translation, numbers as the language writes them, years plainly."""
    if isinstance(value, float):
        return format_decimal(value, format="#,##0.######", locale=number_locale())
    return named(value) if isinstance(value, str) else value


def join_clauses(clauses: list[str]) -> str:
    """Clauses of one sentence, one after the other.

    Examples
    --------
    >>> join_clauses(["no published rate", "no births were published"])
    'no published rate; no births were published'
    """
    return _joined(clauses, N_("{first}; {next}"))


def join_listed(parts: list[str]) -> str:
    """Parts of one name or list, with commas.

    Examples
    --------
    >>> join_listed(["IPRES", "", "minimum benefit"])
    'IPRES, minimum benefit'
    """
    return _joined(parts, N_("{first}, {next}"))


def join_beside(parts: list[str]) -> str:
    """Short notes in one line, set apart by a dot.

    Examples
    --------
    >>> join_beside(["n/a", "not published"])
    'n/a · not published'
    """
    return _joined(parts, N_("{first} · {next}"))


def join_lines(parts: list[str]) -> str:
    """What stands line by line in one cell of a picture.

    Examples
    --------
    >>> join_lines(["567,000", "persons"])
    '567,000\\npersons'
    """
    return _joined(parts, N_("{first}\n{next}"))


def join_sentences(sentences: list[str]) -> str:
    """Whole sentences, one after the other; empty ones are left out.

    Examples
    --------
    >>> join_sentences(["Four are known.", "", "Two are not."])
    'Four are known. Two are not.'
    """
    return _joined(sentences, N_("{first} {next}"))


def join_paragraphs(paragraphs: list[str]) -> str:
    """What is said of one list, or of one subject, each in a paragraph of its own; empty ones are left out.

    Examples
    --------
    >>> join_paragraphs(["Four are known.", "", "Two are not."])
    'Four are known.\\n\\nTwo are not.'
    """
    return _joined(paragraphs, N_("{first}\n\n{next}"))


def _joined(parts: list[str], pattern: str) -> str:
    words = ""
    for part in filter(None, parts):
        words = _(pattern, first=words, next=part) if words else part
    return words


@lru_cache(maxsize=8)
def _catalogue(language: str) -> gettext.NullTranslations:
    """The translations of a language, fuzzy ones left out; none for English and for the pseudo-language.

    Raises
    ------
    NasssapError : the catalogue cannot be read, or a translation has other places than its text
    """
    path = CATALOGUES / f"{language}.po"
    if language in ("en", PSEUDO) or not path.is_file():
        return gettext.NullTranslations()
    compiled = io.BytesIO()
    try:
        with path.open("rb") as file:
            messages = read_po(file, locale=language, abort_invalid=True)
        write_mo(compiled, messages)
        compiled.seek(0)
        translations = gettext.GNUTranslations(compiled)
    except (ValueError, PoFileError) as error:
        raise NasssapError(f"{path.name}: not a catalogue that can be read ({error})") from error
    if faults := [fault for message in messages if message.id and (fault := place_fault(message))]:
        more = f" … and {len(faults) - 5} more" if len(faults) > 5 else ""
        raise NasssapError(f"{path.name}: {'; '.join(faults[:5])}{more}")
    return translations


def place_fault(message: Message) -> str:
    """What is wrong with the {places} of a translation; "" where nothing is, and where it is not used."""
    ids, strings = (text if isinstance(text, tuple) else (text,) for text in (message.id, message.string))
    if message.fuzzy or not any(strings) or (expected := _places_of(*ids)) is None:
        return ""
    wrong = [text for text in strings if text and not (_places_of(text) or set()) <= expected]
    lost = expected - set().union(*(_places_of(text) or set() for text in strings))
    if not wrong and not lost and all(_places_of(text) is not None for text in strings):
        return ""
    places = ", ".join(f"{{{name}}}" for name in sorted(expected)) or "none"
    return f"translation of {ids[0][:60]!r}: expected the places {places}, got {(wrong or list(strings))[0][:60]!r}"


def _places_of(*texts: str) -> set[str] | None:
    """Names of the places of texts; None where braces do not make places."""
    try:
        return {name for text in texts for _, name, _, _ in Formatter().parse(text) if name is not None}
    except ValueError:
        return None
