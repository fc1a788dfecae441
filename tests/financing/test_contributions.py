"""What contributions take of a wage: by hand from the published rates and ceilings."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.financing.contributions import EVERY, LABOUR_COLUMNS, labour_cost
from nasssap_lib.reasons import has_reason


def rows_of(country: str, wage: str):
    return labour_cost(pack_of(country)).query("wage == @wage").set_index("scheme")


def test_senegal_at_the_minimum_wage_by_hand():
    # IPRES 8.4 and 5.6 %, family 7 % up to 63,000 francs, injuries 1 to 5 %, IPM 2 to 7.5 % each; 64,223 francs a month
    rows = rows_of("SEN", "minimum")
    below = 63_000 / 64_223
    assert rows.loc["css_famille", "base"] == pytest.approx(below)
    employer = [0.084 + 0.07 * below + 0.01 + 0.02, 0.084 + 0.07 * below + 0.05 + 0.075]
    assert rows.loc[EVERY, ["employer_low", "employer_high"]].tolist() == pytest.approx(employer)
    assert rows.loc[EVERY, ["worker_low", "worker_high"]].tolist() == pytest.approx([0.076, 0.131])
    assert has_reason([rows.loc["css_famille", "reason"]], "up_to_ceiling") == [True]
    assert "ipres_cadres" not in rows.index and "fnr" not in rows.index  # managers only; public servants


def test_one_more_point_by_hand():
    rows = rows_of("RWA", "average")
    # employers 0.3 + 7.5 + 2 + 6, workers 0.3 + 7.5 + 6 % of the wage
    assert rows.loc[EVERY, "point_labour_cost"] == pytest.approx(0.01 / 1.158)
    assert rows.loc[EVERY, "point_take_home"] == pytest.approx(-0.01 / 0.862)
    capped = rows_of("HND", "average").loc["ihss_em"]
    base = 11_903.13 / capped["amount"]
    assert capped["base"] == pytest.approx(base) and base < 1
    assert capped["point_take_home"] == pytest.approx(-0.01 * base / (1 - 0.05 * base))


def test_a_sum_without_the_rates_of_a_scheme_says_so():
    rows = rows_of("BFA", "average")
    assert rows.loc["cnss_famille", ["employer_low", "worker_high"]].isna().all()
    assert rows.loc[EVERY, ["employer_low", "worker_low"]].tolist() == pytest.approx([0.055, 0.055])
    assert has_reason([rows.loc[EVERY, "reason"]], "rates_incomplete") == [True]
    assert has_reason([rows_of("RWA", "average").loc[EVERY, "reason"]], "rates_incomplete") == [False]


def test_an_unknown_wage_is_not_known_and_the_latest_year_of_another_is_named():
    assert rows_of("RWA", "minimum")[["amount", "employer_low", "worker_low"]].isna().all(axis=None)
    assert all(has_reason(rows_of("RWA", "minimum")["reason"], "wage_not_known"))
    assert rows_of("LKA", "average")["wage_year"].unique().tolist() == [
        2022
    ]  # of the survey, moved to 2024, where its GDP ends
    assert rows_of("SEN", "minimum")["wage_year"].unique().tolist() == [2023]  # of the decree, in force today
    assert "average_earnings" in pack_of("LKA").facts["indicator"].to_list()
    cited = rows_of("LKA", "average")["source"].iat[0].split(";")
    assert set(pack_of("LKA").series("average_earnings")["source"]) & set(cited)
    assert rows_of("LKA", "minimum")["amount"].unique().tolist() == [27_000]


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_pack_has_its_rates(country):
    table = labour_cost(pack_of(country))
    assert list(table.columns) == LABOUR_COLUMNS and set(table["wage"]) == {"average", "minimum"}
    known = table.dropna(subset=["employer_low"])
    assert (known["employer_low"] <= known["employer_high"]).all() and (
        known["worker_low"] <= known["worker_high"]
    ).all()
    assert (known["point_labour_cost"] > 0).all() and (known["point_take_home"] < 0).all()
    parts = table[table["scheme"] != EVERY].groupby("wage")["employer_high"].sum(min_count=1)
    whole = table[table["scheme"] == EVERY].set_index("wage")["employer_high"]
    assert whole.dropna().to_dict() == pytest.approx(parts[whole.dropna().index].to_dict())
