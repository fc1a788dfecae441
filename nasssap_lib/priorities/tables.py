"""Tables of criteria, ranks and what would turn them, for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.tables import range_words, write_level, write_whole_share
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_share
from nasssap_lib.display.tables import ReportTable, View, rank_words, write_share, write_text
from nasssap_lib.priorities.criteria import FURTHER, Matrix
from nasssap_lib.priorities.words_switching_values import KINDS, far_changes, write_value
from nasssap_lib.terms import GUARANTEES


def readiness_table(readiness: pd.DataFrame) -> ReportTable:
    """What each option can stand on today.

    Parameters
    ----------
    readiness : result of ``readiness.assess_readiness``
    """
    shown = readiness.copy()
    for item in ("institution", "law", "register"):
        unread = shown["reason"].str.contains(f"not read: .*{item}") | shown["reason"].str.contains("incomplete")
        shown[item] = shown[item].where(shown[item] != "", unread.map({True: "not read", False: "none"}))
    shown["score"] = [
        format_number(row.readiness * 3, 0) + " of 3" if pd.notna(row.readiness) else NOT_AVAILABLE
        for row in shown.itertuples()
    ]
    shown["range"] = [
        f"{format_number(row.low * 3, 0)} to {format_number(row.high * 3, 0)} of 3" if pd.isna(row.readiness) else ""
        for row in shown.itertuples()
    ]
    views = {
        "name": View("Option"),
        "institution": View("Institution", long=True),
        "law": View("Law", long=True),
        "register": View("Reaches people outside formal employment", long=True),
        "score": View("Readiness", detail="range"),
        "reason": View("Why n/a", long=True),
    }
    return ReportTable(readiness, "Readiness, read from the inventory of schemes", views, shown)


def criteria_table(criteria: pd.DataFrame) -> ReportTable:
    """Options on all criteria; n/a stays n/a, and says what it could be.

    Parameters
    ----------
    criteria : result of ``criteria.assess_criteria``
    """
    cells = [_cell(row) for row in criteria.itertuples()]
    text = criteria.assign(text=[cell[0] for cell in cells], could=[cell[1] for cell in cells])
    order, labels = criteria["option"].unique(), criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    shown = pd.DataFrame({"option": order})
    shown["name"] = shown["option"].map(criteria.drop_duplicates("option").set_index("option")["name"])
    views = {"name": View("Option")}
    for name, label in labels.items():
        part = text[text["criterion"] == name].set_index("option")
        for column in ("text", "could", "quality"):
            shown[f"{name}_{column}"] = shown["option"].map(part[column])
        better = " (less is better)" if part["objective"].iat[0] == "min" else ""
        views[f"{name}_text"] = View(f"{label}{better}", write_text, f"{name}_quality", True, f"{name}_could")
    some = criteria.groupby("criterion")["value"].transform(lambda values: values.notna().any())
    reasons = (
        criteria[some | ~criteria["criterion"].isin(FURTHER)]
        .groupby("option", sort=False)["reason"]
        .agg(lambda words: "; ".join(dict.fromkeys(filter(None, words))))
    )
    shown["why"] = shown["option"].map(reasons)
    if reasons.any():
        views["why"] = View("Why n/a", long=True)
    return ReportTable(criteria, "Criteria: more is better where nothing else is said", views, shown)


def _cell(row) -> tuple[str, str]:
    """A value in its criterion's own unit, and what it could be where it is missing."""
    if pd.notna(row.value):
        return write_value(row.criterion, row.value), ""
    if pd.isna(row.low) or pd.isna(row.high) or not row.ranked:
        return NOT_AVAILABLE, ""
    return NOT_AVAILABLE, " to ".join(write_value(row.criterion, end) for end in (row.low, row.high)) + "?"


def ranking_table(ranking: pd.DataFrame, criteria: pd.DataFrame) -> ReportTable:
    """Rank of each option, or the interval that missing evidence leaves.

    Parameters
    ----------
    ranking : result of ``sequence.rank_sequence``
    criteria : result of ``criteria.assess_criteria``
    """
    shown = ranking.copy()
    shown["rank"] = [rank_words(row.rank_best, row.rank_worst, "not ranked") for row in shown.itertuples()]
    shown["score"] = [
        range_words(row.score_low, row.score_high, _two_decimals) or _two_decimals(row.score_high)
        for row in shown.itertuples()
    ]
    shown["matters"] = [cell_words(text, criteria) for text in shown["decisive"]]
    shown["other"] = [NOT_AVAILABLE if pd.isna(value) else str(int(value)) for value in shown["rank_other"]]
    shown["why"] = shown["reason"].where(shown["reason"] != "", shown["matters"])
    method = "" if shown.empty else str(shown["other_method"].iat[0]).upper()
    views = {
        "name": View("Option"),
        "rank": View("Rank", numeric=True),
        "score": View("Score, 0 to 1", numeric=True),
        "other": View(f"Rank by {method}, complete evidence only", numeric=True),
        "why": View("Missing figures that matter to its place, or why it is not ranked", long=True),
    }
    return ReportTable(ranking, "The order in the weighted sum", views, shown)


def _two_decimals(value) -> str:
    return format_number(value, 2)


def cell_words(decisive, criteria: pd.DataFrame) -> str:
    """Cells "option: criterion; …" in words.

    Examples
    --------
    >>> table = pd.DataFrame({"option": ["a"], "name": ["A"], "criterion": ["cost"], "label": ["Cost, % of GDP"]})
    >>> cell_words("a: cost", table)
    'A: cost, % of GDP'
    """
    if not isinstance(decisive, str) or not decisive:
        return ""
    names = criteria.drop_duplicates("option").set_index("option")["name"]
    labels = criteria.drop_duplicates("criterion").set_index("criterion")["label"]
    found: dict[str, list[str]] = {}
    for option, criterion in (cell.split(": ") for cell in decisive.split("; ")):
        found.setdefault(names[option], []).append(f"{labels[criterion][:1].lower()}{labels[criterion][1:]}")
    return "; ".join(f"{name}: {' and '.join(missing)}" for name, missing in found.items())


def changes_table(changes: pd.DataFrame, matrix: Matrix, criteria: pd.DataFrame) -> ReportTable:
    """The smallest changes that change who can come first; what could not, or only at three times what is assumed, is in the data alone.

    Parameters
    ----------
    changes : result of ``overturning.what_changes_leader``
    matrix : options × criteria
    criteria : result of ``criteria.assess_criteria``
    """
    near = changes["needed"].notna() & ~far_changes(changes)
    shown, names = changes[near | (changes["kind"] == "left_out")].copy(), matrix.names
    labels = criteria.drop_duplicates("criterion").set_index("criterion")["label"] if len(criteria) else {}
    shown["kind_words"] = shown["kind"].map(KINDS)
    shown["of"] = [_what_moves(row, names, labels) for row in shown.itertuples()]
    shown["moves"] = [_move(row) for row in shown.itertuples()]
    shown["range"] = [_range_of(row) for row in shown.itertuples()]
    shown["by"] = [_relative(row) for row in shown.itertuples()]
    shown["then_first"] = [_who_then(row.leaders, row.new_leader, names) for row in shown.itertuples()]
    views = {
        "kind_words": View("What"),
        "of": View("Of", long=True),
        "moves": View("From, to", numeric=True, detail="range"),
        "by": View("Change", numeric=True),
        "then_first": View("Can be first then", long=True),
    }
    now = f" (now: {_who(changes['leaders'].iat[0], names)})" if len(changes) else ""
    return ReportTable(changes, f"What would change who can come first{now}", views, shown)


def _what_moves(row, names, labels) -> str:
    option = names.get(row.option, "") if isinstance(row.option, str) else ""
    criterion = labels[row.criterion] if isinstance(row.criterion, str) else ""
    return ": ".join(filter(None, [option, criterion]))


def _move(row) -> str:
    if row.kind == "left_out":
        return "absent"
    if row.kind == "missing":
        side = "or less" if row.side == "below" else "or more"
        return f"n/a → {write_value(row.criterion, row.needed)} {side}"
    write = write_level if row.kind == "level" else write_share
    return f"{write(row.now)} → {write(row.needed)}"


def _range_of(row) -> str:
    """Inside or outside what was assumed, or what a missing figure could be."""
    if row.kind == "missing":
        return f"could be {' to '.join(write_value(row.criterion, end) for end in (row.low, row.high))}"
    if row.kind not in ("level", "take_up"):
        return ""
    write = write_level if row.kind == "level" else write_whole_share
    return f"{row.within} {range_words(row.low, row.high, write) or write(row.low)}"


def _relative(row) -> str:
    """The change relative to what is now; nothing for a missing figure, which is nothing now."""
    if row.kind in ("left_out", "missing") or pd.isna(row.change):
        return ""
    if abs(row.change) >= 2:
        return f"× {format_number(1 + row.change, 1)}"
    return f"{'+' if row.change > 0 else '−'}{format_share(abs(row.change), 1 if abs(row.change) < 0.1 else 0)}"


def _who(text, names) -> str:
    """Ids of options as names."""
    found = [names.get(option, option) for option in text.split(";")] if isinstance(text, str) and text else []
    return " or ".join(filter(None, [", ".join(found[:-1]), *found[-1:]]))


def _who_then(now: str, then: str, names) -> str:
    """Those who can come first then; of many, only who falls out and who comes in.

    Examples
    --------
    >>> _who_then("a;b;c", "b;c;d", dict(zip("abcd", "ABCD")))
    'no longer A; also D'
    """
    before, after = now.split(";"), then.split(";")
    if len(after) <= 2:
        return _who(then, names)
    lost, new = (
        ";".join(name for name in some if name not in rest) for some, rest in ((before, after), (after, before))
    )
    return "; ".join(
        filter(None, [f"no longer {_who(lost, names)}" if lost else "", f"also {_who(new, names)}" if new else ""])
    )


def acceptability_table(acceptance: pd.DataFrame) -> ReportTable:
    """Share of all views that give an option each rank, and how sure it is under the weights that suit it best.

    Parameters
    ----------
    acceptance : result of ``sequence.accept_ranks``
    """
    ranks = [name for name in acceptance if name.startswith("rank_")]
    views = {"name": View("Option")}
    views |= {name: View(f"Rank {name.removeprefix('rank_')}", write_whole_share, numeric=True) for name in ranks}
    views["confidence"] = View(
        "First in, of the views with the weights that suit it best", write_whole_share, numeric=True
    )
    if acceptance["reason"].any():
        views["reason"] = View("Why not ranked", long=True)
    stated = "views" in acceptance and len(acceptance) > 0 and bool(acceptance["views"].iat[0])
    title = (
        "Share of admissible views, whose weights respect the stated order"
        if stated
        else "Share of all views, whatever the weights"
    )
    return ReportTable(acceptance, title, views)


def sequence_table(steps: pd.DataFrame, criteria: pd.DataFrame) -> ReportTable:
    """The proposed sequence, step by step.

    Parameters
    ----------
    steps : result of ``sequence.propose_sequence``
    criteria : result of ``criteria.assess_criteria``
    """
    shown = steps.copy()
    shown["step_words"] = ["waiting" if pd.isna(step) else str(int(step)) for step in shown["step"]]
    late = shown["latest"] > shown["step"]
    shown["late_words"] = [
        f"could be as late as {int(row.latest)}" if late[row.Index] else "" for row in shown.itertuples()
    ]
    shown["serves"] = shown["guarantee"].map(GUARANTEES)
    shown["rank"] = [rank_words(row.rank_best, row.rank_worst, "not ranked") for row in shown.itertuples()]
    shown["matters"] = [cell_words(text, criteria) for text in shown["decisive"]]
    shown["needs"] = shown["reason"].where(shown["reason"] != "", shown["matters"])
    views = {
        "step_words": View("Step", detail="late_words"),
        "name": View("Option", detail="serves"),
        "rank": View("Rank", numeric=True),
        "first": View("First in, of admissible views", write_whole_share, numeric=True),
        "needs": View("Figures that would settle its place", long=True),
    }
    return ReportTable(steps, "A proposed sequence: all four guarantees are due", views, shown)
