"""Tables of the roadmap as a reader sees them."""

import re

import pytest
from planned_roadmaps import planned
from stories import FIRST_THEN_ALL

from nasssap_lib.display.tables import to_html
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.roadmap.tables import (
    breaks_table,
    closed_table,
    high_table,
    in_the_way_table,
    order_table,
    other_money_table,
    years_table,
)

TABLES = (order_table, breaks_table, years_table, closed_table, other_money_table, high_table, in_the_way_table)


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_no_table_shows_a_code_or_a_nan(country, language):
    with in_language(language, read_pack(country).translations(language)):
        for table in TABLES:
            html = to_html(table(planned(country)))
            cells = re.sub(r"<[^>]+>", " ", html.split("<tbody>")[-1])
            assert not re.search(r"\bnan\b|&lt;NA&gt;|_", cells, re.I)


def test_a_table_without_rows_says_what_that_means():
    poor, rich = planned("SEN"), planned("SEN", envelope=0.5)
    assert "none; its cost was not held against money" in to_html(breaks_table(poor))
    for table in (in_the_way_table, high_table):
        assert "not known, for no money is proposed" in to_html(table(poor))
    assert "breaks: none." in to_html(breaks_table(rich))
    assert "all can start within the money" in to_html(in_the_way_table(rich))
    assert "both stay within the money" in to_html(high_table(rich))


def test_how_much_is_broken_is_said_of_one_and_of_more_and_of_what_never_starts():
    broken = planned("XTC").breaks
    rows = broken[broken["kind"] == "earliest"].head(3).assign(amount=[1.0, 2.0, float("nan")])
    assert breaks_table(planned("XTC")._replace(breaks=rows)).rows["much"].tolist() == [
        "1 year too early", "2 years too early", "what it needs never starts"
    ]  # fmt: skip


def test_every_option_has_a_row_with_its_typed_and_its_best_year():
    found = planned("XTC")
    rows = order_table(found).rows.set_index("option")
    assert rows.loc["matched_pension", ["typed_start", "begins"]].tolist() == [2027, "2027"]
    assert rows.loc["child_benefit", "begins"] == "not within the money"
    assert "begins" not in order_table(planned("SEN")).views


def test_what_is_broken_is_told_in_its_own_unit():
    rows = breaks_table(planned("XTC")).rows
    told = dict(zip(rows["kind"], rows["much"], strict=True))
    assert (
        told["envelope"].endswith("of GDP")
        and told["earliest"] == "1 year too early"
        and told["capacity"] == "3 starts too many"
    )


def test_years_hold_cost_money_and_what_is_left():
    found = planned("XTC")
    rows = years_table(found).rows
    assert rows["left"].to_numpy() == pytest.approx((rows["envelope"] - rows["best"]).to_numpy())
    assert (
        list(years_table(planned("SEN")).views) == ["year", "typed"]
        and "best" not in closed_table(planned("SEN")).views
    )


def test_amounts_that_are_tried_are_named():
    assert other_money_table(planned("XTC")).rows["amount"].tolist()[0] == "what is proposed"
    assert len(other_money_table(planned("SEN")).rows) == 3


def test_what_gives_way_and_high_costs_are_words():
    found = planned("XTC")
    assert set(in_the_way_table(found).rows["rule"]) == {"money of a year"}
    assert set(high_table(found).rows["whose"]) == {"Assumed order", "Best order"}
