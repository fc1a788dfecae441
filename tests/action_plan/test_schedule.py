"""The critical path: the training country by hand, and what holds for any plan."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from plans import plan_of
from stories import ALL, REAL, pack_of

from nasssap_lib.action_plan.schedule import (
    SCHEDULE_COLUMNS,
    Span,
    expected_starts,
    latest_starts,
    schedule_activities,
    spans_of,
)
from nasssap_lib.errors import NasssapError

# The plan of the training country ends with a06 in June 2028. a04 ends in March 2028: three months to spare, and so have a03 and a02,
# which lead to it without a pause; a01 ends in June 2026, twelve months before a04 begins: 15. a07 ends in June 2027: 12; a08 in
# December 2027: 6; a10 in March 2028 and a09 just before it: 3; a11 in January 2027: 17; a13 in September 2027, a12 just before it: 9.
SLACK = {
    "a01": 15, "a02": 3, "a03": 3, "a04": 3, "a05": 0, "a06": 0, "a07": 12, "a08": 6, "a09": 3, "a10": 3, "a11": 17, "a12": 9, "a13": 9,
}  # fmt: skip


def test_the_critical_path_of_the_training_country_by_hand():
    table = schedule_activities(pack_of("XTC")).set_index("id")
    assert table["slack"].to_dict() == SLACK
    assert table.index[table["critical"]].tolist() == ["a05", "a06"]
    assert (table["reason"] == "").all()
    row = table.loc["a04"]
    assert row[["months", "earliest_start", "earliest_end", "latest_start", "latest_end"]].tolist() == [
        9, "2027-07", "2028-03", "2027-10", "2028-06",
    ]  # fmt: skip


def test_a_start_before_the_end_of_a_prerequisite_is_named_and_moved():
    # a takes January to March, so b cannot begin before April whatever is planned
    table = schedule_activities(plan_of("a 2027-01 2027-03", "b 2027-02 2027-02 a")).set_index("id")
    assert table.loc["b", ["earliest_start", "slack"]].tolist() == ["2027-04", 0]
    assert table.loc["b", "reason"] == 'predecessor_ends_first {"activity": "a", "end": "2027-03"}'


def test_a_planned_pause_is_slack_of_what_comes_before_it():
    # b could begin in February, is planned for May and ends the plan: a may slip three months
    table = schedule_activities(plan_of("a 2027-01 2027-01", "b 2027-05 2027-06 a")).set_index("id")
    assert table["slack"].to_dict() == {"a": 3, "b": 0} and table.loc["b", "earliest_start"] == "2027-02"


def test_a_circle_is_printed_with_its_way():
    with pytest.raises(NasssapError, match=r"wait for each other, (a → b → a|b → a → b)"):
        schedule_activities(plan_of("a 2027-01 2027-03 b", "b 2027-04 2027-05 a"))


def test_faults_are_named_together():
    with pytest.raises(NasssapError, match="a ends before it begins; b depends on 'c'"):
        schedule_activities(plan_of("a 2027-04 2027-03", "b 2027-04 2027-05 c"))


@pytest.mark.parametrize("country", REAL)
def test_a_country_without_activities_has_no_dates(country):
    table = schedule_activities(pack_of(country))
    assert table.empty and list(table) == SCHEDULE_COLUMNS


@pytest.mark.parametrize("country", ALL)
def test_every_name_stands_in_the_pack(country):
    pack, table = pack_of(country), schedule_activities(pack_of(country))
    assert set(table["institution"]) <= set(pack.activities["institution"])
    assert set(table["option"]) <= {*pack.measures["id"], ""}


@st.composite
def plans(draw) -> dict[str, Span]:
    """Activities that wait only for those named before them."""
    spans = {}
    for name in "abcdefg"[: draw(st.integers(1, 7))]:
        start, months = draw(st.integers(0, 30)), draw(st.integers(1, 9))
        needs = tuple(draw(st.sets(st.sampled_from(sorted(spans)), max_size=3)) if spans else ())
        spans[name] = Span(start, start + months - 1, needs)
    return spans


def end_of(spans: dict[str, Span]) -> int:
    starts = expected_starts(spans)
    return max(starts[name] + span.months for name, span in spans.items())


@given(plans())
def test_slack_is_what_an_activity_may_slip_and_a_month_more_moves_the_end(spans):
    starts, latest = expected_starts(spans), latest_starts(spans)
    for name, span in spans.items():
        for start, moves in ((latest[name], 0), (latest[name] + 1, 1)):
            slipped = spans | {name: span._replace(start=start, end=start + span.months - 1)}
            assert end_of(slipped) == end_of(spans) + moves, name
    assert all(latest[name] >= starts[name] for name in spans)
    assert any(latest[name] == starts[name] for name in spans)


@given(plans())
def test_prerequisites_come_first_in_whatever_order_they_are_written(spans):
    rows = [
        {"id": name, "start": f"{2000 + s.start // 12}-{s.start % 12 + 1:02d}", "end": f"{2000 + s.end // 12}-{s.end % 12 + 1:02d}",
         "depends_on": ";".join(s.needs)} for name, s in reversed(spans.items())
    ]  # fmt: skip
    found = list(spans_of(pd.DataFrame(rows)))
    assert all(found.index(needed) < found.index(name) for name, span in spans.items() for needed in span.needs)
