"""Yearly targets by hand, and what holds for any take-up."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import ALL, FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.package import cost_package
from nasssap_lib.costing.today import NOTHING, Today
from nasssap_lib.errors import NasssapError
from nasssap_lib.monitoring.yearly import bounds_of, starts_of, yearly_outputs, yearly_targets


def persons(pack, year, first, last):
    """Persons of whole five-year groups, added up in the pack's own table."""
    table = pack.population[(pack.population["year"] == year)]
    ages = table["age_group"].str.split("-").str[0].str.rstrip("+").astype(int)
    return table.loc[(ages >= first) & (ages <= last), "persons"].sum()


def targets(country="XTC", starts=None, years=(2031,)):
    return yearly_targets(pack_of(country), starts, years).set_index(["group", "year"])


def test_take_up_grows_in_a_straight_line_and_later_starts_as_much_later():
    # 0.85 in five years from 2027 on: 0.17 a year
    table = yearly_outputs(pack_of("XTC"), {"pension_65": 2028}, range(2027, 2034))
    assert table["take_up"].tolist() == pytest.approx([0, 0.17, 0.34, 0.51, 0.68, 0.85, 0.85])


def test_outputs_by_hand():
    pack = pack_of("XTC")
    table = yearly_outputs(pack, {"child_benefit": 2027}, [2030, 2031]).set_index("year")
    small = {year: persons(pack, year, 0, 0) for year in (2030, 2031)}
    assert table["paid"].to_dict() == pytest.approx({2030: 0.68 * small[2030], 2031: 0.85 * small[2031]})
    assert table.loc[2031, "registered"] == pytest.approx(0.85 * small[2031] - 0.68 * small[2030])


def test_a_new_benefit_for_a_part_of_a_group_by_hand():
    # children aged 0 to 4 at a take-up of 0.85, of children aged 0 to 14, of whom 11.49 % have a benefit today
    pack, row = pack_of("XTC"), targets().loc[("children", 2031)]
    share = 0.85 * persons(pack, 2031, 0, 4) / persons(pack, 2031, 0, 14)
    assert share > 0.1149
    assert row[["low", "high"]].tolist() == pytest.approx([share, 0.1149 + share])
    early = targets(years=[2027]).loc[("children", 2027)]
    assert early["low"] == pytest.approx(0.1149)  # what is paid in the first year may all go to who is covered


def test_those_without_cover_are_added_by_hand():
    # maternity grant for mothers without maternity pay: 5.8 % today, 0.65 of all mothers
    assert targets().loc[("mothers", 2031), ["low", "high"]].tolist() == pytest.approx([0.708, 0.708])
    # work injury for small enterprises, 0.2 of those who have no cover: 14.36 % + 0.2 × 85.64 %
    assert targets().loc[("employment_injury", 2031), ["low", "high"]].tolist() == pytest.approx([0.31488, 0.31488])


def test_two_options_of_one_group_by_hand():
    # 19.3 % are insured; 0.5 and 0.4 of the others: at least the greater of the two, at most both
    row = targets().loc[("total", 2031)]
    assert row[["low", "high"]].tolist() == pytest.approx([0.193 + 0.5 * 0.807, 0.193 + 0.9 * 0.807])
    assert row["options"] == "health_informal;health_mutuals"
    one = targets(starts={"health_mutuals": 2027}).loc[("total", 2031)]
    assert one[["low", "high"]].tolist() == pytest.approx([0.193 + 0.4 * 0.807] * 2)


def test_an_option_that_builds_on_a_scheme_adds_what_its_register_lacks():
    # whoever is on the register of the disability grant is covered already, so the most is 0.1471 + 0.6 − c_s
    pack, row = pack_of("XTC"), targets().loc[("severe_disability", 2031)]
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == "disability") & (figures["measure"] == "beneficiaries")].sort_values("year")
    size = yearly_outputs(pack, {"disability_all": 2027}, [2031])["target_population"].iat[0]
    assert row["low"] == pytest.approx(0.6)
    assert row["high"] == pytest.approx(0.1471 + 0.6 - own["value"].iat[-1] / size)


def test_what_does_not_start_leaves_coverage_where_it_is():
    table = targets(starts={}, years=[2027, 2031])
    known = table[table["baseline"].notna()]
    assert (known["low"] == known["baseline"].round(12)).all() and (known["high"] == known["low"]).all()
    assert (table["options"] == "").all() and (table["take_up_quality"] == "").all()
    assert yearly_outputs(pack_of("XTC"), {}, [2027]).empty


def test_an_unknown_option_is_named():
    with pytest.raises(NasssapError, match="did you mean 'pension_65'"):
        starts_of(pack_of("XTC"), {"pension65": 2027})


def test_an_option_without_a_start_does_not_start():
    assert starts_of(pack_of("XTC"), {"pension_65": np.nan, "child_benefit": 2030}) == {"child_benefit": (2030, 2034)}


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_persons_paid_are_those_that_costing_pays(country):
    pack = pack_of(country)
    ours = yearly_outputs(pack, None, [2029, 2031]).set_index(["option", "year"])["paid"]
    costs = cost_package(pack, [2029, 2031])
    theirs = costs[costs["sex"] == "total"].set_index(["option", "year"])["persons"]
    known = theirs.dropna().index
    assert len(known) and ours.loc[known].to_numpy() == pytest.approx(theirs.loc[known].to_numpy())


@pytest.mark.parametrize("country", ALL)
def test_intervals_of_every_country_lie_between_today_and_all(country):
    pack = pack_of(country)
    table = yearly_targets(pack, None, [2028, 2031])
    known = table.dropna(subset=["low", "high"])
    assert len(known) and (known["low"] <= known["high"]).all() and known["high"].between(0, 1).all()
    floor = known["baseline"].fillna(0)
    assert (known["low"] >= floor - 1e-9).all()
    assert (table.loc[table["low"].isna(), "reason"] != "").all()
    assert {name for cell in table["options"] for name in cell.split(";") if name} <= set(pack.measures["id"])
    assert (table.loc[table["options"] != "", "take_up_quality"].isin(["assumed", "illustrative"])).all()


shares = st.floats(0, 1)
PLACES = 1000
people = st.tuples(st.integers(0, PLACES), st.integers(0, PLACES)).map(
    lambda arc: {(arc[0] + at) % PLACES for at in range(arc[1])}
)


@given(people, st.lists(people, max_size=4))
def test_whoever_is_covered_and_paid_the_union_lies_within_the_bounds(covered, paid):
    share = len(covered) / PLACES
    today = Today(share, share, share, 2024, "", "", "", "")
    low, high = bounds_of(today, [(len(some) / PLACES, len(some) / PLACES) for some in paid])
    assert low - 1e-9 <= len(covered.union(*paid)) / PLACES <= high + 1e-9


@given(people, people, people)
def test_on_a_scheme_that_stays_the_union_lies_within_the_bounds(others, members, joined):
    """Everybody on the register stays, and some join; the scheme's members are covered today."""
    covered, paid = others | members, members | joined
    share, on_register, reached = (len(some) / PLACES for some in (covered, members, paid))
    today = Today(share, share, share, 2024, "", "", "", "")
    low, high = bounds_of(today, [(reached, reached - on_register)])
    assert low - 1e-9 <= len(covered | paid) / PLACES <= high + 1e-9


@given(shares, st.lists(shares, min_size=1, max_size=4))
def test_starting_one_more_option_never_lowers_a_target(covered, paid):
    today = Today(covered, covered, covered, 2024, "", "", "", "")
    fewer, more = ([(share, share) for share in part] for part in (paid[:-1], paid))
    assert all(a <= b + 1e-9 for a, b in zip(bounds_of(today, fewer), bounds_of(today, more), strict=True))


def test_where_no_rate_is_known_only_who_is_paid_is_claimed():
    assert bounds_of(NOTHING, [(0.4, 0.4)]) == (0.4, 1.0)
    assert np.isnan(bounds_of(NOTHING, [(0.4, 0.4), (np.nan, np.nan)])).all()
