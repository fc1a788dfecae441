"""Sentences on scenarios beside the baseline."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.words import join_words

NO_SCENARIO = (
    "No scenario was chosen, so there is nothing to compare: the workbench writes one, and nasssap run with --scenario NAME, "
    "or with two names and a comma, sets it beside the baseline here."
)


def comparison_sentence(versions: pd.DataFrame) -> str:
    """What each scenario changes against the baseline; or how to get one.

    Parameters
    ----------
    versions : result of ``comparison.compare_versions``
    """
    names = versions["version"].unique()
    if len(names) < 2:
        return NO_SCENARIO
    parts = dict(tuple(versions.groupby("version", sort=False)))
    return " ".join(_scenario_words(name, parts[name], parts[names[0]]) for name in names[1:])


def _scenario_words(name: str, rows: pd.DataFrame, baseline: pd.DataFrame) -> str:
    figures, ranks = (int(rows[column].sum()) for column in ("figures_differ", "rank_differs"))
    if not figures and not ranks:
        return f"Scenario {name} changes nothing that this chapter shows."
    first, before = (_first(part) for part in (rows, baseline))
    leads = f"first comes {first}" + (", as in the baseline." if first == before else f"; in the baseline {before}.")
    return f"Scenario {name} gives {figures} of {len(rows)} options other figures and {ranks} another rank; {leads}"


def _first(rows: pd.DataFrame) -> str:
    """The option that comes first, or those that can."""
    names = quoted(rows.loc[rows["rank_best"] == 1, "name"])
    return " or ".join(names) if len(names) < 3 else f"one of {join_words(names)}" if names else "no option"
