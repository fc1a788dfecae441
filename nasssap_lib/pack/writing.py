"""Files written into a pack: checked as a whole pack first, then put in place, all or none; what was there is not reformatted."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import tempfile
import unicodedata
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import fault_words, held, write_whole
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.csv_text import inert
from nasssap_lib.pack.folders import CODEBOOK, codebook_path, table_files
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.settings import FILE as SETTINGS

BEFORE, WANTED = ".before-", ".wanted.json"  # a folder of what stood there, and what shall stand there
TABLES = {table.name: table for table in schema.TABLES}


def replace_rows(root: Path, country: str, tables: dict[str, tuple[pd.DataFrame, str]]) -> list[Path]:
    """Replace the rows of some keys by new ones, in several tables of a pack, all or none.

    Parameters
    ----------
    root : data folder
    country : code of the pack
    tables : name of a table → (new rows, column): rows whose value in that column stands among the new ones are replaced; tables are
        put in place in this order, so name a table before those that refer to it

    Returns
    -------
    paths of the files that were written

    Raises
    ------
    PackError : the pack would not be sound; nothing is written then
    """
    folder = root / country
    return write_files(root, country, {f"{name}.csv": _merged(folder, name, *new) for name, new in tables.items()})


def write_files(root: Path, country: str, texts: Mapping[str, str]) -> list[Path]:
    """Write files of a pack, all or none, where it is sound with them.

    Parameters
    ----------
    root : data folder
    country : code of the pack
    texts : name of a file in the pack's folder → its text; put in place in this order once all of them are written

    Returns
    -------
    paths of the files

    Raises
    ------
    PackError : the pack would not be sound; nothing is written then
    """
    put_back(root, country)
    check_files(root, country, texts)
    paths = [root / country / name for name in texts]
    if not paths:
        return []
    with _kept(paths, texts), ExitStack() as drafts:
        for path in reversed(paths):  # what is entered last is put in place first
            _write(drafts.enter_context(write_whole(path)), texts[path.name])
    return paths


@contextmanager
def _kept(paths: list[Path], texts: Mapping[str, str]) -> Iterator[None]:
    """Keep what stands in some places until all of them are written; whatever goes wrong or stops it puts everything back.

    Who is killed puts nothing back: what is kept says by digests what was to be written, so that :func:`put_back` can.
    """
    with ExitStack() as stack:
        try:
            near = tempfile.TemporaryDirectory(prefix=BEFORE, dir=paths[0].parent, ignore_cleanup_errors=True)
            folder = Path(stack.enter_context(near))
            stack.enter_context(held(folder))
            kept = {path: folder / path.name for path in paths}
            for path, copy in kept.items():
                if path.exists():
                    _link(path, copy)
            wanted = {path.name: _digest(texts[path.name].encode()) for path in paths}
            _write(folder / WANTED, json.dumps({"process": os.getpid(), "files": wanted}))
        except OSError as error:
            raise NasssapError(fault_words(error, paths[0], "cannot be written")) from error
        try:
            yield
        except BaseException:
            for path, copy in kept.items():
                if copy.exists():
                    copy.replace(path)
                else:
                    path.unlink(missing_ok=True)
            raise


def put_back(root: Path, country: str) -> list[str]:
    """Put a pack back as it was before somebody was killed between two of its files; what nobody holds any more is taken away.

    Parameters
    ----------
    root : data folder
    country : code of the pack

    Returns
    -------
    names of the files that are again as they were; a file that was changed since stays as it is
    """
    back: list[str] = []
    for left in (root / country).glob(f"{BEFORE}*"):
        with held(left) as alone, suppress(OSError):
            if alone:
                back += _put_back(left)
                shutil.rmtree(left, ignore_errors=True)
    return back


def _put_back(left: Path) -> list[str]:
    """Files of one that was killed: none where it had not begun to put files in place, or had put all."""
    try:
        said = json.loads((left / WANTED).read_text(encoding="utf-8"))
        wanted = {str(name): str(digest) for name, digest in said["files"].items() if Path(name).name == name}
        process = int(said["process"])
    except (OSError, ValueError, LookupError, TypeError, AttributeError):
        return []
    for name in wanted:
        for draft in left.parent.glob(f".{name}.{process}.*"):
            draft.unlink(missing_ok=True)
    new = [name for name, digest in wanted.items() if _digest_of(left.parent / name) == digest]
    if len(new) == len(wanted):
        return []
    for name in new:
        if (left / name).exists():
            (left / name).replace(left.parent / name)
        else:
            (left.parent / name).unlink()
    return new


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _digest_of(path: Path) -> str:
    try:
        return _digest(path.read_bytes())
    except OSError:
        return ""


def _link(path: Path, copy: Path) -> None:
    """A second name for a file, which takes no room; a copy where the disk knows no second names."""
    try:
        copy.hardlink_to(path)
    except OSError:
        shutil.copy2(path, copy)


def check_files(root: Path, country: str, texts: Mapping[str, str]) -> None:
    """Read a copy of the pack in which these files are others.

    Raises
    ------
    PackError : the pack would not be sound
    """
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder)
        shutil.copyfile(codebook_path(root), draft / CODEBOOK)
        (draft / country).mkdir()
        for path in [*table_files(root / country), root / country / SETTINGS]:
            if path.is_file():
                shutil.copyfile(path, draft / country / path.name)
        for name, text in texts.items():
            _write(draft / country / name, text)
        read_pack(country, draft)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="")


def _merged(folder: Path, name: str, rows: pd.DataFrame, column: str) -> str:
    """The text of a table with its old rows, as they stand, and the new ones; its columns stay, translations included."""
    path = folder / f"{name}.csv"
    cells = read_cells(path, path.name)[0] if path.is_file() else None
    old = cells.frame if cells is not None else pd.DataFrame(columns=TABLES[name].names)
    new = rows.reindex(columns=old.columns).map(_text)
    kept = old[~old[column].isin(new[column])]
    return pd.concat([kept.astype(object), new.astype(object)]).to_csv(index=False, lineterminator="\n")


def _text(value: object) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else inert(unicodedata.normalize("NFC", str(value)))
