"""The base year of options that build on a scheme: by hand for Zambia, and what is not known stays not known."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.base_year import BASE_COLUMNS, MISSES, base_year_against_outturn
from nasssap_lib.reasons import split_reasons


def test_zambias_cash_transfer_misses_its_budget():
    """1.3 million households of 5 persons at 4 % of GDP per head, 10 % administration, 21,913,880 persons; 3.7 bn budgeted in 2023."""
    (row,) = base_year_against_outturn(pack_of("ZMB")).to_dict("records")
    assert row["persons"] == pytest.approx(6_500_000)
    assert row["projected"] == pytest.approx(6_500_000 / 21_913_880 * 0.04 * 1.1, rel=1e-6)
    gdp = pack_of("ZMB").series("gdp_current").set_index("year")["value"][2023]
    assert row["spent"] == pytest.approx(3.7 / gdp) and (row["kind"], row["spent_year"]) == ("budget", 2023)
    assert row["misses"] is True and row["difference"] == pytest.approx(row["projected"] / row["spent"] - 1)
    ((code, values),) = split_reasons(row["reason"])
    assert code == "base_year_misses_budget" and values["year"] == 2023


def test_a_level_that_comes_to_the_spending_misses_nothing():
    pack = pack_of("ZMB")
    (row,) = base_year_against_outturn(pack).to_dict("records")
    level = 4 / (1 + row["difference"])  # cost is linear in the level
    measures = pack.measures.copy()
    at = measures["id"] == row["option"]
    measures.loc[at, ["amount_low", "amount_central"]] = level
    (fitted,) = base_year_against_outturn(pack.with_tables(measures=measures)).to_dict("records")
    assert fitted["difference"] == pytest.approx(0, abs=1e-9) and fitted["misses"] is False and fitted["reason"] == ""
    measures.loc[at, "amount_central"] = level * (1 + MISSES + 0.001)
    (apart,) = base_year_against_outturn(pack.with_tables(measures=measures)).to_dict("records")
    assert apart["misses"] is True


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_only_options_that_build_on_a_scheme_and_a_reason_wherever_nothing_is_known(country):
    pack, table = pack_of(country), base_year_against_outturn(pack_of(country))
    assert list(table.columns) == BASE_COLUMNS
    building = pack.measures[
        pack.measures["relation"].isin(["build_on", "merge"]) & pack.measures["kind"].ne("subsidy")
    ]
    assert set(table["option"]) <= set(building["id"])
    unknown = table[table["misses"].isna()]
    assert unknown["difference"].isna().all() and (unknown["reason"] != "").all()
    assert (table.loc[table["misses"].fillna(False).astype(bool), "reason"] != "").all()


def test_what_explains_the_spending_stands_beside_it():
    (row,) = base_year_against_outturn(pack_of("SEN")).to_dict("records")
    assert row["spent_year"] == 2017 and "no check" in row["explanation"]


def test_a_contradicted_rate_and_a_register_of_many_more_are_named_beside_todays_members():
    """Senegal's 32 % of the poor; Tanzania: 7 % of 26.4 % of 70.5 million against 1.1 million households of 4.85 in 2016."""
    (senegal,) = base_year_against_outturn(pack_of("SEN")).to_dict("records")
    assert "rate_contradicted" in [code for code, _ in split_reasons(senegal["reason"])]
    (tanzania,) = base_year_against_outturn(pack_of("TZA")).to_dict("records")
    told = dict(split_reasons(tanzania["reason"]))["register_had"]
    assert told["year"] == 2016 and told["times"] == pytest.approx(1.1e6 * 4.85 / tanzania["persons"], abs=0.06)
