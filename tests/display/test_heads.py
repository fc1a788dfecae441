"""Names above narrow columns: no flag hides a pole or other words."""

from nasssap_lib.display.heads import Flag, height_of, lift_flags


def test_flags_hide_no_pole_and_no_words_to_their_right():
    flags = [Flag(0.0, ["a long name over two columns"]), Flag(0.5, ["two", "lines"]), Flag(3.0, ["far"])]
    lifts = lift_flags(flags)
    assert lifts[0] >= lifts[1] + height_of(flags[1].lines, 7.8)
    assert lifts[1] == lifts[2]
