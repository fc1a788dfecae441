"""``nasssap lab``: JupyterLab on the suite, on this machine only, with its token, opened on the start page."""

from __future__ import annotations

import hashlib
import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

from nasssap_lib.chapter.notebooks import translate_notebook
from nasssap_lib.display.texts import in_language, language_fault
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.files import write_text
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders, project_root


def lab_command(further: Sequence[str] = (), folder: str = "notebooks") -> list[str]:
    """The command that starts JupyterLab on the project; ``further`` goes to JupyterLab, ``folder`` holds the start page.

    Raises
    ------
    NasssapError : JupyterLab is not installed

    Examples
    --------
    >>> "--ServerApp.ip=127.0.0.1" in lab_command()
    True
    """
    if importlib.util.find_spec("jupyterlab") is None:
        raise NasssapError("jupyterlab: not installed; run `python3 tasks.py setup`")
    settings = {
        "ServerApp.root_dir": str(project_root()),
        "ServerApp.ip": "127.0.0.1",
        "LabApp.default_url": f"/lab/tree/{folder}/start.ipynb",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": "None",
    }
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in settings.items()), *further]


def translated_copies(language: str, folders: Folders) -> Path:
    """Copies of all notebooks with translated prose, in ``reports/lab/CODE``; one that somebody changed is left as it is.

    Code stays as it is, but for the default of the parameter ``language``.

    Raises
    ------
    ParameterError : there is no catalogue of that language
    """
    if fault := language_fault(language):
        raise ParameterError({"lang": fault})
    target = folders.reports / "lab" / language
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(folders.notebooks.glob("*.ipynb")):
        with in_language(language):
            notebook = translate_notebook(nbformat.read(path, as_version=4))
        for cell in notebook.cells:
            cell.source = cell.source.replace('language: str = ""', f'language: str = "{language}"')
        if _to_be_written(target / path.name, notebook):
            notebook.metadata["nasssap"] = {"copied": _digest(notebook)}
            write_text(target / path.name, nbformat.writes(notebook) + "\n")
    return target


def _digest(notebook: nbformat.NotebookNode) -> str:
    return hashlib.sha256("\0".join(cell.source for cell in notebook.cells).encode()).hexdigest()


def _to_be_written(path: Path, notebook: nbformat.NotebookNode) -> bool:
    """Whether a copy is not there yet, or is still as an older version of us wrote it; outputs alone are no reason."""
    if not path.is_file():
        return True
    there = nbformat.read(path, as_version=4)
    untouched = there.metadata.get("nasssap", {}).get("copied") == _digest(there)
    return untouched and _digest(there) != _digest(notebook)


def open_lab(data: str = "", further: Sequence[str] = (), language: str = "") -> int:
    """Start JupyterLab and wait until it is closed; its exit code is returned."""
    folder = "notebooks"
    if language not in ("", "en"):
        folder = translated_copies(language, Folders.of()).relative_to(project_root()).as_posix()
    environment = {**os.environ, "NASSSAP_DATA": str(data_root(data))}
    process = subprocess.Popen(lab_command(further, folder), env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab asks on the terminal whether it is to stop
