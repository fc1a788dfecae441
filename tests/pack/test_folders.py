"""Where packs are, and what identifies one."""

import shutil
from pathlib import Path

import pytest
from small_pack import edit

import nasssap_lib
from nasssap_lib.errors import PackError
from nasssap_lib.pack.folders import (
    codebook_path,
    countries,
    data_option,
    data_root,
    fault_of_names,
    is_data_folder,
    scenarios,
    unknown_pack_hint,
)
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.inputs import pack_files


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


def test_packs_without_a_codebook_of_their_own_are_read_with_the_project_s(pack_folder, tmp_path):
    shutil.copytree(data_root() / "SEN", tmp_path / "new" / "SEN")
    root = data_root(tmp_path / "new")
    assert root == (tmp_path / "new").resolve() and codebook_path(root) == data_root() / "codebook.csv"
    assert read_pack("SEN", root).digest == read_pack("SEN").digest
    assert codebook_path(pack_folder.parent) == pack_folder.parent / "codebook.csv"
    assert set(pack_files(root, "SEN")) == set(pack_files(data_root(), "SEN"))


def test_a_folder_is_one_of_data_where_a_pack_or_a_codebook_is_in_it(tmp_path):
    (tmp_path / "SEN").mkdir()
    assert not is_data_folder(tmp_path) and not is_data_folder(tmp_path / "nowhere")
    (tmp_path / "SEN" / "country.toml").touch()
    assert is_data_folder(tmp_path)


@pytest.mark.parametrize(
    ("place", "hint"),
    [
        ("SEN", "name the folder above it, --data "),
        ("nowhere", "spelled right"),
        ("SEN/notes", "--data names the folder"),
    ],
)
def test_a_folder_that_is_none_of_data_is_refused_with_what_it_is(tmp_path, place, hint):
    shutil.copytree(data_root() / "SEN", tmp_path / "SEN")
    (tmp_path / "SEN" / "notes").mkdir()
    with pytest.raises(PackError, match=hint) as error:
        data_root(tmp_path / place)
    assert len(str(error.value).splitlines()) == 1


def test_a_command_typed_elsewhere_is_told_the_folder_where_it_would_not_find_it(monkeypatch, tmp_path):
    assert data_option() == ""
    monkeypatch.setenv("NASSSAP_DATA", str(tmp_path))
    assert data_option() == f" --data {tmp_path}" and data_option("mine") == " --data mine"
    monkeypatch.setenv("NASSSAP_DATA", str(Path(nasssap_lib.__file__).parents[1] / "data" / "raw"))
    assert data_option() == ""


@pytest.mark.parametrize(
    ("code", "hint"),
    [
        ("KEN", "nasssap new-country KEN"), ("Kenya", "nasssap new-country KEN"), ("ken", "nasssap new-country KEN"),
        ("sen", "did you mean 'SEN'?"), ("Senegal", "did you mean 'SEN'?"), ("SEM", "did you mean 'SEN'?"),
        ("Atlantis", "allowed: LKA, SEN"),
    ],
)  # fmt: skip
def test_a_country_without_a_pack_is_made_and_one_that_was_mistyped_is_meant(code, hint):
    assert hint in unknown_pack_hint(code, ["SEN", "LKA"])


def test_the_digest_changes_with_any_byte(pack_folder):
    before = read_pack("XTS", pack_folder.parent).digest
    edit(pack_folder / "schemes.csv", "Act 1", "Act 2")
    assert read_pack("XTS", pack_folder.parent).digest != before


def test_only_folders_named_by_a_code_are_countries(pack_folder):
    (pack_folder.parent / "notes").mkdir()
    (pack_folder.parent / "ABC").write_text("no folder")
    assert countries(pack_folder.parent) == ["XTS"]


def test_only_names_of_scenarios_are_scenarios(pack_folder):
    folder = pack_folder / "scenarios"
    folder.mkdir()
    for name in ("late", "early-2", "No Name", ".hidden"):
        (folder / f"{name}.toml").touch()
    assert scenarios(pack_folder.parent, "XTS") == ["early-2", "late"]


@pytest.mark.parametrize(
    ("names", "fault"), [("a", ""), ("a,b", ""), ("a,a", "two different"), ("a,b,c", "two"), ("../a", "no name")]
)
def test_names_of_scenarios_are_checked_before_anything_is_read(names, fault):
    assert fault in fault_of_names(names) and bool(fault) == bool(fault_of_names(names))
