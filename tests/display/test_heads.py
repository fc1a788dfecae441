"""Names above narrow columns: no flag hides a pole or other words."""

import pytest

from nasssap_lib.display.heads import Flag, height_of, lay_grid, lift_flags, name_columns, row_heights


def test_flags_hide_no_pole_and_no_words_to_their_right():
    flags = [Flag(0.0, ["a long name over two columns"]), Flag(0.5, ["two", "lines"]), Flag(3.0, ["far"])]
    lifts = lift_flags(flags)
    assert lifts[0] >= lifts[1] + height_of(flags[1].lines, 7.8)
    assert lifts[1] == lifts[2]


def test_one_name_above_a_column_stands_just_above_it():
    heads = name_columns(["Unions"], [(0.2, 0.3)], 5.0, {})
    assert [flag.lines for flag in heads.flags] == [["Unions"]] and not heads.key
    assert heads.lifts == [0.06] and heads.key_height == 0


def test_a_forest_of_flags_becomes_numbers_with_a_key_that_holds_every_name():
    names = [f"Confederation of workers number {i}" for i in range(26)]
    heads = name_columns(names, [(0.2 * i, 0.2 * i + 0.1) for i in range(26)], 5.4, {})
    assert [flag.lines for flag in heads.flags] == [[str(i)] for i in range(1, 27)]
    assert not any(flag.pole for flag in heads.flags)
    assert [" ".join(lines) for lines in heads.key] == names
    assert heads.height < 1.95 and heads.key_height > 13 * height_of(["x"], 7.8)  # two names a line


def test_what_is_said_of_several_columns_stands_above_the_first_of_them():
    heads = name_columns(["A", "B"], [(0.2, 0.3), (2.0, 2.1)], 5.0, {1: "influence not stated"})
    remark = next(flag for flag in heads.flags if flag.italic)
    assert remark.x == 2.0 and remark.lines == ["influence not stated"] and not remark.pole
    places = dict(zip([flag.lines[0] for flag in heads.flags], heads.lifts, strict=True))
    assert places["influence not stated"] >= places["B"] + height_of(["B"], 7.8)


def test_rows_are_high_enough_for_their_names_and_never_lower_than_asked():
    assert row_heights([["a"], ["a", "b", "c"]], 0.4) == [0.4, pytest.approx(3 * 8.4 * 1.32 / 72 + 0.12)]
    grid = lay_grid(["Pension", "A long name " * 8], name_columns(["A"], [(0.2, 0.3)], 5.0, {}), 0.3)
    assert grid.height == pytest.approx(grid.top + sum(grid.heights))
    assert grid.heights[1] > grid.heights[0]


def test_a_column_without_a_name_has_a_sign():
    assert name_columns([""], [(0.2, 0.3)], 5.0, {}).flags[0].lines == ["–"]
