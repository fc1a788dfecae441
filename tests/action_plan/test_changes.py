"""What changed since the approved edition: exactly what a test changed."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import ALL, pack_of

from nasssap_lib.action_plan.changes import CHANGE_COLUMNS, compare_plans


def with_cells(pack, table, changes, key="id"):
    """A pack with other cells: (id, column) -> value."""
    frame = getattr(pack, table).copy()
    for (name, column), value in changes.items():
        assert (frame[key] == name).any()
        frame.loc[frame[key] == name, column] = value
    return replace(pack.copy(), **{table: frame})


def told(table):
    return set(table[["table", "id", "change", "column", "before", "now"]].itertuples(index=False, name=None))


@pytest.mark.parametrize("country", ALL)
def test_an_edition_beside_itself_has_no_change(country):
    table = compare_plans(pack_of(country), pack_of(country).copy())
    assert table.empty and list(table) == CHANGE_COLUMNS


def test_each_change_is_named_with_what_it_was():
    before = pack_of("XTC")
    now = with_cells(
        before, "activities",
        {("a02", "end"): "2027-02", ("a04", "cost"): 600.0, ("a06", "financed"): 0.5, ("a07", "depends_on"): "a02;a05",
         ("a08", "institution"): "Ministry of Labour", ("a01", "progress"): 0.9, ("a10", "risk"): "Strikes",
         ("a11", "start"): "2026-01-01"},
    )  # fmt: skip
    now = with_cells(now, "targets", {("t4", "value"): 70.0})
    assert told(compare_plans(before, now)) == {
        ("activities", "a02", "moved", "end", "2026-12", "2027-02"),
        ("activities", "a04", "recosted", "cost", "520", "600"),
        ("activities", "a06", "refinanced", "financed", "0", "0.5"),
        ("activities", "a07", "reordered", "depends_on", "a02", "a02;a05"),
        ("activities", "a08", "responsibility", "institution", "Ministry of Health", "Ministry of Labour"),
        ("activities", "a01", "progress", "progress", "0.6", "0.9"),
        ("activities", "a10", "reworded", "risk", "Hospitals lose on prices", "Strikes"),
        ("targets", "t4", "target", "value", "65", "70"),
    }


def test_what_came_and_what_went():
    before = pack_of("XTC")
    now = replace(before.copy(), activities=before.activities[before.activities["id"] != "a13"])
    assert told(compare_plans(before, now)) == {("activities", "a13", "removed", "", "", "")}
    assert told(compare_plans(now, before)) == {("activities", "a13", "added", "", "", "")}


def with_figures(pack, *rows):
    """The pack with newer figures: indicator, group, year, value."""
    own, added = pack.facts, []
    for indicator, group, year, value in rows:
        like = own[
            (own["indicator"] == indicator)
            & (own["group"] == group)
            & (own["sex"] == "total")
            & (own["breakdown"] == "")
        ]
        added.append(
            like.sort_values("year")
            .tail(1)
            .assign(year=year, value=value, source=pack.latest(indicator, group)["source"].iat[0])
        )
    return replace(pack.copy(), facts=pd.concat([own, *added], ignore_index=True))


def test_three_indicators_that_were_measured_again_are_named_and_no_other():
    before = pack_of("XTC")
    now = with_figures(
        before, ("effective_coverage", "at_least_one", 2025, 18.0), ("health_insurance_coverage", "total", 2025, 21.5),
        ("out_of_pocket_share", "total", 2025, 38.0), ("gini", "total", 2025, 40.0) if len(before.latest("gini")) else
        ("poverty_headcount", "total", 2025, 30.0),
    )  # fmt: skip
    table = compare_plans(before, now)
    assert set(table["table"]) == {"indicators"} and set(table["change"]) == {"measured"}
    assert dict(zip(table["id"], table["now"], strict=True)) == {
        "effective_coverage · at_least_one · total": "18 (2025)",
        "health_insurance_coverage · total · total": "21.5 (2025)",
        "out_of_pocket_share · total · total": "38 (2025)",
    }
    assert table["before"].iat[0] == "16.35 (2024)"


@given(st.dictionaries(st.sampled_from(["a01", "a05", "a09"]), st.sampled_from([1.0, 77.0, 345.5])))
def test_exactly_the_costs_that_differ_are_named(costs):
    before = pack_of("XTC")
    now = with_cells(before, "activities", {(name, "cost"): cost for name, cost in costs.items()})
    assert set(compare_plans(before, now)["id"]) == set(costs)
