"""What of a pack travels: all that is read of it, and nothing that lies beside it."""

import re
import shutil

from nasssap_lib.exchange.pack_files import pack_files, pack_pattern
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.schema import TABLES


def a_copy(tmp_path):
    shutil.copytree(data_root() / "XTC", tmp_path / "XTC")
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    return tmp_path / "XTC"


def test_tables_settings_codebook_and_prose_travel_and_nothing_else(tmp_path):
    folder = a_copy(tmp_path)
    for name in ("survey.dta", "notes.docx", "text/members.csv", "text/UPPER.md", "households.csv"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "text" / "gaps.md").symlink_to(tmp_path / "codebook.csv")
    names = set(pack_files(tmp_path, "XTC"))
    tables = {f"XTC/{table.file}" for table in TABLES if (folder / table.file).is_file()}
    prose = {f"XTC/text/vision{language}.md" for language in ("", ".es", ".fr")}
    assert names == {"codebook.csv", "XTC/country.toml"} | prose | tables
    assert len(tables) > 15


def test_scenarios_travel_where_they_are_named(tmp_path):
    folder = a_copy(tmp_path)
    (folder / "scenarios").mkdir()
    (folder / "scenarios" / "low.toml").write_text('title = "Low"', encoding="utf-8")
    assert "XTC/scenarios/low.toml" in pack_files(tmp_path, "XTC", ["low"])
    assert not [name for name in pack_files(tmp_path, "XTC") if "scenarios" in name]


def test_the_names_that_travel_are_the_names_that_are_let_in():
    known = re.compile(pack_pattern("XTC", ["low"]))
    assert all(known.fullmatch(name) for name in (*pack_files(data_root(), "XTC"), "XTC/scenarios/low.toml"))
    others = (
        "XTC/text/vision.exe", "XTC/text/../x.md", "XTC/text/a/vision.md", "XTC/scenarios/high.toml", "SEN/country.toml",
        "XTC/codebook.csv", "codebookXcsv", "XTC/text/vision.fr.md.exe", "XTC/households.csv",
    )  # fmt: skip
    assert [name for name in others if known.fullmatch(name)] == []
