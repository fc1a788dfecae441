"""The eight options: what the figures say, what is proposed, and what would have to be known."""

import pandas as pd
import pytest
from country_checks import comes_out
from stories import ALL, REAL, pack_of

from nasssap_lib.financing.options import OPTION_COLUMNS, aid_of_gdp, financing_options, tax_headroom
from nasssap_lib.reasons import split_reasons
from nasssap_lib.terms import FISCAL_SPACE

HEADROOM = {"HND": 2.28, "LKA": 1.80, "RWA": 1.57, "MLI": 1.38}  # points of GDP, from the series as published


@pytest.mark.parametrize("country", REAL)
def test_headroom_is_the_distance_from_the_own_maximum(country):
    found = tax_headroom(pack_of(country)).iloc[0]
    assert found["value"] == pytest.approx(HEADROOM.get(country, 0.0), abs=0.006)
    assert found["maximum"] == pytest.approx(found["latest"] + found["value"])


def test_a_maximum_of_more_than_ten_years_ago_does_not_count():
    pack = pack_of("LKA")
    taxes = pack.facts["indicator"] == "tax_revenue_gdp"
    latest = pack.facts.loc[taxes, "year"].max()
    long_ago = pack.facts[taxes & (pack.facts["year"] == latest)].assign(year=latest - 10, value=40.0)
    longer = pack.with_tables(facts=pd.concat([pack.facts, long_ago], ignore_index=True))
    assert tax_headroom(longer)["maximum"].tolist() == tax_headroom(pack)["maximum"].tolist()
    within = pack.with_tables(facts=pd.concat([pack.facts, long_ago.assign(year=latest - 9)], ignore_index=True))
    assert tax_headroom(within)["maximum"].tolist() == [40.0]


def test_no_tax_revenue_no_headroom():
    pack = pack_of("SEN")
    without = pack.with_tables(facts=pack.facts[pack.facts["indicator"] != "tax_revenue_gdp"])
    assert tax_headroom(without).empty
    assert financing_options(without).query("option == 2")["item"].tolist() == ["needs"]


def test_aid_is_that_of_purpose_16010():
    for country in ("ZMB", "RWA"):
        row = aid_of_gdp(pack_of(country)).set_index("year").loc[2022]
        comes_out(f"aid_{country}", 100 * row["share_of_gdp"])
    shown = financing_options(pack_of("ZMB")).query("id == 'aid_social_protection'").iloc[0]
    comes_out("aid_ZMB", shown["value"])


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_its_rows_and_every_row_says_what_it_is(country):
    pack = pack_of(country)
    table = financing_options(pack)
    assert list(table.columns) == OPTION_COLUMNS
    assert sorted(set(table["option"])) == sorted(FISCAL_SPACE)
    assert set(table.loc[table["direction"] == "redirect", "option"]) == {1, 6}
    for option, rows in table.groupby("option"):
        assert (rows["item"] == "needs").sum() == (not (rows["item"] == "proposal").any()), option
    figures = table[table["item"].isin(["evidence", "headroom"])]
    assert figures[["value", "year"]].notna().all(axis=None) and (figures["source"] != "").all()
    assert (figures["year"] <= pack.settings.reference_year).all()
    needs = table[table["item"] == "needs"]
    assert needs[["value", "low", "central", "high"]].isna().all(axis=None)
    assert all(split_reasons(cell) for cell in needs["reason"])


@pytest.mark.parametrize("country", REAL)
def test_nothing_is_proposed_for_a_real_country(country):
    table = financing_options(pack_of(country))
    assert not (table["item"] == "proposal").any()
    assert table["central"].isna().all()


def test_proposals_of_the_training_country_stand_under_their_option():
    pack = pack_of("XTC")
    table = financing_options(pack).query("item == 'proposal'").set_index("id")
    given = pack.financing.set_index("id")
    assert table["option"].to_dict() == given["option"].to_dict()
    assert (100 * table["central"]).to_dict() == pytest.approx(given["value_central"].to_dict())
