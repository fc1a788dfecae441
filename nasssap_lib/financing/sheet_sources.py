"""Who pays, as formulas: what each source brings by year, which one of those that draw on one stock counts, and what can be used."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

import numpy as np

from nasssap_lib.display.texts import N_, _, join_listed, label, named, reason_words
from nasssap_lib.financing.negotiation import Negotiation, Source
from nasssap_lib.financing.sheet_cells import LONGEST, Sheet, quoted_text
from nasssap_lib.financing.sheet_places import COUNTED, FROM, KIND, TERMS, TO, VALUE, WHOLE, YEARS, Places
from nasssap_lib.terms import FISCAL_SPACE

KINDS = {
    "recurrent": N_("every year"),
    "one_off": N_("once (spread over its years)"),
    "headroom": N_("headroom (spread over its years)"),
}
ENDLESS = 999_999_999.0  # what comes every year without end takes more of a stock than anything else
SAME_STOCK = N_("not counted: another draws on the same stock")
MOST_LISTS = 6  # different lists of options that money is bound to, all of whose subsets stand in one formula


def source_name(source: Source) -> str:
    """A source of money: its name, or the option for fiscal space where the row is still empty."""
    return named(source.name) if source.known else label(FISCAL_SPACE, source.option)


def bound_words(source: Source, table: Negotiation) -> str:
    """What a source is bound to, or why it pays for none of the options; "" where it pays for any."""
    if source.elsewhere:
        return _("not counted: {reason}", reason=reason_words(source.elsewhere))
    names = [named(line.row["name"]) for line in table.lines if line.id in source.pays_for]
    return _("only for {options}", options=join_listed(names)) if names else ""


def source_terms(sheet: Sheet, table: Negotiation, places: Places) -> None:
    """Below the terms of the options: what each source draws on, is bound to, takes in all, and whether it counts."""
    head = min(places.terms[f"pays.{source.id}"] for source in table.sources) - 1
    words = (
        _("Who pays"), _("Draws on"), _("It holds, % of GDP"), _("Takes in all its years, % of GDP"), _("Counts: 1 or 0"), _("Bound to"),
    )  # fmt: skip
    for column, said in enumerate(words, 1):
        sheet.text(head, column, said, "head")
    sheet.heights[head] = 48
    for source in table.sources:
        row = places.terms[f"pays.{source.id}"]
        sheet.text(row, 1, source_name(source), "line")
        sheet.text(row, 2, source.draws_on, "beside")
        if source.stock == source.stock:
            sheet.number(row, 3, source.stock, "percent")
        sheet.text(row, 6, bound_words(source, table), "beside")
        sheet.formula(row, WHOLE, _whole(source, places), _whole_value(source), "whole")
        counts, value = _counted(source, table, places)
        sheet.formula(row, COUNTED, counts, value, "number")


def _whole_value(source: Source) -> float:
    return ENDLESS if np.isinf(source.whole) else source.whole


def _cells_of(source: Source, places: Places) -> tuple[str, str, str, str]:
    """Value, first and last year of a source, and whether it comes every year, as formulas name them."""
    name = f"pays.{source.id}"
    value, first, last = (places.input(name, parameter) for parameter in (VALUE, FROM, TO))
    yearly = "1=1" if source.kind == "recurrent" else "1=0"  # LibreOffice writes TRUE in another way
    if not source.known:
        yearly = f"{places.input(name, KIND)}={quoted_text(_(KINDS['recurrent']))}"
    return value, first, last, yearly


def _whole(source: Source, places: Places) -> str:
    """What a source takes in all its years; below 0 where the row is empty."""
    value, first, last, yearly = _cells_of(source, places)
    endless = f"IF(N({last})=0,{ENDLESS:.0f},{value}*({last}-{first}+1))"
    return f"IF(N({first})=0,-1,IF(AND({yearly},N({value})>0),{endless},N({value})))"


def rivals(source: Source, table: Negotiation) -> list[Source]:
    """Other sources that draw on the same stock, and could count in its place."""
    if source.elsewhere or not source.draws_on:
        return []
    return [
        one for one in table.sources if one.draws_on == source.draws_on and not one.elsewhere and one.id != source.id
    ]


def _counted(source: Source, table: Negotiation, places: Places) -> tuple[str, float]:
    """Whether a source counts: of those that draw on one stock only the largest, unless the pack says how much each stock holds."""
    if source.elsewhere:
        return "0*1", 0.0
    others = rivals(source, table)
    if not others:
        return "1*1", 1.0
    mine = places.of_source(source.id, WHOLE, TERMS)
    wins = [f"{places.of_source(one.id, WHOLE, TERMS)}{'>=' if one.id > source.id else '>'}{mine}" for one in others]
    largest = all((one.whole, one.id) < (source.whole, source.id) for one in others)
    formula, value = f"IF(OR({','.join(wins)}),0,1)", float(largest)
    without = [one for one in [source, *others] if one.stock != one.stock]
    if any(one.known for one in without):
        return formula, value
    empty = ",".join(f"{places.of_source(one.id, WHOLE, TERMS)}<0" for one in without)
    return (f"IF(AND({empty}),1,{formula})" if empty else "1*1"), 1.0


def source_rows(sheet: Sheet, table: Negotiation, places: Places) -> None:
    """What each source brings by year, % of GDP, where it counts."""
    sheet.text(places.row(f"pays.{table.sources[0].id}") - 1, 1, _("Who pays, % of GDP"), "block")
    for source in table.sources:
        value, first, last, yearly = _cells_of(source, places)
        counted = places.of_source(source.id, COUNTED, YEARS)
        formulas = [""] + [
            f"IF(OR(N({value})=0,N({first})=0,AND(N({last})=0,NOT({yearly})),{places.year(at)}<{first},"
            f"AND(N({last})>0,{places.year(at)}>{last})),0,"
            f"{counted}*{value}/IF({yearly},1,MAX(1,{last}-{first}+1)))"
            for at in range(1, len(table.years))
        ]
        head = (source_name(source), _("% of GDP"), source.source)
        sheet.by_year(places.row(f"pays.{source.id}"), head, formulas, source.yields, "percent")


def used_formulas(table: Negotiation, places: Places) -> list[str]:
    """Money that can be used, year by year: bound money pays no more than its options cost, free money pays for what is left.

    The greatest flow from sources to options, as its smallest cut (``financing.usable_space``); none where that would be too long.
    """
    bound = sorted({source.pays_for for source in table.sources if source.pays_for})
    if len(bound) > MOST_LISTS:
        return []
    free = [source.id for source in table.sources if not source.pays_for]
    formulas = [""]
    for at in range(1, len(table.years)):
        cuts = [places.at("net", at, YEARS)]
        for size in range(len(bound) + 1):
            for inside in combinations(bound, size):
                reached = {name for names in inside for name in names}
                others = [source.id for source in table.sources if source.pays_for and source.pays_for not in inside]
                cuts.append(_sum(places, at, (*free, *others), (line.id for line in table.lines if line.id in reached)))
        formulas.append(f"MIN({','.join(cuts)})")
    return formulas if max(map(len, formulas)) <= LONGEST else []


def _sum(places: Places, at: int, sources: Iterable[str], options: Iterable[str]) -> str:
    cells = [
        *(places.at(f"pays.{name}", at, YEARS) for name in sources),
        *(places.at(f"paid.{name}", at, YEARS) for name in options),
    ]
    parts = [",".join(cells[first : first + 30]) for first in range(0, len(cells), 30)]
    return "+".join(f"SUM({part})" for part in parts) or "0"


def remark(source: Source, value_cell: str, places: Places) -> str:
    """A formula that says that money does not count because another source draws more on the same stock."""
    said = quoted_text(_(SAME_STOCK))
    return f'IF(AND(N({value_cell})>0,{places.of_source(source.id, COUNTED, "")}=0),{said},"")'
