"""``nasssap document`` as a ministry types it: the strategy document of a country in the formats that people work with."""

from __future__ import annotations

import re
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import click
from tqdm import tqdm

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.commands.workbook_files import spoken_language
from nasssap_lib.display.style import WIDTH
from nasssap_lib.display.texts import in_language, language_name
from nasssap_lib.document.blocks import Document
from nasssap_lib.document.compose import compose_document
from nasssap_lib.document.docx_given import read_template
from nasssap_lib.document.outline import SLIDES, STRATEGY, Outline, read_outline, with_changes
from nasssap_lib.document.page import render_html
from nasssap_lib.document.prose import read_prose
from nasssap_lib.document.record import record_country
from nasssap_lib.document.slide_content import PICTURE
from nasssap_lib.errors import NasssapError, ParameterError, did_you_mean
from nasssap_lib.exchange.sides import read_edition
from nasssap_lib.files import check_folder, write_bytes
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.folders import Folders, run_folder

SOUND, STOPPED = 0, 130
DOCX, PPTX = "docx", "pptx"
PRINTING = "LibreOffice prints a copy of the Word file for its numbers of pages"
WRITES_THEM = "Word writes them: right click on the contents, Update field; so does this command where LibreOffice prints the file"
NUMBER = re.compile(r"[A-Za-z0-9][A-Za-z0-9.-]{0,19}|")


@dataclass(frozen=True)
class Asked:
    """Which document, for whom, in which language, order and formats; number of the edition, and where the edition before is.

    template : a Word file whose styles the Word file has · pages : whether its list of contents gets numbers of pages
    """

    country: str
    language: str = ""
    formats: str = ""
    organised_by: str = ""
    edition: str = STRATEGY
    number: str = ""
    since: str = ""
    template: str = ""
    pages: bool = True


def write_document(asked: Asked, data: str, out: str | None) -> int:
    """Compile a country's document and write it in each format; say where it is and how long it took."""
    begun = time.monotonic()
    wanted, outline = _formats(asked.formats, asked.edition), read_outline(asked.organised_by, asked.edition)
    if not NUMBER.fullmatch(asked.number):
        raise ParameterError(
            {"--number": f"expected a number or a short name such as 2 or 2027-1, got {asked.number[:40]!r}"}
        )
    template = _template(asked.template, wanted)
    pack = read_pack(asked.country, data)
    spoken = spoken_language(asked.language, pack)
    folder = Folders.of(out).reports / run_folder(asked.country, "", "" if spoken == "en" else spoken)
    check_folder(folder)
    before = _before(asked, data)
    try:
        document = _compile(pack, spoken, with_changes(outline) if before else outline, asked.number, before, data)
        for name in wanted:
            with in_language(spoken, pack.translations(spoken), pack.country):
                content = _docx(document, template, asked.pages) if name == DOCX else RENDERED[name](document)
            path = folder / f"{asked.edition}.{name}"
            folder.mkdir(parents=True, exist_ok=True)
            write_bytes(path, content)
            click.echo(f"{path} · {len(content) / 1e6:.1f} MB")
    except KeyboardInterrupt:
        click.echo("stopped: what is not named above was not written", err=True)
        return STOPPED
    click.echo(f"{language_name(spoken)} · {time.monotonic() - begun:.0f} s")
    return SOUND


def _template(path: str, wanted: list[str]) -> bytes:
    """The Word file whose styles are used, checked before the work."""
    if not path:
        return b""
    if DOCX not in wanted:
        raise ParameterError({"--template": f"is for a Word file, got --format {','.join(wanted)}; add docx"})
    try:
        return read_template(Path(path))
    except NasssapError as error:
        raise ParameterError({"--template": str(error)}) from error


def _before(asked: Asked, data: str) -> Pack | None:
    """The pack of the edition before, where one was named."""
    if not asked.since:
        return None
    with tempfile.TemporaryDirectory(prefix="nasssap") as folder:
        return read_edition("--since", asked.since, Path(folder), asked.country, data)[0]


def _formats(text: str, edition: str) -> list[str]:
    usual = [PPTX] if edition == SLIDES else [name for name in RENDERED if name != PPTX]
    names = [name.strip().lower() for name in text.split(",") if name.strip()] or usual
    if wrong := [f"{name[:20]!r}: {did_you_mean(name, list(RENDERED))}" for name in names if name not in RENDERED]:
        raise ParameterError({"--format": f"expected some of {', '.join(RENDERED)}; {'; '.join(wrong)}"})
    if PPTX in names and edition != SLIDES:
        raise ParameterError(
            {"--format": f"pptx is for slides, not for the edition {edition[:60]!r}; add --edition slides"}
        )
    return list(dict.fromkeys(names))


def _compile(pack: Pack, spoken: str, outline: Outline, number: str, before: Pack | None, data: str) -> Document:
    use, folder = (spoken, pack.translations(spoken), pack.country), data_root(data) / pack.country
    with in_language(*use):
        read_prose(folder, spoken, pack, None)  # a broken quote of a figure is said before the notebooks run
        names, width = chapters(), PICTURE if outline.edition == SLIDES else WIDTH
        with tqdm(total=len(names), disable=None, leave=False, file=sys.stderr) as bar:
            record = record_country(pack.country, data, spoken, step=lambda name: _tell(bar, name), width=width)
    with in_language(*use):  # a notebook speaks on as it was asked to: what follows does not depend on it
        prose = read_prose(folder, spoken, pack, record)
        return compose_document(pack, record, outline, prose, number, before)


def _tell(bar: tqdm, name: str) -> None:
    bar.set_description_str(name)
    bar.update()


def _html(document: Document) -> bytes:
    return render_html(document)


def _docx(document: Document, template: bytes = b"", numbered: bool = False) -> bytes:
    from nasssap_lib.document.docx import render_docx

    return render_docx(document, _pages(document, template) if numbered else {}, template)


def _pages(document: Document, template: bytes) -> dict[str, int]:
    """Numbers of pages as LibreOffice prints them; none, and a line that says what writes them, where it does not."""
    from nasssap_lib.document.docx_printed import NotPrinted, printed_pages

    with tqdm(desc=PRINTING, bar_format="{desc} · {elapsed}", disable=None, leave=False, file=sys.stderr) as bar:
        try:
            return printed_pages(document, template, wait=bar.refresh)
        except NotPrinted as error:
            fault = error
    click.echo(f"contents of the Word file without numbers of pages: {fault}; {WRITES_THEM}", err=True)
    return {}


def _pdf(document: Document) -> bytes:
    from nasssap_lib.document.pdf import render_pdf

    return render_pdf(document)


def _pptx(document: Document) -> bytes:
    from nasssap_lib.document.slides import render_pptx

    return render_pptx(document)


RENDERED: dict[str, Callable[[Document], bytes]] = {"html": _html, DOCX: _docx, "pdf": _pdf, PPTX: _pptx}
