"""The table of scenarios beside the baseline, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import write_fine_share, write_whole_share
from nasssap_lib.display.numbers import format_number, format_persons
from nasssap_lib.display.tables import ReportTable, View, rank_words, write_persons

SAME = "in all versions"
WRITERS = {
    "persons": write_persons,
    "newly_covered": write_persons,
    "cost": write_fine_share,
    "gap_closed": write_whole_share,
}


def comparison_table(versions: pd.DataFrame) -> ReportTable | None:
    """Persons, cost, gap closed and rank of each option in each version; None where there is only the baseline.

    An option that is the same in all versions stands once; below a figure stands by how much it differs from the baseline's.

    Parameters
    ----------
    versions : result of ``comparison.compare_versions``
    """
    if versions["version"].nunique() < 2:
        return None
    changed = versions.groupby("option")[["figures_differ", "rank_differs"]].transform("any").any(axis=1)
    first = versions["version"] == versions["version"].iat[0]
    shown = versions.assign(version=versions["version"].where(changed, SAME))[changed | first]
    shown = shown.iloc[pd.Categorical(shown["option"], versions["option"].unique()).codes.argsort(kind="stable")]
    baseline = versions[first].set_index("option")
    for name in WRITERS:
        before = shown["option"].map(baseline[name])
        shown[f"{name}_change"] = [_change(name, *pair) for pair in zip(shown[name], before, strict=True)]
    shown["rank"] = [rank_words(row.rank_best, row.rank_worst) for row in shown.itertuples()]
    return ReportTable(versions, "Scenarios beside the baseline", _views(shown), shown)


def _views(shown: pd.DataFrame) -> dict[str, View]:
    words = {
        "persons": "Persons reached", "newly_covered": "Newly covered", "cost": "Cost, % of GDP", "gap_closed": "Gap closed",
    }  # fmt: skip
    views = {"name": View("Option"), "version": View("Version")}
    views |= {
        name: View(
            text, WRITERS[name], "quality", True, detail=f"{name}_change" if shown[f"{name}_change"].any() else ""
        )
        for name, text in words.items()
    }
    views["rank"] = View("Rank", numeric=True)
    return views | ({"reason": View("Why n/a", long=True)} if shown["reason"].any() else {})


def _change(name: str, now: float, before: float) -> str:
    """By how much a figure differs from the baseline's, with its sign; nothing where it does not, or one is not known."""
    if pd.isna(now) or pd.isna(before) or abs(now - before) <= 1e-9 * abs(before):
        return ""
    size = abs(now - before)
    if name in ("persons", "newly_covered"):
        words = format_persons(size)
    else:
        words = f"{format_number(size * 100, 2 if name == 'cost' else 0)} points"
    return f"{'+' if now > before else '−'}{words}"
