"""Pictures of a dialogue: positions, burdens and agreement stand on them, every text can be read, silence is not taken for consent."""

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.text import Text
from picture_checks import text_problems

from nasssap_lib.costing.options import assess_options
from nasssap_lib.dialogue.agreement import Agreement, kendall_w, pairwise_tau
from nasssap_lib.dialogue.charts import LEAST, STATES, _influence_columns, plot_agreement, plot_support_map
from nasssap_lib.dialogue.charts_burdens import Bars, plot_burdens
from nasssap_lib.dialogue.positions import assess_positions, summarise_support
from nasssap_lib.dialogue.words import agreement_words, burdens_title, support_title
from nasssap_lib.display.heads import Flag, height_of, lift_flags
from nasssap_lib.display.sheet import BOXES
from nasssap_lib.display.style import Caption
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix

CAPTION = Caption("Testland", "S (2025)")
NAMES = {
    "short": lambda i: f"Group {i}",
    "french": lambda i: (
        f"Confédération nationale des travailleuses et travailleurs de l'économie informelle, section {i}"
    ),
    "hostile": lambda i: [f"{'W' * 70}{i}", f"$x^{i}$\n<b>", "mot " * 60, "–"][i % 4],
}


def dialogue(count: int, options: int, names: str = "short", seed: int = 1) -> pd.DataFrame:
    """Groups with influence, positions and burdens of every kind, some of them not stated."""
    rng = np.random.default_rng(seed)
    rows = []
    for i in range(count):
        influence = rng.choice([0.0, 0.05, 0.3, 0.9, np.nan])
        for j, rank in enumerate(rng.permutation(options) + 1.0):
            said = {
                "position": rng.choice([-1, -0.4, 0, 0.25, 1, np.nan]),
                "burden": rng.choice([np.nan, rng.normal(), 0.0004, 0]),
            }
            rows.append({"stakeholder": f"s{i}", "group": NAMES[names](i), "influence": influence, "option": f"o{j}",
                         "name": f"{NAMES[names](j)} benefit", "rank": rank, "quality": "observed", "source": "S", **said})  # fmt: skip
    return pd.DataFrame(rows)


def support_of(groups: pd.DataFrame) -> pd.DataFrame:
    rows = []
    for (option, name), part in groups.groupby(["option", "name"], sort=False):
        weighed = part[part["influence"].notna()]
        total = weighed["influence"].sum()
        share = {
            word: weighed.loc[mask, "influence"].sum() / total if total > 0 else np.nan
            for word, mask in (("support", weighed["position"] > 0), ("no_answer", weighed["position"].isna()))
        }
        opposed = part.loc[part["position"] < 0, "group"]
        rows.append(
            {
                "option": option,
                "name": name,
                "weighting": "influence",
                **share,
                "opposed_by": ";".join(opposed),
                "nobody_opposes": opposed.empty,
            }
        )
    return pd.DataFrame(rows).sort_values("support", ascending=False, kind="stable")


def pictures(groups: pd.DataFrame, caption=CAPTION) -> dict:
    wide = groups.pivot(index="option", columns="stakeholder", values="rank")
    wide.columns = groups.drop_duplicates("stakeholder")["group"]
    tau = pd.DataFrame(pairwise_tau(wide.set_axis(range(wide.shape[1]), axis=1)).to_numpy(), wide.columns, wide.columns)
    return {
        "support": plot_support_map(groups, support_of(groups), caption),
        "burdens": plot_burdens(groups, caption),
        "agreement": plot_agreement(tau, kendall_w(wide.set_axis(range(wide.shape[1]), axis=1)), caption),
    }


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


def told(**said) -> pd.DataFrame:
    """Three groups and two options, by hand; keyword arguments overwrite columns."""
    groups = pd.DataFrame({
        "stakeholder": ["f", "f", "u", "u", "w", "w"],
        "group": ["Finance", "Finance", "Unions", "Unions", "Women", "Women"],
        "influence": [0.9, 0.9, 0.6, 0.6, np.nan, np.nan],
        "option": ["a", "b"] * 3, "name": ["Child benefit", "Pension"] * 3, "rank": [1.0, 2.0] * 3,
        "position": [1.0, -0.5, 0.25, 0.0, 1.0, np.nan], "burden": [0.5, 0.25, -0.1, 0.0, np.nan, np.nan],
        "quality": "observed", "source": "S",
    })  # fmt: skip
    return groups.assign(**said)


@pytest.mark.parametrize("names", NAMES)
@pytest.mark.parametrize(("count", "options"), [(1, 1), (1, 15), (2, 3), (6, 10), (12, 15), (26, 4)])
def test_every_text_can_be_read(count, options, names):
    for name, figure in pictures(dialogue(count, options, names), Caption("Sénégal", "S")).items():
        assert text_problems(figure) == [], name


def test_the_dialogue_of_the_training_country_can_be_read():
    pack = read_pack("XTC")
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


def test_title_of_the_support_map():
    assert (
        support_title(support_of(told()), "T")
        == "T: “Child benefit” has most support (100\xa0% by influence), and nobody opposes it"
    )
    every = support_of(told(position=-1.0))
    assert support_title(every, "T") == "T: no option has any support"
    some = support_of(told(position=[1.0, -1.0, -1.0, -1.0, -1.0, -1.0]))
    assert support_title(some, "T").endswith("(60\xa0% by influence); every option is opposed by a group")
    ten = pd.concat([support_of(told()).head(1).assign(option=str(i)) for i in range(3)])
    assert support_title(ten, "T").startswith("T: 3 options have most support")


def test_burdens_carry_their_values_with_sign():
    drawn = words(plot_burdens(told(), CAPTION))
    for text in ("+0.50", "+0.25", "−0.10", " 0 ", "n/a"):
        assert text in drawn


def test_bars_have_one_scale_and_point_away_from_zero():
    figure = plot_burdens(told(), CAPTION)
    axes = figure.axes[0]
    bars = {round(patch.get_width(), 4): patch for patch in axes.patches if patch.get_height() == pytest.approx(0.11)}
    widths = sorted(width for width in bars if width > 0)
    assert widths[2] == pytest.approx(2 * widths[1], abs=1e-3)  # 0.5 and 0.25
    assert widths[1] == pytest.approx(2.5 * widths[0], abs=1e-3)  # 0.25 and 0.1
    assert bars[widths[0]].get_facecolor()[:3] == to_rgb("#14506e")  # gains
    scale = Bars.of(told()["burden"].dropna())
    assert scale.place(-0.1, 1.0) < scale.place(0.0, 1.0) < scale.place(0.5, 1.0)


def test_options_without_any_burden_are_counted_not_drawn():
    groups = told(burden=[0.5, np.nan, -0.1, np.nan, np.nan, np.nan])
    figure = plot_burdens(groups, CAPTION)
    assert "1 option for which nobody stated a burden left out." in figure.get_label()
    assert "Pension" not in words(figure)
    assert "n/a · no burden is stated" in words(plot_burdens(told(burden=np.nan), CAPTION))


def test_title_of_the_burdens():
    assert burdens_title(told(), "T") == (
        "T: Finance would pay most for an option (0.5\xa0% of GDP a year) and Unions gain most from one (0.1\xa0%)"
    )
    assert burdens_title(told(burden=0.0), "T").startswith("T: no group would pay more")
    assert (
        burdens_title(told(burden=-0.2), "T") == "T: 3 groups would gain most from an option (0.2\xa0% of GDP a year)"
    )
    assert burdens_title(told(burden=np.nan), "T") == "T: no group has said what it would pay or gain"


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


def test_a_p_value_that_is_not_meaningful_is_not_named():
    tau = pd.DataFrame([[1, 0.5], [0.5, 1]], ["A", "B"], ["A", "B"])
    label = plot_agreement(tau, Agreement(0.75, 3.0, 2, np.nan), CAPTION).get_label()
    assert "p =" not in label and "chi-squared" not in label
    label = plot_agreement(tau, Agreement(np.nan, np.nan, 2, np.nan), CAPTION).get_label()
    assert "rather alike (tau = 0.5)" in label and "Schmidt" not in label
    alone = plot_agreement(tau.iloc[:1, :1], Agreement(np.nan, np.nan, 2, np.nan), CAPTION)
    assert "n/a · one group alone" in words(alone)


@pytest.mark.parametrize(
    ("w", "expected"),
    [(1, "unusually strongly"), (0.9, "unusually strongly"), (0.7, "strongly"), (0.5, "moderately"), (0.3, "weakly"),
     (0.1, "very weakly"), (0.0949, "hardly"), (0, "hardly")],
)  # fmt: skip
def test_words_of_w_are_schmidts(w, expected):
    assert expected in agreement_words(w).removeprefix("agree ").split(" at")[0]


def test_flags_hide_no_pole_and_no_words_to_their_right():
    flags = [Flag(0.0, ["a long name over two columns"]), Flag(0.5, ["two", "lines"]), Flag(3.0, ["far"])]
    lifts = lift_flags(flags)
    assert lifts[0] >= lifts[1] + height_of(flags[1].lines, 7.8)
    assert lifts[1] == lifts[2]


def test_shares_of_groups_are_not_called_shares_of_influence():
    groups = dialogue(3, 4)
    equal = support_of(groups).assign(weighting="equal")
    text = words(plot_support_map(groups, equal, CAPTION))
    assert "share of the groups" in text and "by influence)" not in text
    assert "share of all stated influence" in words(plot_support_map(groups, support_of(groups), CAPTION))
