"""Tables of needs, options and their costs for readers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.costing.options import MONEY
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.tables import ReportTable, View, write_persons, write_text
from nasssap_lib.display.words import join_words
from nasssap_lib.terms import COVERAGE_GROUPS, GROUPS, GUARANTEES

RELATIONS = {
    "build_on": "builds on",
    "coordinate": "coordinate with",
    "merge": "merge with",
    "crowding_out": "danger of crowding out",
    "": "",
}


DEFAULT = "Default parameters: replace them by the country's own."  # says of every option what the sentence above the table says


def write_fine_share(value) -> str:
    """A share 0–1 as a percentage with two decimals: costs in % of GDP are small."""
    return format_share(value, 2)


def write_whole_share(value) -> str:
    """A share 0–1 as a whole percentage."""
    return format_share(value, 0)


def range_words(low: float, high: float, write) -> str:
    """Two ends in words; nothing where they are not known or equal.

    Examples
    --------
    >>> range_words(0.1, 0.2, write_whole_share)
    '10\\xa0% to 20\\xa0%'
    """
    first, last = write(low), write(high)
    return "" if NOT_AVAILABLE in (first, last) or first == last else f"{first} to {last}"


def _ranges(table: pd.DataFrame, name: str, write) -> list[str]:
    pairs = zip(table[f"{name}_low"], table[f"{name}_high"], strict=True)
    return [range_words(low, high, write) for low, high in pairs]


def write_level(value) -> str:
    """A level in % of GDP per head."""
    number = format_number(value, 2)
    return number if number == NOT_AVAILABLE else f"{number}\N{NO-BREAK SPACE}%"


def option_cards(options: pd.DataFrame, schemes: pd.DataFrame) -> ReportTable:
    """What each option is: for whom, at what level, how delivered, and how it stands to what exists. All of it assumed.

    Parameters
    ----------
    options : result of ``measures.assess_options``
    schemes : a pack's inventory, for the names of related schemes
    """
    shown, names = options.copy(), schemes.set_index("id")["short_name"]
    shown["whom"] = [_whom(row) for row in shown.itertuples()]
    shown["level"] = [write_level(value) for value in shown["level_central"]]
    shown["level_range"] = _ranges(shown, "level", write_level)
    shown["months_words"] = [f"{format_number(value, 1)} months" for value in shown["months"]]
    shown["take_up"] = [format_share(value, 0) for value in shown["take_up_central"]]
    shown["take_up_range"] = _ranges(shown, "take_up", lambda value: format_share(value, 0))
    shown["admin"] = [format_share(value, 0) for value in shown["admin_rate"]]
    shown["stands"] = [_relation(row, names) for row in shown.itertuples()]
    shown["guarantee_words"] = shown["guarantee"].map(GUARANTEES)
    shown["runs"] = shown["institution"].where(shown["institution"] != "", "to be decided")
    shown["assumed"] = "assumed"
    views = {
        "name": View("Option"),
        "whom": View("For whom", detail="delivery", long=True),
        "level": View("Level, % of GDP per head", write_text, "assumed", True, "level_range"),
        "months_words": View("Paid for", write_text, "assumed"),
        "take_up": View("Take-up", write_text, "assumed", True, "take_up_range"),
        "admin": View("Administration, of benefits", write_text, "assumed", True),
        "runs": View("Institution", long=True),
        "stands": View("Existing schemes", long=True),
        "guarantee_words": View("Guarantee", long=True),
    }
    return ReportTable(options, "The options: parameters are assumptions", views, shown)


def _whom(row) -> str:
    """Whom an option aims at, in short: ages where it names some, else its group."""
    group = COVERAGE_GROUPS.get(row.group, GROUPS[row.group]).split(",")[0]
    whom = (
        row.target_rule.replace("population aged", "Persons aged")
        if row.target_rule.startswith("population aged")
        else group
    )
    return f"{whom}, not covered today" if row.target_rule.endswith("not covered") else whom


def _relation(row, names: pd.Series) -> str:
    """How an option stands to existing schemes, with what its note says of others."""
    listed = [names.get(code, code) for code in str(row.related_scheme).split(";") if code]
    words = f"{RELATIONS[row.relation]} {join_words(listed)}" if listed else "none for the same people and risk"
    note = row.note.removeprefix(DEFAULT).strip()
    return f"{words}. {note}" if note else words


def cost_table(options: pd.DataFrame) -> ReportTable:
    """Persons and static cost of each option.

    Parameters
    ----------
    options : result of ``measures.assess_options``
    """
    shown = options.copy()
    for name, write in (("persons", format_persons), ("newly_covered", format_persons), ("cost", write_fine_share)):
        shown[f"{name}_range"] = _ranges(shown, name, write)
    shown["net_range"] = _ranges(shown, "net_cost", write_fine_share)
    shown["closed_range"] = _ranges(shown, "gap_closed", write_whole_share)
    year = "" if shown.empty else f", {int(shown['year'].iat[0])}"
    views = {
        "name": View("Option"),
        "target_population": View(f"Target population{year}", write_persons, "target_quality", True),
        "persons_central": View("Persons reached", write_persons, "quality", True, "persons_range"),
        "newly_covered_central": View("Newly covered", write_persons, "quality", True, "newly_covered_range"),
        "gap_closed_central": View("Gap closed", write_whole_share, "quality", True, "closed_range"),
        "cost_central": View("Cost, % of GDP", write_fine_share, "quality", True, "cost_range"),
        "net_cost_central": View("Net of today's coverage", write_fine_share, "quality", True, "net_range"),
        "reason": View("Why n/a", long=True),
    }
    if not shown["reason"].any():
        views.pop("reason")
    return ReportTable(options, "Persons and cost at full take-up (options overlap: no total)", views, shown)


def equal_money_table(equal: pd.DataFrame, money: Iterable[float] = MONEY) -> ReportTable:
    """What one sum buys: persons at the central level, and the level for everybody of the target population.

    Parameters
    ----------
    equal : result of ``measures.equal_money``
    """
    shown, views = equal.drop_duplicates("option")[["option", "name", "quality", "reason"]], {"name": View("Option")}
    for i, sum_ in enumerate(money):
        part = equal[equal["money"] == sum_].set_index("option")
        shown = shown.assign(
            **{
                f"persons_{i}": shown["option"].map(part["persons"]),
                f"share_{i}": shown["option"].map(_share_words(part)),
                f"level_{i}": shown["option"].map(_level_words(part)),
            }
        )
        words = format_share(sum_, 2)
        views[f"persons_{i}"] = View(f"{words} of GDP: persons", write_persons, "quality", True, f"share_{i}")
        views[f"level_{i}"] = View("or level for all", write_text, "quality", True)
    if shown["reason"].any():
        views["reason"] = View("Why n/a", long=True)
    title = "What the same sum buys: persons at the central level, or a level in % of GDP per head for all"
    return ReportTable(equal, title, views, shown)


def _share_words(part: pd.DataFrame) -> pd.Series:
    text = [f"{format_share(value, 0)} of the target" if pd.notna(value) else "" for value in part["share_of_target"]]
    return pd.Series(text, index=part.index, dtype="str")


def _shorter(value: float) -> float:
    """A level above 10 % without decimals."""
    return round(value) if value >= 10 else round(value, 1)


def _level_words(part: pd.DataFrame) -> pd.Series:
    pairs = zip(part["level_for_all"], part["flag"], strict=True)
    text = [write_level(_shorter(value)) + (" (high)" if flag else "") for value, flag in pairs]
    return pd.Series(text, index=part.index, dtype="str")
