"""A folder that was copied, renamed, and never filled is not sound; the pack that it was copied from is."""

import shutil

import pandas as pd
import pytest

from nasssap_lib.errors import PackError
from nasssap_lib.pack.copies import COMPARED
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack

MEANT = {"name_en": "Ghana", "name_fr": "Ghana", "name_es": "Ghana", "currency": "GHS", "code": "GHA"}


@pytest.fixture
def copied(tmp_path):
    """Data folder with Senegal and a Ghana that has all of its figures."""
    shutil.copy(data_root() / "codebook.csv", tmp_path)
    for code in ("SEN", "GHA"):
        shutil.copytree(data_root() / "SEN", tmp_path / code)
    settings = tmp_path / "GHA" / "country.toml"
    lines = [line for line in settings.read_text(encoding="utf-8").splitlines() if line.split(" = ")[0] not in MEANT]
    settings.write_text("\n".join([*(f'{key} = "{word}"' for key, word in MEANT.items()), *lines]), encoding="utf-8")
    facts = tmp_path / "GHA" / "indicators.csv"
    facts.write_text(facts.read_text(encoding="utf-8").replace("\nSEN,", "\nGHA,"), encoding="utf-8")
    return tmp_path


def test_a_copied_pack_names_the_one_it_was_copied_from(copied):
    with pytest.raises(PackError) as refused:
        read_pack("GHA", copied)
    assert {problem.file for problem in refused.value.problems} == {f"GHA/{name}" for name in COMPARED}
    assert all("most of this file are those of SEN" in str(problem) for problem in refused.value.problems)


@pytest.mark.parametrize(
    ("written", "as_toml_may"),
    [('name_en = "Senegal"', 'name_en = "Senegal" # as the UN writes it'), ('name_en = "Senegal"', '"name_en" = """\nSenegal"""'),
     ('"Sénégal"', '"S\\u00e9n\\u00e9gal"')],
)  # fmt: skip
def test_a_country_is_known_by_its_names_however_toml_writes_them(copied, written, as_toml_may):
    path = copied / "SEN" / "country.toml"
    text = path.read_text(encoding="utf-8")
    assert written in text
    path.write_text(text.replace(written, as_toml_may).replace('name_es = "Senegal"\n', ""), encoding="utf-8")
    with pytest.raises(PackError):
        read_pack("GHA", copied)


def test_the_original_is_sound_and_says_where_its_figures_stand_too(copied):
    doubts = read_pack("SEN", copied).doubts
    assert {doubt.file for doubt in doubts} == {f"SEN/{name}" for name in COMPARED}


def test_where_the_texts_were_changed_too_nobody_can_say_which_is_the_copy(copied):
    for path in (copied / "GHA").glob("*.csv"):
        text = path.read_text(encoding="utf-8")
        path.write_text(text.replace("Senegal", "Ghana").replace("Sénégal", "Ghana"), encoding="utf-8")
    for code in ("SEN", "GHA"):
        assert len(read_pack(code, copied).doubts) == len(COMPARED)


def test_some_figures_in_common_are_no_copy(copied):
    path = copied / "GHA" / "indicators.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([header, *rows[: len(rows) // 100]]) + "\n", encoding="utf-8")
    for name in (set(COMPARED) | {"outturns.csv"}) - {"indicators.csv"}:
        path = copied / "GHA" / name
        path.write_text(path.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    assert read_pack("GHA", copied).doubts == ()


def test_one_table_of_another_country_is_enough_for_a_doubt(copied):
    """Zambia's own texts, and Senegal's distribution."""
    shutil.rmtree(copied / "GHA")
    shutil.copytree(data_root() / "ZMB", copied / "ZMB")
    shutil.copy(copied / "SEN" / "welfare.csv", copied / "ZMB")
    sources, own = (
        pd.read_csv(copied / code / "sources.csv", dtype=str, keep_default_na=False) for code in ("SEN", "ZMB")
    )
    more = sources.loc[~sources["id"].isin(own["id"]), own.columns]  # translations of theirs stay behind
    pd.concat([own, more]).to_csv(copied / "ZMB" / "sources.csv", index=False)
    assert "ZMB/welfare.csv" in {doubt.file for doubt in read_pack("ZMB", copied).doubts}


@pytest.mark.parametrize("code", ["SEN", "ZMB"])
def test_the_shipped_packs_are_no_copies(code):
    assert not [doubt for doubt in read_pack(code).doubts if "most of this file" in doubt.expected]
