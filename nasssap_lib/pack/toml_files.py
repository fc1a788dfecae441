"""TOML files of a pack as values, and the line of each key: what is no TOML, or more than anybody writes, is a problem with its line."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any

from nasssap_lib.errors import Problem
from nasssap_lib.pack.plain_text import read_text
from nasssap_lib.pack.toml_words import toml_problem

MAX_DEPTH = 100  # parts of a dotted key; keys of a pack have two
SAVE_HINT = "save it again as UTF-8 (Notepad: Save as, Encoding UTF-8)"
PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
DEEP_KEY = re.compile(rf"(?<![\w\"'-])(?:{PART}\.[ \t]*+){{{MAX_DEPTH}}}", re.ASCII)
KEY = re.compile(r"\s*(?:\"([^\"]*)\"|'([^']*)'|([\w-]+))\s*=")
HEAD = re.compile(r"\s*\[+([^\]]*)\]")


def read_toml(path: Path, file: str, most: int) -> tuple[str, dict[str, Any] | None, list[Problem]]:
    """Text and values of a TOML file of at most so many bytes; None for values, and a problem, where it is none."""
    text, problems = read_text(path, file, most, SAVE_HINT)
    return ("", None, problems) if text is None else (text, *toml_values(text, file))


def toml_values(text: str, file: str) -> tuple[dict[str, Any] | None, list[Problem]]:
    """Values of a TOML text; None, and a problem, where it is none, or where nobody wrote it by hand.

    Examples
    --------
    >>> toml_values("a = 1", "x.toml"), toml_values("a = " + "[" * 5000, "x.toml")[0]
    (({'a': 1}, []), None)
    """
    if deep := DEEP_KEY.search(text):
        line = text.count("\n", 0, deep.start()) + 1
        return None, [Problem(file, line, "", deep[0][:40], f"keys of at most {MAX_DEPTH} parts")]
    try:
        return tomllib.loads(text), []
    except tomllib.TOMLDecodeError as error:
        return None, [toml_problem(file, text, error)]
    except RecursionError:
        return None, [Problem(file, 0, "", "", "lists that are not nested this deeply", "write a plain list")]
    except ValueError:  # a whole number of thousands of digits
        line = next((n for n, row in enumerate(text.split("\n"), 1) if re.search(r"[0-9_]{1000}", row)), 0)
        return None, [Problem(file, line, "", "", "numbers of a few digits", "write the number out")]


def key_lines(text: str) -> dict[tuple[str, str], int]:
    """The line of each (table, key) of a TOML text, and of each table under ("NAME", ""); the table of first keys is "".

    Examples
    --------
    >>> key_lines('a = 1\\n[measures.pension]\\n"b" = 2\\n')
    {('', 'a'): 1, ('measures.pension', ''): 2, ('measures.pension', 'b'): 3}
    """
    lines: dict[tuple[str, str], int] = {}
    table = ""
    for number, line in enumerate(text.split("\n"), 1):
        if head := HEAD.match(line):
            table = re.sub(r"[\"'\s]", "", head[1])
            lines.setdefault((table, ""), number)
        elif key := KEY.match(line):
            lines.setdefault((table, key[1] or key[2] or key[3] or ""), number)
    return lines


def shown(value: Any) -> str:
    """A value as a message shows it, whatever it is.

    Examples
    --------
    >>> shown(2025), shown(True), shown(10 ** 5000)
    ('2025', 'true', 'a number of thousands of digits')
    """
    if isinstance(value, bool):
        return str(value).lower()
    try:
        return str(value)[:40]
    except (ValueError, RecursionError):
        return "a number of thousands of digits" if isinstance(value, int) else f"a {type(value).__name__}"
