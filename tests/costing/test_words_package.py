"""What is said of a package, against the figures of its tables."""

import numpy as np
import pytest
from stories import pack_of

from nasssap_lib import costing
from nasssap_lib.costing.milestones import options_in_year
from nasssap_lib.costing.words_package import (
    levels_note,
    outturn_sentence,
    package_sentence,
    together_sentence,
)
from nasssap_lib.display.numbers import format_persons, format_share


@pytest.fixture(scope="module")
def senegal():
    pack = pack_of("SEN")
    costs = costing.cost_package(pack)
    return pack, costs, costing.milestones_of(costs, pack.measures)


def test_it_names_the_dearest_option_and_what_replaces_spending(senegal):
    _, costs, at = senegal
    rows = options_in_year(costs, at.mature)
    said = package_sentence(costs, at)
    dearest = rows.loc[rows["share_of_gdp"].idxmax()]
    assert f"“{dearest['name']}”: {format_share(dearest['share_of_gdp'], 2)}" in said
    assert f"{rows['share_of_gdp'].notna().sum()} of {len(rows)} options can be costed" in said
    replacing = rows.loc[rows["replaced"] > 0, "name"].tolist()
    assert replacing and f"Published spending of schemes, each of its own year, is replaced by “{replacing[0]}”" in said


def test_where_nothing_can_be_costed_it_says_so(senegal):
    _, costs, at = senegal
    assert "not known" in package_sentence(costs.assign(share_of_gdp=np.nan), at)
    assert "hold none, or no population" in package_sentence(costs.iloc[:0], None)


def test_the_sum_is_that_of_all_and_names_the_order(senegal):
    pack, costs, at = senegal
    order = ["social_pension", *(name for name in pack.measures["id"] if name != "social_pension")]
    combined = costing.combine_options(costs, pack, order)
    said = together_sentence(combined, at)
    row = options_in_year(combined, at.mature).loc["all"]
    assert format_share(row["share_of_gdp"], 2) in said and "The order: “Social pension from age 65”" in said
    plain = options_in_year(costs, at.mature)["share_of_gdp"].sum()
    assert row["share_of_gdp"] <= plain  # nobody is paid twice


def test_a_level_that_erodes_is_named_with_both_ends(senegal):
    pack, costs, at = senegal
    levels = costing.level_checks(pack, costs, (at.mature, at.last))
    assert "No level erodes" in levels_note(levels)
    falling = levels.assign(level=levels["level"].where(levels["year"] != at.last, levels["level"] / 2))
    assert "“Social pension from age 65” from 10\N{NO-BREAK SPACE}% to 5\N{NO-BREAK SPACE}%" in levels_note(falling)


def test_the_largest_difference_from_outturn_is_told():
    """Sri Lanka's Aswesuma is the one scheme of the country whose three figures are known of one year."""
    table = costing.model_against_outturn(pack_of("LKA"))
    known = table[table["modelled"].notna()]
    assert {"budget", "outturn"} == set(known["kind"])
    known = known[known["kind"] == "outturn"]
    far = known.loc[known["difference"].abs().idxmax()]
    said = outturn_sentence(table)
    assert known["scheme"].nunique() == 1 and f"for 1 scheme of {table['scheme'].nunique()}; the largest" in said
    assert f"{format_share(abs(far['difference']), 0)} ({far['short_name']}, {far['kind']} of {far['year']})" in said
    assert "come to it within 1 %" in outturn_sentence(table.assign(difference=table["difference"] * 0.001))
    assert "None of" in outturn_sentence(table.assign(modelled=np.nan, tested=False))


def test_what_a_source_itself_multiplied_is_no_test_of_the_model():
    """Honduras: 785 families of one department; Senegal: of two readings one is the product of its own source."""
    said = outturn_sentence(costing.model_against_outturn(pack_of("HND")))
    assert said.startswith("No scheme could be tested: of 1 of ") and "within 1 %" not in said
    assert "(PNBSF, budget of 2016)" in outturn_sentence(costing.model_against_outturn(pack_of("SEN")))


def test_who_is_still_paid_under_old_rules_is_told(senegal):
    _, costs, at = senegal
    said = costing.transition_note(costs, at)
    assert "Until 2031" in said and "“Cash transfer to all poor persons (PNBSF)”" in said
    assert costing.transition_note(costs.assign(double_payment=0.0), at) == ""


def test_persons_are_written_as_elsewhere(senegal):
    _, costs, at = senegal
    rows = options_in_year(costs, at.mature)
    dearest = rows.loc[rows["share_of_gdp"].idxmax()]
    assert f"for {format_persons(dearest['persons'])} persons" in package_sentence(costs, at)
