"""``nasssap document`` as a ministry types it."""

import io
import re
import shutil
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from html import unescape
from pathlib import Path

import docx
import pikepdf
import pptx
import pytest
from bundle_tools import entries
from command_line import call
from compiled_documents import (
    THREE,
    annex_of,
    compared_with_print,
    compiled,
    english_in,
    heads_of,
    numbers_apart,
    pdf_texts,
    told_paragraphs,
    untraced,
    words_of,
)
from pptx.enum.shapes import MSO_SHAPE_TYPE
from recorded import SMALL
from small_pack import edit
from stories import REAL, pack_of
from word_documents import NEEDS_OFFICE, as_pdf, pages_of, squeezed

from nasssap_lib.display.grid import Cell
from nasssap_lib.display.texts import in_language
from nasssap_lib.display.words import without_subject
from nasssap_lib.document import compilation, compose, docx_printed
from nasssap_lib.document.blocks import Document, Paragraph
from nasssap_lib.document.docx_template import clean_template
from nasssap_lib.document.material import Material
from nasssap_lib.document.outline import orders, read_outline
from nasssap_lib.document.own import OWN
from nasssap_lib.document.prose import read_prose
from nasssap_lib.document.record import record_country
from nasssap_lib.document.sheets import SHEET
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.pack.folders import codebook_path, data_root

FORMATS = ("html", "docx", "pdf")
PLAIN = Path(docx.__file__).parent / "templates" / "default.docx"  # of somebody who knows nothing of us


@pytest.fixture
def packs_of_training(tmp_path):
    """A data folder with the training country, to be spoiled."""
    shutil.copytree(data_root() / "XTC", tmp_path / "packs" / "XTC")
    shutil.copy(codebook_path(data_root()), tmp_path / "packs")
    return tmp_path / "packs"


@pytest.fixture(scope="module")
def training(tmp_path_factory):
    """The whole document of the training country, which has everything; pictures are drawn once, also for other orders."""
    kept = {}

    def once(name: str):
        made = getattr(compose, name)  # of one picture, which stays in the record
        return lambda thing, *more: (
            kept.get((name, id(thing))) or kept.setdefault((name, id(thing)), (thing, made(thing, *more)))
        )[1]

    with pytest.MonkeyPatch.context() as patch:
        for name in ("draw", "small_png"):
            patch.setattr(compose, name, once(name))
        with printed_by_two():
            made = compiled(tmp_path_factory.mktemp("training"), "XTC", "--number", "1")
        yield made


@contextmanager
def printed_by_two():
    """Pretend to print a Word file for its numbers of pages."""
    with pytest.MonkeyPatch.context() as printer:
        printer.setattr(docx_printed, "find_office", lambda: "soffice")
        printer.setattr(docx_printed, "print_pdf", lambda content, *rest: content)
        printer.setattr(docx_printed, "outline_pages", pages_by_two)
        yield


def headings(page: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", words)) for words in re.findall(r"<h[2-4]>(.*?)</h[2-4]>", page)]


def word_file(folder):
    """The Word file that was written, and the numbers in its list of contents."""
    word = docx.Document(str(next(folder.rglob("*.docx"))))
    listed = [line.text.partition("\t")[2] for line in word.paragraphs if line.style.name.startswith("toc ")]
    return word, [int(number) for number in listed if number]


def pages_by_two(content: bytes) -> list[tuple[str, int]]:
    """Headings of a Word file, two a page from the third on."""
    lines = [
        line.text for line in docx.Document(io.BytesIO(content)).paragraphs if line.style.name.startswith("Heading")
    ]
    return [(words, 3 + place // 2) for place, words in enumerate(lines)]


@pytest.fixture(scope="module")
def first(training):
    """What the command said, and the folder that it wrote to: the whole strategy of the training country, edition 1."""
    return training.said, training.folder


def test_the_training_country_has_every_chapter_filled_in_every_format(training):
    folder, page = training.folder, training.page
    assert re.search(r"English · \d+ s", training.said)
    assert "To collect:" not in page and ">nan<" not in page.lower() and "&lt;NA&gt;" not in page
    first = [name for name in headings(page) if re.match(r"\d+ ", name)][:3]
    assert first == ["1 Process and participants", "2 The situation", "3 Existing schemes, formal and informal"]
    assert "by 2040 nobody falls below a floor" in page
    assert "16.4\N{NO-BREAK SPACE}% of the population had at least one benefit" in page
    word = [
        line.text
        for line in docx.Document(str(folder / "strategy.docx")).paragraphs
        if line.style.name.startswith("Heading")
    ]
    assert word == headings(page)[1:]  # the page heads its contents too
    pages = word_file(folder)[1]
    assert pages == [3 + n // 2 for n in range(len(pages))] and len(pages) == len(word) > 30
    with pikepdf.open(folder / "strategy.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("en") and len(pdf.pages) > 40 and "/Outlines" in pdf.Root


def test_a_numbered_edition_is_frozen_beside_its_formats(first):
    said, folder = first
    path = folder / "XTC-strategy-1.zip"
    files = entries(path)
    assert {name for name in files if "/" not in name} == {"manifest.json", *(f"strategy.{name}" for name in FORMATS)}
    assert all(files[f"strategy.{name}"] == (folder / f"strategy.{name}").read_bytes() for name in FORMATS)
    edition = open_bundle(path)
    assert edition.manifest["organised_by"] == {"name": "guarantee", "list": ""}
    assert f"{path} · {len(files)} files" in said and f"SHA-256 of the manifest: {edition.digest}" in said
    assert "<dt>Edition</dt><dd>1</dd>" in files["strategy.html"].decode()
    verified = call("verify", path, "--digest", edition.digest)
    assert verified.exit_code == 0
    assert (
        verified.output.startswith("Edition 1 of strategy · XTC · English · made 20")
        and "by guarantee" in verified.output
    )


@pytest.mark.soak
def test_the_whole_document_is_the_same_when_it_is_compiled_again_of_the_pack_inside(first):
    result = call("verify", first[1] / "XTC-strategy-1.zip", "--rerun")
    assert result.exit_code == 0
    assert "we write of the pack inside: strategy.docx, strategy.html, strategy.pdf." in result.output


def test_some_chapters_are_the_same_when_their_notebooks_run_again_on_the_pack_inside(quick, tmp_path, monkeypatch):
    """As the test above, without the notebooks from which these chapters take nothing."""
    chapters = (
        'chapters = ["vision", "process", "monitoring"]\n'
        "[chapter.process]\n"
        'material = ["01.process", "01.process_picture"]\n'
        "[chapter.monitoring]\n"
        'material = ["06.targets", "06.sheets"]\n'
    )
    (tmp_path / "own.toml").write_text(chapters, encoding="utf-8")
    with printed_by_two():
        assert call(*quick, "--format", ",".join(FORMATS), "--number", "1").exit_code == 0
    ran, record = [], partial(record_country, notebooks=SMALL)
    monkeypatch.setattr(
        compilation, "record_country", lambda *given, **named: ran.append(given) or record(*given, **named)
    )
    (path,) = tmp_path.rglob("*.zip")
    result = call("verify", path, "--rerun")
    assert result.exit_code == 0 and len(ran) == 1
    assert "we write of the pack inside: strategy.docx, strategy.html, strategy.pdf." in result.output
    assert entries(path)["strategy.html"].count(b"<img ") == 2


@pytest.mark.soak
@pytest.mark.parametrize(
    ("further", "name"),
    [
        (("SEN", "--number", "2027-1", "--organised-by", "financing"), "SEN-fr-strategy-2027-1.zip"),
        (("XTC", "--number", "2", "--edition", "slides", "--lang", "es"), "XTC-es-slides-2.zip"),
        (
            ("XTC", "--number", "2", "--lang", "fr", "--organised-by", "own.toml", "--since", "1"),
            "XTC-fr-strategy-2.zip",
        ),
    ],
)
def test_every_kind_of_edition_is_the_same_when_it_is_compiled_again(further, name, first, tmp_path):
    own = tmp_path / "own.toml"
    own.write_text('chapters = ["vision", "plan", "money"]\n[chapter.money]\ntitle = "M"\nmaterial = ["04.who_pays"]\n')
    places = {"own.toml": own, "1": first[1] / "XTC-strategy-1.zip"}
    assert call("document", *(places.get(text, text) for text in further), "--out", tmp_path).exit_code == 0
    (path,) = tmp_path.rglob("*.zip")
    result = call("verify", path, "--rerun")
    assert path.name == name and result.exit_code == 0 and "Byte for byte" in result.output


@pytest.fixture
def quick(training, monkeypatch, tmp_path):
    """Arguments of an edition of two chapters, of notebooks that ran for the whole document: the rest is as a ministry has it."""
    monkeypatch.setattr(compilation, "record_country", lambda *_given, **_named: training.record)
    own = tmp_path / "own.toml"
    own.write_text(
        'chapters = ["vision", "review"]\n[chapter.review]\nmaterial = ["06.review_terms"]\n', encoding="utf-8"
    )
    return ("document", "XTC", "--organised-by", own, "--format", "html", "--out", tmp_path / "out")


def test_the_next_edition_says_what_changed_since_the_one_that_was_frozen(first, quick, packs_of_training, tmp_path):
    plan = packs_of_training / "XTC" / "activities.csv"
    plan.write_text(plan.read_text(encoding="utf-8").replace("2026-04,2027-12", "2026-05,2027-12"), encoding="utf-8")
    (packs_of_training / "XTC" / "text" / "vision.md").write_text(
        "By 2045 nobody falls below a floor.", encoding="utf-8"
    )
    before = first[1] / "XTC-strategy-1.zip"
    told = (*quick, "--data", packs_of_training, "--since", before)
    assert call(*told, "--number", "2").exit_code == 0
    folder = tmp_path / "out" / "reports" / "XTC"
    page = (folder / "strategy.html").read_text(encoding="utf-8")
    assert re.search(r"Compared with edition 1, whose data have the digest [0-9a-f]{16}\.", page)
    assert "The ministry&#39;s own prose is another one" in page or "The ministry's own prose is another one" in page
    assert "2026-04" in page and "2026-05" in page and "A Changes since the edition before" in headings(page)
    assert "changes since edition 1" in call("verify", folder / "XTC-strategy-2.zip").output
    assert "the edition before has the number 1 too" in call(*told, "--number", "1").output
    reviewed = call(
        "review", "XTC", "--data", packs_of_training, "--approved", before, "--to", tmp_path / "review.html"
    )
    assert reviewed.exit_code == 0 and "start 2026-04 → 2026-05" in reviewed.output
    assert "XTC-strategy-1.zip" in (tmp_path / "review.html").read_text(encoding="utf-8")
    compared = call("compare", before, folder / "XTC-strategy-2.zip", "--figures-only")
    assert compared.exit_code == 0 and "2026-04 → 2026-05" in compared.output


def test_a_number_that_is_taken_is_refused_before_the_work_and_nothing_is_written_over(quick, tmp_path):
    assert call(*quick, "--number", "1").exit_code == 0
    folder = tmp_path / "out" / "reports" / "XTC"
    there = {path.name: path.read_bytes() for path in folder.iterdir()}
    (folder / "strategy.html").write_bytes(b"another")
    result = call(*quick, "--number", "1")
    assert result.exit_code == 1 and "XTC-strategy-1.zip is there already" in result.output
    assert "take another number, or delete the file" in result.output
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {**there, "strategy.html": b"another"}
    result = call(*quick, "--number", "2")
    assert result.exit_code == call(*quick).exit_code == 0
    assert f"since the last one: --since {folder / 'XTC-strategy-1.zip'}\n" in result.output
    assert sorted(path.name for path in folder.glob("*.zip")) == ["XTC-strategy-1.zip", "XTC-strategy-2.zip"]


def test_what_share_would_refuse_is_not_frozen_and_a_person_may_answer(quick, packs_of_training, tmp_path):
    vision = packs_of_training / "XTC" / "text" / "vision.md"
    vision.write_text("In Kédougou 40 % (n = 3).\n", encoding="utf-8")
    told = (*quick, "--data", packs_of_training, "--number", "1")
    result = call(*told)
    assert result.exit_code == 1 and "text/vision.md, line 1: a figure from 3 sampled persons" in result.output
    assert not list((tmp_path / "out").rglob("*.*"))
    assert call(*told, "--accept", "all").exit_code == 0
    (path,) = tmp_path.rglob("*.zip")
    assert "The sender looked at this and sent it" in call("verify", path).output
    vision.write_text("Ask awa@example.org.\n", encoding="utf-8")
    result = call(*told[:-1], "2", "--accept", "all")
    assert result.exit_code == 1 and "an e-mail address" in result.output and "nothing was written" in result.output


@pytest.mark.parametrize(
    "place",
    ["document.compilation.compose_document", "exchange.edition.find_in_files", "exchange.archive.read_archive"],
)
def test_ctrl_c_leaves_no_edition_and_no_half_of_one(quick, place, monkeypatch, tmp_path):
    def interrupted(*_given, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(f"nasssap_lib.{place}", interrupted)
    result = call(*quick, "--number", "1")
    assert result.exit_code == 130 and "what is not named above was not written" in result.output
    left = [path.name for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert left == (["strategy.html"] if place.endswith("read_archive") else [])


APART = {  # numbers of sentences that stand in no exhibit, by the exhibit beside which they stand
    "04.payg_rate": "what lies between the years that are drawn",
    "04.debt_path": "what the wage bill would be",
    "05.money": "the least of several gaps",
    "05.plan_costs": "sums over years",
}


def test_every_table_and_figure_leads_to_its_sources_or_to_functions_and_tables(training):
    assert untraced(training.document, pack_of("XTC")) == []


def with_annex(made: Document, rows: tuple) -> Document:
    """A document whose annex on where everything comes from has these rows."""
    table = annex_of(made)
    changed = replace(table, grid=table.grid._replace(rows=rows))
    sections = [
        replace(section, blocks=tuple(changed if block is table else block for block in section.blocks))
        for section in made.sections
    ]
    return replace(made, sections=tuple(sections))


def test_a_figure_that_leads_nowhere_is_found(training):
    (first, made, cited), *others = annex_of(training.document).grid.rows
    spoiled = {
        "only here": others,
        "no function stocktaking.prozess": [(first, made._replace(text="stocktaking: prozess"), cited), *others],
        "no table proces": [(first, made._replace(detail="proces"), cited), *others],
        "no source NOWHERE": [(first, made, Cell("NOWHERE")), *others],
        "made by nothing": [(first, made._replace(text=""), cited), *others],
    }
    for said, rows in spoiled.items():
        (fault,) = untraced(with_annex(training.document, tuple(rows)), pack_of("XTC"))
        assert fault.startswith("Figure 1. ") and said in fault
    assert words_of(with_annex(training.document, tuple(others))) != words_of(training.document)


def test_every_sentence_with_a_number_leads_to_what_made_it_and_its_numbers_stand_in_an_exhibit(training):
    prose = read_prose(data_root("") / "XTC", "en", pack_of("XTC"), training.record)
    own = OWN["principles"](Material(training.record, pack_of("XTC"), "guarantee"))
    written = {block.text for blocks in (own, *prose.values()) for block in blocks if isinstance(block, Paragraph)}
    made = {without_subject(text, pack_of("XTC").settings.name_en) for text in training.record.origins}
    assert {text for text in told_paragraphs(training.document) if text not in made} <= written
    count, apart = numbers_apart(training.record, pack_of("XTC"))
    assert count > 300 and sum(map(len, apart.values())) < count / 30 and set(apart) <= set(APART)


def test_a_sheet_of_an_option_says_what_the_tables_of_the_reports_say(training):
    (table,) = next(part for part in training.document.walk() if part.anchor == "option_maternity_grant").blocks
    cells = {(row[0].text, row[1].text): row[2] for row in table.grid.rows}
    assert cells["Take-up", "Benefit package"] == Cell(
        "65\N{NO-BREAK SPACE}%", "a", "50\N{NO-BREAK SPACE}% to 80\N{NO-BREAK SPACE}%"
    )
    assert cells["Document that it serves", "Coherence"].text == "none read"
    assert cells["Payment channel in place", "Service delivery"].text == "To be set up"
    aspects = list(dict.fromkeys(row[1].text for row in table.grid.rows))
    assert aspects == list(dict.fromkeys(aspect for aspect, *_rest in SHEET))  # all seven, in their order


@pytest.mark.parametrize("order", orders()[1:])
def test_another_order_says_and_shows_the_same(training, order):
    pack = pack_of("XTC")
    prose = read_prose(data_root("") / "XTC", "en", pack, training.record)
    other = compose.compose_document(pack, training.record, read_outline(order), prose)
    first, there = ([section.anchor for section in made.sections] for made in (training.document, other))
    assert first != there and sorted(first) == sorted(there)
    assert words_of(other) == words_of(training.document)


OF_TWO_NOTEBOOKS = """
chapters = ["acronyms", "gaps", "vision", "options", "money", "costing", "monitoring", "sources", "origins"]
[chapter.gaps]
material = ["own.found_headline", "02.headline", "02.coverage_by_group", "02.gaps", "02.law", "02.convention_102"]
[chapter.money]
title = "Qui paie"
material = ["04.financing_gap", "04.who_pays", "04.financing_options", "04.labour_cost", "04.accounts"]
[chapter.monitoring]
material = ["own.participants"]
"""
DRAFTS = {  # order of the chapters, notebooks that run (None: all), chapters in their order, words, least cells
    "some": (
        OF_TWO_NOTEBOOKS,
        ("02_gap_identification", "04_costing_and_financing"),
        ("1 Qui n'est pas couvert", "4 Qui paie"),
        "c'est au pays de le dire",
        700,
    ),
    "all": (
        "financing",
        None,
        ("3 Qui paie", "6 Expériences passées et pratiques communautaires"),
        "on n'invente l'avis de personne",
        2_000,
    ),
}


@pytest.mark.parametrize("draft", ["some", pytest.param("all", marks=pytest.mark.soak)])
def test_a_real_countrys_draft_is_a_word_file_in_its_language(tmp_path, monkeypatch, draft):
    order, notebooks, (first, later), said, least = DRAFTS[draft]
    monkeypatch.setattr(docx_printed, "find_office", lambda: "")
    monkeypatch.setattr(compilation, "record_country", partial(record_country, notebooks=notebooks))
    (tmp_path / "ministry.docx").write_bytes(clean_template())
    if order == OF_TWO_NOTEBOOKS:
        (tmp_path / "own.toml").write_text(order, encoding="utf-8")
        order = tmp_path / "own.toml"
    options = ("--format", "docx,html", "--template", tmp_path / "ministry.docx", "--organised-by", order)
    made = compiled(tmp_path, "SEN", *options)
    told = [line for line in made.said.splitlines() if "without numbers of pages" in line]
    assert len(told) == 1 and "LibreOffice is not installed" in told[0] and "Update field" in told[0]
    assert word_file(tmp_path / "reports")[1] == []
    assert "French" in made.said and made.folder.name == "fr"
    written = docx.Document(str(made.folder / "strategy.docx"))
    lines = [line for line in written.paragraphs if line.text]
    texts, names = [line.text for line in lines], [line.text for line in lines if line.style.name == "Heading 1"]
    assert any("Document de travail technique" in text for text in texts)
    assert any(said in text for text in texts)
    assert names.index(first) < names.index(later)
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert len(cells) > least and [text for text in [*texts, *cells] if THREE.search(text)] == []
    assert THREE.search("It is for the reader")
    assert english_in(made) == [] and made.page.count('lang="en"') == 0
    assert untraced(made.document, pack_of("SEN")) == []


@pytest.mark.soak
@NEEDS_OFFICE
@pytest.mark.parametrize("country", ["XTC", "SEN", "HND"])
def test_libreoffice_prints_the_headings_and_numbers_of_the_page_in_its_order_and_nothing_else(country, tmp_path):
    made = compiled(tmp_path, country, "--format", "html,docx")
    pages = pages_of(as_pdf((made.folder / "strategy.docx").read_bytes(), tmp_path))
    lost, between = compared_with_print(made.page, pages, made.document)
    assert len(pages) > 40 and lost == [] and between <= heads_of(made.document)


@pytest.mark.soak
@NEEDS_OFFICE
def test_a_real_countrys_contents_have_the_pages_on_which_its_chapters_are_printed(tmp_path):
    assert call("document", "SEN", "--format", "docx", "--out", tmp_path).exit_code == 0
    (path,) = tmp_path.rglob("strategy.docx")
    word, pages = word_file(tmp_path)
    lines = [line.text for line in word.paragraphs if line.style.name in {"Heading 1", "Heading 2", "Heading 3"}]
    printed = pages_of(as_pdf(path.read_bytes(), tmp_path))
    assert len(lines) == len(pages) > 20
    for words, page in zip(lines, pages, strict=True):
        assert squeezed(words) in squeezed(printed[page - 1]), words


@pytest.mark.soak
@pytest.mark.parametrize("country", REAL)
def test_every_real_country_has_a_draft_in_every_format_and_its_figures_lead_to_where_they_come_from(tmp_path, country):
    made, pack = compiled(tmp_path, country), pack_of(country)
    assert ">nan<" not in made.page.lower() and "&lt;NA&gt;" not in made.page
    assert len(list(made.folder.glob("strategy.*"))) == 3
    assert untraced(made.document, pack) == []
    language = made.document.language
    with in_language(language, pack.translations(language), country):
        count, apart = numbers_apart(made.record, pack, "," if language == "fr" else ".")
    assert count > 150 and sum(map(len, apart.values())) < count / 25, apart
    if language != "en":
        assert english_in(made) == [] and made.document.english == frozenset()
        assert [text for text in pdf_texts(made.folder / "strategy.pdf") if THREE.search(text)] == []


@pytest.mark.soak
@pytest.mark.parametrize("language", ["fr", "es"])
def test_what_the_training_country_says_in_another_language_is_in_it_or_marked_and_counted(language, tmp_path):
    made = compiled(tmp_path, "XTC", "--lang", language, "--format", "html")
    marked = set(map(unescape, re.findall(r'<span lang="en">([^<]*)</span>', made.page)))
    assert english_in(made) == [] and marked == made.document.english and len(marked) > 200


@pytest.mark.soak
@pytest.mark.parametrize(
    ("country", "title"), [("XTC", "Who is covered today"), ("SEN", "Qui est couvert aujourd'hui")]
)
def test_slides_have_a_picture_for_each_subject(country, title, tmp_path):
    result = call("document", country, "--edition", "slides", "--out", tmp_path)
    (path,) = tmp_path.rglob("slides.*")
    slides = list(pptx.Presentation(str(path)).slides)
    assert result.exit_code == 0 and path.suffix == ".pptx" and len(slides) == 12  # title, ten subjects, sources
    pictures = [any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in slide.shapes) for slide in slides]
    assert title in [slide.shapes.title.text for slide in slides] and sum(pictures) == (10 if country == "XTC" else 9)


def test_a_broken_quote_is_an_error_with_file_and_line_and_nothing_is_written(tmp_path):
    data = copied_training(tmp_path)
    (data / "XTC" / "text" / "vision.md").write_text("One.\n\n{fact effective_covrage}\n")
    result = call("document", "XTC", "--format", "html", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "text/vision.md, line 3" in result.output and not list(tmp_path.rglob("strategy*"))


@pytest.mark.parametrize("notebooks", ["kept", pytest.param("run", marks=pytest.mark.soak)])
def test_prose_with_a_figure_survives_two_compilations_one_with_a_changed_figure(
    training, tmp_path, monkeypatch, notebooks
):
    data, said = copied_training(tmp_path), []
    prose, figures = data / "XTC" / "text" / "summary.md", data / "XTC" / "indicators.csv"
    prose.write_text(
        "Ours: *{fact effective_coverage older_persons}* of all in {year effective_coverage older_persons}.\n"
    )
    before = prose.read_bytes()
    if notebooks == "kept":
        monkeypatch.setattr(compilation, "record_country", lambda *_given, **_named: training.record)
    for old, new in (("", ""), ("older_persons,total,,2024,33.99,", "older_persons,total,,2024,35.5,")):
        edit(figures, old, new)
        result = call("document", "XTC", "--edition", "summary", "--format", "html", "--data", data, "--out", tmp_path)
        page = next(tmp_path.rglob("summary.html")).read_text(encoding="utf-8")
        said += [result.exit_code, *re.findall(r"<p>(Ours: .*?)</p>", page)]
    assert said == [
        0,
        "Ours: 34\N{NO-BREAK SPACE}% of all in 2024.",
        0,
        "Ours: 35.5\N{NO-BREAK SPACE}% of all in 2024.",
    ]
    assert prose.read_bytes() == before


def copied_training(folder: Path) -> Path:
    """A data folder of its own with the training country."""
    data = folder / "raw"
    shutil.copytree(data_root("") / "XTC", data / "XTC")
    shutil.copy(codebook_path(data_root("")), data)
    return data


def test_a_figure_whose_source_is_gone_stops_the_document_before_a_notebook_runs_and_is_named(tmp_path, monkeypatch):
    monkeypatch.setattr(compilation, "record_country", None)
    data = copied_training(tmp_path)
    sources = data / "XTC" / "sources.csv"
    lines = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    sources.write_text("".join(line for line in lines if not line.startswith("XTC-COVERAGE-2025")), encoding="utf-8")
    result = call("document", "XTC", "--format", "html", "--data", data, "--out", tmp_path / "out")
    named = "XTC/indicators.csv:407 source: 'XTC-COVERAGE-2025' of effective_coverage, at_least_one, female, 2020 — expected"
    assert result.exit_code == 1 and named in result.output
    assert not list(tmp_path.rglob("strategy*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("XTC", "--format", "odt"), "--format: expected some of html, docx, pdf"),
        (("XTC", "--format", "pptx"), "pptx is for slides, not for the edition 'strategy'; add --edition slides"),
        (("XTC", "--organised-by", "finance"), "did you mean 'financing'"),
        (("XTC", "--lang", "xx"), "--lang"),
        (("XTC", "--number", "../2"), "--number: expected a number or a short name"),
        (("XTC", "--template", "no-such.docx"), "--template: no-such.docx: there is no such file"),
        (("XTC", "--template", str(PLAIN)), "expected the styles Country, Claim"),
        (
            ("XTC", "--format", "html", "--template", str(PLAIN)),
            "--template: is for a Word file, got --format html; add docx",
        ),
        (("SEN", "--since", "XTC"), "--since: expected an edition of SEN, got XTC"),
        (("XTC", "--number", "1", "--template", str(PLAIN)), "--template: is not for an edition that is frozen"),
        (("SEN", "--accept", "all"), "--accept: is for an edition that is frozen: add --number"),
        (("XXX",), "XXX"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_work(arguments, words, tmp_path):
    result = call("document", *arguments, "--out", tmp_path)
    assert result.exit_code == 1 and words in result.output and not list(tmp_path.iterdir())


def test_help_has_examples():
    assert "nasssap document XTC" in call("document", "--help").output


@pytest.mark.soak
@pytest.mark.parametrize("country", [*REAL, "XTC"])
@pytest.mark.parametrize("edition", ["brief", "summary"])
def test_a_paper_of_two_pages_has_two_pages(tmp_path, country, edition):
    assert call("document", country, "--edition", edition, "--format", "pdf", "--out", tmp_path).exit_code == 0
    (path,) = tmp_path.rglob(f"{edition}.pdf")
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 2
