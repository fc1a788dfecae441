"""TOML files of a pack as values, and the line of each key: what is no TOML, or more than anybody writes, is a problem with its line."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from nasssap_lib.errors import Problem
from nasssap_lib.pack.plain_text import read_text
from nasssap_lib.pack.toml_words import toml_problem

MAX_DEPTH = 100  # parts of a dotted key; keys of a pack have two
SAVE_HINT = "save it again as UTF-8 (Notepad: Save as, Encoding UTF-8)"
PART = r"(?:[A-Za-z0-9_-]++|\"[^\"\n]*+\"|'[^'\n]*+')[ \t]*+"
DEEP_KEY = re.compile(rf"(?<![\w\"'-])(?:{PART}\.[ \t]*+){{{MAX_DEPTH}}}", re.ASCII)
DOTTED = rf"{PART}(?:\.[ \t]*+{PART})*"  # not *+, after which Python before 3.11.5 reads on where a part failed
KEY = re.compile(rf"\s*({DOTTED})=", re.ASCII)
HEAD = re.compile(rf"\s*\[{{1,2}}\s*({DOTTED})\]", re.ASCII)
OLD_MAC = "lines that end as those of other files do"


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
    if "\r" in text and "\n" not in text:
        return None, [Problem(file, 1, "", "", OLD_MAC, "save it in a plain editor with ends of lines LF or CRLF")]
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

    A table is also a key of the one around it, and a key with dots stands for the tables that it goes through.

    Examples
    --------
    >>> lines = key_lines('a = 1\\n[measures.pension]\\n"b" = 2\\n')
    >>> lines["", "a"], lines["measures.pension", ""], lines["measures.pension", "b"]
    (1, 2, 3)
    >>> key_lines("measures.pension.months = 6")["measures.pension", "months"]
    1
    """
    lines: dict[tuple[str, str], int] = {}
    table: list[str] = []
    for number, line in enumerate(text.split("\n"), 1):
        if head := HEAD.match(line):
            table = _parts(head[1])
            lines.setdefault((".".join(table), ""), number)
            path = table
        elif key := KEY.match(line):
            path = table + _parts(key[1])
        else:
            continue
        for depth in range(len(path)):
            lines.setdefault((".".join(path[:depth]), path[depth]), number)
    return lines


def _parts(dotted: str) -> list[str]:
    """The names of a key with dots, as TOML reads them."""
    if not re.search("[\"']", dotted):
        return [name.strip() for name in dotted.split(".")]
    try:
        values, parts = tomllib.loads(f"{dotted} = 0"), []
    except ValueError:
        return [dotted.strip()]
    while isinstance(values, dict):
        ((name, values),) = values.items()
        parts.append(name)
    return parts


def line_of(lines: Mapping[tuple[str, str], int], table: str, key: str = "") -> int:
    """The line of a key, else of what stands around it: a value in braces has no line of its own; 0 where there is none.

    Examples
    --------
    >>> line_of(key_lines("\\nmeasures = {pension = {months = 6}}"), "measures.pension", "months")
    2
    """
    while (table, key) not in lines and (table or key):
        table, key = (table, "") if key else table.rpartition(".")[::2]
    return lines.get((table, key), 0)


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
