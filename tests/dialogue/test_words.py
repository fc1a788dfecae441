"""Titles and sentences of a dialogue: who supports, who opposes, what is not known."""

import numpy as np
import pandas as pd
import pytest
from told_dialogue import CAPTION, support_of, told, words

from nasssap_lib.dialogue.agreement import Agreement
from nasssap_lib.dialogue.charts import plot_agreement
from nasssap_lib.dialogue.words import agreement_words, burdens_title, support_title


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


def test_title_of_the_burdens():
    assert burdens_title(told(), "T") == (
        "T: Finance would pay most for an option (0.5\xa0% of GDP a year) and Unions gain most from one (0.1\xa0%)"
    )
    assert burdens_title(told(burden=0.0), "T").startswith("T: no group would pay more")
    assert (
        burdens_title(told(burden=-0.2), "T") == "T: 3 groups would gain most from an option (0.2\xa0% of GDP a year)"
    )
    assert burdens_title(told(burden=np.nan), "T") == "T: no group has said what it would pay or gain"


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
