"""``nasssap document`` as a ministry types it: the strategy document of a country in the formats that people work with."""

from __future__ import annotations

import shlex
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
from tqdm import tqdm

from nasssap_lib.commands.exchange import TELL_DIGEST, say_findings
from nasssap_lib.commands.run import notebook_bar
from nasssap_lib.commands.workbook_files import spoken_language
from nasssap_lib.display.texts import language_name
from nasssap_lib.document.blocks import Document
from nasssap_lib.document.compilation import DOCX, NUMBER, PPTX, RENDERED, compile_document, render
from nasssap_lib.document.docx_given import read_template
from nasssap_lib.document.outline import SLIDES, STRATEGY, outline_text, read_outline, usual_order
from nasssap_lib.document.page import render_html
from nasssap_lib.errors import NasssapError, ParameterError, did_you_mean
from nasssap_lib.exchange.disclosure import DisclosureError
from nasssap_lib.exchange.edition import (
    Frozen,
    Title,
    check_edition,
    check_number,
    edition_files,
    freeze,
    imprint_of,
    last_beside,
)
from nasssap_lib.exchange.sides import EditionBefore, read_edition
from nasssap_lib.exchange.traces import this_machine
from nasssap_lib.files import check_folder, write_bytes
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.folders import Folders, run_folder

SOUND, REFUSED, STOPPED = 0, 1, 130
PRINTING = "LibreOffice prints a copy of the Word file for its numbers of pages"
WRITES_THEM = "Word writes them: right click on the contents, Update field; so does this command where LibreOffice prints the file"


@dataclass(frozen=True)
class Asked:
    """Which document, for whom, in which language, order and formats; number of the edition, where the edition before is, and answers.

    accepted : codes of what a person has looked at and found to be no person's · template : a Word file whose styles the Word file has ·
    pages : whether its list of contents gets numbers of pages
    """

    country: str
    language: str = ""
    formats: str = ""
    organised_by: str = ""
    edition: str = STRATEGY
    number: str = ""
    since: str = ""
    accepted: tuple[str, ...] = ()
    template: str = ""
    pages: bool = True


@dataclass(frozen=True)
class _Work:
    """What is compiled, and where it goes."""

    pack: Pack
    language: str
    folder: Path
    before: EditionBefore | None


def write_document(asked: Asked, data: str, out: str | None) -> int:
    """Compile a country's document, write it in each format, and freeze it where it has a number; say where it is and how long it took."""
    begun = time.monotonic()
    wanted, outline = _formats(asked.formats, asked.edition), read_outline(asked.organised_by, asked.edition)
    _check_numbered(asked)
    template = _template(asked.template, wanted)
    work = _work(asked, data, out)
    frozen = _frozen(asked, work, data) if asked.number else None
    try:
        with notebook_bar() as step:
            imprint = frozen.imprint if frozen else imprint_of("", work.before)
            document = compile_document(work.pack, data, work.language, outline, imprint, step)
        pages = _pages(document, template) if asked.pages and DOCX in wanted else {}
        made = render(document, wanted, work.pack, pages, template)
        files = _checked(frozen, document, made, pages, asked, data, out) if frozen else {}
        for name, content in made.items():
            path = work.folder / f"{asked.edition}.{name}"
            write_bytes(path, content)
            click.echo(f"{path} · {len(content) / 1e6:.1f} MB")
        if frozen:
            _freeze(work.folder / frozen.name, files)
    except DisclosureError as error:
        say_findings(error.findings)
        return REFUSED
    except KeyboardInterrupt:
        click.echo("stopped: what is not named above was not written", err=True)
        return STOPPED
    click.echo(f"{language_name(work.language)} · {time.monotonic() - begun:.0f} s")
    return SOUND


def _check_numbered(asked: Asked) -> None:
    if asked.number and not NUMBER.fullmatch(asked.number):
        raise ParameterError(
            {"--number": f"expected a number or a short name such as 2 or 2027-1, got {asked.number[:40]!r}"}
        )
    if asked.accepted and not asked.number:
        raise ParameterError({"--accept": "is for an edition that is frozen: add --number"})
    if asked.template and asked.number:
        words = "is not for an edition that is frozen, which is made again of what it holds; write the Word file once more without --number"
        raise ParameterError({"--template": words})


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


def _work(asked: Asked, data: str, out: str | None) -> _Work:
    """The pack, the language, a folder that can be written to, and the edition before where one was named."""
    pack = read_pack(asked.country, data)
    spoken = spoken_language(asked.language, pack)
    folder = Folders.of(out).reports / run_folder(asked.country, "", "" if spoken == "en" else spoken)
    check_folder(folder)
    before = read_edition("--since", asked.since, asked.country, data, spoken) if asked.since else None
    return _Work(pack, spoken, folder, before)


def _frozen(asked: Asked, work: _Work, data: str) -> Frozen:
    """What an edition is made of, taken before its document is compiled; refused where its number is taken."""
    own = outline_text(asked.organised_by)
    name = Path(asked.organised_by).name if own else asked.organised_by or usual_order(asked.edition)
    title = Title(asked.edition, asked.number, work.language, name, own)
    frozen = Frozen.of(title, work.pack, data, work.before)
    check_number(work.folder / frozen.name, asked.number, work.before)
    if not work.before and (last := last_beside(work.folder, frozen)):
        click.echo(
            f"this edition will not say what changed; since the last one: --since {shlex.quote(str(last))}", err=True
        )
    return frozen


def _checked(
    frozen: Frozen,
    document: Document,
    made: dict[str, bytes],
    pages: dict[str, int],
    asked: Asked,
    data: str,
    out: str | None,
) -> dict[str, bytes]:
    """The files of an edition, looked at before one of them is written."""
    page = made.get("html") or render_html(document)
    machine = this_machine(Folders.of(out).out, data_root(data))
    looked_at = check_edition(frozen, page, data, machine, asked.accepted)
    return edition_files(frozen, made, datetime.now(UTC), looked_at, pages)


def _freeze(path: Path, files: dict[str, bytes]) -> None:
    shared = freeze(path, files)
    click.echo(f"{shared.path} · {shared.files} files · {shared.size / 1e6:.1f} MB · frozen")
    click.echo(f"SHA-256 of the manifest: {shared.digest}")
    click.echo(TELL_DIGEST)


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
