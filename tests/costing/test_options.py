"""Options, criteria and the order against hand calculations on published figures; what must hold for every country."""

import dataclasses
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_small_pack
from stories import ALL, REAL, story

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.costing.options import assess_options, efficient_options, equal_money
from nasssap_lib.costing.tables import cost_table, equal_money_table, option_cards
from nasssap_lib.costing.words import equal_money_sentence, options_sentence
from nasssap_lib.dialogue.positions import assess_positions
from nasssap_lib.errors import MissingEvidence, ParameterError
from nasssap_lib.needs.assessment import assess_guarantees, codi_checklist, needs_by_group
from nasssap_lib.needs.severity import NATIONAL_ONLY, assess_severity
from nasssap_lib.needs.tables import assessment_table, codi_table, needs_table
from nasssap_lib.needs.words import checklist_sentence
from nasssap_lib.pack import schema
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.acceptability import rank_acceptability
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import Matrix, criteria_matrix
from nasssap_lib.priorities.rank_intervals import rank_interval
from nasssap_lib.priorities.ranking import rank_options
from nasssap_lib.priorities.readiness import assess_equity, assess_readiness
from nasssap_lib.priorities.sequence import accept_ranks, leaders, propose_sequence, rank_sequence, score_options
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import (
    acceptability_table,
    changes_table,
    criteria_table,
    ranking_table,
    readiness_table,
    sequence_table,
)
from nasssap_lib.priorities.weights import (
    fault_of_order,
    fault_of_weights,
    mean_weights,
    read_order,
    read_weights,
    unknown_criteria,
)
from nasssap_lib.priorities.words import (
    acceptability_sentence,
    acceptability_title,
    criteria_sentence,
    criterion_words,
    sequence_sentence,
    weights_sentence,
)
from nasssap_lib.priorities.words_switching_values import changes_sentence
from nasssap_lib.run.batch import run_batch
from nasssap_lib.terms import CRITERIA

PROJECT = Path(__file__).parents[2]
sys.path.insert(0, str(PROJECT / "tools"))
from draft_measures import _measure, _pointless, draft_measures, read_rows, write_rows  # noqa: E402

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


# options ----------------------------------------------------------------------------------------------------------------


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


@pytest.mark.parametrize("country", REAL)
def test_an_option_names_every_scheme_for_the_same_people_and_risk(country):
    """Schemes of its branch that already serve people outside formal employment, or that informal workers may join."""
    drafted = {row["id"]: row["branch"] for row in read_rows(PROJECT / "tools" / "mapping" / "measures.csv")}
    active = story(country)["pack"].schemes.query("status == 'active'")
    for measure in story(country)["pack"].measures.to_dict("records"):
        extension = measure["id"] in ("informal_pension", "injury_extension")
        people = active["population_category"] + ";" + (active["voluntary_for"] if extension else "")
        who = {"informal"} if extension else {"informal", "poor_households", "residents"}
        of_branch = active["branches"].str.split(";").map(lambda names, b=drafted[measure["id"]]: b in names)
        same = active[of_branch & people.str.split(";").map(lambda names, who=who: bool(who & set(names)))]
        for scheme in same.to_dict("records"):
            named = scheme["id"] in measure["related_scheme"].split(";")
            assert named or scheme["short_name"].lower() in measure["note"].lower(), (measure["id"], scheme["id"])


def test_drafts_from_an_inventory_that_was_made_up():
    scheme = {
        "status": "active",
        "population_category": "residents",
        "voluntary_for": "",
        "institution": "",
        "type": "universal",
    }
    mapping = {row["id"]: row for row in read_rows(PROJECT / "tools" / "mapping" / "measures.csv")}
    care = [scheme | {"id": "care", "short_name": "Care", "branches": "medical_care"}]
    assert _pointless(mapping["health_insurance"], care)
    assert not _pointless(mapping["health_insurance"], [care[0] | {"type": "fee_waiver"}])
    assert not _pointless(mapping["informal_pension"], care)
    savers = scheme | {"branches": "old_age", "population_category": "informal"}
    fund = savers | {"id": "fund", "short_name": "Fund", "type": "voluntary"}
    fishers = savers | {"id": "fishers", "short_name": "Fishers", "type": "community"}
    drafted = _measure(mapping["informal_pension"], [fund, fishers], {})
    assert (drafted["related_scheme"], drafted["relation"]) == ("fund", "build_on")
    assert "Fishers serves the same people and risk: do not crowd it out." in drafted["note"]
    alone = _measure(mapping["informal_pension"], [fishers], {})
    assert (alone["related_scheme"], alone["relation"]) == ("fishers", "crowding_out")


@pytest.mark.parametrize("country", REAL)
def test_the_tool_drafts_the_shipped_options_to_the_byte(country, tmp_path):
    rows = draft_measures(PROJECT / "data" / "raw" / country)
    write_rows(tmp_path / "measures.csv", schema.MEASURES.header(rows[0]), rows)
    assert (tmp_path / "measures.csv").read_bytes() == (
        PROJECT / "data" / "raw" / country / "measures.csv"
    ).read_bytes()


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


# criteria and ranks -----------------------------------------------------------------------------------------------------


def test_readiness_is_read_from_the_inventory():
    ready = assess_readiness(story("SEN")["pack"]).set_index("option")
    assert ready.loc["child_benefit", ["law", "register", "readiness"]].tolist() == ["CSS famille", "PNBSF", 1.0]
    assert ready.loc["public_works", "readiness"] == 0  # an observed zero in law
    transfer = ready.loc[
        "cash_transfer"
    ]  # PNBSF: an institution, a register, and a legal basis that is no law: not read
    assert np.isnan(transfer["readiness"])
    assert (transfer["low"], transfer["high"]) == (pytest.approx(2 / 3), pytest.approx(1))
    assert np.isnan(assess_readiness(story("ZMB")["pack"]).set_index("option").loc["maternity_benefit", "readiness"])


def test_a_scheme_whose_status_was_not_read_decides_nothing():
    ready = assess_readiness(story("BFA")["pack"]).set_index("option").loc["cash_transfer"]
    assert (ready["low"], ready["high"]) == (0, pytest.approx(1))


def test_equity_by_hand():
    # Senegal 2021, ASPIRE, social assistance: 39.10958 % of the poorest fifth, 26.82213 % of all: 0.2 × 39.10958 ÷ 26.82213
    equity = assess_equity(story("SEN")["pack"]).set_index("option")["equity"]
    assert equity["child_benefit"] == pytest.approx(0.2 * 39.10958 / 26.82213)
    assert equity["injury_extension"] == pytest.approx(0.2 * 0.92716 / 8.87263)
    assert np.isnan(assess_equity(story("MLI")["pack"]).set_index("option").loc["health_insurance", "equity"])


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_every_criterion_and_every_missing_value_a_reason(country):
    criteria = story(country)["criteria"]
    assert criteria.groupby("option")["criterion"].nunique().nunique() == 1
    assert (criteria.loc[criteria["value"].isna(), "reason"] != "").all()
    matrix = story(country)["matrix"]
    assert matrix.low.notna().all(axis=None) and matrix.high.notna().all(axis=None)
    assert (matrix.low <= matrix.high + 1e-12).all(axis=None)


@pytest.mark.parametrize("country", REAL)
def test_nobody_judges_a_real_country(country):
    assert set(story(country)["criteria"]["criterion"]) == set(CRITERIA)
    told = story(country)
    assert assess_positions(told["matrix"], told["pack"].stakeholders, told["options"]).empty


def test_severity_is_known_by_group_or_not_at_all():
    """Training country, 2022, national line: the nation's severity 5.75 % ÷ headcount 37.06 % is that among the poor."""
    severity = assess_severity(story("XTC")["pack"]).set_index("option")
    assert severity.loc["child_benefit", ["severity", "year"]].tolist() == [pytest.approx(0.0843), 2022]
    assert severity.loc["health_informal", "severity"] == pytest.approx(0.0575)  # everybody
    assert severity.loc["grant_more_poor", "severity"] == pytest.approx(0.0575 / 0.3706, rel=1e-3)
    assert severity.loc["maternity_grant", ["low", "high"]].tolist() == [0, severity["severity"].max()]
    assert "mothers" in severity.loc["maternity_grant", "reason"]
    for country in REAL:
        nation = assess_severity(story(country)["pack"])
        assert nation["severity"].isna().all() and set(nation["reason"]) == {NATIONAL_ONLY}


def test_without_severity_by_group_the_headcount_stands_for_it():
    pack = story("XTC")["pack"]
    known = dataclasses.replace(
        pack, facts=pack.facts[(pack.facts["indicator"] != "poverty_severity") | (pack.facts["group"] == "total")]
    )
    found = assess_severity(known).set_index("option")
    assert found.loc["child_benefit", ["indicator", "severity"]].tolist() == [
        "poverty_headcount",
        pytest.approx(0.4707),
    ]
    assert found.loc["grant_more_poor", "severity"] == 1


@pytest.mark.parametrize("country", ALL)
def test_further_criteria_are_shown_and_weighed_only_where_they_are_named(country):
    criteria = story(country)["criteria"]
    further = criteria[criteria["criterion"].isin(["severity", "poverty_effect"])]
    assert set(further["criterion"]) == {"severity", "poverty_effect"}
    assert not {"severity", "poverty_effect"} & set(story(country)["matrix"].values)
    assert (further.loc[further["criterion"] == "poverty_effect", "reason"] == "no_survey").all()
    named = criteria_matrix(criteria, order="severity>cost")
    assert ("severity" in named.values) == (country == "XTC")
    text = criteria_sentence(criteria)
    assert "effect on poverty (needs estimates from a household survey" in text
    assert ("Severity of poverty in its group" in text) == (country == "XTC")
    assert "n/a" in criteria_table(criteria)._repr_html_()


def test_an_order_of_criteria_is_read_or_refused():
    assert read_order(" equity > cost", ["cost", "equity"]) == ["equity", "cost"]
    for wrong in ("equity,cost", "equity>", ">", "equity>equity", "Equity>cost", "equity=1"):
        assert fault_of_order(wrong), wrong
    with pytest.raises(ParameterError, match="nothing known of 'severity'; there are cost"):
        read_order("severity", ["cost"])
    pack = story("XTC")["pack"]
    assert unknown_criteria(pack, "acceptance=1", "acceptance>severity") == {}
    assert "cots" in unknown_criteria(pack, order="equity>cots")["order"]


@pytest.mark.parametrize("wrong", ["equity>cots", "equity,cost", "equity>equity"])
def test_an_order_that_does_not_fit_is_refused_before_anything_runs(wrong, tmp_path):
    with pytest.raises(ParameterError, match="order: .*(did you mean 'cost'|equity>cost>gap_closed|named twice)"):
        open_chapter("03_priority_setting", "SEN", order=wrong)
    with pytest.raises(ParameterError, match="order: "):
        run_batch(["SEN"], ["03_priority_setting"], {"order": wrong}, "", tmp_path, 1)
    assert not list(tmp_path.rglob("*.ipynb")) and not list(tmp_path.rglob("run.json"))


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"weights": "severity=1"}, "nothing is known of 'severity' in SEN .*by group.*; something is known of gap_closed, .*equity$"),
        ({"order": "severity>cost"}, "order: nothing is known of 'severity' in SEN"),
        ({"weights": "sevrity=1"}, "weights: SEN has no criterion 'sevrity'; did you mean 'severity'"),
        ({"weights": "weather=1"}, "there are gap_closed, newly_covered, cost, readiness, equity, severity, poverty_effect"),
    ],
)  # fmt: skip
def test_a_criterion_of_which_nothing_is_known_is_refused_before_anything_runs(given, message, tmp_path):
    with pytest.raises(ParameterError, match=message):
        open_chapter("03_priority_setting", "SEN", **given)
    with pytest.raises(ParameterError, match=message):
        run_batch(["SEN"], ["03_priority_setting"], given, "", tmp_path, 1)
    assert not list(tmp_path.rglob("*.ipynb")) and not list(tmp_path.rglob("run.json"))


def test_an_order_says_which_views_are_admissible():
    told = story("SEN")
    some = accept_ranks(told["matrix"], told["criteria"], 2000, order=["cost", "equity"])
    assert acceptability_title(some, "Senegal").startswith("Senegal: ")
    assert "of admissible views" in acceptability_title(some, "Senegal")
    text = acceptability_sentence(some)
    assert "“Cost, % of GDP” weighs at least as much as “Reach of the poorest fifth”" in text
    assert "what is not named weighs at most as much as “Reach of the poorest fifth”" in text
    everything = accept_ranks(told["matrix"], told["criteria"], 2000)
    assert "of all views" in acceptability_title(everything, "Senegal")
    assert "respect the stated order" in acceptability_table(some)._repr_html_()
    assert "First in, of the views with the weights that suit it best" in acceptability_table(some)._repr_html_()


def test_judgements_are_a_criterion_of_their_own_and_marked():
    criteria = story("XTC")["criteria"]
    judged = criteria[criteria["criterion"] == "acceptance"].set_index("option")
    assert judged.loc["child_benefit", ["value", "low", "high"]].tolist() == [0.875, 0.85, 0.9]  # mean of 0.9 and 0.85
    assert set(judged["quality"]) == {"illustrative"}
    assert criterion_words("acceptance") == "Acceptance (judged)"


@pytest.mark.parametrize("country", ALL)
def test_contributions_add_up_to_the_score(country):
    told = story(country)
    scores = score_options(told["matrix"], told["weights"])
    ranking = told["ranking"].set_index("option")
    sums = scores.groupby("option")[["low", "high"]].sum()
    assert np.allclose(sums["low"], ranking["score_low"].reindex(sums.index))
    assert np.allclose(sums["high"], ranking["score_high"].reindex(sums.index))
    assert (scores["low"] <= scores["weight"] + 1e-12).all()
    assert ranking["score_high"].dropna().between(0, 1 + 1e-12).all()


def test_a_complete_matrix_gives_the_weighted_sum_of_the_library():
    told = story("SEN")
    filled = told["matrix"].values.fillna(told["matrix"].low)
    matrix = dataclasses.replace(told["matrix"], values=filled)
    expected = rank_options(filled, told["weights"], matrix.objectives)
    found = rank_sequence(matrix, told["weights"], told["criteria"]).set_index("option").loc[filled.index]
    assert found["rank_best"].tolist() == found["rank_worst"].tolist() == expected.table["rank"].tolist()
    assert np.allclose(found["score_high"], expected.table["score"])


@pytest.mark.parametrize("country", ALL)
def test_no_order_is_an_artefact_of_a_missing_value(country):
    """Whatever the missing values are, within what they could be, each option stays in its interval of ranks."""
    told, rng = story(country), np.random.default_rng(0)
    matrix, ranking = told["matrix"], told["ranking"].set_index("option")
    absent = matrix.values.isna()
    scale = matrix.values.where(~absent, matrix.low).min(), matrix.values.where(~absent, matrix.high).max()
    for _ in range(30):
        drawn = matrix.low + (matrix.high - matrix.low) * rng.random(absent.shape)
        values = matrix.values.where(~absent, drawn)
        share = (values - scale[0]) / (scale[1] - scale[0]).where(scale[1] > scale[0], 1)
        less = [name for name, better in matrix.objectives.items() if better == "min"]
        score = share.assign(**{name: 1 - share[name] for name in less}).mul(pd.Series(told["weights"])).sum(axis=1)
        rank = score.round(9).rank(ascending=False, method="min")
        assert (rank >= ranking["rank_best"].reindex(rank.index)).all()
        assert (rank <= ranking["rank_worst"].reindex(rank.index)).all()


def test_ranges_of_single_cells_narrow_the_interval():
    matrix = pd.DataFrame({"x": [np.nan, 0.0, 1.0], "y": [0.5, 1.0, 0.0]}, index=["a", "b", "c"])
    objectives, weights = {"x": "max", "y": "max"}, {"x": 1, "y": 1}
    wide = rank_interval(matrix, weights, objectives).set_index("option")
    # a: 0.5 × (0.6 … 0.7) + 0.25 = 0.55 … 0.6, b and c: 0.5 each
    narrow = rank_interval(matrix, weights, objectives, (matrix.fillna(0.6), matrix.fillna(0.7))).set_index("option")
    assert (wide.loc["a", "rank_best"], wide.loc["a", "rank_worst"]) == (1, 3)
    assert (narrow.loc["a", "rank_best"], narrow.loc["a", "rank_worst"]) == (1, 1)
    with pytest.raises(MissingEvidence, match="a"):
        rank_interval(matrix, weights, objectives, (matrix, matrix))


def test_the_weight_that_turns_the_leader_turns_it():
    told = story("SEN")
    matrix = dataclasses.replace(told["matrix"], values=told["matrix"].values.loc[told["matrix"].complete])
    change = what_changes_leader(matrix, told["weights"], told["options"]).query("kind == 'weight'").iloc[0]
    share = change["needed"] + 0.001 * np.sign(change["needed"] - change["now"])
    others = [name for name in matrix.values if name != change["criterion"]]
    beyond = {change["criterion"]: share, **dict.fromkeys(others, (1 - share) / len(others))}
    assert leaders(matrix, told["weights"]) == [change["leaders"]]
    assert leaders(matrix, beyond) == [change["new_leader"]]


def test_acceptability_adds_up_and_leaves_out_what_has_no_cost():
    told = story("HND")
    found = accept_ranks(told["matrix"], told["criteria"], draws=2000)
    ranks = found.filter(like="rank_")
    assert np.allclose(ranks.dropna().sum(axis=1), 1)
    assert np.allclose(ranks.sum(), 1)
    assert found.set_index("option").loc["disability_benefit", "rank_1":"rank_6"].isna().all()


def test_steps_of_the_sequence_are_separated_by_the_evidence():
    told = story("SEN")
    steps = propose_sequence(told["ranking"], accept_ranks(told["matrix"], told["criteria"], 500), told["options"])
    by_option = steps.set_index("option")["step"]
    # readiness of the cash transfer was not read: between those of the maternity benefit (0.698) and the child benefit (0.691)
    assert by_option["cash_transfer"] == by_option["maternity_benefit"] == 1
    assert by_option["child_benefit"] == 2 and by_option["social_pension"] == 3
    assert np.isnan(by_option["disability_benefit"])
    assert steps.set_index("option").loc["cash_transfer", "latest"] == 3
    assert "guarantees are due to all" in sequence_sentence(steps)


def test_one_unknown_value_does_not_lump_the_options_of_the_training_country():
    """Readiness of the public works is not known; the other nine keep their order, and the works could come last but one."""
    told = story("XTC")
    steps = propose_sequence(told["ranking"], pd.DataFrame({"option": []}), told["options"]).set_index("option")
    exact = steps.drop(index="works_on_demand")
    assert exact["step"].tolist() == list(range(1, 10)) and (exact["latest"] == exact["step"]).all()
    assert steps.loc["works_on_demand", ["step", "latest"]].tolist() == [3, 8]
    assert "at the latest: “Rural works on demand, 100 days a year” step 8" in sequence_sentence(steps)


def ranked_matrix(values, low, high, weights):
    better = {name: "min" if name == "c0" else "max" for name in values}
    names = {name: name for name in values.index}
    out = pd.DataFrame(columns=["option", "name", "reason"])
    matrix = Matrix(values, low, high, better, names, out)
    criteria = pd.DataFrame({"option": list(values.index), "source": "S"})
    return matrix, rank_sequence(matrix, weights, criteria)


@given(st.data())
def test_steps_are_the_levels_of_what_is_sure_and_no_filling_contradicts_them(data):
    """For every pair of steps where one was surely ahead, the weighted sum over whatever was filled in says the same; within a
    step nobody is surely ahead; one step earlier somebody stands who is.
    """
    n, m = data.draw(st.integers(2, 6)), data.draw(st.integers(1, 4))
    numbers = st.integers(0, 12)
    values = pd.DataFrame(
        data.draw(st.lists(st.lists(numbers, min_size=m, max_size=m), min_size=n, max_size=n)),
        [f"o{i}" for i in range(n)], [f"c{j}" for j in range(m)], dtype=float,
    )  # fmt: skip
    absent = np.array(data.draw(st.lists(st.booleans(), min_size=n * m, max_size=n * m))).reshape(n, m)
    width = np.array(data.draw(st.lists(numbers, min_size=n * m, max_size=n * m))).reshape(n, m)
    weights = {name: data.draw(st.integers(1, 5)) for name in values}
    low, high = values - width * absent, values + width * absent
    matrix, ranking = ranked_matrix(values.mask(absent), low, high, weights)
    options = pd.DataFrame({"option": values.index, "guarantee": "health"})
    steps = propose_sequence(ranking, pd.DataFrame({"option": []}), options).set_index("option")
    ahead = ranking.set_index("option")["surely_behind"].map(lambda text: set(filter(None, text.split(";"))))
    for option, names in ahead.items():
        expected = 1 + max((steps.loc[name, "step"] for name in names), default=0)
        assert steps.loc[option, "step"] == expected <= steps.loc[option, "latest"]
        assert not names & set(steps.index[steps["step"] == steps.loc[option, "step"]])
    for _ in range(4):
        filled = low + (high - low) * data.draw(st.sampled_from([0, 0.25, 0.5, 1]))
        filled = filled.where(~pd.DataFrame(width % 2 == 1, low.index, low.columns), low + high - filled)
        score = rank_options(filled, weights, matrix.objectives).table.set_index("option")["score"]
        assert all(score[name] > score[option] for option, names in ahead.items() for name in names)


def test_weights_of_a_notebook():
    assert read_weights("gap_closed=2, cost=1", ["gap_closed", "cost", "equity"]) == {
        "gap_closed": 2.0, "cost": 1.0, "equity": 0.0,
    }  # fmt: skip
    for wrong in ("cost", "cost=-1", "cost=1,cost=2", "cost=0", "cost=nan", "=1", "cost=1;equity=2"):
        assert fault_of_weights(wrong), wrong
    with pytest.raises(ParameterError, match="gap_clozed"):
        read_weights("gap_clozed=2", ["gap_closed"])


@pytest.mark.parametrize("order", [["c"], ["c", "a"], ["b", "d", "a"], ["d", "c", "b", "a"]])
def test_the_weights_of_an_order_are_the_mean_of_the_views_that_respect_it(order):
    """Against the draws of which the shares of views are counted, and 11/18, 7/36, 7/36 for one of three by hand."""
    matrix = pd.DataFrame(np.eye(4), index=list("pqrs"), columns=list("abcd"))
    found = rank_acceptability(matrix, dict.fromkeys("abcd", "max"), 40_000, weights="ordered", order=order)
    firsts = found.table.set_index("option")["rank_1"]
    mean = found.central_weights.fillna(0).mul(firsts, axis=0).sum()
    assert mean.to_dict() == pytest.approx(mean_weights(order, list("abcd")), abs=0.004)
    assert mean_weights(["y"], ["x", "y", "z"]) == pytest.approx({"x": 7 / 36, "y": 11 / 18, "z": 7 / 36})
    assert read_weights("", list("abcd"), order) == mean_weights(order, list("abcd"))
    assert read_weights("a=1", list("abcd"), order) == {"a": 1.0, "b": 0.0, "c": 0.0, "d": 0.0}


def test_a_stated_order_is_in_the_ranking_and_in_its_sentence():
    told = story("SEN")
    matrix = criteria_matrix(told["criteria"], order="cost>readiness")
    order = read_order("cost>readiness", matrix.values)
    weights = read_weights("", matrix.values, order)
    text = weights_sentence(weights, order)
    assert text.startswith(
        "The criteria weigh as the mean of all weights that respect the order “Cost, % of GDP” before “Readiness” before all others"
    )
    assert "cost, % of GDP 46\N{NO-BREAK SPACE}%, readiness 26\N{NO-BREAK SPACE}%" in text and "the same" not in text
    given = weights_sentence(read_weights("cost=1", matrix.values, order), order)
    assert given.startswith("Weights: cost") and "The stated order, “Cost, % of GDP” before “Readiness”" in given
    full = weights_sentence(mean_weights(list(weights), list(weights)), list(weights))
    assert "all others" not in full
    ranks = rank_sequence(matrix, weights, told["criteria"])[["option", "score_high"]]
    equal = rank_sequence(matrix, read_weights("", matrix.values), told["criteria"])[["option", "score_high"]]
    assert not ranks.equals(equal)


# needs and findings -----------------------------------------------------------------------------------------------------


def test_needs_of_senegal():
    needs = needs_by_group(story("SEN")["pack"]).set_index("group")
    # children 0 to 14, WPP 2024: 7,145,456 in 2025
    assert needs.loc["children", "gap"] == pytest.approx(7_074_001, abs=1)
    assert needs.loc["older_persons", "growth"] > 1
    assert needs.loc["severe_disability", "evidence"] == "no_rate"
    assert (needs.loc[needs["gap"].isna(), "reason"] != "").all()


def test_findings_of_a_real_country_are_what_a_dialogue_must_supply():
    found = assess_guarantees(story("RWA")["pack"])
    assert len(found) == 4
    assert (found["recommendation"] == "").all() and (found["reason"] != "").all()
    assert "CBHI" in found["provision"].iat[0]
    full = assess_guarantees(story("XTC")["pack"])
    assert (full["reason"] == "").all() and len(full) == len(story("XTC")["pack"].findings)


def test_a_pack_without_options_still_says_what_is_missing(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria)
    weights = read_weights("", matrix.values)
    ranking = rank_sequence(matrix, weights, criteria)
    acceptance = accept_ranks(matrix, criteria)
    changes = what_changes_leader(matrix, weights, options)
    steps = propose_sequence(ranking, acceptance, options)
    shown = [
        option_cards(options, pack.schemes), cost_table(options), equal_money_table(equal_money(options)),
        criteria_table(criteria), readiness_table(assess_readiness(pack)),
        ranking_table(ranking), changes_table(changes, matrix),
        acceptability_table(acceptance), sequence_table(steps),
        assessment_table(assess_guarantees(pack), needs_by_group(pack)), needs_table(needs_by_group(pack)),
    ]  # fmt: skip
    assert sum("nothing in the pack" in table._repr_html_() for table in shown) == 9
    assert "measures.csv" in options_sentence(options)
    assert "nothing to rank" in criteria_sentence(criteria)
    assert "No sequence" in sequence_sentence(steps)
    assert acceptability_sentence(acceptance) and changes_sentence(changes, matrix)
    assert equal_money_sentence(equal_money(options)) and weights_sentence(weights)


def test_checklist_of_codi_counts_findings_by_words_and_by_number():
    """CODI has 7, 4 and 7 key areas; one name stands in two modules; what is no area of CODI comes last."""
    said = pd.DataFrame({
        "guarantee": ["health", "health", "children", "children", "older_persons"],
        "codi_area": ["benefit design", "9", "Information dissemination & raising awareness", "18", "Weather"],
        "quality": "observed", "source": "S",
    })  # fmt: skip
    found = codi_checklist(said)
    areas = found[found["number"].notna()].set_index("number")
    assert areas.groupby("module", sort=False).size().tolist() == [7, 4, 7]
    assert areas.loc[9, ["health", "findings"]].tolist() == [2, 2]
    assert (areas.loc[6, "children"], areas.loc[18, "children"]) == (1, 2)
    assert areas["findings"].sum() == 5
    assert found.iloc[-1][["area", "older_persons"]].tolist() == ["Weather", 1]
    assert "none has a finding yet" in checklist_sentence(codi_checklist(said.head(0)))
    assert codi_table(codi_checklist(said.head(0))) is None
