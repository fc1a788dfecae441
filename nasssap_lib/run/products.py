"""The executed notebook as others may see it: no path, user or host of the machine that ran it."""

from __future__ import annotations

from pathlib import Path

import nbformat


def clean_notebook(path: Path, data: str, results: str) -> nbformat.NotebookNode:
    """Remove papermill's and the kernel's traces of the machine from an executed notebook and write it back.

    Parameters
    ----------
    path : executed notebook
    data, results : folders of the run, which the injected parameters name; they are shown as defaults

    Returns
    -------
    the cleaned notebook
    """
    notebook = nbformat.read(path, as_version=4)
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell.source = "\n".join(_without_folder(line) for line in cell.source.splitlines())
    nbformat.write(notebook, path)
    return notebook


def _without_folder(line: str) -> str:
    name = line.split("=", 1)[0].strip()
    return f'{name} = ""' if name in ("data", "results") else line
