"""Sentences on the action plan, against the tables that they speak of."""

import re

import pytest

from nasssap_lib.action_plan.money import open_points, plan_costs
from nasssap_lib.action_plan.schedule import schedule_activities
from nasssap_lib.action_plan.words import (
    costs_sentence,
    critical_sentence,
    gantt_title,
    plan_answer,
    points_sentence,
    workload_sentence,
)
from nasssap_lib.action_plan.workload import institution_workload
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_findings_are_whole_sentences(country, language):
    pack = read_pack(country)
    with in_language(language, pack.translations(language)):
        findings = plan_answer(schedule_activities(pack), plan_costs(pack), open_points(pack), pack.settings.currency)
    assert [exhibit for *_words, exhibit in findings] == (["gantt", "plan_costs"] if country == "XTC" else ["skeleton"])
    assert all(words.endswith(".") and not re.search(r"\bnan\b|[{}]", words + sure) for words, sure, _ in findings)


def test_the_end_of_the_plan_and_what_it_hangs_on():
    pack = read_pack("XTC")
    words = critical_sentence(schedule_activities(pack))
    assert "2028-06" in words and "“One number for each worker in all funds”" in words and "“Pass the" not in words
    assert critical_sentence(schedule_activities(read_pack("SEN"))) == ""
    assert gantt_title(schedule_activities(pack), "T") == "T: 13 activities from 2025-07 to 2028-06"


def test_what_the_plan_costs_is_the_sum_of_the_pack():
    pack = read_pack("XTC")
    activities = pack.activities
    assert activities["cost"].sum() == 3835 and round((activities["cost"] * (1 - activities["financed"])).sum()) == 1901
    words = costs_sentence(plan_costs(pack), "XTS")
    assert "3,840 million XTS from 2025 to 2028; 1,900" in words and "50\N{NO-BREAK SPACE}%" in words
    assert costs_sentence(plan_costs(read_pack("SEN")), "XOF") == ""


def test_a_cost_that_is_not_stated_makes_the_sum_a_lower_bound():
    costs = plan_costs(read_pack("XTC"))
    costs.loc[0, "reason"] = "no_cost_stated"
    assert "cost at least 3,840" in costs_sentence(costs, "XTS")


def test_what_is_open_and_where_work_heaps_up():
    pack = read_pack("XTC")
    words = points_sentence(open_points(pack))
    assert "Of 2 activities nothing is financed" in words and "Maternity grant" in words
    assert (
        workload_sentence(institution_workload(pack))
        == "Most work at once lies with Ministry of Health: 2 activities in Q2 2026."
    )
    assert workload_sentence(institution_workload(read_pack("SEN"))) == ""


def test_of_many_names_the_first_stand_and_the_rest_is_counted():
    points = open_points(read_pack("XTC"))
    bare = points.assign(lacks="no_activity")
    assert f"and {len(bare) - 4} more" in points_sentence(bare)
