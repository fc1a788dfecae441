"""The roadmap of a country: the best order holds and is no worse than hand-made ones; other money is solved again."""

import dataclasses

import numpy as np
import pytest
from planned_roadmaps import planned
from stories import FIRST_THEN_ALL

from nasssap_lib.pack.reader import read_pack
from nasssap_lib.roadmap.checks import check_order, open_sum, smallest_share
from nasssap_lib.roadmap.country import country_programme
from nasssap_lib.roadmap.optimum import best_order
from nasssap_lib.roadmap.plan import plan_roadmap, planned_starts
from nasssap_lib.roadmap.variations import THOUSANDTH


def starts(roadmap) -> dict:
    return dict(zip(roadmap.best.starts["option"], roadmap.best.starts["start"], strict=True))


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_the_best_order_breaks_nothing_and_stays_within_the_money(country):
    found = planned(country, None if country == "XTC" else 0.005)
    assert check_order(found.ready.programme, starts(found)).empty
    assert (found.best_costs["cost"] <= found.ready.envelope["envelope"].to_numpy() + 1e-8).all()


def test_the_typed_order_of_the_training_country_breaks_money_time_and_capacity():
    breaks = planned("XTC").breaks
    assert set(breaks["kind"]) == {"envelope", "earliest", "capacity"}
    late = breaks.query("kind == 'earliest'").set_index("option")["amount"]
    assert late["child_benefit"] == 2 and late["pension_65"] == 1
    assert breaks.query("kind == 'capacity'")["institution"].tolist() == ["Ministry of Social Affairs"]


@pytest.mark.parametrize(
    "hand_made",
    [
        {"health_mutuals": 2029, "matched_pension": 2027},
        {"grant_more_poor": 2027, "maternity_grant": 2028},
        {"disability_all": 2028},
    ],
)
def test_a_hand_made_order_that_holds_is_beaten_or_equalled(hand_made):
    found, programme = planned("XTC"), planned("XTC").ready.programme
    assert check_order(programme, hand_made).empty
    assert smallest_share(programme, starts(found)) >= smallest_share(programme, hand_made) - 1e-9
    if smallest_share(programme, hand_made) >= found.best.smallest_share - 1e-6:
        assert open_sum(programme, starts(found)) <= open_sum(programme, hand_made) + 1e-6


def test_the_picture_cites_the_options_and_the_money():
    found = planned("XTC")
    assert set(found.cited["source"]) == {*found.ready.options["source"], *found.ready.envelope["source"]}


def test_more_money_never_closes_less():
    table = planned("XTC").money
    assert table["more"].tolist() == [0, THOUSANDTH] and table["smallest_share"].is_monotonic_increasing
    tried = planned("SEN").money
    assert tried["money"].tolist() == [0.0025, 0.005, 0.01] and tried["smallest_share"].is_monotonic_increasing
    assert (tried["cost"] <= tried["money"] + 1e-8).all()


def test_without_money_the_typed_order_is_costed_alone():
    found = planned("SEN")
    assert found.best is None and found.breaks.empty and found.best_costs.empty
    assert found.typed_costs["cost"].gt(0).all() and found.typed_costs["envelope"].isna().all()
    assert found.closed["best"].isna().all() and found.closed["typed"].between(0, 1).all()


def test_what_all_options_close_with_money_for_all_is_what_typing_closes_or_more():
    found = planned("SEN", 1.0)
    last = found.closed[found.closed["year"] == found.closed["year"].max()]
    assert (last["best"] >= last["typed"] - 1e-9).all()


def test_an_institution_that_carries_more_can_start_more():
    pack = read_pack("XTC")
    assert set(plan_roadmap(pack, envelope=1.0, a_year=9).breaks["kind"]) == {"earliest"}


def test_a_pack_without_options_gives_empty_tables():
    pack = read_pack("SEN")
    frames = {part.name: getattr(pack, part.name) for part in dataclasses.fields(pack)}
    found = plan_roadmap(type(pack)(**frames | {"measures": pack.measures.head(0)}))
    assert found.best is None and found.typed_costs.empty and found.money.empty and found.ready.options.empty


def test_the_order_of_rows_in_the_pack_changes_no_start():
    pack = read_pack("XTC")
    turned = country_programme(pack, list(pack.measures["id"])[::-1]).programme
    assert sorted(turned.options) == sorted(planned("XTC").ready.programme.options)
    assert np.isclose(turned.cost.sum(), planned("XTC").ready.programme.cost.sum())
    assert plan_roadmap(pack, list(pack.measures["id"])[::-1]).best.smallest_share == planned("XTC").best.smallest_share


def test_high_costs_break_what_central_costs_hold_and_never_less():
    found = planned("XTC")
    programme = found.ready.programme
    assert found.ready.high.shape == programme.cost.shape and (found.ready.high >= programme.cost - 1e-12).all()
    by_order = found.high.groupby("order")["amount"]
    central = found.breaks.query("kind == 'envelope'").set_index("year")["amount"]
    high = found.high.query("order == 'typed'").set_index("year")["amount"]
    assert set(central.index) <= set(high.index) and (high[central.index] >= central - 1e-12).all()
    assert set(by_order.groups) == {"typed", "best"} and set(found.high["kind"]) == {"envelope"}


def test_what_stands_in_the_way_of_all_options_is_money_and_with_it_they_all_start():
    found = planned("XTC")
    table, programme = found.in_the_way, found.ready.programme
    assert set(table["relaxed"]) == {"envelope"}
    more = dict(zip(table["year"], table["amount"], strict=True))
    wider = programme.envelope + np.array([more.get(year, 0.0) + 1e-9 for year in programme.years])
    order = best_order(dataclasses.replace(programme, envelope=wider), programme.options)
    assert len(order.years) == len(programme.options)
    assert planned("SEN").in_the_way.empty and planned("SEN").high.empty


def test_starts_are_those_of_the_best_order_or_typed_where_there_is_no_money():
    found = planned("XTC")
    assert planned_starts(read_pack("XTC")) == (found.best.years, True)
    pack = read_pack("SEN")
    assert planned_starts(pack) == (dict(zip(pack.measures["id"], pack.measures["start_year"], strict=True)), False)
