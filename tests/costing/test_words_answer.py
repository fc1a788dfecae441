"""The answer of the chapter on costs, against the numbers of the tables that it speaks of."""

import numpy as np
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib import costing
from nasssap_lib.costing.milestones import options_in_year
from nasssap_lib.costing.words_answer import costing_answer
from nasssap_lib.display.numbers import format_share


def parts_of(country, pack=None):
    pack = pack or pack_of(country)
    costs = costing.cost_package(pack)
    at = costing.milestones_of(costs, pack.measures)
    ready = costing.prepare_package(pack)
    bands = costing.bands(costing.draw_package(ready, draws=200))
    swings = costing.dearest_tornado(ready, costs, at)
    combined = costing.combine_options(costs, pack, list(pack.measures["id"]))
    return costs, combined, bands, swings, at


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_it_begins_with_what_all_options_cost_and_names_the_year(country):
    costs, combined, bands, *others, at = parts_of(country)
    findings = costing_answer(costs, combined, bands, *others, at)
    assert 1 <= len(findings) <= 2 and all(words.endswith(".") for words, _, _ in findings)
    once = options_in_year(combined, at.mature).loc["all", "share_of_gdp"]
    words, sure, exhibit = findings[0]
    assert exhibit == "cost_bands" and str(at.mature) in words
    assert format_share(once, 1) in words  # each person paid once, of what can be costed
    band = bands[(bands["option"] == "total") & (bands["year"] == at.mature)].iloc[0]
    assert format_share(band["low"], 1) in sure and format_share(band["high"], 1) in sure
    assert "weighs most" in sure  # the assumption that would have to be known better first


def test_an_option_in_money_whose_cost_is_known_for_a_while_is_not_lost_without_a_word():
    """A pension in money, indexed to prices: no consumer prices after 2030, the last year of Senegal's source of the economy."""
    pack = pack_of("SEN")
    measures = pack.measures.assign(indexing="gdp_per_head").set_index("id", drop=False)
    measures.loc["social_pension", ["amount_low", "amount_central", "amount_high"]] = [8_000.0, 10_000.0, 15_000.0]
    measures.loc["social_pension", ["amount_basis", "indexing"]] = ["lcu_per_month", "prices"]
    costs, combined, bands, swings, at = parts_of("SEN", pack.with_tables(measures=measures.reset_index(drop=True)))
    words, sure, exhibit = costing_answer(costs, combined, bands, swings, at)[0]
    once = options_in_year(combined, 2030).loc["all", "share_of_gdp"]
    assert at.mature == 2031 and exhibit == "cost_bands"
    assert words.startswith(
        f"The 8 options that can be costed would cost {format_share(once, 1)} of GDP together in 2030"
    )
    assert words.endswith("From 2031 on, the cost of “Social pension from age 65” is not known.")
    band = bands[(bands["option"] == "total") & (bands["year"] == 2030)].iloc[0]
    assert format_share(band["high"], 1) in sure


def test_the_net_cost_is_told_of_those_that_replace_spending():
    costs, *others, at = parts_of("SEN")
    net = next(finding for finding in costing_answer(costs, *others, at) if "Net of the spending" in finding[0])
    row = options_in_year(costs, at.mature).loc["cash_transfer"]
    assert f"{format_share(row['net_share_of_gdp'], 2)} instead of {format_share(row['share_of_gdp'], 2)}" in net[0]


def test_what_costs_less_than_it_replaces_is_no_saving():
    """Sri Lanka's cash transfer: 0.38 % of GDP against 0.69 % that Aswesuma's budget takes."""
    costs, *others, at = parts_of("LKA")
    found = costing_answer(costs, *others, at)
    (words, sure) = next((words, sure) for words, sure, _ in found if "Less than the spending" in words)
    assert "0.38\N{NO-BREAK SPACE}% against 0.69\N{NO-BREAK SPACE}%" in words and "No saving" in sure
    assert not any("−" in words and "Net of the spending" in words for words, _, _ in found)


def test_what_is_not_known_is_said_and_nothing_is_made_up():
    costs, combined, bands, swings, at = parts_of("SEN")
    nothing = costs.assign(share_of_gdp=np.nan, net_share_of_gdp=np.nan, replaced=0.0)
    found = costing_answer(nothing, combined, bands.assign(low=np.nan), swings.iloc[:0], at)
    assert found[0][0] == "What the options would cost is not known."
    assert [exhibit for *_, exhibit in found] == ["package"]
    assert costing_answer(costs.iloc[:0], combined, bands.iloc[:0], swings.iloc[:0], None)[0][2] == "package"
