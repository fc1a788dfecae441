"""Files written into a pack: checked as a whole pack first, then put in place, all or none; what was there is not reformatted."""

from __future__ import annotations

import shutil
import tempfile
import unicodedata
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path

import pandas as pd

from nasssap_lib.files import write_whole
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.csv_text import inert, pack_text
from nasssap_lib.pack.folders import CODEBOOK, codebook_path, table_files
from nasssap_lib.pack.kept_files import kept, put_back, write_plain
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.settings import FILE as SETTINGS

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
    with kept(paths, texts), ExitStack() as drafts:
        for path in reversed(paths):  # what is entered last is put in place first
            write_plain(drafts.enter_context(write_whole(path)), texts[path.name])
    return paths


def check_files(root: Path, country: str, texts: Mapping[str, str]) -> Pack:
    """Read a copy of the pack in which these files are others.

    Returns
    -------
    the pack as it would be

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
            write_plain(draft / country / name, text)
        return read_pack(country, draft)


def _merged(folder: Path, name: str, rows: pd.DataFrame, column: str) -> str:
    """The text of a table with its old rows, as they stand, and the new ones; its columns stay, translations included."""
    path = folder / f"{name}.csv"
    cells = read_cells(path, path.name)[0] if path.is_file() else None
    old = cells.frame if cells is not None else pd.DataFrame(columns=TABLES[name].names)
    new = rows.reindex(columns=old.columns).map(_text)
    kept = old[~old[column].isin(new[column])]
    return pack_text(pd.concat([kept.astype(object), new.astype(object)]))


def _text(value: object) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else inert(unicodedata.normalize("NFC", str(value)))
