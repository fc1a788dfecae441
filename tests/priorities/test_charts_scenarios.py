"""The picture of versions: every text can be read, and an option that is the same everywhere is not drawn."""

import re

import pandas as pd
import pytest
from matplotlib.text import Text
from picture_checks import text_boxes, text_problems
from pseudo_language import faults_of_text, listed, names_of

from nasssap_lib.costing.options import assess_options
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.charts_scenarios import MOST_ROWS, drawn_note, plot_versions
from nasssap_lib.priorities.scenarios import FIGURES, mark_differences

CAPTION = Caption("Senegal", "S")


def side_by_side(pack, factors: dict[str, float], only: str = "") -> pd.DataFrame:
    """Versions in which the costs of all options, or of one, are so many times those of the pack."""
    options = assess_options(pack)
    frames = []
    for version, factor in factors.items():
        frame = options.assign(version=version, rank_best=1.0, rank_worst=2.0)
        rows = frame["option"] == only if only else frame["option"].notna()
        for column in ("cost_low", "cost_central", "cost_high"):
            frame.loc[rows, column] *= factor
        frames.append(frame.assign(**{name: frame[f"{name}_central"] for name in FIGURES}))
    return mark_differences(pd.concat(frames, ignore_index=True))


def texts(figure) -> list[str]:
    return [words for words, _box in text_boxes(figure)]


@pytest.mark.parametrize("count", [2, 6, 20])
def test_no_text_overlaps_another_or_leaves_the_picture(pack, count):
    names = ["baseline", *(f"social_pension.amount_central = {number}" for number in range(1, count))]
    factors = {name: 1.0 + number / 3 for number, name in enumerate(names)}
    assert text_problems(plot_versions(side_by_side(pack, factors), CAPTION)) == []


def test_a_long_name_is_broken_and_none_of_it_lost(pack):
    longest = f"{'a_measure_of_a_long_name_' * 2}.amount_central = 12.5"
    versions = side_by_side(pack, {"baseline": 1.0, longest: 2.0}, "social_pension")
    versions["name"] = "A benefit whose name goes on and on, as names in packs may do, and then a little further still"
    figure = plot_versions(versions, CAPTION)
    assert text_problems(figure) == []
    assert longest.replace(" ", "") in {words.replace("\n", "").replace(" ", "") for words in texts(figure)}


def test_only_options_that_differ_are_drawn_and_the_title_is_what_moves_most(pack):
    figure = plot_versions(side_by_side(pack, {"baseline": 1.0, "twice": 2.0}, "social_pension"), CAPTION)
    shown = texts(figure)
    assert "Social pension from age 65" in shown and "Child benefit, ages 0 to 4" not in shown
    assert "cost of “Social pension from age 65”, from 0.33\N{NO-BREAK SPACE}% to 0.65" in figure.get_label()


def test_in_another_language_nothing_is_left_in_english(pack):
    with in_language("qps"):
        figures = [
            plot_versions(side_by_side(pack, {"baseline": 1.0, "twice": 2.0}, only), CAPTION)
            for only in ("", "social_pension")
        ]
        note = drawn_note(side_by_side(pack, {f"v{number}": 1.0 + number for number in range(MOST_ROWS // 2)}))
    said = [
        note,
        *(text.get_text() for figure in figures for text in figure.findobj(Text)),
        *(f.get_label() for f in figures),
    ]
    names = re.compile(f"{names_of(pack).pattern}|twice")
    faults = [fault for text in said for fault in faults_of_text(text.replace("\n", " "), names)]
    assert not faults, listed(faults)


def test_where_nothing_differs_there_is_no_picture(pack):
    assert plot_versions(side_by_side(pack, {"baseline": 1.0, "same": 1.0}), CAPTION) is None
    assert plot_versions(pd.DataFrame(), CAPTION) is None


def test_what_does_not_fit_is_counted(pack):
    few = side_by_side(pack, {"baseline": 1.0, "twice": 2.0})
    many = side_by_side(pack, {f"v{number}": 1.0 + number for number in range(MOST_ROWS // 2)})
    assert drawn_note(few) == ""
    assert "more options differ: see the table" in drawn_note(many)
