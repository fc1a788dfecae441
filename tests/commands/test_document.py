"""``nasssap document`` as a ministry types it."""

import re
import shutil
from html import unescape

import docx
import pikepdf
import pptx
import pytest
from command_line import call
from pptx.enum.shapes import MSO_SHAPE_TYPE
from stories import REAL

from nasssap_lib.pack.folders import codebook_path, data_root


def headings(page: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", words)) for words in re.findall(r"<h[2-4]>(.*?)</h[2-4]>", page)]


def test_the_training_country_has_every_chapter_filled_in_every_format(tmp_path):
    result = call("document", "XTC", "--out", tmp_path)
    assert result.exit_code == 0 and re.search(r"English · \d+ s", result.output)
    folder = tmp_path / "reports" / "XTC"
    page = (folder / "strategy.html").read_text(encoding="utf-8")
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
    with pikepdf.open(folder / "strategy.pdf") as pdf:
        assert str(pdf.Root.Lang).startswith("en") and len(pdf.pages) > 40 and "/Outlines" in pdf.Root


ENGLISH = "(?:the|of|and|to|in|is|for|that|with|are|was|by|on|as|from|not|it|be|at|an|which|who|has|have|this|or|its|their|into|than)"
THREE = re.compile(rf"\b{ENGLISH}(?: {ENGLISH}){{2}}\b", re.IGNORECASE)


def test_a_real_countrys_draft_is_a_word_file_in_its_language(tmp_path):
    result = call("document", "SEN", "--format", "docx", "--organised-by", "financing", "--out", tmp_path)
    assert result.exit_code == 0 and "French" in result.output
    written = docx.Document(str(tmp_path / "reports" / "SEN" / "fr" / "strategy.docx"))
    lines = [line for line in written.paragraphs if line.text]
    texts, names = [line.text for line in lines], [line.text for line in lines if line.style.name == "Heading 1"]
    assert any("Document de travail technique" in text for text in texts)
    assert any("on n'invente l'avis de personne" in text for text in texts)
    assert names.index("3 Qui paie") < names.index("6 Expériences passées et pratiques communautaires")
    cells = [cell.text for table in written.tables for row in table.rows for cell in row.cells]
    assert len(cells) > 2_000 and [text for text in [*texts, *cells] if THREE.search(text)] == []
    assert THREE.search("It is for the reader")


@pytest.mark.soak
@pytest.mark.parametrize("country", REAL)
def test_every_real_country_has_a_draft_in_every_format(tmp_path, country):
    assert call("document", country, "--out", tmp_path).exit_code == 0
    (page,) = tmp_path.rglob("strategy.html")
    text = page.read_text(encoding="utf-8")
    assert ">nan<" not in text.lower() and "&lt;NA&gt;" not in text
    assert len(list(page.parent.glob("strategy.*"))) == 3


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
    data = tmp_path / "raw"
    shutil.copytree(data_root("") / "XTC", data / "XTC")
    shutil.copy(codebook_path(data_root("")), data)
    (data / "XTC" / "text" / "vision.md").write_text("One.\n\n{fact effective_covrage}\n")
    result = call("document", "XTC", "--format", "html", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "text/vision.md, line 3" in result.output and not list(tmp_path.rglob("strategy*"))


def test_a_figure_whose_source_is_gone_stops_the_document_and_is_named(tmp_path):
    data = tmp_path / "raw"
    shutil.copytree(data_root("") / "XTC", data / "XTC")
    shutil.copy(codebook_path(data_root("")), data)
    sources = data / "XTC" / "sources.csv"
    lines = sources.read_text(encoding="utf-8").splitlines(keepends=True)
    sources.write_text("".join(line for line in lines if not line.startswith("XTC-COVERAGE-2025")), encoding="utf-8")
    result = call("document", "XTC", "--format", "html", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "indicators.csv" in result.output and "XTC-COVERAGE-2025" in result.output
    assert not list(tmp_path.rglob("strategy*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("XTC", "--format", "odt"), "--format: expected some of html, docx, pdf"),
        (("XTC", "--format", "pptx"), "pptx is for slides, not for the edition 'strategy'; add --edition slides"),
        (("XTC", "--organised-by", "finance"), "did you mean 'financing'"),
        (("XTC", "--lang", "xx"), "--lang"),
        (("XTC", "--number", "../2"), "--number: expected a number or a short name"),
        (("SEN", "--since", "XTC"), "--since: expected an edition of SEN, got XTC"),
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
