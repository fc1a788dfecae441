"""Decimal signs are read where the numbers of a table allow one reading."""

import pandas as pd
import pytest

from nasssap_lib.pack.dialects import separator, with_points
from nasssap_lib.pack.schema import SCHEME_FIGURES


def read(*values):
    frame = pd.DataFrame({"value": list(values)}, dtype="str")
    problems = with_points("f.csv", frame, list(range(2, 2 + len(values))), 1, SCHEME_FIGURES)
    return frame["value"].tolist(), problems


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        (["12,5", "1", "-0,25"], ["12.5", "1", "-0.25"]),
        (["12,5", "1,234"], ["12.5", "1.234"]),
        (["0,123"], ["0.123"]),
        (["12.5", "1.234"], ["12.5", "1.234"]),
        (["1,5E+05", ",5"], ["1.5E+05", ".5"]),
        (["1000", "n/a", ""], ["1000", "n/a", ""]),
        (["12,5", "12.5"], ["12.5", "12.5"]),
    ],
)
def test_one_reading(given, meant):
    assert read(*given) == (meant, [])


@pytest.mark.parametrize(
    ("given", "named"),
    [
        (["1,234"], 2),
        (["5", "1.234"], 3),
        (["12,5", "1.234"], 3),
        (["12.5", "1,234,567"], 3),
        (["12,5", "1,234,567", "12.5"], 3),
    ],
)
def test_two_readings_are_named_once_and_nothing_is_changed(given, named):
    values, (problem,) = read(*given)
    assert values == given and problem.row == 1 and problem.expected.endswith(f"line {named}")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("id;name\n", (";", 0)), ("id\tname\n", ("\t", 0)), ("id,name\n", (",", 0)), ("id\n", (",", 0)), ("", (",", 0)),
        ("sep=;\r\nid;name\r\n", (";", 1)), ("sep=;\nid,name\n", (",", 1)), ("sep=\t\nid\tname\n", ("\t", 1)),
        ('"id;x",name\n', (",", 0)), ("sep=|\nid|name\n", ("|", 1)), ("\n;;\nid;name\n", (";", 0)),
    ],
)  # fmt: skip
def test_what_separates_cells(text, found):
    assert separator(text) == found
