"""Answers as people write them: numbers, words, bullets, names in any script; what a spreadsheet would run is refused."""

import pytest
from returned_answers import collect, mistakes, sheet, weights


@pytest.mark.parametrize("answer", ["20", "20,0", "20.0", " 20 % "])
def test_numbers_are_read_as_people_write_them(answer):
    assert weights(collect(sheet(weight__cost=answer)))["cost"] == 20


@pytest.mark.parametrize("why", ["=HYPERLINK(1)", "@SUM(A1)", "=cmd|' /C calc'!A0"])
def test_a_reason_that_a_spreadsheet_would_run_is_refused(why):
    found = collect(sheet(option__pension_DOT_why=why))
    assert mistakes(found)["expected"].tolist() == ["words, not a formula"]
    assert "" in found.rows.loc[found.rows["item"] == "pension", "reason"].tolist()


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


@pytest.mark.parametrize(
    ("answer", "remedy"),
    [("2026-05-20", "format the cell as Number"), ("=10+10", "Paste special, Values"), ("twenty", "whole points")],
)
def test_what_is_no_number_is_refused_with_what_to_do_about_it(answer, remedy):
    assert remedy in mistakes(collect(sheet(weight__cost=answer)))["remedy"].iat[0]


def test_letters_that_do_not_show_are_left_out_of_names_and_reasons():
    found = collect(sheet(group__name="Un\u200bions", option__pension_DOT_why="too\u202e dear"))
    assert set(found.rows["name"]) == {"Unions"} and "too dear" in set(found.rows["reason"])
