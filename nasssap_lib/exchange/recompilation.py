"""``nasssap verify --rerun`` of a numbered edition: our own document of the pack inside, beside every file of theirs.

Nothing of the archive is executed: the notebooks are those that were installed, and the list of chapters is data.
"""

from __future__ import annotations

import io
import tempfile
import zipfile
import zlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from nasssap_lib.document.compilation import compile_document, render
from nasssap_lib.document.outline import Outline, read_outline
from nasssap_lib.document.prose import prose_digest
from nasssap_lib.exchange.edition import Frozen, Title, document_hashes, edition_files, notebook_hashes
from nasssap_lib.exchange.manifest import MANIFEST, BundleError
from nasssap_lib.exchange.pages import other_pages
from nasssap_lib.exchange.sides import EditionBefore
from nasssap_lib.exchange.verify import Bundle, library_differences, write_pack
from nasssap_lib.pack.reader import read_pack

OFFICE = (".docx", ".pptx")
PICTURE = (".png", ".svg", ".jpeg")
BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


@dataclass(frozen=True)
class Recompiled:
    """What came of compiling a document anew.

    stopped : why it was not done · other : names of files that say something else than ours · drawn : in which nothing but pictures is
    otherwise · unread : of other bytes than ours, of which nothing more can be said (PDF) · same : that are ours byte by byte
    """

    stopped: list[str] = field(default_factory=list)
    other: list[str] = field(default_factory=list)
    drawn: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    same: list[str] = field(default_factory=list)


def recompile(edition: Bundle, step: Callable[[str], None] = lambda notebook: None) -> Recompiled:
    """Compile the document of an edition from the pack inside, in a temporary folder, and compare every file.

    Parameters
    ----------
    edition : whole, as ``verify.open_bundle`` found it
    step : called with the name of each notebook before it runs

    Returns
    -------
    Recompiled : not done where notebooks or library differ

    Raises
    ------
    BundleError : a damaged edition
    PackError : the pack inside has problems; NasssapError : its prose, or its list of chapters
    """
    if edition.changed:
        raise BundleError("\n".join(f"{name}: changed" for name in edition.changed))
    if stopped := code_differences(edition):
        return Recompiled(stopped)
    with tempfile.TemporaryDirectory(prefix="nasssap") as work:
        ours = _our_files(edition, Path(work), step)
    theirs = {name: content for name, content in edition.files.items() if not name.startswith("data/")}
    return compare_documents(theirs, {name: content for name, content in ours.items() if not name.startswith("data/")})


def code_differences(edition: Bundle) -> list[str]:
    """Where the code that made an edition is not ours, in sentences; what it says of itself, for it holds no code."""
    theirs, ours = edition.manifest["notebooks"], notebook_hashes()
    names = [name for name in sorted({*theirs, *ours}) if theirs.get(name) != ours.get(name)]
    told = [f"notebooks: {', '.join(names)[:600]}: another version than ours"] if names else []
    return told + library_differences(edition.manifest["library"], document_hashes())


def _our_files(edition: Bundle, work: Path, step: Callable[[str], None]) -> dict[str, bytes]:
    """Every file of the edition that we would have written of its pack at its time, the manifest included."""
    manifest, root = edition.manifest, work / "raw"
    write_pack(edition, root)
    pack = read_pack(edition.country, root)
    order = manifest["organised_by"]
    title = Title(manifest["edition"], manifest["number"], manifest["language"], order["name"], order["list"])
    frozen = Frozen.of(title, pack, str(root), _before(edition, work / "before"))
    outline = _outline(title, work / "chapters.toml")
    document = compile_document(pack, str(root), title.language, outline, frozen.imprint, step)
    formats = [name.rpartition(".")[2] for name in edition.files if "/" not in name and name != MANIFEST]
    made, pages = datetime.fromisoformat(manifest["made"]), manifest["pages"]
    return edition_files(frozen, render(document, formats, pack, pages), made, pages=pages)


def _before(edition: Bundle, root: Path) -> EditionBefore | None:
    said = edition.manifest["before"]
    if said is None:
        return None
    write_pack(edition, root, "data/before/")
    pack, files = read_pack(edition.country, root), _below(edition, "data/before/")
    prose = prose_digest(root / edition.country, edition.manifest["language"]) if said["number"] else None
    return EditionBefore(pack, "", said["number"], files, said["manifest_sha256"], prose)


def _below(edition: Bundle, folder: str) -> dict[str, bytes]:
    return {name.removeprefix(folder): data for name, data in edition.files.items() if name.startswith(folder)}


def _outline(title: Title, path: Path) -> Outline:
    """The order of chapters that the manifest names, or whose list it holds."""
    if not title.outline:
        return read_outline(title.organised_by, title.edition)
    path.write_text(title.outline, encoding="utf-8", newline="")
    return read_outline(str(path), title.edition)


def compare_documents(theirs: Mapping[str, bytes], ours: Mapping[str, bytes]) -> Recompiled:
    """Files of an edition beside ours: which are the same, which say something else, and in which only pictures are otherwise.

    Parameters
    ----------
    theirs, ours : name → content; the manifest may say another file name, and other versions of packages

    Examples
    --------
    >>> theirs = {"brief.html": b"<h1>99 %</h1>", "brief.pdf": b"%PDF"}
    >>> compare_documents(theirs, {"brief.html": b"<h1>12 %</h1>", "brief.pdf": b"%PDF"})
    Recompiled(stopped=[], other=['brief.html'], drawn=[], unread=[], same=['brief.pdf'])
    """
    same = sorted(name for name in theirs if theirs[name] == ours.get(name) and name != MANIFEST)
    closed = [name for name in sorted({*theirs, *ours}) if name.endswith((*OFFICE, ".pdf")) and name not in same]
    other, drawn = other_pages(
        *({name: files[name] for name in files if name not in closed} for files in (theirs, ours))
    )
    unread = []
    for name in closed:
        one_sided = name not in theirs or name not in ours
        if one_sided or (name.endswith(OFFICE) and not _only_pictures(theirs[name], ours[name])):
            other.append(name)
        else:
            (drawn if name.endswith(OFFICE) else unread).append(name)
    return Recompiled([], sorted(other), sorted(drawn), unread, same)


def _only_pictures(theirs: bytes, ours: bytes) -> bool:
    """Whether two files of Office hold the same parts, but for pictures; of theirs nothing is read beyond the size of ours."""
    try:
        with zipfile.ZipFile(io.BytesIO(theirs)) as one, zipfile.ZipFile(io.BytesIO(ours)) as other:
            names = other.namelist()
            return one.namelist() == names and all(
                name.endswith(PICTURE) or _same_part(one, name, other.read(name)) for name in names
            )
    except BROKEN:
        return False


def _same_part(archive: zipfile.ZipFile, name: str, ours: bytes) -> bool:
    with archive.open(name) as stream:
        return stream.read(len(ours) + 1) == ours
