"""Files are written whole or not at all; what the system refuses is said in one line, before the work where it can be known."""

import errno
import os
import shutil
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from refusing_disks import python_on_disk

from nasssap_lib import files
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import (
    check_file,
    check_folder,
    content_of,
    expanded,
    fault_words,
    silenced,
    socket_folder,
    write_bytes,
    write_text,
    write_whole,
)

posix = pytest.mark.skipif(os.name == "nt", reason="locks and file systems of a POSIX system")


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), write_whole(path) as draft:
        draft.write_text("hal", encoding="utf-8")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_a_folder_of_nobody_is_said_in_one_line():
    with pytest.raises(NasssapError, match="^~nobody-of-that-name/packs: nobody of that name has a folder"):
        expanded("~nobody-of-that-name/packs")
    assert expanded("~") == Path.home()


def test_lines_end_as_the_text_has_them(tmp_path):
    write_text(tmp_path / "a.txt", "é\nb\r\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\nb\r\n"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NasssapError, match=r"nowhere.a\.txt: cannot be written: there is no such file or folder"):
        write_text(tmp_path / "nowhere" / "a.txt", "x")


def test_a_name_as_long_as_a_disk_allows_can_be_written(tmp_path):
    write_text(tmp_path / ("ñ" * 125 + ".html"), "x")
    assert len(list(tmp_path.iterdir())) == 1


def test_two_threads_that_write_one_file_leave_it_whole(tmp_path):
    path, together = tmp_path / "a.txt", threading.Barrier(4)

    def write(letter):
        with write_whole(path) as draft:
            draft.write_text(letter * 1_000, encoding="utf-8")
            together.wait(20)  # all four drafts are there at once

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, "abcd"))
    assert path.read_text(encoding="utf-8") in {letter * 1_000 for letter in "abcd"}
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize(
    "number, words",
    [
        (errno.ENOSPC, r"the disk is full \([\d.]+ MB free\); make room"),
        (errno.EROFS, "the disk is read-only; name another folder"),
        (errno.EACCES, "no permission; name another file or folder"),
        (errno.EUCLEAN if hasattr(errno, "EUCLEAN") else errno.EINVAL, "strange"),
    ],
)
def test_what_the_system_refuses_is_said_with_path_and_remedy(tmp_path, number, words):
    with (
        pytest.raises(NasssapError, match=rf"a\.txt: cannot be written: {words}") as caught,
        write_whole(tmp_path / "a.txt") as draft,
    ):
        draft.write_text("half", encoding="utf-8")
        raise OSError(number, "strange")
    assert "\n" not in str(caught.value) and list(tmp_path.iterdir()) == []


def test_a_file_that_was_read_meanwhile_is_not_taken_for_the_one_that_is_written(tmp_path):
    with pytest.raises(NasssapError) as caught, write_whole(tmp_path / "a.txt"):
        (tmp_path / "input.csv").read_text()
    assert "input.csv" in str(caught.value) and "a.txt" not in str(caught.value)


def test_what_copying_a_folder_could_not_read_is_named(tmp_path):
    (tmp_path / "one").mkdir()
    (tmp_path / "one" / "gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(shutil.Error) as caught:
        shutil.copytree(tmp_path / "one", tmp_path / "two")
    assert fault_words(caught.value).startswith(f"{tmp_path / 'one' / 'gone'}: ")


def test_where_nothing_can_be_written_is_known_before_the_work(tmp_path):
    (tmp_path / "afile").write_text("x")
    check_folder(tmp_path / "new" / "deep")
    check_file(tmp_path / "new.csv")
    check_file(tmp_path / "afile")
    assert [path.name for path in tmp_path.iterdir()] == ["afile"], "checking makes nothing"
    for check, path, words in (
        (check_folder, tmp_path / "afile", "afile: a file, where a folder is expected"),
        (check_folder, tmp_path / "afile" / "reports", "afile: a file, where a folder is expected"),
        (check_file, tmp_path / "afile" / "x.csv", "afile: a file, where a folder is expected"),
        (check_file, tmp_path / "none" / "x.csv", "there is no folder .*none; make it first"),
        (check_file, tmp_path, "this is a folder; name a file in it"),
    ):
        with pytest.raises(NasssapError, match=words):
            check(path)


DISKS = """
import sys
from pathlib import Path
from nasssap_lib.errors import NasssapError
from nasssap_lib.files import check_file, check_folder, write_text
kind, folder = sys.argv[1], Path(sys.argv[2])
steps = [lambda: write_text(folder / "a.txt", "x" * 200_000)]
if kind == "read-only":
    steps += [lambda: check_folder(folder / "new" / "deep"), lambda: check_file(folder / "a.txt")]
for step in steps:
    try:
        step()
    except NasssapError as error:
        print(error)
print(sorted(path.name for path in folder.iterdir()))
"""


@posix
@pytest.mark.parametrize(
    "kind, words", [("full", "the disk is full (0.0 MB free); make room"), ("read-only", "the disk is read-only")]
)
def test_a_disk_that_is_full_or_read_only(tmp_path, kind, words):
    *said, left = python_on_disk(kind, tmp_path, DISKS, kind, tmp_path).splitlines()
    assert len(said) == {"full": 1, "read-only": 3}[kind] and all(words in line for line in said), said
    assert left == "[]", "a draft was left"


@posix
def test_the_folder_of_sockets_is_short_and_gone_at_the_end(monkeypatch, tmp_path):
    long = tmp_path / ("x" * 90)
    long.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(long))
    with socket_folder() as folder:
        assert len(str(folder)) <= files.LONGEST_SOCKET_FOLDER
        assert folder.stat().st_mode & 0o77 == 0, "nobody else can enter"
    assert not folder.exists()


@posix
def test_the_folder_of_one_who_was_killed_is_taken_away_and_that_of_the_living_is_not(monkeypatch, tmp_path):
    short = Path(tempfile.mkdtemp())
    monkeypatch.setattr(tempfile, "tempdir", str(short))
    dead = Path(tempfile.mkdtemp(prefix=files.SOCKETS))
    with socket_folder() as mine, socket_folder() as other:
        assert mine.exists() and other.exists() and not dead.exists()
    assert list(short.iterdir()) == []
    short.rmdir()


@posix
@pytest.mark.parametrize("number", [errno.ENOLCK, errno.EWOULDBLOCK])
def test_a_disk_without_locks_serves_too_and_an_error_inside_stays_itself(monkeypatch, tmp_path, number):
    import fcntl

    def refused(*_):
        raise OSError(number, "no lock")

    left = Path(tempfile.mkdtemp(prefix=files.SOCKETS))
    monkeypatch.setattr(fcntl, "flock", refused)
    with pytest.raises(BlockingIOError, match="inside"), socket_folder() as folder:
        raise BlockingIOError("inside")
    assert not folder.exists() and left.exists(), "whose it is, nobody knows: it stays"
    left.rmdir()


def test_what_a_compiled_library_prints_is_silenced_and_only_meanwhile(capfd):
    print("before")
    with silenced():
        os.write(1, b"meanwhile")
    os.write(1, b"after")
    assert capfd.readouterr().out == "before\nafter"


def test_what_is_silenced_comes_back_after_an_error(capfd):
    with pytest.raises(ValueError), silenced():
        raise ValueError
    os.write(1, b"after")
    assert capfd.readouterr().out == "after"


def test_bytes_are_written_whole_into_a_folder_that_is_made(tmp_path):
    path = tmp_path / "new" / "a.bin"
    write_bytes(path, b"\x00\xff\r\n")
    assert path.read_bytes() == b"\x00\xff\r\n" and list(path.parent.iterdir()) == [path]


@posix
def test_a_pipe_or_a_folder_of_its_name_is_not_read_and_nobody_waits(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "folder").mkdir()
    for name in ("pipe", "folder", "nothing"):
        with pytest.raises(OSError, match=name):
            content_of(tmp_path / name)
    (tmp_path / "file").write_bytes(b"\xff")
    (tmp_path / "link").symlink_to("file")
    assert content_of(tmp_path / "link") == b"\xff"
