"""The sentence on scenarios: what each changes."""

import pandas as pd
import pytest

from nasssap_lib.display.texts import in_language
from nasssap_lib.priorities.words_scenarios import comparison_sentence


def test_the_sentence_says_what_each_scenario_changes(versions):
    text = comparison_sentence(versions)
    assert f"Scenario double gives 1 of {versions['option'].nunique()} options other figures" in text
    assert f"Scenario half gives 2 of {versions['option'].nunique()} options other figures" in text
    same = pd.concat(
        [
            versions[versions["version"] == "baseline"],
            versions[versions["version"] == "baseline"].assign(version="same"),
        ]
    )
    assert comparison_sentence(same) == "Scenario same changes nothing that this chapter shows."


def version(name, best, figures=False, ranks=False):
    """A version in which options A, B and C can come so high."""
    rows = {"version": name, "option": list("abc"), "name": list("ABC"), "rank_best": best}
    return pd.DataFrame(rows).assign(figures_differ=figures, rank_differs=ranks)


def test_who_comes_first_now_and_who_did_before_is_said():
    before = version("baseline", [1, 2, 3])
    text = comparison_sentence(pd.concat([before, version("low", [2, 1, 3], ranks=True)]))
    assert text == (
        "Scenario low gives 0 of 3 options other figures and 3 another rank; first comes “B”; in the baseline “A”."
    )
    same = comparison_sentence(pd.concat([before, version("low", [1, 2, 3], figures=True)]))
    assert same.endswith("gives 3 of 3 options other figures and 0 another rank; first comes “A”, as in the baseline.")


def test_several_or_none_that_can_come_first_are_no_leader():
    before = version("baseline", [1, 1, 1])
    text = comparison_sentence(pd.concat([before, version("low", [float("nan")] * 3, ranks=True)]))
    assert "first comes no option" in text and "in the baseline one of “A”, “B” and “C”" in text


def test_each_of_two_scenarios_has_its_sentence():
    text = comparison_sentence(
        pd.concat([version("baseline", [1, 2, 3]), version("low", [1, 2, 3]), version("high", [1, 2, 3])])
    )
    assert (
        text
        == "Scenario low changes nothing that this chapter shows. Scenario high changes nothing that this chapter shows."
    )


@pytest.mark.parametrize("language", ["en", "fr", "es"])
def test_without_a_scenario_no_reader_is_given_a_command(versions, language):
    with in_language(language):
        told = comparison_sentence(versions[versions["version"] == versions["version"].iat[0]])
    assert told and "--" not in told and "nasssap" not in told
