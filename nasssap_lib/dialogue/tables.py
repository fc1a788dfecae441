"""Tables of a dialogue: what is asked, what weighs how much for whom, who says what and why, and what takes all into account."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import write_whole_share
from nasssap_lib.costing.words import quoted
from nasssap_lib.dialogue.questions import asked_criteria
from nasssap_lib.dialogue.words import SAID, how_weighed
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_signed
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    rank_words,
    write_code,
    write_name,
    write_number,
    write_reason,
    write_text,
)
from nasssap_lib.display.texts import N_, _, label, named, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.priorities.words import criterion_words

TENSIONS = {
    "opposes_own_first": N_("opposes an option that its own weights put near the top"),
    "opposes_though_gains": N_("opposes an option from which it would gain more than it pays"),
}
FORM = (  # what is asked, what it would show
    (
        N_("How much each criterion matters: 100 points, or two criteria at a time"),
        N_(
            "each group's own order of the options; how far the groups agree; an order that takes all of them into account"
        ),
    ),
    (
        N_("Whether it supports, doubts or opposes each option, and why"),
        N_("a map of support and influence; the options that nobody opposes"),
    ),
    (
        N_("Which share of the cost its members would pay, and which share of the benefits they would receive"),
        N_("who would pay and who gain"),
    ),
)


def form_table(groups: pd.DataFrame, criteria: pd.DataFrame, options: pd.DataFrame) -> ReportTable | None:
    """What each group would be asked, and what would be shown; None where there was a dialogue.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    criteria, options : results of ``criteria.assess_criteria`` and ``measures.assess_options``
    """
    if len(groups) or options.empty:
        return None
    weighed = asked_criteria(criteria)
    data = pd.DataFrame({"asked": ["criteria", "positions", "shares"], "about": [";".join(weighed), *["options"] * 2]})
    about = [
        join_words(quoted(map(criterion_words, weighed))),
        join_words(quoted(options["name"])),
        _("the same options"),
    ]
    rows = [(_(asked), what, _(shown)) for (asked, shown), what in zip(FORM, about, strict=True)]
    views = {
        "asked": View(_("Each group is asked"), long=True),
        "about": View(_("About"), long=True),
        "shown": View(_("Then shown here"), long=True),
    }
    return ReportTable(data, _("What a dialogue would be about"), views, pd.DataFrame(rows, columns=list(views)))


def weights_table(weights: pd.DataFrame) -> ReportTable | None:
    """How much each criterion matters to each group; None where nobody weighed.

    Parameters
    ----------
    weights : result of ``positions.group_weights``
    """
    if weights.empty:
        return None
    weighed = weights["criterion"].unique()
    labels = [*map(criterion_words, weighed), _("How it was stated")]
    shown = pd.DataFrame({"criterion": [*weighed, "how"], "label": labels})
    views = {"label": View(_("Criterion"))}
    for key, name, rows in _groups(weights):
        cells = {row.criterion: write_whole_share(row.weight) for row in rows.itertuples()}
        cells["how"] = how_weighed(rows["how"].iat[0])
        shown[key] = shown["criterion"].map(cells).fillna(_(NOT_AVAILABLE))
        shown[f"{key}_quality"] = rows["quality"].iat[0]
        views[key] = View(name, write_text, f"{key}_quality", True)
    return ReportTable(weights, _("What matters to whom: each group's weights"), views, shown)


def _groups(table: pd.DataFrame):
    """Key of a column, name and rows of each group."""
    for number, (_id, rows) in enumerate(table.groupby("stakeholder", sort=False)):
        yield f"group_{number}", named(rows["group"].iat[0]), rows


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
    views = {"name": View(_("Option"), write_name)}
    for key, name, rows in _groups(groups):
        ranks = [rank_words(best, worst) for best, worst in zip(rows["rank_best"], rows["rank_worst"], strict=True)]
        shown[key] = shown["option"].map(dict(zip(rows["option"], ranks, strict=True)))
        shown[f"{key}_quality"] = rows["quality"].iat[0]
        views[key] = View(name, write_text, f"{key}_quality", True)
    count = int((groups["rank_best"].notna() & (groups["stakeholder"] == groups["stakeholder"].iat[0])).sum())
    title = ngettext(
        "Each group's own order of the {n} option with a cost, by its weights (two ranks: a missing figure leaves it open)",
        "Each group's own order of the {n} options with a cost, by its weights (two ranks: a missing figure leaves it open)",
        count,
        n=count,
    )
    return ReportTable(_as_written(groups), title, views, shown)


def _position(value: float) -> str:
    """What a group says, in one word."""
    return (
        _("no answer")
        if pd.isna(value)
        else label(SAID, "supports" if value > 0 else "opposes" if value < 0 else "doubts")
    )


def reasons_table(groups: pd.DataFrame) -> ReportTable | None:
    """What each group says of each option, and why; None where there was no dialogue.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    """
    if groups.empty:
        return None
    shown = groups.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View(_("Option"), write_name)}
    for key, name, rows in _groups(groups):
        part = rows.set_index("option")
        shown[key] = shown["option"].map(part["position"].map(_position))
        shown[f"{key}_why"] = shown["option"].map(part["why"].map(named))
        shown[f"{key}_quality"] = rows["quality"].iat[0]
        views[key] = View(name, write_text, f"{key}_quality", detail=f"{key}_why")
    return ReportTable(_as_written(groups), _("Who says what, and why"), views, shown)


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
    shown["free"] = [_("nobody opposes") if free else "" for free in shown["nobody_opposes"]]
    views = {
        "name": View(_("Option"), write_name, detail="free"),
        "median_rank": View(_("Place by median"), _write_place, numeric=True),
        "median": View(_("Median of the groups' ranks"), write_number, numeric=True),
        "between": View(_("Best and worst rank of any group"), numeric=True),
        "borda_rank": View(_("Place by Borda"), _write_place, numeric=True),
        "points": View(_("Borda's points"), write_number, numeric=True),
        "reason": View(_("Why n/a"), write_reason, long=True),
    }
    placed = int(compromise["median"].notna().sum())
    title = ngettext(
        "A compromise between the groups, on the {n} option whose evidence is complete",
        "A compromise between the groups, among the {n} options whose evidence is complete",
        placed,
        n=placed,
    )
    return ReportTable(compromise, title, views, shown)


def _write_place(value) -> str:
    return _(NOT_AVAILABLE) if pd.isna(value) else str(int(value))


def burden_table(groups: pd.DataFrame) -> ReportTable | None:
    """What each group would pay (+) or gain (−), % of GDP a year; None where nobody said so.

    Parameters
    ----------
    groups : result of ``positions.assess_positions``
    """
    if groups.empty or groups["burden"].isna().all():
        return None
    shown = groups.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View(_("Option"), write_name)}
    for key, name, rows in _groups(groups):
        part = rows.set_index("option")
        shown[key], shown[f"{key}_shares"] = shown["option"].map(part["burden"]), shown["option"].map(_shares(part))
        shown[f"{key}_quality"] = rows["burden_quality"].iat[0]
        views[key] = View(name, _write_signed, f"{key}_quality", True, f"{key}_shares")
    return ReportTable(
        _as_written(groups), _("What each group would pay (+) or gain (−), % of GDP a year"), views, shown
    )


def _shares(rows: pd.DataFrame) -> dict[str, str]:
    """What a group said of each option: its share of the cost and of the benefits."""
    known = rows.dropna(subset=["pays", "receives"])
    return {
        option: _(
            "pays {cost} %, receives {benefits} %", cost=format_number(row.pays), benefits=format_number(row.receives)
        )
        for option, row in zip(known.index, known.itertuples(), strict=True)
    }


def _write_signed(value) -> str:
    return format_signed(value, 2)


def discussion_table(points: pd.DataFrame) -> ReportTable | None:
    """Answers that do not fit what the group weighs or gains; None where there is none.

    Parameters
    ----------
    points : result of ``positions.points_to_discuss``
    """
    if points.empty:
        return None
    views = {
        "group": View(_("Group"), write_name),
        "kind": View(_("What does not fit"), write_code(TENSIONS), long=True),
        "name": View(_("Option"), write_name, long=True),
        "rank": View(_("Rank by its own weights, among options with complete evidence"), _write_place, numeric=True),
        "burden": View(_("Would pay (+) or gain (−), % of GDP"), _write_signed, numeric=True),
        "why": View(_("Its reason"), write_name, long=True),
    }
    return ReportTable(_as_written(points), _("What to talk about"), views, points)
