"""Sentences of the roadmap, against the tables that they speak of."""

import re

import pytest
from planned_roadmaps import planned
from stories import FIRST_THEN_ALL

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.roadmap.plan import plan_roadmap
from nasssap_lib.roadmap.words import (
    aim_sentence,
    binding_sentence,
    breaks_sentence,
    high_sentence,
    in_the_way_sentence,
    left_out_sentence,
    money_sentence,
    order_sentence,
    roadmap_answer,
    roadmap_title,
    starting,
    starts_of,
)


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_two_findings_in_whole_sentences(country, language):
    with in_language(language, read_pack(country).translations(language)):
        findings = roadmap_answer(planned(country))
    assert [exhibit for *_words, exhibit in findings] == ["roadmap", "money"]
    for words, sure, _exhibit in findings:
        assert words.endswith(".") and not re.search(r"\bnan\b|<NA>|[{}]", words + sure)


def test_what_fits_and_what_is_broken_is_said_with_year_and_amount():
    found = planned("XTC")
    words = order_sentence(found)
    worst = found.breaks.query("kind == 'envelope'").sort_values("amount").iloc[-1]
    assert all(str(year) in words for year in starts_of(found).values())
    assert str(worst["year"]) in words and format_share(worst["amount"], 2) in words
    assert "5 options before their activities end" in words and "Ministry of Social Affairs" in words
    assert breaks_sentence(found._replace(breaks=found.breaks.head(0))) == "The assumed order keeps all rules."
    assert breaks_sentence(planned("SEN")) == ""


def test_the_year_that_holds_the_order_back_is_the_one_with_least_left():
    found = planned("XTC")
    least = found.best_costs.sort_values("left").iloc[0]
    assert f"{int(least['year'])}, in which {format_share(least['left'], 2)}" in binding_sentence(found)
    assert binding_sentence(planned("SEN")) == ""


def test_without_money_it_says_so_and_tries_amounts_that_are_no_proposal():
    found = planned("SEN")
    assert "No finance is proposed" in order_sentence(found) and "no proposal" in money_sentence(found)
    assert aim_sentence(found) == "" and "Disability benefit" in left_out_sentence(found)
    assert "no finance is proposed" in roadmap_title(found, "T") and starts_of(found)["social_pension"] == 2027


def test_an_option_that_pays_before_its_activities_end_is_told_without_money_too():
    """XTC types child_benefit for 2027, and its activities end in 2028; the money is taken away, the dates are not."""
    pack = read_pack("XTC")
    found = plan_roadmap(pack.with_tables(financing=pack.financing.iloc[:0]))
    assert found.best is None
    assert set(found.breaks["kind"]) == {"earliest", "capacity"}
    assert ("earliest", "child_benefit") in set(zip(found.breaks["kind"], found.breaks["option"], strict=True))
    early = int((found.breaks["kind"] == "earliest").sum())
    assert order_sentence(found).endswith(f"The assumed order starts {early} options before their activities end.")


@pytest.mark.parametrize(("language", "words"), [("en", "1 option could start"), ("fr", "1 option pourrait commencer")])
def test_one_option_is_told_in_the_singular(language, words):
    found = planned("SEN")
    one = found._replace(money=found.money.iloc[-1:].assign(options="social_pension"))
    with in_language(language):
        assert words in money_sentence(one)


def test_the_aim_names_the_guarantee_that_is_closed_least():
    found = planned("XTC")
    assert "basic income security for children" in aim_sentence(found) and "Proved to be the best" in aim_sentence(
        found
    )
    assert "3 of 10 options fit" in roadmap_title(found, "T") and "bound to some options" in left_out_sentence(found)
    open_gap = found._replace(best=found.best._replace(proved=False, gap=0.02))
    assert format_share(0.02, 1) in aim_sentence(open_gap)


def test_more_money_names_only_what_it_adds():
    found = planned("XTC")
    words = money_sentence(found)
    now, then = (set(starting(cell)) for cell in found.money["options"])
    names = dict(zip(found.ready.options["option"], found.ready.options["name"], strict=True))
    assert all((names[option] in words) == (option in then - now) for option in then | now)
    same = found.money.assign(options=found.money["options"].iat[0])
    assert "no further option" in money_sentence(found._replace(money=same))


def test_where_nothing_can_be_ordered_one_finding_says_so():
    found = planned("SEN")
    bare = found._replace(typed_costs=found.typed_costs.head(0), money=found.money.head(0))
    assert [exhibit for *_words, exhibit in roadmap_answer(bare)] == ["order"] and money_sentence(bare) == ""


def test_high_costs_are_told_of_both_orders():
    found = planned("XTC")
    worst = found.high.query("order == 'best'").sort_values("amount").iloc[-1]
    words = high_sentence(found)
    assert (
        f"in {worst['year']} by {format_share(worst['amount'], 2)}" in words
        and "The assumed order then costs more" in words
    )
    assert "stays within the money. So does the assumed order." in high_sentence(
        found._replace(high=found.high.head(0))
    )
    assert high_sentence(planned("SEN")) == ""


def test_what_is_in_the_way_of_all_options():
    found = planned("XTC")
    table = found.in_the_way
    most = table.sort_values("amount").iloc[-1]
    assert f"in {len(table)} years, in {most['year']} by {format_share(most['amount'], 2)}" in in_the_way_sentence(
        found
    )
    assert "All options can start" in in_the_way_sentence(found._replace(in_the_way=table.head(0)))
    assert "More money alone" in in_the_way_sentence(found._replace(in_the_way=table.assign(relaxed="capacity")))
    assert "No single rule" in in_the_way_sentence(found._replace(in_the_way=table.assign(relaxed="all")))
    assert in_the_way_sentence(planned("SEN")) == ""
