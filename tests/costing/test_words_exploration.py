"""What is said of a part of a picture of the workbench: formula, assumptions, rule, source; and where nothing is known."""

import pytest
from stories import pack_of

from nasssap_lib.costing import exploration
from nasssap_lib.costing.words_exploration import cost_words, gap_words, package_words, part_facts


@pytest.fixture(scope="module")
def ground():
    return exploration.prepare(pack_of("SEN"))


def test_parts_of_a_gap_that_is_not_known_are_there_without_a_value(ground):
    table = exploration.gap_parts(exploration.explore_gap(ground, "severe_disability", 2030, 0.5))
    assert len(table) == 3
    assert table[["value", "share"]].isna().all(axis=None)
    for part in table.to_dict("records"):
        facts = dict(part_facts(part, ""))
        assert facts["Value"].startswith("n/a (no published rate")
        assert facts["Source"] == "n/a"


def test_the_cost_of_each_measure_drawn_says_its_formula_and_assumptions(ground):
    changes = {
        "social_pension": {"amount_central": 20.0, "start_year": 2026, "full_year": 2026},
        "disability_benefit": {},
    }
    table = exploration.cost_parts(ground, exploration.explore_measures(ground, changes), changes, 2030)
    pension, disability = table.to_dict("records")
    assert pension["value"] == pytest.approx(
        pension["target_population"]
        * pension["share"]
        * 0.20
        * 1.05
        / ground.economy.set_index("year")["population"][2030]
    )
    assert pension["changed"].split(";") == ["amount_central", "start_year", "full_year"]
    facts = dict(part_facts(pension, "UN WPP 2024"))
    assert facts["Formula"].startswith("persons reached × benefit × months ÷ 12 × (1 + administration)")
    assert "benefit 20 % of GDP per head" in facts["Assumptions"]
    assert "administration 5\xa0% of benefits" in facts["Assumptions"]
    assert facts["Not as in the pack"] == "benefit, first year and year of full take-up"
    assert (facts["Quality"], facts["Source"]) == ("assumption", "UN WPP 2024")
    assert dict(part_facts(disability, ""))["Value"].startswith("n/a (")


def test_a_measure_that_is_not_paid_yet_is_no_cost_of_zero(ground):
    changes = {"social_pension": {"start_year": 2035, "full_year": 2035}}
    costs = exploration.explore_measures(ground, changes)
    (part,) = exploration.cost_parts(ground, costs, changes, 2030).to_dict("records")
    assert dict(part_facts(part, ""))["Value"] == "not paid before 2035"
    assert cost_words(costs, 2030) == "In 2030: Social pension from age 65: not paid yet"
    unknown = exploration.explore_measures(ground, {"disability_benefit": {}})
    assert "Disability benefit, severe disability: n/a (" in cost_words(unknown, 2030)


def test_what_measures_cost_together_is_told_gross_and_net_and_what_is_not_known_is_said(ground):
    def told(names, year=2030, of=ground):
        return package_words(exploration.explore_package(of, dict.fromkeys(names, {}), year), year).replace(
            "\u00a0", " "
        )

    assert told([]) == ""
    assert told(["social_pension"]) == "In 2030: nothing of today's spending is replaced"
    both = told(["social_pension", "cash_transfer"])
    assert both.startswith("Together in 2030, each person paid once, by what was added first: ")
    assert "for who is reached by two is not known" in both and "net of what it replaces" in both
    rwanda = exploration.prepare(pack_of("RWA"))
    lacking = told(["social_pension", "cash_transfer"], of=rwanda)  # what VUP spends was not found
    assert "net cost not known" in lacking and "what these options replace is not known" in lacking
    assert told(["disability_benefit"], of=rwanda).startswith("Together in 2030: n/a")


def test_what_a_reader_must_know_of_a_gap_stands_behind_it(ground):
    gap = exploration.explore_gap(ground, "at_least_one", 2030, 0.5)
    assert gap_words(gap.assign(reason="no_population_of_year"), "UN").endswith(
        "UN · no population was published for the year"
    )
