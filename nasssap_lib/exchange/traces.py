"""Traces of a machine and its user in a text: folders, user and host names, e-mail addresses, tokens."""

from __future__ import annotations

import base64
import binascii
import getpass
import os
import platform
import re
import socket
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ADDRESS = re.compile(r"\b(?:https?|ftp)://[^\s\"'<>)\]]+")
DATA_ADDRESS = re.compile(r"data:[a-z+/.-]+;base64,([A-Za-z0-9+/=]+)")
PATTERNS = {
    "a password in an address": re.compile(r"://[^/\s:@]+:[^/\s@]+@"),
    "a home directory": re.compile(
        r"(?<![\w.:/<-])(?:/home/[\w.-]+|/Users/[\w.-]+|/root\b|[A-Za-z]:[\\/]+Users[\\/]+[\w.-]+)"
    ),
    "an absolute path": re.compile(
        r"(?<![\w./:<)\]-])/[A-Za-z][\w.-]*(?:/[\w.-]+)+|(?<![A-Za-z0-9])[A-Za-z]:\\+[\w.$~-]|file://\S|\\\\[\w.-]+\\[\w$.-]+"
    ),
    "an address of this machine": re.compile(r"\b(?:localhost|127\.0\.0\.1):\d+|[?&]token=[0-9a-f]{8,}"),
    "an e-mail address": re.compile(
        r"(?<![A-Za-z0-9._%+-])[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}\b"
    ),
}
SIGNS = {  # without which a text holds no trace of a kind, in words that are found at once
    "a password in an address": re.compile("@"),
    "a home directory": re.compile(r"/home/|/Users/|/root|Users"),
    "an absolute path": re.compile(r"/(?<![\w./:<)\]-]/)[A-Za-z]|:\\|file://|\\\\"),
    "an address of this machine": re.compile(r"localhost:|127\.0\.0\.1:|token="),
    "an e-mail address": re.compile("@"),
}
COMMON_NAMES = {
    "root", "admin", "administrator", "user", "users", "data", "home", "main", "test", "guest", "work", "local", "ubuntu",
    "debian", "runner", "jovyan", "jupyter", "python", "nobody", "localhost", "host", "server", "default", "public",
}  # fmt: skip
SHORTEST_NAME = 4


@dataclass(frozen=True)
class Machine:
    """What must not travel: names of the user and the host, and folders of this machine."""

    names: frozenset[str] = frozenset()
    folders: frozenset[str] = frozenset()


def this_machine(*folders: Path) -> Machine:
    """The machine that this runs on; ``folders`` are further ones that must not be named.

    Names that are words of their own (root, user, data …) or shorter than four letters are not looked for: they would be
    found in any text.
    """
    names = {Path.home().name, socket.gethostname().split(".")[0], platform.node()}
    names |= {os.environ.get(key, "") for key in ("USER", "LOGNAME", "USERNAME", "COMPUTERNAME", "HOSTNAME")} | _user()
    places = {*folders, Path.home(), Path.cwd(), Path(sys.prefix), Path(tempfile.gettempdir())}
    return Machine(
        frozenset(name for name in names if len(name) >= SHORTEST_NAME and name.lower() not in COMMON_NAMES),
        frozenset(str(place) for place in places if len(place.parts) > 1),
    )


def _user() -> set[str]:
    try:
        return {getpass.getuser()}
    except (OSError, KeyError, ImportError):
        return set()


def find_traces(text: str, machine: Machine) -> Iterator[tuple[int, str, str]]:
    """Line, kind and words of every trace in a text; web addresses are not paths, pictures inside a page are looked into.

    Examples
    --------
    >>> list(find_traces("see https://example.org/home/a/b", Machine()))
    []
    >>> list(find_traces("ok\\nread /home/awa/survey.dta", Machine()))
    [(2, 'a home directory', '/home/awa')]
    """
    text = DATA_ADDRESS.sub(_decoded, text)
    bare = ADDRESS.sub(" ", text)
    there = [mark for mark in _marks(machine) if mark.is_in(text, bare)]
    if not there:  # no pattern reaches over the end of a line: what is nowhere in the text is in none of its lines
        return
    for number, lines in enumerate(zip(text.split("\n"), bare.split("\n"), strict=True), 1):
        if trace := _first_trace(*lines, there):
            yield number, *trace


@dataclass(frozen=True)
class Mark:
    """A trace of one kind; ``sign``: what every one of them holds; ``beside_addresses``: web addresses are taken out before."""

    kind: str
    sign: re.Pattern
    pattern: re.Pattern
    beside_addresses: bool = True

    def is_in(self, text: str, bare: str) -> bool:
        looked_at = bare if self.beside_addresses else text
        return bool(self.sign.search(looked_at) and self.pattern.search(looked_at))


@cache
def _marks(machine: Machine) -> list[Mark]:
    """What is looked for, in the order in which a line is told of."""
    marks = [
        Mark(kind, SIGNS[kind], pattern, kind.endswith(("path", "directory"))) for kind, pattern in PATTERNS.items()
    ]
    for folder in map(re.escape, sorted(machine.folders, key=len, reverse=True)):
        pattern = re.compile(rf"(?<![\w.:/-]){folder}(?![\w-])")
        marks.append(Mark("a folder of this machine", re.compile(folder), pattern))
    for name in map(re.escape, sorted(machine.names)):
        pattern = re.compile(rf"(?<!\w){name}(?!\w)")
        marks.append(Mark("the name of this machine or its user", re.compile(name), pattern))
    return marks


def _first_trace(line: str, bare: str, marks: list[Mark]) -> tuple[str, str] | None:
    """The first trace of a line: a line with one is mended as a whole."""
    for mark in marks:
        if match := mark.pattern.search(bare if mark.beside_addresses else line):
            return mark.kind, match[0][:80]
    return None


def _decoded(match: re.Match) -> str:
    """A picture inside a page as one line of text, so that lines keep their numbers; other than text is left out."""
    try:
        return " ".join(base64.b64decode(match[1]).decode("utf-8").split())
    except (binascii.Error, UnicodeDecodeError):
        return " "
