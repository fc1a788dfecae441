"""``nasssap document`` as a ministry types it."""

import re
import shutil
from html import unescape

import docx
import pikepdf
import pptx
import pytest
from bundle_tools import entries
from command_line import call
from pptx.enum.shapes import MSO_SHAPE_TYPE
from recorded import recorded
from stories import REAL

from nasssap_lib.document import compilation
from nasssap_lib.exchange.verify import open_bundle
from nasssap_lib.pack.folders import codebook_path, data_root

FORMATS = ("html", "docx", "pdf")


@pytest.fixture
def packs_of_training(tmp_path):
    """A data folder with the training country, to be spoiled."""
    shutil.copytree(data_root() / "XTC", tmp_path / "packs" / "XTC")
    shutil.copy(codebook_path(data_root()), tmp_path / "packs")
    return tmp_path / "packs"


def headings(page: str) -> list[str]:
    return [unescape(re.sub("<[^>]+>", "", words)) for words in re.findall(r"<h[2-4]>(.*?)</h[2-4]>", page)]


@pytest.fixture(scope="module")
def first(tmp_path_factory):
    """What the command said, and the folder that it wrote to: the whole strategy of the training country, edition 1."""
    out = tmp_path_factory.mktemp("first")
    return call("document", "XTC", "--number", "1", "--out", out), out / "reports" / "XTC"


def test_the_training_country_has_every_chapter_filled_in_every_format(first):
    result, folder = first
    assert result.exit_code == 0 and re.search(r"English · \d+ s", result.output)
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


def test_a_numbered_edition_is_frozen_beside_its_formats(first):
    result, folder = first
    path = folder / "XTC-strategy-1.zip"
    files = entries(path)
    assert {name for name in files if "/" not in name} == {"manifest.json", *(f"strategy.{name}" for name in FORMATS)}
    assert all(files[f"strategy.{name}"] == (folder / f"strategy.{name}").read_bytes() for name in FORMATS)
    edition = open_bundle(path)
    assert edition.manifest["organised_by"] == {"name": "guarantee", "list": ""}
    assert (
        f"{path} · {len(files)} files" in result.output
        and f"SHA-256 of the manifest: {edition.digest}" in result.output
    )
    assert "<dt>Edition</dt><dd>1</dd>" in files["strategy.html"].decode()
    verified = call("verify", path, "--digest", edition.digest)
    assert verified.exit_code == 0
    assert (
        verified.output.startswith("Edition 1 of strategy · XTC · English · made 20")
        and "by guarantee" in verified.output
    )


def test_the_whole_document_is_the_same_when_it_is_compiled_again_of_the_pack_inside(first):
    result = call("verify", first[1] / "XTC-strategy-1.zip", "--rerun")
    assert result.exit_code == 0
    assert "we write of the pack inside: strategy.docx, strategy.html, strategy.pdf." in result.output


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
def quick(monkeypatch, tmp_path):
    """Arguments of an edition of two chapters, of notebooks that another test ran: the rest is as a ministry has it."""
    monkeypatch.setattr(
        compilation, "record_country", lambda country, _data, language, step: recorded(country, language)
    )
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
    assert re.search(r"Compared with edition 1, whose pack has the digest [0-9a-f]{16}\.", page)
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
        (("SEN", "--accept", "all"), "--accept: is for an edition that is frozen: add --number"),
        (("XXX",), "XXX"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_work(arguments, words, tmp_path):
    result = call("document", *arguments, "--out", tmp_path)
    assert result.exit_code == 1 and words in result.output and not list(tmp_path.iterdir())


def test_help_has_examples():
    assert "nasssap document XTC" in call("document", "--help").output
