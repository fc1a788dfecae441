"""The table of scenarios beside the baseline, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import write_fine_share, write_whole_share
from nasssap_lib.display.numbers import format_number, format_persons
from nasssap_lib.display.tables import ReportTable, View, rank_words, write_name, write_persons, write_reason
from nasssap_lib.display.texts import N_, _
from nasssap_lib.priorities.scenarios import BASELINE

WRITERS = {
    "persons": write_persons,
    "newly_covered": write_persons,
    "cost": write_fine_share,
    "gap_closed": write_whole_share,
}
HEADINGS = {
    "persons": N_("Persons reached"),
    "newly_covered": N_("Newly covered"),
    "cost": N_("Cost, % of GDP"),
    "gap_closed": N_("Gap closed"),
}


def comparison_table(versions: pd.DataFrame) -> ReportTable | None:
    """Persons, cost, gap closed and rank of each option in each version; None where there is only the baseline.

    An option that is the same in all versions stands once; below a figure stands by how much it differs from the baseline's.

    Parameters
    ----------
    versions : result of ``priorities.compare_versions``
    """
    if versions["version"].nunique() < 2:
        return None
    changed = versions.groupby("option")[["figures_differ", "rank_differs"]].transform("any").any(axis=1)
    first = versions["version"] == versions["version"].iat[0]
    called = versions["version"].replace(BASELINE, _("baseline")).where(changed, _("in all versions"))
    shown = versions.assign(version=called)[changed | first]
    shown = shown.iloc[pd.Categorical(shown["option"], versions["option"].unique()).codes.argsort(kind="stable")]
    baseline = versions[first].set_index("option")
    for name in WRITERS:
        before = shown["option"].map(baseline[name])
        shown[f"{name}_change"] = [_change(name, *pair) for pair in zip(shown[name], before, strict=True)]
    shown["rank"] = [rank_words(row.rank_best, row.rank_worst) for row in shown.itertuples()]
    return ReportTable(versions, _("Scenarios beside the baseline"), _views(shown), shown)


def _views(shown: pd.DataFrame) -> dict[str, View]:
    views = {"name": View(_("Option"), write_name), "version": View(_("Version"))}
    for name, words in HEADINGS.items():
        detail = f"{name}_change" if shown[f"{name}_change"].any() else ""
        views[name] = View(_(words), WRITERS[name], "quality", True, detail)
    views["rank"] = View(_("Rank"), numeric=True)
    return views | ({"reason": View(_("Why n/a"), write_reason, long=True)} if shown["reason"].any() else {})


def _change(name: str, now: float, before: float) -> str:
    """By how much a figure differs from the baseline's, with its sign; nothing where it does not, or one is not known."""
    if pd.isna(now) or pd.isna(before) or abs(now - before) <= 1e-9 * abs(before):
        return ""
    size, sign = abs(now - before), "+" if now > before else "−"
    if name in ("persons", "newly_covered"):
        return f"{sign}{format_persons(size)}"
    return _("{sign}{number} points", sign=sign, number=format_number(size * 100, 2 if name == "cost" else 0))
