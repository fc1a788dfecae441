"""What to do about a cell that is no number, no id or no code: each way in which people and spreadsheets spoil one has its own remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cached_property

from nasssap_lib.errors import did_you_mean, nearest
from nasssap_lib.pack.age_groups import is_date_of_a_spreadsheet

MOST_HINTS = 200  # different cells of one column; a search for the nearest word takes a millisecond
POINT = "write decimals with a point and no thousands separator, as in 1234.5"
POINT_HINT = f"{POINT}; leave out rows that were not published"
DATE_HINT = (
    "a spreadsheet turns dates into its own: format the column as Text before typing or pasting, "
    "and open the file by Data, From Text/CSV with the column as Text"
)
MISSING = re.compile(
    r"[-–—−.…:*?x/\s]+|n\.?\s*/?\s*[ad]\.?|s\.?\s*/?\s*d\.?|na|nan|nd|null|none|not available|non disponible|no disponible|nil",
    re.IGNORECASE,
)
ERROR = re.compile(r"#[¡¿]?[A-Z/0]+[!?]?|#¡?[A-Z/0ÉÓ]+[!?]|err:\d+", re.IGNORECASE)
THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(?:([,.'’ \u00a0\u202f\u2009])[0-9]{3})(?:\1[0-9]{3})*(?:[.,][0-9]+)?")

MEANT = {  # how others call what is meant here, in small letters, where it is among the known words
    "percent": "% pct per_cent percentage pour_cent pourcent pourcentage por_ciento porcentaje",
    "female": "f femme femmes féminin feminin woman women girl girls females fem mujer mujeres femenino",
    "male": "m h homme hommes masculin man men boy boys males masc hombre hombres masculino",
    "total": "both both_sexes all t ensemble tous les_deux deux_sexes ambos ambos_sexos todos",
    "persons": "person people personnes personas population pop number headcount effectif",
    "age_group": "age ages age_range groupe_age grupo_edad tranche_age",
    "sex": "gender sexe sexo",
    "year": "annee année ano año time time_period annees",
    "value": "valeur valor obs_value figure",
    "unit": "unité unite unidad unit_measure",
    "source": "source_id sources fuente",
    "country": "iso3 iso3_code iso_code country_code ref_area pays",
    "indicator": "indicator_code indicator_id indicateur indicador",
}
COMMONLY = {word: meant for meant, words in MEANT.items() for word in words.split()}
TOTALS = {"total", "totals", "all_ages", "tous_ages", *MEANT["total"].split()}


class Hints:
    """The nearest known word to a cell: asked once a word, and no more than for a few hundred of them."""

    def __init__(self, known: Iterable[str]):
        self.words = known  # hardly ever is one asked for: nothing is made of them before
        self.given: dict[str, str] = {}

    @cached_property
    def known(self) -> list[str]:
        return sorted(map(str, self.words))

    @cached_property
    def folded(self) -> dict[str, str]:
        return {word.casefold(): word for word in self.known}

    def __call__(self, word: str) -> str:
        """A hint towards the nearest known word, or the list of known words where it is short."""
        if word not in self.given:
            if len(self.given) >= MOST_HINTS:
                return ""
            self.given[word] = self._hint(word)
        return self.given[word]

    def _hint(self, word: str) -> str:
        folded = "_".join(word.casefold().split())
        same = self.folded.get(word.casefold()) or self.folded.get(COMMONLY.get(folded, ""))
        if same or nearest(word[:100], self.known):
            return f"did you mean {same!r}?" if same else did_you_mean(word[:100], self.known)
        alike = self._alike(folded)
        return f"did you mean {' or '.join(map(repr, alike))}?" if alike else did_you_mean(word[:100], self.known)

    def _alike(self, folded: str) -> list[str]:
        """Up to three known words that hold the whole word between their signs, those that begin with it first."""
        if len(folded) < 3:
            return []
        part = re.compile(rf"(?<![^\W_]){re.escape(folded)}(?![^\W\d_])")
        found = [(place.start(), name) for name in self.known if (place := part.search(name.casefold()))]
        return [name for _, name in sorted(found)[:3]]


def number_remedy(cell: str) -> str:
    """What to do about a cell that is no number.

    Examples
    --------
    >>> number_remedy("12.5%").partition(":")[0], number_remedy("1,234,567").partition(";")[0]
    ('without the percent sign', 'without thousands separators, as in 1234567')
    >>> number_remedy("..").partition(":")[0], number_remedy("#DIV/0!").partition(":")[0]
    ('leave out rows that were not published', "a formula's error")
    """
    if MISSING.fullmatch(cell):
        return "leave out rows that were not published: what is missing is never a sign or a word"
    if set(cell) == {"#"}:
        return "the column was too narrow when it was saved: widen it and save again"
    if ERROR.fullmatch(cell):
        return "a formula's error: mend the formula, or leave the row out"
    if is_date_of_a_spreadsheet(cell):
        return DATE_HINT
    if any(letter.isnumeric() and not letter.isascii() for letter in cell):
        return "write digits as 0 to 9"
    if "%" in cell:
        return "without the percent sign: 12.5 is 12.5 % where the unit says percent"
    if THOUSANDS.fullmatch(cell):
        return f"without thousands separators, as in 1234567; {POINT}"
    if re.fullmatch(r"[+-]?[0-9.]+[eE][+-]?[0-9]+", cell):
        return "nothing that is counted here has so many digits"
    if re.search(r"[A-Za-z$€£<>~]", cell):
        return "the number alone: its unit has a column, and what else there is to say goes into the note"
    return POINT_HINT


def whole_remedy(cell: str) -> str:
    """What to do about a cell that is no whole number.

    Examples
    --------
    >>> whole_remedy("2.0"), whole_remedy("1.5"), whole_remedy("12 %").partition(":")[0]
    ('write 2', 'without decimals', 'without the percent sign')
    """
    if whole := re.fullmatch(r"([+-]?[0-9]{1,9})[.,]0*", cell):
        return f"write {whole[1]}"
    return "without decimals" if re.fullmatch(r"[+-]?[0-9]*[.,][0-9]+", cell) else number_remedy(cell)


def year_remedy(cell: str) -> str:
    """What to do about a cell that is no year.

    Examples
    --------
    >>> year_remedy("2019.0"), year_remedy("2019-20"), year_remedy("19"), year_remedy("1800")
    ('write 2019', 'a survey over two years carries the first: write 2019', 'write its four digits', 'is it a year?')
    """
    if whole := re.fullmatch(r"([0-9]{4})[.,]0*", cell):
        return f"write {whole[1]}"
    if first := re.match(r"((?:1[89]|2[01])[0-9]{2})\s*[-–—/_]\s*[0-9]{2,4}$", cell):
        return f"a survey over two years carries the first: write {first[1]}"
    if alone := re.fullmatch(r"[^0-9]*((?:19|20)[0-9]{2})[^0-9]*", cell):
        return f"write {alone[1]} alone; what else there is to say goes into the note"
    return "is it a year?" if re.fullmatch(r"[0-9]{4}", cell) else "write its four digits"


def below_remedy(cell: str, low: float) -> str:
    """What to do about a number that is too low: a sign before it is mostly a dash.

    Examples
    --------
    >>> below_remedy("-1000", 0).partition(":")[0], below_remedy("-101", -100)
    ('take the sign away where it is a dash', '')
    """
    if low != 0 or not cell.startswith("-"):
        return ""
    return "take the sign away where it is a dash: nothing that is counted or paid here lies below 0; else leave it out"


def list_remedy(cell: str) -> str:
    """How to write a list of ids or codes that was separated otherwise; "" where it holds no other sign.

    Examples
    --------
    >>> list_remedy("OLD, NEW"), list_remedy("OLD and NEW"), list_remedy("OLD / NEW;POP"), list_remedy("A source")
    ('write OLD;NEW', 'write OLD;NEW', 'write OLD;NEW;POP', '')
    """
    parts = [part.strip() for part in re.split(r"[;,/|+&\n]|\s(?:and|et|y)\s", cell)]
    if not all(re.fullmatch(r"[\w.-]+", part) for part in parts) or len(parts) <= cell.count(";") + 1:
        return ""
    return f"write {';'.join(parts)}"[:200]
