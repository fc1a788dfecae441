"""What groups write on their sheets: every rule by an example that keeps it and one that breaks it."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nasssap_lib.dialogue.answers import ROW_COLUMNS, collect_answers
from nasssap_lib.dialogue.pairwise import pairs
from nasssap_lib.dialogue.questions import draft_questions
from nasssap_lib.dialogue.words import question_labels, remark_words

CRITERIA = pd.DataFrame({
    "criterion": ["persons", "cost", "equity"], "value": 1.0,
})  # fmt: skip
OPTIONS = pd.DataFrame({"option": ["child", "pension"], "name": ["Child benefit", "Pension"]})
QUESTIONS = draft_questions(CRITERIA, OPTIONS)
LABELS = question_labels(QUESTIONS, OPTIONS)
SOUND = {
    "group:name": "Unions", "group:kind": "workers", "group:influence": "6", "weight:persons": "50", "weight:cost": "20",
    "weight:equity": "30", "option:child.position": "supports", "option:pension.position": "opposes", "option:pension.why": "- too dear",
}  # fmt: skip


def sheet(file="unions.xlsx", **changes):
    """Rows of one sheet; keys are a question, or a question, a point and a field. None leaves an answer open."""
    given_ = SOUND | {key.replace("__", ":").replace("_DOT_", "."): value for key, value in changes.items()}
    rows = [
        (file, f"S!A{n}", *(key.split(".") if "." in key else (key, "value")), value or "")
        for n, (key, value) in enumerate(given_.items())
    ]
    return pd.DataFrame(rows, columns=["file", "cell", "question", "field", "answer"])


def collect(*sheets, known=None):
    return collect_answers(pd.concat(sheets, ignore_index=True), QUESTIONS, known)


def mistakes(found):
    """What was not taken, in words."""
    return remark_words(found.mistakes, LABELS)


def remarks(found):
    """All remarks in words."""
    return remark_words(found.remarks, LABELS)


def weights(found):
    rows = found.rows[found.rows["about"] == "weight"]
    return dict(zip(rows["item"], rows["value"], strict=True))


def compared(*answers):
    """The sheet with its points left open and pairs compared: (which, times) in the order of the pairs."""
    names = [f"pair__{a}__{b}" for a, b in pairs(["persons", "cost", "equity"])]
    cells = {f"{n}_DOT_which": w for n, (w, _) in zip(names, answers, strict=True)}
    cells |= {f"{n}_DOT_times": t for n, (_, t) in zip(names, answers, strict=True)}
    return sheet(weight__persons=None, weight__cost=None, weight__equity=None, **cells)


def test_a_sound_sheet_is_taken_whole():
    found = collect(sheet())
    assert found.remarks.empty
    assert found.rows.columns.tolist() == ROW_COLUMNS
    assert weights(found) == {"persons": 50, "cost": 20, "equity": 30}
    positions = found.rows[found.rows["about"] == "position"].set_index("item")
    assert positions["value"].to_dict() == {"child": 1.0, "pension": -1.0}
    assert positions.loc["pension", "reason"] == "too dear"  # no bullet: a spreadsheet would take it for a formula
    assert set(found.rows["stakeholder"]) == {"unions"} and set(found.rows["influence"]) == {0.6}


@pytest.mark.parametrize("answer", ["many", "101", "-1", "=50", "1,000", "5O", "nan", "1e2", "٣"])
def test_points_that_are_no_points_are_named_and_no_weight_of_the_group_is_taken(answer):
    found = collect(sheet(weight__cost=answer))
    (remark,) = mistakes(found).to_dict("records")
    assert (remark["kind"], remark["question"], remark["answer"]) == ("wrong", "Cost, % of GDP", answer)
    assert weights(found) == {}
    assert len(found.rows[found.rows["about"] == "position"]) == 2  # the rest of the sheet is


@pytest.mark.parametrize("answer", ["20", "20,0", "20.0", " 20 % "])
def test_numbers_are_read_as_people_write_them(answer):
    assert weights(collect(sheet(weight__cost=answer)))["cost"] == 20


def test_points_that_do_not_add_up_are_not_scaled():
    found = collect(sheet(weight__cost="10"))
    assert mistakes(found)["remedy"].tolist() == ["they add up to 90"]
    assert weights(found) == {}


def test_an_open_criterion_gets_nothing_where_the_others_make_a_hundred():
    assert weights(collect(sheet(weight__persons="70", weight__cost=None))) == {"persons": 70, "cost": 0, "equity": 30}


@given(st.lists(st.integers(0, 100), min_size=3, max_size=3))
def test_weights_are_taken_only_where_they_add_up(points):
    given_ = dict(zip(["weight__persons", "weight__cost", "weight__equity"], map(str, points), strict=True))
    found = collect(sheet(**given_))
    assert (sum(weights(found).values()) == 100) == (sum(points) == 100)
    assert found.mistakes.empty == (sum(points) == 100)


def test_pairs_give_weights_with_their_consistency():
    """Persons 2 times cost, 4 times equity, cost 2 times equity: 4 : 2 : 1."""
    found = collect(compared(("first", "2"), ("first", "4"), ("first", "2")))
    assert found.remarks.empty
    assert weights(found) == pytest.approx({"persons": 57.14, "cost": 28.57, "equity": 14.29}, abs=0.01)
    assert '"ratio": "0.00"' in found.rows.loc[found.rows["about"] == "weight", "reason"].iat[0]


def test_pairs_that_run_in_a_circle_are_named_and_not_averaged():
    found = collect(compared(("first", "5"), ("second", "5"), ("first", "5")))
    (remark,) = mistakes(found).to_dict("records")
    assert remark["kind"] == "contradictory" and "consistency ratio" in remark["expected"]
    assert weights(found) == {}


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (("first", ""), "missing"), (("", ""), "missing"), (("first", "1"), "contradictory"), (("same", "3"), "contradictory"),
        (("both", "2"), "wrong"), (("first", "12"), "wrong"), (("first", "2.5"), "wrong"), (("second", "=3"), "wrong"),
    ],
)  # fmt: skip
def test_a_pair_that_says_nothing_or_too_much_is_named(answer, kind):
    found = collect(compared(answer, ("first", "2"), ("first", "2")))
    assert remarks(found)["kind"].tolist() == [kind]
    assert remarks(found)["question"].str.startswith("Persons (judged) against Cost, % of GDP").all()
    assert weights(found) == {}


def test_points_and_pairs_that_agree_are_taken_those_that_do_not_are_named():
    names = [f"pair__{a}__{b}" for a, b in pairs(["persons", "cost", "equity"])]
    agree = {f"{n}_DOT_which": w for n, w in zip(names, ("first", "first", "second"), strict=True)}
    times = {f"{n}_DOT_times": "2" for n in names}
    assert weights(collect(sheet(**agree, **times))) == {"persons": 50, "cost": 20, "equity": 30}
    turned = {f"{n}_DOT_which": w for n, w in zip(names, ("second", "second", "first"), strict=True)}
    found = collect(sheet(**turned, **times))
    assert mistakes(found)["kind"].tolist() == ["contradictory"]
    assert weights(found) == {}


def test_no_weights_at_all_are_missing_not_wrong():
    found = collect(sheet(weight__persons=None, weight__cost=None, weight__equity=None))
    assert found.mistakes.empty
    assert remarks(found)["kind"].tolist() == ["missing"]


def test_positions_that_are_wrong_open_or_without_a_reason():
    found = collect(sheet(option__child_DOT_position="perhaps", option__pension_DOT_why=None))
    assert remarks(found)[["kind", "question"]].values.tolist() == [
        ["wrong", "Child benefit, position"], ["missing", "Pension, reason"],
    ]  # fmt: skip
    taken = found.rows[found.rows["about"] == "position"]
    assert taken["item"].tolist() == ["pension"]  # what was wrong is no doubt and no zero
    silent = collect(sheet(option__child_DOT_position=None))
    assert remarks(silent)[["kind", "answer"]].values.tolist() == [["missing", ""]]


@pytest.mark.parametrize("why", ["=HYPERLINK(1)", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_reason_that_a_spreadsheet_would_run_is_refused(why):
    found = collect(sheet(option__pension_DOT_why=why))
    assert mistakes(found)["expected"].tolist() == ["words, not a formula"]
    assert "" in found.rows.loc[found.rows["item"] == "pension", "reason"].tolist()


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


@pytest.mark.parametrize("name", [None, "  ", "=1+1", "???", "- "])
def test_a_sheet_without_a_name_is_not_taken(name):
    found = collect(sheet(group__name=name))
    assert found.rows.empty and len(found.mistakes) == 1


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
)  # fmt: skip
BEFORE = BEFORE.assign(
    name=BEFORE["stakeholder"].map({"ctu": "Unions", "emp": "Employers"}), kind="workers", influence=0.7, reason="", quality="observed",
    source="OLD",
)  # fmt: skip


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


def test_a_copied_sheet_with_another_name_does_not_overwrite_the_group_it_was_for():
    found = collect(sheet(group__id="ctu", group__name="Teachers Union"), known=BEFORE)
    assert found.rows.empty
    assert mistakes(found)["expected"].tolist() == ["the name 'Unions', whose sheet this was"]
    assert set(collect(sheet(group__id="ctu"), known=BEFORE).rows["stakeholder"]) == {"ctu"}


def test_a_copied_sheet_does_not_take_the_id_even_where_the_pack_holds_nothing_yet():
    copy = sheet("b.xlsx", group__id="cnts", group__given="Confédération", group__name="Autre syndicat")
    found = collect(copy)
    assert found.rows.empty and mistakes(found)["expected"].tolist() == [
        "the name 'Confédération', whose sheet this was"
    ]
    renamed = collect(sheet(group__id="ctu", group__given="New Unions", group__name="New Unions"), known=BEFORE)
    assert renamed.mistakes.empty and set(renamed.rows["name"]) == {"New Unions"}
    assert set(renamed.kept["name"]) == {"New Unions"}


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


def test_a_name_in_another_script_is_a_name():
    found = collect(sheet(group__name="اتحاد العمال"))
    assert set(found.rows["name"]) == {"اتحاد العمال"} and found.mistakes.empty


@pytest.mark.parametrize(
    ("why", "kept"),
    [
        ("-10% of wages would go", "−10% of wages would go"),
        ("- too dear", "too dear"),
        ("• – one\ntwo", "one two"),
        ("---", ""),
    ],
)
def test_bullets_go_and_minus_signs_stay(why, kept):
    found = collect(sheet(option__pension_DOT_why=why))
    assert found.rows.loc[(found.rows["item"] == "pension"), "reason"].tolist() == [kept]
    assert found.mistakes.empty


def test_a_reason_that_is_too_long_is_named_not_cut():
    found = collect(sheet(option__pension_DOT_why="no " * 2_000))
    assert mistakes(found)["expected"].tolist() == ["at most 4000 letters"]
