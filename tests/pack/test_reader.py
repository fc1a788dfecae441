"""A pack is found and read whole, with all its problems at once."""

import os
import shutil

import pandas as pd
import pytest
from small_pack import edit, problems

from nasssap_lib.errors import PackError
from nasssap_lib.pack import reader
from nasssap_lib.pack.model import once_a_pack
from nasssap_lib.pack.reader import keep_answers, read_pack


def test_a_sound_pack_is_read_with_empty_optional_tables(pack_folder):
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.settings.name_en == "Testland"
    assert len(pack.facts) == 7
    assert pack.measures.empty
    assert "amount_central" in pack.measures


def test_all_problems_come_together(pack_folder):
    edit(pack_folder / "indicators.csv", "2019,20,percent", "2019,twenty,percent")
    edit(pack_folder / "population.csv", "2020,female,0-4,1000", "2020,female,0-4,-1")
    edit(pack_folder / "country.toml", 'language = "en"', 'language = "deutsch"')
    assert {problem.file for problem in problems(pack_folder)} == {
        "XTS/country.toml", "XTS/indicators.csv", "XTS/population.csv",
    }  # fmt: skip


def test_an_unknown_table_is_named_and_unknown_folders_are_ignored(pack_folder):
    (pack_folder / "scenarios").mkdir()
    (pack_folder / "scheme.csv").write_text("id\n", encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert (problem.file, problem.hint) == ("XTS/scheme.csv", "did you mean 'schemes.csv'?")


def count_checks(monkeypatch) -> list[str]:
    """The countries whose packs are read and checked from now on."""
    seen, checked = [], reader._checked_pack
    monkeypatch.setattr(reader, "_CHECKED", {})
    monkeypatch.setattr(reader, "_checked_pack", lambda country, *args: seen.append(country) or checked(country, *args))
    return seen


def test_an_unchanged_pack_is_checked_once_and_a_changed_one_again(pack_folder, monkeypatch):
    seen = count_checks(monkeypatch)
    first, again = (read_pack("XTS", pack_folder.parent) for _ in range(2))
    assert seen == ["XTS"] and again.digest == first.digest
    path = pack_folder / "indicators.csv"
    kept = path.stat()
    edit(path, "2019,20,percent", "2019,21,percent")
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))  # of the same size and time: the bytes decide
    assert 21 in read_pack("XTS", pack_folder.parent).facts["value"].tolist()
    edit(path, "2019,21,percent", "2019,20,percent")
    assert read_pack("XTS", pack_folder.parent).digest == first.digest and seen == ["XTS", "XTS"]


def test_the_same_pack_elsewhere_is_not_checked_again_and_its_neighbours_there_are_looked_at(
    pack_folder, tmp_path, monkeypatch
):
    seen = count_checks(monkeypatch)
    own = read_pack("XTS", pack_folder.parent).doubts
    there = tmp_path / "elsewhere"
    shutil.copytree(pack_folder.parent, there)
    shutil.copytree(there / "XTS", there / "XTT")
    for _ in range(2):
        copied, *others = read_pack("XTS", there).doubts
        assert (copied.file, "XTT" in copied.expected, tuple(others)) == ("XTS/population.csv", True, own)
    assert read_pack("XTS", pack_folder.parent).doubts == own and seen == ["XTS"]


def test_a_pack_with_problems_is_never_remembered_as_sound(pack_folder, monkeypatch):
    seen = count_checks(monkeypatch)
    read_pack("XTS", pack_folder.parent)
    (pack_folder / "scheme.csv").write_text("id\n", encoding="utf-8")  # no part of the digest, and yet a problem
    for _ in range(2):
        with pytest.raises(PackError, match="schemes.csv"):
            read_pack("XTS", pack_folder.parent)
    assert seen == ["XTS"] * 3


def test_what_one_reader_writes_into_a_table_the_next_one_does_not_see(pack_folder):
    first = read_pack("XTS", pack_folder.parent)
    before = first.facts.copy()
    first.facts.loc[:, "value"] = -1.0
    first.facts["note"].array[:] = "changed"
    del first.sources["year"]
    first.settings.plans.append("a plan")
    second = read_pack("XTS", pack_folder.parent)
    pd.testing.assert_frame_equal(second.facts, before)
    assert "year" in second.sources and "a plan" not in second.settings.plans


def test_a_table_that_did_not_change_is_not_read_again_and_one_that_did_is(pack_folder, monkeypatch):
    monkeypatch.setattr(reader, "_TABLES", {})
    monkeypatch.setattr(reader, "_CHECKED", {})
    read_pack("XTS", pack_folder.parent)
    seen, checked = [], reader._checked_table
    monkeypatch.setattr(reader, "_checked_table", lambda path, *more: seen.append(path.name) or checked(path, *more))
    path = pack_folder / "indicators.csv"
    kept = path.stat()
    edit(path, "2019,20,percent", "2019,21,percent")
    os.utime(path, ns=(kept.st_atime_ns, kept.st_mtime_ns))
    assert 21 in read_pack("XTS", pack_folder.parent).facts["value"].tolist()
    edit(path, "2019,21,percent", "2019,x1,percent")
    for _ in range(2):
        assert [problem.value for problem in problems(pack_folder)] == ["x1"]
    assert seen == ["indicators.csv"] * 2


def test_a_table_that_changes_while_it_is_read_is_not_remembered(pack_folder, monkeypatch):
    checked = reader._checked_table

    def edited_meanwhile(path, *more):
        read = checked(path, *more)
        if path.name == "indicators.csv":
            edit(path, "2019,20,percent", "2019,22,percent")
        return read

    monkeypatch.setattr(reader, "_TABLES", {})
    monkeypatch.setattr(reader, "_CHECKED", {})
    with monkeypatch.context() as patch:
        patch.setattr(reader, "_checked_table", edited_meanwhile)
        assert 20 in read_pack("XTS", pack_folder.parent).facts["value"].tolist()
    assert 22 in read_pack("XTS", pack_folder.parent).facts["value"].tolist()


def test_kept_answers_are_known_to_later_readers_and_theirs_to_nobody(pack_folder, monkeypatch):
    first, before = (read_pack("XTS", pack_folder.parent) for _ in range(2))
    rate = first.latest("effective_coverage", None, None)
    keep_answers(first)
    second = read_pack("XTS", pack_folder.parent)
    monkeypatch.setattr(type(first), "_figures", None)  # whoever asks it cannot know
    answer = second.latest("effective_coverage", None, None)
    answer["value"] = -1.0
    pd.testing.assert_frame_equal(second.latest("effective_coverage", None, None), rate)
    with pytest.raises(TypeError):
        before.latest("effective_coverage", None, None)
    monkeypatch.undo()
    known = set(second._answers)
    once_a_pack(lambda pack: "asked of the second alone")(second)
    (new,) = set(second._answers) - known
    assert new not in read_pack("XTS", pack_folder.parent)._answers


def test_a_pack_that_changes_while_it_is_read_is_not_remembered(pack_folder, monkeypatch):
    seen = count_checks(monkeypatch)
    checked = reader._checked_pack

    def edited_meanwhile(*args):
        edit(pack_folder / "indicators.csv", "2019,20,percent", "2019,22,percent")
        return checked(*args)

    monkeypatch.setattr(reader, "_checked_pack", edited_meanwhile)
    assert 22 in read_pack("XTS", pack_folder.parent).facts["value"].tolist()
    assert reader._CHECKED == {} and seen == ["XTS"]


def test_only_so_many_packs_are_remembered(pack_folder, monkeypatch):
    seen = count_checks(monkeypatch)
    monkeypatch.setattr(reader, "REMEMBERED", 2)
    path = pack_folder / "indicators.csv"
    text = path.read_text(encoding="utf-8")
    for value in (20, 21, 20, 22, 20, 21):
        path.write_text(text.replace("2019,20,percent", f"2019,{value},percent"), encoding="utf-8")
        read_pack("XTS", pack_folder.parent)
    assert len(seen) == 4  # 20, 21, 22, and 21 once more: what was asked for last is forgotten last


def test_what_systems_and_spreadsheets_leave_beside_tables_is_passed_over(pack_folder):
    digest = read_pack("XTS", pack_folder.parent).digest
    for name in ("._indicators.csv", ".~lock.schemes.csv#", "~$links.csv", "._country.toml", ".DS_Store", "Thumbs.db"):
        (pack_folder / name).write_bytes(b"\0\5\x16\7")
    assert read_pack("XTS", pack_folder.parent).digest == digest


@pytest.mark.parametrize(
    ("name", "hint"),
    [("Links.csv", "'links.csv'"), ("links.CSV", "'links.csv'"), ("links.xlsx", "save it as links.csv")],
)
def test_a_table_under_another_name_is_not_silently_left_out(pack_folder, name, hint):
    (pack_folder / name).write_text("kind\n", encoding="utf-8")
    (problem,) = problems(pack_folder)
    assert hint in problem.hint


@pytest.mark.parametrize("name", ["links.csv", "indicators.csv", "country.toml"])
def test_a_folder_in_place_of_a_file_is_named(pack_folder, name):
    (pack_folder / name).unlink(missing_ok=True)
    (pack_folder / name).mkdir()
    assert [p.expected for p in problems(pack_folder) if p.file == f"XTS/{name}"] == ["a regular file"]


def test_tables_that_wait_in_one_workbook_are_asked_for_sheet_by_sheet(pack_folder):
    """A ministry keeps its pack in one workbook of any name: that nothing of it was read is said, not how a header looks."""
    (pack_folder / "Madagascar final.xlsx").write_bytes(b"PK\x03\x04")
    (pack_folder / "~$Madagascar final.xlsx").write_bytes(b"")
    (pack_folder / "indicators.csv").unlink()
    (problem,) = problems(pack_folder)
    assert "Madagascar final.xlsx is not read: save its sheet as indicators.csv (CSV UTF-8)" in str(problem)
