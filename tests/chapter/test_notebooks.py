"""What a notebook says of itself is read from its file, and its prose keeps its Markdown in every language."""

import re

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.chapter import notebooks
from nasssap_lib.chapter.notebooks import (
    chapters,
    declared_parameters,
    notebooks_folder,
    read_notebook,
    read_opened_notebook,
    translate_notebook,
    translated_prose,
)
from nasssap_lib.display.texts import in_language
from nasssap_lib.errors import ParameterError


def test_numbers_titles_and_questions_come_from_the_files():
    told = {
        name: (read_notebook(name).number, read_notebook(name).title, read_notebook(name).question)
        for name in chapters()
    }
    assert told["02_gap_identification"] == (2, "Gap identification", "Who is not covered")
    assert [number for number, _, _ in told.values()] == list(range(1, len(told) + 1))
    assert read_notebook("explore").number == 0


def test_a_notebook_beside_the_kernel_is_found_before_the_installed_one_by_the_kernel_alone(tmp_path, monkeypatch):
    notebook = nbformat.v4.new_notebook(cells=[
        nbformat.v4.new_markdown_cell("# Mine"),
        nbformat.v4.new_code_cell('country: str = "SEN"\nmine: bool = True  # a # b', metadata={"tags": ["parameters"]}),
    ])  # fmt: skip
    for name in ("02_mine", "02_gap_identification"):
        nbformat.write(notebook, tmp_path / f"{name}.ipynb")
    monkeypatch.chdir(tmp_path)
    read = read_opened_notebook("02_mine")
    assert read.title == "Mine"
    assert read.parameters["mine"].kind is bool and read.parameters["mine"].default is True
    assert read.parameters["mine"].meaning == "a # b"
    assert read_opened_notebook("02_gap_identification").title == "Mine"
    assert read_notebook("02_gap_identification").title == "Gap identification"
    with pytest.raises(ParameterError, match="no notebook '02_mine'"):
        read_notebook("02_mine")


@pytest.mark.parametrize(
    ("source", "kind", "default", "meaning"),
    [
        ('x: str = "a # b"  # é: name', str, "a # b", "é: name"),
        ("x: float = -1.5  # n", float, -1.5, "n"),
        ("x: list = []  # n", object, [], "n"),
        ("x: int = 0", int, 0, ""),
    ],
)
def test_a_parameter_is_read_with_type_default_and_comment(source, kind, default, meaning):
    parameter = declared_parameters(source)["x"]
    assert (parameter.kind, parameter.default, parameter.meaning) == (kind, default, meaning)


@pytest.mark.parametrize("path", sorted(notebooks_folder().glob("*.ipynb")), ids=lambda path: path.stem)
def test_the_pseudo_language_keeps_structure_ids_tags_and_code(path):
    before, after = nbformat.read(path, as_version=4), nbformat.read(path, as_version=4)
    with in_language("qps"):
        translate_notebook(after)
    for one, other in zip(before.cells, after.cells, strict=True):
        assert (one.id, one.metadata, one.cell_type) == (other.id, other.metadata, other.cell_type)
        if one.cell_type == "code":
            assert one.source == other.source
        else:
            assert re.sub(r"[⟦⟧\s]", "", other.source) == re.sub(r"\s", "", one.source)
            assert [
                re.match(r"\W*", line)[0].strip("⟦ *[") for line in other.source.splitlines() if line[:1] in "#|-"
            ] == [re.match(r"\W*", line)[0].strip(" *[") for line in one.source.splitlines() if line[:1] in "#|-"]
            assert all(line.count("⟦") == line.count("⟧") for line in other.source.splitlines())


@given(st.text(alphabet="ab |#-*1.\n>[]()⟦", max_size=60))
def test_whatever_the_markdown_nothing_is_lost(source):
    with in_language("qps"):
        shown = translated_prose(source)
    assert re.sub(r"[⟦⟧\s]", "", shown) == re.sub(r"[⟦⟧\s]", "", source)


def test_the_catalogue_knows_a_cell_by_its_whole_source(monkeypatch):
    monkeypatch.setattr("nasssap_lib.chapter.notebooks._", {"# Title\n\nText": "# Titre\n\nTexte"}.get)
    assert translated_prose("# Title\n\nText") == "# Titre\n\nTexte"


def test_names_that_papermill_injected_are_read_from_the_last_of_its_cells():
    cells = ["x = 1", "# Parameters\na = 1\n", "b = 2", "# Parameters\nc = [1,\n 2]\nd = 'x'\nd.e = 1\n"]
    assert notebooks.injected_names(cells) == ["c", "d"]
    assert notebooks.injected_names(["# Parameters of mine", "x = 1"]) == notebooks.injected_names([]) == []
    assert notebooks.injected_names(["# Parameters\nnot python"]) == []


def notebook(
    name="04_new", head="# New", declared='country: str = "SEN"', code='chapter = open_chapter("04_new", country)'
):
    """What a notebook says of itself, as a newcomer may have left it."""
    return notebooks.Notebook(name, head, notebooks.declared_parameters(declared), (code,))


@pytest.mark.parametrize(
    "left,words",
    [
        ({"declared": ""}, "no cell with the tag 'parameters'"),
        ({"declared": 'country = "SEN"'}, "no cell with the tag 'parameters' that declares country: str"),
        ({"head": "A note"}, "no title"),
        (
            {"code": 'chapter = open_chapter("02_gap_identification", country)'},
            "opens the chapter '02_gap_identification'",
        ),
        ({"code": "country"}, "no open_chapter('04_new'"),
        ({"declared": 'country: str = "SEN"\nleast: int = 3'}, "the parameter least is declared and used nowhere"),
    ],
)
def test_what_a_new_notebook_forgot_is_said_before_it_runs(left, words):
    assert notebooks.notebook_faults(notebook()) == []
    (fault, *_) = notebooks.notebook_faults(notebook(**left))
    assert fault.startswith(words)
