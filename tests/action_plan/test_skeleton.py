"""The skeleton of a plan: steps of each option, with names of the pack and no dates."""

from dataclasses import replace

import pytest
from stories import ALL, pack_of

from nasssap_lib.action_plan.skeleton import SKELETON_COLUMNS, plan_skeleton
from nasssap_lib.priorities.readiness import assess_readiness
from nasssap_lib.reasons import english
from nasssap_lib.terms import PLAN_STEPS, STEP_STATES


def steps(country, option):
    table = plan_skeleton(pack_of(country))
    return table[table["option"] == option].set_index("step")


def test_steps_of_the_training_country_by_hand():
    table = steps("XTC", "pension_65")
    assert table.loc["law", "found"] == "Older Citizens Act, 2016 (OCP)"
    assert table.loc["institution", "found"] == "Ministry of Social Affairs (OCP)"
    assert table["state"].to_dict() == {
        "law": "found", "institution": "found", "register": "found", "channel": "found", "financing": "missing", "monitoring": "found",
    }  # fmt: skip
    assert table.loc["financing", "reason"] == "no_proposal_names_option"
    assert steps("XTC", "health_mutuals").loc["financing", "state"] == "found"  # the tax on sugar is proposed for it


def test_a_law_that_was_not_read_is_not_missing():
    row = steps("XTC", "child_benefit").loc["law"]
    assert row[["state", "reason"]].tolist() == ["not_known", 'not_read {"item": "law"}']


def test_an_option_that_no_scheme_serves_needs_everything_but_its_own_institution():
    table = steps("XTC", "maternity_grant")
    assert table["state"][["law", "register", "channel"]].tolist() == ["missing"] * 3
    assert table.loc["institution", ["state", "found"]].tolist() == ["found", "Ministry of Health"]
    assert table.loc["law", "reason"] == "no_scheme_for_these_people"


def test_where_the_inventory_lists_no_scheme_nothing_is_said_to_be_missing():
    table = steps("SEN", "disability_benefit")
    assert table["state"][["law", "institution", "register"]].tolist() == ["not_known"] * 3
    assert table.loc["law", "reason"] == "no_scheme_listed"


@pytest.mark.parametrize("country", ALL)
def test_every_name_stands_in_the_pack_and_there_is_no_date(country):
    pack, table = pack_of(country), plan_skeleton(pack_of(country))
    assert table["step"].tolist() == list(PLAN_STEPS) * len(pack.measures) and set(table["state"]) <= set(STEP_STATES)
    assert not {"start", "end", "date", "year", "month"} & set(SKELETON_COLUMNS)
    assert set(table["institution"]) <= set(pack.measures["institution"])
    ready = assess_readiness(pack)
    own = {
        *ready["law"],
        *ready["institution"],
        *ready["register"],
        *pack.measures["institution"],
        *pack.measures["delivery"],
    }
    words = table[~table["step"].isin(["financing", "monitoring"])]["found"]
    assert set(words) <= {*own, ""}
    for cell in table.loc[table["step"] == "institution", "found"]:
        assert not cell or any(
            name in cell for name in {*pack.schemes["institution"], *pack.measures["institution"]} if name
        ), cell
    for row in table[(table["step"] == "financing") & (table["state"] == "found")].itertuples():
        assert any(name in row.found for name in pack.financing["name"])


@pytest.mark.parametrize("country", ALL)
def test_what_is_not_found_says_why(country):
    table = plan_skeleton(pack_of(country))
    lacking = table[table["state"] != "found"]
    assert all(english(cell) for cell in lacking["reason"])
    assert ((table["step"] == "channel") | (table["found"] != "") | (table["state"] != "found")).all()


def test_a_pack_without_options_has_no_steps():
    pack = pack_of("XTC")
    assert plan_skeleton(replace(pack.copy(), measures=pack.measures.head(0))).empty
