"""What changed as lines and a table: hostile text runs nowhere, and no rounding hides a change."""

import pandas as pd

from nasssap_lib.exchange.changes import change_line, comparison_lines, headlines, row_words, write_csv
from nasssap_lib.exchange.compare import COLUMNS, compare_sets
from nasssap_lib.exchange.sides import Comparison


def test_hostile_text_is_escaped_everywhere(tmp_path):
    row = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "value", "changed", "\x1b[31m", "-4", "+x", "<b>"]
    comparison = Comparison("<i>a</i>", "b", "SEN", pd.DataFrame([row], columns=COLUMNS), compare_sets({}, {}), ["<u>"])
    write_csv(comparison, tmp_path / "x.csv")
    written = pd.read_csv(tmp_path / "x.csv", dtype="str").iloc[0]
    assert written["row"].startswith("'=")
    assert written["after"] == "-4"
    assert "\x1b" not in "\n".join(comparison_lines(comparison))


def test_long_numbers_are_short_on_the_terminal_unless_that_hides_the_change():
    change = dict.fromkeys(COLUMNS, "") | {"row": "r", "column": "c", "change": "changed"}
    assert change_line(change | {"before": "14132939.129", "after": "0.123456789"}) == "r · c: 14,132,939 → 0.123457"
    assert change_line(change | {"before": "0.12345671", "after": "0.12345672"}) == "r · c: 0.12345671 → 0.12345672"


def results(*rows):
    """A comparison of results alone."""
    frame = pd.DataFrame([dict.fromkeys(COLUMNS, "") | row for row in rows], columns=COLUMNS)
    return Comparison("a", "b", "SEN", compare_sets({}, {}), frame, [])


def test_the_headline_comes_first_and_says_where_it_did_not_change():
    other = {"table": "01_stocktaking/work", "row": "x", "column": "share", "before": "1", "after": "2"}
    assert headlines(results()) == []
    assert headlines(results(other)) == [
        "Coverage by at least one benefit, and which options can come first, did not change."
    ]
    gaps = {
        "table": "02_gap_identification/gaps",
        "row": "at_least_one · total",
        "column": "effective_coverage",
        "before": "0.1",
        "after": "",
    }
    lines = list(comparison_lines(results(other, gaps)))
    assert lines[1].replace("\xa0", " ") == "Covered by at least one benefit: 10 % → n/a."


def test_a_row_is_named_in_words_and_a_code_of_nobody_stays_readable():
    assert row_words("mothers · cash_transfer · nobody_knows · ILO-2023", {"cash_transfer": "Cash"}) == (
        "Mothers with newborns · Cash · nobody knows · ILO-2023"
    )
