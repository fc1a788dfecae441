"""What groups wrote on their sheets: checked, and turned into rows of a pack's stakeholders; what is wrong is named, never averaged away.

A wrong or contradictory answer is left out and named with its place; a missing one is named and stays missing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from nasssap_lib.answer_sheet import FIELD_WORDS, AnswerSheet, group_id
from nasssap_lib.answered_weights import ROUNDING, answered_weights
from nasssap_lib.terms import POSITIONS

KINDS = ("wrong", "contradictory", "missing")
REMARK_COLUMNS = ["kind", "group", "file", "place", "question", "answer", "expected", "remedy"]
ROW_COLUMNS = ["stakeholder", "name", "kind", "influence", "about", "item", "value", "reason"]
MOST_INFLUENCE, ALL = 10.0, 100.0


@dataclass(frozen=True)
class Collected:
    """What could be taken from the sheets.

    rows : columns of ``ROW_COLUMNS``, as a pack's stakeholders without quality and source
    remarks : columns of ``REMARK_COLUMNS``; kind: "wrong", "contradictory" (both were not taken) or "missing"
    files : id of a group of which something was taken → name of its sheet's file
    """

    rows: pd.DataFrame
    remarks: pd.DataFrame
    files: dict[str, str]

    @property
    def mistakes(self) -> pd.DataFrame:
        """Remarks on what was not taken."""
        return self.remarks[self.remarks["kind"] != "missing"]


def collect_answers(
    answers: pd.DataFrame,
    questions: pd.DataFrame,
    labels: Mapping[str, str],
    costs: pd.DataFrame,
    known: pd.DataFrame | None = None,
) -> Collected:
    """Check the answers of all sheets and turn them into rows of a pack's stakeholders.

    Parameters
    ----------
    answers : columns of ``questions.ANSWER_COLUMNS``: file, place (sheet and cell), question (id), field, answer (text; "" where empty;
        positions as supports, doubts or opposes); "group:id" may carry the id of a known group
    questions : result of ``questions.draft_questions``
    labels : id of a question → its words
    costs : index option, columns cost (% of GDP a year, central) and admin_rate (share of benefits)
    known : groups that the pack holds already: stakeholder, name, kind, influence; a group of the same name keeps its id, and its kind
        and influence where the sheet leaves them open

    Returns
    -------
    Collected

    Notes
    -----
    Weights are points that add up to 100, or comparisons of all pairs with a consistency ratio up to 0.10; where both are given they must
    not contradict one another, and the points are taken. What a group pays or gains is its share of the cost less its share of the
    benefits, in % of GDP. Where the groups together would pay or receive more than everything, nobody's share of that option is
    taken. Two sheets of one group are both left out.

    Examples
    --------
    >>> asked = pd.DataFrame({"id": ["group:name", "weight:cost"], "section": ["group", "weight"]})
    >>> given = pd.DataFrame([("a.xlsx", "1!B2", "group:name", "value", "Unions"), ("a.xlsx", "2!B2", "weight:cost", "value", "90")],
    ...     columns=["file", "place", "question", "field", "answer"])
    >>> found = collect_answers(given, asked, {}, pd.DataFrame(columns=["cost", "admin_rate"]))
    >>> len(found.rows), found.mistakes["expected"].tolist()
    (0, ['points that add up to 100'])
    """
    sheets = [
        AnswerSheet(file, {(row.question, row.field): (row.answer, row.place) for row in rows.itertuples()}, labels)
        for file, rows in answers.groupby("file", sort=False)
    ]
    named = {sheet.file: _identify(sheet, known) for sheet in sheets}
    _refuse_doubles(sheets, named)
    taken = [sheet for sheet in sheets if named[sheet.file]]
    rows = [row | named[sheet.file] for sheet in taken for row in _rows_of(sheet, questions)]
    table = pd.DataFrame(rows, columns=[*ROW_COLUMNS, "share"])
    answered = set(table["stakeholder"])
    table, shared = _burdens(table, {named[sheet.file]["stakeholder"]: sheet for sheet in taken}, costs)
    remarks = pd.DataFrame([line for sheet in sheets for line in sheet.remarks] + shared, columns=REMARK_COLUMNS)
    files = {
        named[sheet.file]["stakeholder"]: sheet.file for sheet in taken if named[sheet.file]["stakeholder"] in answered
    }
    order = remarks["kind"].map({kind: number for number, kind in enumerate(KINDS)})
    return Collected(table[ROW_COLUMNS], remarks.iloc[order.argsort(kind="stable")].reset_index(drop=True), files)


def _identify(sheet: AnswerSheet, known: pd.DataFrame | None) -> dict:
    """Who answered: id, name, kind and influence; empty where the sheet cannot be used."""
    name = sheet.words("group:name")
    sheet.group = name or sheet.file
    if not name or not group_id(name):
        if not sheet.remarks:
            sheet.say("wrong", "group:name", "value", "the name of the group, in letters", "write it on the first page")
        return {}
    before = _known_group(sheet, name, known)
    kind = sheet.words("group:kind") or before.get("kind", "")
    if not kind:
        sheet.say("missing", "group:kind", "value", "what kind of group it is", "choose it from the list")
    influence = sheet.number("group:influence", "value", MOST_INFLUENCE, "the facilitator fills this in")
    stated = before.get("influence") if influence is None else influence / MOST_INFLUENCE
    if stated is None and not sheet.text("group:influence"):
        sheet.say("missing", "group:influence", "value", "a number from 0 to 10", "the facilitator fills this in")
    return {
        "stakeholder": before.get("stakeholder") or group_id(name),
        "name": name,
        "kind": kind or "not stated",
        "influence": stated,
    }


def _known_group(sheet: AnswerSheet, name: str, known: pd.DataFrame | None) -> dict:
    """What the pack holds of the group, found by the id of its sheet or by its name."""
    given = sheet.text("group:id")
    fresh = {"stakeholder": given} if re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}", given) else {}
    if known is None or known.empty:
        return fresh
    rows = known[(known["stakeholder"] == given) | ((given == "") & (known["name"] == name))]
    if rows.empty:
        return fresh
    row = rows.iloc[0]
    influence = None if pd.isna(row["influence"]) else float(row["influence"])
    return {"stakeholder": row["stakeholder"], "kind": row["kind"], "influence": influence}


def _refuse_doubles(sheets: list[AnswerSheet], named: dict[str, dict]) -> None:
    """Two sheets of one group: neither is taken, for nobody can tell which one counts."""
    files: dict[str, list[AnswerSheet]] = {}
    for sheet in sheets:
        if named[sheet.file]:
            files.setdefault(named[sheet.file]["stakeholder"], []).append(sheet)
    for same in files.values():
        for sheet in same if len(same) > 1 else []:
            others = ", ".join(other.file for other in same if other is not sheet)
            sheet.say(
                "contradictory", "group:name", "value", f"one sheet a group; {others} is of the same group", "keep one"
            )
            named[sheet.file] = {}


def _rows_of(sheet: AnswerSheet, questions: pd.DataFrame) -> Iterator[dict]:
    ids = {section: rows["id"].tolist() for section, rows in questions.groupby("section", sort=False)}
    if not any(sheet.text(*cell) for cell in sheet.cells if not cell[0].startswith("group:")):
        sheet.say("missing", "", "value", "answers", "nothing is filled in: ask the group, or leave the sheet out")
        return
    known = set(questions["id"]) | {"group:id"}
    for question, name in [cell for cell in sheet.cells if cell[0] not in known and sheet.text(*cell)]:
        remedy = "the sheet was written for other options or criteria: write new sheets"
        sheet.say("wrong", question, name, "a question that is still asked", remedy)
    weights, reason = answered_weights(sheet, ids.get("weight", []), ids.get("pair", []))
    for criterion, value in weights.items():
        yield {"about": "weight", "item": criterion, "value": value, "reason": reason}
    for question in ids.get("option", []):
        yield from _answers_on_option(sheet, question)


def _answers_on_option(sheet: AnswerSheet, question: str) -> Iterator[dict]:
    option, said = question.split(":", 1)[1], sheet.text(question, "position")
    why = sheet.words(question, "why")
    if said in POSITIONS:
        if not why and said != "supports":
            sheet.say("missing", question, "why", "a reason", "ask the group: reasons are what a dialogue is about")
        yield {"about": "position", "item": option, "value": POSITIONS[said], "reason": why}
    else:
        remedy = "choose from the list" if said else "no answer is shown as no answer"
        sheet.say("wrong" if said else "missing", question, "position", "supports, doubts or opposes", remedy)
    pays, receives = (sheet.number(question, name, ALL, "a share in %") for name in ("pays", "receives"))
    if pays is not None and receives is not None:
        yield {"about": "burden", "item": option, "share": (pays, receives)}
    elif any(sheet.text(question, name) for name in ("pays", "receives")):
        open_one = next((name for name in ("pays", "receives") if not sheet.text(question, name)), None)
        if open_one:
            sheet.say(
                "missing",
                question,
                open_one,
                "a share in %, 0 where it is nothing",
                "one without the other says nothing",
            )


def _burdens(
    table: pd.DataFrame, sheets: Mapping[str, AnswerSheet], costs: pd.DataFrame
) -> tuple[pd.DataFrame, list[tuple]]:
    """Shares of cost and benefits as % of GDP; shares of all groups that come to more than everything are refused."""
    burden, remarks, refused = table[table["about"] == "burden"], [], []
    for option, rows in burden.groupby("item", sort=False):
        for number, name in enumerate(("pays", "receives")):
            total = sum(share[number] for share in rows["share"])
            if total > ALL + ROUNDING:
                question = f"option:{option}"
                words = next(iter(sheets.values())).labels.get(question, question)
                groups = ", ".join(rows["name"])
                expected = f"shares of all groups up to 100 %; together they say {total:g} %"
                remarks.append(
                    (
                        "contradictory",
                        groups,
                        "",
                        "",
                        f"{words}, {FIELD_WORDS[name]}",
                        "",
                        expected,
                        "settle it at the table",
                    )
                )
                refused.append(option)
    known = costs["cost"].reindex(burden["item"]).notna().to_numpy()
    for option in burden.loc[~known, "item"].unique():
        words = next(iter(sheets.values())).labels.get(f"option:{option}", option)
        remarks.append(
            ("missing", "", "", "", words, "", "a cost of the option", "shares of it are kept out until it has one")
        )
    burden = burden[known & ~burden["item"].isin(refused)]
    cost, rate = (costs[name].reindex(burden["item"]).to_numpy(float) for name in ("cost", "admin_rate"))
    pays, receives = (pd.Series([share[n] for share in burden["share"]], dtype=float).to_numpy() / ALL for n in (0, 1))
    reason = [
        f"pays {p:.0%} of the cost, receives {r:.0%} of the benefits" for p, r in zip(pays, receives, strict=True)
    ]
    found = burden.assign(value=(cost * pays - cost / (1 + rate) * receives).round(6), reason=reason)
    return pd.concat([table[table["about"] != "burden"], found]).sort_index(), remarks
