"""What to do about a cell that is no number, no id or no code: each way in which people and spreadsheets spoil one has its own remedy."""

from __future__ import annotations

import re
from collections.abc import Iterable

from nasssap_lib.errors import did_you_mean
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


class Hints:
    """The nearest known word to a cell: asked once a word, and no more than for a few hundred of them."""

    def __init__(self, known: Iterable[str]):
        self.known = sorted(map(str, known))
        self.folded = {word.casefold(): word for word in self.known}
        self.given: dict[str, str] = {}

    def __call__(self, word: str) -> str:
        """A hint towards the nearest known word, or the list of known words where it is short."""
        if word not in self.given:
            if len(self.given) >= MOST_HINTS:
                return ""
            same = self.folded.get(word.casefold())
            self.given[word] = f"did you mean {same!r}?" if same else did_you_mean(word[:100], self.known)
        return self.given[word]


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
