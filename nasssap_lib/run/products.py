"""The executed notebook as others may see it: no path, user or host of the machine that ran it."""

from __future__ import annotations

from pathlib import Path

import nbformat

from nasssap_lib.run.fingerprint import is_injected, library_digest

KERNEL = {"display_name": "Python 3", "language": "python", "name": "python3"}
CELL_METADATA = {"tags"}
FOLDERS = ("data", "results")


def clean_notebook(notebook: nbformat.NotebookNode, path: Path) -> nbformat.NotebookNode:
    """Remove papermill's and the kernel's traces of the machine from an executed notebook and write it.

    Parameters
    ----------
    notebook : executed; it is changed; the folders that its injected parameters name are shown as defaults
    path : where it is written

    Returns
    -------
    the cleaned notebook; its metadata say which code of the library ran it
    """
    notebook = without_traces(notebook)
    notebook.metadata["nasssap"] = {"library_sha256": library_digest()}
    nbformat.write(notebook, path)
    return notebook


def without_traces(notebook: nbformat.NotebookNode) -> nbformat.NotebookNode:
    """Keep of a notebook's metadata what a reader needs; paths, times, the kernel's and the editor's notes go.

    Parameters
    ----------
    notebook : executed; it is changed

    Returns
    -------
    the same notebook

    Examples
    --------
    >>> from nbformat.v4 import new_notebook
    >>> without_traces(new_notebook(metadata={"papermill": {"input_path": "/home/me/x.ipynb"}})).metadata
    {'kernelspec': {'display_name': 'Python 3', 'language': 'python', 'name': 'python3'}, 'language_info': {'name': 'python'}}
    """
    language = notebook.metadata.get("language_info", {"name": "python"})
    kept = {"kernelspec": KERNEL, "language_info": language}
    if "nasssap" in notebook.metadata:
        kept["nasssap"] = notebook.metadata["nasssap"]
    notebook.metadata = nbformat.from_dict(kept)
    for cell in notebook.cells:
        cell.metadata = nbformat.from_dict({name: cell.metadata[name] for name in CELL_METADATA & set(cell.metadata)})
        if is_injected(cell):
            cell.id = "injected-parameters"  # papermill gives it another one every time
            cell.source = "\n".join(_without_folder(line) for line in cell.source.splitlines())
    return notebook


def _without_folder(line: str) -> str:
    name = line.split("=", 1)[0].strip()
    return f'{name} = ""' if name in FOLDERS else line
