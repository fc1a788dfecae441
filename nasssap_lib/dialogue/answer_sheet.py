"""One group's sheet of answers while it is checked: its cells by question, and the remarks on them."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field

from nasssap_lib.dialogue.earlier import FILLED
from nasssap_lib.names import one_form
from nasssap_lib.reasons import reason

FORMULA = re.compile(r"[=@+\t\r]")
BULLET = re.compile(r"^(?:[-–—•*+]\s+)+")  # a bullet is followed by a space; a minus before a number is none
DATE = re.compile(r"\d{4}-\d{2}-\d{2}")  # what a spreadsheet makes of 5/20 or 1-2
NUMBER = re.compile(r"([+-]?(?:\d{1,9}|\d{1,3}(?: \d{3}){1,2})(?:[.,]\d{1,2})?) ?%?", re.ASCII)
MAX_WORDS = 4_000
MINUS = "\N{MINUS SIGN}"


@dataclass
class AnswerSheet:
    """The answers of one file while they are checked.

    file : its name · cells : (question, field) → (answer as text, sheet and cell) · remarks : lines of ``answers.REMARK_COLUMNS`` ·
    twice : questions that stand there with two answers · group : name of the group, once it is known
    """

    file: str
    cells: Mapping[tuple[str, str], tuple[str, str]]
    remarks: list[tuple] = field(default_factory=list)
    twice: list[tuple[str, str]] = field(default_factory=list)
    group: str = ""

    @property
    def filled(self) -> dict[tuple[str, str], str]:
        """(question, field) → the answer with which the sheet was written, of an earlier round."""
        given = {
            (question.removeprefix(FILLED), part): text
            for (question, part), (text, _) in self.cells.items()
            if question.startswith(FILLED)
        }
        return {cell: one_form(text) for cell, text in given.items()}

    def text(self, question: str, name: str = "value") -> str:
        """An answer as it stands; "" where there is none."""
        return self.cells.get((question, name), ("", ""))[0].strip()

    def say(self, kind: str, question: str, name: str, expected: str, remedy: str) -> None:
        """Remark on an answer: "wrong", "contradictory" or "missing"; what was expected and what to do are codes of reasons."""
        answer, cell = self.cells.get((question, name), ("", ""))
        self.remarks.append((kind, self.group, self.file, cell, question, name, answer.strip()[:80], expected, remedy))

    def number(self, question: str, name: str, most: float, remedy: str) -> float | None:
        """An answer as a number from 0 to ``most``; None where there is none, or where it is wrong, which is said."""
        text = self.text(question, name)
        if not text:
            return None
        value = read_number(text)
        if value is None or not 0 <= value <= most:
            of_kind = (
                reason("paste_values") if is_formula(text) else reason("date_no_number") if DATE.match(text) else remedy
            )
            self.say("wrong", question, name, reason("number_up_to", most=most), of_kind)
            return None
        return value

    def words(self, question: str, name: str = "value") -> str:
        """Words of a group in one line, without the bullet before them; a formula is refused."""
        text = BULLET.sub("", one_form(self.text(question, name)))
        if not text.strip("-–—•*+ "):
            return ""
        if text.startswith("-"):  # a spreadsheet would take it for a formula
            text = text.replace("-", MINUS, 1)
        if len(text) > MAX_WORDS:
            self.say("wrong", question, name, reason("letters_up_to", most=MAX_WORDS), reason("shorten_or_lost"))
            return ""
        if is_formula(text):
            self.say("wrong", question, name, reason("words_no_formula"), reason("word_before_sign"))
            return ""
        return text


def is_formula(text: str) -> bool:
    """Would a spreadsheet run this text?

    Examples
    --------
    >>> is_formula("=1+1"), is_formula("too dear")
    (True, False)
    """
    return bool(FORMULA.match(text))


def read_number(text: str) -> float | None:
    """A number as people write it, with a point or a comma, thousands in groups or not, with or without %; None for anything else.

    Examples
    --------
    >>> read_number("12,5 %"), read_number("30"), read_number("=20+5"), read_number("much"), read_number("1.000,5")
    (12.5, 30.0, None, None, None)
    >>> read_number("1 200,5"), read_number("12 00")
    (1200.5, None)
    """
    match = NUMBER.fullmatch(one_form(text))
    return float(match[1].replace(" ", "").replace(",", ".")) if match else None


def group_id(name: str) -> str:
    """A short id from the name of a group.

    Examples
    --------
    >>> group_id("Confédération des syndicats (CNTS)")
    'confederation_des_syndicats_cnts'
    >>> group_id("اتحاد العمال").startswith("group_")
    True
    """
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    short = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:60]
    return short or f"group_{hashlib.sha256(name.encode()).hexdigest()[:8]}"
