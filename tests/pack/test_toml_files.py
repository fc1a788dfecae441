"""What is no TOML, or more than anybody writes, is named with its line and what helps."""

import pytest

from nasssap_lib.pack.toml_files import read_toml, shown


@pytest.mark.parametrize(
    ("text", "row", "expected", "hint"),
    [
        ('a = "x"\nname = Ghana\n', 2, "text in straight quotes", 'write name = "Ghana"'),
        ("name = “Ghana”\n", 1, "straight quotes", "a word processor bends them"),
        ('name: "Ghana"\n', 1, "a line name = …", "the sign ="),
        ("fictional = True\n", 1, "true or false", "small letters"),
        ('a = 1\n\n\nname = "Ghana', 4, "text in straight quotes", "close the quotes"),
        ("just words\n", 1, "a line just = …", "the sign ="),
        ("a = 1\nn = " + "9" * 5000, 2, "numbers of a few digits", ""),
        ("x = " + "[" * 5000 + "]" * 5000, 0, "lists that are not nested", ""),
        ("a = 1\n" + ".".join(["a"] * 5000) + " = 1", 2, "keys of at most 100 parts", ""),
        ("[" + ".".join(['"a b"'] * 5000) + "]", 1, "keys of at most 100 parts", ""),
        ("x" * 300_000, 0, "at most 100,000 bytes", ""),
        (b"a = \xff", 1, "text in UTF-8", "Encoding UTF-8"),
    ],
)
def test_faults_are_named_with_line_and_remedy(tmp_path, text, row, expected, hint):
    path = tmp_path / "a.toml"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    _, values, (problem,) = read_toml(path, "a.toml", 100_000)
    assert values is None and problem.row == row
    assert problem.expected.startswith(expected) and hint in problem.hint


def test_dots_in_prose_are_no_keys(tmp_path):
    path = tmp_path / "a.toml"
    path.write_text(
        'a = "' + "e.g. " * 20 + '"\nb = """\n' + "one. two. " * 40 + '"""\n# ' + ". " * 99, encoding="utf-8"
    )
    assert set(read_toml(path, "a.toml", 100_000)[1]) == {"a", "b"}


def test_any_value_can_be_shown():
    deep = []
    for _ in range(100_000):
        deep = [deep]
    assert shown(16**9000) and len(shown("x" * 99)) == 40 and shown(deep) == "a list"
