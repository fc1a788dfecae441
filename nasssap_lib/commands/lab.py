"""``nasssap lab``: JupyterLab on the suite, on this machine only, with its token, opened on the start page."""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
import signal
import sys
from collections.abc import Sequence
from pathlib import Path

import nbformat

from nasssap_lib.chapter.notebooks import translate_notebook
from nasssap_lib.display.texts import in_language, language_fault
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.files import check_folder, socket_folder, write_text
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders, project_root

NO_NOTEBOOK = (ValueError, TypeError, LookupError, AttributeError, nbformat.ValidationError)  # as nbformat refuses one


def lab_arguments(root: Path, notebooks: Path, further: Sequence[str] = ()) -> list[str]:
    """What JupyterLab is told.

    Parameters
    ----------
    root : the folder that it shows, and nothing above it
    notebooks : a folder in it with the start page
    further : given by the user; a file is named from where they stand

    Examples
    --------
    >>> "--ServerApp.ip=127.0.0.1" in lab_arguments(Path("/a"), Path("/a/notebooks"))
    True
    """
    settings = {
        "ServerApp.root_dir": str(root),
        "ServerApp.ip": "127.0.0.1",
        "LabApp.default_url": f"/lab/tree/{notebooks.relative_to(root).as_posix()}/start.ipynb",
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": "None",
    }
    if sys.platform != "win32":  # local sockets: nobody else on this machine can listen
        settings["KernelManager.transport"] = "ipc"
    named = [str(Path(text).absolute()) if Path(text).exists() else text for text in further]
    return [*(f"--{name}={value}" for name, value in settings.items()), *named]


def notebooks_to_open(folders: Folders, language: str = "") -> Path:
    """The notebooks themselves in a clone; elsewhere, and in another language than English, copies.

    Copies lie in ``notebooks`` or ``reports/lab/CODE`` of the folder for products; one that somebody changed is left as it is.
    Their code stays as it is, but for the default of the parameter ``language``.

    Raises
    ------
    ParameterError : there is no catalogue of that language
    """
    if fault := language_fault(language):
        raise ParameterError({"lang": fault})
    spoken = "" if language == "en" else language
    target = folders.reports / "lab" / spoken if spoken else folders.out / "notebooks"
    if target != folders.notebooks:
        _copy_notebooks(folders.notebooks, target, spoken)
    return target


def _copy_notebooks(source: Path, target: Path, language: str) -> None:
    target.mkdir(parents=True, exist_ok=True)
    for path in sorted(source.glob("*.ipynb")):
        with in_language(language):
            notebook = translate_notebook(nbformat.read(path, as_version=4))
        for cell in notebook.cells:
            cell.source = cell.source.replace('language: str = ""', f'language: str = "{language}"')
        if _to_be_written(target / path.name, notebook):
            notebook.metadata["nasssap"] = {"copied": _digest(notebook)}
            write_text(target / path.name, nbformat.writes(notebook) + "\n")


def _digest(notebook: nbformat.NotebookNode) -> str:
    return hashlib.sha256("\0".join(cell.source for cell in notebook.cells).encode()).hexdigest()


def _to_be_written(path: Path, notebook: nbformat.NotebookNode) -> bool:
    """Whether a copy is not there yet, or is still as an older version of us wrote it; outputs alone are no reason.

    One that is no notebook any more is left to whoever changed it; one that is empty holds nothing of theirs.
    """
    if not path.is_file() or not path.stat().st_size:
        return True
    try:
        there = nbformat.read(path, as_version=4)
    except NO_NOTEBOOK:
        return False
    untouched = there.metadata.get("nasssap", {}).get("copied") == _digest(there)
    return untouched and _digest(there) != _digest(notebook)


def open_lab(data: str = "", further: Sequence[str] = (), language: str = "", out: str | None = None) -> int:
    """Be JupyterLab until it is closed; its exit code is returned.

    It runs in this very process: whatever ends the command ends the server too, and its kernels look after their parent. Its
    folder is one of its own, so that no configuration of where the user stands is executed.

    Raises
    ------
    NasssapError : JupyterLab is not installed
    """
    if importlib.util.find_spec("jupyterlab") is None:
        remedy = "python3 tasks.py setup" if project_root() else "python -m pip install 'nasssap[lab]'"
        raise NasssapError(f"JupyterLab is not installed, and nasssap lab opens it: {remedy}")
    folders, root = Folders.of(out), data_root(data)
    check_folder(folders.out)
    arguments = lab_arguments(folders.out, notebooks_to_open(folders, language), further)
    with socket_folder() as place:
        _describe_kernel(place)
        known = os.environ.get("JUPYTER_PATH")
        paths = os.pathsep.join([str(place), known] if known else [str(place)])
        os.environ |= {"NASSSAP_DATA": str(root), "JUPYTER_RUNTIME_DIR": str(place), "JUPYTER_PATH": paths}
        os.chdir(place)
        try:
            return _serve(arguments)
        finally:
            os.chdir(folders.out)  # Windows removes no folder that somebody stands in


def _describe_kernel(place: Path) -> None:
    """The kernel ``python3`` of this environment; -P: opening a notebook runs no file that lies beside it."""
    argv = [sys.executable, "-P", "-m", "ipykernel_launcher", "-f", "{connection_file}"]
    spec = {"argv": argv, "display_name": "Python 3", "language": "python", "metadata": {"debugger": True}}
    path = place / "kernels" / "python3" / "kernel.json"
    path.parent.mkdir(parents=True)
    write_text(path, json.dumps(spec))


def _serve(arguments: Sequence[str]) -> int:
    from jupyterlab.labapp import LabApp

    if hasattr(signal, "SIGHUP") and signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, lambda *_: signal.raise_signal(signal.SIGTERM))  # a terminal that is closed
    try:
        LabApp.launch_instance(list(arguments))
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else int(end.code is not None)
    return 0
