"""A pack that was looked through: what its gate and several chapters ask is known in this process and its forks."""

import shutil

import pandas as pd
import pytest

from nasssap_lib.chapter.beforehand import ASKED_BY_SEVERAL, look_through
from nasssap_lib.chapter.gate import runnable_pack
from nasssap_lib.costing import cost_package, package
from nasssap_lib.coverage import gaps
from nasssap_lib.errors import PackError
from nasssap_lib.pack import reader
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack


@pytest.fixture
def packs(tmp_path):
    """A folder of Senegal alone."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    shutil.copytree(data_root() / "SEN", tmp_path / "SEN")
    return tmp_path


def refuse(*_, **__):
    raise AssertionError("asked again")


def test_it_is_neither_read_nor_asked_again_and_a_changed_one_is(packs, monkeypatch):
    look_through("SEN", packs)
    with monkeypatch.context() as patch:
        patch.setattr(reader, "_checked_pack", refuse)
        patch.setattr(gaps, "_rows", refuse)
        assert runnable_pack("SEN", packs).country == "SEN"
    path = packs / "SEN" / "measures.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.loc[table["id"] == "cash_transfer", ["take_up_low", "take_up_central"]] = ["0.1", "0.3"]
    table.to_csv(path, index=False)
    look_through("SEN", packs)
    with pytest.raises(PackError, match="cash_transfer"):
        runnable_pack("SEN", packs)


def test_where_several_chapters_follow_what_they_share_is_worked_out_once_and_is_the_same(packs, monkeypatch):
    alone = cost_package(read_pack("SEN", packs))
    monkeypatch.setattr(reader, "_CHECKED", {})
    look_through("SEN", packs, several=True)
    monkeypatch.setattr(package, "target_by_year", refuse)
    pd.testing.assert_frame_equal(cost_package(read_pack("SEN", packs)), alone)


def test_what_a_pack_cannot_answer_is_left_to_the_chapter_that_asks(packs, monkeypatch):
    monkeypatch.setattr("nasssap_lib.chapter.beforehand.ASKED_BY_SEVERAL", (refuse, *ASKED_BY_SEVERAL))
    look_through("SEN", packs, several=True)
    assert read_pack("SEN", packs)._answers
