"""Packs of schema 1, as they were shipped, come to this schema: whole or not at all, and every other byte stays."""

import csv
import difflib
import io
import shutil
from pathlib import Path

import pytest

from nasssap_lib.errors import NasssapError, PackError
from nasssap_lib.pack import migration, writing
from nasssap_lib.pack.migration import migrate_pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import SCHEMA

KEPT = Path(__file__).parent / "schema_1"


@pytest.fixture
def root(tmp_path):
    """A copy of the packs of schema 1, with what people put beside the tables."""
    root = Path(shutil.copytree(KEPT, tmp_path / "raw"))
    (root / "XTC" / "scenarios").mkdir()
    (root / "XTC" / "scenarios" / "low.toml").write_text('schema = 1\ncountry = "XTC"\ntitle = "Low"\n')
    (root / "XTC" / "notes.txt").write_text("to be asked\n")
    return root


def content(root):
    return {path.relative_to(root): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}


def changed(before, after):
    assert set(before) == set(after)
    return {str(path) for path in before if before[path] != after[path]}


@pytest.mark.parametrize("country", ["XTC", "TZA"])
def test_a_kept_pack_comes_to_this_schema(root, country):
    before = content(root)
    with pytest.raises(PackError, match=f"run: nasssap migrate {country}"):
        read_pack(country, root)
    assert migrate_pack(root, country)
    assert changed(before, content(root)) == {f"{country}/country.toml", f"{country}/measures.csv"}
    pack = read_pack(country, root)
    assert pack.settings.schema == SCHEMA
    assert pack.translations("fr")["Matched pension savings for informal workers"].startswith("Épargne retraite")


def test_what_is_not_new_stays_byte_for_byte(root):
    path = root / "TZA" / "measures.csv"
    before = list(csv.reader(io.StringIO(path.read_text(encoding="utf-8"))))
    old = path.read_text(encoding="utf-8")
    migrate_pack(root, "TZA")
    new = path.read_text(encoding="utf-8")
    operations = difflib.SequenceMatcher(None, old.splitlines()[1], new.splitlines()[1], autojunk=False).get_opcodes()
    assert {operation for operation, *_ in operations} == {"equal", "insert"}
    after = list(csv.reader(io.StringIO(new)))
    assert after[0][1:4] == ["name", "name_fr", "name_es"]
    assert [row[:2] + row[4:] for row in after] == before
    cash = next(row for row in after if row[0] == "cash_transfer")
    assert cash[2:4] == [
        "Transfert monétaire à toutes les personnes pauvres (PSSN)",
        "Transferencia monetaria a todas las personas pobres (PSSN)",
    ]


def test_the_second_time_nothing_is_done(root):
    migrate_pack(root, "XTC")
    before = content(root)
    assert migrate_pack(root, "XTC") == []
    assert content(root) == before


def test_comments_line_ends_and_translations_of_people_stay(root):
    settings, measures = root / "XTC" / "country.toml", root / "XTC" / "measures.csv"
    settings.write_bytes(
        b"# ours\r\n" + settings.read_bytes().replace(b"\n", b"\r\n").replace(b"= 1\r", b"= 1  # one\r")
    )
    rows = list(csv.reader(io.StringIO(measures.read_text(encoding="utf-8"))))
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(
        [*row[:2], "name_fr" if row[0] == "id" else "à nous", *row[2:]] for row in rows
    )
    measures.write_text(text.getvalue(), encoding="utf-8")
    migrate_pack(root, "XTC")
    assert settings.read_bytes().startswith(b"# ours\r\nschema = 2  # one\r\n")
    assert measures.read_text(encoding="utf-8") == text.getvalue()


def test_a_pack_without_options_changes_its_version_only(root):
    measures = root / "TZA" / "measures.csv"
    measures.write_text(measures.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    before = content(root)
    assert migrate_pack(root, "TZA") == ["country.toml: schema = 2"]
    assert changed(before, content(root)) == {"TZA/country.toml"}


def test_a_pack_that_would_not_be_sound_is_left_alone(root):
    path = root / "XTC" / "activities.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("2025-10", "Oct-25", 1), encoding="utf-8")
    before = content(root)
    with pytest.raises(PackError, match="activities.csv:2 start: 'Oct-25'"):
        migrate_pack(root, "XTC")
    assert content(root) == before


def test_who_cannot_write_a_file_has_changed_none(root, monkeypatch):
    before, write = content(root), writing.write_plain

    def fail(path, text):
        if path.name.startswith(".country.toml"):
            raise OSError(28, "No space left on device")
        write(path, text)

    monkeypatch.setattr(writing, "write_plain", fail)
    with pytest.raises(NasssapError, match=r"country\.toml: cannot be written: the disk is full"):
        migrate_pack(root, "XTC")
    assert content(root) == before


def test_who_was_interrupted_between_two_files_goes_on(root):
    texts = migration._texts(root / "XTC")
    migration._from_1(texts)
    (root / "XTC" / "measures.csv").write_text(texts["measures.csv"], encoding="utf-8", newline="")
    assert migrate_pack(root, "XTC") == ["country.toml: schema = 2"]
    read_pack("XTC", root)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("schema = 3", "made for a newer nasssap"),
        ("", "a line schema"),
        ('schema = "1"', "expected a line schema = 2; schema = 2, without quotation marks"),
        ("schema = true", "schema: 'true' — expected a line schema = 2"),
        ("schema = 0", "schema: '0' — expected 2; schema = 2, without"),
        ("schema = -1", "schema: '-1' — expected 2; schema = 2, without"),
        ("schema = 1979-05-27", "expected a line schema = 2"),
        ("schema = " + "9" * 5000, "numbers of a few digits"),
    ],
)
def test_a_pack_of_no_or_of_a_newer_schema_is_refused(root, line, message):
    path = root / "XTC" / "country.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("schema = 1", line), encoding="utf-8")
    with pytest.raises(PackError, match=message):
        migrate_pack(root, "XTC")


def test_a_pack_that_a_spreadsheet_and_notepad_saved_comes_to_this_schema_as_they_wrote_it(root):
    """A mark at the beginning, a plus before the version, the line sep=, semicolons."""
    settings, measures = root / "XTC" / "country.toml", root / "XTC" / "measures.csv"
    settings.write_bytes(b"\xef\xbb\xbf" + settings.read_bytes().replace(b"schema = 1", b"schema = +1"))
    rows = list(csv.reader(io.StringIO(measures.read_text(encoding="utf-8"))))
    text = io.StringIO()
    csv.writer(text, delimiter=";", lineterminator="\n").writerows(rows)
    measures.write_text("sep=;\n" + text.getvalue(), encoding="utf-8")
    assert migrate_pack(root, "XTC")[0].startswith("measures.csv: name_fr and name_es")
    assert settings.read_bytes().startswith(b"\xef\xbb\xbfschema = 2\n")
    lines = measures.read_text(encoding="utf-8").splitlines()
    assert lines[0] == "sep=;" and lines[1].startswith("id;name;name_fr;name_es;")
    assert (read_pack("XTC", root).measures["name_fr"] != "").any()


def test_a_table_that_is_no_csv_is_left_to_the_reader(root):
    (root / "XTC" / "measures.csv").write_text("id,name\n" + "x" * 200_000, encoding="utf-8")
    with pytest.raises(PackError, match=r"measures\.csv:2.*field larger"):
        migrate_pack(root, "XTC")
