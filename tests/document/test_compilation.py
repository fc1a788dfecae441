"""From a country to its document: what is checked before the notebooks run, what an edition says of itself, and the formats."""

import shutil

import pytest
from recorded import recorded
from stories import pack_of

from nasssap_lib.document import compilation
from nasssap_lib.document.compilation import NUMBER, RENDERED, compile_document, render
from nasssap_lib.document.material import Imprint
from nasssap_lib.document.outline import Chapter, Outline
from nasssap_lib.document.prose import prose_digest
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.folders import data_root

VISION = Outline((Chapter("vision", material=("own.principles",)),))


@pytest.fixture
def ran(monkeypatch):
    """The notebooks are those that another test ran; which were asked for."""
    asked = []

    def record(country, data, language, step, **drawn):
        asked.append((country, language))
        step("01_stocktaking")
        return recorded(country, language)

    monkeypatch.setattr(compilation, "record_country", record)
    return asked


def test_prose_and_material_become_a_document_that_says_its_number_and_the_digest_of_its_prose(ran):
    told = []
    document = compile_document(pack_of("XTC"), "", "en", VISION, Imprint("2"), told.append)
    assert (ran, told) == ([("XTC", "en")], ["01_stocktaking"])
    assert document.sections[0].blocks[0].text.startswith("Zephyria's vision is that by 2040")
    assert document.facts[0] == ("Edition", "2")
    assert ("Digest of the prose", prose_digest(data_root() / "XTC", "en")[:16]) in document.facts


def test_an_edition_before_adds_its_annex(ran):
    document = compile_document(pack_of("XTC"), "", "en", VISION, Imprint("2", pack_of("XTC"), "1"))
    assert [section.anchor for section in document.sections] == ["vision", "changes"]
    assert document.sections[1].blocks[0].text.startswith("Compared with edition 1, whose data have")
    assert [section.anchor for section in compile_document(pack_of("XTC"), "", "en", VISION).sections] == ["vision"]


def test_a_broken_quote_is_told_before_the_notebooks_run(ran, tmp_path):
    shutil.copytree(data_root() / "XTC", tmp_path / "XTC")
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    (tmp_path / "XTC" / "text" / "vision.md").write_text("{fact effective_covrage}", encoding="utf-8")
    with pytest.raises(NasssapError, match=r"text/vision\.md, line 1"):
        compile_document(pack_of("XTC"), str(tmp_path), "en", VISION)
    assert ran == []


def test_every_format_of_one_document_has_the_same_bytes_twice(ran):
    document = compile_document(pack_of("XTC"), "", "fr", VISION)
    made = render(document, ["html", "docx", "pdf"], pack_of("XTC"))
    assert {name: content[:4] for name, content in made.items()} == {"html": b"<!do", "docx": b"PK\3\4", "pdf": b"%PDF"}
    assert made == render(document, list(made), pack_of("XTC"))
    assert set(RENDERED) == {*made, "pptx"}


def test_a_number_is_part_of_a_files_name():
    assert all(NUMBER.fullmatch(text) for text in ("1", "2027-1", "draft.3"))
    assert not any(NUMBER.fullmatch(text) for text in ("", "../1", "a b", ".1", "x" * 21, "1\n"))
