"""A manifest of others is believed where every part has its form, and every fault is named."""

import json

import pytest

from nasssap_lib.exchange.manifest import BUNDLE, EDITION, BundleError, document_names, manifest_bytes, read_manifest

ONE = "0" * 64
SAID = {
    "format": EDITION, "country": "XTC", "file": "XTC-brief-1.zip", "edition": "brief", "number": "1", "language": "en",
    "organised_by": {"name": "own.toml", "list": 'chapters = ["vision"]'}, "made": "2026-03-01T10:20:30+00:00", "pack_digest": ONE,
    "prose_digest": "", "before": None, "pages": {}, "versions": {}, "notebooks": {"01_a": ONE}, "library": {"a.py": ONE}, "accepted": [],
    "files": {"brief.html": {"sha256": ONE, "bytes": 1}},
}  # fmt: skip
BEFORE = {"number": "1", "manifest_sha256": ONE, "pack_digest": ONE}


def test_what_is_written_is_read_again():
    for before in (None, BEFORE, {**BEFORE, "number": "", "manifest_sha256": ""}):
        said = {**SAID, "before": before, "prose_digest": ONE}
        assert read_manifest(manifest_bytes(said)) == said


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"format": "nasssap-edition-2"}, f"expected format {BUNDLE!r} or {EDITION!r}"),
        ({"format": BUNDLE}, "runs: expected an object"),
        ({"country": "../.."}, "country: expected three capital letters"),
        ({"edition": "bribe"}, "edition: expected one of strategy, summary"),
        ({"edition": ["brief"]}, "edition: expected one of"),
        ({"edition": "summary"}, "files: expected the document itself"),
        ({"number": ""}, "number: expected a number"),
        ({"number": 1}, "number: expected a number"),
        ({"number": "../1"}, "number: expected a number"),
        ({"language": "xx"}, "language: expected one of"),
        ({"organised_by": "financing"}, "organised_by: expected name and list"),
        ({"organised_by": {"name": "../x", "list": ""}}, "organised_by: expected name and list"),
        ({"organised_by": {"name": "x", "list": "#" * 200_000}}, "organised_by: expected name and list"),
        ({"before": {}}, "before: expected number and digests"),
        ({"pages": {"gaps": 0}}, "pages: expected a page for each chapter"),
        ({"pages": {"gaps": "4"}}, "pages: expected a page for each chapter"),
        ({"pages": None}, "pages: expected a page for each chapter"),
        ({"before": {**BEFORE, "number": "a/b"}}, "before: expected number and digests"),
        ({"before": {**BEFORE, "pack_digest": ""}}, "before: expected number and digests"),
        ({"notebooks": {"../x": ONE}}, "notebooks: expected a SHA-256 a notebook"),
        ({"notebooks": []}, "notebooks: expected an object"),
        ({"pack_digest": "x"}, "pack_digest: expected a SHA-256"),
        ({"prose_digest": None}, "prose_digest: expected a SHA-256"),
        ({"files": {"brief.html": 1}}, "files: expected a SHA-256 for 'brief.html'"),
        ({"files": {**SAID["files"], "manifest.json": {"sha256": ONE}}}, "files: expected a SHA-256 for 'manifest.json'"),
        ({"made": "yesterday"}, "made: expected a time"),
        ({"file": "../x.zip"}, "file: expected the name of a zip file"),
        ({"accepted": [1]}, "accepted: expected a list"),
    ],
)  # fmt: skip
def test_every_fault_is_named(change, words):
    with pytest.raises(BundleError) as refused:
        read_manifest(json.dumps({**SAID, **change}).encode())
    assert words in str(refused.value)


@pytest.mark.parametrize("content", [b"[1]", b"[" * 100_000, b"{", b'{"format": 1, "format": 2}', b"\xff", b"null"])
def test_what_is_no_manifest_is_refused(content):
    with pytest.raises(BundleError, match="manifest"):
        read_manifest(content)


def test_a_document_has_a_name_a_format():
    assert document_names("strategy") == {"strategy.html", "strategy.docx", "strategy.pdf", "strategy.pptx"}
