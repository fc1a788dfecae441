"""``nasssap migrate``: what was done to each pack, and what must be mended first."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from nasssap_lib.commands.cli import main
from nasssap_lib.pack.schema import SCHEMA

KEPT = Path(__file__).parents[1] / "pack" / "schema_1"


@pytest.fixture
def root(tmp_path):
    """A copy of the packs of schema 1, with what people put beside the tables."""
    root = Path(shutil.copytree(KEPT, tmp_path / "raw"))
    (root / "XTC" / "scenarios").mkdir()
    (root / "XTC" / "scenarios" / "low.toml").write_text('schema = 1\ncountry = "XTC"\ntitle = "Low"\n')
    (root / "XTC" / "notes.txt").write_text("to be asked\n")
    return root


def content(root):
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def test_the_command_says_what_it_did_and_goes_on_after_a_pack_that_it_must_leave(root):
    path = root / "TZA" / "schemes.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("social_insurance", "insurance", 1), encoding="utf-8")
    before = content(root)
    dry = CliRunner().invoke(main, ["migrate", "--dry-run", "--data", str(root)])
    assert dry.exit_code == 1 and content(root) == before
    assert (
        "XTC: would write measures.csv: name_fr and name_es of 1 of 10 options; country.toml: schema = 2" in dry.output
    )
    result = CliRunner().invoke(main, ["migrate", "--data", str(root)])
    assert result.exit_code == 1
    assert "TZA: left as it is; mend this first" in result.output and "schemes.csv:" in result.output
    assert "XTC: measures.csv: name_fr and name_es of 1 of 10 options; country.toml: schema = 2" in result.output
    again = CliRunner().invoke(main, ["migrate", "XTC", "--data", str(root)])
    assert (again.exit_code, again.output) == (0, f"XTC: is of schema {SCHEMA} already\n")
    assert "nasssap migrate SEN --dry-run" in CliRunner().invoke(main, ["migrate", "--help"]).output
