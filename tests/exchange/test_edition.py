"""A numbered edition: what is in it, that every change of it is named, and that none is written over."""

import json
import os
import shutil
import zipfile
from dataclasses import replace

import pytest
from bundle_tools import entries, resealed, write
from command_line import call
from edition_tools import MADE, rendered, small_edition
from stories import pack_of

from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.exchange.archive import ArchiveError
from nasssap_lib.exchange.bundle import ShareError
from nasssap_lib.exchange.disclosure import DisclosureError
from nasssap_lib.exchange.edition import (
    Frozen,
    Title,
    check_edition,
    check_number,
    document_versions,
    edition_files,
    last_beside,
    notebook_hashes,
)
from nasssap_lib.exchange.pack_files import pack_files
from nasssap_lib.exchange.sides import read_edition
from nasssap_lib.exchange.traces import Machine
from nasssap_lib.exchange.verify import BundleError, open_bundle
from nasssap_lib.pack.folders import data_root

PAGE = b"<p>12 % are covered.</p>"


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return small_edition(tmp_path_factory.mktemp("editions"))


@pytest.fixture
def packs(tmp_path):
    """A data folder with the training country, to be spoiled."""
    shutil.copytree(data_root() / "XTC", tmp_path / "packs" / "XTC")
    shutil.copy(data_root() / "codebook.csv", tmp_path / "packs")
    return tmp_path / "packs"


def frozen(data="", number="1", language="en", **order):
    return Frozen.of(Title("brief", number, language, **order), pack_of("XTC"), str(data))


def test_an_edition_holds_its_formats_its_pack_its_prose_and_a_manifest(edition):
    files = entries(edition)
    packed = {f"data/raw/{name}" for name in pack_files(data_root(), "XTC")}
    assert set(files) == {"brief.html", "brief.docx", "brief.pdf", "manifest.json"} | packed
    assert list(files)[:4] == ["brief.html", "brief.docx", "brief.pdf", "manifest.json"], "what is read stands first"
    assert edition.name == "XTC-brief-1.zip" and "data/raw/XTC/text/vision.md" in files
    said = json.loads(files["manifest.json"])
    assert {name: said[name] for name in ("number", "language", "edition", "made", "before")} == {
        "number": "1", "language": "en", "edition": "brief", "made": "2026-03-01T10:20:30+00:00", "before": None,
    }  # fmt: skip
    assert said["pack_digest"] == pack_of("XTC").digest and len(said["prose_digest"]) == 64
    assert {"document/compose.py", "document/strategy.typ", "coverage/gaps.py"} <= set(said["library"])
    assert {"typst", "python-docx", "matplotlib", "python"} <= set(said["versions"]) == set(document_versions())
    assert said["notebooks"] == notebook_hashes() and len(notebook_hashes()) == 6


def test_the_same_document_and_time_give_the_same_bytes(edition, tmp_path):
    assert small_edition(tmp_path).read_bytes() == edition.read_bytes()


def test_a_sound_edition_is_accepted_and_says_what_it_is(edition, tmp_path):
    result = call("verify", edition)
    assert result.exit_code == 0
    line = f"Edition 1 of brief · XTC · English · made 2026-03-01T10:20:30+00:00 · digest of the pack {pack_of('XTC').digest[:16]}"
    assert result.output.splitlines()[0] == line
    digest = open_bundle(edition).digest
    assert f"SHA-256 of the manifest: {digest}" in result.output and "files are as the manifest says." in result.output
    assert call("verify", edition, "--digest", digest).exit_code == 0
    assert call("verify", edition, "--digest", "0" * 64).exit_code == 1
    result = call("verify", edition, "--rerun", "--jobs", "2")
    assert result.exit_code == 1 and "--jobs: is for bundles" in result.output


def test_one_changed_byte_is_named(edition, tmp_path):
    content = bytearray(edition.read_bytes())
    with zipfile.ZipFile(edition) as archive:
        entry = archive.getinfo("brief.pdf")
    content[entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2] ^= 1
    (tmp_path / "x.zip").write_bytes(content)
    result = call("verify", tmp_path / "x.zip", "--rerun")
    assert result.exit_code == 1 and "changed: brief.pdf" in result.output and result.output.count("changed: ") == 1


@pytest.mark.parametrize("name", ["brief.docx", "data/raw/XTC/indicators.csv", "data/raw/XTC/text/vision.md"])
def test_a_file_that_was_changed_is_named(edition, tmp_path, name):
    files = entries(edition)
    result = call("verify", write(tmp_path / "x.zip", {**files, name: b"other"}))
    assert result.exit_code == 1 and f"changed: {name}" in result.output
    assert f"1 of {len(files) - 1} files" in result.output  # all but the manifest


def test_a_file_too_many_or_too_few_and_a_false_manifest_are_refused(edition, tmp_path):
    files = entries(edition)
    for given, words in (
        ({**files, "x.csv": b"a"}, r"x\.csv: not in the manifest"),
        ({name: files[name] for name in files if name != "brief.pdf"}, r"brief\.pdf: in the manifest, not in the archive"),
        ({name: files[name] for name in files if name != "manifest.json"}, r"manifest\.json: missing"),
        ({**files, "manifest.json": files["manifest.json"].replace(b'"number": "1"', b'"number": "x y"')}, "number: expected"),
        ({**files, "manifest.json": files["manifest.json"].replace(b"nasssap-edition-1", b"nasssap-edition-9")}, "newer nasssap"),
    ):  # fmt: skip
        with pytest.raises(BundleError, match=words):
            open_bundle(write(tmp_path / "x.zip", given))


def test_what_a_document_would_not_write_is_refused(edition, tmp_path):
    files = entries(edition)
    for name in (
        "summary.pdf", "brief.exe", "README.txt", "reports/01_a.html", "data/raw/XTC/survey.dta", "data/raw/SEN/schemes.csv",
        "data/raw/XTC/text/macro.docx", "data/before/XTC/country.toml",
    ):  # fmt: skip
        with pytest.raises(BundleError, match=f"'{name}': nothing that nasssap document writes of this edition"):
            open_bundle(write(tmp_path / "x.zip", resealed({**files, name: b"x"})))


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("data/raw/XTC/schemes.csv", b"0" * 40_000_000, "a file that grows from"),
        ("../brief.html", b"x", "a parent folder"),
        ("/brief.html", b"x", "an absolute path"),
        ("BRIEF.html", b"x", "twice"),
    ],
)
def test_bombs_and_unsafe_names_are_refused_as_in_bundles(edition, tmp_path, name, content, words):
    with pytest.raises(ArchiveError, match=words):
        open_bundle(write(tmp_path / "x.zip", {**entries(edition), name: content}))


def test_another_number_or_other_prose_is_another_edition(edition, packs, tmp_path):
    vision = packs / "XTC" / "text" / "vision.md"
    honest = open_bundle(edition)
    numbered = open_bundle(small_edition(tmp_path, "2"))
    vision.write_text("By 2045 nobody falls below a floor.\n", encoding="utf-8")
    worded = open_bundle(small_edition(tmp_path, data=str(packs)))
    assert numbered.manifest["number"] == "2" and numbered.manifest["file"] == "XTC-brief-2.zip"
    assert len({honest.digest, numbered.digest, worded.digest}) == 3
    assert worded.manifest["pack_digest"] == honest.manifest["pack_digest"], "no result depends on it"
    assert worded.manifest["prose_digest"] != honest.manifest["prose_digest"]
    (packs / "XTC" / "text" / "vision.fr.md").unlink()
    assert frozen(packs).prose == worded.manifest["prose_digest"], "an English edition has no word of the French prose"


def test_an_edition_is_never_written_over(edition, tmp_path):
    path = small_edition(tmp_path)
    path.write_bytes(b"mine")
    with pytest.raises(ParameterError, match="take another number, or delete the file"):
        small_edition(tmp_path)
    assert path.read_bytes() == b"mine"


def test_a_list_of_chapters_that_verify_would_refuse_is_refused_before_anything_is_written(tmp_path):
    with pytest.raises(BundleError, match="organised_by: expected name and list"):
        small_edition(tmp_path, outline="#" * 200_000)
    assert not list(tmp_path.iterdir())


def test_a_name_says_its_language_as_a_bundles_does():
    assert frozen(language="fr", number="2027-1").name == "XTC-fr-brief-2027-1.zip"


def test_what_must_not_travel_is_named_and_a_person_may_answer_doubts(packs):
    vision = packs / "XTC" / "text" / "vision.md"
    vision.write_text("In Kédougou 40 % (n = 3).\n", encoding="utf-8")
    given = frozen(packs)
    with pytest.raises(DisclosureError, match=r"text/vision\.md, line 1: a figure from 3 sampled persons") as refused:
        check_edition(given, PAGE, str(packs), Machine())
    (doubt,) = refused.value.findings
    assert check_edition(given, PAGE, str(packs), Machine(), [doubt.code]) == [doubt]
    said = json.loads(edition_files(given, rendered(), MADE, [doubt])["manifest.json"])
    assert [one["code"] for one in said["accepted"]] == [doubt.code]
    with pytest.raises(ShareError, match="no doubt of the code abc"):
        check_edition(given, PAGE, str(packs), Machine(), ["abc"])
    for page, order in (
        (b"see /home/awa/x.csv", {}),
        (PAGE, {"organised_by": "own.toml", "outline": "# /home/awa/x.toml"}),
    ):
        with pytest.raises(DisclosureError, match="a home directory"):
            check_edition(frozen(packs, **order), page, str(packs), Machine(), ["all"])


def test_a_pack_that_somebody_wrote_in_meanwhile_is_not_frozen(packs):
    given = frozen(packs)
    assert check_edition(given, PAGE, str(packs), Machine()) == []
    (packs / "XTC" / "text" / "vision.md").write_text("Other.\n", encoding="utf-8")
    with pytest.raises(NasssapError, match="XTC: somebody wrote in the pack while its document was made"):
        check_edition(given, PAGE, str(packs), Machine())


def test_the_last_edition_beside_is_that_of_the_same_readers_and_language(tmp_path):
    assert last_beside(tmp_path, frozen(number="3")) is None
    for age, name in enumerate(("XTC-brief-3", "XTC-fr-brief-2", "XTC-strategy-2", "XTC-brief-2027-1", "XTC-brief-2")):
        path = tmp_path / f"{name}.zip"
        path.touch()
        os.utime(path, (1_800_000_000 - age, 1_800_000_000 - age))
    assert last_beside(tmp_path, frozen(number="3")).name == "XTC-brief-2027-1.zip"


def test_title_parameters_and_code_of_a_notebook_count_and_its_other_prose_does_not(monkeypatch):
    honest = read_notebook("02_gap_identification")
    year = honest.parameters["year"]

    def hash_of(**change):
        monkeypatch.setattr("nasssap_lib.exchange.edition.read_notebook", lambda _name: replace(honest, **change))
        return notebook_hashes()["02_gap_identification"]

    same = hash_of()
    assert hash_of(head=honest.head + "\n\nMore is said.") == same
    changes = (
        {"head": honest.head.replace("# ", "# All ", 1)}, {"code": (*honest.code, "1 + 1")},
        {"parameters": {**honest.parameters, "year": replace(year, default=1999)}},
    )  # fmt: skip
    assert len({same, *(hash_of(**change) for change in changes)}) == 4


def test_the_edition_before_travels_and_is_named(edition, tmp_path):
    before = read_edition("--since", str(edition), "XTC", language="en")
    later = open_bundle(small_edition(tmp_path, "2", before=before))
    said = later.manifest["before"]
    assert said == {"number": "1", "manifest_sha256": open_bundle(edition).digest, "pack_digest": pack_of("XTC").digest}
    assert later.files["data/before/XTC/text/vision.md"] == entries(edition)["data/raw/XTC/text/vision.md"]
    assert "changes since edition 1" in call("verify", tmp_path / "XTC-brief-2.zip").output
    with pytest.raises(ParameterError, match="the edition before has the number 1 too"):
        check_number(tmp_path / "new.zip", "1", before)
