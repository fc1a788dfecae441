"""The pages of a Word file's headings as LibreOffice prints it, for the numbers in its list of contents.

Only what was printed counts: the number of a heading comes from a copy in which the same numbers stand already, or there is none.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np

from nasssap_lib.display.pixels import small_png
from nasssap_lib.document.blocks import Document, Figure, Section
from nasssap_lib.document.docx import heading_words, render_docx
from nasssap_lib.document.pdf_outline import outline_pages
from nasssap_lib.errors import NasssapError

PROGRAMS = (
    "soffice",
    "libreoffice",
    "/Applications/LibreOffice.app/Contents/MacOS/soffice",
    r"C:\Program Files\LibreOffice\program\soffice.exe",
)
INSTALL = "they need the extra `document`: pip install 'nasssap[document]'"
SECONDS = 240.0  # for one copy; a document of 70 pages takes 5 to 20
MOST_COPIES = 3  # without numbers, with them, and once more where they moved a page
GLANCE = 0.2  # seconds between two looks at what it does


class NotPrinted(NasssapError):
    """Why the numbers of pages are not known."""


def find_office() -> str:
    """The program of LibreOffice on this machine; "" where there is none."""
    return next(filter(None, map(shutil.which, PROGRAMS)), "")


def printed_pages(
    document: Document, template: bytes = b"", office: str = "", wait: Callable[[], None] = lambda: None
) -> dict[str, int]:
    """The page on which each section of a document begins in its Word file, by the section's anchor; the title page is 1.

    Parameters
    ----------
    document, template : as :func:`docx.render_docx` has them
    office : program of LibreOffice; "": found
    wait : called again and again while it prints; what it raises ends the printing

    Raises
    ------
    NotPrinted : there is no LibreOffice, it makes no PDF in time, a heading is not in it, or numbers move pages without end
    """
    program = office or find_office()
    if not program:
        raise NotPrinted("LibreOffice is not installed on this machine")
    pages: dict[str, int] = {}
    document = replace(document, sections=tuple(map(_blank, document.sections)))
    for _ in range(MOST_COPIES):
        found = _pages(document, print_pdf(render_docx(document, pages, template), program, SECONDS, wait))
        if found == pages:
            return pages
        pages = found
    raise NotPrinted("the numbers themselves move the pages")


def _blank(section: Section) -> Section:
    """The section with pictures of the same size and of one colour, which take a third of the time to print."""
    blocks = tuple(replace(block, png=_pixel()) if isinstance(block, Figure) else block for block in section.blocks)
    return replace(section, blocks=blocks, parts=tuple(map(_blank, section.parts)))


def _pixel() -> bytes:
    return small_png(np.full((1, 1, 4), 255, np.uint8))


def _pages(document: Document, pdf: bytes) -> dict[str, int]:
    """Pages of the sections out of the bookmarks, which may hold other headings too, such as that of the contents."""
    found, marks = {}, iter(_outline(pdf))
    for section in document.walk():
        words = _letters(heading_words(section))
        page = next((page for title, page in marks if _letters(title) == words), None)
        if page is None:
            raise NotPrinted(f"the printed copy has no bookmark {heading_words(section)[:60]!r}")
        found[section.anchor] = page
    return found


def _outline(pdf: bytes) -> list[tuple[str, int]]:
    try:
        from pikepdf import PdfError
    except ImportError as error:
        raise NotPrinted(INSTALL) from error
    try:
        return outline_pages(pdf)
    except PdfError as error:
        raise NotPrinted(f"LibreOffice made a PDF that cannot be read ({error})") from error


def _letters(text: str) -> str:
    """What of a heading is in its bookmark as well: LibreOffice leaves out a backslash there."""
    return "".join(filter(str.isalnum, text))


def print_pdf(content: bytes, office: str, seconds: float, wait: Callable[[], None] = lambda: None) -> bytes:
    """A Word file as LibreOffice prints it, in a profile of its own, of which nothing stays.

    Its exit code proves nothing: what counts is whether there is a PDF.

    Parameters
    ----------
    content : the Word file
    office : program of LibreOffice
    seconds : after which it is ended
    wait : called again and again meanwhile

    Raises
    ------
    NotPrinted : there is no PDF, or not in time
    """
    with tempfile.TemporaryDirectory(prefix="nasssap-", ignore_cleanup_errors=True) as folder:
        place = Path(folder)
        (place / "copy.docx").write_bytes(content)
        profile = (place / "profile").as_uri()
        words = ["--headless", "--norestore", "--convert-to", "pdf", "--outdir", folder, str(place / "copy.docx")]
        quiet = dict.fromkeys(("stdin", "stdout", "stderr"), subprocess.DEVNULL)
        try:
            process = subprocess.Popen(
                [office, f"-env:UserInstallation={profile}", *words],
                **quiet,
                start_new_session=True,
                env=_within(folder),
            )
        except OSError as error:
            raise NotPrinted(f"LibreOffice does not start ({error})") from error
        try:
            _await(process, seconds, wait)
        finally:
            _end(process, profile)
        with suppress(OSError):
            return (place / "copy.pdf").read_bytes()
    raise NotPrinted("LibreOffice made no PDF of it")


def _within(folder: str) -> dict[str, str]:
    """The environment of a program that puts what it forgets into a folder: LibreOffice leaves some when it is ended."""
    return {**os.environ, **dict.fromkeys(("TMPDIR", "TMP", "TEMP"), folder)}


def _await(process: subprocess.Popen, seconds: float, wait: Callable[[], None]) -> None:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        with suppress(subprocess.TimeoutExpired):
            process.wait(GLANCE)
            return
        wait()
    raise NotPrinted(f"LibreOffice did not print it within {seconds:.0f} s")


def _end(process: subprocess.Popen, profile: str) -> None:
    """End what runs still, and what it started: LibreOffice is a script that starts a program that starts another."""
    if process.poll() is None:
        if sys.platform == "win32":
            _end_family(process.pid)
        else:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            socket_of(profile).unlink(missing_ok=True)
        process.wait()


def socket_of(profile: str) -> Path:
    """Where LibreOffice listens for others who use the same profile; it leaves this behind when it is killed.

    Parameters
    ----------
    profile : address of its folder
    """
    digest = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)  # as LibreOffice writes it, without a zero before a digit
    return Path("/tmp", f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}")  # noqa: S108


def _end_family(number: int) -> None:
    import psutil

    with suppress(psutil.NoSuchProcess):
        first = psutil.Process(number)
        for one in [*first.children(recursive=True), first]:
            with suppress(psutil.NoSuchProcess):
                one.kill()
