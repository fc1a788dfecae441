"""What people type into country.toml who never heard of TOML: each gets its line, what is meant, and an example."""

import tomllib

import pytest

from nasssap_lib.pack.toml_words import KINDS, kind_words, toml_problem


def problem_of(text: str):
    with pytest.raises(tomllib.TOMLDecodeError) as error:
        tomllib.loads(text)
    return toml_problem("GHA/country.toml", text, error.value)


@pytest.mark.parametrize(
    ("line", "expected", "hint"),
    [
        ("name_en = Ghana", "text in straight quotes", 'write name_en = "Ghana"'),
        ("name_fr = Côte d", "text in straight quotes", 'write name_fr = "Côte d"'),
        ("name_en = “Ghana”", "straight quotes", "plain editor"),
        ('name_en = "Ghana', "text in straight quotes", "close the quotes"),
        ("name_en: Ghana", "a line name_en = …", "the sign ="),
        ("currency GHS", "a line currency = …", "the sign ="),
        ("fictional = True", "true or false", "small letters"),
        ("reference_year = 2,025", "a line as in key = value", "numbers"),
        ('code = "KEN"', "each key once", "one of the lines goes"),
    ],
)
def test_a_slip_is_named_with_its_line_and_remedy(line, expected, hint):
    problem = problem_of(
        f'schema = 2\ncode = "GHA"\n{line}\ncurrency = "GHS"\n'
        if "currency" not in line
        else f"schema = 2\ncode = 'GHA'\n{line}"
    )
    assert (problem.file, problem.row, problem.value) == ("GHA/country.toml", 3, line)
    assert expected in problem.expected and hint in problem.hint
    assert "\n" not in str(problem) and "TOML" not in str(problem) and "Invalid" not in str(problem)


def test_a_file_that_ends_too_early_is_named_at_its_last_line():
    assert problem_of('code = "GHA"\nplans = ["a",').row == 2
    assert problem_of("=").row == 1


def test_every_kind_of_value_has_words_and_no_name_of_a_type():
    for kind in KINDS:
        assert not {"str", "int", "bool", "dict"} & set(kind_words(kind, "k").split())
