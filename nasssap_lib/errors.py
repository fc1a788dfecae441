"""The exceptions of the library. Every message says where, what was expected, what was found, and what to do."""

from __future__ import annotations

import difflib
import re
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, field
from typing import TypeVar

Thing = TypeVar("Thing")

NUMBERS = re.compile(r"\d[\d.,]*")
PLACES = 8  # lines that a message names beside the first

ONE_OF_THREE, ONE_OF_FOUR = 0.66, 0.75  # likeness of words of which one letter in so many is another


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with an input.

    Parameters
    ----------
    file : name of the file, relative to the data folder
    row : line of the file as an editor counts it (the header is line 1); 0 where the whole file is meant
    column : name of the column; "" where the whole line or file is meant
    value : what stands there
    expected : what may stand there
    hint : what to do
    doubt : what would be expected and what to do as reason cells, where it may be so in the country; empty: it cannot be
    explained : True: the note of the figure says that it was published so
    at : label of the row in the table of the pack, where the file could be read as one
    of : what names the row, such as the ids of its figure; "" where its line says enough

    Examples
    --------
    >>> print(Problem("SEN/population.csv", 7, "persons", "-4", "a number of at least 0", "remove the minus sign"))
    SEN/population.csv:7 persons: '-4' — expected a number of at least 0; remove the minus sign
    >>> print(Problem("SEN/indicators.csv", 7, "source", "ILO", "an id of sources.csv", of="gdp, total, 2024"))
    SEN/indicators.csv:7 source: 'ILO' of gdp, total, 2024 — expected an id of sources.csv
    """

    file: str
    row: int
    column: str
    value: str
    expected: str
    hint: str = ""
    doubt: tuple[str, ...] = field(default=(), kw_only=True)
    explained: bool = field(default=False, kw_only=True)
    at: object = field(default=None, kw_only=True)
    of: str = field(default="", kw_only=True)

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        column = f" {self.column}" if self.column else ""
        of = f" of {self.of}" if self.of else ""
        value = f"{self.value!r}{of} — " if self.value else ""
        hint = f"; {self.hint}" if self.hint else ""
        return f"{place}{column}: {value}expected {self.expected}{hint}"


class NasssapError(Exception):
    """Base of every error that the library raises on purpose."""


class PackError(NasssapError):
    """A country pack cannot be used; ``problems`` holds all that is wrong with it, not only the first."""

    def __init__(self, problems: Iterable[Problem]):
        self.problems = list(problems)
        super().__init__("\n".join(told_once(self.problems)))

    def __reduce__(self):
        return type(self), (self.problems,)


def told_once(problems: Iterable[Problem]) -> list[str]:
    """One line a kind of problem: the first of them, how many there are, and where the next ones stand.

    Examples
    --------
    >>> print(*told_once([Problem("SEN/measures.csv", row, "months", "13", "at most 12") for row in (2, 5, 9)]), sep="\\n")
    SEN/measures.csv:2 months: '13' — expected at most 12 (3 such, also in lines 5, 9)
    """
    return [_first_and_places(same) for same in by_kind(problems)]


def by_kind(problems: Iterable[Problem]) -> list[list[Problem]]:
    """Problems of one kind together: what is expected in one column of one file, whatever the numbers in the sentence."""
    return together(
        problems,
        lambda problem: (
            problem.file,
            problem.column,
            without_numbers(problem.expected),
            without_numbers(problem.hint),
        ),
    )


def together(things: Iterable[Thing], kind: Callable[[Thing], Hashable]) -> list[list[Thing]]:
    """Things of one kind together, the kinds in the order of their first ones."""
    kinds: dict[Hashable, list[Thing]] = {}
    for thing in things:
        kinds.setdefault(kind(thing), []).append(thing)
    return list(kinds.values())


def without_numbers(words: str) -> str:
    """What a sentence says whatever its numbers.

    Examples
    --------
    >>> without_numbers("at most 1,200.5 of 7")
    'at most # of #'
    """
    return NUMBERS.sub("#", words)


def such(rows: Sequence[object], word: str = "line") -> str:
    """How many there are of a kind whose first one stands before, and where the next ones are; "" where it is the only one.

    Examples
    --------
    >>> such([2, 5, 9]), such([2]), such([2, 7], "row")
    (' (3 such, also in lines 5, 9)', '', ' (2 such, also in row 7)')
    """
    if len(rows) < 2:
        return ""
    further = list(map(str, rows[1:]))
    more = ", …" if len(further) > PLACES else ""
    return f" ({len(rows):,} such, also in {word}{'s' if len(further) > 1 else ''} {', '.join(further[:PLACES])}{more})"


def _first_and_places(same: list[Problem]) -> str:
    return f"{same[0]}{such([problem.row for problem in same])}"


class ParameterError(NasssapError):
    """Parameters of a notebook that do not exist or have a value that is not allowed; ``wrong`` maps name to message."""

    def __init__(self, wrong: Mapping[str, str]):
        self.wrong = dict(wrong)
        super().__init__("\n".join(f"{name}: {message}" for name, message in self.wrong.items()))

    def __reduce__(self):
        return type(self), (self.wrong,)


class MissingEvidence(NasssapError):
    """A method that needs every value was given a table with missing ones; nothing was filled in."""


def nearest(word: str, known: Iterable[str]) -> str:
    """The known word that somebody meant who mistyped it; "" where none is close: a far one helps nobody.

    Examples
    --------
    >>> nearest("feamle", ["male", "female"]), nearest("Unit", ["unit"]), nearest("remark", ["year", "note"])
    ('female', 'unit', '')
    """
    small = {name.casefold(): name for name in reversed(list(known))}  # of two that differ in capitals alone the first
    cutoff = ONE_OF_THREE if len(word) <= 3 else ONE_OF_FOUR
    near = difflib.get_close_matches(word.casefold(), list(small), n=1, cutoff=cutoff)
    return small[near[0]] if near else ""


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A hint towards the known word that was meant, or the list of known words where it is short.

    Examples
    --------
    >>> did_you_mean("yaer", ["year", "value"]), did_you_mean("remark", ["year", "value"])
    ("did you mean 'year'?", 'allowed: year, value')
    """
    known = sorted(known) if isinstance(known, Set) else list(known)  # a list has an order that people know: ages
    if near := nearest(word, known):
        return f"did you mean {near!r}?"
    return f"allowed: {', '.join(known)}" if 0 < len(known) <= 24 else ""


def meant_or_known(word: str, known: Iterable[str]) -> str:
    """As :func:`did_you_mean`; where it has nothing to say, how many words are known, with some of them.

    Examples
    --------
    >>> meant_or_known("x", [f"column_{n}" for n in range(30)]), meant_or_known("x", [])
    ('30 are known, such as column_0, column_1, column_2', 'there is none')
    """
    known = list(known)
    if near := did_you_mean(word, known):
        return near
    return f"{len(known)} are known, such as {', '.join(known[:3])}" if known else "there is none"
