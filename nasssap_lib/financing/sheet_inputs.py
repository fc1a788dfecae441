"""Sheets of a workbook that hold what its formulas stand on: persons, terms of each option, and the economy, with their sources."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import MONTHS, MOVED, STATED
from nasssap_lib.costing.words_ranges import UNITS
from nasssap_lib.display.texts import N_, _, join_listed, label, named
from nasssap_lib.financing.negotiation import SEXES, Line, Negotiation
from nasssap_lib.financing.sheet_cells import BASE, FIRST_YEAR, HEADS, Sheet, written
from nasssap_lib.financing.sheet_places import ECONOMY, OF_TERMS, Places, unit_name, used_series
from nasssap_lib.financing.sheet_sources import source_terms
from nasssap_lib.rows import as_records
from nasssap_lib.terms import SEXES as SEX_WORDS

SERIES_WORDS = {
    "population": N_("Population"),
    "gdp": N_("GDP"),
    "gdp_per_head": N_("GDP per head"),
    "prices": N_("Consumer prices"),
    "poverty_line": N_("Poverty line"),
    "wages": N_("Average earnings of employees"),
    "minimum_wage": N_("Minimum wage"),
}
OLDEST = 100  # the last age group of a population has no end
SERIES_UNITS = {"population": N_("persons"), "gdp": N_("{currency} a year"), "prices": N_("index")}
GROWS = {
    "gdp_per_head": N_("grows with GDP per head"),
    "prices": N_("grows with prices"),
    "wages": N_("grows with wages"),
    "none": N_("does not grow"),
}
TERM_WORDS = {
    "times": N_("Times a year that the level is paid: months ÷ 12, or contacts"),
    "own_payment": N_("What the person pays of it, in the unit of the level"),
    "materials": N_("Materials of public works, ratio to benefits"),
    "administration": N_("Administration, ratio to benefits"),
    "inclusion_error": N_("Share of beneficiaries outside the target population"),
    "admin_start_up": N_("Start-up in the first year of payment, {currency}"),
    "registration": N_("Registration of a new beneficiary, in the unit of the level"),
    "per_person": N_("Running cost per person a year, in the unit of the level"),
    "replaced": N_("Spent today on what it replaces, % of GDP"),
    "netted": N_("Share of that which no option before it replaces"),
    "month_unit": N_("One unit of the level is a month, {currency} of {year}"),
}


def head_of(sheet: Sheet, title: str, below: str, years: np.ndarray | None = None) -> None:
    """The title of a sheet whose columns are years, and a sentence below it."""
    sheet.widths |= {0: 1.5, 1: 46, 2: 21, 3: 22, BASE: 2}
    sheet.text(1, 1, title, "title")
    sheet.text(2, 1, below, "below")
    sheet.heights[1] = 26
    if years is not None:
        sheet.years(HEADS, years)
        sheet.widths |= {FIRST_YEAR + at: 13 for at in range(len(years))}
        for column, words in enumerate((_("What"), _("In"), _("Source")), 1):
            sheet.text(HEADS, column, words, "head")


def economy_sheet(sheet: Sheet, table: Negotiation, places: Places, cited: pd.DataFrame) -> None:
    """Population, GDP and what levels are measured by; what one unit of a level is, as formulas."""
    head_of(
        sheet, _("The economy by year"), _("Empty of figures (n/a) after the last year of the source."), table.years
    )
    sheet.widths |= {1: 68, 2: 30, BASE: 21} | {
        FIRST_YEAR + at: 21 for at in range(len(table.years))
    }  # of money in full
    sheet.text(HEADS, BASE, str(table.base_year), "head")
    for name in used_series(table):
        row = places.row(name)
        unit = _(SERIES_UNITS.get(name, N_("{currency} a person and year")), currency=table.currency)
        look = "fine" if name in ("prices", "gdp_per_head", "poverty_line", "wages", "minimum_wage") else "number"
        sheet.by_year(
            row, (_(SERIES_WORDS[name]), unit, table.economy_sources.get(name, "")), (), table.economy[name], look
        )
        sheet.number(row, BASE, table.base.get(name, np.nan), look)
    for line in {unit_name(line): line for line in table.lines}.values():
        _unit_rows(sheet, line, table, places)
    _cited_rows(sheet, cited, max(row for at, row in places.rows.values() if at == ECONOMY) + 3)


def _unit_rows(sheet: Sheet, line: Line, table: Negotiation, places: Places) -> None:
    """What one unit of a level is a year: in money, and in multiples of GDP per head."""
    name, years = unit_name(line), range(len(table.years))
    basis, grows = STATED[line.measure.amount_basis], MOVED[line.measure.indexing]
    words = join_listed([label(UNITS, line.measure.amount_basis), _(GROWS[line.measure.indexing])])
    said = _("One unit of a level in {unit}", unit=words)
    stated = f"{places.base(basis, ECONOMY)}/100" if basis else written(MONTHS)
    money = [
        f"{stated}*{places.at(grows, at, ECONOMY)}/{places.base(grows, ECONOMY)}" if grows else stated for at in years
    ]
    sheet.by_year(
        places.row(f"money.{name}"),
        (said, _("{currency} a year", currency=table.currency), ""),
        money,
        line.unit.money,
        "fine",
    )
    heads = [_heads(line, table, places, at, stated) for at in years]
    values = np.broadcast_to(line.unit.heads, len(table.years))
    sheet.by_year(
        places.row(f"heads.{name}"), (said, _("multiple of GDP per head, a year"), ""), heads, values, "exact"
    )


def _heads(line: Line, table: Negotiation, places: Places, at: int, stated: str) -> str:
    """One unit as a multiple of GDP per head; what grows with it keeps its share where later GDP is not known."""
    basis, grows = STATED[line.measure.amount_basis], MOVED[line.measure.indexing]
    if basis == grows == "gdp_per_head":
        return "1/100"
    per_head = table.economy["gdp_per_head"][at]
    if grows == "gdp_per_head" and per_head != per_head:
        return f"{stated}/{places.base('gdp_per_head', ECONOMY)}"
    return f"{places.at(f'money.{unit_name(line)}', at, ECONOMY)}/{places.at('gdp_per_head', at, ECONOMY)}"


def _cited_rows(sheet: Sheet, cited: pd.DataFrame, row: int) -> None:
    """The sources that the sheets name."""
    sheet.text(row, 1, _("Sources"), "block")
    for at, source in enumerate(as_records(cited), row + 1):
        sheet.text(at, 1, source["id"], "beside")
        about = [source["publisher"], named(source["title"]), source["edition"], source["address"]]
        sheet.text(at, 2, join_listed([str(words) for words in about if words == words and words]), "open")


def persons_sheet(sheet: Sheet, table: Negotiation, places: Places) -> None:
    """At whom each option aims, by year; and persons by age, where people of several options are the same ones."""
    below = _("Persons at whom an option aims, before take-up; for subsidised cover those of them who are not covered.")
    head_of(sheet, _("Persons by year and option"), below, table.years)
    sheet.widths |= {2: 40, 3: 60}
    for line in table.lines:
        name, sources = named(line.row["name"]), line.ground.facts["source"].iat[-1]
        rows = {
            "target": (_("persons"), line.ground.target, "number"),
            "women": (_("share of women"), line.ground.women, "exact"),
            "most": (_("persons who can be reached at most"), line.ground.most, "number"),
        }
        for part, (unit, values, look) in rows.items():
            sheet.by_year(places.row(f"{line.id}.{part}"), (name, unit, sources), (), values, look)
    for sex in SEXES:
        for at, (persons, runs) in enumerate(zip(table.people[sex], table.ages[sex], strict=True)):
            ages = join_listed([_ages(*run) for run in runs])
            head = (
                join_listed([label(SEX_WORDS, sex), ages]),
                _("persons whom the same options reach"),
                table.population_sources,
            )
            sheet.by_year(places.row(f"people.{sex}.{at}"), head, (), persons, "number")


def _ages(first: int, last: int) -> str:
    if last >= OLDEST:
        return _("ages {first} and over", first=first)
    return _("ages {first} to {last}", first=first, last=last)


def terms_sheet(sheet: Sheet, table: Negotiation, places: Places) -> None:
    """What the cost of each option stands on beside what may be changed."""
    head_of(
        sheet,
        _("Terms of each option"),
        _("These stand in the country pack: they are changed there, not at the table."),
    )
    sheet.widths |= {2 + at: 18 for at in range(len(OF_TERMS))}
    sheet.widths[2 + len(OF_TERMS)] = 30
    sheet.heights[HEADS] = 92
    sheet.text(HEADS, 1, _("Option"), "head")
    for at, name in enumerate(OF_TERMS):
        year = table.money_year or table.base_year
        sheet.text(
            HEADS,
            2 + at,
            _(TERM_WORDS[name], currency=table.currency, year=year) if "{" in TERM_WORDS[name] else _(TERM_WORDS[name]),
            "head",
        )
    sheet.text(HEADS, 2 + len(OF_TERMS), _("Source"), "head")
    for line in table.lines:
        row = places.terms[line.id]
        sheet.text(row, 1, named(line.row["name"]), "line")
        for at, value in enumerate(terms_of(line)):
            sheet.number(row, 2 + at, value, "exact")
        sheet.text(row, 2 + len(OF_TERMS), str(line.row["source"]), "beside")
    source_terms(sheet, table, places)


def terms_of(line: Line) -> list[float]:
    """Values of ``OF_TERMS`` of an option."""
    terms = line.measure.terms()
    return [
        float(value)
        for value in (
            terms.times, terms.own_payment, terms.materials, terms.administration, terms.inclusion_error,
            line.measure.admin_start_up * 1e6, terms.registration, terms.per_person, 100 * line.ground.replaced.share, line.netted,
            line.month_unit,
        )
    ]  # fmt: skip
