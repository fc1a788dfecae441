"""A pack with half its tables emptied still gives every report, and the reports say what is missing."""

import csv
import shutil
from pathlib import Path

import nbformat
import pytest

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.batch import run_batch

OPTIONAL = [table.name for table in TABLES if table.name != "sources"]
HALVES = {"first half": OPTIONAL[: len(OPTIONAL) // 2], "second half": OPTIONAL[len(OPTIONAL) // 2 :], "all": OPTIONAL}


def write_rows(path: Path, rows: list[dict], header: list[str]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def emptied_pack(root: Path, tables: list[str]) -> Path:
    """A copy of Senegal's pack without the rows of some tables, and without references to schemes that are gone."""
    shutil.copy(data_root() / "codebook.csv", root)
    shutil.copytree(data_root() / "SEN", root / "SEN", ignore=shutil.ignore_patterns("scenarios"))
    for table in TABLES:
        path = root / "SEN" / table.file
        with path.open(encoding="utf-8", newline="") as file:
            reader = csv.DictReader(file)
            rows, header = list(reader), reader.fieldnames
        gone = "schemes" in tables
        rows = [] if table.name in tables or (gone and table.name == "scheme_figures") else rows
        cut = {"scheme", "schemes", "related_scheme", "relation"} if gone else set()
        write_rows(path, [{**row, **dict.fromkeys(cut & set(row), "")} for row in rows], header)
    return root


@pytest.mark.parametrize("tables", HALVES.values(), ids=HALVES.keys())
def test_every_report_comes_and_says_what_is_missing(tables, tmp_path):
    root = emptied_pack(tmp_path / "packs" if (tmp_path / "packs").mkdir() is None else tmp_path, tables)
    assert len(read_pack("SEN", root).facts) == (0 if "indicators" in tables else len(read_pack("SEN").facts))
    records = run_batch(["SEN"], (), {}, root, tmp_path / "out", 2)
    assert {record.notebook: record.message for record in records if record.status != "done"} == {}
    for name in chapters():
        notebook = nbformat.read(tmp_path / "out" / "reports" / "SEN" / f"{name}.ipynb", 4)
        text = "".join(str(output) for cell in notebook.cells for output in cell.get("outputs", []))
        assert "n/a" in text or "nothing in the pack" in text
        assert "nan" not in text.replace("finan", "").replace("govern", "").lower().split()
