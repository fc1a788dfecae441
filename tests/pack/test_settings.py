"""country.toml: every way to be wrong is a problem with its line, expectation and remedy."""

import os

import pytest
from small_pack import CODE, TOML, edit, problems

from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.settings import read_settings


@pytest.fixture
def read(tmp_path):
    """Problems of the settings of the small pack with a line instead of another one."""

    def read_with(old, new):
        path = tmp_path / "country.toml"
        assert old in TOML
        path.write_text(TOML.replace(old, new), encoding="utf-8")
        return read_settings(path, CODE)[1]

    return read_with


BIG = "0x" + "f" * 5000


@pytest.mark.parametrize(
    ("old", "new", "key", "expected"),
    [
        ("schema = 2\n", "", "schema", "a line schema = 2"),
        ("schema = 2", 'schema = "2"', "schema", "a line schema = 2"),
        ("schema = 2", "schema = true", "schema", "a line schema = 2"),
        ("schema = 2", "schema = 0", "schema", "2"),
        ("schema = 2", f"schema = {BIG}", "schema", "at most 2"),
        ("= 2025", f"= {BIG}", "reference_year", "a year from 2010 to 2050"),
        ("= 2025", "= 2025-01-01", "reference_year", "a whole number"),
        ("= 2025", "= true", "reference_year", "a whole number"),
        ('"Testland"', "[1, 2]", "name_en", "text in straight quotes"),
        ('"Testland"', '" "', "name_en", "a name"),
        ('"Testland"', '"=1+1"', "name_en", "text, not a formula"),
        ('"Testland"', f'"{"x" * 121}"', "name_en", "at most 120 letters"),
        ('"Testland"', '"Test\\u001b]0;land"', "name_en", "letters that show, without U+001B"),
        ("fictional = true", "fictional = 1", "fictional", "true or false"),
        ("fictional = true", "fictional = true\nplans = 7", "plans", "a list"),
        ("fictional = true", f"fictional = true\nplans = [{BIG}]", "plans", "text in straight quotes"),
        ("fictional = true", f"fictional = true\nplans = {['x'] * 51}", "plans", "a list of at most 50 titles"),
        ("fictional = true", "fictional = true\nname_pt = 5", "name_pt", "text in straight quotes"),
        ("fictional = true", "fictional = true\n[nested]\na.b.c = 1", "nested", "a key of the schema"),
        ('currency = "XTS"', 'currency = "francs"', "currency", "the three capital letters"),
        ('currency = "XTS"', 'currency = "XTS"\nprose = "French"', "prose", "the two letters of a language"),
        ('currency = "XTS"', 'curency = "XTS"', "curency", "a key of the schema"),
    ],
)  # fmt: skip
def test_every_wrong_value_is_named(read, old, new, key, expected):
    problem = read(old, new)[0]
    assert problem.column == key and problem.expected.startswith(expected)
    assert "migrate" not in problem.hint and len(str(problem)) < 400


def test_thousands_of_unknown_keys_are_named(read):
    assert len(read("fictional = true", "\n".join(f"k{i} = 1" for i in range(5000)))) == 5000


def test_settings_of_notepad_are_read_with_its_mark(pack_folder):
    path = pack_folder / "country.toml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    assert read_pack(CODE, pack_folder.parent).settings.name_en == "Testland"


def test_settings_under_another_name_are_found(pack_folder):
    (pack_folder / "country.toml").rename(pack_folder / "country.toml.txt")
    (problem,) = problems(pack_folder)
    assert problem.hint == "rename country.toml.txt"


@pytest.mark.skipif(os.name != "posix", reason="pipes in folders are of POSIX")
def test_a_pipe_is_not_waited_for(pack_folder):
    (pack_folder / "country.toml").unlink()
    os.mkfifo(pack_folder / "country.toml")
    assert problems(pack_folder)[0].value == "a pipe"


def test_lines_are_those_of_the_file(pack_folder):
    edit(pack_folder / "country.toml", 'name_fr = "Testlande"', '# a\u2028b\n\nname_fr = ""')
    assert [(problem.row, problem.column) for problem in problems(pack_folder)] == [(6, "name_fr")]
