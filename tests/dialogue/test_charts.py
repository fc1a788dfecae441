"""Pictures of a dialogue: positions, burdens and agreement stand on them, every text can be read, silence is not taken for consent."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from picture_checks import text_problems
from stories import pack_of
from told_dialogue import CAPTION, NAMES, dialogue, pictures, support_of, told, words

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.dialogue.charts import LEAST, STATES, _influence_columns, plot_agreement, plot_support_map
from nasssap_lib.dialogue.charts_burdens import plot_burdens
from nasssap_lib.dialogue.positions import assess_positions, summarise_support
from nasssap_lib.display.sheet import BOXES
from nasssap_lib.display.style import Caption
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix

SIZES = [(1, 1), (1, 15), (2, 3), (6, 10), (12, 15), (26, 4)]
MOST = {
    *(("french", *size) for size in SIZES),
    ("short", 2, 3),
    ("hostile", 2, 3),
    ("hostile", 6, 10),
}  # long words are the hard ones
LATER = [(names, *size) for names in NAMES for size in SIZES if (names, *size) not in MOST]


@pytest.mark.parametrize(
    ("names", "count", "options"), [*sorted(MOST), *(pytest.param(*one, marks=pytest.mark.soak) for one in LATER)]
)
def test_every_text_can_be_read(names, count, options):
    for name, figure in pictures(dialogue(count, options, names), Caption("Sénégal", "S")).items():
        assert text_problems(figure) == [], name


def test_the_dialogue_of_the_training_country_can_be_read():
    pack = pack_of("XTC")
    options = assess_options(pack)
    groups = assess_positions(criteria_matrix(assess_criteria(pack, options)), pack.stakeholders, options)
    for figure in (
        plot_support_map(groups, summarise_support(groups), CAPTION),
        plot_burdens(groups, CAPTION),
    ):
        assert text_problems(figure) == []
        assert "All answers are illustrative." in figure.get_label()


def test_nothing_is_drawn_where_there_was_no_dialogue():
    empty = told().head(0)
    assert plot_support_map(empty, support_of(told()), CAPTION) is None
    assert plot_support_map(told(), support_of(told()).head(0), CAPTION) is None
    assert plot_burdens(empty, CAPTION) is None
    assert plot_agreement(pd.DataFrame(), Agreement(np.nan, np.nan, 0, np.nan), CAPTION) is None


def test_positions_stand_as_words_and_shares_beside_them():
    drawn = words(plot_support_map(told(), support_of(told()), CAPTION))
    for text in (
        "supports",
        "opposes −0.50",
        "supports +0.25",
        "doubts",
        "no answer",
        "100\xa0%",
        "0\xa0%",
        "nobody opposes",
    ):
        assert text in drawn
    assert "Finance\xa0·\xa00.9" in drawn
    assert "influence not stated" in drawn


def test_narrow_columns_carry_signs_with_a_key():
    groups = dialogue(12, 15)
    texts = [text.get_text() for text in plot_support_map(groups, support_of(groups), CAPTION).findobj(Text)]
    assert {sign for _, _, sign in STATES.values()} <= set(texts)
    assert {"supports", "doubts", "opposes", "no answer"} <= set(texts)


def test_states_differ_without_colour():
    looks = {(BOXES[kind][2], sign) for kind, _, sign in STATES.values()}
    assert len(looks) == len({sign for _, sign in looks}) == 4
    grey = {kind: sum(np.array(to_rgb(BOXES[kind][0])) * (0.299, 0.587, 0.114)) for kind, _, _ in STATES.values()}
    hatch = {kind: BOXES[kind][2] for kind in grey}
    assert all(abs(grey[a] - grey[b]) > 0.3 or hatch[a] != hatch[b] for a in grey for b in grey if a != b)


def test_silence_is_not_taken_for_consent():
    groups = told(position=[1.0, np.nan, 1.0, np.nan, np.nan, np.nan])
    drawn = words(plot_support_map(groups, support_of(groups), CAPTION))
    assert "nobody opposes so far" in drawn  # Women have not answered on the child benefit
    silent = told(position=np.nan)
    figure = plot_support_map(silent, support_of(silent), CAPTION)
    assert figure.get_label().startswith("Testland: no group has said yet where it stands.")
    assert "nobody opposes" not in words(figure)


def test_columns_are_as_wide_as_influence():
    (first, wide), (second, half), (third, last) = _influence_columns(pd.Series([0.8, 0.4, np.nan]), 4.0)
    assert wide == pytest.approx(2 * half)
    assert second == pytest.approx(first + wide)
    assert third > second + half  # a gap before groups whose influence is not stated
    assert third + last == pytest.approx(first + 4.0)


def test_a_group_without_influence_still_has_a_column_that_can_be_read():
    widths = [width for _, width in _influence_columns(pd.Series([0.9, 0.02, 0.0]), 4.0)]
    assert widths[1] == widths[2] == LEAST
    assert sum(widths) == pytest.approx(4.0)
    assert [width for _, width in _influence_columns(pd.Series([0.0, 0.0]), 4.0)] == [2.0, 2.0]
    groups = told(influence=[0.9, 0.9, 0.01, 0.01, np.nan, np.nan])
    assert "narrowest columns are widened" in plot_support_map(groups, support_of(groups), CAPTION).get_label()


def test_where_no_influence_is_stated_the_share_is_not_available():
    groups = told(influence=np.nan)
    figure = plot_support_map(groups, support_of(groups), CAPTION)
    assert figure.get_label().startswith("Testland: nobody opposes 1 of 2 options.")
    assert "n/a" in words(figure)


def test_agreement_carries_its_values():
    names = ["Finance", "Unions", "Women"]
    tau = pd.DataFrame([[1, 0.62, np.nan], [0.62, 1, -0.14], [np.nan, -0.14, np.nan]], names, names)
    figure = plot_agreement(tau, Agreement(0.62, 24.2, 8, 0.0021), CAPTION)
    assert figure.get_label().startswith("Testland: the groups agree moderately on the order (W = 0.62).")
    assert "p = 0.002" in figure.get_label()
    texts = [text.get_text() for text in figure.findobj(Text)]
    assert {"0.62", "−0.14", "n/a", *names} <= set(texts)
    hatched = [patch for patch in figure.axes[0].patches if patch.get_hatch()]
    assert len(hatched) == 1
    assert text_problems(figure) == []


def test_shares_of_groups_are_not_called_shares_of_influence():
    groups = dialogue(3, 4)
    equal = support_of(groups).assign(weighting="equal")
    text = words(plot_support_map(groups, equal, CAPTION))
    assert "share of the groups" in text and "by influence)" not in text
    assert "share of all stated influence" in words(plot_support_map(groups, support_of(groups), CAPTION))
