"""A JupyterLab that ``nasssap lab`` starts for a test: with settings of its own, a port of its own and a known token."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from nasssap_lib.run.folders import project_root


@contextmanager
def started_lab(folder: Path, *options: str, cwd: Path | None = None) -> Iterator[tuple[str, subprocess.Popen]]:
    """Its address and its process, once it answers; what it prints goes to ``lab.log`` in the folder."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    places = {f"JUPYTER_{name}_DIR": str(folder / name.lower()) for name in ("CONFIG", "DATA", "RUNTIME")}
    places |= {
        "JUPYTERLAB_WORKSPACES_DIR": str(folder / "spaces"),
        "JUPYTERLAB_SETTINGS_DIR": str(folder / "settings"),
        "IPYTHONDIR": str(folder / "ipython"),
    }
    own = ["--no-browser", "--allow-root", f"--port={port}", "--ServerApp.port_retries=0"]
    own.append("--IdentityProvider.token=secret")
    own.append(
        "--LanguageServerManager.autodetect=False"
    )  # or npm is started, to ask for language servers that nobody uses
    code = "from nasssap_lib.commands.cli import main; main()"  # as the installed command does
    command = [sys.executable, "-P", "-c", code, "lab", *options, *own]
    with (folder / "lab.log").open("w") as log:
        process = subprocess.Popen(
            command, env={**os.environ, **places}, stdout=log, stderr=log,
            cwd=cwd or project_root(), start_new_session=True,
        )  # fmt: skip
        try:
            yield _when_up(f"http://127.0.0.1:{port}", process, folder / "lab.log"), process
        finally:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, 15)
            process.wait(20)


def _when_up(address: str, process: subprocess.Popen, log: Path) -> str:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/api", timeout=1)
        except OSError:
            time.sleep(0.2)
        else:
            return address
    raise AssertionError(f"JupyterLab did not start: {log.read_text()[-2000:]}")


def ask(address: str, path: str, content: dict | None = None) -> dict | list:
    """An answer of the server's interface; with a content, it is posted."""
    data = None if content is None else json.dumps(content).encode()
    request = urllib.request.Request(f"{address}/api/{path}", data, {"Authorization": "token secret"})
    with urllib.request.urlopen(request, timeout=30) as answer:
        return json.load(answer)


def wait_until(true, seconds: float = 30) -> bool:
    """Whether something becomes true in time."""
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.1)
    return bool(true())
