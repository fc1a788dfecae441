"""A pack is as it was after somebody was killed between two of its files; what was changed since, or is held, stays."""

import os
import shutil
import signal
from pathlib import Path

import pytest
from click.testing import CliRunner
from forked import forked

from nasssap_lib.commands.cli import main
from nasssap_lib.files import held
from nasssap_lib.pack import writing
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.kept_files import put_back


@pytest.fixture
def root(tmp_path):
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "XTC", tmp_path / "XTC")
    return tmp_path


def write_and_die(root, number):
    """Three files of the pack are written; when the one of this number is to be put into its place, the process is killed."""
    replace, put = Path.replace, []

    def killed(path, target):
        put.append(target.name)
        if len(put) == number:
            os.kill(os.getpid(), signal.SIGKILL)
        return replace(path, target)

    Path.replace = killed
    texts = {name: (root / "XTC" / name).read_text("utf-8") + "\n" for name in ("schemes.csv", "stakeholders.csv")}
    history = (data_root() / "XTC" / "history.csv").read_text("utf-8")
    writing.write_files(root, "XTC", {"history.csv": history, **texts})


def kill_between(root, number):
    (root / "XTC" / "history.csv").unlink(missing_ok=True)
    before = now(root)
    ended = forked(write_and_die, root, number)
    assert ended.returncode == -signal.SIGKILL, ended.stderr
    return before


def now(root):
    return {path.name: path.read_bytes() if path.is_file() else b"" for path in (root / "XTC").iterdir()}


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
@pytest.mark.parametrize(("number", "back"), [(1, []), (2, ["history.csv"]), (3, ["history.csv", "schemes.csv"])])
def test_a_pack_is_as_it_was_after_somebody_was_killed_between_two_files(root, number, back):
    before = kill_between(root, number)
    assert any((root / "XTC").glob(".before-*"))
    assert put_back(root, "XTC") == back
    assert now(root) == before
    assert put_back(root, "XTC") == []


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_what_was_changed_since_stays_and_what_somebody_holds_is_left_alone(root):
    before = kill_between(root, 3)
    path = root / "XTC" / "schemes.csv"
    path.write_bytes(before["schemes.csv"] + b"\n\n")
    (left,) = (root / "XTC").glob(".before-*")
    with held(left) as alone:
        assert alone and put_back(root, "XTC") == [] and left.is_dir()
    assert put_back(root, "XTC") == ["history.csv"]
    assert now(root) == before | {"schemes.csv": path.read_bytes()}


@pytest.mark.skipif(os.name == "nt", reason="no such signal")
def test_check_and_the_next_who_writes_put_a_pack_back(root):
    before = kill_between(root, 3)
    assert "history.csv, schemes.csv" in CliRunner().invoke(main, ["check", "XTC", "--data", str(root)]).output
    assert now(root) == before
    kill_between(root, 2)
    writing.write_files(root, "XTC", {"stakeholders.csv": before["stakeholders.csv"].decode() + "\n"})
    assert set(now(root)) == set(before)
