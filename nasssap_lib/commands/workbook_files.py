"""What commands that write a workbook or read one back do alike: its place, its language, what is refused, and lines of changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from nasssap_lib.display.texts import _, in_language, language_fault
from nasssap_lib.display.workbooks import problem_words
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.exchange.changes import plain
from nasssap_lib.files import check_folder, expanded
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.workbooks import WorkbookError

LONG_LINE = 1_500  # letters of a remark on the terminal


def workbook_path(to: str | None, default: Path, force: bool) -> Path:
    """Where a workbook goes.

    Parameters
    ----------
    to : as it was asked for; None: ``default``
    force : replace one that is there

    Raises
    ------
    ParameterError : no .xlsx, or there already; NasssapError : a folder that cannot be written to
    """
    path = expanded(to) if to else default
    if path.suffix.lower() != ".xlsx":
        raise ParameterError({"--to": f"expected the name of a workbook that ends in .xlsx, got {path.name!r}"})
    check_folder(path.parent)
    check_new(path, force)
    return path


def check_new(path: Path, force: bool) -> None:
    """Raise where a file is there already, unless it is to be replaced."""
    if path.exists() and not force:
        raise ParameterError({path.name: "already there, perhaps filled in; take another name with --to, or --force"})


def spoken_language(given: str, pack: Pack) -> str:
    """The language asked for, else the country's where there is a catalogue of it, else English.

    Raises
    ------
    ParameterError : no language of the suite
    """
    if given and (fault := language_fault(given)):
        raise ParameterError({"--lang": fault})
    return given or ("en" if language_fault(pack.settings.language) else pack.settings.language)


def given_workbook(file: str, language: str) -> Path:
    """A workbook that came back, and the language in which it is talked about.

    Raises
    ------
    ParameterError : no such file, or no language of the suite
    """
    if fault := language_fault(language):
        raise ParameterError({"--lang": fault})
    path = expanded(file)
    if not path.is_file():
        raise ParameterError({"FILE": f"expected a workbook; there is no such file: {file}"})
    return path


@contextmanager
def refused_in(language: str) -> Iterator[None]:
    """Say all that is wrong with a workbook in a language, a line each, and that nothing was taken."""
    try:
        yield
    except WorkbookError as error:
        with in_language(language):
            lines = [plain(problem_words(problem), LONG_LINE) for problem in error.problems]
            refused = _("nothing was taken")
            raise NasssapError("\n".join([*lines, refused])) from error


def aligned(rows: Sequence[Sequence[str]]) -> list[str]:
    """Rows as lines whose columns stand below each other.

    Examples
    --------
    >>> print(*aligned([["What", "To"], ["Take-up, %", "60"]]), sep="\\n")
    What       | To
    Take-up, % | 60
    """
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [" | ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in rows]
