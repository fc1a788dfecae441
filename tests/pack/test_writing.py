"""Rows are written into a pack whole or not at all, and what stands beside them stays."""

import errno
import shutil
from pathlib import Path

import pandas as pd
import pytest

from nasssap_lib.errors import NasssapError, PackError
from nasssap_lib.pack import writing
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.writing import replace_rows

ROW = {
    "stakeholder": "unions", "name": "Unions", "kind": "workers", "influence": 0.5, "about": "weight", "item": "cost",
    "value": 100.0, "quality": "illustrative", "source": "XTC-TRAINING",
}  # fmt: skip


@pytest.fixture
def root(tmp_path):
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "XTC", tmp_path / "XTC")
    return tmp_path


def test_rows_of_a_group_are_replaced_and_translations_of_others_stay(root):
    path = root / "XTC" / "stakeholders.csv"
    lines = path.read_text(encoding="utf-8").splitlines()
    lines = [f"{line},{'name_fr' if number == 0 else 'nom'}" for number, line in enumerate(lines)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    assert replace_rows(root, "XTC", {"stakeholders": (pd.DataFrame([ROW]), "stakeholder")}) == [path]
    after = read_pack("XTC", root).stakeholders
    kept = after[after["stakeholder"] != "unions"]
    assert set(kept["name_fr"]) == {"nom"} and len(kept) > 100
    assert after.loc[after["stakeholder"] == "unions", "name_fr"].tolist() == [""]


def test_what_groups_say_is_no_formula_in_the_pack(root):
    replace_rows(root, "XTC", {"stakeholders": (pd.DataFrame([ROW | {"name": "Unions;=1+1"}]), "stakeholder")})
    after = read_pack("XTC", root).stakeholders
    assert after.loc[after["stakeholder"] == "unions", "name"].tolist() == ["Unions;'=1+1"]


def test_rows_that_would_not_be_sound_are_not_written(root):
    path = root / "XTC" / "stakeholders.csv"
    before = path.read_bytes()
    with pytest.raises(PackError, match="did you mean 'cost'"):
        replace_rows(root, "XTC", {"stakeholders": (pd.DataFrame([ROW | {"item": "costs"}]), "stakeholder")})
    assert path.read_bytes() == before
    assert not list((root / "XTC").glob(".*"))


def test_a_disk_that_fills_up_between_two_files_leaves_the_pack_as_it_was(root, monkeypatch):
    before = {path.name: path.read_bytes() for path in (root / "XTC").glob("*.csv")}
    write, written = writing.write_plain, []

    def fills_up(path, text):
        if path.parent == root / "XTC":
            written.append(path)
        if len(written) == 2:
            path.write_text(text[:10], encoding="utf-8")
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, text)

    monkeypatch.setattr(writing, "write_plain", fills_up)
    texts = {name: before[name].decode() + "\n" for name in ("schemes.csv", "stakeholders.csv")}
    with pytest.raises(NasssapError, match=r"XTC.schemes\.csv: cannot be written: the disk is full"):
        writing.write_files(root, "XTC", texts)
    assert len(written) == 2
    assert {path.name: path.read_bytes() for path in (root / "XTC").glob("*.csv")} == before
    assert not list((root / "XTC").glob(".*"))


@pytest.mark.parametrize("stop", [KeyboardInterrupt, OSError(errno.EIO, "Input/output error")])
@pytest.mark.parametrize("links", [True, False])
def test_who_is_interrupted_between_two_files_in_place_has_changed_none(root, monkeypatch, stop, links):
    """The second of three files is being put in place when it happens; one of them was not there before."""
    (root / "XTC" / "history.csv").unlink()
    before = {path.name: path.read_bytes() for path in (root / "XTC").iterdir() if path.is_file()}
    replace, put = Path.replace, []

    def interrupted(path, target):
        put.append(target.name)
        if len(put) == 2:
            raise stop
        return replace(path, target)

    def no_links(path, target):
        raise OSError(errno.EPERM, "Operation not permitted")

    monkeypatch.setattr(Path, "replace", interrupted)
    if not links:
        monkeypatch.setattr(Path, "hardlink_to", no_links)
    texts = {name: before[name].decode() + "\n" for name in ("schemes.csv", "stakeholders.csv")}
    history = (data_root() / "XTC" / "history.csv").read_text(encoding="utf-8")
    with pytest.raises((KeyboardInterrupt, NasssapError)):
        writing.write_files(root, "XTC", {"history.csv": history, **texts})
    assert put[0] == "history.csv"
    assert {path.name: path.read_bytes() for path in (root / "XTC").iterdir() if path.is_file()} == before
