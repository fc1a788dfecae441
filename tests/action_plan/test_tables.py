"""Tables of the action plan as a reader sees them."""

import pytest

from nasssap_lib.action_plan.money import costs_by_payer, open_points, plan_costs
from nasssap_lib.action_plan.schedule import schedule_activities
from nasssap_lib.action_plan.skeleton import plan_skeleton
from nasssap_lib.action_plan.tables import (
    open_points_table,
    payers_table,
    plan_costs_table,
    plan_matrix,
    skeleton_table,
    workload_table,
)
from nasssap_lib.action_plan.workload import institution_workload
from nasssap_lib.display.tables import to_html
from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.terms import PLAN_STEPS


def tables_of(pack) -> dict:
    schedule = schedule_activities(pack)
    return {
        "matrix": plan_matrix(schedule, pack.activities, pack.measures, "XTS"),
        "skeleton": skeleton_table(plan_skeleton(pack)),
        "workload": workload_table(institution_workload(pack)),
        "costs": plan_costs_table(plan_costs(pack), "XTS"),
        "payers": payers_table(costs_by_payer(pack), "XTS"),
        "open": open_points_table(open_points(pack), "XTS"),
    }


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_no_table_shows_a_code_or_a_nan(country, language):
    pack = read_pack(country)
    with in_language(language, pack.translations(language)):
        for table in tables_of(pack).values():
            shown = to_html(table).split("<tbody>")[-1]
            assert ">nan<" not in shown.lower() and "no_" not in shown and "not_known" not in shown


def test_the_matrix_says_who_what_when_and_on_whose_money():
    rows = tables_of(read_pack("XTC"))["matrix"].rows.set_index("id")
    assert rows.loc["a04", ["who", "beside", "when", "payer"]].tolist() == [
        "Ministry of Social Affairs", "UNICEF", "2027-07 to 2028-03", "State budget",
    ]  # fmt: skip
    assert rows.loc["a06", ["serves", "may", "payer"]].tolist() == ["the whole plan", "no slack", ""]
    assert rows.loc["a01", "may"] == "slack: 15 months"


def test_payers_add_up_to_the_plan():
    rows = tables_of(read_pack("XTC"))["payers"].rows.set_index("payer")
    assert rows["cost"].sum() == pytest.approx(3835) and rows.loc["World Bank credit", "unfunded"] == pytest.approx(180)
    assert rows.loc["no source named", "cost"] == pytest.approx(365)


def test_each_institution_has_one_row_a_role_with_its_most():
    rows = tables_of(read_pack("XTC"))["workload"].rows
    assert not rows.duplicated(["institution", "role"]).any()
    assert rows.set_index(["institution", "role"]).loc[("ILO", "support"), "activities"] == 3


@pytest.mark.parametrize("country", ["XTC", "SEN", "ZMB"])
def test_what_an_option_needs_names_only_what_was_found(country):
    pack = read_pack(country)
    skeleton = plan_skeleton(pack)
    rows = skeleton_table(skeleton).rows
    assert rows["option"].tolist() == pack.measures["id"].tolist()
    states = skeleton.set_index(["option", "step"])["state"]
    for row in rows.to_dict("records"):
        assert all(bool(row[f"{step}_found"]) <= (states[row["option"], step] == "found") for step in PLAN_STEPS)


def test_an_indicator_is_named_in_the_reader_s_language_with_its_year_beside():
    pack = read_pack("SEN")
    with in_language("fr", pack.translations("fr")):
        rows = skeleton_table(plan_skeleton(pack)).rows.set_index("option")
    name = pack.codebook.set_index("id")["name_fr"]["effective_coverage"]
    assert rows.loc["social_pension", "monitoring_found"] == f"{name} (2019)"


def test_what_exists_is_named_in_the_language_of_the_reader_with_its_scheme():
    pack = read_pack("SEN")
    with in_language("fr", pack.translations("fr")):
        rows = skeleton_table(plan_skeleton(pack)).rows
    found = {cell for name in rows if name.endswith("_found") for cell in rows[name]}
    assert "Agence de la CMU (créée en janvier 2015) (Mutuelles)" in found and not any(
        "created" in cell for cell in found
    )
