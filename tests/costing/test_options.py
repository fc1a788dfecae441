"""Options and their costs against hand calculations on published figures; what must hold for every country."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from stories import ALL, REAL, story

from nasssap_lib.costing.options import assess_options, efficient_options, equal_money
from nasssap_lib.priorities.readiness import assess_equity, assess_readiness

# what notebook 03 writes of each option
COLUMNS = """
    option name guarantee group year population target_population target_rule target_quality
    take_up_low take_up_central take_up_high persons_low persons_central persons_high level_low level_central level_high
    months admin_rate unit_cost cost_low cost_central cost_high net_cost_low net_cost_central net_cost_high
    coverage coverage_year gap newly_covered_low newly_covered_central newly_covered_high
    gap_closed_low gap_closed_central gap_closed_high delivery institution related_scheme relation note flag quality source reason
"""


def option(country: str, name: str) -> pd.Series:
    return story(country)["options"].set_index("option").loc[name]


def test_a_social_pension_in_senegal_by_hand():
    # WPP 2024, 2025: 690,291 persons of 65 and over; 18,931,970 in all. 85 % of them, 10 % of GDP per head, 5 % administration:
    # 690,291 × 0.85 × 0.10 × 1.05 ÷ 18,931,970 = 0.3254 % of GDP; SDG 1.3.1: 29.9 % of older persons covered in 2019
    row = option("SEN", "social_pension")
    assert row["target_population"] == 690_291
    assert row["cost_central"] == pytest.approx(690_291 * 0.85 * 0.10 * 1.05 / 18_931_970)
    assert row["cost_low"] == pytest.approx(690_291 * 0.70 * 0.07 * 1.05 / 18_931_970)
    assert row["cost_high"] == pytest.approx(690_291 * 0.95 * 0.15 * 1.05 / 18_931_970)
    assert row["net_cost_central"] == pytest.approx(row["cost_central"] * 0.701)
    assert row["newly_covered_central"] == pytest.approx(690_291 * 0.85 * 0.701)
    # rounding of 29.9: between 70.05 and 70.15 % are not covered
    assert row["newly_covered_low"] == pytest.approx(690_291 * 0.70 * 0.7005)
    # the rate belongs to persons of 60 and over: 1,067,061 in 2025, of whom 70.1 % are not covered
    assert row["gap"] == pytest.approx(748_010, abs=1)
    assert row["gap_closed_central"] == pytest.approx(690_291 * 0.85 * 0.701 / 748_009.761)


def test_a_maternity_benefit_in_senegal_by_hand():
    # 547,717 births in 2025 × 70 % × 20 % of GDP per head × 4/12 × 1.05 ÷ 18,931,970
    row = option("SEN", "maternity_benefit")
    assert row["cost_central"] == pytest.approx(547_717 * 0.7 * 0.2 * 4 / 12 * 1.05 / 18_931_970)
    assert row["newly_covered_central"] == pytest.approx(547_717 * 0.7 * 0.97)
    assert row["gap_closed_central"] == pytest.approx(0.7)  # the whole group is the target: the take-up


def test_an_extension_of_insurance_reaches_only_those_not_covered():
    # Rwanda: 85.3 % with health insurance in 2024 (EICV7), 14.7 % of the population are not
    row = option("RWA", "health_insurance")
    assert row["target_population"] == pytest.approx(row["population"] * 0.147)
    assert row["cost_central"] == row["net_cost_central"] == pytest.approx(0.147 * 0.7 * 0.02 * 1.1)
    assert row["newly_covered_central"] == row["persons_central"]
    injury = option("SEN", "injury_extension")
    assert injury["target_population"] == injury["gap"]
    assert injury["gap_closed_central"] == pytest.approx(0.2)


def test_matched_savings_in_senegal_by_hand():
    # WPP 2024, 2025: persons aged 18 to 59 (15-19: two fifths of the band) × 8 % × 1 % of GDP per head × 1.10 ÷ population
    row, people = option("SEN", "informal_pension"), story("SEN")["pack"].population.query("year == 2025")
    bands = people.groupby("age_group")["persons"].sum()
    target = 0.4 * bands["15-19"] + bands[[f"{age}-{age + 4}" for age in range(20, 60, 5)]].sum()
    assert row["target_population"] == pytest.approx(target)
    assert row["cost_central"] == pytest.approx(target * 0.08 * 0.01 * 1.10 / bands.sum())
    # SDG 1.3.1, at least one benefit: 19.91 % in 2022
    assert row["newly_covered_central"] == pytest.approx(target * 0.08 * (1 - 0.1991))


def test_matched_savings_stand_on_schemes_that_informal_workers_may_join():
    build_on = {country: option(country, "informal_pension")["related_scheme"] for country in REAL}
    assert build_on == {
        "BFA": "cnss_vieillesse;cnss_volontaire", "HND": "ihss_ivm", "LKA": "farmers_pension;fishers_pension;surekuma",
        "MLI": "inps_vieillesse", "RWA": "ejo_heza", "SEN": "", "TZA": "nssf", "ZMB": "napsa",
    }  # fmt: skip
    assert "a new one would be needed" in option("SEN", "informal_pension")["note"]
    ready = assess_readiness(story("RWA")["pack"]).set_index("option")
    assert ready.loc["informal_pension", "branch"] == "old_age"
    equity = assess_equity(story("SEN")["pack"]).set_index("option")
    assert equity.loc["informal_pension", "channel"] == "aspire_coverage_social_insurance"


def test_health_insurance_is_listed_everywhere_and_waits_for_a_share_of_persons():
    for country in REAL:
        known = len(story(country)["pack"].latest("health_insurance_coverage")) == 1
        row = option(country, "health_insurance")
        assert np.isfinite(row["cost_central"]) == known, country
        assert known or "no_insured_share" in row["reason"]
    assert "universal and paid from taxes, this option does not apply" in option("LKA", "health_insurance")["note"]


def test_every_real_country_can_better_a_scheme_that_pays_the_poor_already():
    for country in REAL:
        transfer, schemes = option(country, "cash_transfer"), story(country)["pack"].schemes.set_index("id")
        assert transfer["relation"] == "build_on", country
        assert schemes.loc[transfer["related_scheme"], "short_name"] in transfer["name"]


def test_severe_disability_is_listed_without_a_cost():
    for country in REAL:
        row = option(country, "disability_benefit")
        assert np.isnan(row["cost_central"])
        assert "no_disability_prevalence" in row["reason"]
        assert "disability_benefit" in set(story(country)["matrix"].left_out["option"])


def test_a_prevalence_that_a_country_enters_gives_the_disability_benefit_a_cost():
    pack = story("SEN")["pack"]
    prevalence = pack.facts.iloc[[0]].assign(
        indicator="severe_disability_prevalence", group="total", sex="total", breakdown="", year=2023, value=1.0,
        unit="percent", quality="assumed", area="",
    )  # fmt: skip
    known = dataclasses.replace(pack, facts=pd.concat([pack.facts, prevalence], ignore_index=True))
    row = assess_options(known).set_index("option").loc["disability_benefit"]
    assert row["cost_central"] == pytest.approx(0.01 * 0.7 * 0.15 * 1.1)


@pytest.mark.parametrize(
    ("country", "name", "reason"),
    [
        ("HND", "maternity_benefit", "no_rate"),
        ("MLI", "maternity_benefit", "no_rate"),
        ("TZA", "child_benefit", "no_rate"),
        ("LKA", "cash_transfer", "published_jump"),
    ],
)
def test_without_a_rate_persons_newly_covered_are_not_available(country, name, reason):
    row = option(country, name)
    assert np.isnan(row["newly_covered_central"]) and np.isnan(row["gap_closed_central"])
    assert np.isfinite(row["cost_central"])
    assert reason in row["reason"]


@pytest.mark.parametrize("country", REAL)
def test_parameters_of_real_countries_are_assumptions_with_three_values(country):
    measures = story(country)["pack"].measures
    assert len(measures) >= 4
    assert set(measures["quality"]) == {"assumed"}
    assert set(measures["source"]) == {"NASSSAP-ASSUMPTIONS"}
    assert set(measures["amount_basis"]) == {"gdp_per_head"}
    for name in ("amount", "take_up"):
        assert (measures[f"{name}_low"] < measures[f"{name}_central"]).all()
        assert (measures[f"{name}_central"] < measures[f"{name}_high"]).all()
    related = {scheme for text in measures["related_scheme"] for scheme in text.split(";") if scheme}
    assert related <= set(story(country)["pack"].schemes["id"])
    assert ((measures["related_scheme"] == "") == (measures["relation"] == "")).all()


@pytest.mark.parametrize("country", ALL)
def test_what_holds_for_the_options_of_every_country(country):
    options = story(country)["options"]
    assert list(options.columns) == COLUMNS.split()
    for end in ("low", "central", "high"):
        assert options[f"gap_closed_{end}"].dropna().between(0, 1).all()
        known = options[options[f"newly_covered_{end}"].notna()]
        assert (known[f"newly_covered_{end}"] <= known[f"persons_{end}"] + 1e-6).all()
        costed = options[options[f"net_cost_{end}"].notna()]
        assert (costed[f"net_cost_{end}"] <= costed[f"cost_{end}"] + 1e-12).all()
    assert (options["cost_low"].fillna(0) <= options["cost_central"].fillna(0)).all()
    unknown = options["cost_central"].isna() | options["newly_covered_central"].isna()
    assert (options.loc[unknown, "reason"] != "").all()
    assert (options["source"] != "").all()


@pytest.mark.parametrize("country", ALL)
def test_equal_money_times_level_is_the_money(country):
    options = story(country)["options"]
    equal = equal_money(options)
    known = equal[equal["persons"].notna()].merge(options.drop(columns="source"), on=["option", "name"])
    part = known["months"] / 12 * (1 + known["admin_rate"]) / known["population"]
    # at a level for all, and at the central level up to the whole target population
    assert np.allclose(known["level_for_all"] / 100 * known["target_population"] * part, known["money"])
    used = known["persons"] * known["level_central"] / 100 * part
    assert np.allclose(used, known["money_used"])
    full = np.isclose(known["persons"], known["target_population"])
    assert np.allclose(used[~full], known["money"][~full])
    assert (used <= known["money"] + 1e-12).all()


def test_equal_money_in_senegal_by_hand():
    # 0.25 % of GDP, child benefit: 0.0025 × 18,931,970 ÷ (0.04 × 1.05) = 1,126,903 children of 2,540,076; or 1.77 % for all
    equal = equal_money(story("SEN")["options"], [0.0025]).set_index("option").loc["child_benefit"]
    assert equal["persons"] == pytest.approx(0.0025 * 18_931_970 / (0.04 * 1.05))
    assert equal["level_for_all"] == pytest.approx(100 * 0.0025 * 18_931_970 / (2_540_076 * 1.05))


def test_no_other_option_beats_an_efficient_one():
    options = story("TZA")["options"].dropna(subset=["cost_central", "newly_covered_central"])
    best = set(efficient_options(options))
    for row in options.itertuples():
        others = options[options["option"] != row.option]
        beaten = (
            (others["cost_central"] <= row.cost_central)
            & (others["newly_covered_central"] >= row.newly_covered_central)
        ).any()
        assert (row.option in best) == (not beaten)
