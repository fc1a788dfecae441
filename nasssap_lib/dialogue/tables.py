"""Tables of a dialogue: what is asked, what weighs how much for whom, who says what and why, and what takes all into account."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import write_whole_share
from nasssap_lib.dialogue.questions import asked_criteria
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_signed
from nasssap_lib.display.tables import ReportTable, View, rank_words, write_number, write_text
from nasssap_lib.display.words import join_words

TENSIONS = {
    "opposes_own_first": "opposes an option that its own weights put near the top",
    "opposes_though_gains": "opposes an option from which it would gain more than it pays",
}
FORM = (
    ("How much each criterion matters: 100 points, or two criteria at a time", "each group's own order of the options; how far the "
     "groups agree; an order that takes all of them into account"),
    ("Whether it supports, doubts or opposes each option, and why", "a map of support and influence; the options that nobody opposes"),
    ("Which share of the cost its members would pay, and which share of the benefits they would receive", "who would pay and who gain"),
)  # fmt: skip


def form_table(groups: pd.DataFrame, criteria: pd.DataFrame, options: pd.DataFrame) -> ReportTable | None:
    """What each group would be asked, and what would be shown; None where there was a dialogue.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    criteria, options : results of ``criteria.assess_criteria`` and ``measures.assess_options``
    """
    if len(groups) or options.empty:
        return None
    labels = asked_criteria(criteria)["label"]
    names = options["name"].tolist()
    about = [join_words(list(labels)), join_words(names), "the same options"]
    rows = [(asked, what, shown) for (asked, shown), what in zip(FORM, about, strict=True)]
    views = {
        "asked": View("Each group is asked", long=True),
        "about": View("About", long=True),
        "shown": View("Then shown here", long=True),
    }
    return ReportTable(pd.DataFrame(rows, columns=list(views)), "What a dialogue would be about", views)


def weights_table(weights: pd.DataFrame) -> ReportTable | None:
    """How much each criterion matters to each group; None where nobody weighed.

    Parameters
    ----------
    weights : result of ``positions.group_weights``
    """
    if weights.empty:
        return None
    shown = weights.drop_duplicates("criterion")[["criterion", "label"]]
    shown = pd.concat([shown, pd.DataFrame({"criterion": ["how"], "label": ["How it was stated"]})], ignore_index=True)
    views = {"label": View("Criterion")}
    for key, name, rows in _groups(weights):
        words = {row.criterion: write_whole_share(row.weight) for row in rows.itertuples()}
        words["how"] = rows["how"].iat[0] or "points"
        shown[key] = shown["criterion"].map(words).fillna(NOT_AVAILABLE)
        shown[f"{key}_quality"] = rows["quality"].iat[0]
        views[key] = View(name, write_text, f"{key}_quality", True)
    return ReportTable(weights, "What matters to whom: each group's weights", views, shown)


def _groups(table: pd.DataFrame):
    """Key of a column, name and rows of each group."""
    for number, (_, rows) in enumerate(table.groupby("stakeholder", sort=False)):
        yield f"group_{number}", rows["group"].iat[0], rows


def _as_written(groups: pd.DataFrame) -> pd.DataFrame:
    """The result as a file has it, where no docstring says among which options a rank is."""
    return groups.rename(columns={"rank": "rank_among_complete"})


def positions_table(groups: pd.DataFrame) -> ReportTable | None:
    """Rank by each group's own weights, or the interval that missing evidence leaves; None where no group stated weights.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    """
    if groups.empty or groups["rank_best"].isna().all():
        return None
    shown = groups.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View("Option")}
    for key, name, rows in _groups(groups):
        ranks = [rank_words(best, worst) for best, worst in zip(rows["rank_best"], rows["rank_worst"], strict=True)]
        shown[key], shown[f"{key}_quality"] = (
            shown["option"].map(dict(zip(rows["option"], ranks, strict=True))),
            rows["quality"].iat[0],
        )
        views[key] = View(name, write_text, f"{key}_quality", True)
    count = int((groups["rank_best"].notna() & (groups["stakeholder"] == groups["stakeholder"].iat[0])).sum())
    title = f"Each group's own order of the {count} options with a cost, by its weights (two ranks: a missing figure leaves it open)"
    return ReportTable(_as_written(groups), title, views, shown)


def _position(value: float) -> str:
    return "no answer" if pd.isna(value) else "supports" if value > 0 else "opposes" if value < 0 else "doubts"


def reasons_table(groups: pd.DataFrame) -> ReportTable | None:
    """What each group says of each option, and why; None where there was no dialogue.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    """
    if groups.empty:
        return None
    shown = groups.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View("Option")}
    for key, name, rows in _groups(groups):
        part = rows.set_index("option")
        shown[key], shown[f"{key}_why"] = (
            shown["option"].map(part["position"].map(_position)),
            shown["option"].map(part["why"]),
        )
        shown[f"{key}_quality"] = rows["quality"].iat[0]
        views[key] = View(name, write_text, f"{key}_quality", detail=f"{key}_why")
    return ReportTable(_as_written(groups), "Who says what, and why", views, shown)


def compromise_table(compromise: pd.DataFrame) -> ReportTable | None:
    """Orders that take every group into account; None where there was no dialogue.

    Parameters
    ----------
    compromise : result of ``positions.find_compromise``
    """
    if compromise.empty:
        return None
    shown = compromise.copy()
    shown["between"] = [rank_words(row.best, row.worst) for row in shown.itertuples()]
    shown["free"] = shown["nobody_opposes"].map({True: "nobody opposes", False: ""})
    views = {
        "name": View("Option", detail="free"),
        "median_rank": View("Place by median", _write_place, numeric=True),
        "median": View("Median of the groups' ranks", write_number, numeric=True),
        "between": View("Best and worst rank of any group", numeric=True),
        "borda_rank": View("Place by Borda", _write_place, numeric=True),
        "points": View("Borda's points", write_number, numeric=True),
        "reason": View("Why n/a", long=True),
    }
    placed = int(compromise["median"].notna().sum())
    title = f"A compromise between the groups, among the {placed} options whose evidence is complete"
    return ReportTable(compromise, title, views, shown)


def _write_place(value) -> str:
    return NOT_AVAILABLE if pd.isna(value) else str(int(value))


def burden_table(groups: pd.DataFrame) -> ReportTable | None:
    """What each group would pay (+) or gain (−), % of GDP a year; None where nobody said so.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    """
    if groups.empty or groups["burden"].isna().all():
        return None
    shown = groups.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View("Option")}
    for key, name, rows in _groups(groups):
        part = rows.set_index("option")
        shown[key], shown[f"{key}_shares"] = (
            shown["option"].map(part["burden"]),
            shown["option"].map(_shares(part)),
        )
        shown[f"{key}_quality"] = rows["burden_quality"].iat[0]
        views[key] = View(name, _write_signed, f"{key}_quality", True, f"{key}_shares")
    return ReportTable(_as_written(groups), "What each group would pay (+) or gain (−), % of GDP a year", views, shown)


def _shares(rows: pd.DataFrame) -> dict[str, str]:
    """What a group said of each option: its share of the cost and of the benefits."""
    known = rows.dropna(subset=["pays", "receives"])
    return {
        option: f"pays {format_number(row.pays, 1)} %, receives {format_number(row.receives, 1)} %"
        for option, row in zip(known.index, known.itertuples(), strict=True)
    }


def _write_signed(value) -> str:
    return NOT_AVAILABLE if pd.isna(value) else format_signed(value, 2)


def discussion_table(points: pd.DataFrame) -> ReportTable | None:
    """Answers that do not fit what the group weighs or gains; None where there is none.

    Parameters
    ----------
    points : result of ``positions.points_to_discuss``
    """
    if points.empty:
        return None
    shown = points.assign(words=points["kind"].map(TENSIONS))
    views = {
        "group": View("Group"),
        "words": View("What does not fit", long=True),
        "name": View("Option", long=True),
        "rank": View("Rank by its own weights, among options with complete evidence", _write_place, numeric=True),
        "burden": View("Would pay (+) or gain (−), % of GDP", _write_signed, numeric=True),
        "why": View("Its reason", long=True),
    }
    return ReportTable(_as_written(points), "What to talk about", views, shown)
