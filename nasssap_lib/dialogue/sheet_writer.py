"""The sheet that a group at the table fills in: who it is, what weighs how much, and what it says of each option."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.texts import translate, translate_name
from nasssap_lib.display.workbooks import (
    BOX,
    DARK,
    FONT,
    finish,
    lines_of,
    open_sheet,
    put,
    put_answer,
    put_header,
    put_title,
)
from nasssap_lib.terms import CRITERIA, POSITIONS, STAKEHOLDER_KINDS

META, MARK, SCHEMA = "nasssap", "nasssap dialogue sheet", 1
SPLIT = " | "  # between the id of a question and what must stand beside it, in the hidden first column
WHICH = ("first", "second", "same")
JUDGED = "Judged by people: see the report on priorities."
ABOUT_GROUP = (  # what is asked, its words, a hint
    ("name", "Name of the group", "As it is to stand in the report."),
    ("kind", "Kind of group", "Choose from the list."),
    ("influence", "Influence on the decision, 0 to 10", "For the facilitator, not for the group: 0 none, 10 decisive."),
)
OPTION_HEADS = (
    "Option", "For whom, how much, at what cost", "Our position", "Why", "We would pay, % of the cost",
    "We would receive, % of the benefits",
)  # fmt: skip
DRAFT = "Working paper for a national dialogue, not a government document."
FICTIONAL = "Fictional country: every figure in this workbook is invented for training."


@dataclass(frozen=True)
class Group:
    """Whom a sheet is for; all empty: whoever fills it in."""

    id: str = ""
    name: str = ""
    kind: str = ""


def write_dialogue_sheet(
    path: Path, group: Group, questions: pd.DataFrame, labels: Mapping[str, str], options: pd.DataFrame,
    place: Mapping[str, str], language: str, fictional: bool = False,
) -> Path:  # fmt: skip
    """Write a group's sheet, whole or not at all.

    Parameters
    ----------
    path : of the workbook
    group : whom it is for
    questions : result of ``questions.draft_questions``
    labels : id of a question → its words in English
    options : result of ``measures.assess_options``
    place : code and name of the country
    language : code of a catalogue, or "en"
    fictional : True: the sheet says that the country does not exist

    Returns
    -------
    path of the workbook

    Notes
    -----
    The first column and row are hidden and hold the ids by which answers are found; nothing is a macro, and the only formulas add up the
    points. The protection of the sheets has no password: it prevents accidents, nothing else.
    """
    book = Workbook()
    book.properties.creator, book.properties.lastModifiedBy = "nasssap", "nasssap"
    t = partial(translate, language=language)
    parts = dict(list(questions.groupby("section", sort=False)))
    first = book.active
    _group_sheet(first, group, t, place["name"], FICTIONAL if fictional else DRAFT)
    _weight_sheet(book.create_sheet(), parts, labels, t)
    if "pair" in parts:
        _pair_sheet(book.create_sheet(), parts["pair"], labels, t)
    if "option" in parts:
        _option_sheet(book.create_sheet(), parts["option"], labels, options.set_index("option"), t, language)
    _meta_sheet(book.create_sheet(META), group, place["code"], language)
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    book.save(draft)
    return draft.replace(path)


def _meta_sheet(sheet: Worksheet, group: Group, country: str, language: str) -> None:
    for row, (name, value) in enumerate(
        {
            "mark": MARK,
            "schema": SCHEMA,
            "country": country,
            "language": language,
            "group": group.id,
            "name": group.name,
        }.items(),
        1,
    ):
        put(sheet, row, 1, name)
        put(sheet, row, 2, value)
    sheet.sheet_state = "veryHidden"


def _group_sheet(sheet: Worksheet, group: Group, t, country: str, claim: str) -> None:
    sheet.title = t("1 Group")
    open_sheet(sheet, [34, 52, 60])
    below = [
        t(claim),
        t(
            "This workbook asks a group at the table three things: how much each criterion matters to it, what it says of each "
            "option, and what it would pay or gain. Fill in the yellow cells only. An answer that you leave open is shown as open."
        ),
        t("What your group writes here will be shown under its name in the report on priorities."),
    ]
    row = put_title(sheet, 2, t("{country}: what our group says", country=country), below, 3)
    sheet["C1"] = "value"
    kinds = [t(words) for words in STAKEHOLDER_KINDS.values()]
    given = {"name": group.name, "kind": t(group.kind) if group.kind else ""}
    for number, (name, words, hint) in enumerate(ABOUT_GROUP, row):
        value = given.get(name)
        put(sheet, number, 1, f"group:{name}{SPLIT}{t(words)}")
        put(sheet, number, 2, t(words), Font(name=FONT, size=11, bold=True))
        cell = put_answer(sheet, number, 3)
        cell.value = value or None
        cell.data_type = "s" if value else "n"
        put(sheet, number, 4, t(hint))
        sheet.row_dimensions[number].height = 22
    _allow_list(sheet, kinds, f"C{row + 1}", t, strict=False)
    _allow_number(sheet, 0, 10, f"C{row + 2}", t)
    finish(sheet)


def _weight_sheet(sheet: Worksheet, parts: Mapping[str, pd.DataFrame], labels, t) -> None:
    sheet.title = t("2 Criteria")
    open_sheet(sheet, [38, 70, 12, 22])
    below = [
        t("Spread 100 points over the criteria: the more points, the more it matters to your group. 0 is allowed.")
    ]
    if "pair" in parts:
        below.append(
            t(
                "If your group finds it easier to compare two criteria at a time, leave the points open and fill in the next page."
            )
        )
    row = put_title(sheet, 2, t("How much does each criterion matter?"), below, 4)
    sheet["D1"] = "value"
    put_header(sheet, row, [t("Criterion"), t("What it asks"), t("Points")])
    rows = parts["weight"].to_dict("records") if "weight" in parts else []
    for number, question in enumerate(rows, row + 1):
        criterion = labels[question["id"]]
        label = t(criterion)
        put(sheet, number, 1, f"{question['id']}{SPLIT}{label}")
        put(sheet, number, 2, label, Font(name=FONT, size=11, bold=True)).border = BOX
        meaning = CRITERIA[question["item"]].question if question["item"] in CRITERIA else JUDGED
        put(sheet, number, 3, t(meaning)).border = BOX
        put_answer(sheet, number, 4)
        sheet.row_dimensions[number].height = 15.5 * lines_of(label, 36) + 3
    last = row + len(rows)
    if rows:
        _allow_number(sheet, 0, 100, f"D{row + 1}:D{last}", t)
        _total(sheet, last + 1, f"D{row + 1}:D{last}", t)
    finish(sheet)


def _total(sheet: Worksheet, row: int, cells: str, t) -> None:
    """The sum of the points, and whether it is 100: the only formulas of the workbook."""
    put(sheet, row, 2, t("Total"), Font(name=FONT, size=11, bold=True))
    put(sheet, row, 4, None).value = f"=SUM({cells})"
    done, todo = (text.replace('"', "'") for text in (t("that is right"), t("must come to 100")))
    cell = put(sheet, row, 5, None)
    cell.value = f'=IF(COUNT({cells})=0,"",IF(ABS(D{row}-100)<=0.5,"{done}","{todo}"))'
    red = PatternFill("solid", bgColor="F3C6BD")
    sheet.conditional_formatting.add(f"D{row}", FormulaRule([f"AND(COUNT({cells})>0,ABS(D{row}-100)>0.5)"], fill=red))


def _pair_sheet(sheet: Worksheet, rows: pd.DataFrame, labels, t) -> None:
    sheet.title = t("3 Pairs")
    open_sheet(sheet, [38, 38, 24, 20])
    below = [
        t("Only if you left the points open: compare all pairs, or none."),
        t("How many times more: 2 a little, 3 clearly, 5 strongly, 7 very strongly, 9 far more. Answers must fit one another: "
          "where A matters more than B and B more than C, A matters more than C."),
    ]  # fmt: skip
    row = put_title(sheet, 2, t("Which of two criteria matters more?"), below, 4)
    sheet["D1"], sheet["E1"] = "which", "times"
    put_header(
        sheet, row, [t("The first"), t("The second"), t("Which matters more?"), t("How many times more? 2 to 9")]
    )
    for number, question in enumerate(rows.to_dict("records"), row + 1):
        words = [t(labels[f"weight:{question[name]}"]) for name in ("item", "other")]
        put(sheet, number, 1, f"{question['id']}{SPLIT}{SPLIT.join(words)}")
        for column, text in enumerate(words, 2):
            put(sheet, number, column, text).border = BOX
        sheet.row_dimensions[number].height = 15.5 * max(lines_of(text, 34) for text in words) + 3
        put_answer(sheet, number, 4)
        put_answer(sheet, number, 5)
    last = row + len(rows)
    _allow_list(sheet, [t(word) for word in WHICH], f"D{row + 1}:D{last}", t)
    _allow_number(sheet, 1, 9, f"E{row + 1}:E{last}", t)
    sheet.freeze_panes = sheet.cell(row + 1, 4)
    finish(sheet)


def _option_sheet(sheet: Worksheet, rows: pd.DataFrame, labels, options: pd.DataFrame, t, language: str) -> None:
    sheet.title = t("4 Options")
    open_sheet(sheet, [34, 40, 15, 48, 16, 16])
    below = [
        t("Say for each option whether your group supports it, doubts it or opposes it, and why. "
          "The four guarantees are due to all: this is about what comes first, not about what is left out."),
        t("If you can: which share of its cost would your members pay, and which share of its benefits would they receive? "
          "0 where it is nothing, empty where you do not know."),
    ]  # fmt: skip
    row = put_title(sheet, 2, t("What do you say of each option?"), below, 6)
    for column, name in zip("DEFG", ("position", "why", "pays", "receives"), strict=True):
        sheet[f"{column}1"] = name
    put_header(sheet, row, [t(words) for words in OPTION_HEADS])
    for number, question in enumerate(rows.to_dict("records"), row + 1):
        name, about = (
            translate_name(labels[question["id"]], language),
            _about(options.loc[question["item"]], t, language),
        )
        put(sheet, number, 1, f"{question['id']}{SPLIT}{name}")
        put(sheet, number, 2, name, Font(name=FONT, size=11, bold=True, color=DARK)).border = BOX
        put(sheet, number, 3, about).border = BOX
        for column in range(4, 8):
            put_answer(sheet, number, column)
        sheet.row_dimensions[number].height = 15.5 * max(lines_of(name, 30), lines_of(about, 38), 2) + 3
    last = row + len(rows)
    _allow_list(sheet, [t(word) for word in POSITIONS], f"D{row + 1}:D{last}", t)
    _allow_number(sheet, 0, 100, f"F{row + 1}:G{last}", t)
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    finish(sheet)


def _about(option: pd.Series, t, language: str) -> str:
    """Whom an option would reach, at what level and cost; what is not known is said."""
    people = format_persons(option["persons_central"])
    level = format_number(option["level_central"], 1)
    cost = format_share(option["cost_central"], 2)
    reach = t("persons not known yet") if people == NOT_AVAILABLE else t("Persons: {people}", people=people)
    dear = (
        t("cost not known yet") if cost == NOT_AVAILABLE else t("{cost} of GDP a year, with administration", cost=cost)
    )
    worth = "" if level == NOT_AVAILABLE else t("{level} % of GDP per head and year of payment", level=level)
    months = option["months"]
    part = t("paid {months} months", months=format_number(months, 1)) if worth and months < 12 else ""
    return " · ".join(filter(None, [reach, worth, part, dear])) + " (" + t("assumptions") + ")"


def _allow_list(sheet: Worksheet, words: list[str], cells: str, t, strict: bool = True) -> None:
    rule = DataValidation("list", formula1='"' + ",".join(words) + '"', allow_blank=True, showErrorMessage=strict)
    rule.error, rule.errorTitle = t("Choose from the list."), t("Not in the list")
    sheet.add_data_validation(rule)
    rule.add(cells)


def _allow_number(sheet: Worksheet, low: int, high: int, cells: str, t) -> None:
    rule = DataValidation("decimal", operator="between", formula1=str(low), formula2=str(high), allow_blank=True)
    rule.error, rule.showErrorMessage = t("A number from {low} to {high}.", low=low, high=high), True
    sheet.add_data_validation(rule)
    rule.add(cells)
