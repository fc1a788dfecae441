"""What groups write on their sheets: every rule by an example that keeps it and one that breaks it."""

import pandas as pd
import pytest
from returned_answers import QUESTIONS, SOUND, collect, mistakes, remarks, sheet, weights

from nasssap_lib.dialogue.answers import collect_answers


def test_a_sound_sheet_is_taken_whole():
    found = collect(sheet())
    assert found.remarks.empty
    assert " ".join(found.rows) == "stakeholder name kind influence about item value reason"  # of stakeholders.csv
    assert weights(found) == {"persons": 50, "cost": 20, "equity": 30}
    positions = found.rows[found.rows["about"] == "position"].set_index("item")
    assert positions["value"].to_dict() == {"child": 1.0, "pension": -1.0}
    assert positions.loc["pension", "reason"] == "too dear"  # no bullet: a spreadsheet would take it for a formula
    assert set(found.rows["stakeholder"]) == {"unions"} and set(found.rows["influence"]) == {0.6}


def test_positions_that_are_wrong_open_or_without_a_reason():
    found = collect(sheet(option__child_DOT_position="perhaps", option__pension_DOT_why=None))
    assert remarks(found)[["kind", "question"]].values.tolist() == [
        ["wrong", "Child benefit, position"], ["missing", "Pension, reason"],
    ]  # fmt: skip
    taken = found.rows[found.rows["about"] == "position"]
    assert taken["item"].tolist() == ["pension"]  # what was wrong is no doubt and no zero
    silent = collect(sheet(option__child_DOT_position=None))
    assert remarks(silent)[["kind", "answer"]].values.tolist() == [["missing", ""]]


def test_shares_are_kept_as_they_were_stated():
    found = collect(sheet(option__child_DOT_pays="12,5", option__child_DOT_receives="30 %"))
    shares = found.rows[found.rows["about"].isin(["pays", "receives"])].set_index("about")["value"]
    assert shares.to_dict() == {"pays": 12.5, "receives": 30.0}


def test_one_share_without_the_other_says_nothing():
    found = collect(sheet(option__child_DOT_pays="10"))
    assert remarks(found)["question"].tolist() == ["Child benefit, share of the benefits that it would receive"]
    assert not found.rows["about"].isin(["pays", "receives"]).any()


def test_shares_of_all_groups_beyond_everything_are_refused_for_that_option():
    first = sheet(option__child_DOT_pays="70", option__child_DOT_receives="0")
    other = sheet("e.xlsx", group__name="Employers", option__child_DOT_pays="60", option__child_DOT_receives="0")
    found = collect(first, other)
    (remark,) = mistakes(found).to_dict("records")
    assert remark["kind"] == "contradictory" and "130 %" in remark["expected"]
    assert not found.rows["about"].isin(["pays", "receives"]).any()
    assert found.rows["stakeholder"].nunique() == 2


def test_two_sheets_of_one_group_are_both_left_out():
    found = collect(sheet("a.xlsx"), sheet("b.xlsx"), sheet("c.xlsx", group__name="Employers"))
    assert mistakes(found)["file"].tolist() == ["a.xlsx", "b.xlsx"]
    assert set(found.rows["name"]) == {"Employers"}


@pytest.mark.parametrize("name", [None, "  ", "=1+1", "???", "- ", "12", "2026-01-01", "\u3164", "x" * 301])
def test_a_sheet_without_a_name_is_not_taken(name):
    found = collect(sheet(group__name=name))
    assert found.rows.empty and len(found.mistakes) == 1


def test_letters_that_do_not_show_make_no_other_number():
    found = collect(sheet(option__child_DOT_pays="12,5\u200b", option__child_DOT_receives="\ufeff30\u202f%"))
    shares = found.rows[found.rows["about"].isin(["pays", "receives"])].set_index("about")["value"]
    assert found.mistakes.empty and shares.to_dict() == {"pays": 12.5, "receives": 30.0}


def test_a_sheet_in_which_nothing_is_filled_in_replaces_nothing():
    empty = {key.replace(":", "__").replace(".", "_DOT_"): None for key in SOUND if not key.startswith("group:")}
    found = collect(sheet(**empty))
    assert found.rows.empty and found.files == {} and found.mistakes.empty
    assert remarks(found)["question"].tolist() == ["the whole sheet"]


def test_a_question_that_is_no_longer_asked_is_named():
    found = collect(sheet(option__old_DOT_position="supports"))
    assert mistakes(found)["expected"].tolist() == ["an answer to a question that is asked"]
    assert "old" not in set(found.rows["item"])


BEFORE = pd.DataFrame(
    [("ctu", "weight", "persons", 100.0), ("ctu", "position", "child", -1.0), ("ctu", "pays", "child", 40.0),
     ("ctu", "receives", "child", 10.0), ("emp", "pays", "child", 55.0)],
    columns=["stakeholder", "about", "item", "value"],
).assign(kind="workers", influence=0.7, reason="", quality="observed", source="OLD")  # fmt: skip
BEFORE["name"] = BEFORE["stakeholder"].map({"ctu": "Unions", "emp": "Employers"})


def test_a_known_group_keeps_its_id_and_what_the_facilitator_said_of_it():
    found = collect(sheet(group__influence=None, group__kind=None), known=BEFORE)
    assert found.remarks.empty
    who = found.rows[["stakeholder", "kind", "influence"]].drop_duplicates()
    assert who.values.tolist() == [["ctu", "workers", 0.7]]
    for answer in ("12", "0.6"):  # more than ten; a share where 0 to 10 is asked for
        strange = collect(sheet(group__influence=answer), known=BEFORE)
        assert mistakes(strange)["question"].tolist() == ["Influence on the decision"]
        assert set(strange.rows["influence"]) == {0.7}


def test_what_a_sheet_leaves_open_or_gets_wrong_is_kept_from_before():
    found = collect(sheet(weight__cost="10", option__child_DOT_position=None), known=BEFORE)
    assert found.kept[["about", "item", "value"]].values.tolist() == [
        ["weight", "persons", 100.0], ["position", "child", -1.0], ["pays", "child", 40.0], ["receives", "child", 10.0],
    ]  # fmt: skip
    assert set(found.kept["influence"]) == {0.6} and set(found.kept["source"]) == {"OLD"}
    whole = collect(sheet(), known=BEFORE)
    assert whole.kept["about"].tolist() == ["pays", "receives"]  # weights stand or fall together


def test_a_name_that_was_edited_in_a_groups_own_sheet_is_its_new_name():
    found = collect(sheet(group__id="ctu", group__given="Unions", group__name="Teachers Union"), known=BEFORE)
    assert found.mistakes.empty and set(found.rows["stakeholder"]) == {"ctu"}
    assert set(found.rows["name"]) == set(found.kept["name"]) == {"Teachers Union"}  # no row keeps the old one
    (said,) = remarks(found).to_dict("records")
    assert said["kind"] == "new name" and "'Unions'" in said["expected"] and "--group ID=NAME" in said["remedy"]
    fresh = collect(sheet(group__id="cnts", group__given="Confédération", group__name="Autre syndicat"))
    assert set(fresh.rows["stakeholder"]) == {"cnts"} and set(fresh.rows["name"]) == {"Autre syndicat"}


def test_a_sheet_that_was_copied_for_another_group_is_left_out_with_its_original():
    copies = sheet("a.xlsx", group__id="ctu"), sheet("b.xlsx", group__id="ctu", group__name="Teachers Union")
    found = collect(*copies, known=BEFORE)
    assert found.rows.empty and mistakes(found)["file"].tolist() == ["a.xlsx", "b.xlsx"]
    assert mistakes(found)["remedy"].str.contains("a sheet of its own").all()


@pytest.mark.parametrize("name", ["Unions", "UNIONS", " Unions ", "Unio\u0301ns", "Un\u200bions"])
def test_the_name_of_a_known_group_under_another_id_is_refused_with_the_remedy(name):
    found = collect(sheet(group__id="newid", group__given=name, group__name=name), known=BEFORE)
    assert found.rows.empty
    (said,) = mistakes(found).to_dict("records")
    assert said["kind"] == "contradictory" and "'ctu'" in said["expected"] and "--group ctu" in said["remedy"]
    edited = collect(sheet(group__id="emp", group__given="Employers", group__name=name), known=BEFORE)
    assert edited.rows.empty and "'ctu'" in mistakes(edited)["expected"].iat[0]


def test_a_blank_sheet_with_a_known_name_is_of_that_group_and_a_new_one_takes_nobodys_id():
    assert set(collect(sheet(group__name="UNIONS"), known=BEFORE).rows["stakeholder"]) == {"ctu"}
    assert set(collect(sheet(group__name="CTU!"), known=BEFORE).rows["stakeholder"]) == {"ctu_2"}


FILLED = {"weight:persons": "50", "weight:cost": "20", "weight:equity": "30", "option:child.position": "opposes", "option:child.pays": "40",
          "option:child.receives": "10"}  # fmt: skip


def second_round(**changes):
    """The sheet of a group that begins with what it said before."""
    asked = {key.replace(":", "__").replace(".", "_DOT_"): text for key, text in FILLED.items()}
    before = {f"filled__{key}": text for key, text in asked.items()}
    empty = {
        key.replace(":", "__").replace(".", "_DOT_"): None
        for key in SOUND
        if ":" in key and not key.startswith("group:")
    }
    return sheet(group__id="ctu", **empty | before | asked | changes)


def test_a_second_round_sheet_as_it_was_written_is_not_answered_yet():
    found = collect(second_round(), known=BEFORE)
    assert found.rows.empty and found.mistakes.empty
    (said,) = remarks(found).to_dict("records")
    assert said["kind"] == "not answered yet" and "stays" in said["remedy"]


def test_in_a_second_round_what_changed_is_new_what_was_emptied_is_withdrawn_and_the_rest_stays():
    changed = collect(second_round(option__child_DOT_position="supports"), known=BEFORE)
    assert weights(changed) == {"persons": 50, "cost": 20, "equity": 30}
    assert changed.rows.loc[changed.rows["about"] == "position", "value"].tolist() == [1.0]
    emptied = collect(second_round(option__child_DOT_pays=None, option__child_DOT_receives=None), known=BEFORE)
    assert emptied.kept.empty and not emptied.rows["about"].isin(["pays", "receives"]).any()
    silent = collect(second_round(option__child_DOT_position=None), known=BEFORE)
    assert "position" not in {*silent.kept["about"], *silent.rows["about"]}
    assert remarks(silent)["kind"].tolist() == ["missing", "missing"]
    weightless = {f"weight__{name}": None for name in ("persons", "cost", "equity")}
    unweighed = collect(second_round(**weightless), known=BEFORE)
    assert "weight" not in {*unweighed.kept["about"], *unweighed.rows["about"]}


def test_influence_is_stated_by_the_facilitator_before_all_else():
    asked = QUESTIONS, BEFORE
    found = collect_answers(sheet(), *asked, influence={"ctu": 0.9})
    assert set(found.rows["influence"]) == set(found.kept["influence"]) == {0.9}
    silent = collect(sheet(group__influence=None))
    assert silent.rows["influence"].isna().all() and silent.remarks.empty


def test_shares_that_the_pack_holds_already_count_too():
    more = {"option__child_DOT_pays": "50", "option__child_DOT_receives": "0"}
    found = collect(sheet(**more), known=BEFORE)
    (remark,) = mistakes(found).to_dict("records")
    assert "105 %" in remark["expected"] and remark["group"] == "Employers, Unions"
    assert not found.rows["about"].isin(["pays", "receives"]).any()
    assert collect(sheet(**more | {"option__child_DOT_pays": "45"}), known=BEFORE).mistakes.empty


def test_a_question_that_stands_twice_with_two_answers_is_contradictory():
    twice = pd.DataFrame([("unions.xlsx", "S!A99", "option:child", "position", "opposes")],
                         columns=["file", "cell", "question", "field", "answer"])  # fmt: skip
    found = collect(sheet(), twice)
    assert mistakes(found)[["kind", "question"]].values.tolist() == [["contradictory", "Child benefit, position"]]
    assert "child" not in set(found.rows.loc[found.rows["about"] == "position", "item"])
    same = collect(sheet(), twice.assign(answer="supports"))
    assert same.remarks.empty


def test_two_groups_of_one_name_are_not_told_apart_by_their_ids():
    found = collect(sheet("a.xlsx", group__id="one"), sheet("b.xlsx", group__id="two"))
    assert found.rows.empty and mistakes(found)["file"].tolist() == ["a.xlsx", "b.xlsx"]
