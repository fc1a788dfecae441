"""Typical persons: by hand, against the growth of the wage bill, and what a gap in a career costs."""

import numpy as np
import pandas as pd
import pytest
from pension_packs import pension_pack, stable_pack
from stories import pack_of

from nasssap_lib import budget
from nasssap_lib.budget.typical_person import internal_return


def of_full_career(pack) -> pd.Series:
    table = budget.typical_persons(pack, "fund")
    return table[(table["wage"] == "average") & (table["career"] == "full")].iloc[0]


WORKING = {"status": "active", "persons": 1000, "density": 12, "wage": 1000}


@pytest.fixture(scope="module", params=["npf", "psps"])
def persons(request):
    return budget.typical_persons(pack_of("XTC"), request.param).set_index(["sex", "wage", "career"])


def test_under_payg_the_internal_return_is_the_growth_of_the_wage_bill(tmp_path):
    pack, _ = stable_pack(tmp_path)
    rate = budget.project_pension_scheme(pack, "fund", 1).accounts["payg_rate"].iat[0]
    fair, _ = stable_pack(tmp_path, rate=float(rate))
    full = budget.typical_persons(fair, "fund").query("sex == 'female' and career == 'full'")
    assert full["internal_return"].tolist() == pytest.approx([1.015 * 1.04 - 1] * 2, abs=1e-5)


def test_a_person_by_hand(tmp_path):
    insured = [WORKING | {"sex": "male", "age_from": 20, "age_to": 74, "service": 10}]
    rules = [("contribution_rate", 0.2), ("accrual", 0.02), ("pensionable_age", 60), ("entry_age", 1, "male", 20, 20),
             ("contributor_growth", 0), ("inflation", 0.03), ("pension_with_prices", 1), ("wage_growth", 0.05)]  # fmt: skip
    pack = pension_pack(tmp_path, insured, rules)
    row = of_full_career(pack)
    assert (row["entry_year"], row["entry_age"], row["retirement_age"], row["service"]) == (2025, 20, 60, 40)
    assert row["replacement"] == pytest.approx(0.8)
    assert row["first_pension"] == pytest.approx(0.8 * 1000 * 1.05**40 / 1.03**41)
    paid = sum(0.2 * 12 * 1000 * 1.05**k / 1.03**k for k in range(1, 41))
    assert row["contributions"] == pytest.approx(paid)


def test_whoever_stays_away_has_less_and_credits_give_it_back(persons):
    pension = persons["first_pension"].unstack("career")
    assert (pension["interrupted"] < pension["interrupted_credited"]).all()
    assert (pension["interrupted_credited"] <= pension["full"] * (1 + 1e-9)).all()
    paid = persons["contributions"].unstack("career")
    assert (paid["interrupted"] < paid["full"]).all()
    assert paid["interrupted_credited"].tolist() == paid["interrupted"].tolist()
    returns = persons["internal_return"].unstack("career")
    assert (returns["interrupted_credited"] > returns["interrupted"]).all()


def test_women_draw_their_pension_for_longer(persons):
    years = persons["years_of_pension"].xs("full", level="career").unstack("sex")
    assert (years["female"] > years["male"]).all()


def test_real_and_nominal_return_differ_by_inflation(persons):
    between = (1 + persons["internal_return"]) / (1 + persons["real_return"]) - 1
    assert between.between(0.039, 0.046).all()


def test_who_is_not_vested_is_paid_once(tmp_path):
    insured = [WORKING | {"sex": "female", "age_from": 52, "age_to": 59, "service": 3}]
    rules = [("contribution_rate", 0.2), ("accrual", 0.02), ("pensionable_age", 60), ("entry_age", 1, "female", 52, 52),
             ("contributor_growth", 0), ("vesting", 8.0), ("lump_sum", 2)]  # fmt: skip
    full = of_full_career(pension_pack(tmp_path, insured, rules))
    assert full["service"] == 8 and full["lump_sum"] == 0 and full["replacement"] == pytest.approx(0.16)
    later = [("entry_age", 1, "female", 55, 55) if rule[0] == "entry_age" else rule for rule in rules]
    short = of_full_career(pension_pack(tmp_path, insured, later))
    assert short["service"] == 5 and short["first_pension"] == 0 and pd.isna(short["replacement"])
    assert short["lump_sum"] == pytest.approx(2 * 1000 * 5)


def test_the_internal_return_makes_flows_worth_nothing_or_is_not_known():
    flows = np.array([-10.0] * 30 + [25.0] * 20)
    rate = internal_return(flows)
    assert (flows * (1 + rate) ** -np.arange(50)).sum() == pytest.approx(0, abs=1e-6)
    assert np.isnan(internal_return(np.array([-1.0, -1.0])))
    assert np.isnan(internal_return(np.array([1.0, 1.0])))
