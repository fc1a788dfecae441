"""The notebooks keep their rules, each rule is noticed when it is broken, and every chapter has its notebook."""

from pathlib import Path

import nbformat
import pytest
from notebook_rules import broken_rules

from nasssap_lib.chapter.chapter import CHAPTERS, COMMON

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
CHAPTER_FILES = sorted(NOTEBOOKS.glob("[0-9][0-9]_*.ipynb"))


@pytest.mark.parametrize("path", [*CHAPTER_FILES, NOTEBOOKS / "explore.ipynb"], ids=lambda path: path.stem)
def test_rules(path):
    assert list(broken_rules(path)) == []


def test_every_chapter_has_a_notebook_with_its_parameters():
    assert {path.stem for path in CHAPTER_FILES} == set(CHAPTERS)
    for path in CHAPTER_FILES:
        source = next(cell.source for cell in nbformat.read(path, 4).cells if cell.cell_type == "code")
        declared = {line.split(":")[0] for line in source.splitlines()}
        assert declared == {*COMMON, *CHAPTERS[path.stem].parameters}


@pytest.mark.parametrize(
    ("source", "sentence"),
    [
        ("def f():\n    return 1", "defines a function"),
        ("x = [a for a in 'ab']", "has a loop"),
        ("import pandas", "imports pandas"),
        ("gap = population * 2", "calculates"),
        ("open('x')", "reads or writes a file"),
        ("%matplotlib inline", "magic"),
        ("p = '/home/me/data'", "path of one machine"),
        ("\n".join(f"x{i} = 1" for i in range(11)), "11 lines"),
    ],
)
def test_a_broken_rule_is_said_in_a_sentence(tmp_path, source, sentence):
    notebook = nbformat.read(CHAPTER_FILES[0], 4)
    notebook.cells[-1].source = source
    nbformat.write(notebook, tmp_path / "x.ipynb")
    assert any(sentence in broken for broken in broken_rules(tmp_path / "x.ipynb"))
