"""In the pseudo-language no text of the costing is left out of the catalogue, and none is glued together."""

from pathlib import Path

import pandas as pd
import pytest
from matplotlib.text import Text
from pseudo_language import faults_of_page, faults_of_text, listed, names_of
from stories import pack_of, story

from nasssap_lib.costing import exploration
from nasssap_lib.costing.charts import plot_frontier
from nasssap_lib.costing.charts_exploration import plot_cost_path, plot_target_gap
from nasssap_lib.costing.charts_ranges import plot_cost_bands, plot_tornado
from nasssap_lib.costing.options import assess_options, equal_money
from nasssap_lib.costing.outturn import model_against_outturn
from nasssap_lib.costing.ranges import bands, draw_package, prepare_package, tornado
from nasssap_lib.costing.stress import stress_cases
from nasssap_lib.costing.tables import cost_table, equal_money_table, option_cards
from nasssap_lib.costing.tables_outturn import not_recomputed, outturn_table
from nasssap_lib.costing.words import equal_money_sentence, frontier_sentence, options_sentence
from nasssap_lib.costing.words_exploration import cost_words, gap_words, part_facts, part_words
from nasssap_lib.costing.words_ranges import case_sentence, share_of_draws_sentence
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language

COUNTRIES = [
    "SEN",
    pytest.param("XTC", marks=pytest.mark.soak),
]  # the reports of XTC are looked at in run/test_languages
GAPS = [("at_least_one", "total", 0.5), ("at_least_one", "total", 0.01), ("severe_disability", "total", 0.5)]


def faults_of_texts(texts, names) -> list[str]:
    return [fault for text in texts for fault in faults_of_text(text.replace("\n", " "), names)]


def texts_of(figure) -> list[str]:
    """What stands in a picture, and what is read instead of it."""
    return [*(text.get_text() for text in figure.findobj(Text)), figure.get_label()]


@pytest.mark.parametrize("country", COUNTRIES)
def test_tables_sentences_and_the_frontier(country):
    pack, options = pack_of(country), story(country)["options"]
    names, caption = names_of(pack), Caption(pack.settings.name_en, "")
    with in_language("qps"):
        equal = equal_money(options)
        tables = [option_cards(options, pack.schemes), cost_table(options), equal_money_table(equal)]
        pages = [table._repr_html_() for table in tables]
        said = [options_sentence(part) for part in (options, options[:1], options[:0])]
        said += [frontier_sentence(options), equal_money_sentence(equal), equal_money_sentence(equal[:0])]
        twice = pd.concat([options, options.assign(option=options["option"] + "_2")], ignore_index=True)
        shown = [options, options.assign(newly_covered_low=0.0), options[:1], twice]
        said += [text for some in shown for text in texts_of(plot_frontier(some, caption))]
    faults = [fault for page in pages for fault in faults_of_page(Path(country), page, names)]
    faults += faults_of_texts(said, names)
    assert not faults, listed(faults)


@pytest.mark.parametrize("country", COUNTRIES)
def test_the_workbench(country):
    pack = pack_of(country)
    ground, names, caption = exploration.prepare(pack, 2035), names_of(pack), Caption(pack.settings.name_en, "")
    changes = {measure: {} for measure in pack.measures["id"]} | {pack.measures["id"].iat[0]: {"amount_central": 33.0}}
    with in_language("qps"):
        gaps = [exploration.explore_gap(ground, group, 2030, aim, sex) for group, sex, aim in GAPS]
        costs = exploration.explore_measures(ground, changes)
        said = [gap_words(gap, "") for gap in gaps] + [cost_words(costs, 2030), cost_words(costs[:0], 2030)]
        parts = [part for gap in gaps for part in exploration.gap_parts(gap).to_dict("records")]
        parts += exploration.cost_parts(ground, costs, changes, 2030).to_dict("records")
        said += [text for part in parts for pair in part_facts(part, "") for text in pair] + [*map(part_words, parts)]
        figures = [*(plot_target_gap(gap, caption) for gap in gaps), plot_cost_path(costs, caption)]
        said += [text for figure in figures for text in texts_of(figure)]
    faults = faults_of_texts(said, names)
    assert not faults, listed(faults)


@pytest.mark.parametrize("country", COUNTRIES)
def test_results_are_the_same_in_every_language(country):
    with in_language("qps"):
        again = assess_options(pack_of(country))
    assert again.equals(story(country)["options"])
    assert not again.astype(str).apply(lambda column: column.str.contains("⟦")).any(axis=None)


@pytest.mark.parametrize("country", COUNTRIES)
def test_ranges_and_the_model_against_outturn(country):
    pack = pack_of(country)
    names, caption = names_of(pack), Caption(pack.settings.name_en, "")
    ready = prepare_package(pack, [2027, 2030])
    table, stress = bands(draw_package(ready, draws=50)), stress_cases(pack, [2027])
    outturn = model_against_outturn(pack)
    with in_language("qps"):
        page = outturn_table(outturn, pack.settings.currency)._repr_html_()
        said = [not_recomputed(outturn), share_of_draws_sentence(0.5, 0.01, 2030), case_sentence(stress, 2027)]
        figures = [plot_cost_bands(table, caption, option) for option in ("total", *pack.measures["id"])]
        figures += [plot_tornado(tornado(ready, option, 2030), caption, 2030) for option in pack.measures["id"]]
        said += [text for figure in figures for text in texts_of(figure)]
    faults = [*faults_of_page(Path(country), page, names), *faults_of_texts(said, names)]
    assert not faults, listed(faults)
