"""One run an output folder: a second one waits and says for whom, a killed one is in nobody's way, a refusal is one line."""

import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from nasssap_lib.errors import NasssapError
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.lock import DRAFTS, LOCK, only_run

HOLD = """
import sys, time
from pathlib import Path
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.lock import only_run
with only_run(Folders(Path(), Path(sys.argv[1]))) as place:
    (Path(sys.argv[1]) / "reports" / ".run").mkdir()
    print(place, flush=True)
    time.sleep(600)
"""


@pytest.fixture
def folders(tmp_path):
    return Folders(tmp_path / "notebooks", tmp_path / "out")


@pytest.fixture
def holder(folders):
    """Another process that holds the folder, and its temporary folder."""
    process = subprocess.Popen([sys.executable, "-c", HOLD, str(folders.out)], stdout=subprocess.PIPE, text=True)
    yield process, Path(process.stdout.readline().strip())
    process.kill()
    process.communicate()


def test_a_run_has_a_place_of_its_own_and_leaves_nothing(folders):
    with only_run(folders) as place:
        assert place.is_dir() and (folders.reports / LOCK).is_file()
        (folders.processed / DRAFTS / "1").mkdir(parents=True)
    assert not place.exists()
    assert sorted(path.name for path in folders.out.rglob("*")) == ["data", "processed", "reports"]


def test_an_error_inside_lets_go_of_the_folder(folders):
    with pytest.raises(KeyboardInterrupt), only_run(folders):
        raise KeyboardInterrupt
    with only_run(folders) as place:
        assert place.is_dir()


def test_a_second_run_waits_and_says_once_for_whom(folders):
    said, order = [], []

    def second():
        with only_run(folders, said.append):
            order.append("second")

    with only_run(folders):
        thread = threading.Thread(target=second)
        thread.start()
        until = time.monotonic() + 30
        while not said and time.monotonic() < until:
            time.sleep(0.05)
        time.sleep(0.5)
        order.append("first")
    thread.join(30)
    assert order == ["first", "second"]
    assert len(said) == 1 and f"process {os.getpid()} on" in said[0] and "waiting" in said[0]


@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
def test_what_a_killed_run_left_is_taken_away_by_the_next(folders, holder):
    process, place = holder
    assert place.is_dir()
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert (folders.reports / LOCK).is_file() and (folders.reports / DRAFTS).is_dir()
    said = []
    with only_run(folders, said.append):
        assert not (folders.reports / DRAFTS).exists()
        assert not place.exists()
    assert said == []
    assert not (folders.reports / LOCK).exists()


def test_a_lock_file_without_sense_is_no_lock(folders):
    folders.reports.mkdir(parents=True)
    (folders.reports / LOCK).write_bytes(b"\xff{")
    with only_run(folders) as place:
        assert place.is_dir()


def test_a_folder_that_is_a_file_is_refused_in_one_line(folders):
    folders.out.write_text("")
    with pytest.raises(NasssapError) as error, only_run(folders):
        pass
    assert str(folders.out) in str(error.value) and "\n" not in str(error.value)
