"""Archives from elsewhere: read into memory under limits, never onto the disk, and refused where anything is unusual.

Reading and writing keep the same rules, so that what :func:`write_archive` wrote can always be read.
"""

from __future__ import annotations

import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import write_whole

MAX_FILES = 2_000
MAX_FILE = 50_000_000  # bytes of one file, as in a pack
MAX_TOTAL = 200_000_000  # bytes of all files
MAX_RATIO = 200  # uncompressed to compressed; repeated text reaches about 50
SMALL = 100_000  # below this many bytes the ratio says nothing
MAX_NAME = 200
MAX_DIRECTORY = 2_000_000  # bytes of the list of contents
MOST_FAULTS = 8  # that are named
ASK = "ask for the file as it was sent"

DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d|conin\$|conout\$)", re.IGNORECASE)
PART = re.compile(r"[A-Za-z0-9_-][A-Za-z0-9_.-]*")
KEPT_BY_SYSTEMS = (".DS_Store", "Thumbs.db", "desktop.ini")  # what file managers leave in folders
END = struct.Struct("<4s4H2LH")  # the record at the end of a zip file
ENCRYPTED = 0x1 | 0x40 | 0x2000


class ArchiveError(NasssapError):
    """An archive that is refused; nothing of it was written anywhere."""


@dataclass(frozen=True)
class Archive:
    """What an archive holds: ``files`` maps name to content; ``damaged`` names those whose content cannot be read."""

    files: Mapping[str, bytes]
    damaged: tuple[str, ...] = ()


def name_fault(name: str) -> str:
    r"""What is wrong with the name of an entry, in words; "" where it is safe on every system.

    Examples
    --------
    >>> name_fault("data/raw/SEN/indicators.csv")
    ''
    >>> name_fault("../x"), name_fault("C:\\x"), name_fault("a/CON.txt")
    ("a parent folder '..'", 'a backslash', "a device name of Windows, 'CON.txt'")
    """
    rules = (
        (not name or len(name) > MAX_NAME, f"an empty name, or one of more than {MAX_NAME} characters"),
        ("\\" in name, "a backslash"),
        (name.startswith("/"), "an absolute path"),
        (bool(re.match("[A-Za-z]:", name)), "a drive letter"),
    )
    faults = [words for wrong, words in rules if wrong]
    return faults[0] if faults else next(filter(None, map(_part_fault, name.split("/"))), "")


def _part_fault(part: str) -> str:
    if part == "..":
        return "a parent folder '..'"
    if part in ("", "."):
        return "an empty part of a path"
    if part[-1] in ". ":
        return f"a part that ends in a dot or space, {part!r}"
    if DEVICES.fullmatch(part.split(".")[0]):
        return f"a device name of Windows, {part!r}"
    return "" if PART.fullmatch(part) else f"a character beside letters, digits, _ . -, in {part[:40]!r}"


def repacked(names: Iterable[str]) -> str:
    """Words for an archive that somebody unpacked and packed again; "" where nothing speaks for it.

    Examples
    --------
    >>> repacked(["SEN/manifest.json", "SEN/index.html"])
    'for it was unpacked and packed again (its manifest lies in SEN/): ask for the file as it was sent'
    >>> repacked(["manifest.json", "index.html"])
    ''
    """
    places = [name.replace("\\", "/").rpartition("/") for name in names]
    words = [
        f"its manifest lies in {_shown(folder)[1:-1]}/"
        for folder, _, last in places
        if folder and last == "manifest.json"
    ]
    words += [
        f"it holds {_shown(f'{folder}{slash}{last}')[1:-1]}"
        for folder, slash, last in places
        if last in KEPT_BY_SYSTEMS or last.startswith("._") or folder.split("/")[0] == "__MACOSX"
    ]
    return f"for it was unpacked and packed again ({words[0]}): ask for the file as it was sent" if words else ""


def names_fault(names: list[str], folders: Iterable[str] = ()) -> str:
    """What is wrong with names of files taken together: twice the same, also by case, or a file that is a folder too.

    Parameters
    ----------
    names : of files
    folders : that stand in the list of contents by themselves, as who packs a folder writes them

    Examples
    --------
    >>> names_fault(["a/b.csv"], ["a"]), names_fault(["a/b.csv"], ["a/b.csv"])
    ('', "'a/b.csv' as a file and as a folder")
    """
    seen: dict[str, str] = {}
    for name in names:
        if name.casefold() in seen:
            return f"the name {name!r} twice (capitals do not count)"
        seen[name.casefold()] = name
    for name in [*seen, *(f"{folder.casefold()}/" for folder in folders)]:
        parts = name.split("/")
        parents = {"/".join(parts[:i]) for i in range(1, len(parts))}
        if clash := parents & set(seen):
            return f"{seen[clash.pop()]!r} as a file and as a folder"
    return ""


def read_archive(path: Path) -> Archive:
    """Read a zip file into memory.

    Parameters
    ----------
    path : the zip file

    Returns
    -------
    Archive : an archive inside the archive is a file like any other, and is not opened

    Raises
    ------
    ArchiveError : no zip file, or one with links, encryption, unsafe or doubled names, or beyond the limits
    """
    if path.is_dir():
        raise ArchiveError(f"{path}: expected a zip file of nasssap share, this is a folder; name the file in it")
    if not path.is_file():
        raise ArchiveError(f"{path.name}: expected a zip file; there is none at this place")
    if not path.stat().st_size:
        raise ArchiveError(f"{path.name}: expected a zip file of nasssap share, this file is empty; ask for it again")
    if path.stat().st_size < END.size:
        raise ArchiveError(f"{path.name}: expected a zip file of nasssap share, this one is cut off; ask for it again")
    if path.stat().st_size > MAX_TOTAL:
        raise ArchiveError(f"{path.name}: expected at most {MAX_TOTAL:,} bytes, got {path.stat().st_size:,}")
    try:
        _check_end(path)
        with zipfile.ZipFile(path) as archive:
            return _read_entries(archive, path.name)
    except (zipfile.BadZipFile, struct.error, NotImplementedError, ValueError, EOFError, OSError) as error:
        raise ArchiveError(
            f"{path.name}: expected a zip file of nasssap share, got one that is broken ({error})"
        ) from error


def _check_end(path: Path) -> None:
    """The record at the end, before anything is read by it: no comment, nothing before or between, a short list."""
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - END.size - 20))
        tail = file.read()
    mark, disk, start_disk, here, entries, length, offset, comment = END.unpack(tail[-END.size :])
    if mark != b"PK\5\6" or comment or disk or start_disk or here != entries or tail.startswith(b"PK\6\7"):
        raise ArchiveError(f"{path.name}: expected a plain zip file, got none, or one with a comment, parts or zip64")
    if offset + length + END.size != size:
        raise ArchiveError(f"{path.name}: expected nothing before or after the zip file, got other bytes")
    if entries > MAX_FILES or length > MAX_DIRECTORY:
        raise ArchiveError(f"{path.name}: expected at most {MAX_FILES:,} files, got {entries:,}")


def _read_entries(archive: zipfile.ZipFile, file: str) -> Archive:
    entries = archive.infolist()
    faults = [f"{_shown(entry.orig_filename)}: {fault}" for entry in entries if (fault := _entry_fault(entry))]
    folders, names = ([entry.orig_filename for entry in entries if entry.is_dir() is kind] for kind in (True, False))
    together = names_fault(names, [name.rstrip("/") for name in folders]) or _sizes_fault(entries)
    if hint := repacked(entry.orig_filename for entry in entries):
        raise ArchiveError(f"{file}: refused, {hint}")
    if faults or together:
        told = [f"{file}: refused, for it holds {text}; {ASK}" for text in [*faults, together] if text]
        more = len(told) - MOST_FAULTS
        raise ArchiveError("\n".join(told[:MOST_FAULTS] + ([f"… and {more} more such names"] if more > 0 else [])))
    files, damaged = {}, []
    for entry in (entry for entry in entries if not entry.is_dir()):
        content = _read_entry(archive, entry)
        if content is None:
            damaged.append(entry.filename)
        else:
            files[entry.filename] = content
    return Archive(files, tuple(damaged))


def _shown(name: str) -> str:
    return ascii(name[:80])


def _entry_fault(entry: zipfile.ZipInfo) -> str:
    """What is wrong with one entry of the list of contents."""
    folder = entry.orig_filename.endswith("/")
    if fault := name_fault(entry.orig_filename.removesuffix("/")):
        return fault
    kind = stat.S_IFMT(entry.external_attr >> 16)
    rules = (
        (entry.filename != entry.orig_filename, "a second name"),
        (kind not in (0, stat.S_IFDIR if folder else stat.S_IFREG), "a link or a special file"),
        (bool(entry.flag_bits & ENCRYPTED), "an encrypted file"),
        (
            entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED),
            "a kind of compression never used here",
        ),
        (folder and entry.file_size > 0, "a folder with content"),
        (entry.file_size > MAX_FILE, f"a file of {entry.file_size:,} bytes; at most {MAX_FILE:,}"),
        (
            entry.file_size > max(SMALL, MAX_RATIO * entry.compress_size),
            f"a file that grows from {entry.compress_size:,} to {entry.file_size:,} bytes",
        ),
    )
    return next((words for wrong, words in rules if wrong), "")


def _sizes_fault(entries: list[zipfile.ZipInfo]) -> str:
    total = sum(entry.file_size for entry in entries)
    if total > MAX_TOTAL:
        return f"{total:,} bytes in all; at most {MAX_TOTAL:,}"
    ordered = sorted(entries, key=lambda entry: entry.header_offset)
    ends = [entry.header_offset + 30 + len(entry.orig_filename) + entry.compress_size for entry in ordered]
    overlap = any(end > after.header_offset for end, after in zip(ends, ordered[1:], strict=False))
    return "files that share their bytes" if overlap else ""


def _read_entry(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes | None:
    """The content of one entry, never more than it declared; None where it is damaged."""
    try:
        with archive.open(entry) as stream:
            content = stream.read(entry.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        return None
    return content if len(content) == entry.file_size else None


def write_archive(path: Path, files: Mapping[str, bytes], time: datetime) -> None:
    """Write a zip file, whole or not at all; the same files and time give the same bytes.

    Parameters
    ----------
    path : where to; an older file is replaced
    files : name and content, written in this order
    time : stamped on every file

    Raises
    ------
    ArchiveError : names or sizes that :func:`read_archive` would refuse
    """
    fault = next((f"{name}: {fault}" for name in files if (fault := name_fault(name))), "") or names_fault(list(files))
    sizes = [len(content) for content in files.values()]
    if fault or max(sizes) > MAX_FILE or sum(sizes) > MAX_TOTAL or len(files) > MAX_FILES:
        limits = f"at most {MAX_FILES:,} files, {MAX_FILE:,} bytes each and {MAX_TOTAL:,} in all"
        raise ArchiveError(f"{path.name}: expected safe names and {limits}, got {fault or f'{sum(sizes):,} bytes'}")
    with write_whole(path) as draft:
        with zipfile.ZipFile(draft, "w") as archive:
            for name, content in files.items():
                archive.writestr(_entry(name, time), content, zipfile.ZIP_DEFLATED, 9)
        read_archive(draft)  # the receiver's rules, before anything is sent


def _entry(name: str, time: datetime) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, time.timetuple()[:6])
    entry.create_system = 3
    entry.external_attr = (stat.S_IFREG | 0o644) << 16
    return entry
