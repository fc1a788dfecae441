"""Ranges of cost: draws against the single formula, bands and tornado by their properties, and what is refused."""

import dataclasses
from functools import lru_cache

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.costing.assumptions import assumptions_of
from nasssap_lib.costing.measure import Measure, cost_measure, on_benefits
from nasssap_lib.costing.options import ENDS
from nasssap_lib.costing.package import cost_package, ground_of
from nasssap_lib.costing.ranges import (
    DRAWS,
    TOTAL,
    Prepared,
    bands,
    draw_package,
    prepare_package,
    share_of_draws,
    tornado,
)
from nasssap_lib.errors import NasssapError
from nasssap_lib.reasons import has_reason

YEARS = range(2027, 2031)
BASE = 2025
THREE = ["social_pension", "child_benefit", "cash_transfer"]


@lru_cache(maxsize=1)
def varied():
    """Senegal with a pension in % of GDP per head, a child benefit in currency with prices, a transfer in % of the line with wages."""
    pack = pack_of("SEN")
    measures = pack.measures[pack.measures["id"].isin(THREE)].set_index("id", drop=False).copy()
    extra = {
        "inclusion_error_low": 0.02, "inclusion_error_central": 0.1, "inclusion_error_high": 0.25, "admin_registration": 0.4,
        "admin_per_person": 0.1,
    }  # fmt: skip
    for name, value in extra.items():
        measures[name] = value
    measures.loc["child_benefit", ["amount_low", "amount_central", "amount_high"]] = [4_000, 6_000, 9_000]
    measures.loc["child_benefit", ["amount_basis", "indexing"]] = ["lcu_per_month", "prices"]
    measures.loc["child_benefit", ["admin_registration", "admin_per_person"]] = [5_000, 800]
    measures.loc["cash_transfer", ["admin_base", "indexing"]] = ["gross", "none"]
    return pack.with_tables(measures=measures.loc[THREE].reset_index(drop=True))


@lru_cache(maxsize=1)
def ready() -> Prepared:
    """Every assumption varied: population between 4 % less and 6 % more in the last year, the first payment a year earlier or later."""
    pack = varied()
    table = assumptions_of(pack)
    table.loc[table["assumption"] == "start", [*ENDS, "shape"]] = [-1.0, 0.0, 1.0, "uniform"]
    table.loc[table["assumption"] == "population", [*ENDS, "shape"]] = [-1.0, 0.0, 1.0, "triangular"]
    prepared = prepare_package(pack, YEARS, assumptions=table)
    ramp = np.linspace(0, 1, len(prepared.grounds[0].years))
    return prepared._replace(bounds=(1 - 0.04 * ramp, 1 + 0.06 * ramp))


def single(draw: int, option: str, year: int, values: np.ndarray) -> pd.Series:
    """One draw of one option in one year by ``cost_measure``, from the rows of the pack and the drawn values alone."""
    pack, table = varied(), ready().assumptions
    row = pack.measures.set_index("id", drop=False).loc[option].to_dict()
    own = {name: values[draw, i] for i, (of, name) in enumerate(table[["option", "assumption"]].values) if of == option}
    common = {name: values[draw, i] for i, (of, name) in enumerate(table[["option", "assumption"]].values) if of == ""}
    span = ready().grounds[0].years
    low, high = (dict(zip(span, ends, strict=True)) for ends in ready().bounds)
    place = common["population"]
    times = {y: 1 + (place * (high[y] - 1) if place >= 0 else -place * (low[y] - 1)) if y > BASE else 1.0 for y in span}
    grown = (1 + common["indexation"]) ** (year - BASE)
    start = int(row["start_year"]) + round(own["start"])
    full = max(start + int(row["full_year"]) - int(row["start_year"]) + round(own["build_up"]), start)
    path = {y: own["take_up"] * (y - start + 1) / (full - start + 1) for y in range(start, full + 1)}
    measure = dataclasses.replace(
        Measure.from_row(row),
        amount=own["amount"] * grown, take_up=path, admin_rate=own["administration"], inclusion_error=own["inclusion_error"],
        admin_registration=row["admin_registration"] * grown, admin_per_person=row["admin_per_person"] * grown,
    )  # fmt: skip
    ground = ground_of(pack, row, span)
    people = pd.DataFrame({"year": span, "persons": ground.target, "most": ground.most})
    people[["persons", "most"]] = people[["persons", "most"]].mul([times[y] for y in span], axis=0)
    economy = pd.DataFrame(ground.economy).assign(year=span)
    economy["population"] *= [times[y] for y in span]
    economy["wages"] /= [times[y] for y in span]
    economy = economy[economy["year"] >= BASE]
    return cost_measure(people, measure, economy, [year]).iloc[0]


@pytest.mark.parametrize(
    "package", [ready, lambda: prepare_package(pack_of("SEN")), lambda: prepare_package(pack_of("XTC"))]
)
def test_bands_of_a_package_are_those_of_its_draws(package):
    kept, at_once = bands(draw_package(package(), draws=60, seed=3)), bands(package(), draws=60, seed=3)
    pd.testing.assert_frame_equal(at_once, kept, rtol=1e-12)


def test_fifty_draws_are_the_single_formula_fifty_times():
    drawn = draw_package(ready(), draws=50, seed=11)
    assert all(np.ptp(drawn.values[:, i]) > 0 for i in range(drawn.values.shape[1]))  # every assumption is varied
    assert drawn.years == tuple(YEARS) and drawn.options == tuple(THREE)
    for draw in range(50):
        for at, option in enumerate(THREE):
            year = YEARS[(draw + at) % len(YEARS)]
            alone, place = single(draw, option, year, drawn.values), drawn.years.index(year)
            for name in ("persons", "total", "share_of_gdp"):
                assert getattr(drawn, name)[draw, place, at] == pytest.approx(alone[name], rel=1e-9), (
                    draw,
                    option,
                    name,
                )


def test_central_values_are_the_package():
    drawn = draw_package(varied(), YEARS, draws=1)
    package = cost_package(varied(), YEARS).query("sex == 'total'")
    for name in ("persons", "total", "share_of_gdp", "net_share_of_gdp"):
        wide = package.pivot(index="year", columns="option", values=name)[THREE]
        assert np.allclose(drawn.typed[name], wide, rtol=1e-12)


def test_seeds():
    first, again = (draw_package(ready(), draws=20, seed=4) for _ in range(2))
    assert (first.share_of_gdp == again.share_of_gdp).all()
    assert not (first.share_of_gdp == draw_package(ready(), draws=20, seed=5).share_of_gdp).all()


def fixed_but(**opened: tuple[float, float, float]) -> Prepared:
    """All exact but some: of every option, or of all."""
    table = ready().assumptions.assign(shape="fixed")
    for name, ends in opened.items():
        table.loc[table["assumption"] == name, [*ENDS, "shape"]] = [*ends, "triangular"]
    return ready()._replace(assumptions=table)


def test_symmetric_ranges_hold_the_typed_value_and_exact_ones_have_no_width():
    open_ = bands(fixed_but(take_up=(0.4, 0.6, 0.8), indexation=(-0.01, 0, 0.01)), draws=4_000)
    assert ((open_["low"] < open_["typed"]) & (open_["typed"] < open_["high"])).all()
    assert np.allclose(open_["central"], open_["typed"], rtol=0.01)
    exact = bands(fixed_but(), draws=50)
    assert np.allclose(exact["low"], exact["high"], rtol=1e-12) and np.allclose(
        exact["low"], exact["typed"], rtol=1e-12
    )


def test_wider_ranges_have_wider_bands_and_higher_levels_higher_ones():
    narrow, wide = (bands(fixed_but(take_up=(0.6 - w, 0.6, 0.6 + w)), draws=2_000) for w in (0.1, 0.3))
    assert (wide["low"] < narrow["low"]).all() and (wide["high"] > narrow["high"]).all()
    higher = bands(fixed_but(take_up=(0.6, 0.7, 0.8)), draws=2_000)
    lower = bands(fixed_but(take_up=(0.4, 0.5, 0.6)), draws=2_000)
    for end in ENDS:
        assert (higher[end] > lower[end]).all()


def test_the_total_is_the_sum_of_the_options_draw_by_draw():
    drawn = draw_package(ready(), draws=999, seed=2)
    total = bands(drawn).query("option == @TOTAL")
    sums = np.sort(drawn.share_of_gdp.sum(axis=2), axis=0)
    assert np.allclose(total["low"], sums[round(0.05 * 998)]) and np.allclose(total["high"], sums[round(0.95 * 998)])
    apart = bands(drawn).query("option != @TOTAL").groupby("year")["high"].sum()
    assert (total.set_index("year")["high"] < apart).all()  # not all are dear in one draw


def test_an_option_that_cannot_be_costed_stays_out_of_the_total_with_its_reason():
    table = bands(draw_package(pack_of("SEN"), [2030], ["social_pension", "disability_benefit"], draws=100))
    unknown = table[table["option"] == "disability_benefit"]
    assert unknown["low"].isna().all() and has_reason(unknown["reason"], "no_disability_prevalence") == [True]
    one, total = (table[table["option"] == name].iloc[0] for name in ("social_pension", TOTAL))
    assert total["low"] == one["low"] and total["reason"] == ""
    nothing = bands(draw_package(pack_of("SEN"), [2030], ["disability_benefit"], draws=10)).iloc[-1]
    assert np.isnan(nothing["low"]) and nothing["reason"] == "no_option_costed"


def test_population_moves_persons_and_currency_but_not_a_share_that_follows_gdp_per_head():
    drawn = draw_package(fixed_but(population=(-1, 0, 1)), draws=200)
    at = dict(zip(THREE, range(3), strict=True))
    assert np.ptp(drawn.persons[:, -1, at["social_pension"]]) > 0
    pension = drawn.share_of_gdp[:, :, at["social_pension"]]
    assert np.allclose(
        pension, drawn.typed["share_of_gdp"][:, at["social_pension"]], rtol=5e-4
    )  # but for who is newly registered
    assert np.ptp(drawn.share_of_gdp[:, -1, at["child_benefit"]]) > 0  # francs a head weigh more where heads are more


def test_share_of_draws_rises_with_the_ceiling_and_needs_a_known_cost():
    drawn = draw_package(ready(), draws=500)
    table = bands(drawn).query("year == 2030").set_index("option")
    for option in (*THREE, TOTAL):
        shares = [
            share_of_draws(drawn, ceiling, 2030).set_index("option")["share_of_draws"][option]
            for ceiling in (0, table["low"][option], table["central"][option], table["high"][option], 1)
        ]
        assert shares == sorted(shares) and shares[0] == 0 and shares[-1] == 1
        assert shares[1] == pytest.approx(0.05, abs=0.003) and shares[3] == pytest.approx(0.95, abs=0.003)
    unknown = share_of_draws(draw_package(pack_of("SEN"), [2030], ["disability_benefit"], draws=10), 1, 2030)
    assert unknown["share_of_draws"].isna().all()


def test_a_tornado_moves_one_assumption_at_a_time():
    table = tornado(ready(), "social_pension", 2030)
    assert table["swing"].is_monotonic_decreasing and (table["cost_central"] == table["cost_central"][0]).all()
    amount = table.set_index("assumption").loc["take_up"]
    assert amount["cost_low"] / amount["cost_central"] == pytest.approx(amount["low"] / amount["central"])
    assert amount["cost_high"] / amount["cost_central"] == pytest.approx(amount["high"] / amount["central"])
    assert table["assumption"].iat[-1] == "population"  # a level in % of GDP per head: only who is newly registered
    assert table["swing"].iat[-1] < 1e-3 * table["cost_central"].iat[-1]
    child = tornado(ready(), "child_benefit", 2030).set_index("assumption")
    assert child.loc["population", ["low", "central", "high"]].tolist() == pytest.approx([0.96, 1.0, 1.06])
    admin = tornado(ready(), "cash_transfer", 2030).set_index("assumption").loc["administration"]
    rates = [1 + on_benefits(admin[end], "gross") for end in ("low", "central", "high")]
    assert rates == sorted(rates) and admin["cost_low"] < admin["cost_central"] < admin["cost_high"]


def test_a_tornado_of_exact_assumptions_is_empty():
    assert tornado(fixed_but(), "social_pension", 2030).empty


def test_assumptions_of_other_options_and_unknown_options_are_refused():
    table = assumptions_of(varied(), ["social_pension"])
    with pytest.raises(NasssapError, match="not those of the options"):
        draw_package(varied(), YEARS, THREE, draws=1, assumptions=table)
    with pytest.raises(NasssapError, match="no such option 'social_pensoin'"):
        draw_package(varied(), YEARS, ["social_pensoin"], draws=1)
    assert DRAWS == 10_000


def test_a_changed_assumption_needs_no_change_of_the_pack():
    table = assumptions_of(varied(), ["social_pension"])
    table.loc[table["assumption"] == "amount", list(ENDS)] = [20.0, 20.0, 20.0]
    doubled = draw_package(varied(), [2030], ["social_pension"], draws=1, assumptions=table).typed["share_of_gdp"]
    assert doubled[0, 0] > draw_package(varied(), [2030], ["social_pension"], draws=1).typed["share_of_gdp"][0, 0] * 1.9


def test_without_options_there_is_nothing_to_draw():
    pack = pack_of("SEN")
    drawn = draw_package(pack.with_tables(measures=pack.measures.head(0)), [2030, 2031], draws=10)
    assert drawn.options == () and drawn.share_of_gdp.shape == (10, 2, 0)
    assert bands(drawn).dropna(subset=["low"]).empty
