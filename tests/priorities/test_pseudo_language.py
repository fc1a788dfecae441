"""In the pseudo-language no text on priorities is left out of the catalogue, and none is glued together."""

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text
from pseudo_language import faults_of_page, faults_of_text, listed, names_of
from stories import pack_of, story

from nasssap_lib.costing.options import at_common_level
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.scenario import Scenario, apply_scenario
from nasssap_lib.priorities.charts import plot_acceptability, plot_contributions
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.readiness import assess_readiness
from nasssap_lib.priorities.scenarios import compare_versions
from nasssap_lib.priorities.sequence import accept_ranks, propose_sequence, rank_sequence, score_options, what_holds
from nasssap_lib.priorities.switching_values import what_changes_leader
from nasssap_lib.priorities.tables import (
    acceptability_table,
    changes_table,
    criteria_table,
    holds_table,
    ranking_table,
    readiness_table,
    sequence_table,
)
from nasssap_lib.priorities.tables_scenarios import comparison_table
from nasssap_lib.priorities.weights import read_weights
from nasssap_lib.priorities.words import (
    criteria_sentence,
    holds_sentence,
    levels_sentence,
    methods_sentence,
    ranking_title,
    sequence_sentence,
    weights_sentence,
)
from nasssap_lib.priorities.words_scenarios import comparison_sentence
from nasssap_lib.priorities.words_switching_values import changes_sentence

COUNTRIES = [
    "SEN",
    pytest.param("XTC", marks=pytest.mark.soak),
]  # the reports of XTC are looked at in run/test_languages


def results(country: str, order: tuple[str, ...], weights: str = "") -> dict[str, pd.DataFrame]:
    told = story(country)
    criteria = assess_criteria(told["pack"], told["options"])
    matrix = criteria_matrix(criteria, weights, ">".join(order), told["options"])
    weighed = read_weights(weights, matrix.values, order)
    ranking = rank_sequence(matrix, weighed, criteria)
    acceptance = accept_ranks(matrix, criteria, 500, order=order, options=told["options"])
    same = at_common_level(told["options"])
    level = assess_criteria(told["pack"], same)
    there = criteria_matrix(level, weights, ">".join(order), same)
    return {
        "holds": what_holds(matrix, acceptance),
        "common": rank_sequence(there, weighed, level),
        "criteria": criteria,
        "readiness": assess_readiness(told["pack"]),
        "scores": score_options(matrix, weighed),
        "ranking": ranking,
        "changes": what_changes_leader(matrix, weighed, told["options"]),
        "acceptance": acceptance,
        "steps": propose_sequence(ranking, acceptance, told["options"]),
    }


def said_of(country: str, found: dict[str, pd.DataFrame], order: tuple[str, ...], weights: str) -> tuple[list, list]:
    """Pages of the tables, and all other texts."""
    told, name = story(country), pack_of(country).settings.name_en
    matrix = criteria_matrix(found["criteria"], weights, ">".join(order), told["options"])
    tables = [
        criteria_table(found["criteria"]),
        readiness_table(found["readiness"]),
        ranking_table(found["ranking"]),
        ranking_table(found["ranking"], found["common"]),
        holds_table(found["holds"]),
        changes_table(found["changes"], matrix),
        acceptability_table(found["acceptance"]),
        sequence_table(found["steps"]),
    ]
    said = [
        criteria_sentence(found["criteria"]),
        weights_sentence(read_weights(weights, matrix.values, order), order),
        changes_sentence(found["changes"], matrix),
        sequence_sentence(found["steps"]),
        holds_sentence(found["holds"]),
        methods_sentence(found["ranking"]),
        levels_sentence(found["ranking"], found["common"]),
        *(ranking_title(found["ranking"].assign(rank_best=best), name) for best in (float("nan"), 1.0)),
    ]
    caption = Caption(name, "")
    figures = [
        plot_contributions(found["scores"], found["ranking"], caption),
        plot_contributions(found["scores"][:0], found["ranking"], caption),
        plot_acceptability(found["acceptance"], caption),
    ]
    said += [text.get_text() for figure in figures for text in figure.findobj(Text)]
    return [table._repr_html_() for table in tables], [*said, *(figure.get_label() for figure in figures)]


def faults_of(country: str, pages: list[str], said: list[str]) -> list[str]:
    names = names_of(pack_of(country))
    faults = [fault for page in pages for fault in faults_of_page(Path(country), page, names)]
    return faults + [fault for text in said for fault in faults_of_text(text.replace("\n", " "), names)]


@pytest.mark.parametrize(
    ("order", "weights"),
    [
        ((), ""),
        pytest.param(("cost", "equity", "readiness"), "", marks=pytest.mark.soak),
        (("cost",), "cost=2,equity=1"),
    ],
)
@pytest.mark.parametrize("country", COUNTRIES)
def test_tables_sentences_and_pictures(country, order, weights):
    with in_language("qps"):
        found = results(country, order, weights)
        pages, said = said_of(country, found, order, weights)
    faults = faults_of(country, pages, said)
    assert not faults, listed(faults)
    here = results(country, order, weights)
    assert all(table.equals(here[name]) for name, table in found.items()), "results are the same in every language"


def test_scenarios():
    pack = pack_of("XTC")
    dear = {"amount_low": 20.0, "amount_central": 30.0, "amount_high": 40.0}
    changed = apply_scenario(pack, Scenario("dear", "XTC", measures={"child_benefit": dear}))
    with in_language("qps"):
        versions = compare_versions({"baseline": pack, "dear": changed, "same": pack})
        table = comparison_table(versions)._repr_html_()
        said = [comparison_sentence(versions), comparison_sentence(versions[:0])]
    faults = faults_of("XTC", [table.replace(">dear<", "><").replace(">same<", "><")], said)
    assert not faults, listed(faults)
