"""A numbered edition of a document, frozen for those who decide on it: one archive with its files, its pack and a manifest.

What it takes to make the document again is inside, also the pack of the edition before, of which the annex on changes is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.compilation import NO_PAGES
from nasssap_lib.document.material import Imprint
from nasssap_lib.document.prose import prose_digest
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.exchange.archive import write_archive
from nasssap_lib.exchange.bundle import Shared, answered
from nasssap_lib.exchange.disclosure import Finding, find_in_files
from nasssap_lib.exchange.manifest import EDITION, MANIFEST, file_entries, manifest_bytes, read_manifest
from nasssap_lib.exchange.pack_files import pack_files
from nasssap_lib.exchange.sides import EditionBefore
from nasssap_lib.exchange.traces import Machine
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.model import Pack
from nasssap_lib.run.fingerprint import document_hashes
from nasssap_lib.run.inputs import versions

RENDERERS = ("python-docx", "python-pptx", "typst")  # packages of the extra `document`


@dataclass(frozen=True)
class Title:
    """Which edition it is: for which readers, its number, its language, and the order of its chapters.

    organised_by : name of an order, or of the file of one's own · outline : the text of that file; "": the order ships with nasssap
    """

    edition: str
    number: str
    language: str
    organised_by: str = ""
    outline: str = ""


@dataclass(frozen=True)
class Frozen:
    """What an edition is made of before the document is compiled: its title, the pack and its files as they are, and the edition before."""

    title: Title
    pack: Pack
    files: Mapping[str, bytes]
    prose: str = ""
    before: EditionBefore | None = None

    @classmethod
    def of(cls, title: Title, pack: Pack, data: str, before: EditionBefore | None = None) -> Frozen:
        """The pack of a data folder, read now."""
        root = data_root(data)
        files = {f"data/raw/{name}": content for name, content in pack_files(root, pack.country).items()}
        return cls(title, pack, files, prose_digest(root / pack.country, title.language), before)

    @property
    def carried(self) -> dict[str, bytes]:
        """The files of the pack, and those of the pack of the edition before."""
        earlier = self.before.files if self.before else {}
        return {**self.files, **{f"data/before/{name}": content for name, content in earlier.items()}}

    @property
    def imprint(self) -> Imprint:
        """What the document says of itself."""
        return imprint_of(self.title.number, self.before)

    @property
    def name(self) -> str:
        """The name of its archive: country, language where it is not English, for which readers, number."""
        title = self.title
        language = "" if title.language == "en" else title.language
        return "-".join(filter(None, [self.pack.country, language, title.edition, title.number])) + ".zip"


def imprint_of(number: str, before: EditionBefore | None) -> Imprint:
    """What a document says of itself, numbered or not."""
    if before is None:
        return Imprint(number)
    return Imprint(number, before.pack, before.number, before_prose=before.prose)


def check_number(path: Path, number: str, before: EditionBefore | None) -> None:
    """Raise where an edition of this number is there already, or the edition before has it.

    Raises
    ------
    ParameterError : with what to do
    """
    if path.exists():
        words = f"{path} is there already: an edition that was frozen is not replaced"
        raise ParameterError({"--number": f"{words}; take another number, or delete the file"})
    if number and before and before.number == number:
        raise ParameterError({"--number": f"the edition before has the number {number} too; take another number"})


def last_beside(folder: Path, frozen: Frozen) -> Path | None:
    """The newest edition of another number, for the same readers and in the same language, in a folder; None where there is none."""
    start = frozen.name.removesuffix(f"{frozen.title.number}.zip")
    beside = [path for path in folder.glob(f"{start}*.zip") if path.name != frozen.name and path.is_file()]
    return max(beside, key=lambda path: path.stat().st_mtime_ns, default=None)


def edition_files(
    frozen: Frozen,
    documents: Mapping[str, bytes],
    made: datetime,
    looked_at: Iterable[Finding] = (),
    pages: Mapping[str, int] = NO_PAGES,
) -> dict[str, bytes]:
    """Name and content of every file of an edition, the manifest included; the same documents and time give the same bytes.

    Parameters
    ----------
    frozen : what it was made of
    documents : a document by its format
    made : when
    looked_at : doubts that a person has answered
    pages : numbers of pages in the contents of the Word file, which another machine may print otherwise

    Raises
    ------
    BundleError : a manifest that ``verify`` would refuse, such as one with too long a list of chapters
    """
    files = {f"{frozen.title.edition}.{name}": content for name, content in documents.items()} | frozen.carried
    manifest = manifest_bytes(_manifest(frozen, files, made, looked_at, pages))
    read_manifest(manifest)
    return {**files, MANIFEST: manifest}


def _manifest(
    frozen: Frozen,
    files: Mapping[str, bytes],
    made: datetime,
    looked_at: Iterable[Finding],
    pages: Mapping[str, int],
) -> dict[str, Any]:
    title, pack = frozen.title, frozen.pack
    return {
        "format": EDITION,
        "country": pack.country,
        "fictional": pack.settings.fictional,
        "file": frozen.name,
        "edition": title.edition,
        "number": title.number,
        "language": title.language,
        "organised_by": {"name": title.organised_by, "list": title.outline},
        "made": made.isoformat(timespec="seconds"),
        "pack_digest": pack.digest,
        "prose_digest": frozen.prose,
        "before": _before(frozen.before),
        "pages": dict(pages),
        "versions": document_versions(),
        "notebooks": notebook_hashes(),
        "library": document_hashes(),
        "accepted": [asdict(finding) for finding in looked_at],
        "files": file_entries(files),
    }


def _before(before: EditionBefore | None) -> dict[str, str] | None:
    """The edition before as the manifest names it; the digest of its own manifest is "" where it was no archive."""
    if before is None:
        return None
    return {"number": before.number, "manifest_sha256": before.manifest, "pack_digest": before.pack.digest}


def check_edition(
    frozen: Frozen, page: bytes, data: str, machine: Machine, accepted: Iterable[str] = ()
) -> list[Finding]:
    """Look at what must not travel, and whether the document was made of the pack that travels.

    Parameters
    ----------
    frozen : what the document was made of
    page : the document as a page, which says what its other formats say and can be read
    data : data folder, as it is now
    machine : what must not be named
    accepted : codes of doubts that a person has looked at

    Returns
    -------
    the doubts that a person has answered

    Raises
    ------
    NasssapError : somebody wrote in the pack meanwhile
    DisclosureError : all that must be mended first; ShareError : an unknown code
    """
    if Frozen.of(frozen.title, frozen.pack, data).files != frozen.files:
        raise NasssapError(
            f"{frozen.pack.country}: somebody wrote in the pack while its document was made; do it again"
        )
    read = {f"{frozen.title.edition}.html": page, **frozen.carried}
    if frozen.title.outline:
        read[frozen.title.organised_by] = frozen.title.outline.encode()
    return answered(find_in_files(read, machine), set(accepted))


def freeze(path: Path, files: Mapping[str, bytes]) -> Shared:
    """Write the archive of an edition, whole or not at all, and never over one that is there.

    Parameters
    ----------
    path : where to; its folder is made where it is not there
    files : result of :func:`edition_files`

    Raises
    ------
    ParameterError : one of this number is there already; ArchiveError : more than an archive may hold
    """
    check_number(path, "", None)
    path.parent.mkdir(parents=True, exist_ok=True)
    first = [name for name in files if "/" not in name]
    made = datetime.fromisoformat(read_manifest(files[MANIFEST])["made"])
    write_archive(path, {name: files[name] for name in [*first, *sorted(set(files) - set(first))]}, made)
    return Shared(path, len(files), path.stat().st_size, hashlib.sha256(files[MANIFEST]).hexdigest())


def notebook_hashes() -> dict[str, str]:
    """SHA-256 of what a document takes of each numbered notebook: title, parameters and code; outputs and other prose do not count.

    Examples
    --------
    >>> sorted(notebook_hashes())[:2]
    ['01_stocktaking', '02_gap_identification']
    """
    with in_language("en"):
        return {name: _notebook_hash(name) for name in chapters()}


def _notebook_hash(name: str) -> str:
    notebook = read_notebook(name)
    given = [f"{key}={value.default!r}" for key, value in (notebook.parameters or {}).items()]
    return hashlib.sha256("\0".join([notebook.title, *given, *notebook.code]).encode()).hexdigest()


def document_versions() -> dict[str, str]:
    """Versions of Python and of all packages that a document can depend on, as far as they are installed."""
    return dict(sorted({**versions(), **{name: told for name in RENDERERS if (told := _version(name))}}.items()))


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return ""
