"""Tables of options and their costs for readers."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

import pandas as pd

from nasssap_lib.costing.options import MONEY
from nasssap_lib.costing.words import write_level
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.tables import (
    ReportTable,
    View,
    write_name,
    write_persons,
    write_reason,
    write_text,
)
from nasssap_lib.display.texts import N_, _, join_beside, label, named, reason_words
from nasssap_lib.display.words import capital, join_words
from nasssap_lib.provenance import is_old
from nasssap_lib.reasons import has_reason, split_reasons
from nasssap_lib.rows import as_records
from nasssap_lib.terms import GROUPS_IN_TEXT, GUARANTEES, OPTION_KINDS

RELATIONS = {
    "build_on": N_("builds on {schemes}"),
    "coordinate": N_("coordinate with {schemes}"),
    "merge": N_("merge with {schemes}"),
    "crowding_out": N_("danger of crowding out {schemes}"),
    "benefit_tested": N_("only for those without a benefit of {schemes}"),
    "": N_("{schemes}"),
}
# says of every option what the sentence above the table says
DEFAULT = N_("Default parameters: replace them by the country's own.")


def write_fine_share(value) -> str:
    """A share 0–1 as a percentage with two decimals: costs in % of GDP are small."""
    return format_share(value, 2)


def write_whole_share(value) -> str:
    """A share 0–1 as a whole percentage."""
    return format_share(value, 0)


def range_words(low: float, high: float, write: Callable[[float], str]) -> str:
    """Two ends in words; nothing where they are not known or equal.

    Examples
    --------
    >>> range_words(0.1, 0.2, write_whole_share)
    '10\\xa0% to 20\\xa0%'
    """
    first, last = write(low), write(high)
    return "" if pd.isna(low) or pd.isna(high) or first == last else _("{low} to {high}", low=first, high=last)


def _ranges(table: pd.DataFrame, name: str, write) -> list[str]:
    pairs = zip(table[f"{name}_low"], table[f"{name}_high"], strict=True)
    return [range_words(low, high, write) for low, high in pairs]


def option_cards(options: pd.DataFrame, schemes: pd.DataFrame) -> ReportTable:
    """What each option is: for whom, at what level, how delivered, and how it stands to what exists. All of it assumed.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    schemes : a pack's inventory, for the names of related schemes
    """
    shown, names = options.copy(), schemes.set_index("id")["short_name"]
    rows = as_records(options)
    shown["whom"] = [_whom(row) for row in rows]
    shown["level_range"] = _ranges(shown, "level", write_level)
    shown["paid"] = [_("{months} months", months=format_number(value, 1)) for value in shown["months"]]
    shown["take_up_range"] = _ranges(shown, "take_up", write_whole_share)
    shown["stands"] = [_relation(row, names) for row in rows]
    shown["runs"] = [named(name) or _("to be decided") for name in shown["institution"]]
    shown["how"] = [named(text) for text in shown["delivery"]]
    shown["assumed"] = "assumed"
    shown["month"] = [format_money(row["month_central"]) for row in rows]
    shown["month_range"] = _ranges(shown, "month", format_money)
    shown["serves"] = [
        join_beside([label(GUARANTEES, row["guarantee"]), label(OPTION_KINDS, row["kind"])]) for row in rows
    ]
    views = {
        "name": View(_("Option"), write_name, detail="serves"),
        "whom": View(_("For whom"), detail="how", long=True),
        "level_central": View(_("Level, % of GDP per head"), write_level, "assumed", True, "level_range"),
        "month": View(_month_heading(shown), write_text, "assumed", True, "month_range"),
        "paid": View(_("Paid for"), write_text, "assumed"),
        "take_up_central": View(_("Take-up"), write_whole_share, "assumed", True, "take_up_range"),
        "admin_rate": View(_("Administration, of benefits"), write_whole_share, "assumed", True),
        "runs": View(_("Institution"), long=True),
        "stands": View(_("Existing schemes"), long=True),
    }
    return ReportTable(options, _("The options: parameters are assumptions"), views, shown)


def _month_heading(options: pd.DataFrame) -> str:
    """What the column of amounts is in: the currency, and the year of GDP per head."""
    years = options["month_year"].dropna()
    if years.empty:
        return _("A month, in money")
    return _("{currency} a month ({year})", currency=options["currency"].iat[0], year=int(years.iat[0]))


def format_money(value: float) -> str:
    """An amount with three digits: no more than GDP per head has.

    Examples
    --------
    >>> format_money(12345.6), format_money(7.25)
    ('12,300', '7.2')
    """
    if pd.isna(value):
        return _(NOT_AVAILABLE)
    digits = max(len(str(int(value))) - 3, 0)
    return format_number(round(value, -digits) if digits else value, 0 if value >= 100 else 1)


def _whom(row: Mapping) -> str:
    """Whom an option aims at, in short: ages where it names some, else its group."""
    ages = dict(split_reasons(row["target_rule"]))
    whom = capital(label(GROUPS_IN_TEXT, row["group"]))
    if "aged_from" in ages:
        whom = _("Persons aged {age_from} and over", **ages["aged_from"])
    elif "aged_between" in ages:
        whom = _("Persons aged {age_from} to {age_to}", **ages["aged_between"])
    elif "self_employed_between" in ages:
        whom = _("Self-employed and family workers aged {age_from} to {age_to}", **ages["self_employed_between"])
    (extends,) = has_reason([row["target_rule"]], "not_covered")
    return _("{whom}, not covered today", whom=whom) if extends else whom


def _relation(row: Mapping, names: pd.Series) -> str:
    """How an option stands to existing schemes, with what its note says of others."""
    listed = [named(names.get(code, code)) for code in str(row["related_scheme"]).split(";") if code]
    words = _("none for the same people and risk")
    if listed:
        words = _(RELATIONS[row["relation"]], schemes=join_words(listed))
    note = named(row["note"]).removeprefix(DEFAULT).removeprefix(_(DEFAULT)).strip()
    return _("{relation}. {note}", relation=words.removesuffix("."), note=capital(note)) if note else words


def need_table(options: pd.DataFrame) -> ReportTable:
    """Whom each option is for, who of them is covered today and by what evidence, and how many it would newly cover.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    """
    shown = options.copy()
    shown["covered_range"] = _ranges(shown, "coverage", write_whole_share)
    shown["evidence"] = [_evidence(row) for row in as_records(options)]
    shown["newly_range"] = _ranges(shown, "newly_covered", format_persons)
    shown["how"] = [_(WAYS[way]) for way in shown["way"]]
    whom = _("Its own people, {year}", year=int(shown["year"].iat[0])) if len(shown) else _("Its own people")
    views = {
        "name": View(_("Option"), write_name, detail="how"),
        "people": View(whom, write_persons, "target_quality", True),
        "coverage": View(_("Covered, latest year"), write_whole_share, "coverage_quality", True, "covered_range"),
        "evidence": View(_("Read from"), long=True),
        "gap": View(_("Need: not covered"), write_persons, "target_quality", True),
        "newly_covered_central": View(_("Newly covered"), write_persons, "quality", True, "newly_range"),
    }
    title = _("Need, and who would be newly covered (options overlap: no total)")
    return ReportTable(options, title, views | _why_missing(shown), shown)


WAYS = {
    "builds_on": N_("members of the scheme count as reached"),
    "benefit_tested": N_("only for those without such a benefit"),
    "extends": N_("only for those who are not covered"),
    "new": N_("paid whatever somebody has already"),
}


def _evidence(row: Mapping) -> str:
    if not row["coverage_rule"]:
        return _(NOT_AVAILABLE)
    words, year = reason_words(row["coverage_rule"]), row["coverage_year"]
    if is_old(year, row["year"]):
        return _("{rule}, {year}: more than five years old", rule=words, year=int(year))
    return (
        words if "register" in row["coverage_rule"] else _("{rule}, {year}", rule=words, year=int(row["coverage_year"]))
    )


def cost_table(options: pd.DataFrame) -> ReportTable:
    """Persons reached and static cost of each option.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    """
    shown = options.copy()
    for name, write in (("persons", format_persons), ("cost", write_fine_share), ("gap_closed", write_whole_share)):
        shown[f"{name}_range"] = _ranges(shown, name, write)
    shown["net_range"] = _ranges(shown, "net_cost", write_fine_share)
    whom = _("Target population")
    if len(shown):
        whom = _("Target population, {year}", year=int(shown["year"].iat[0]))
    views = {
        "name": View(_("Option"), write_name),
        "target_population": View(whom, write_persons, "target_quality", True),
        "persons_central": View(_("Persons reached"), write_persons, "quality", True, "persons_range"),
        "gap_closed_central": View(_("Of its own gap closed"), write_whole_share, "quality", True, "gap_closed_range"),
        "cost_central": View(_("Cost, % of GDP"), write_fine_share, "quality", True, "cost_range"),
        "net_cost_central": View(_("Net of today's coverage"), write_fine_share, "quality", True, "net_range"),
    }
    title = _("Persons and cost at the assumed take-up, when mature (options overlap: no total)")
    return ReportTable(options, title, views | _why_missing(shown), shown)


def _why_missing(shown: pd.DataFrame) -> dict[str, View]:
    return {"reason": View(_("Why n/a"), write_reason, long=True)} if shown["reason"].any() else {}


def equal_money_table(equal: pd.DataFrame, money: Iterable[float] = MONEY) -> ReportTable:
    """What one sum buys: persons at the central level, and the level for everybody of the target population.

    Parameters
    ----------
    equal : result of ``costing.equal_money``
    """
    shown = equal.drop_duplicates("option")[["option", "name", "quality", "reason"]]
    views = {"name": View(_("Option"), write_name)}
    for i, sum_ in enumerate(money):
        part = equal[equal["money"] == sum_].set_index("option")
        columns = {"persons": part["persons"], "share": _share_words(part), "level": _level_words(part)}
        shown = shown.assign(**{f"{name}_{i}": shown["option"].map(cells) for name, cells in columns.items()})
        heading = _("{share} of GDP: persons", share=format_share(sum_, 2))
        views[f"persons_{i}"] = View(heading, write_persons, "quality", True, f"share_{i}")
        views[f"level_{i}"] = View(_("or level for all"), write_text, "quality", True)
    title = _("What the same sum buys: persons at the central level, or a level in % of GDP per head for all")
    return ReportTable(equal, title, views | _why_missing(shown), shown)


def _share_words(part: pd.DataFrame) -> pd.Series:
    text = [
        _("{share} of the target", share=format_share(value, 0)) if pd.notna(value) else ""
        for value in part["share_of_target"]
    ]
    return pd.Series(text, index=part.index, dtype="str")


def _level_words(part: pd.DataFrame) -> pd.Series:
    """Levels for all, marked where they are unusually high; one above 10 % without decimals."""
    pairs = [
        (write_level(round(value, 0 if value >= 10 else 1)), flag)
        for value, flag in zip(part["level_for_all"], part["flag"], strict=True)
    ]
    text = [_("{level} (unusually high)", level=level) if flag else level for level, flag in pairs]
    return pd.Series(text, index=part.index, dtype="str")
