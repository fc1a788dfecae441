"""Fiscal space by year: stocks spread over their years, each counted once, contributions for their own pensions."""

import pandas as pd
import pytest
from stories import REAL, pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.space import SPACE_COLUMNS, space_by_year, whole_yield
from nasssap_lib.reasons import has_reason

YEARS = range(2026, 2041)


def with_proposals(*rows: dict):
    """The training country with these proposals alone."""
    empty = {"name": "", "option": 2, "kind": "recurrent", "value_low": 0.1, "value_central": 0.2, "value_high": 0.3, "from_year": 2028,
             "to_year": pd.NA, "quality": "illustrative", "source": "XTC-TRAINING", "note": "", "draws_on": "", "stock": float("nan"),
             "pays_for": ""}  # fmt: skip
    table = pd.DataFrame([empty | {"id": f"p{at}"} | row for at, row in enumerate(rows)])
    return pack_of("XTC").with_tables(financing=table.astype({"to_year": "Int64"}))


def by_year(table: pd.DataFrame, name: str, end: str = "central") -> dict[int, float]:
    return table[table["id"] == name].set_index("year")[end].to_dict()


def test_what_comes_every_year_comes_within_its_span_alone():
    found = by_year(space_by_year(with_proposals({"to_year": 2030}), YEARS), "p0")
    assert found == {year: pytest.approx(0.002 if 2028 <= year <= 2030 else 0.0) for year in YEARS}
    endless = by_year(space_by_year(with_proposals({}), YEARS), "p0")
    assert endless[2027] == 0 and endless[2040] == pytest.approx(0.002)


@pytest.mark.parametrize("kind", ["one_off", "headroom"])
def test_a_stock_is_divided_by_its_years(kind):
    pack = with_proposals({"kind": kind, "option": 6, "value_central": 0.3, "to_year": 2030})
    table = space_by_year(pack, YEARS)
    found = by_year(table, "p0")
    assert sum(found.values()) == pytest.approx(0.003)  # no more than it holds
    assert found[2028] == found[2030] == pytest.approx(0.001) and found[2031] == 0
    assert all(has_reason(table["reason"], "spread_over"))


def test_a_stock_without_an_end_is_refused():
    with pytest.raises(NasssapError, match="p0.*to_year"):
        space_by_year(with_proposals({"kind": "one_off", "option": 6}), YEARS)


def test_borrowing_and_a_wider_deficit_are_one_headroom():
    rows = ({"option": 7, "to_year": 2030, "name": "Bonds"}, {"option": 8, "kind": "headroom", "value_low": 1.0, "value_central": 1.5,
            "value_high": 2.0, "to_year": 2031})  # fmt: skip
    table = space_by_year(with_proposals(*rows), YEARS)
    assert table.groupby("id")["counted"].all().to_dict() == {"p0": False, "p1": True}
    assert all(has_reason(table.loc[table["id"] == "p0", "reason"], "same_stock"))
    alone = space_by_year(with_proposals(*rows), YEARS, proposals=["p0"])
    assert alone["counted"].all()


def test_what_a_stock_holds_may_be_drawn_by_several():
    rows = [{"draws_on": "fund", "stock": 1.0, "kind": "one_off", "option": 6, "to_year": 2030}] * 2
    assert space_by_year(with_proposals(*rows), YEARS)["counted"].all()


def test_the_larger_of_two_is_the_one_that_takes_more_in_all_its_years():
    yearly = {"option": 7, "to_year": 2035, "value_central": 0.2}  # 1.6 in eight years
    once = {"option": 8, "kind": "headroom", "value_central": 1.5, "value_high": 2.0, "to_year": 2031}
    table = space_by_year(with_proposals(yearly, once), YEARS)
    assert table.groupby("id")["counted"].all().to_dict() == {"p0": True, "p1": False}
    assert whole_yield({"kind": "recurrent", "value_central": 0.1, "from_year": 2028, "to_year": pd.NA}) == float("inf")


def test_contributions_pay_their_own_pensions_unless_they_are_marked():
    table = space_by_year(
        with_proposals({"option": 3}, {"option": 3, "pays_for": "npf"}, {"option": 3, "pays_for": "pension_65"}), YEARS
    )
    assert table.groupby("id")["counted"].all().to_dict() == {"p0": False, "p1": False, "p2": True}
    told = table.drop_duplicates("id").set_index("id")["reason"]
    assert told["p0"].startswith("pays_own_pensions") and told["p1"].startswith("pays_for_scheme")


def test_what_is_bound_to_an_option_waits_for_it():
    pack = with_proposals({"pays_for": "pension_65"})
    assert space_by_year(pack, YEARS, ["pension_65"])["counted"].all()
    table = space_by_year(pack, YEARS, ["child_benefit"])
    assert not table["counted"].any() and all(has_reason(table["reason"], "pays_options_not_chosen"))


def test_unknown_names_are_refused():
    pack = with_proposals({})
    with pytest.raises(NasssapError, match="pension_66"):
        space_by_year(pack, YEARS, ["pension_66"])
    with pytest.raises(NasssapError, match="proposal"):
        space_by_year(pack, YEARS, proposals=["p9"])


@pytest.mark.parametrize("country", REAL)
def test_a_real_country_without_proposals_has_no_space(country):
    table = space_by_year(pack_of(country), YEARS)
    assert table.empty and list(table.columns) == SPACE_COLUMNS


def test_the_training_country_by_hand():
    # 2028: exemptions 0.30, fuel 0.50, reserves 0.20 ÷ 3, room 2.0 ÷ 5, sugar 0.25; contributions, credit and debt are not counted
    table = space_by_year(pack_of("XTC"), [2028])
    counted = table[table["counted"]]
    assert sorted(counted["id"]) == ["exemptions", "fuel", "invoicing", "reserves", "room", "sugar"]
    assert 100 * counted["central"].sum() == pytest.approx(0.30 + 0.50 + 0.20 / 3 + 2.0 / 5 + 0.25)
