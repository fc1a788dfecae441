"""Published figures that must come out of the notebooks: tests/cases/ISO3.yml, one block a figure.

Whoever adds a figure writes no Python: the blocks are explained at the top of each file. A figure that does not come out is
reported in a sentence. Where the folder of published figures is present, each block is also held against it.
"""

import csv
import functools
import math
import os
from dataclasses import dataclass
from pathlib import Path

import pytest
import yaml

CASES = Path(__file__).parent / "cases"
FIGURES = Path(os.environ.get("NASSSAP_FIGURES") or Path(__file__).parents[2] / "shared" / "figures")
REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]

needs_figures = pytest.mark.skipif(not FIGURES.is_dir(), reason=f"the published figures are not there: {FIGURES}")


@dataclass(frozen=True)
class Case:
    """A block of a case file."""

    country: str
    figure: str
    notebook: str
    table: str
    row: dict[str, object]
    column: str
    published: float | str
    source: str
    figures: dict[str, object]
    tolerance: float = 0.0
    times: float = 1.0


LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the same, ten times as fast, where it was built
REQUIRED = ("figure", "notebook", "table", "row", "column", "published", "source", "figures")


def read_cases(country: str) -> list[Case]:
    """The blocks of a country's file; what cannot be read is told with its line or its block."""
    file = f"tests/cases/{country}.yml"
    try:
        blocks = yaml.load((CASES / f"{country}.yml").read_text(encoding="utf-8"), LOADER)
    except yaml.MarkedYAMLError as error:
        raise ValueError(
            f"{file}, line {error.problem_mark.line + 1}: {error.problem}; compare it with a block above"
        ) from None
    for number, block in enumerate(blocks, 1):
        if missing := [name for name in REQUIRED if name not in block]:
            raise ValueError(
                f"{file}, block {number} ({block.get('figure', 'no name')}): {', '.join(missing)} is missing"
            )
        if unknown := [name for name in block if name not in Case.__dataclass_fields__ or name == "country"]:
            raise ValueError(f"{file}, block {number} ({block['figure']}): {', '.join(unknown)} means nothing here")
    return [Case(country, **block) for block in blocks]


@functools.cache
def rows_of(path: Path) -> list[dict[str, str]]:
    """Rows of a CSV file."""
    with path.open(encoding="utf-8-sig", newline="") as handle:
        return list(csv.DictReader(handle))


def same(cell: str, wanted: object) -> bool:
    """Whether a cell says what a case wants, or one of its list: as a number where both are numbers, else as text."""
    if isinstance(wanted, list):
        return any(same(cell, one) for one in wanted)
    try:
        return math.isclose(float(cell), float(wanted), rel_tol=1e-9)
    except (TypeError, ValueError):
        return cell == str(wanted)


def chosen(rows: list[dict[str, str]], wanted: dict[str, object]) -> list[dict[str, str]]:
    """Rows that have all these values."""
    return [row for row in rows if all(same(row.get(name, ""), value) for name, value in wanted.items())]


def words(wanted: dict[str, object]) -> str:
    """A choice of rows in words."""
    return ", ".join(f"{name} = {value}" for name, value in wanted.items())


def complaint(case: Case, processed: Path) -> str:
    """A sentence on what is wrong; empty where the published figure came out."""
    path = processed / case.country / case.notebook / f"{case.table}.csv"
    begin = f"{case.country}, {case.figure}: {case.source} published {case.published}, but"
    if not path.is_file():
        written = sorted(file.stem for file in path.parent.glob("*.csv"))
        return f"{begin} {case.notebook} wrote no table {case.table}; it wrote {', '.join(written) or 'none'}."
    rows = chosen(rows_of(path), case.row)
    if len(rows) != 1:
        return f"{begin} {case.table} has {len(rows)} rows where {words(case.row)}; it needs one."
    if case.column not in rows[0]:
        return f"{begin} {case.table} has no column {case.column}; it has {', '.join(rows[0])}."
    cell = rows[0][case.column]
    if came_out(case, cell):
        return ""
    scale = f" (the table's number is the published one × {case.times:g})" if case.times != 1 else ""
    where = f"column {case.column} of the row where {words(case.row)}"
    return f"{begin} {case.table} says {cell or 'nothing'} in {where}; allowed: {case.tolerance:g} off{scale}."


def came_out(case: Case, cell: str) -> bool:
    """Whether a cell of the table is the published figure."""
    if isinstance(case.published, str):
        return cell == case.published
    try:
        return abs(float(cell) / case.times - case.published) <= case.tolerance + 1e-9
    except ValueError:
        return False


ALL = [case for country in REAL for case in read_cases(country)]


@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.country}: {case.figure}")
def test_a_published_figure_comes_out(case, batch_of_all):
    found = complaint(case, batch_of_all / "data" / "processed")
    assert not found, found


@pytest.mark.parametrize("country", REAL)
def test_a_country_has_at_least_ten_figures_of_several_subjects(country):
    cases = read_cases(country)
    assert len(cases) >= 10, f"tests/cases/{country}.yml has {len(cases)} figures"
    assert len({case.figure for case in cases}) == len(cases), f"tests/cases/{country}.yml names a figure twice"
    assert len({case.figures["file"] for case in cases}) >= 4, f"tests/cases/{country}.yml draws on few files"


@needs_figures
@pytest.mark.parametrize("case", ALL, ids=lambda case: f"{case.country}: {case.figure}")
def test_a_case_says_what_was_published(case):
    choice = {name: value for name, value in case.figures.items() if name not in ("file", "column")}
    column = str(case.figures["column"])
    rows = chosen(rows_of(FIGURES / str(case.figures["file"])), {"country": case.country} | choice)
    assert rows, f"{case.country}, {case.figure}: {case.figures['file']} has no row where {words(choice)}"
    if isinstance(case.published, str):
        assert [row[column] for row in rows] == [case.published]
    else:
        total = sum(float(row[column]) for row in rows)
        assert math.isclose(total, case.published, rel_tol=1e-9), (
            f"{case.country}, {case.figure}: the figures say {total}"
        )


def test_a_wrong_figure_is_told_in_a_sentence(tmp_path):
    (tmp_path / "SEN" / "n").mkdir(parents=True)
    (tmp_path / "SEN" / "n" / "gaps.csv").write_text("group,share\nolder,0.25\n", encoding="utf-8")
    case = Case("SEN", "older persons", "n", "gaps", {"group": "older"}, "share", 30.2, "ILO", {}, 0.1, 0.01)
    assert complaint(case, tmp_path) == (
        "SEN, older persons: ILO published 30.2, but gaps says 0.25 in column share of the row where group = older; "
        "allowed: 0.1 off (the table's number is the published one × 0.01)."
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        (
            "- figure: older\n  row: {group: older\n  table: gaps\n",
            r"SEN\.yml, line 3: .*compare it with a block above",
        ),
        (
            "- figure: older\n  published: 3\n",
            r"block 1 \(older\): notebook, table, row, column, source, figures is missing",
        ),
    ],
)
def test_a_block_that_cannot_be_read_is_told_in_a_sentence(tmp_path, monkeypatch, text, sentence):
    (tmp_path / "SEN.yml").write_text(text, encoding="utf-8")
    monkeypatch.setitem(globals(), "CASES", tmp_path)
    with pytest.raises(ValueError, match=sentence):
        read_cases("SEN")
