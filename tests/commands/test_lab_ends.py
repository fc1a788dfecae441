"""``nasssap lab`` leaves nothing behind, however it ends, and runs nothing that lies where the user stands."""

import os
import signal
import sys
from pathlib import Path

import psutil
import pytest
from command_line import call
from lab_server import ask, started_lab, wait_until

from nasssap_lib.commands.lab import lab_arguments
from nasssap_lib.files import socket_folder

pytestmark = pytest.mark.skipif(os.name == "nt", reason="signals and local sockets of a POSIX system")


def living(processes):
    """Those that have not ended; one that waits for its parent to notice has."""
    return [process for process in processes if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]


@pytest.mark.parametrize("name", ["SIGTERM", pytest.param("SIGHUP", marks=pytest.mark.soak), "SIGKILL"])
def test_whatever_ends_the_command_ends_server_and_kernels(tmp_path, name):
    (tmp_path / "ipykernel_launcher.py").write_text("raise SystemExit('run from the current folder')")
    (tmp_path / "jupyter_server_config.py").write_text("raise SystemExit('read from the current folder')")
    with started_lab(tmp_path, "--out", str(tmp_path / "own"), cwd=tmp_path) as (address, process):
        ask(address, "kernels", {"path": "notebooks"})
        server = psutil.Process(process.pid)
        place = Path(server.cwd())
        assert wait_until(lambda: any(path.is_socket() for path in place.iterdir())), "kernels meet over local sockets"
        family = [server, *server.children(recursive=True)]
        assert len(family) > 1
        process.send_signal(getattr(signal, name))
        assert wait_until(lambda: process.poll() is not None)
        assert wait_until(lambda: not living(family)), living(family)
        with socket_folder():  # after SIGKILL nobody is left to take the folder of sockets away: the next one does
            assert not place.exists()
    log = (tmp_path / "lab.log").read_text("utf-8")
    assert "TCP" not in log and "from the current folder" not in log, log
    assert sorted(path.name for path in (tmp_path / "own").iterdir()) == ["notebooks"]


def test_without_jupyterlab_a_sentence_names_what_to_install(monkeypatch):
    monkeypatch.setitem(sys.modules, "jupyterlab", None)
    result = call("lab")
    assert (result.exit_code, "python3 tasks.py setup" in result.output) == (1, True)
    monkeypatch.setattr("nasssap_lib.commands.lab.project_root", lambda: None)
    assert "pip install 'nasssap[lab]'" in call("lab").output


def test_a_file_is_named_from_where_the_user_stands(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "mine.ipynb").write_text("{}", "utf-8")
    told = lab_arguments(tmp_path, tmp_path / "notebooks", ["mine.ipynb", "--no-browser", "other.ipynb"])
    assert told[-3:] == [str(tmp_path / "mine.ipynb"), "--no-browser", "other.ipynb"]
