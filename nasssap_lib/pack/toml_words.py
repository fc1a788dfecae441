"""What is wrong with a line of ``country.toml`` or of a scenario, in words that need no knowledge of TOML, with an example."""

from __future__ import annotations

import re

from nasssap_lib.errors import Problem

KINDS = {
    str: 'text in straight quotes, as in {key} = "…"',
    int: "a whole number without quotes, as in {key} = 2025",
    bool: "true or false, in small letters and without quotes, as in {key} = true",
    list: 'a list of texts in brackets, as in {key} = ["National Plan 2030"]',
    dict: "a part of the file that begins with a line [{key}.NAME]",
}
CURLY = re.compile("[“”„«»‘’]")
BARE = re.compile(r"""\s*(\w+)\s*=\s*([^\W\d"'\[{][^"'\[{#]*?)\s*(#.*)?""")
WITHOUT_SIGN = re.compile(r"\s*(\w+)\s+\S.*|\s*(\w+)\s*:.*")


def kind_words(kind: type, key: str) -> str:
    """What a key expects, with an example.

    Examples
    --------
    >>> kind_words(int, "reference_year")
    'a whole number without quotes, as in reference_year = 2025'
    """
    return KINDS[kind].format(key=key)


def toml_problem(file: str, text: str, error: Exception) -> Problem:
    """The problem of a text that is no TOML: its line, what stands there, and what to write.

    Examples
    --------
    >>> print(toml_problem("GHA/country.toml", "name_en = Ghana", ValueError("Invalid value (at line 1, column 11)")))
    GHA/country.toml:1 name_en: 'name_en = Ghana' — expected text in straight quotes, as in name_en = "…"; write name_en = "Ghana"
    """
    place = re.search(r"line (\d+)", str(error))
    lines = text.rstrip().splitlines()
    number = int(place[1]) if place else len(lines)
    number = min(number, len(lines))
    line = lines[number - 1].strip() if number else ""
    key = match[1] if (match := re.match(r"(\w+)\s*=", line)) else ""
    return Problem(file, number, key, line[:80], *_words(line, key, str(error)))


def _words(line: str, key: str, error: str) -> tuple[str, str]:
    """What is expected of a line, and a remedy."""
    if "overwrite" in error or "declare" in error:
        return "each key once", "one of the lines goes"
    if CURLY.search(line):
        return 'straight quotes, as in name_en = "Ghana"', "a word processor bends them: use a plain editor"
    if key and re.search(r"=\s*(?:true|false|yes|no)\b", line, re.IGNORECASE):
        return kind_words(bool, key), "write true or false, in small letters"
    if bare := BARE.fullmatch(line):
        return kind_words(str, key), f'write {key} = "{bare[2]}"'
    if key and line.count('"') % 2:
        return kind_words(str, key), "close the quotes on the same line"
    if not key and (match := WITHOUT_SIGN.fullmatch(line)):
        name = match[1] or match[2]
        return f"a line {name} = …", 'a key, the sign =, its value: name_en = "Ghana"'
    return "a line as in key = value", "text and dates stand in straight quotes, numbers and true or false without"
