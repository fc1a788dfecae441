"""Tables of a periodic review as a reader sees them."""

from dataclasses import replace

import pytest
from stories import pack_of

from nasssap_lib.action_plan.changes import compare_plans
from nasssap_lib.action_plan.review import review_plan
from nasssap_lib.action_plan.tables_review import (
    changes_table,
    delayed_table,
    moved_table,
    progress_table,
    proposal_table,
)
from nasssap_lib.display.tables import to_html
from nasssap_lib.display.texts import in_language


def later(pack):
    """The pack with an activity that ends later, another baseline, and a target that is gone."""
    plan = pack.activities.assign(end=pack.activities["end"].replace("2026-12", "2027-02"))
    return replace(pack.copy(), activities=plan, targets=pack.targets[pack.targets["id"] != "t9"])


def tables_of(pack) -> dict:
    review = review_plan(pack)
    return {
        "progress": progress_table(review), "moved": moved_table(review), "delayed": delayed_table(review),
        "proposal": proposal_table(review), "changes": changes_table(compare_plans(pack, later(pack))),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_no_table_shows_a_code_or_a_nan(country, language):
    pack = pack_of(country)
    with in_language(language, pack.translations(language)):
        for table in tables_of(pack).values():
            shown = to_html(table).split("<tbody>")[-1]
            assert (
                ">nan<" not in shown.lower()
                and "<NA>" not in shown
                and "not_due" not in shown
                and "ready_after" not in shown
            )


def test_states_are_words_and_what_is_reported_carries_its_date():
    shown = to_html(tables_of(pack_of("XTC"))["progress"])
    assert "Slipped" in shown and "Not due yet" in shown and "Ahead of plan" in shown and "2025-12" in shown


def test_a_slip_names_itself_and_what_it_moves():
    rows = tables_of(pack_of("XTC"))["moved"].rows
    assert rows["why"].tolist() == ["itself", "a02", "a02", "a02"]
    assert rows["what"].iat[0] == "a02 Register households on demand in all districts"


def test_new_dates_stand_beside_the_planned():
    rows = tables_of(pack_of("XTC"))["proposal"].rows.set_index("id")
    assert rows.loc["a07", ["planned", "new"]].tolist() == ["2027-01 to 2027-06", "2027-03 to 2027-08"]


def test_every_change_says_of_what_table_it_is():
    rows = tables_of(pack_of("XTC"))["changes"].rows.set_index("id")
    assert rows.loc["a02", ["part", "before", "now"]].tolist() == ["Activities", "2026-12", "2027-02"]
    assert rows.loc["t9", "part"] == "Targets" and set(rows.index) >= {"a02", "t9"}
