"""What is said of the four guarantees, against the figures of their table."""

import numpy as np
from stories import pack_of

from nasssap_lib import costing
from nasssap_lib.costing.published import CITATIONS
from nasssap_lib.costing.words_guarantees import CITED, guarantees_sentence


def test_the_guarantees_that_lack_a_figure_are_named():
    table = costing.guarantee_costs(pack_of("SEN"))
    said = guarantees_sentence(table)
    parts = table[~table["component"].isin(["income", "health"])]
    assert f"{parts['central'].notna().sum()} of 5 cash guarantees can be costed" in said
    assert "Not costed, for a figure lacks: persons with severe disabilities" in said
    assert "None of the four guarantees" in guarantees_sentence(table.assign(central=np.nan))
    assert "unusually high" in guarantees_sentence(table.assign(flag="high_level"))


def test_the_range_of_the_guarantees_says_whose_it_is():
    table = costing.guarantee_costs(pack_of("LKA"))
    assert "With the range of each: 1.7\N{NO-BREAK SPACE}% to 3.8\N{NO-BREAK SPACE}%." in guarantees_sentence(table)
    certain = table.assign(low=table["central"], high=table["central"])
    assert "No range of any of them is known." in guarantees_sentence(certain)
    only = certain.assign(high=certain["high"].where(certain["component"] != "old_age", 2 * certain["high"]))
    assert "only those of older persons from 65 on; of the others none is known" in guarantees_sentence(only)


def test_a_poverty_line_is_told_with_its_amount_its_year_and_its_prices():
    said = guarantees_sentence(costing.guarantee_costs(pack_of("RWA")))
    assert "RWF a person a year, the line of 2024 (560,127 RWF) at prices of 2025" in said


def test_levels_that_were_not_read_at_their_source_are_named():
    table = costing.guarantee_costs(pack_of("SEN"))
    assert "not all assumptions were read at their source (children up to the age of 5" in guarantees_sentence(table)
    assert "Every level was read at its source." in guarantees_sentence(table.assign(verified=True))


def test_what_is_said_of_publications_is_said_of_some_that_are_cited():
    assert set(CITED) < set(CITATIONS)
