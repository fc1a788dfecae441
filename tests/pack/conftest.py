"""Packs that the tests of reading them may spoil."""

import shutil
from pathlib import Path

import pytest
from small_pack import write_small_pack

from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells, read_cells
from nasssap_lib.pack.folders import data_root

ALL = (*schema.TABLES, schema.CODEBOOK)


@pytest.fixture
def pack_folder(tmp_path):
    """The folder of a tiny, sound pack."""
    return write_small_pack(tmp_path)


@pytest.fixture(scope="session")
def training() -> dict[str, Cells]:
    """The tables of the training country, which has all of them, as text."""
    root = data_root()
    folders = {table.name: root if table is schema.CODEBOOK else root / "XTC" for table in ALL}
    return {table.name: read_cells(folders[table.name] / table.file, table.file)[0] for table in ALL}


@pytest.fixture
def training_folder(tmp_path):
    """A copy of the training country."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    return Path(shutil.copytree(data_root() / "XTC", tmp_path / "XTC"))
