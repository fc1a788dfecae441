"""Options and their costs against hand calculations on published figures; what must hold for every country."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from stories import ALL, REAL, pack_of, story

from nasssap_lib.costing.options import admin_of, assess_options, at_common_level, efficient_options, equal_money
from nasssap_lib.priorities.readiness import assess_equity, assess_readiness
from nasssap_lib.reasons import split_reasons

# what notebook 03 writes of each option
COLUMNS = """
    option name kind way guarantee group year population people target_population target_rule target_quality
    take_up_low take_up_central take_up_high persons_low persons_central persons_high level_low level_central level_high
    month_low month_central month_high month_year currency months admin_rate admin_low admin_central admin_high
    unit_cost unit_low unit_central unit_high cost_low cost_central cost_high net_cost_low net_cost_central net_cost_high
    coverage coverage_low coverage_high coverage_year coverage_rule coverage_quality gap
    newly_covered_low newly_covered_central newly_covered_high newly_covered_least newly_covered_most
    gap_closed_low gap_closed_central gap_closed_high delivery institution related_scheme relation note flag quality source reason
"""


ENDS = ("low", "central", "high")


def option(country: str, name: str) -> pd.Series:
    return story(country)["options"].set_index("option").loc[name]


def changed(country: str, name: str, **values) -> pd.Series:
    """An option with other parameters."""
    pack = pack_of(country)
    row = pack.measures[pack.measures["id"] == name].assign(**values)
    return assess_options(pack.with_tables(measures=row)).iloc[0]


def test_a_social_pension_in_senegal_by_hand():
    # WPP 2024, 2025: 690,291 persons of 65 and over; 18,931,970 in all. 85 % of them, 10 % of GDP per head, 5 % administration:
    # 690,291 × 0.85 × 0.10 × 1.05 ÷ 18,931,970 = 0.3254 % of GDP; SDG 1.3.1: 29.9 % of older persons covered in 2019
    row = option("SEN", "social_pension")
    assert row["people"] == row["target_population"] == 690_291
    assert row["cost_central"] == pytest.approx(690_291 * 0.85 * 0.10 * 1.05 / 18_931_970)
    # level, take-up and administration (3 to 10 %) go to their ends together
    assert row["cost_low"] == pytest.approx(690_291 * 0.70 * 0.07 * 1.03 / 18_931_970)
    assert row["cost_high"] == pytest.approx(690_291 * 0.95 * 0.15 * 1.10 / 18_931_970)
    assert row["net_cost_central"] == pytest.approx(row["cost_central"] * 0.701)
    assert row["newly_covered_central"] == pytest.approx(690_291 * 0.85 * 0.701)
    # low: take-up 70 % with the highest coverage that rounds to 29.9 (29.95) among those who take it up; high: 95 % takes up all
    # of the 70.15 % who are not covered
    assert row["newly_covered_low"] == pytest.approx(690_291 * (0.70 - 0.2995))
    assert row["newly_covered_high"] == pytest.approx(690_291 * 0.7015)
    # the need is that of its own people: the rate of persons of 60 and over is applied to those of 65 and over, estimated
    assert row["gap"] == pytest.approx(690_291 * 0.701)
    assert row["gap_closed_central"] == pytest.approx(0.85)
    assert "older_persons" in row["coverage_rule"] and row["coverage_quality"] == "estimated"


def test_a_maternity_benefit_in_senegal_by_hand():
    # 547,717 births in 2025 × 70 % × 20 % of GDP per head × 4/12 × 1.05 ÷ 18,931,970
    row = option("SEN", "maternity_benefit")
    assert row["cost_central"] == pytest.approx(547_717 * 0.7 * 0.2 * 4 / 12 * 1.05 / 18_931_970)
    assert row["newly_covered_central"] == pytest.approx(547_717 * 0.7 * 0.97)
    assert row["gap_closed_central"] == pytest.approx(0.7)  # the whole group is the target: the take-up


def test_an_extension_of_insurance_reaches_only_those_not_covered():
    # Rwanda: 85.3 % with health insurance in 2024 (EICV7), 14.7 % of the population are not; 0.5 % of GDP per head, 10 % administration
    row = option("RWA", "health_insurance")
    assert row["target_population"] == pytest.approx(row["population"] * 0.147)
    assert row["cost_central"] == row["net_cost_central"] == pytest.approx(0.147 * 0.7 * 0.005 * 1.1)
    assert row["newly_covered_central"] == row["persons_central"]
    injury = option("SEN", "injury_extension")
    assert injury["target_population"] == injury["gap"]
    assert injury["gap_closed_central"] == pytest.approx(0.2)


def test_an_extension_beside_an_administration_range_by_hand():
    """Senegal, employment injury: State's part 0.5 % of GDP per head, 10 % administration (5 to 15), of 20 % of 90 % of the employed."""
    row = option("SEN", "injury_extension")
    assert row["coverage"] == pytest.approx(0.1)
    assert row["newly_covered_central"] == pytest.approx(row["people"] * 0.9 * 0.2)
    assert row["cost_central"] == pytest.approx(row["people"] * 0.9 * 0.2 * 0.005 * 1.10 / 18_931_970)
    # dearest: least coverage that rounds to 10, for more people are left to be subsidised
    assert row["cost_high"] == pytest.approx(row["people"] * 0.905 * 0.3 * 0.01 * 1.15 / 18_931_970)
    assert row[["admin_low", "admin_central", "admin_high"]].tolist() == pytest.approx([0.05, 0.10, 0.15])


def test_administration_that_a_pack_gives_no_range_is_exact():
    assert [admin_of({"admin_rate": 0.05}, end) for end in ENDS] == [0.05] * 3
    given = {"admin_rate": 0.05, "admin_rate_low": 0.03, "admin_rate_high": 0.10}
    assert [admin_of(given, end) for end in ENDS] == [0.03, 0.05, 0.10]
    # a share of gross expenditure is brought to benefits at each end: 10 % of gross are 11.1 % of benefits
    row = pack_of("SEN").measures.query("id == 'social_pension'").assign(admin_base="gross", **given)
    pack = dataclasses.replace(pack_of("SEN"), measures=row)
    ends = assess_options(pack)[["admin_low", "admin_central", "admin_high"]].iloc[0].tolist()
    assert ends == pytest.approx([0.03 / 0.97, 0.05 / 0.95, 0.10 / 0.90])


def test_take_up_below_the_register_has_no_persons_newly_covered_and_says_why():
    """Zambia: 49.4 % of the poor are on the register; 40 % take-up would take benefits away. Its cost can be given all the same."""
    row = changed("ZMB", "cash_transfer", take_up_low=0.3, take_up_central=0.4)
    assert row[["newly_covered_low", "newly_covered_central", "newly_covered_high"]].isna().all()
    assert row[["newly_covered_least", "newly_covered_most", "gap_closed_central"]].isna().all()
    assert split_reasons(row["reason"]) == [("take_up_below_coverage", {"take_up": 40.0, "covered": 49.4})]
    assert row["gap"] == pytest.approx(0.6 * 21_913_880 - 6_500_000, abs=30)
    assert row["cost_central"] == pytest.approx(0.4 * 0.6 * 0.04 * 1.10)


@pytest.mark.parametrize(
    ("country", "name"), [("SEN", "social_pension"), ("RWA", "child_benefit"), ("SEN", "injury_extension")]
)
def test_with_half_the_take_up_the_need_stays_and_half_as_many_are_newly_covered(country, name):
    before = option(country, name)
    after = changed(country, name, take_up_low=0.01, take_up_central=before["take_up_central"] / 2)
    assert after["gap"] == before["gap"]
    assert after["newly_covered_central"] == pytest.approx(before["newly_covered_central"] / 2)
    assert after["cost_central"] == pytest.approx(before["cost_central"] / 2)


def test_a_benefit_that_is_tested_reaches_at_most_those_without_one():
    """Training country, 307,918 births, 5.8 % of mothers covered: 65 % take it up; of 98 % only the 94.2 % who have none can."""
    row = option("XTC", "maternity_grant")
    assert row["way"] == "benefit_tested"
    assert row["newly_covered_central"] == row["persons_central"] == pytest.approx(307_918 * 0.65)
    most = changed("XTC", "maternity_grant", take_up_central=0.98, take_up_high=1.0)
    assert most["newly_covered_central"] == most["persons_central"] == pytest.approx(307_918 * 0.942)


def test_two_lists_benefits_that_are_paid_and_cover_that_is_subsidised():
    for country in REAL:
        kinds = story(country)["options"].set_index("option")["kind"]
        subsidies = {"injury_extension", "health_insurance", "informal_pension"} & set(kinds.index)
        assert set(kinds.index[kinds == "subsidy"]) == subsidies, country
        assert set(kinds) == {"benefit", "subsidy"}


@pytest.mark.parametrize("country", ALL)
def test_at_one_level_a_cost_is_persons_times_one_tenth_of_gdp_per_head(country):
    """10 % of GDP per head for all, months and administration as they are: who is reached stays."""
    before, after = story(country)["options"], at_common_level(story(country)["options"])
    for end in ENDS:
        known = after[after[f"cost_{end}"].notna()]
        part = known["months"] / 12 * (1 + known[f"admin_{end}"])
        by_hand = known[f"persons_{end}"] * 0.10 * part / known["population"]
        np.testing.assert_allclose(known[f"cost_{end}"].astype(float), by_hand.astype(float))
        assert (known[f"level_{end}"] == 10).all()
        same = ["persons", "newly_covered", "take_up", "gap_closed"]
        pd.testing.assert_frame_equal(
            after[[f"{name}_{end}" for name in same]], before[[f"{name}_{end}" for name in same]]
        )
    month = after["month_central"] / after["level_central"]
    np.testing.assert_allclose(month, before["month_central"] / before["level_central"])


def test_matched_savings_stand_on_schemes_that_informal_workers_may_join():
    build_on = {country: option(country, "informal_pension")["related_scheme"] for country in REAL}
    assert build_on == {
        "BFA": "cnss_vieillesse;cnss_volontaire", "HND": "ihss_ivm", "LKA": "farmers_pension;fishers_pension;surekuma",
        "MLI": "inps_vieillesse", "RWA": "ejo_heza", "SEN": "", "TZA": "nssf", "ZMB": "napsa",
    }  # fmt: skip
    assert "a new one would be needed" in option("SEN", "informal_pension")["note"]
    ready = assess_readiness(pack_of("RWA")).set_index("option")
    assert ready.loc["informal_pension", "branch"] == "old_age"
    equity = assess_equity(pack_of("SEN")).set_index("option")
    assert equity.loc["informal_pension", "channel"] == "aspire_coverage_social_insurance"


def test_health_insurance_is_offered_where_care_is_not_free_and_waits_for_a_share_of_persons():
    """Sri Lanka: public care is free for all, so that insurance would offer what exists."""
    assert "health_insurance" not in set(story("LKA")["options"]["option"])
    for country in set(REAL) - {"LKA"}:
        row = option(country, "health_insurance")
        assert np.isfinite(row["cost_central"]) == np.isfinite(row["coverage"]), country
        assert np.isfinite(row["coverage"]) or "no_insured_share" in row["reason"], country


def test_every_real_country_can_better_a_scheme_that_pays_the_poor_already():
    for country in REAL:
        transfer, schemes = option(country, "cash_transfer"), pack_of(country).schemes.set_index("id")
        assert transfer["relation"] == ("coordinate" if country == "HND" else "build_on"), country
        assert schemes.loc[transfer["related_scheme"], "short_name"] in transfer["name"]


def test_severe_disability_is_listed_without_a_cost():
    for country in REAL:
        row = option(country, "disability_benefit")
        assert np.isnan(row["cost_central"])
        lacks = "prevalence_of_adults_alone" if country == "LKA" else "no_disability_prevalence"
        assert lacks in row["reason"]
        assert "disability_benefit" in set(story(country)["matrix"].left_out["option"])


def test_a_prevalence_that_a_country_enters_gives_the_disability_benefit_a_cost():
    pack = pack_of("SEN")
    prevalence = pack.facts.iloc[[0]].assign(
        indicator="severe_disability_prevalence", group="total", sex="total", breakdown="", year=2023, value=1.0,
        unit="percent", quality="assumed", area="",
    )  # fmt: skip
    known = pack.with_tables(facts=pd.concat([pack.facts, prevalence], ignore_index=True))
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
    measures = pack_of(country).measures
    assert len(measures) >= 4
    assert set(measures["quality"]) == {"assumed"}
    sources = (
        measures["source"].str.split(";").explode()
    )  # a level that a premium or a wage was read for names that too
    assert measures["source"].str.startswith("NASSSAP-ASSUMPTIONS").all()
    assert set(sources) <= set(pack_of(country).sources["id"])
    assert set(measures["amount_basis"]) == {"gdp_per_head"}
    for name in ("amount", "take_up"):
        assert (measures[f"{name}_low"] < measures[f"{name}_central"]).all()
        assert (measures[f"{name}_central"] < measures[f"{name}_high"]).all()
    related = {scheme for text in measures["related_scheme"] for scheme in text.split(";") if scheme}
    assert related <= set(pack_of(country).schemes["id"])
    assert ((measures["related_scheme"] == "") == (measures["relation"] == "")).all()


@pytest.mark.parametrize("country", ALL)
def test_what_holds_for_the_options_of_every_country(country):
    options = story(country)["options"]
    assert list(options.columns) == COLUMNS.split()
    slack = 1e-9 * options["people"].fillna(0)
    for end in ENDS:
        assert options[f"gap_closed_{end}"].dropna().between(0, 1).all()
        newly, reached = options[f"newly_covered_{end}"], options[f"persons_{end}"]
        assert not (newly > reached + slack).any() and not (newly > options["people"] + slack).any()
        costed = options[options[f"net_cost_{end}"].notna()]
        assert (costed[f"net_cost_{end}"] <= costed[f"cost_{end}"] + 1e-12).all()
    for name in ("cost", "newly_covered", "persons", "level", "month", "unit", "admin"):
        low, central, high = (options[f"{name}_{end}"].fillna(0) for end in ENDS)
        assert (low <= central * (1 + 1e-9)).all() and (central <= high * (1 + 1e-9)).all(), name
    known = options[options["newly_covered_central"].notna()]
    assert (known["newly_covered_least"] <= known["newly_covered_central"] * (1 + 1e-9)).all()
    assert (known["newly_covered_central"] <= known["newly_covered_most"] * (1 + 1e-9)).all()
    # the need is of the option's own people, whoever else its group holds
    np.testing.assert_allclose(known["gap"], known["people"] * (1 - known["coverage"]))
    assert (options["coverage_rule"] != "")[options["coverage"].notna()].all()
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


@pytest.mark.parametrize("country", ["TZA", "XTC"])
def test_no_other_option_of_its_list_beats_an_efficient_one(country):
    options = story(country)["options"].dropna(subset=["cost_central", "newly_covered_central"])
    best = efficient_options(options)
    for row in options.itertuples():
        others = options[(options["option"] != row.option) & (options["kind"] == row.kind)]
        beaten = (
            (others["cost_central"] <= row.cost_central)
            & (others["newly_covered_central"] >= row.newly_covered_central)
        ).any()
        assert (row.option in best) == (not beaten), row.option
    assert {kind for kind, rows in options.groupby("kind") if set(rows["option"]) & set(best)} == {"benefit", "subsidy"}


def test_of_two_equal_options_neither_is_lost_and_of_one_cost_the_one_that_covers_more_stays():
    table = pd.DataFrame(
        {"option": list("abc"), "cost_central": [1.0, 1.0, 2.0], "newly_covered_central": [5.0, 7.0, 7.0]}
    )
    assert efficient_options(table) == ["b"]


@pytest.mark.parametrize("size", [1.0, 1e-13])
def test_an_option_that_costs_the_same_but_for_a_sum_beats_nobody(size):
    """A and b are the same, c covers fewer for as much."""
    table = pd.DataFrame(
        {"option": list("abc"), "cost_central": [0.1 + 0.2, 0.3, 0.3], "newly_covered_central": [5, 5, 4.0]}
    )
    assert sorted(efficient_options(table.assign(cost_central=table["cost_central"] * size))) == ["a", "b"]
