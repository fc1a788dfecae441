"""``nasssap lab``: JupyterLab on the suite, on this machine only, with its token, opened on the start page."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from collections.abc import Sequence

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import data_root
from nasssap_lib.run.folders import project_root

START = "/lab/tree/notebooks/start.ipynb"


def lab_command(further: Sequence[str] = ()) -> list[str]:
    """The command that starts JupyterLab on the project; ``further`` goes to JupyterLab.

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
        "LabApp.default_url": START,
        "LabApp.check_for_updates_class": "jupyterlab.NeverCheckForUpdate",
        "LabApp.news_url": "None",
    }
    return [sys.executable, "-m", "jupyterlab", *(f"--{name}={value}" for name, value in settings.items()), *further]


def open_lab(data: str = "", further: Sequence[str] = ()) -> int:
    """Start JupyterLab and wait until it is closed; its exit code is returned."""
    environment = {**os.environ, "NASSSAP_DATA": str(data_root(data))}
    process = subprocess.Popen(lab_command(further), env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue  # JupyterLab asks on the terminal whether it is to stop
