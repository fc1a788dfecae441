"""What groups wrote on their sheets: checked, and turned into rows of a pack's stakeholders; what is wrong is named, never averaged away.

A wrong or contradictory answer is left out and named with its place; a missing one is named and stays missing. What a group said before
and does not answer anew is kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

import numpy as np
import pandas as pd

from nasssap_lib.dialogue.answer_sheet import AnswerSheet, group_id
from nasssap_lib.dialogue.answered_weights import ROUNDING, answered_weights
from nasssap_lib.dialogue.earlier import FILLED
from nasssap_lib.dialogue.questions import BELOW
from nasssap_lib.names import alike, one_form
from nasssap_lib.pack.schema import NAME
from nasssap_lib.reasons import reason
from nasssap_lib.terms import POSITIONS

KINDS = ("wrong", "contradictory", "missing", "renamed", "unanswered")
MISTAKES = ("wrong", "contradictory")
REMARK_COLUMNS = ["kind", "group", "file", "cell", "question", "field", "answer", "expected", "remedy"]
ROW_COLUMNS = ["stakeholder", "name", "kind", "influence", "about", "item", "value", "reason"]
SHARES = ("pays", "receives")
MOST_INFLUENCE, ALL = 10.0, 100.0


@dataclass(frozen=True)
class Collected:
    """What could be taken from the sheets.

    rows : columns of ``ROW_COLUMNS``, as a pack's stakeholders without quality and source
    kept : rows of the pack of the same groups on which their sheets have no answer, with name, kind and influence of the sheet
    remarks : columns of ``REMARK_COLUMNS``; kind: "wrong", "contradictory" (both were not taken), "missing", "renamed" (a group of the pack
        under a new name) or "unanswered" (a sheet as it was written); expected, remedy: codes of reasons, whose values may be ids of
        questions (``words.remark_words`` says them)
    files : id of a group of which something was taken → name of its sheet's file
    """

    rows: pd.DataFrame
    kept: pd.DataFrame
    remarks: pd.DataFrame
    files: dict[str, str]

    @property
    def mistakes(self) -> pd.DataFrame:
        """Remarks on what was not taken."""
        return self.remarks[self.remarks["kind"].isin(MISTAKES)]


def collect_answers(
    answers: pd.DataFrame,
    questions: pd.DataFrame,
    before: pd.DataFrame | None = None,
    influence: Mapping[str, float] | None = None,
) -> Collected:
    """Check the answers of all sheets and turn them into rows of a pack's stakeholders.

    Parameters
    ----------
    answers : columns of ``questions.ANSWER_COLUMNS``: file, cell (with its sheet), question (id), field, answer (text; "" where empty;
        positions as supports, doubts or opposes); "group:id" may carry the id of a known group, "filled:" before a question what its
        sheet was written with
    questions : result of ``questions.draft_questions``
    before : a pack's stakeholders, as they stand; a group of the same name keeps its id, its kind and influence where the sheet leaves
        them open, and what it said on questions that the sheet leaves open; what stood in its sheet and was emptied is withdrawn
    influence : by id of a group, 0–1, as the facilitator states it; before all else

    Returns
    -------
    Collected

    Notes
    -----
    Weights are points that add up to 100, or comparisons of all pairs with a consistency ratio up to 0.10; where both are given they must
    not contradict one another, and the points are taken. Where all groups together, those of the pack among them, would pay or
    receive more than everything of an option, no new share of that option is taken. Two sheets of one group are both left out, and
    so is a sheet that bears the name of a group which the pack knows under another id: it would count twice. A name that was
    changed in a group's own sheet is its new name. A sheet on which nothing was filled in is not answered yet, and no mistake.

    Examples
    --------
    >>> asked = pd.DataFrame({"id": ["group:name", "weight:cost"], "section": ["group", "weight"]})
    >>> given = pd.DataFrame([("a.xlsx", "1!B2", "group:name", "value", "Unions"), ("a.xlsx", "2!B2", "weight:cost", "value", "90")],
    ...     columns=["file", "cell", "question", "field", "answer"])
    >>> collected = collect_answers(given, asked)
    >>> len(collected.rows), collected.mistakes["expected"].tolist()
    (0, ['points_sum'])
    """
    before = pd.DataFrame(columns=ROW_COLUMNS) if before is None else before
    sheets = [_open_sheet(file, rows) for file, rows in answers.groupby("file", sort=False)]
    named = {sheet.file: _identify(sheet, before) for sheet in sheets}
    _refuse_doubles(sheets, named)
    stated = influence or {}
    named = {
        file: who | {"influence": stated.get(who["stakeholder"], who["influence"])} if who else who
        for file, who in named.items()
    }
    taken = [sheet for sheet in sheets if named[sheet.file]]
    withdrawn = {(named[sheet.file]["stakeholder"], *row) for sheet in taken for row in _withdrawn(sheet)}
    stays = [row not in withdrawn for row in zip(before["stakeholder"], before["about"], before["item"], strict=True)]
    before = before[np.array(stays, dtype=bool)]
    rows = [row | named[sheet.file] for sheet in taken for row in _rows_of(sheet, questions)]
    table = pd.DataFrame(rows, columns=ROW_COLUMNS)
    table, shared = _within_everything(table, before)
    remarks = pd.DataFrame([line for sheet in sheets for line in sheet.remarks] + shared, columns=REMARK_COLUMNS)
    order = remarks["kind"].map({kind: number for number, kind in enumerate(KINDS)})
    answered = set(table["stakeholder"])
    files = {who["stakeholder"]: sheet.file for sheet in taken if (who := named[sheet.file])["stakeholder"] in answered}
    return Collected(
        table, _kept(table, before), remarks.iloc[order.argsort(kind="stable")].reset_index(drop=True), files
    )


def _open_sheet(file: str, rows: pd.DataFrame) -> AnswerSheet:
    """The answers of a file by question; a question that stands twice with two answers is contradictory and stays open."""
    sheet = AnswerSheet(file, {})
    cells: dict[tuple[str, str], tuple[str, str]] = {}
    for row in rows.itertuples():
        key, given = (row.question, row.field), (row.answer, row.cell)
        earlier = cells.get(key)
        cells[key] = given if earlier is None or not earlier[0] else earlier
        if earlier is not None and row.answer and earlier[0] and row.answer != earlier[0]:
            sheet.twice.append(key)
    sheet.cells = {key: ("", cell) if key in sheet.twice else (answer, cell) for key, (answer, cell) in cells.items()}
    return sheet


def _identify(sheet: AnswerSheet, before: pd.DataFrame) -> dict:
    """Who answered: id, name, kind and influence; empty where the sheet cannot be used."""
    name = sheet.words("group:name")
    sheet.group = name or sheet.text("group:given") or sheet.file
    if not _answered(sheet):
        sheet.remarks.clear()
        remedy = reason("earlier_answers_stay" if sheet.filled else "nothing_filled_in")
        sheet.say("unanswered", "", "value", reason("answers_given"), remedy)
        return {}
    for question, part in sheet.twice:
        sheet.say("contradictory", question, part, reason("one_answer_each"), reason("keep_one_row"))
    if len(name) > NAME:
        sheet.say("wrong", "group:name", "value", reason("letters_up_to", most=NAME), reason("shorten_or_lost"))
        return {}
    if not any(letter.isalpha() for letter in name):
        if "group:name" not in [remark[REMARK_COLUMNS.index("question")] for remark in sheet.remarks]:
            sheet.say("wrong", "group:name", "value", reason("group_name"), reason("on_first_page"))
        return {}
    known = _known_group(sheet, name, before)
    if known is None:
        return {}
    kind = sheet.words("group:kind") or known.get("kind", "")
    if not kind:
        sheet.say("missing", "group:kind", "value", reason("group_kind"), reason("kind_from_list"))
    return {
        "stakeholder": known.get("stakeholder") or _new_id(name, before), "name": name, "kind": kind or "not stated",
        "influence": _influence(sheet, known.get("influence")),
    }  # fmt: skip


def _new_id(name: str, before: pd.DataFrame) -> str:
    """An id that no other group of the pack has."""
    ids = set(before["stakeholder"])
    tries = (group_id(name) + (f"_{number}" if number > 1 else "") for number in count(1))
    return next(each for each in tries if each not in ids)


def _answered(sheet: AnswerSheet) -> bool:
    """Was anything filled in but who the group is, and anything else than what the sheet was written with?"""
    asked = [cell for cell in sheet.cells if not cell[0].startswith(("group:", FILLED))]
    given = {cell: one_form(sheet.text(*cell)) for cell in asked if sheet.text(*cell)}
    return bool(sheet.twice) or (bool(given) and given != sheet.filled)


def _influence(sheet: AnswerSheet, before: float | None) -> float | None:
    """Influence from 0 to 1 as it was known; sheets of earlier versions ask the facilitator for 0 to 10."""
    given = sheet.number("group:influence", "value", MOST_INFLUENCE, reason("facilitator_fills_in"))
    if given is not None and 0 < given < 1:
        asked = reason("number_up_to", most=MOST_INFLUENCE)
        sheet.say("wrong", "group:influence", "value", asked, reason("influence_no_share"))
        return before
    return before if given is None else given / MOST_INFLUENCE


def _known_group(sheet: AnswerSheet, name: str, before: pd.DataFrame) -> dict | None:
    """What the pack holds of the group, found by the id of its sheet or by its name; None where another id has that name already."""
    given = sheet.text("group:id")
    fresh = {"stakeholder": given} if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", given) else {}
    same = before["name"].map(alike) == alike(name)
    other = before.loc[same & (before["stakeholder"] != given), "stakeholder"]
    if given and len(other):
        expected = reason("one_id_a_group", id=other.iat[0])
        sheet.say("contradictory", "group:name", "value", expected, reason("sheet_of_that_id", id=other.iat[0]))
        return None
    rows = before[(before["stakeholder"] == given) if given else same]
    meant = one_form(sheet.text("group:given")) or (rows["name"].iat[0] if len(rows) else name)
    if one_form(meant) != one_form(name) and given:
        sheet.say("renamed", "group:name", "value", reason("name_of_sheet", name=meant), reason("name_taken"))
    if rows.empty:
        return fresh
    row = rows.iloc[0]
    influence = None if pd.isna(row["influence"]) else float(row["influence"])
    return {"stakeholder": row["stakeholder"], "kind": row["kind"], "influence": influence}


def _refuse_doubles(sheets: list[AnswerSheet], named: dict[str, dict]) -> None:
    """Two sheets of one group: neither is taken, for nobody can tell which one counts."""
    for key in ("stakeholder", "name"):
        files: dict[str, list[AnswerSheet]] = {}
        for sheet in sheets:
            if named[sheet.file]:
                files.setdefault(alike(named[sheet.file][key]), []).append(sheet)
        for same in files.values():
            for sheet in same if len(same) > 1 else []:
                others = ", ".join(other.file for other in same if other is not sheet)
                expected = reason("one_sheet_a_group", files=others)
                sheet.say("contradictory", "group:name", "value", expected, reason("keep_one_or_name"))
                named[sheet.file] = {}


def _rows_of(sheet: AnswerSheet, questions: pd.DataFrame) -> Iterator[dict]:
    ids = {section: rows["id"].tolist() for section, rows in questions.groupby("section", sort=False)}
    known = set(questions["id"]) | {"group:id", "group:given", "group:influence"}
    strange = [cell for cell in sheet.cells if cell[0] not in known and not cell[0].startswith(FILLED)]
    for question, name in [cell for cell in strange if sheet.text(*cell)]:
        codes = ("beside_questions", "into_yellow_cell") if question == BELOW else ("question_asked", "other_questions")
        sheet.say("wrong", question, name, *map(reason, codes))
    weights, how = answered_weights(sheet, ids.get("weight", []), ids.get("pair", []))
    for criterion, value in weights.items():
        yield {"about": "weight", "item": criterion, "value": value, "reason": how}
    for question in ids.get("option", []):
        yield from _answers_on_option(sheet, question)


def _answers_on_option(sheet: AnswerSheet, question: str) -> Iterator[dict]:
    option, said = question.split(":", 1)[1], sheet.text(question, "position")
    why = sheet.words(question, "why")
    if said in POSITIONS:
        if not why and said != "supports":
            sheet.say("missing", question, "why", reason("reason_stated"), reason("ask_for_reasons"))
        yield {"about": "position", "item": option, "value": POSITIONS[said], "reason": why}
    elif (question, "position") not in sheet.twice:
        kind, remedy = ("wrong", "choose_from_list") if said else ("missing", "shown_as_no_answer")
        sheet.say(kind, question, "position", reason("position_stated"), reason(remedy))
    shares = {name: sheet.number(question, name, ALL, reason("share_in_percent")) for name in SHARES}
    if None not in shares.values():
        yield from ({"about": name, "item": option, "value": share, "reason": ""} for name, share in shares.items())
    elif any(sheet.text(question, name) for name in SHARES):
        open_one = next((name for name in SHARES if not sheet.text(question, name)), None)
        if open_one:
            sheet.say("missing", question, open_one, reason("share_or_zero"), reason("one_without_other"))


def _within_everything(table: pd.DataFrame, before: pd.DataFrame) -> tuple[pd.DataFrame, list[tuple]]:
    """Leave out new shares of an option of which all groups together would pay or receive more than everything."""
    columns = ["stakeholder", "name", "about", "item", "value"]
    key = ["stakeholder", "about", "item"]
    both = pd.concat([before[columns], table[columns]]).drop_duplicates(key, keep="last")
    shares = both[both["about"].isin(SHARES)].astype({"value": float})
    totals = shares.groupby(["item", "about"], sort=False)["value"].sum()
    remarks, refused = [], set()
    for (option, name), total in totals[totals > ALL + ROUNDING].items():
        new = table[(table["item"] == option) & (table["about"] == name)]
        if new.empty:
            continue
        expected, remedy = reason("shares_up_to_all", total=total), reason("settle_at_table")
        who = shares[(shares["item"] == option) & (shares["about"] == name) & (shares["value"] > 0)]["name"]
        remarks.append(("contradictory", ", ".join(who), "", "", f"option:{option}", name, "", expected, remedy))
        refused.add(option)
    return table[~(table["about"].isin(SHARES) & table["item"].isin(refused))], remarks


def _withdrawn(sheet: AnswerSheet) -> Iterator[tuple[str, str]]:
    """What stood in the sheet when it was written, and was emptied: about and item of a pack's stakeholders."""
    weighs = any(sheet.text(*cell) for cell in sheet.cells if cell[0].startswith(("weight:", "pair:")))
    for question, name in sheet.filled:
        section, item = question.split(":", 1)
        if section == "weight" and not weighs:
            yield "weight", item
        if section == "option" and not sheet.text(question, name) and name != "why":
            yield name, item


def _kept(table: pd.DataFrame, before: pd.DataFrame) -> pd.DataFrame:
    """What the groups of the new answers said before and do not answer anew; weights stand or fall together."""
    who = table.drop_duplicates("stakeholder").set_index("stakeholder")
    old = before[before["stakeholder"].isin(who.index)]
    answered = set(zip(table["stakeholder"], table["about"], table["item"], strict=True))
    weighed = set(table.loc[table["about"] == "weight", "stakeholder"])
    again = [
        (row.stakeholder, row.about, row.item) in answered or (row.about == "weight" and row.stakeholder in weighed)
        for row in old.itertuples()
    ]
    old = old[~pd.Series(again, index=old.index, dtype=bool)]
    return old.assign(**{name: old["stakeholder"].map(who[name]) for name in ("name", "kind", "influence")})
