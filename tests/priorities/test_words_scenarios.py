"""The sentence on scenarios: what each changes."""

import pandas as pd

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
