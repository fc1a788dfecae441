"""Files are written whole or not at all."""

import pytest

from nasssap_lib.errors import NasssapError
from nasssap_lib.files import write_text, write_whole


def test_what_was_there_stays_when_writing_fails(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("before", encoding="utf-8")
    with pytest.raises(KeyboardInterrupt), write_whole(path) as draft:
        draft.write_text("hal", encoding="utf-8")
        raise KeyboardInterrupt
    assert path.read_text(encoding="utf-8") == "before"
    assert [file.name for file in tmp_path.iterdir()] == ["a.csv"]


def test_lines_end_as_the_text_has_them(tmp_path):
    write_text(tmp_path / "a.txt", "é\nb\r\n")
    assert (tmp_path / "a.txt").read_bytes() == b"\xc3\xa9\nb\r\n"


def test_a_folder_that_is_not_there_is_named(tmp_path):
    with pytest.raises(NasssapError, match=r"nowhere.*cannot be written"):
        write_text(tmp_path / "nowhere" / "a.txt", "x")
