"""A data folder that a test of a command may spoil."""

import shutil

import pytest

from nasssap_lib.pack.folders import data_root


@pytest.fixture
def packs(tmp_path):
    """A folder with Senegal's pack and the codebook."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "SEN", tmp_path / "SEN")
    return tmp_path
