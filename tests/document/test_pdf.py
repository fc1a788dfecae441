"""The PDF for print as a reader who listens gets it: language, tags, alternative texts, bookmarks; and nothing of it leaves the page."""

import hashlib
import io
import itertools
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
import typst
from pdf_reading import (
    COLUMN_HEAD,
    ROW_HEAD,
    artifacts,
    bookmarks,
    colours,
    elements,
    fonts,
    lowest,
    marked_texts,
    of_kind,
    rightmost,
    spoken,
    tags,
)

from nasssap_lib.display.grid import Cell, Column, Grid
from nasssap_lib.document.blocks import Document, Figure, Items, Paragraph, Section, Table
from nasssap_lib.document.pdf import render_pdf
from nasssap_lib.document.pdf_outline import outline_pages
from nasssap_lib.errors import NasssapError

SQUARE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='72' height='36'><rect width='72' height='36' fill='#14506e'/></svg>"
)
HOSTILE = "#let x = 1; *bold* _it_ $x^2$ @ref <label> \\ // c /* c */ `raw` [a] ~ \"q\" 'q' -- --- ... #pagebreak() \\u{41} #x.y http://a.b"
MARKUP = (
    "= heading",
    "- item",
    "+ item",
    "/ term: x",
    "1. one",
    "#",
    "$",
    "\\",
    '"',
    "``` raw",
    "@a",
    "<b>",
    "{{ c }}",
)
GRID = Grid(
    "Cost by year",
    (Column("Option"), Column("2030", True), Column("2040", True), Column("Remarque", False, True)),
    (
        (
            Cell("Allocation familiale"),
            Cell("1,5\N{NO-BREAK SPACE}%", "e", "de 1,2 à 1,9"),
            Cell("2,25"),
            Cell("selon la loi"),
        ),
        (Cell("Pension sociale"), Cell("n.d."), Cell("12\N{NARROW NO-BREAK SPACE}345"), Cell("à décider", "a")),
    ),
    "e : estimation",
)


def document(*sections: Section, **changes) -> Document:
    """A document of these sections, in French."""
    made = Document(
        "fr", "Sénégal", "Stratégie nationale", "Plan d’action", "Document de travail.", "Table des matières", sections,
        facts=(("Édition", "2026-11"),),
    )  # fmt: skip
    return replace(made, **changes)


def section(*blocks, anchor: str = "a", title: str = "Situation", number: str = "1", **changes) -> Section:
    """A chapter with these blocks."""
    return Section(anchor, title, number=number, blocks=blocks, **changes)


def figure(anchor: str = "picture", **changes) -> Figure:
    """A picture of a blue square."""
    return replace(
        Figure(anchor, "Figure 1. Un carré", "Un carré bleu : 45 % de bleu.", SQUARE, b"", (1.0, 0.5), "Source : OIT."),
        **changes,
    )


def sample() -> Document:
    """A document with each kind of block, parts of two levels, a wide table, and a long one."""
    years = tuple(Column(f"Dépenses en {year}", True) for year in range(2024, 2040))
    wide = Grid(
        "Wide", (Column("Régime"), *years), ((Cell("IPRES"), *(Cell(f"{n}\N{NO-BREAK SPACE}000") for n in range(16))),)
    )
    rows = tuple((Cell(f"ligne {n}"), Cell(str(n * 7))) for n in range(120))
    long = Grid("Long", (Column("Ligne"), Column("Valeur", True)), rows)
    part = Section("c", "Emploi", 3, "1.1.1", (Items(("un", "deux")), Items(("premier", "second"), True)))
    parts = (Section("b", "Population", 2, "1.1", (Table("long", "Tableau 2. Long", long), figure()), (part,)),)
    first = section(
        Paragraph("Deux tiers sont couverts.", "lead"), Paragraph("Texte."), Paragraph("Petit.", "note"),
        Table("cost", "Tableau 1. Coût", GRID, "Source : OIT, 2026."), parts=parts,
    )  # fmt: skip
    return document(first, section(Table("wide", "Tableau 3. Large", wide), anchor="d", title="Coût", number="2"))


@pytest.fixture(scope="module")
def written():
    return render_pdf(sample())


@pytest.fixture(scope="module")
def pdf(written):
    with pikepdf.open(io.BytesIO(written)) as opened:
        yield opened


@pytest.fixture(scope="module")
def pages(written):
    """By the anchor of each section the page that its bookmark leads to."""
    return dict(zip("abcd", (page for _, page in outline_pages(written)), strict=True))


def read(document: Document) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(render_pdf(document)))


def test_it_says_that_it_is_accessible_and_in_which_language(pdf):
    assert str(pdf.Root.Lang) == "fr"
    assert bool(pdf.Root.MarkInfo.Marked)
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
        assert metadata["dc:title"] == "Stratégie nationale"
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_bookmarks_are_the_sections_in_their_order(pdf):
    assert bookmarks(pdf) == ["1 Situation", "1.1 Population", "1.1.1 Emploi", "2 Coût"]
    assert of_kind(pdf, "/H1", "/H2", "/H3") == ["Table des matières", *bookmarks(pdf)]


def test_a_picture_has_its_words_and_its_caption(pdf):
    assert [str(element.Alt) for element in elements(pdf, "/Figure")] == ["Un carré bleu : 45 % de bleu."]
    assert "Figure 1. Un carré" in of_kind(pdf, "/Caption")


def test_a_heading_of_a_column_is_a_heading_once_though_it_is_printed_on_each_page(pdf, pages):
    wide = [f"Dépenses en {year}" for year in range(2024, 2040)]
    assert of_kind(pdf, COLUMN_HEAD) == ["Option", "2030", "2040", "Remarque", "Ligne", "Valeur", "Régime", *wide]
    assert pages["c"] - pages["b"] >= 2


def test_cells_are_read_in_order_with_their_marks_and_small_text(pdf):
    assert of_kind(pdf, ROW_HEAD, "/TD")[:8] == [
        "Allocation familiale", "1,5 %e de 1,2 à 1,9", "2,25", "selon la loi", "Pension sociale", "n.d.", "12 345", "à décidera",
    ]  # fmt: skip
    assert of_kind(pdf, ROW_HEAD, "/TD")[8:248] == [text for n in range(120) for text in (f"ligne {n}", str(n * 7))]


def test_every_row_is_headed_by_its_first_cell_and_by_no_other(pdf):
    firsts = ["Allocation familiale", "Pension sociale", *(f"ligne {n}" for n in range(120)), "IPRES"]
    assert of_kind(pdf, ROW_HEAD) == firsts
    assert len(of_kind(pdf, "/TD")) == 2 * 3 + 120 + 16


def test_paragraphs_lists_and_small_print_are_read_in_order(pdf):
    told = " | ".join(text for _, text in tags(pdf))
    wanted = (
        "Deux tiers",
        "Texte.",
        "Petit.",
        "Tableau 1. Coût",
        "e : estimation",
        "Source : OIT, 2026.",
        "Tableau 2. Long",
    )
    places = [told.rindex(text) for text in wanted]
    assert places == sorted(places)
    assert of_kind(pdf, "/LBody") == ["un", "deux", "premier", "second"]
    assert of_kind(pdf, "/Lbl") == ["•", "•", "1.", "2."]


def test_every_font_is_embedded_and_ships_with_the_packages(pdf):
    assert fonts(pdf)
    for font in fonts(pdf):
        assert {"/FontFile2", "/FontFile3"} & set(font.keys())
        assert re.search("DejaVuSans|NotoSans", str(font.FontName))


def test_a_wide_table_lies_on_a_page_of_its_own_kind(pdf, pages):
    lying = [page.mediabox[2] > page.mediabox[3] for page in pdf.pages]
    assert lying == [False] * (len(lying) - 1) + [True]
    assert len(lying) == pages["d"]


def test_contents_name_each_section_and_its_page(pdf, pages):
    entries = [re.sub(r"[ .\N{WORD JOINER}]+", " ", entry) for entry in of_kind(pdf, "/TOCI")]
    assert entries == [
        f"{title} {pages[anchor]}".replace(".", " ") for title, anchor in zip(bookmarks(pdf), "abcd", strict=True)
    ]


def test_running_heads_and_dots_are_not_read(pdf):
    assert sum("Stratégie nationale" in text for kind, text in tags(pdf) if kind != "/Document") == 1
    assert sum("Sénégal" in text for _, text in tags(pdf)) == 0
    assert not any(
        ".." in text or re.fullmatch(r"\d", text) for kind, text in tags(pdf) if kind in {"/P", "/TOCI", "/Span"}
    )
    assert "Stratégie nationale" in "".join(artifacts(pdf.pages[2]))


@pytest.mark.parametrize(("fictional", "edge"), [(False, "#e2a03f"), (True, "#b5442e")])
def test_the_claim_of_a_fictional_country_is_edged_in_red(fictional, edge):
    with read(document(section(), fictional=fictional)) as pdf:
        assert colours(pdf.pages[0]) & {"#e2a03f", "#b5442e"} == {edge}


def test_two_runs_give_the_same_bytes_without_a_date_or_a_path_of_the_machine(written, pdf):
    assert written == render_pdf(sample())
    assert not {"/CreationDate", "/ModDate"} & set(pdf.docinfo.keys())
    everything = b"".join(item.read_bytes() for item in pdf.objects if isinstance(item, pikepdf.Stream)) + written
    assert not re.search(rb"/(home|root|tmp|work|usr)/|site-packages|\.typ\b", everything)


def test_a_second_process_gives_the_same_bytes(written):
    code = (
        "import hashlib, sys; sys.path[:0] = sys.argv[1:]; from test_pdf import render_pdf, sample;"
        "print(hashlib.sha256(render_pdf(sample())).hexdigest())"
    )
    folders = [str(Path(__file__).parent), str(Path(__file__).parents[1])]
    told = subprocess.run([sys.executable, "-c", code, *folders], capture_output=True, text=True, check=True).stdout
    assert told.strip() == hashlib.sha256(written).hexdigest()


@pytest.mark.parametrize("text", [HOSTILE, *MARKUP])
def test_nothing_of_a_text_is_markup(text):
    grid = Grid("", (Column(text), Column(text, True)), ((Cell(text, "e", text), Cell(text)),), text)
    blocks = [
        *(Paragraph(text, kind) for kind in ("text", "note", "lead")),
        Items((text,)),
        Table("t", text, grid, text),
    ]
    words = {
        "country": text,
        "title": text,
        "subtitle": text,
        "claim": text,
        "contents": text,
        "facts": ((text, text),),
    }
    with read(
        document(section(*blocks, figure(caption=text, alt=text, source=text), title=text, number=""), **words)
    ) as pdf:
        told = spoken(text)
        assert bookmarks(pdf) == [told]
        assert of_kind(pdf, "/H1") == [told, told]
        assert of_kind(pdf, COLUMN_HEAD) == [told, told]
        assert of_kind(pdf, ROW_HEAD, "/TD") == [f"{told}e {told}", told]
        assert of_kind(pdf, "/Caption") == [told, told]
        assert of_kind(pdf, "/LBody") == [told]
        assert of_kind(pdf, "/P").count(told) >= 6
        assert str(elements(pdf, "/Figure")[0].Alt) == text


def test_letters_without_a_font_are_squares_and_unseen_ones_are_left_out():
    with read(document(section(Paragraph("社\u202e 2\x07 été مرحبا 🙂"), title="Bold 𝖠 社"))) as pdf:
        assert bookmarks(pdf) == ["1 Bold 𝖠 □"]
        names = {str(font.FontName).partition("+")[2] for font in fonts(pdf)}
    assert names == {"DejaVuSans", "DejaVuSans-Bold"}


@pytest.mark.parametrize(
    ("language", "syllables"),
    [
        ("fr", "an-ti-cons-ti-tu-tion-nel-le-ment"),
        ("es", "elec-tro-en-ce-fa-lo-gra-fis-ta"),
        ("en", "un-der-stand-able"),
    ],
)
def test_words_are_hyphenated_by_their_language(language, syllables):
    word, breaks = syllables.replace("-", ""), set(itertools.accumulate(syllables.split("-")))
    with read(document(section(Paragraph(f"{word} " * 90)), language=language)) as pdf:
        (told,) = (text for text in of_kind(pdf, "/P") if "\N{SOFT HYPHEN}" in text)
    before = {part.split(" ")[-1] for part in told.split("\N{SOFT HYPHEN}")[:-1]}
    assert before
    assert before <= breaks
    assert told.replace("\N{SOFT HYPHEN}", "").split(" ") == [word] * 90


def test_english_in_a_french_document_is_read_out_and_hyphenated_as_english():
    english = " ".join(["understandable"] * 90)
    grid = Grid("T", (Column("A"),), ((Cell("Cash, monthly"),), (Cell("rien"),)))
    told = section(Paragraph(english), Paragraph("compréhensible " * 90), Table("t", "T", grid))
    with read(document(told, english=frozenset({english, "Cash, monthly"}))) as pdf:
        spoken = [
            str(thing["/Lang"])
            for thing in pdf.objects
            if isinstance(thing, pikepdf.Dictionary) and "/S" in thing and "/Lang" in thing
        ]
        paragraphs = [text for text in of_kind(pdf, "/P") if "\N{SOFT HYPHEN}" in text]
        assert "en-GB" in spoken and str(pdf.Root.Lang) == "fr"
    before = {part.split(" ")[-1] for part in paragraphs[0].split("\N{SOFT HYPHEN}")[:-1]}
    assert paragraphs[0].startswith("under") and before <= {"un", "under", "understand"}  # in French: un-ders-tan-dable
    with read(document(told)) as pdf:
        assert "en-GB" not in [
            str(thing.get("/Lang")) for thing in pdf.objects if isinstance(thing, pikepdf.Dictionary)
        ]


@pytest.mark.parametrize(
    "words",
    ["Il dit\N{NO-BREAK SPACE}: «\N{NO-BREAK SPACE}l'État paie\N{NO-BREAK SPACE}».", "¿«Quién» paga? \"Él\" y 'ella'."],
)
def test_quotes_stay_as_they_are_written(words):
    with read(document(section(Paragraph(words)))) as pdf:
        assert words in [text for page in pdf.pages for text in marked_texts(page).values()]


def test_a_long_address_leaves_no_mark_in_the_text_where_it_is_broken():
    address = "https://www.example.org/" + "social-protection/" * 9 + "x" * 150
    grid = Grid("", (Column("A"), Column("B")), ((Cell(address), Cell(address, "", address)),))
    with read(document(section(Paragraph(address), Table("t", "T", grid, address)))) as pdf:
        assert of_kind(pdf, ROW_HEAD, "/TD") == [address, f"{address} {address}"]
        assert of_kind(pdf, "/P").count(address) >= 3
        assert rightmost(pdf.pages[2]) <= 595 - 21 / 25.4 * 72 + 0.5


def test_nothing_of_a_table_of_many_columns_leaves_its_page():
    heads = tuple(Column(f"Sozialversicherungsfachangestellte {n}", n % 2 == 0) for n in range(40))
    grid = Grid("", heads, (tuple(Cell(f"{n * 123456789}") for n in range(40)),))
    with read(document(section(Table("t", "T", grid)))) as pdf:
        assert rightmost(pdf.pages[2]) <= 842 - 21 / 25.4 * 72 + 0.5
        assert len(of_kind(pdf, ROW_HEAD, "/TD")) == 40


def test_the_last_row_of_a_table_and_its_source_are_never_parted():
    for rows in range(38, 50):  # about as many as fill a page
        grid = Grid("", (Column("A"),), tuple((Cell(f"ligne {n}"),) for n in range(rows)), "note")
        with read(document(section(Table("t", "Tableau", grid, "Source : OIT.")))) as pdf:
            texts = [list(marked_texts(page).values()) for page in pdf.pages]
        assert [f"ligne {rows - 1}" in page for page in texts] == ["Source : OIT." in page for page in texts]
        assert [f"ligne {rows - 1}" in page for page in texts] == ["note" in page for page in texts]


def test_headings_and_captions_stay_with_what_they_head():
    rows = tuple((Cell(f"ligne {n}"),) for n in range(60))
    long = Table("t", "Tableau", Grid("", (Column("A"),), rows))
    parted = []
    for lines in range(28, 40):  # about as many as fill a page
        blocks = [Paragraph(f"texte {n}") for n in range(lines)]
        part = section(long, figure(caption="Carré", inches=(3.0, 1.5)), anchor="b", title="Suite", number="", level=2)
        with read(document(section(*blocks, parts=(part,)))) as pdf:
            texts = [list(marked_texts(page).values()) for page in pdf.pages[2:]]
        parted.append([["Suite" in page, "Tableau" in page, "ligne 0" in page] for page in texts])
        assert all(len(set(found)) == 1 for found in parted[-1]), lines
    assert {pages.index([True] * 3) for pages in parted} == {0, 1}, "no page was full"


def test_what_is_longer_than_a_page_goes_on_on_the_next_one():
    long = "mot " * 2500 + "FIN"
    grid = Grid("", (Column(long[:2000]), Column("B")), ((Cell(long), Cell("b")),) * 2, long)
    blocks = (Paragraph(long, "note"), Table("t", "T", grid, long), figure(caption=long, source=long), Items((long,)))
    with read(document(section(*blocks))) as pdf:
        assert min(lowest(page) for page in pdf.pages) > 22 / 25.4 * 72 - 3
        assert sum("FIN" in text for page in pdf.pages for text in marked_texts(page).values()) == 8


SABOTAGE = {
    "no words for a picture": (document(section(figure(alt=""))), "figure picture: .*alt"),
    "no language": (document(section(), language=""), "document: .*language"),
    "no title": (document(section(), title=""), "document: expected a title"),
    "a table without columns": (document(section(Table("t-9", "T", Grid("", (), ())))), "table t-9: expected columns"),
    "a picture that is none": (
        document(section(figure("sound"), figure("broken", svg=SQUARE[:-9]))), "^figure broken: failed to parse SVG.*$"
    ),
    "a picture that is no SVG": (document(section(figure("web", svg="<html></html>"))), "^figure web: "),
    "a level left out": (document(section(parts=(section(anchor="deep", level=3),))), "section deep: expected level 2"),
    "an anchor twice": (document(section(), section()), "section a: expected an anchor of its own"),
}  # fmt: skip


@pytest.mark.parametrize("name", SABOTAGE)
def test_a_sabotaged_document_is_refused_with_its_place(name):
    broken, words = SABOTAGE[name]
    with pytest.raises(NasssapError, match=words):
        render_pdf(broken)


def test_typst_itself_refuses_a_picture_without_words(monkeypatch):
    """The gate holds where our own check does not."""
    monkeypatch.setattr("nasssap_lib.document.pdf.document_faults", lambda made: [])
    with pytest.raises(NasssapError, match="PDF/UA-1 error: missing alt text"):
        render_pdf(document(section(figure(alt=""))))


def test_a_missing_font_is_told_and_no_page_is_written_without_letters(monkeypatch):
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])
    monkeypatch.setattr("nasssap_lib.document.pdf._fonts", lambda: fonts)
    with pytest.raises(NasssapError, match="unknown font family: dejavu sans"):
        render_pdf(document(section()))


@pytest.mark.parametrize("package", ["typst", "pikepdf"])
def test_without_the_extra_the_error_says_what_to_install(monkeypatch, package):
    monkeypatch.setitem(sys.modules, package, None)
    with pytest.raises(NasssapError, match=r"pip install 'nasssap\[document\]'"):
        render_pdf(document(section()))


def test_a_paper_of_two_pages_begins_on_its_first_page():
    parts = [Section(f"s{number}", f"Part {number}", 1, "", (Paragraph("Few words."),)) for number in (1, 2)]
    whole = Document("en", "Testland", "Brief", "", "A draft.", "Contents", tuple(parts), facts=(("Figures", "3"),))
    with (
        pikepdf.open(io.BytesIO(render_pdf(whole))) as long,
        pikepdf.open(io.BytesIO(render_pdf(replace(whole, short=True)))) as short,
    ):
        assert (len(long.pages), len(short.pages)) == (4, 1)  # title, contents, and a page for each chapter
