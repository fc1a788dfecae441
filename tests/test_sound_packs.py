"""Whatever ``check`` calls sound runs: a pack made thin gives every chapter, with n/a where something is missing, and never 0."""

import re
from pathlib import Path

import nbformat
import numpy as np
import pandas as pd
import pytest
from stories import ALL
from thinned_packs import Shown, read_draft, run_all, run_chapter, what_is_no_word, write_draft, write_sound_pack

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.run.batch import run_batch

OPTIONAL = [table.name for table in TABLES if table.name != "sources"]
LATER = [("SEN", 174), *((ALL[seed % len(ALL)], seed) for seed in range(1000, 1300))]
FIGURE = re.compile(
    "value|share|persons|gap|cover|cost|headcount|level|amount|population|target|growth|rate|gini|people"
)


def without(tables: list[str], code: str, root):
    """A pack without the rows of some tables."""
    draft = read_draft(code)
    draft.rows |= {name: [] for name in tables if name in draft.rows}
    return write_draft(draft, code, root / "packs")


def zeros(table: pd.DataFrame) -> list[str]:
    """Columns of figures in which a zero stands."""
    numbers = table.select_dtypes("number")
    return [name for name in numbers if FIGURE.search(name) and (numbers[name] == 0).any()]


def says_what_is_missing(name: str, shown: Shown, tables: Path) -> None:
    """A chapter of a pack without any figure."""
    text = shown.text()
    assert "n/a" in text or "nothing in the data" in text, name
    assert what_is_no_word(shown) == [], name
    paths = list(tables.glob("*.csv"))
    assert len(paths) > 5
    assert [path.name for path in paths if zeros(pd.read_csv(path))] == []


def test_a_pack_without_any_figure_gives_every_report_and_each_says_what_is_missing(tmp_path, capfd):
    root = without(OPTIONAL, "SEN", tmp_path)
    assert len(read_pack("SEN", root).facts) == 0
    for name in chapters():
        with pytest.MonkeyPatch.context() as patch:
            shown = run_chapter(name, patch, country="SEN", data=str(root), results=str(tmp_path / name))
        says_what_is_missing(name, shown, tmp_path / name)
    assert capfd.readouterr() == ("", "")  # no warning is printed


@pytest.mark.parametrize(
    "names", [["03_priority_setting"], pytest.param(chapters(), marks=pytest.mark.soak)], ids=["one", "all"]
)
def test_so_does_a_batch(tmp_path, names):
    """The one real batch: kernels, pages and tables."""
    root = without(OPTIONAL, "SEN", tmp_path)
    records = run_batch(["SEN"], names, {}, root, tmp_path / "out", 2)
    assert {record.notebook: record.message for record in records if record.status != "done"} == {}
    for name in names:
        notebook = nbformat.read(tmp_path / "out" / "reports" / "SEN" / f"{name}.ipynb", 4)
        outputs = [output for cell in notebook.cells for output in cell.get("outputs", [])]
        assert all(
            output.output_type in ("display_data", "execute_result") for output in outputs
        )  # no warning is printed
        text = "\n".join(str(part) for output in outputs for part in output.data.values())
        says_what_is_missing(name, Shown([(name, text)]), tmp_path / "out" / "data" / "processed" / "SEN" / name)


@pytest.mark.parametrize(
    ("code", "tables"),
    [
        pytest.param("SEN", OPTIONAL[: len(OPTIONAL) // 2], id="first half", marks=pytest.mark.soak),
        pytest.param("XTC", OPTIONAL[len(OPTIONAL) // 2 :], id="second half", marks=pytest.mark.soak),
    ],
)
def test_every_chapter_runs_on_half_a_pack(code, tables, tmp_path):
    """Between a pack without any figure and one thinned by chance, which are always run."""
    root = without(tables, code, tmp_path)
    for name, shown in run_all(code, root):
        assert what_is_no_word(shown) == [], name
        assert "n/a" in shown.text() or "nothing in the data" in shown.text(), name


@pytest.mark.parametrize(("code", "seed"), [("HND", 8), *(pytest.param(*one, marks=pytest.mark.soak) for one in LATER)])
def test_every_chapter_runs_on_what_check_calls_sound(code, seed, tmp_path):
    """Rows, kinds, years, cells and columns taken away by chance, and values at their ends."""
    root, told = write_sound_pack(code, seed, tmp_path)
    for name, shown in run_all(code, root):
        assert what_is_no_word(shown) == [], f"{name}: {'; '.join(told)}"
        endless = {anchor for anchor, table in shown.tables.items() if np.isinf(_numbers(table)).any()}
        assert endless == set(), f"{name}: {'; '.join(told)}"


def _numbers(table: pd.DataFrame) -> np.ndarray:
    return table.select_dtypes("number").to_numpy(dtype=float, na_value=np.nan)


def test_the_words_of_a_program_for_nothing_are_found_and_ordinary_words_are_not():
    said = ["coverage: nan", "rate of <NA> kept", "inf", "None", "between 3 and inf %", "NaT, 2020"]
    ordinary = [
        "None found in the sources read",
        "nanny grants",
        "State health cover for inf...",
        "infants",
        "n/a",
        "Nan-Town",
    ]
    assert [line for _, line in what_is_no_word(Shown([("page", "\n".join([*said, *ordinary]))]))] == said
