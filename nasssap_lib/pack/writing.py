"""Rows written into a pack's tables: checked as a whole pack first, then put in place file by file; what was there is not reformatted."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import pandas as pd

from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import read_cells
from nasssap_lib.pack.reader import CODEBOOK, read_pack

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
    texts = {f"{name}.csv": _merged(root / country, name, rows, column) for name, (rows, column) in tables.items()}
    with tempfile.TemporaryDirectory() as folder:
        draft = Path(folder)
        shutil.copyfile(root / CODEBOOK, draft / CODEBOOK)
        shutil.copytree(root / country, draft / country)
        for name, text in texts.items():
            (draft / country / name).write_text(text, encoding="utf-8", newline="")
        read_pack(country, draft)
    return [_put(root / country / name, text) for name, text in texts.items()]


def _merged(folder: Path, name: str, rows: pd.DataFrame, column: str) -> str:
    """The text of a table with its old rows, as they stand, and the new ones."""
    table, path = TABLES[name], folder / f"{name}.csv"
    cells = read_cells(path, path.name)[0] if path.is_file() else None
    old = cells.frame if cells is not None else pd.DataFrame(columns=table.names)
    new = rows.reindex(columns=table.names).map(_text)
    kept = old[~old[column].isin(new[column])].reindex(columns=table.names)
    return pd.concat([kept.astype(object), new.astype(object)]).to_csv(index=False, lineterminator="\n")


def _text(value: object) -> str:
    if value is None or pd.isna(value):
        return ""
    return f"{value:.6g}" if isinstance(value, float) else str(value)


def _put(path: Path, text: str) -> Path:
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    draft.write_text(text, encoding="utf-8", newline="")
    return draft.replace(path)
