"""Letters that nobody sees and text of another encoding are found, and honest text of many languages is not taken for either."""

import pytest
from small_pack import edit, problems

from nasssap_lib.pack.folders import countries, data_root
from nasssap_lib.pack.letters import is_mojibake, letter_fault, unprintable
from nasssap_lib.pack.reader import read_pack

HONEST = [
    "Côte d’Ivoire – « L’ÉTÉ… » à 12 °C, cœur, SANTÉ®", "ESPAÑA ¿dónde? ÑANDÚ” 1.º", "NÃO, AMANHÃ” João", "ශ්‍රී ලංකා", "தமிழ்",
    "العربية", "አማርኛ", "Ελλάδα", "Россия", "中国", "2 √ 3, √n", "├── a", "Ærø, ÅL, Ÿ", "Kɔŋgɔ, N’Djaména, Tiếng Việt",
]  # fmt: skip


@pytest.mark.parametrize("text", HONEST)
def test_honest_text_is_sound_and_its_misreadings_are_found(text):
    assert letter_fault(text) == ("", "")
    if not text.isascii():
        for encoding in ("cp1252", "latin-1"):
            assert letter_fault(text.encode().decode(encoding, "replace")) != ("", "")


@pytest.mark.parametrize("encoding", ["cp1252", "mac_roman", "cp850", "cp437"])
def test_a_name_in_another_encoding_is_found(encoding):
    assert is_mojibake("Sénégal".encode().decode(encoding))


@pytest.mark.parametrize(
    "letter", ["\u202e", "\u200b", "\u2066", "\ue000", "\x1b", "\x85", "\xad", "\ufeff", "\u3164", "\u2028", "\x00"]
)
def test_letters_that_nobody_sees_are_found(letter):
    assert unprintable(f"a{letter}b") == {letter}


def test_joiners_stand_only_where_a_script_needs_them():
    assert unprintable("ශ්\u200dරී") == set() and unprintable("Gha\u200dna") == {"\u200d"}


def test_a_cell_is_named_with_the_number_of_the_letter_and_a_setting_too(pack_folder):
    edit(pack_folder / "schemes.csv", ",Caisse,", ",Cai\u202esse,")
    edit(pack_folder / "country.toml", 'name_fr = "Testlande"', 'name_fr = "TestÃ©lande"')
    toml, cell = problems(pack_folder)
    assert (toml.row, toml.column) == (4, "name_fr") and "Unicode (UTF-8)" in toml.hint
    assert (cell.row, cell.column) == (2, "name") and "U+202E (right-to-left override)" in cell.expected


def test_two_forms_of_one_letter_are_one(pack_folder):
    edit(pack_folder / "schemes.csv", ",Caisse,", ",Ce\u0301line,")
    edit(pack_folder / "country.toml", '"Testlande"', '"Te\u0301stlande"')
    pack = read_pack("XTS", pack_folder.parent)
    assert pack.schemes["name"].tolist() == ["Céline"] and pack.settings.name_fr == "Téstlande"


def test_no_letter_of_the_shipped_packs_is_doubted():
    root = data_root()
    files = [path for code in countries(root) for path in (root / code).iterdir() if path.is_file()]
    assert len(files) > 100
    assert [path for path in files if letter_fault(path.read_text(encoding="utf-8")) != ("", "")] == []
