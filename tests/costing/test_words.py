"""Sentences on options: what they count, what they leave open, and what they say where nothing is known."""

import numpy as np
import pandas as pd
import pytest
from stories import story

from nasssap_lib.costing.options import equal_money
from nasssap_lib.costing.words import (
    draws_title,
    equal_money_sentence,
    frontier_sentence,
    frontier_title,
    options_sentence,
    rule_words,
    write_level,
)  # fmt: skip


@pytest.fixture
def options():
    """The ten options of the training country."""
    return story("XTC")["options"]


def test_options_are_counted_with_those_that_have_a_cost_and_guarantees_without_an_option(options):
    assert options_sentence(options).startswith("10 options answer the gap table; 10 of them can be costed.")
    children = options[options["guarantee"] == "children"]
    unknown = children.assign(cost_central=[np.nan, *children["cost_central"][1:]])
    text = options_sentence(unknown)
    assert f"{len(children)} options answer the gap table; {len(children) - 1} of them can be costed." in text
    for guarantee in ("health care", "persons of active age", "older persons"):
        assert guarantee in text.split("No option serves")[1].split(":")[0]


def test_a_level_above_thirty_percent_is_named(options):
    assert "unusually high" not in options_sentence(options)
    high = options.assign(flag=["high_level", *options["flag"][1:]])
    assert "unusually high: “Benefit for every child under five”" in options_sentence(high)


def test_the_title_names_the_benefit_that_covers_most_newly_and_says_what_cannot_be_compared(options):
    """Child benefit: 1,478,549 children × 85 % × (1 − 11.49 %) = 1.11 million; more are insured, which is another list."""
    assert pytest.approx(1.11e6, abs=3_000) == 1_478_549 * 0.85 * (1 - 0.1149)
    title = frontier_title(options, "Zephyria")
    assert title.startswith(
        "Zephyria, benefits that are paid: Benefit for every child under five newly covers the most people, 1.1 million"
    )
    subsidies = frontier_title(options[options["kind"] == "subsidy"], "Zephyria")
    assert subsidies.startswith(
        "Zephyria: State health cover for informal workers newly covers the most people, 5.1 million"
    )
    other = options.assign(
        newly_covered_central=options["newly_covered_central"].mask(options["option"] == "pension_65")
    )
    assert "of what can be compared" in frontier_title(other, "Zephyria")
    assert (
        frontier_title(options.assign(cost_central=np.nan), "Z")
        == "Z: no option can be set between cost and persons yet"
    )


def test_of_a_benefit_that_builds_on_a_scheme_the_title_says_how_many_of_all_it_pays_are_new(options):
    """Pension: 85 % of 714,151 are paid, 607,000; less the 214,000 who are on the register, 393,000 are new."""
    pension = frontier_title(options[options["option"] == "pension_65"], "Zephyria")
    assert pension.startswith(
        "Zephyria: Older Citizens' Pension from 65 on newly covers the most people, 393,000 of 607,000 reached, for "
    )


def test_what_is_beaten_is_not_among_those_that_no_other_beats(options):
    text = frontier_sentence(options)
    assert "“State health cover for informal workers”" in text
    assert "Older Citizens' Pension" not in text  # it costs more and newly covers fewer than the health cover
    assert "lower bound" in frontier_sentence(options.assign(cost_central=np.nan))


def test_of_one_sum_the_most_and_the_fewest_persons_are_named():
    equal = pd.DataFrame(
        {"name": ["A", "B", "C"], "money": [0.001, 0.001, 0.01], "persons": [2_000_000.0, 30_000.0, 9e6]}
    )
    text = equal_money_sentence(equal)
    assert text.startswith("With 0.1\N{NO-BREAK SPACE}% of GDP, “A” reaches 2 million persons and “B” 30,000")
    assert "“C”" not in text  # another sum


def test_nothing_in_the_pack_is_said(options):
    nothing = options[:0]
    assert "measures.csv" in options_sentence(nothing) == frontier_sentence(nothing)
    assert "cannot be said" in equal_money_sentence(equal_money(nothing))
    assert "is not known" in draws_title(pd.DataFrame({"option": [], "cost": []}), "Zephyria")


def test_the_title_of_draws_holds_nine_of_ten_of_the_dearest():
    """Costs of 0 to 1 % in steps of 0.01 %: nine of ten lie between 0.05 and 0.95 %."""
    ladder = pd.DataFrame({"option": "a", "name": "A", "cost": np.arange(101) / 10_000})
    cheap = ladder.assign(option="b", name="B", cost=ladder["cost"] / 2)
    title = draws_title(pd.concat([cheap, ladder]), "Zephyria")
    assert (
        title
        == "“A” costs most: nine of ten draws lie between 0.05\N{NO-BREAK SPACE}% and 0.95\N{NO-BREAK SPACE}% of GDP"
    )


def test_a_level_that_is_not_known_has_no_percent_sign():
    assert (write_level(float("nan")), write_level(12.5)) == ("n/a", "12.5\N{NO-BREAK SPACE}%")


def test_whom_a_rule_leaves_out_stands_at_its_end():
    assert rule_words("not_covered; whole_population") == rule_words("whole_population; not_covered")
    assert rule_words("not_covered; whole_population") == "whole population, not covered"
