"""An empty pack: sound from the first minute, true of its country, and never in anybody's way."""

import csv
import tomllib

import pytest

from nasssap_lib.errors import PackError
from nasssap_lib.pack.new_pack import make_pack, settings_text
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.pack.territories import known_territories


def test_an_empty_pack_is_read_and_every_table_has_its_header(tmp_path):
    folder = make_pack("GHA", tmp_path / "new", 2026)
    pack = read_pack("GHA", tmp_path / "new")
    assert (pack.settings.name_fr, pack.settings.currency, pack.settings.language) == ("Ghana", "GHS", "en")
    assert pack.settings.prose == "en"
    assert pack.settings.reference_year == 2026 and not pack.settings.fictional
    for table in TABLES:
        with (folder / table.file).open(encoding="utf-8", newline="") as file:
            assert list(csv.reader(file)) == [list(table.names)]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == ["GHA"]


def test_settings_of_every_country_are_toml_with_names_in_three_languages():
    for code in known_territories():
        settings = tomllib.loads(settings_text(code, 2026))
        assert settings["code"] == code and all(settings[f"name_{language}"] for language in ("en", "fr", "es")), code
        assert len(settings["currency"]) == 3 and len(settings["language"]) == 2, code


def test_what_only_the_country_knows_is_marked_and_a_choice_is_named():
    lines = settings_text("LKA", 2026).splitlines()
    assert [line.split(" = ")[0] for line in lines if line.endswith(("to fill", "here this year"))] == [
        "reference_year",
        "plans",
    ]
    assert 'language = "si"' in "\n".join(lines) and "or ta" in "\n".join(lines)
    assert 'prose = "si"' in "\n".join(lines), "who fills it writes in the language of the country"
    assert 'name_ta = "இலங்கை"' in lines
    assert 'currency = "BTN"' in settings_text("BTN", 2026)


def test_a_user_assigned_code_is_a_fictional_country(tmp_path):
    make_pack("XAA", tmp_path, 2026)
    assert read_pack("XAA", tmp_path).settings.fictional


@pytest.mark.parametrize(
    ("code", "hint"),
    [("Ghana", "nasssap new-country GHA"), ("gha", "GHA"), ("gh", "GHA"), ("../GHA", "GHA"), ("", "GHA"), ("ZZZ", "")],
)
def test_what_is_no_code_is_refused_with_the_one_that_was_meant(tmp_path, code, hint):
    with pytest.raises(PackError, match="three capital letters") as error:
        make_pack(code, tmp_path / "new", 2026)
    assert hint in str(error.value) and not (tmp_path / "new").exists()


def test_whatever_is_there_is_left_as_it_is(tmp_path):
    (tmp_path / "GHA").mkdir()
    (tmp_path / "GHA" / "notes.txt").write_text("mine")
    (tmp_path / "KEN").write_text("a file")
    for code in ("GHA", "KEN"):
        with pytest.raises(PackError, match="no folder of that name yet"):
            make_pack(code, tmp_path, 2026)
    assert sorted(path.name for path in tmp_path.rglob("*")) == ["GHA", "KEN", "notes.txt"]
