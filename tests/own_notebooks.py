"""Notebooks that a test writes for itself, and a folder of them that the batch takes for the project's."""

import shutil
from pathlib import Path

import nbformat
import pandas as pd
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook
from small_pack import edit, write_small_pack

import nasssap_lib.chapter.notebooks
import nasssap_lib.run.folders
from nasssap_lib.chapter.notebooks import LIBRARY
from nasssap_lib.pack.folders import data_root

PARAMETERS = """country: str = "SEN"  # code of a country pack
data: str = ""  # data folder
results: str = ""  # folder for the result tables
scenario: str = ""  # name of a scenario
language: str = ""  # language of the report"""
OPEN = 'from nasssap_lib.chapter import open_chapter\n\nchapter = open_chapter("{}", country, data, results, scenario, language)'
SHOW = 'chapter.show("sources", chapter.pack.sources)'


def write_notebook(folder: Path, name: str, *cells: str) -> Path:
    """A notebook of the batch: parameters, a chapter opened, then these cells; without any, the one table of the pack's sources."""
    sources = [OPEN.format(name), *(cells or [SHOW])]
    title = new_markdown_cell("# A test\n\n## What it asks", id="title")
    declared = new_code_cell(PARAMETERS, metadata={"tags": ["parameters"]}, id="parameters")
    code = [new_code_cell(source, id=f"cell-{i}") for i, source in enumerate(sources)]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=[title, declared, *code], metadata={"kernelspec": kernel}), path)
    return path


def write_part(folder: Path, name: str, *words: str, before: str = "") -> Path:
    """A part of a chapter: how it opens, and those of its code cells in which some words stand, after a cell of one's own."""
    notebook = nbformat.read(LIBRARY.parent / "notebooks" / f"{name}.ipynb", 4)
    parameters, opening, *code = (cell for cell in notebook.cells if cell.cell_type == "code")
    kept = [cell for cell in code if any(word in cell.source for word in words)]
    assert all(any(word in cell.source for cell in kept) for word in words), words
    own = [new_code_cell(before, id="before")] if before else []
    notebook.cells = [notebook.cells[0], parameters, opening, *own, *kept]
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.ipynb"
    nbformat.write(notebook, path)
    return path


def write_place(folder: Path, names) -> Path:
    """A folder with notebooks of these names, and with small packs of a country that exists, with one measure, and of one that does not."""
    for name in names:
        write_notebook(folder / "notebooks", name)
    write_small_pack(folder / "packs")
    measures = pd.read_csv(data_root() / "ZMB" / "measures.csv", dtype=str).query("id == 'social_pension'")
    own = {"source": "OLD", "institution": "", "related_scheme": "", "relation": ""}  # what a small pack has
    exists = write_small_pack(folder / "packs", "ZMB")
    edit(exists / "country.toml", "fictional = true", "fictional = false")
    measures.assign(**own).to_csv(exists / "measures.csv", index=False)
    shutil.copy(data_root() / "codebook.csv", folder / "packs")
    return folder


def use_notebooks(monkeypatch, folder: Path) -> None:
    """Let this process take a folder for that of the project's notebooks."""
    for module in (nasssap_lib.chapter.notebooks, nasssap_lib.run.folders):
        monkeypatch.setattr(module, "notebooks_folder", lambda: folder)


def output_of(notebook: Path, cell: int = -1) -> str:
    """What a code cell of an executed notebook printed or gave back."""
    outputs = [one for one in nbformat.read(notebook, 4).cells if one.cell_type == "code"][cell].outputs
    return "".join(output.get("text") or output.get("data", {}).get("text/plain", "") for output in outputs)
