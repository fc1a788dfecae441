"""The text of a pack's files: regular files only, of a sensible size, in UTF-8 or in the Unicode of Excel, letters in one normal form."""

from __future__ import annotations

import codecs
import os
import re
import stat
import unicodedata
from pathlib import Path

from nasssap_lib.errors import Problem

MAX_BYTES = 50_000_000
MOST_MARKS = 30  # on one letter, as the Unicode Standard has it for texts that are safe to stream
UTF16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
CSV_HINT = "in Excel: Save as, CSV UTF-8 (comma delimited)"
KINDS = {
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def is_hidden(name: str) -> bool:
    """Whether a file is one that systems and spreadsheets keep beside ours: its name begins with a dot or ~$.

    Examples
    --------
    >>> [is_hidden(name) for name in ("._indicators.csv", ".~lock.links.csv#", "~$links.csv", "links.csv")]
    [True, True, True, False]
    """
    return name.startswith((".", "~$"))


def is_there(path: Path) -> bool:
    """Whether anything has this name: a file, a folder, a link that leads nowhere."""
    return os.path.lexists(path)


def read_text(
    path: Path, file: str, most: int = MAX_BYTES, hint: str = CSV_HINT
) -> tuple[str, list[Problem]] | tuple[None, list[Problem]]:
    """Read a file as text, without a mark at its beginning and in normal form C; what is no regular file is never opened.

    Parameters
    ----------
    path : what is read
    file : how messages call it
    most : bytes that it may have
    hint : what to do where it is not UTF-8

    Returns
    -------
    text, or None where it cannot be read; problems
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            return None, [_no_file(file, KINDS.get(stat.S_IFMT(state.st_mode), "no regular file"))]
        if state.st_size > most:
            found, expected = f"{state.st_size:,} bytes", f"at most {most:,} bytes"
            return None, [Problem(file, 0, "", found, expected, "split the file")]
        data = path.read_bytes()
    except OSError as error:
        if path.is_symlink() and not path.exists():
            return None, [_no_file(file, "a link that leads nowhere")]
        remedy = "give yourself the right to read it, or copy it from elsewhere"
        return None, [Problem(file, 0, "", error.strerror or "", "a file that can be read", remedy)]
    return _decoded(data, file, hint)


def _no_file(file: str, found: str) -> Problem:
    return Problem(file, 0, "", found, "a regular file", "put the file itself there, or take this away")


def _decoded(data: bytes, file: str, hint: str) -> tuple[str, list[Problem]] | tuple[None, list[Problem]]:
    if not data.startswith(UTF16) and _is_bare_utf16(data[:400]):
        return None, [Problem(file, 1, "", "UTF-16 without a mark", "text in UTF-8", hint)]
    try:
        text = as_text(data)
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = data[error.start : error.start + 1].decode("latin-1")
        return None, [Problem(file, line, "", found, "text in UTF-8", hint)]
    if found := too_many_marks(text):
        line = text.count("\n", 0, found.start()) + 1
        hint = "type the text again"
        return None, [Problem(file, line, "", found[0][:4], f"letters with at most {MOST_MARKS} marks", hint)]
    return unicodedata.normalize("NFC", text.lstrip("\ufeff")), []


def too_many_marks(text: str) -> re.Match | None:
    """Where a letter carries more marks than those of any language: putting thousands of them in order takes hours."""
    marks = [] if text.isascii() else [letter for letter in set(text) if unicodedata.combining(letter)]
    return re.search(f"[{re.escape(''.join(marks))}]{{{MOST_MARKS + 1}}}", text) if marks else None


def as_text(data: bytes) -> str:
    """Bytes of UTF-8, or of UTF-16 with its mark, as text.

    Raises
    ------
    UnicodeDecodeError : they are neither
    """
    return data.decode("utf-16" if data.startswith(UTF16) else "utf-8")


def _is_bare_utf16(start: bytes) -> bool:
    """Whether every other byte is zero, as where Western text is written in two bytes a letter."""
    return len(start) > 3 and any(not any(start[at::2]) and any(start[1 - at :: 2]) for at in (0, 1))
