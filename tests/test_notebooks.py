"""The notebooks keep their rules, each rule is noticed when it is broken, and each declares what every run needs."""

from pathlib import Path

import nbformat
import pytest
from notebook_rules import broken_rules

from nasssap_lib.chapter.notebooks import chapters, read_notebook, undeclared
from nasssap_lib.chapter.parameters import COMMON, PACKS, parameter_faults

NOTEBOOKS = Path(__file__).parent.parent / "notebooks"
CHAPTER_FILES = [NOTEBOOKS / f"{name}.ipynb" for name in chapters()]


@pytest.mark.parametrize("path", [*CHAPTER_FILES, NOTEBOOKS / "explore.ipynb"], ids=lambda path: path.stem)
def test_rules(path):
    assert list(broken_rules(path)) == []


@pytest.mark.parametrize("name", chapters())
def test_every_chapter_declares_what_every_run_needs_and_its_defaults_are_allowed(name):
    notebook = read_notebook(name)
    assert undeclared(notebook, COMMON) == []
    assert notebook.title and notebook.question
    defaults = {key: parameter.default for key, parameter in notebook.parameters.items() if key not in PACKS}
    assert parameter_faults(name, notebook.parameters, defaults) == {}
    assert all(parameter.meaning for parameter in notebook.parameters.values())


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
