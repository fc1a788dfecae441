"""One year of one scheme by hand, step by step."""

import pytest
from pension_packs import pension_pack, q_of_a_year

from nasssap_lib import budget
from nasssap_lib.budget.pension_scheme import start_of
from nasssap_lib.budget.scheme_state import SERVICE
from nasssap_lib.budget.scheme_year import one_year

WOMEN = {
    "status": "active",
    "sex": "female",
    "age_from": 59,
    "age_to": 59,
    "persons": 100,
    "density": 12,
    "wage": 1000,
    "service": 20,
}
SLEEPERS = {
    "status": "dormant",
    "sex": "female",
    "age_from": 59,
    "age_to": 59,
    "persons": 10,
    "wage": 500,
    "service": 10,
}
MEN = {"status": "old_age", "sex": "male", "age_from": 70, "age_to": 70, "persons": 50, "pension": 300}
RULES = [
    ("contribution_rate", 0.1), ("collection", 0.9), ("ceiling", 900), ("ceiling_with_wages", 1), ("retirement", 0.5, "total", 60, 60),
    ("vesting", 15), ("accrual", 0.02), ("lump_sum", 1.5), ("pension_with_prices", 1), ("invalidity_incidence", 0.01, "total", 60, 60),
    ("invalidity_replacement", 0.5), ("married", 0.8), ("age_gap", 3), ("survivor_share", 0.5), ("children", 0.5), ("orphan_share", 0.2),
    ("orphan_age", 18), ("short_term", 0.01), ("administration", 0.05), ("interest", 0.05), ("inflation", 0.04), ("wage_growth", 0.06),
    ("leaving", 0.1, "total", 60, 60), ("returning", 0.2, "total", 60, 60),
]  # fmt: skip


@pytest.fixture(scope="module")
def year(tmp_path_factory):
    pack = pension_pack(tmp_path_factory.mktemp("hand"), [WOMEN, SLEEPERS, MEN], RULES, fund=1_000_000)
    return budget.project_pension_scheme(pack, "fund", 1)


def test_one_year_of_one_scheme_by_hand(year):
    got, q = year.accounts.iloc[0], q_of_a_year()
    # who works: of 100 women of 59 those who live, are not ill, do not retire and go on; and of 10 who had stopped those who return
    alive, asleep = 100 * (1 - q), 10 * (1 - q)
    ill, able = 0.01 * alive, 0.99 * alive
    retired, on = 0.5 * able, 0.5 * able
    returned = 0.2 * 0.5 * asleep
    contributors = 0.9 * on + returned
    assert got["contributors"] == pytest.approx(contributors)
    assert got["dormant"] == pytest.approx(0.5 * asleep - returned + 0.1 * on)
    # contributions: the ceiling of 900 moves with wages to 954, below the wage of 1,060
    wages = contributors * 12 * 954
    assert got["insured_wages"] == pytest.approx(wages, abs=0.01)
    assert got["contributions"] == pytest.approx(0.1 * 0.9 * wages, abs=0.01)
    # old age: 50 men of 70, 300 × 1.04, half a year for the dying; the new ones half a year of 2 % × 20 × 900
    in_payment = 12 * 50 * 300 * 1.04 * (1 - q / 2)
    assert got["old_age"] == pytest.approx(50 * (1 - q) + retired)
    assert got["pensions_old_age"] == pytest.approx(in_payment + 6 * retired * 360, abs=0.01)
    # invalidity: half of the reference wage is more than the formula's 360
    assert got["pensions_invalidity"] == pytest.approx(6 * ill * 450, abs=0.01)
    # not vested: five women who had stopped after 10 years, 1.5 months of 500 for each
    assert got["lump_sums"] == pytest.approx(0.5 * asleep * 1.5 * 500 * 10, abs=0.01)
    # survivors: 0.8 × half of what the dead had: contributors 450 at once, men in payment 312; the sleepers leave nothing, not vested
    left = 100 * q * 450 + 50 * q * 312
    assert got["survivor"] == pytest.approx(0.8 * 150 * q)
    assert got["pensions_survivor"] == pytest.approx(6 * 0.8 * 0.5 * left, abs=0.01)
    assert got["orphan"] == pytest.approx(0.5 * 150 * q)
    assert got["pensions_orphan"] == pytest.approx(6 * 0.5 * 0.2 * left, abs=0.01)
    # the year's account
    assert got["short_term"] == pytest.approx(0.01 * wages, abs=0.01)
    assert got["administration"] == pytest.approx(0.05 * got["contributions"], abs=0.01)
    flow = got["contributions"] - got["benefits"] - got["administration"]
    assert got["fund"] == pytest.approx(1_000_000 * 1.05 + flow * 1.05**0.5, abs=0.02)
    assert got["payg_rate"] == pytest.approx((got["benefits"] + got["administration"]) / wages)


def test_widowers_are_older_and_widows_younger_than_the_dead(year):
    ages = year.persons.query("year == 2025 and status == 'survivor'").set_index("sex")["mean_age"]
    assert ages["female"] == pytest.approx(71 - 3 + 0.5)  # of men of 70, who would be 71
    assert ages["male"] == pytest.approx(60 + 3 + 0.5)


def test_the_newly_dormant_keep_their_wage_and_are_vested(tmp_path):
    pack = pension_pack(tmp_path, [WOMEN], [*RULES, ("retirement", 1, "total", 61, 61)], fund=0)
    second = budget.project_pension_scheme(pack, "fund", 2).accounts.iloc[1]
    assert second["lump_sums"] == 0
    assert second["contributors"] == 0 and second["dormant"] == 0  # everybody of 61 retires


def test_half_a_year_of_contributions_is_half_of_the_wages_and_half_a_year_of_service(tmp_path):
    part = WOMEN | {"age_from": 40, "age_to": 40, "density": 6, "service": 10}
    rules = [rule for rule in RULES if rule[0] not in ("leaving", "returning")]
    start = start_of(pension_pack(tmp_path, [part], rules), "fund")
    after, flows = one_year(start.state, start.path.terms(2025))
    people = 100 * (1 - q_of_a_year())
    assert flows.insured_wages == pytest.approx(people * 6 * 954)
    assert (after.active * SERVICE).sum() / after.active.sum() == pytest.approx(10.5)
    assert after.active.sum() == pytest.approx(people)


def test_who_retires_early_or_late_does_so_by_the_rates(tmp_path):
    early = [("retirement", 0.2, "total", 58, 59), *RULES]
    start = start_of(pension_pack(tmp_path, [WOMEN | {"age_from": 57, "age_to": 57}], early), "fund")
    state, retired = start.state, []
    for year in range(2025, 2029):
        state, flows = one_year(state, start.path.terms(year))
        retired.append(flows.new_pensioners[0])
    live = 1 - q_of_a_year()
    assert retired[:2] == pytest.approx([20 * live, 16 * live**2])
    assert retired[3] == 0  # rates end at 60: who is still there works on, and retires at 75


def test_the_ceiling_and_the_lowest_pension_move_and_are_stated_anew(tmp_path):
    rules = [*RULES, ("minimum_pension", 400), ("ceiling", 2000, "total", None, None, 2027)]
    path = start_of(pension_pack(tmp_path, [WOMEN], rules), "fund").path
    path.reach(2028)
    assert [path.ceiling[year] for year in range(2024, 2029)] == pytest.approx([900, 954, 954 * 1.06, 2000, 2120])
    assert path.lowest[2026] == pytest.approx(400 * 1.04**2)
    assert path.terms(2026).lowest == pytest.approx(400 * 1.04**2)


def test_the_reference_wage_is_the_mean_of_the_last_years_raised_as_the_rule_says(tmp_path):
    """Wages of 2022 to 2024 under the ceiling of each year: the same for all ages, so that only growth and ceiling count."""
    rules = [rule for rule in RULES if rule[0] != "ceiling_with_wages"] + [
        ("averaging", 3),
        ("revaluation_with_prices", 1),
    ]
    path = start_of(pension_pack(tmp_path, [WOMEN | {"age_from": 30}], rules), "fund").path
    earned = [min(1000 / 1.06**back, 900) * 1.04**back for back in range(3)]  # the ceiling lies still
    assert path.reference(2024)[0, 59 - 15, 20] == pytest.approx(sum(earned) / 3)
    assert path.reference(2024)[0, 59 - 15, 2] == pytest.approx(sum(earned[:2]) / 2)
