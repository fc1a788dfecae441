"""Only regular files are opened, and their text comes without marks and in one normal form."""

import os
import socket

import pytest

from nasssap_lib.pack.plain_text import read_text


def special(path, kind):
    if kind == "a folder":
        path.mkdir()
    elif kind == "a pipe":
        os.mkfifo(path)
    elif kind == "a link that leads nowhere":
        path.symlink_to("nowhere")
    elif kind == "a device":
        path.symlink_to("/dev/zero")
    else:
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(str(path))


@pytest.mark.skipif(os.name != "posix", reason="pipes and devices in folders are of POSIX")
@pytest.mark.parametrize("kind", ["a folder", "a pipe", "a link that leads nowhere", "a device", "a socket"])
def test_what_is_no_regular_file_is_named_and_never_opened(tmp_path, kind, monkeypatch):
    monkeypatch.chdir(tmp_path)  # the name of a socket must be short
    path = tmp_path / "links.csv"
    special(path if kind != "a socket" else type(path)("links.csv"), kind)
    text, (problem,) = read_text(path, "XTS/links.csv")
    assert text is None and (problem.value, problem.expected) == (kind, "a regular file")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_marks_at_the_beginning_go_and_letters_come_in_one_form(tmp_path, encoding):
    path = tmp_path / "a.csv"
    path.write_bytes("Se\u0301ne\u0301gal".encode(encoding))
    assert read_text(path, "a.csv") == ("Sénégal", [])


@pytest.mark.parametrize(
    "data", ["id,name\n".encode("utf-16-le"), "id,name\n".encode("utf-16-be"), b"id\n\xe9", b"\xff\xfea"]
)
def test_what_is_neither_is_named_with_what_excel_calls_the_remedy(tmp_path, data):
    path = tmp_path / "a.csv"
    path.write_bytes(data)
    text, (problem,) = read_text(path, "a.csv")
    assert text is None and problem.expected == "text in UTF-8" and "CSV UTF-8" in problem.hint


def test_a_file_that_is_too_large_is_not_read(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("x" * 11)
    assert read_text(path, "a.csv", most=10)[1][0].expected == "at most 10 bytes"


def test_more_marks_on_a_letter_than_any_language_has_are_refused_before_they_are_put_in_order(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("a\n" + "e\u0301\u0323" * 9 + "o" + "\u0301\u0323" * 15, encoding="utf-8")
    assert read_text(path, "a.csv")[1] == []
    path.write_text("a\no" + "\u0301\u0323" * 100_000, encoding="utf-8")
    assert [(p.row, p.expected) for p in read_text(path, "a.csv")[1]] == [(2, "letters with at most 30 marks")]
