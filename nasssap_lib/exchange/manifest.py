"""Manifests: what an archive says of itself, written for our own and believed of others' only where every part has its form."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any

from nasssap_lib.display.texts import languages
from nasssap_lib.document.compilation import NUMBER, RENDERED
from nasssap_lib.document.outline import EDITIONS
from nasssap_lib.errors import NasssapError

MANIFEST = "manifest.json"
BUNDLE, EDITION = "nasssap bundle 1", "nasssap-edition-1"  # formats: of nasssap share, of a numbered document
ARCHIVE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,99}\.zip")
HASH = re.compile(r"[0-9a-f]{64}")
NOTEBOOK = re.compile(r"[a-z0-9][a-z0-9_]{0,59}")
COUNTRY = re.compile(r"[A-Z]{3}")
MAX_PARAMETERS = 40
MAX_TEXT = 1_000
MAX_PAGES = 5_000  # of a document
MAX_OUTLINE = 100_000  # letters of a list of chapters
OUTLINE_NAME = re.compile(r"[^\x00-\x1f/\\]{0,100}")


class BundleError(NasssapError):
    """A bundle or edition that is damaged, or whose manifest cannot be believed."""


def file_entries(files: Mapping[str, bytes]) -> dict[str, dict[str, Any]]:
    """SHA-256 and size of each file, by name.

    Examples
    --------
    >>> file_entries({"a.csv": b"x"})["a.csv"]["bytes"]
    1
    """
    return {
        name: {"sha256": hashlib.sha256(files[name]).hexdigest(), "bytes": len(files[name])} for name in sorted(files)
    }


def manifest_bytes(content: Mapping[str, Any]) -> bytes:
    """A manifest as it is written."""
    return (json.dumps(content, indent=1, ensure_ascii=False) + "\n").encode()


def read_manifest(content: bytes) -> dict[str, Any]:
    """What a manifest says.

    Raises
    ------
    BundleError : no JSON, or what nasssap does not write so: all of it, a line each
    """
    try:
        manifest = json.loads(content.decode("utf-8"), object_pairs_hook=once)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        raise BundleError(f"{MANIFEST}: expected JSON in UTF-8, each name once ({str(error)[:120]})") from error
    if faults := list(_faults(manifest)):
        raise BundleError("\n".join(f"{MANIFEST}: {fault}" for fault in faults))
    return manifest


def once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """The pairs of an object of JSON in which each name stands once.

    Raises
    ------
    ValueError : one stands twice, of which every reader takes another one
    """
    names = [name for name, _ in pairs]
    if len(set(names)) < len(names):
        raise ValueError("a name stands twice")
    return dict(pairs)


def _faults(manifest: Any) -> Iterator[str]:
    """What a manifest must have so that the rest can rely on it."""
    kind = str(manifest.get("format")) if isinstance(manifest, dict) else ""
    if kind not in OBJECTS:
        yield f"expected format {BUNDLE!r} or {EDITION!r}, as this nasssap writes them; a newer one needs a newer nasssap"
        return
    if not COUNTRY.fullmatch(str(manifest.get("country"))):
        yield "country: expected three capital letters"
    for name in OBJECTS[kind]:
        if not isinstance(manifest.get(name), dict):
            yield f"{name}: expected an object"
            return
    for name, entry in manifest["files"].items():
        if not isinstance(entry, dict) or not HASH.fullmatch(str(entry.get("sha256"))) or name == MANIFEST:
            yield f"files: expected a SHA-256 for {name[:80]!r}"
    yield from _bundle_faults(manifest) if kind == BUNDLE else _edition_faults(manifest)
    if not ARCHIVE_NAME.fullmatch(str(manifest.get("file", "a.zip"))):
        yield "file: expected the name of a zip file"
    if manifest.get("language", "en") not in languages():
        yield f"language: expected one of {', '.join(languages())}"
    if not _are_decisions(manifest.get("accepted", [])):
        yield "accepted: expected a list of places and reasons, as nasssap share writes them"
    if not _is_time(manifest.get("made")):
        yield "made: expected a time, as in 2026-03-01T10:20:30+00:00"


def _bundle_faults(manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, run in manifest["runs"].items():
        if not NOTEBOOK.fullmatch(name) or not isinstance(run, dict) or not _plain(run.get("parameters")):
            yield f"runs: expected a notebook's name with plain parameters, got {name[:80]!r}"
            return
    kinds = {
        tuple(run["parameters"].get(key, "") for key in ("scenario", "language")) for run in manifest["runs"].values()
    }
    if len(kinds) != 1 or not all(isinstance(text, str) for kind in kinds for text in kind):
        yield "runs: expected at least one notebook, and all of one scenario and language"


def _edition_faults(manifest: Mapping[str, Any]) -> Iterator[str]:
    for name, (rule, words) in EDITION_FIELDS.items():
        if not rule(manifest.get(name)):
            yield f"{name}: expected {words}"
    if not any(name.startswith(f"{manifest.get('edition')}.") for name in manifest["files"]):
        yield "files: expected the document itself in one format or more"


def _is(pattern: re.Pattern, value: Any) -> bool:
    return isinstance(value, str) and pattern.fullmatch(value) is not None


def _is_order(value: Any) -> bool:
    """Whether something names an order of chapters, and holds the text of a list of one's own."""
    return (
        isinstance(value, dict)
        and set(value) == {"name", "list"}
        and _is(OUTLINE_NAME, value["name"])
        and isinstance(value["list"], str)
        and len(value["list"]) <= MAX_OUTLINE
    )


def _is_before(value: Any) -> bool:
    """Whether something names the edition before, or says that there was none."""
    return value is None or (
        isinstance(value, dict)
        and set(value) == {"number", "manifest_sha256", "pack_digest"}
        and (value["number"] == "" or _is(NUMBER, value["number"]))
        and (value["manifest_sha256"] == "" or _is(HASH, value["manifest_sha256"]))
        and _is(HASH, value["pack_digest"])
    )


def _is_pages(value: Any) -> bool:
    """Whether something gives a page to each of some chapters."""
    return (
        isinstance(value, dict)
        and len(value) <= MAX_PAGES
        and all(type(page) is int and 0 < page <= MAX_PAGES for page in value.values())
    )


def _is_hashes(value: Any) -> bool:
    return isinstance(value, dict) and all(NOTEBOOK.fullmatch(name) and _is(HASH, sha) for name, sha in value.items())


OBJECTS = {BUNDLE: ("files", "runs", "library"), EDITION: ("files", "notebooks", "library")}
EDITION_FIELDS: dict[str, tuple[Callable[[Any], bool], str]] = {
    "edition": (lambda value: isinstance(value, str) and value in EDITIONS, f"one of {', '.join(EDITIONS)}"),
    "number": (lambda value: _is(NUMBER, value), "a number or a short name"),
    "organised_by": (_is_order, "name and list of an order of chapters"),
    "before": (_is_before, "number and digests of the edition before, or null"),
    "pages": (_is_pages, "a page for each chapter"),
    "notebooks": (_is_hashes, "a SHA-256 a notebook"),
    "pack_digest": (lambda value: _is(HASH, value), "a SHA-256"),
    "prose_digest": (lambda value: value == "" or _is(HASH, value), 'a SHA-256, or ""'),
}


def document_names(edition: str) -> set[str]:
    """The names that a document may have in an archive, a format each.

    Examples
    --------
    >>> sorted(document_names("brief"))
    ['brief.docx', 'brief.html', 'brief.pdf', 'brief.pptx']
    """
    return {f"{edition}.{name}" for name in RENDERED}


def _are_decisions(accepted: Any) -> bool:
    return isinstance(accepted, list) and all(
        isinstance(one, dict)
        and set(one) == {"where", "what", "code"}
        and all(isinstance(text, str) for text in one.values())
        for one in accepted
    )


def _is_time(text: Any) -> bool:
    try:
        return bool(datetime.fromisoformat(text))
    except (TypeError, ValueError):
        return False


def _plain(parameters: Any) -> bool:
    """Whether parameters are names with numbers, truths or short texts."""
    return (
        isinstance(parameters, dict)
        and len(parameters) <= MAX_PARAMETERS
        and all(name.isidentifier() for name in parameters)
        and all(isinstance(value, int | float | bool | str) for value in parameters.values())
        and all(len(value) <= MAX_TEXT for value in parameters.values() if isinstance(value, str))
    )
