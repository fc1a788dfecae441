"""What changed as lines, a page and a table: hostile text runs nowhere, and no rounding hides a change."""

import pandas as pd

from nasssap_lib.exchange.changes import change_line, comparison_lines, write_csv, write_html
from nasssap_lib.exchange.compare import COLUMNS, compare_sets
from nasssap_lib.exchange.sides import Comparison


def test_hostile_text_is_escaped_everywhere(tmp_path):
    row = ["<script>alert(1)</script>", "=cmd|' /C calc'!A0", "value", "changed", "\x1b[31m", "-4", "+x", "<b>"]
    comparison = Comparison("<i>a</i>", "b", "SEN", pd.DataFrame([row], columns=COLUMNS), compare_sets({}, {}), ["<u>"])
    write_csv(comparison, tmp_path / "x.csv")
    written = pd.read_csv(tmp_path / "x.csv", dtype="str").iloc[0]
    assert written["row"].startswith("'=")
    assert written["after"] == "-4"
    write_html(comparison, tmp_path / "x.html")
    page = (tmp_path / "x.html").read_text("utf-8")
    assert not any(tag in page for tag in ("<script", "<i>a", "<b>", "<u>"))
    assert "\x1b" not in "\n".join(comparison_lines(comparison))


def test_long_numbers_are_short_on_the_terminal_unless_that_hides_the_change():
    change = dict.fromkeys(COLUMNS, "") | {"row": "r", "column": "c", "change": "changed"}
    assert change_line(change | {"before": "14132939.129", "after": "0.123456789"}) == "r · c: 14,132,939 → 0.123457"
    assert change_line(change | {"before": "0.12345671", "after": "0.12345672"}) == "r · c: 0.12345671 → 0.12345672"
