"""Sentences on scenarios beside the baseline."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.texts import N_, _, join_sentences
from nasssap_lib.display.words import join_words
from nasssap_lib.priorities.words import either

NO_SCENARIO = N_(
    "No scenario was chosen for this report, so there is nothing to compare: a scenario that was kept in the workbench, or two of "
    "them, would stand here beside the baseline."
)


def comparison_sentence(versions: pd.DataFrame) -> str:
    """What each scenario changes against the baseline; or how to get one.

    Parameters
    ----------
    versions : result of ``priorities.compare_versions``
    """
    names = versions["version"].unique()
    if len(names) < 2:
        return _(NO_SCENARIO)
    parts = dict(tuple(versions.groupby("version", sort=False)))
    return join_sentences([_scenario_words(name, parts[name], parts[names[0]]) for name in names[1:]])


def _scenario_words(scenario: str, rows: pd.DataFrame, baseline: pd.DataFrame) -> str:
    figures, ranks = (int(rows[column].sum()) for column in ("figures_differ", "rank_differs"))
    if not figures and not ranks:
        return _("Scenario {scenario} changes nothing that this chapter shows.", scenario=scenario)
    first, before = (_first(part) for part in (rows, baseline))
    values = {"scenario": scenario, "figures": figures, "n": len(rows), "ranks": ranks, "first": first}
    if first == before:
        return _(
            "Scenario {scenario} gives {figures} of {n} options other figures and {ranks} another rank; first comes {first}, as in "
            "the baseline.",
            **values,
        )
    return _(
        "Scenario {scenario} gives {figures} of {n} options other figures and {ranks} another rank; first comes {first}; in the "
        "baseline {before}.",
        before=before,
        **values,
    )


def _first(rows: pd.DataFrame) -> str:
    """The option that comes first, or those that can."""
    names = quoted(rows.loc[rows["rank_best"] == 1, "name"])
    if len(names) > 2:
        return _("one of {names}", names=join_words(names))
    return either(names) or _("no option")
