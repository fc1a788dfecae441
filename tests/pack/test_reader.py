"""A pack is found and read whole, with all its problems at once."""

import pytest
from small_pack import edit, problems

from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack


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


@pytest.mark.parametrize("code", ["../XTS", "xts", "SEN", "", "XT", "X/S"])
def test_a_country_that_is_no_pack_is_refused(pack_folder, code):
    with pytest.raises(PackError, match="a country pack"):
        read_pack(code, pack_folder.parent)


def test_the_data_folder_is_argument_then_environment_then_nearest(pack_folder, monkeypatch):
    root = pack_folder.parent
    monkeypatch.setenv("NASSSAP_DATA", str(root))
    assert data_root() == root
    monkeypatch.delenv("NASSSAP_DATA")
    assert data_root().parts[-2:] == ("data", "raw")
    with pytest.raises(PackError, match="codebook"):
        data_root(pack_folder)


def test_the_digest_changes_with_any_byte(pack_folder):
    before = read_pack("XTS", pack_folder.parent).digest
    edit(pack_folder / "schemes.csv", "Act 1", "Act 2")
    assert read_pack("XTS", pack_folder.parent).digest != before
