"""The sheet that says how the workbook is used, how it counts, what it does not know, and how what was agreed becomes a report."""

from __future__ import annotations

from nasssap_lib.display.texts import _, join_listed
from nasssap_lib.display.workbooks import lines_of
from nasssap_lib.financing.negotiation import Negotiation
from nasssap_lib.financing.sheet_cells import Sheet

WIDTH = 120  # letters


def guide_sheet(sheet: Sheet, table: Negotiation, moving: tuple[list[str], bool], file: str) -> None:
    """Sections of sentences.

    Parameters
    ----------
    sheet : that receives them
    table : what is bargained over
    moving : names of options of which a share is fixed, see ``sheet_years.work_sheet``; whether the money that can be used moves
    file : name of the workbook
    """
    sheet.widths |= {0: 1.5, 1: WIDTH}
    sheet.text(1, 1, _("How to use this workbook"), "title")
    sheet.heights[1] = 26
    row = 3
    for title, sentences in (_changing(), _counting(), _not_known(table, *moving), _reporting(table, file)):
        sheet.text(row, 1, title, "block")
        for words in sentences:
            row += 1
            sheet.text(row, 1, words, "code" if words.startswith("nasssap ") else "wrapped")
            sheet.heights[row] = 15.0 * lines_of(words, 1.1 * WIDTH) + 3
        row += 2


def _changing() -> tuple[str, list[str]]:
    return _("What can be changed"), [
        _(
            "Of each option: the level, the take-up when it is full, the year of the first payment and that of full take-up."
        ),
        _(
            "Of each source of money: % of GDP, from which year to which; in rows that are still empty also whether it comes every "
            "year or once. What comes once is spread evenly over its years. Without a last year, what comes every year goes on."
        ),
        _(
            "What lies outside the bounds of a cell is refused, and the cell says what they are. The year in which the figures on "
            "top are read changes nothing else."
        ),
    ]


def _counting() -> tuple[str, list[str]]:
    return _("How it counts"), [
        _(
            "Persons paid: those at whom the option aims × take-up, which grows in a straight line from the first payment to full "
            "take-up. Cost: persons × level × months or contacts, with administration. Every step stands on the sheet of the calculation."
        ),
        _(
            "A person whom two options could pay is paid by the one that stands first in the table; being reached is taken as "
            "independent within an age and sex. So the costs of the options add up."
        ),
        _(
            "Spent today on it: what the State spends on the schemes that an option builds on or merges with; it is replaced as "
            "take-up grows. Net cost is cost less that."
        ),
        _(
            "Space: what the sources bring in a year. Of sources that draw on one stock only the largest counts, unless the pack says "
            "how much it holds; money that is bound to options pays for them alone. The gap is what no space pays for; it is never below 0."
        ),
        _("All values are central ones. The ranges around them stand in the report on costing and financing."),
    ]


def _not_known(table: Negotiation, fixed: list[str], used: bool) -> tuple[str, list[str]]:
    sentences = [
        _(
            "n/a means that a figure is missing, never that it is zero. Money is known up to the last year for which GDP was "
            "published or forecast; shares of GDP go on to {last}.",
            last=int(table.years[-1]),
        )
    ]
    if fixed:
        sentences.append(
            _(
                "Fixed, and not moving with the table, because a formula would be too long: whom an option before it pays, for {options}.",
                options=join_listed(fixed),
            )
        )
    if not used:
        sentences.append(
            _(
                "Fixed, and not moving with the table, because a formula would be too long: how much of the space can be used, "
                "and so the gap."
            )
        )
    return _("What is not known"), sentences


def _reporting(table: Negotiation, file: str) -> tuple[str, list[str]]:
    return _("From the table to the report"), [
        _(
            "Save the workbook and send it to whoever runs the notebooks. The first command names what was changed and writes a "
            "scenario of the country pack, the second makes the report of it."
        ),
        f"nasssap scenario import {file} --name agreed",
        f"nasssap run {table.country} --scenario agreed",
        _(
            "A workbook whose formulas or sheets were changed is not taken, nor one of another version of the pack: nothing would "
            "then say what was agreed."
        ),
    ]
