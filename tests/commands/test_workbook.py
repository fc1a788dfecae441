"""``nasssap workbook`` and ``nasssap scenario import`` as an analyst sees them."""

import shutil

import openpyxl
import pytest
from click.testing import CliRunner

from nasssap_lib.commands.cli import main
from nasssap_lib.pack.folders import data_root


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def packs(tmp_path):
    """A data folder of its own with Senegal."""
    root = tmp_path / "packs"
    root.mkdir()
    shutil.copytree(data_root() / "SEN", root / "SEN")
    shutil.copy(data_root() / "codebook.csv", root)
    return root


def test_a_table_is_written_and_what_was_agreed_becomes_a_scenario(packs, tmp_path):
    path = tmp_path / "table.xlsx"
    written = call("workbook", "SEN", "--costing", "--to", path, "--data", packs)
    assert written.exit_code == 0 and "French" in written.output
    again = call("workbook", "SEN", "--costing", "--to", path, "--data", packs)
    assert again.exit_code == 1 and "already there" in again.output
    unchanged = call("scenario", "import", path, "--data", packs)
    assert unchanged.exit_code == 0 and "nothing was changed" in unchanged.output
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["F8"] = 60
    book.save(path)
    read = call("scenario", "import", path, "--data", packs, "--name", "fewer")
    assert read.exit_code == 0
    assert "Child benefit, ages 0 to 4 | Take-up, % | 80   | 60 | F8" in read.output
    assert (packs / "SEN" / "scenarios" / "fewer.toml").is_file()
