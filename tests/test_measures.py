"""Options, criteria and the order against hand calculations on published figures; what must hold for every country."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from small_pack import write_small_pack

from nasssap_lib import sentences, tables
from nasssap_lib.assessment import assess_guarantees, codi_checklist, needs_by_group
from nasssap_lib.criteria import assess_criteria, criteria_matrix, fault_of_weights, read_weights
from nasssap_lib.errors import MissingEvidence, ParameterError
from nasssap_lib.measures import OPTION_COLUMNS, assess_options, efficient_options, equal_money
from nasssap_lib.overturning import what_changes_leader
from nasssap_lib.pack import read_pack
from nasssap_lib.positions import assess_positions
from nasssap_lib.priorities import rank_interval, rank_options
from nasssap_lib.readiness import assess_equity, assess_readiness
from nasssap_lib.sequence import accept_ranks, leaders, propose_sequence, rank_sequence, score_options

REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]
ALL = [*REAL, "XTC"]
STORY = {}


def story(country: str) -> dict:
    """Everything that notebook 03 computes, once a country."""
    if country not in STORY:
        pack = read_pack(country)
        options = assess_options(pack)
        criteria = assess_criteria(pack, options)
        matrix = criteria_matrix(criteria)
        weights = read_weights("", matrix.values)
        STORY[country] = {
            "pack": pack, "options": options, "criteria": criteria, "matrix": matrix, "weights": weights,
            "ranking": rank_sequence(matrix, weights, criteria),
        }  # fmt: skip
    return STORY[country]


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


def test_severe_disability_is_listed_without_a_cost():
    for country in REAL:
        row = option(country, "disability_benefit")
        assert np.isnan(row["cost_central"])
        assert "prevalence" in row["reason"]
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
        ("HND", "maternity_benefit", "no published rate"),
        ("MLI", "maternity_benefit", "no published rate"),
        ("TZA", "child_benefit", "no published rate"),
        ("LKA", "cash_transfer", "to be verified"),
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
    assert list(options.columns) == OPTION_COLUMNS
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
    assert not story(country)["criteria"]["label"].str.contains("judged").any()
    assert assess_positions(story(country)["matrix"], story(country)["pack"].stakeholders).empty


def test_judgements_are_a_criterion_of_their_own_and_marked():
    criteria = story("XTC")["criteria"]
    judged = criteria[criteria["criterion"] == "acceptance"].set_index("option")
    assert judged.loc["child_benefit", ["value", "low", "high"]].tolist() == [0.875, 0.85, 0.9]  # mean of 0.9 and 0.85
    assert set(judged["quality"]) == {"illustrative"}
    assert judged["label"].str.endswith("(judged)").all()


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
    assert by_option["cash_transfer"] == by_option["maternity_benefit"] == 1
    assert by_option["child_benefit"] == 2
    assert np.isnan(by_option["disability_benefit"])
    assert "guarantees are due to all" in sentences.sequence_sentence(steps)


def test_weights_of_a_notebook():
    assert read_weights("gap_closed=2, cost=1", ["gap_closed", "cost", "equity"]) == {
        "gap_closed": 2.0, "cost": 1.0, "equity": 0.0,
    }  # fmt: skip
    for wrong in ("cost", "cost=-1", "cost=1,cost=2", "cost=0", "cost=nan", "=1", "cost=1;equity=2"):
        assert fault_of_weights(wrong), wrong
    with pytest.raises(ParameterError, match="gap_clozed"):
        read_weights("gap_clozed=2", ["gap_closed"])


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
        tables.option_cards(options, pack.schemes), tables.cost_table(options), tables.equal_money_table(equal_money(options)),
        tables.criteria_table(criteria), tables.readiness_table(assess_readiness(pack)),
        tables.ranking_table(ranking, criteria), tables.changes_table(changes, matrix, criteria),
        tables.acceptability_table(acceptance), tables.sequence_table(steps, criteria),
        tables.assessment_table(assess_guarantees(pack), needs_by_group(pack)), tables.needs_table(needs_by_group(pack)),
    ]  # fmt: skip
    assert sum("nothing in the pack" in table._repr_html_() for table in shown) == 9
    assert "measures.csv" in sentences.options_sentence(options)
    assert "nothing to rank" in sentences.criteria_sentence(criteria)
    assert "No sequence" in sentences.sequence_sentence(steps)
    assert sentences.acceptability_sentence(acceptance) and sentences.changes_sentence(changes, matrix, criteria)
    assert sentences.equal_money_sentence(equal_money(options)) and sentences.weights_sentence(weights, criteria)


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
    assert "none has a finding yet" in sentences.checklist_sentence(codi_checklist(said.head(0)))
    assert tables.codi_table(codi_checklist(said.head(0))) is None
