"""An edition beside the document that we compile of its pack: every difference is named, and nothing of the archive is executed."""

import json
import re
import zipfile
from io import BytesIO

import pytest
from bundle_tools import entries, resealed, write
from command_line import call
from edition_tools import rendered, small_document, small_edition
from stories import pack_of

from nasssap_lib.commands.exchange import _report_recompiled
from nasssap_lib.document import compilation
from nasssap_lib.document.record import Record
from nasssap_lib.errors import NasssapError, PackError
from nasssap_lib.exchange import recompilation as room
from nasssap_lib.exchange.recompilation import Recompiled, compare_documents, recompile
from nasssap_lib.exchange.sides import read_edition
from nasssap_lib.exchange.verify import BundleError, open_bundle

OWN = 'chapters = ["vision", "changes"]\n'


@pytest.fixture(scope="module")
def edition(tmp_path_factory):
    return small_edition(tmp_path_factory.mktemp("editions"))


@pytest.fixture
def quick(monkeypatch):
    """Our own document of the pack is the small one; what it was asked for."""
    asked = {}

    def compiled(pack, data, language, outline, imprint, step):
        asked.update(pack=pack, data=data, language=language, outline=outline, imprint=imprint)
        return small_document()

    monkeypatch.setattr(room, "compile_document", compiled)
    return asked


def test_the_same_document_is_the_same_byte_by_byte(edition, quick, temporary):
    result = call("verify", edition, "--rerun")
    assert result.exit_code == 0
    assert "Byte for byte what we write of the pack inside: brief.docx, brief.html, brief.pdf." in result.output
    assert quick["pack"].digest == pack_of("XTC").digest and quick["data"].startswith(str(temporary))
    assert (quick["imprint"].number, quick["outline"].edition, quick["language"]) == ("1", "brief", "en")
    assert not list(temporary.iterdir())


def lie(edition, tmp_path, files):
    return write(tmp_path / "x.zip", resealed({**entries(edition), **files}))


@pytest.mark.parametrize("name", ["brief.html", "brief.docx"])
def test_another_figure_in_one_format_is_named_and_other_versions_are_no_excuse(
    edition, quick, tmp_path, name, monkeypatch
):
    other = rendered("99 % are covered.")
    path = lie(edition, tmp_path, {name: other[name.partition(".")[2]]})
    monkeypatch.setattr("nasssap_lib.commands.exchange.other_versions", lambda _: {"typst": ("0.1", "0.2")})
    result = call("verify", path, "--rerun")
    assert result.exit_code == 1 and f"not what our own document says of this pack: {name}" in result.output
    assert recompile(open_bundle(path)).other == [name]


def test_pictures_alone_are_told_and_of_a_pdf_nothing_more_can_be_said(edition, quick, tmp_path, monkeypatch):
    other = rendered(width=60)
    path = lie(edition, tmp_path, {f"brief.{name}": content for name, content in other.items()})
    result = recompile(open_bundle(path))
    assert (result.other, result.drawn, result.unread) == ([], ["brief.docx", "brief.html"], ["brief.pdf"])
    for versions, code in (({}, 1), ({"matplotlib": ("3.1", "3.9")}, 3)):
        monkeypatch.setattr("nasssap_lib.commands.exchange.other_versions", lambda _, found=versions: found)
        assert _report_recompiled(open_bundle(path), result) == code
        assert _report_recompiled(open_bundle(path), Recompiled(unread=["brief.pdf"])) == code


def test_a_false_manifest_is_named(edition, quick, tmp_path):
    for change in (
        {"fictional": False}, {"pack_digest": "0" * 64}, {"prose_digest": ""}, {"file": "XTC-brief-9.zip"}, {"note": "approved by all"},
        {"before": {"number": "", "manifest_sha256": "", "pack_digest": "0" * 64}},
    ):  # fmt: skip
        files = entries(edition)
        said = {**json.loads(files["manifest.json"]), **change}
        path = write(tmp_path / "x.zip", {**files, "manifest.json": json.dumps(said).encode()})
        if "before" in change:
            with pytest.raises(BundleError, match=r"data/before/XTC/country\.toml: missing"):
                recompile(open_bundle(path))
        else:
            assert recompile(open_bundle(path)).other == ["manifest.json"], change


def test_parts_of_a_word_file_are_compared_one_by_one(edition):
    ours = {"brief.docx": rendered()["docx"]}

    def told(change):
        with zipfile.ZipFile(BytesIO(ours["brief.docx"])) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
        made = BytesIO()
        with zipfile.ZipFile(made, "w") as archive:
            for name, content in change(parts).items():
                archive.writestr(name, content)
        result = compare_documents({"brief.docx": made.getvalue()}, ours)
        return result.other, result.drawn

    picture = next(name for name in zipfile.ZipFile(BytesIO(ours["brief.docx"])).namelist() if name.endswith(".png"))
    assert told(lambda parts: {**parts, picture: b"\x89PNG"}) == ([], ["brief.docx"])
    assert told(lambda parts: {**parts, "word/document.xml": parts["word/document.xml"] + b" " * 9}) == (
        ["brief.docx"],
        [],
    )
    assert told(lambda parts: {**parts, "word/vbaProject.bin": b"x"}) == (["brief.docx"], [])
    assert told(lambda parts: {name: parts[name] for name in parts if name != picture}) == (["brief.docx"], [])
    assert compare_documents({"brief.docx": b"PK"}, ours).other == ["brief.docx"]
    assert compare_documents({}, ours).other == compare_documents(ours, {}).other == ["brief.docx"]


def test_other_code_is_told_and_nothing_is_compiled(edition, quick, tmp_path):
    files = entries(edition)
    for part, name, words in (
        ("library", "document/compose.py", "library: document/compose.py: another version than ours"),
        ("notebooks", "03_priority_setting", "notebooks: 03_priority_setting: another version than ours"),
    ):
        said = json.loads(files["manifest.json"])
        said[part][name] = "0" * 64
        result = call(
            "verify", write(tmp_path / "x.zip", {**files, "manifest.json": json.dumps(said).encode()}), "--rerun"
        )
        assert result.exit_code == 3 and words in result.output and "made by other code than ours" in result.output
    assert quick == {}


def test_a_damaged_edition_is_not_compiled(edition, quick, tmp_path):
    path = write(tmp_path / "x.zip", {**entries(edition), "brief.html": b"other"})
    with pytest.raises(BundleError, match=r"brief\.html: changed"):
        recompile(open_bundle(path))
    assert quick == {}


def test_pack_prose_and_list_of_an_edition_are_checked_like_anybodys(edition, tmp_path, temporary):
    figures = re.sub(rb",percent,", b",per=cent,", entries(edition)["data/raw/XTC/indicators.csv"], count=1)
    with pytest.raises(PackError, match="per=cent"):
        recompile(open_bundle(lie(edition, tmp_path, {"data/raw/XTC/indicators.csv": figures})))
    for text, words in ((b"<script>alert(1)</script>", "holds HTML"), (b"{fact ../../x}", "no such indicator")):
        with pytest.raises(NasssapError, match=words):
            recompile(open_bundle(lie(edition, tmp_path, {"data/raw/XTC/text/vision.md": text})))
    files = entries(edition)
    for own, words in (("chapters = " + "[" * 50_000, "expected TOML"), ('chapters = ["gap"]', "did you mean 'gaps'")):
        said = {
            **json.loads(files["manifest.json"]),
            "edition": "strategy",
            "organised_by": {"name": "own.toml", "list": own},
        }
        held = {name.replace("brief.", "strategy."): content for name, content in files.items()}
        path = write(tmp_path / "x.zip", resealed({**held, "manifest.json": json.dumps(said).encode()}))
        with pytest.raises(NasssapError, match=words):
            recompile(open_bundle(path))
    assert not list(temporary.iterdir())


def test_a_list_of_chapters_of_ones_own_and_the_edition_before_are_inside(edition, tmp_path, monkeypatch):
    monkeypatch.setattr(compilation, "record_country", lambda *_given, **_more: Record())
    before = read_edition("--since", str(edition), "XTC", language="en")
    later = open_bundle(small_edition(tmp_path, "2", before=before, outline=OWN))
    assert recompile(later).other == ["strategy.docx", "strategy.html"], "theirs is the small document"
    monkeypatch.setattr(room, "compare_documents", lambda _theirs, ours: ours)
    page = recompile(later)["strategy.html"].decode()
    assert "by 2040 nobody falls below a floor" in page
    assert f"Compared with edition 1, whose data have the digest {pack_of('XTC').digest[:16]}." in page


def test_ctrl_c_ends_with_the_exit_code_of_a_shell_and_leaves_nothing(edition, monkeypatch, temporary):
    def interrupted(*_given, **_more):
        raise KeyboardInterrupt

    monkeypatch.setattr(room, "compile_document", interrupted)
    result = call("verify", edition, "--rerun")
    assert result.exit_code == 130 and result.output.endswith("stopped: the temporary folder is gone\n")
    assert not list(temporary.iterdir())
