"""Coverage by fifth of the population: one year where one has all five, else each with its own."""

from dataclasses import replace

import pandas as pd

from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.pack.reader import read_pack


def test_a_fifth_that_was_not_published_keeps_its_row_and_says_why():
    pack = read_pack("SEN")
    table = coverage_by_quintile(replace(pack, facts=pack.facts[pack.facts["breakdown"] != "q3"]))
    row = table.set_index("quintile").loc["q3"]
    assert table["quintile"].tolist() == ["q1", "q2", "q3", "q4", "q5", "total"]
    assert pd.isna(row["coverage"]) and row["reason"] == "not_published"
