"""Tables of criteria, ranks and what would turn them, for readers."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib.costing.tables import range_words, write_whole_share
from nasssap_lib.costing.words import write_level
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    rank_words,
    write_code,
    write_name,
    write_reason,
    write_share,
    write_text,
)
from nasssap_lib.display.texts import _, join_beside, join_clauses, label, named
from nasssap_lib.display.words import join_words
from nasssap_lib.priorities.matrix import Matrix
from nasssap_lib.priorities.readiness import ITEMS, unread_items
from nasssap_lib.priorities.words import criterion_words, either, within_sentence, write_value
from nasssap_lib.priorities.words_switching_values import KINDS, far_changes
from nasssap_lib.reasons import join_reasons
from nasssap_lib.terms import FURTHER_CRITERIA, GUARANTEES, OPTION_KINDS


def readiness_table(readiness: pd.DataFrame) -> ReportTable:
    """What each option can stand on today.

    Parameters
    ----------
    readiness : result of ``priorities.assess_readiness``
    """
    shown, unread = readiness.copy(), [unread_items(cell) for cell in readiness["reason"]]
    for item in ITEMS:
        shown[item] = shown[item].map(_given_by)
        instead = [_("not read") if item in items else _("nothing for these people") for items in unread]
        shown[item] = shown[item].where(shown[item] != "", pd.Series(instead, index=shown.index, dtype=object))
    shown["score"] = [_of_three(value) for value in shown["readiness"]]
    known = shown["readiness"].notna()
    ends = zip(shown["low"], shown["high"], strict=True)
    shown["range"] = [
        "" if is_known else _("{low} to {high} of 3", low=format_number(low * 3, 0), high=format_number(high * 3, 0))
        for is_known, (low, high) in zip(known, ends, strict=True)
    ]
    views = {
        "name": View(_("Option"), write_name),
        "institution": View(_("Institution"), long=True),
        "law": View(_("Law"), long=True),
        "register": View(_("Channel that pays them"), long=True),
        "score": View(_("Readiness"), detail="range"),
    }
    if shown["reason"].any():
        views["reason"] = View(_("Why n/a"), write_reason, long=True)
    return ReportTable(readiness, _("Readiness, read from the inventory of schemes"), views, shown)


def _given_by(cell: str) -> str:
    """Institutions or laws, each with its scheme in brackets behind it, in the reader's language."""
    parts, words = cell.split("), "), []
    while parts:
        for number in range(len(parts), 0, -1):  # a text may hold the sign that parts it from the next
            text, bracket, scheme = "), ".join(parts[:number]).rpartition(" (")
            if number == 1 or named(text) != text:
                words.append(f"{named(text)}{bracket}{scheme}")
                parts = parts[number:]
                break
    return "), ".join(words)


def _of_three(share: float) -> str:
    return _(NOT_AVAILABLE) if pd.isna(share) else _("{number} of 3", number=format_number(share * 3, 0))


def criteria_table(criteria: pd.DataFrame) -> ReportTable:
    """Options on all criteria; n/a stays n/a, and says what it could be.

    Parameters
    ----------
    criteria : result of ``priorities.assess_criteria``
    """
    cells = [_cell(row) for row in criteria.itertuples()]
    text = criteria.assign(text=[cell[0] for cell in cells], could=[cell[1] for cell in cells])
    shown = criteria.drop_duplicates("option")[["option", "name"]].reset_index(drop=True)
    views = {"name": View(_("Option"), write_name)}
    for criterion, part in text.groupby("criterion", sort=False):
        cells_of = part.set_index("option")
        for column in ("text", "could", "quality"):
            shown[f"{criterion}_{column}"] = shown["option"].map(cells_of[column])
        heading = _heading(criterion, part["objective"].iat[0])
        views[f"{criterion}_text"] = View(heading, write_text, f"{criterion}_quality", True, f"{criterion}_could")
    some = criteria.groupby("criterion")["value"].transform(lambda values: values.notna().any())
    told = criteria[some | ~criteria["criterion"].isin(FURTHER_CRITERIA)]
    shown["why"] = shown["option"].map(
        told.groupby("option", sort=False)["reason"].agg(lambda reasons: join_reasons(*reasons))
    )
    if shown["why"].any():
        views["why"] = View(_("Why n/a"), write_reason, long=True)
    return ReportTable(criteria, _("Criteria: more is better where nothing else is said"), views, shown)


def _heading(criterion: str, objective: str) -> str:
    words = criterion_words(criterion)
    return _("{criterion} (less is better)", criterion=words) if objective == "min" else words


def _cell(row) -> tuple[str, str]:
    """A value in its criterion's own unit, and what it could be where it is missing."""
    if pd.notna(row.value):
        return write_value(row.criterion, row.value), ""
    if pd.isna(row.low) or pd.isna(row.high) or not row.ranked:
        return _(NOT_AVAILABLE), ""
    low, high = (write_value(row.criterion, end) for end in (row.low, row.high))
    return _(NOT_AVAILABLE), _("{low} to {high}?", low=low, high=high)


def holds_table(holds: pd.DataFrame) -> ReportTable:
    """What no weights overturn: in how many views each option is first, where it can stand, and by whom it is beaten.

    Parameters
    ----------
    holds : result of ``priorities.what_holds``
    """
    shown, names = holds.copy(), dict(zip(holds["option"], holds["name"], strict=True))
    shown["place"] = [rank_words(row.place_best, row.place_worst, _("not ranked")) for row in shown.itertuples()]
    beaten = [_who(str(ids).split(";"), names) if ids else _("no other option") for ids in shown["beaten_by"]]
    known = shown["first"].notna()
    shown["by"] = [text if is_known else "" for text, is_known in zip(beaten, known, strict=True)]
    views = _name_view(shown) | {
        "first": View(_("First in, of the views"), write_whole_share, numeric=True),
        "place": View(_("Place in nine of ten views"), numeric=True),
        "by": View(_("Beaten on every criterion by"), long=True),
    }
    if shown["reason"].any():
        views["reason"] = View(_("Why not ranked"), write_reason, long=True)
    return ReportTable(holds, _("What holds whatever the weights are"), views, shown)


def _name_view(shown: pd.DataFrame, column: str = "kind") -> dict[str, View]:
    """Names of options, with their list below where there are two; adds the column of these words."""
    if column not in shown or shown[column].nunique() < 2:
        return {"name": View(_("Option"), write_name)}
    shown["list_words"] = [label(OPTION_KINDS, kind) for kind in shown[column]]
    return {"name": View(_("Option"), write_name, detail="list_words")}


def ranking_table(ranking: pd.DataFrame, common: pd.DataFrame | None = None) -> ReportTable:
    """Places of each option: the interval within all ranges and the central one, at the typed levels and at one common level.

    Parameters
    ----------
    ranking : result of ``priorities.rank_sequence``
    common : the same at one common level (``costing.at_common_level``)
    """
    shown = ranking.copy()
    views = _name_view(shown)
    shown["rank_words"], shown["middle"] = _places(ranking), _middle(ranking)
    views["rank_words"] = View(_("Place, assumed levels"), numeric=True, detail="middle")
    if common is not None:
        rows = ranking[["option"]].merge(common, on="option", how="left")
        shown["common_words"], shown["common_middle"] = _places(rows), _middle(rows)
        heading = _("Place, one level for all")
        views["common_words"] = View(heading, numeric=True, detail="common_middle")
    shown["score_words"] = [_score(row) for row in shown.itertuples()]
    shown["other"] = [_(NOT_AVAILABLE) if pd.isna(value) else str(int(value)) for value in shown["rank_other"]]
    shown["why"] = _what_is_missing(ranking)
    method = "" if shown.empty else str(shown["other_method"].iat[0]).upper()
    views |= {
        "score_words": View(_("Score at central values, 0 to 1"), numeric=True),
        "other": View(_("Place by the second method, {method}, complete evidence only", method=method), numeric=True),
        "why": View(_("Missing figures that matter to its place, or why it is not ranked"), long=True),
    }
    return ReportTable(ranking, _("The order in the weighted sum: places within all ranges"), views, shown)


def _score(row) -> str:
    return _(NOT_AVAILABLE) if pd.isna(row.score) else format_number(row.score, 2)


def _places(ranking: pd.DataFrame) -> list[str]:
    return [rank_words(row.rank_best, row.rank_worst, _("not ranked")) for row in ranking.itertuples()]


def _middle(ranking: pd.DataFrame) -> list[str]:
    """The place at the central values, where the interval is wider; none in a list in which somebody's is not known."""
    kinds = ranking["kind"].astype(object).where(ranking["kind"].notna(), "")
    whole = (ranking["score"].notna() | ranking["rank_best"].isna()).groupby(kinds).transform("all")
    return [
        _("{rank} at central values", rank=int(row.rank)) if is_known and row.rank_best != row.rank_worst else ""
        for row, is_known in zip(ranking.itertuples(), whole & ranking["rank"].notna(), strict=True)
    ]


def _what_is_missing(table: pd.DataFrame) -> list[str]:
    """Why an option is not ranked, or else the missing figures that matter to its place."""
    names = dict(zip(table["option"], table["name"], strict=True))
    pairs = zip(table["reason"], table["decisive"], strict=True)
    return [write_reason(why) if why else cell_words(decisive, names) for why, decisive in pairs]


def cell_words(decisive, names: Mapping[str, str]) -> str:
    """Cells "option: criterion; …" in words.

    Examples
    --------
    >>> cell_words("a: cost", {"a": "A"})
    'A: cost, % of GDP'
    """
    if not isinstance(decisive, str) or not decisive:
        return ""
    missing: dict[str, list[str]] = {}
    for option, criterion in (cell.split(": ") for cell in decisive.split("; ")):
        missing.setdefault(named(names[option]), []).append(within_sentence(criterion))
    clauses = [_("{name}: {criteria}", name=name, criteria=join_words(criteria)) for name, criteria in missing.items()]
    return join_clauses(clauses)


def changes_table(changes: pd.DataFrame, matrix: Matrix) -> ReportTable:
    """The smallest changes that change who can come first; what could not, or only at three times what is assumed, is in the data alone.

    Parameters
    ----------
    changes : result of ``priorities.what_changes_leader``
    matrix : options × criteria
    """
    near = changes["needed"].notna() & ~far_changes(changes) & ~changes["list"].isin(_lists_of_two(matrix))
    shown, names = changes[near | (changes["kind"] == "left_out")].copy(), matrix.names
    shown["of"] = [_what_moves(row, names) for row in shown.itertuples()]
    shown["moves"] = [_move(row) for row in shown.itertuples()]
    shown["range"] = [_range_of(row) for row in shown.itertuples()]
    shown["by"] = [_relative(row) for row in shown.itertuples()]
    shown["then_first"] = [_who_then(row.leaders, row.new_leader, names) for row in shown.itertuples()]
    shown["list_words"] = [label(OPTION_KINDS, kind) for kind in shown["list"]]
    two = "list_words" if shown["list"].nunique() > 1 else ""
    views = {
        "kind": View(_("What would change"), write_code(KINDS), detail=two),
        "of": View(_("Option or criterion concerned"), long=True),
        "moves": View(_("From its value now → to the value needed"), numeric=True, detail="range"),
        "by": View(_("Change needed"), numeric=True),
        "then_first": View(_("Who can then come first"), long=True),
    }
    title = _("What would change who can come first")
    if len(changes) and changes["leaders"].nunique() == 1:
        now = _who(changes["leaders"].iat[0].split(";"), names)
        title = _("What would change who can come first (now: {names})", names=now)
    return ReportTable(changes, title, views, shown)


def _lists_of_two(matrix: Matrix) -> list[str]:
    """Lists, where there are several, in which two options can be ranked: each is best or worst on everything."""
    sizes = {part.kind: len(part.values) for part in matrix.lists}
    return [kind for kind, size in sizes.items() if size == 2 and len(sizes) > 1]


def _what_moves(row, names: Mapping[str, str]) -> str:
    option = named(names.get(row.option, "")) if isinstance(row.option, str) else ""
    criterion = criterion_words(row.criterion) if isinstance(row.criterion, str) else ""
    return (
        _("{option}: {criterion}", option=option, criterion=criterion) if option and criterion else option or criterion
    )


def _move(row) -> str:
    if row.kind == "left_out":
        return _("absent")
    if row.kind == "missing":
        needed = write_value(row.criterion, row.needed)
        return (
            _("n/a → {value} or less", value=needed)
            if row.side == "below"
            else _("n/a → {value} or more", value=needed)
        )
    write = write_level if row.kind == "level" else write_share
    if row.needed == row.now:
        return (
            _("{now}: any less", now=write(row.now))
            if row.side == "below"
            else _("{now}: any more", now=write(row.now))
        )
    return f"{write(row.now)} → {write(row.needed)}"


def _range_of(row) -> str:
    """Inside or outside what was assumed, or what a missing figure could be."""
    if row.kind == "missing":
        low, high = (write_value(row.criterion, end) for end in (row.low, row.high))
        return _("could be {low} to {high}", low=low, high=high)
    if row.kind not in ("level", "take_up"):
        return ""
    write = write_level if row.kind == "level" else write_whole_share
    assumed = range_words(row.low, row.high, write) or write(row.low)
    return _("inside {range}", range=assumed) if row.within == "inside" else _("outside {range}", range=assumed)


def _relative(row) -> str:
    """The change relative to what is now; nothing for a missing figure, which is nothing now."""
    if row.kind in ("left_out", "missing") or pd.isna(row.change) or row.needed == row.now:
        return ""
    if abs(row.change) >= 2:
        return f"× {format_number(1 + row.change, 1)}"
    return f"{'+' if row.change > 0 else '−'}{format_share(abs(row.change), 1 if abs(row.change) < 0.1 else 0)}"


def _who(ids: list[str], names: Mapping[str, str]) -> str:
    """Options by their names, one or another of which can be first."""
    return either(named(names.get(option, option)) for option in ids if option)


def _who_then(now: str, then: str, names: Mapping[str, str]) -> str:
    """Those who can come first then; of many, only who falls out and who comes in.

    Examples
    --------
    >>> _who_then("a;b;c", "b;c;d", dict(zip("abcd", "ABCD")))
    'no longer A; also D'
    """
    before, after = now.split(";"), then.split(";")
    if len(after) <= 2:
        return _who(after, names)
    lost, new = ([name for name in some if name not in rest] for some, rest in ((before, after), (after, before)))
    clauses = [
        *([_("no longer {names}", names=_who(lost, names))] if lost else []),
        *([_("also {names}", names=_who(new, names))] if new else []),
    ]
    return join_clauses(clauses)


def acceptability_table(acceptance: pd.DataFrame) -> ReportTable:
    """Share of all views that give an option each rank, and how sure it is under the weights that suit it best.

    Parameters
    ----------
    acceptance : result of ``priorities.accept_ranks``
    """
    ranks = [name for name in acceptance if name.startswith("rank_")]
    shown = acceptance.copy()
    views = _name_view(shown)
    for name in ranks:
        views[name] = View(_("Rank {number}", number=name.removeprefix("rank_")), write_whole_share, numeric=True)
    heading = _("First in, of the views with the weights that suit it best")
    views["confidence"] = View(heading, write_whole_share, numeric=True)
    if acceptance["reason"].any():
        views["reason"] = View(_("Why not ranked"), write_reason, long=True)
    title = _("Share of all views, whatever the weights")
    if len(acceptance) and acceptance["views"].iat[0]:
        title = _("Share of admissible views, whose weights respect the stated order")
    return ReportTable(acceptance, title, views, shown)


def sequence_table(steps: pd.DataFrame) -> ReportTable:
    """The proposed sequence, step by step.

    Parameters
    ----------
    steps : result of ``priorities.propose_sequence``
    """
    shown = steps.copy()
    shown["step_words"] = [_("waiting") if pd.isna(step) else str(int(step)) for step in shown["step"]]
    late = shown["latest"] > shown["step"]
    shown["late_words"] = [
        _("could be as late as {step}", step=int(latest)) if is_late else ""
        for latest, is_late in zip(shown["latest"], late, strict=True)
    ]
    if steps["kind"].nunique() > 1:  # each list begins at its first step
        both = zip(shown["kind"], shown["late_words"], strict=True)
        shown["late_words"] = [join_clauses(filter(None, [label(OPTION_KINDS, kind), late])) for kind, late in both]
    needed = [
        _("would settle its place: {figures}", figures=text) if text and is_ranked else text
        for text, is_ranked in zip(_what_is_missing(steps), steps["rank_best"].notna(), strict=True)
    ]
    serves = [label(GUARANTEES, code) for code in shown["guarantee"]]
    shown["serves"] = [join_beside(list(both)) for both in zip(serves, needed, strict=True)]
    shown["rank"] = [rank_words(row.rank_best, row.rank_worst, _("not ranked")) for row in shown.itertuples()]
    views = {
        "step_words": View(_("Step"), detail="late_words"),
        "name": View(_("Option"), write_name, detail="serves"),
        "rank": View(_("Rank"), numeric=True),
        "first": View(_("Comes first, share of views"), write_whole_share, numeric=True),
    }
    return ReportTable(steps, _("A proposed sequence: all four guarantees are due"), views, shown)
