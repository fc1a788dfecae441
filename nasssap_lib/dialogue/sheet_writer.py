"""The sheet that a group at the table fills in: who it is, what weighs how much, and what it says of each option."""

from __future__ import annotations

from collections.abc import Mapping
from copy import copy
from dataclasses import dataclass, field
from functools import reduce
from pathlib import Path

import pandas as pd
from openpyxl import Workbook
from openpyxl.formatting.rule import FormulaRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from nasssap_lib.costing.tables import format_money
from nasssap_lib.dialogue.earlier import FILLED, Answers, number_text
from nasssap_lib.dialogue.questions import FIELDS
from nasssap_lib.dialogue.words import SAID, WHICH
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, current_language, label
from nasssap_lib.display.workbooks import (
    BOX,
    DARK,
    FONT,
    MUTED,
    finish,
    lines_of,
    open_sheet,
    put,
    put_answer,
    put_header,
    put_title,
    save_book,
)
from nasssap_lib.rows import as_records
from nasssap_lib.terms import CRITERIA, STAKEHOLDER_KINDS

META, MARK, SCHEMA = "nasssap", "nasssap dialogue sheet", 1
SPLIT = " | "  # between the id of a question and what must stand beside it, in the hidden first column
JUDGED = N_("Judged by people: see the report on priorities.")
ABOUT_GROUP = (  # what is asked, its words, a hint
    ("name", N_("Name of the group"), N_("As it is to stand in the report.")),
    ("kind", N_("Kind of group"), N_("Choose from the list.")),
)
DRAFT = N_("Working paper for a national dialogue, not a government document.")
FICTIONAL = N_("Fictional country: every figure in this workbook is invented for training.")
BEFORE = N_(
    "In grey italics: what your group answered last time. Change what has changed, and empty what no longer holds."
)
BOLD = Font(name=FONT, size=11, bold=True)
EARLIER = Font(name=FONT, size=11, italic=True, color=MUTED)


@dataclass(frozen=True)
class Group:
    """Whom a sheet is for; all empty: whoever fills it in.

    id, name, kind : as the pack has them, or as they are typed · typed : another id that was typed for a group that the pack has ·
    answers : result of ``earlier.earlier_answers``, with which the sheet begins
    """

    id: str = ""
    name: str = ""
    kind: str = ""
    typed: str = ""
    answers: Answers = field(default_factory=dict)


@dataclass(frozen=True)
class Country:
    """The country that a sheet is about: its code, and its name in the language of the sheet."""

    code: str
    name: str
    fictional: bool = False


def write_dialogue_sheet(
    path: Path,
    group: Group,
    questions: pd.DataFrame,
    labels: Mapping[str, str],
    options: pd.DataFrame,
    country: Country,
) -> Path:
    """Write a group's sheet in the language that is spoken, whole or not at all.

    Parameters
    ----------
    path : of the workbook
    group : whom it is for
    questions : result of ``questions.draft_questions``
    labels : result of ``words.question_labels``, in the same language
    options : result of ``measures.assess_options``
    country : of a fictional one the sheet says that it does not exist

    Returns
    -------
    path of the workbook

    Notes
    -----
    The first column and row are hidden and hold the ids by which answers are found; nothing is a macro, and the only formulas add up the
    points. The protection of the sheets has no password: it prevents accidents, nothing else.
    """
    book = Workbook()
    parts = dict(list(questions.groupby("section", sort=False)))
    _group_sheet(book.active, group, country)
    _weight_sheet(book.create_sheet(), parts, labels, group.answers)
    if "pair" in parts:
        _pair_sheet(book.create_sheet(), parts["pair"], labels)
    if "option" in parts:
        _option_sheet(book.create_sheet(), parts["option"], labels, options.set_index("option"), group.answers)
    _meta_sheet(book.create_sheet(META), group, country.code)
    return save_book(path, book)


def _meta_sheet(sheet: Worksheet, group: Group, country: str) -> None:
    meta = {"mark": MARK, "schema": SCHEMA, "country": country, "language": current_language()}
    rows = [(name, "", value) for name, value in {**meta, "group": group.id, "name": group.name}.items()]
    rows += [(f"{FILLED}{question}", part, _text(value)) for (question, part), value in group.answers.items()]
    for row, (name, part, value) in enumerate(rows, 1):
        put(sheet, row, 1, name)
        put(sheet, row, 2, value)
        if part:
            put(sheet, row, 3, part)
    sheet.sheet_state = "veryHidden"


def _text(answer: str | float) -> str:
    return answer if isinstance(answer, str) else number_text(answer)


def _put_earlier(sheet: Worksheet, row: int, column: int, answer: str | float | None) -> None:
    """A cell to fill in, with the group's earlier answer in it if there is one."""
    cell = put_answer(sheet, row, column)
    if answer is not None:
        fill, border, protection = cell.fill, cell.border, cell.protection
        cell = put(sheet, row, column, answer, EARLIER)
        cell.fill, cell.border, cell.protection = copy(fill), copy(border), copy(protection)


def _group_sheet(sheet: Worksheet, group: Group, country: Country) -> None:
    sheet.title = _("1 Group")
    open_sheet(sheet, [34, 52, 60])
    below = [
        _(FICTIONAL if country.fictional else DRAFT),
        _(
            "This workbook asks a group at the table three things: how much each criterion matters to it, what it says of each "
            "option, and what it would pay or gain. Fill in the yellow cells only. An answer that you leave open is shown as open."
        ),
        _("What your group writes here will be shown under its name in the report on priorities."),
        *([_(BEFORE)] if group.answers else []),
    ]
    row = put_title(sheet, 2, _("{country}: what our group says", country=country.name), below, 3)
    sheet["C1"] = "value"
    given = {"name": group.name, "kind": label(STAKEHOLDER_KINDS, group.kind)}
    for number, (name, asked, hint) in enumerate(ABOUT_GROUP, row):
        value = given.get(name)
        put(sheet, number, 1, f"group:{name}{SPLIT}{_(asked)}")
        put(sheet, number, 2, _(asked), BOLD)
        cell = put_answer(sheet, number, 3)
        cell.value = value or None
        cell.data_type = "s" if value else "n"
        put(sheet, number, 4, _(hint))
        sheet.row_dimensions[number].height = 22
    _allow_list(sheet, STAKEHOLDER_KINDS, f"C{row + 1}", strict=False)
    finish(sheet)


def _weight_sheet(
    sheet: Worksheet, parts: Mapping[str, pd.DataFrame], labels: Mapping[str, str], answers: Answers
) -> None:
    sheet.title = _("2 Criteria")
    open_sheet(sheet, [38, 70, 12, 22])
    below = [
        _("Spread 100 points over the criteria: the more points, the more it matters to your group. 0 is allowed.")
    ]
    if "pair" in parts:
        below.append(
            _(
                "If your group finds it easier to compare two criteria at a time, leave the points open and fill in the next page."
            )
        )
    row = put_title(sheet, 2, _("How much does each criterion matter?"), below, 4)
    sheet["D1"] = "value"
    put_header(sheet, row, [_("Criterion"), _("What it asks"), _("Points")])
    rows = as_records(parts["weight"]) if "weight" in parts else []
    for number, question in enumerate(rows, row + 1):
        criterion = labels[question["id"]]
        put(sheet, number, 1, f"{question['id']}{SPLIT}{criterion}")
        put(sheet, number, 2, criterion, BOLD).border = BOX
        known = CRITERIA.get(question["item"])
        put(sheet, number, 3, _(known.question if known else JUDGED)).border = BOX
        _put_earlier(sheet, number, 4, answers.get((question["id"], "value")))
        sheet.row_dimensions[number].height = 15.5 * lines_of(criterion, 36) + 3
    last = row + len(rows)
    if rows:
        _allow_number(sheet, 0, 100, f"D{row + 1}:D{last}")
        _total(sheet, last + 1, f"D{row + 1}:D{last}")
    finish(sheet)


def _total(sheet: Worksheet, row: int, cells: str) -> None:
    """The sum of the points, and whether it is 100: the only formulas of the workbook."""
    put(sheet, row, 2, _("Total"), BOLD)
    put(sheet, row, 4, None).value = f"=SUM({cells})"
    done, todo = (text.replace('"', "'") for text in (_("that is right"), _("must come to 100")))
    cell = put(sheet, row, 5, None)
    cell.value = f'=IF(COUNT({cells})=0,"",IF(ABS(D{row}-100)<=0.5,"{done}","{todo}"))'
    red = PatternFill("solid", bgColor="F3C6BD")
    sheet.conditional_formatting.add(f"D{row}", FormulaRule([f"AND(COUNT({cells})>0,ABS(D{row}-100)>0.5)"], fill=red))


def _pair_sheet(sheet: Worksheet, rows: pd.DataFrame, labels: Mapping[str, str]) -> None:
    sheet.title = _("3 Pairs")
    open_sheet(sheet, [38, 38, 24, 20])
    below = [
        _("Only if you left the points open: compare all pairs, or none."),
        _(
            "How many times more: 2 a little, 3 clearly, 5 strongly, 7 very strongly, 9 far more. Answers must fit one another: "
            "where A matters more than B and B more than C, A matters more than C."
        ),
    ]
    row = put_title(sheet, 2, _("Which of two criteria matters more?"), below, 4)
    sheet["D1"], sheet["E1"] = "which", "times"
    heads = [_("The first"), _("The second"), _("Which matters more?"), _("How many times more? 2 to 9")]
    put_header(sheet, row, heads)
    for number, question in enumerate(as_records(rows), row + 1):
        both = [labels[f"weight:{question[name]}"] for name in ("item", "other")]
        put(sheet, number, 1, f"{question['id']}{SPLIT}{SPLIT.join(both)}")
        for column, text in enumerate(both, 2):
            put(sheet, number, column, text).border = BOX
        sheet.row_dimensions[number].height = 15.5 * max(lines_of(text, 34) for text in both) + 3
        put_answer(sheet, number, 4)
        put_answer(sheet, number, 5)
    last = row + len(rows)
    _allow_list(sheet, WHICH, f"D{row + 1}:D{last}")
    _allow_number(sheet, 1, 9, f"E{row + 1}:E{last}")
    sheet.freeze_panes = sheet.cell(row + 1, 4)
    finish(sheet)


def _option_sheet(
    sheet: Worksheet, rows: pd.DataFrame, labels: Mapping[str, str], options: pd.DataFrame, answers: Answers
) -> None:
    sheet.title = _("4 Options")
    open_sheet(sheet, [34, 40, 15, 48, 16, 16])
    below = [
        _(
            "Say for each option whether your group supports it, doubts it or opposes it, and why. "
            "The four guarantees are due to all: this is about what comes first, not about what is left out."
        ),
        _(
            "If you can: which share of its cost would your members pay, and which share of its benefits would they receive? "
            "0 where it is nothing, empty where you do not know."
        ),
    ]
    row = put_title(sheet, 2, _("What do you say of each option?"), below, 6)
    for column, name in enumerate(FIELDS["option"], 4):
        sheet.cell(1, column).value = name
    heads = [_("Option"), _("For whom, how much, at what cost"), _("Our position"), _("Why")]
    heads += [_("We would pay, % of the cost"), _("We would receive, % of the benefits")]
    put_header(sheet, row, heads)
    for number, question in enumerate(as_records(rows), row + 1):
        name, about = labels[question["id"]], _about(options.loc[question["item"]])
        put(sheet, number, 1, f"{question['id']}{SPLIT}{name}")
        put(sheet, number, 2, name, Font(name=FONT, size=11, bold=True, color=DARK)).border = BOX
        put(sheet, number, 3, about).border = BOX
        given = {part: answers.get((question["id"], part)) for part in FIELDS["option"]}
        given["position"] = label(SAID, given["position"]) if given["position"] else None
        for column, part in enumerate(FIELDS["option"], 4):
            _put_earlier(sheet, number, column, given[part])
        lines = max(lines_of(name, 30), lines_of(about, 38), lines_of(given["why"] or "", 46), 2)
        sheet.row_dimensions[number].height = 15.5 * lines + 3
    last = row + len(rows)
    _allow_list(sheet, SAID, f"D{row + 1}:D{last}")
    _allow_number(sheet, 0, 100, f"F{row + 1}:G{last}")
    sheet.freeze_panes = sheet.cell(row + 1, 3)
    finish(sheet)


def _about(option: pd.Series) -> str:
    """Whom an option would reach, at what level and cost; what is not known is said."""
    persons, level, cost, months = (
        option[name] for name in ("persons_central", "level_central", "cost_central", "months")
    )
    facts = [
        _("persons not known yet") if pd.isna(persons) else _("Persons: {people}", people=format_persons(persons)),
        "" if pd.isna(level) else _("{level} % of GDP per head and year of payment", level=format_number(level, 1)),
        "" if pd.isna(level) else _month_words(option),
        _("paid {months} months", months=format_number(months, 1)) if pd.notna(level) and months < 12 else "",
        _("cost not known yet")
        if pd.isna(cost)
        else _("{cost} of GDP a year, with administration", cost=format_share(cost, 2)),
    ]
    together = reduce(lambda first, then: _("{first} · {next}", first=first, next=then), filter(None, facts))
    return _("{facts} (assumptions)", facts=together)


def _month_words(option: pd.Series) -> str:
    """The level as money a month; that it is not known where the pack has no GDP per head."""
    if pd.isna(option["month_central"]):
        return _("in money a month not known: GDP per head is missing")
    money, year = format_money(option["month_central"]), int(option["month_year"])
    return _("{money} {currency} a month, at prices of {year}", money=money, currency=option["currency"], year=year)


def _allow_list(sheet: Worksheet, codes: Mapping[str, str], cells: str, strict: bool = True) -> None:
    listed = ",".join(label(codes, code) for code in codes)
    rule = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=strict)
    rule.error, rule.errorTitle = _("Choose from the list."), _("Not in the list")
    sheet.add_data_validation(rule)
    rule.add(cells)


def _allow_number(sheet: Worksheet, low: int, high: int, cells: str) -> None:
    rule = DataValidation("decimal", operator="between", formula1=str(low), formula2=str(high), allow_blank=True)
    rule.error, rule.showErrorMessage = _("A number from {low} to {high}.", low=low, high=high), True
    sheet.add_data_validation(rule)
    rule.add(cells)
