"""Numbers of pages come from a printed copy that has them already, or there are none; nothing of the printing stays."""

import io
import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pikepdf
import psutil
import pytest
from word_documents import NEEDS_OFFICE, as_pdf, document, pages_of, picture, table, whole_document

from nasssap_lib.document import docx_printed
from nasssap_lib.document.blocks import Section
from nasssap_lib.document.docx import heading_words, render_docx
from nasssap_lib.document.docx_printed import NotPrinted, find_office, print_pdf, printed_pages

MADE = document(Section("a", "A", 1, "1", parts=(Section("b", "B", 2, "1.1"),)), Section("c", "C", 1, "2"))
POSIX = pytest.mark.skipif(sys.platform == "win32", reason="the stand-in for LibreOffice is a script of the shell")
pytestmark = POSIX


def bookmarked(*bookmarks: tuple[str, int]) -> bytes:
    """A PDF of nine pages with these bookmarks."""
    pdf, file = pikepdf.new(), io.BytesIO()
    for _ in range(9):
        pdf.add_blank_page()
    with pdf.open_outline() as outline:
        outline.root.extend(pikepdf.OutlineItem(title, page - 1) for title, page in bookmarks)
    pdf.save(file)
    return file.getvalue()


def outlines(*pages: int) -> bytes:
    """The PDF of a printed copy whose sections begin on these pages, with a bookmark that is of no section."""
    return bookmarked(("Contents", 2), *zip(("1\N{NO-BREAK SPACE}A", "1.1 B", "2 C"), pages, strict=True))


@pytest.fixture
def office(tmp_path, monkeypatch):
    """Writes a stand-in for LibreOffice that prints these PDFs one after the other, and what else it does."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    (tmp_path / "temporary").mkdir()

    def write(*pdfs: bytes, more: str = "") -> str:
        for number, pdf in enumerate(pdfs):
            (tmp_path / f"{number}.pdf").write_bytes(pdf)
        script = tmp_path / "soffice"
        count = f"{tmp_path}/count"
        script.write_text(
            f"#!/bin/sh\nfor last; do :; done\nn=$(cat {count} 2>/dev/null || echo 0)\necho $((n + 1)) > {count}\n"
            f'cp {tmp_path}/$n.pdf "${{last%.docx}}.pdf" 2>/dev/null\ncp "$last" {tmp_path}/$n.docx\n{more}\n'
        )
        script.chmod(0o755)
        return str(script)

    yield write
    assert not list((tmp_path / "temporary").iterdir()), "something of the printing stayed"


def printed(tmp_path) -> list[str]:
    """What the list of contents of each copy said."""
    copies = sorted(tmp_path.glob("*.docx"))
    with_pages = r"PAGEREF _Toc0+(\d) .*?<w:t [^>]*>(\d+)<"
    return [" ".join(map("=".join, re.findall(with_pages, body(copy.read_bytes())))) for copy in copies]


def body(content: bytes) -> str:
    import zipfile

    with zipfile.ZipFile(io.BytesIO(content)) as file:
        return file.read("word/document.xml").decode()


def test_numbers_are_those_of_a_copy_that_has_them(office, tmp_path):
    assert printed_pages(MADE, office=office(*[outlines(3, 3, 5)] * 2)) == {"a": 3, "b": 3, "c": 5}
    assert printed(tmp_path) == ["", "1=3 2=3 3=5"]


def test_where_the_numbers_move_a_page_it_is_printed_once_more(office, tmp_path):
    program = office(outlines(3, 3, 4), outlines(4, 4, 5), outlines(4, 4, 5))
    assert printed_pages(MADE, office=program) == {"a": 4, "b": 4, "c": 5}
    assert printed(tmp_path) == ["", "1=3 2=3 3=4", "1=4 2=4 3=5"]


def test_no_number_is_given_where_they_never_settle(office):
    with pytest.raises(NotPrinted, match="the numbers themselves move the pages"):
        printed_pages(MADE, office=office(outlines(3, 3, 4), outlines(4, 4, 5), outlines(3, 3, 4)))


@pytest.mark.parametrize(
    ("pdf", "words"),
    [
        (bookmarked(("1 A", 3), ("2 C", 4)), "no bookmark '1.1 B'"),
        (bookmarked(("2 C", 4), ("1.1 B", 3), ("1 A", 3)), "no bookmark '1.1 B'"),  # not in the order of reading
        (b"%PDF-1.7\nbroken", "a PDF that cannot be read"),
        (b"", "a PDF that cannot be read"),
    ],
)
def test_a_heading_that_was_not_printed_has_no_number_and_neither_have_others(pdf, words, office):
    with pytest.raises(NotPrinted, match=words):
        printed_pages(MADE, office=office(pdf, pdf))


def test_the_exit_code_proves_nothing(office):
    assert printed_pages(MADE, office=office(*[outlines(3, 3, 4)] * 2, more="exit 81"))["c"] == 4
    with pytest.raises(NotPrinted, match="made no PDF"):
        print_pdf(b"", office(more="exit 0"), 60)


def test_what_takes_too_long_is_ended_with_all_that_it_started(office, tmp_path):
    program = office(more=f"sleep 600 &\necho $! > {tmp_path}/child\nwait")
    asked = []

    def wait():
        asked.append(time.monotonic())

    with pytest.raises(NotPrinted, match="did not print it within"):
        print_pdf(b"", program, 2.0, wait)
    assert asked and gone(tmp_path)


def test_who_interrupts_it_leaves_nothing(office, tmp_path):
    def wait():
        if (tmp_path / "child").exists():
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_pdf(
            b"", office(more=f"touch $TMPDIR/forgotten\nsleep 600 &\necho $! > {tmp_path}/child\nwait"), 600, wait
        )
    assert gone(tmp_path)


def gone(folder: Path) -> bool:
    """Whether the process that the stand-in started is not there any more, or dead and not yet fetched."""
    number = int((folder / "child").read_text())
    psutil.wait_procs([psutil.Process(number)] if psutil.pid_exists(number) else [], timeout=30)
    return not psutil.pid_exists(number) or psutil.Process(number).status() == psutil.STATUS_ZOMBIE


def test_pictures_of_the_copy_are_blank_and_as_large_as_they_are(office, tmp_path):
    made = document(Section("a", "A", blocks=(picture(),), parts=(Section("b", "B", 2, blocks=(picture(),)),)))
    pdf = bookmarked(("A", 3), ("B", 3))
    printed_pages(made, office=office(pdf, pdf))
    copy, whole = (tmp_path / "0.docx").read_bytes(), render_docx(made)
    sizes = [re.findall(r"<wp:extent [^>]*>", body(content)) for content in (copy, whole)]
    assert sizes[0] == sizes[1] and len(sizes[0]) == 2
    assert len(copy) < len(whole)


def test_without_libreoffice_that_is_said(monkeypatch):
    monkeypatch.setattr(docx_printed, "PROGRAMS", ("no-such-office",))
    assert find_office() == ""
    with pytest.raises(NotPrinted, match="LibreOffice is not installed"):
        printed_pages(MADE)


def test_without_pikepdf_the_extra_is_named(office, monkeypatch):
    monkeypatch.setitem(sys.modules, "pikepdf", None)
    with pytest.raises(NotPrinted, match=r"pip install 'nasssap\[document\]'"):
        printed_pages(MADE, office=office(b"%PDF"))


def test_a_program_that_cannot_be_started_is_said(tmp_path):
    (tmp_path / "soffice").write_text("no program")
    (tmp_path / "soffice").chmod(0o755)
    with pytest.raises(NotPrinted, match="does not start"):
        print_pdf(b"", str(tmp_path / "soffice"), 60)


# ----------------------------------------------------------------------------------------------------- LibreOffice itself


@pytest.mark.soak
@NEEDS_OFFICE
@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_each_heading_stands_on_the_page_that_the_contents_name(language, tmp_path):
    chapters = [
        Section(f"c{number}", f"Chapter {number} of many", 1, str(number), (table(40 * number), picture()))
        for number in range(1, 5)
    ]
    whole = whole_document(language)
    made = document(*whole.sections, *chapters, language=language)
    found = printed_pages(made)
    pages = pages_of(as_pdf(render_docx(made, found), tmp_path))
    for section in made.walk():
        words = "".join(heading_words(section).split())[:30]
        assert words in "".join(pages[found[section.anchor] - 1].split())
    contents = " ".join(pages[1:3])
    assert re.findall(r"of many[\s.…]*(\d+)", contents) == [str(found[section.anchor]) for section in chapters]
    assert re.search(rf"\s{found['c3']}\s*$", pages[found["c3"] - 1]), "the number at the foot of the page"


@pytest.mark.soak
@NEEDS_OFFICE
def test_an_interrupted_libreoffice_is_gone(tmp_path):
    code = (
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);"
        "from nasssap_lib.document import docx_printed as d; from word_documents import table, document;"
        "from nasssap_lib.document.blocks import Section;"
        "print('begun', flush=True); d.printed_pages(document(*(Section(str(n), str(n), blocks=(table(400),)) for n in range(40))))"
    )
    tests = str(Path(__file__).parents[1])
    environment = {**os.environ, "TMPDIR": str(tmp_path), "PYTHONPATH": tests}
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment
    )
    try:
        process.stdout.readline()
        while not (mine := [one for one in children(process.pid) if "soffice.bin" in one.name()]):
            assert process.poll() is None
            time.sleep(0.1)
        (profile,) = (word.partition("=")[2] for word in mine[0].cmdline() if word.startswith("-env:UserInst"))
        while not docx_printed.socket_of(profile).exists():
            assert process.poll() is None
            time.sleep(0.1)
        process.send_signal(signal.SIGINT)
        process.wait(60)
    finally:
        process.kill()
    psutil.wait_procs(mine, timeout=30)
    assert not any(one.is_running() and one.status() != psutil.STATUS_ZOMBIE for one in mine)
    assert not list(tmp_path.iterdir()) and not docx_printed.socket_of(profile).exists()


def test_the_socket_that_is_taken_away_is_that_of_a_profile():
    """The name as LibreOffice 7.4 gave it to ``soffice -env:UserInstallation=file:///tmp/profile-of-a-test``."""
    name = "SingleOfficeIPC_7ff622380142c961bfd2468a108c83"
    assert docx_printed.socket_of("file:///tmp/profile-of-a-test").name == f"OSL_PIPE_{os.getuid()}_{name}"


def children(number: int) -> list[psutil.Process]:
    return psutil.Process(number).children(recursive=True)
