"""Tables of needs, options and their costs for readers."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.costing.options import MONEY
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.tables import ReportTable, View, write_persons, write_share, write_text, write_year
from nasssap_lib.display.words import join_words
from nasssap_lib.terms import COVERAGE_GROUPS, GROUPS, GUARANTEES

EVIDENCE = {
    "recent": "observed within five years",
    "old": "observed more than five years ago",
    "legal_zero": "a zero in law",
    "over_100": "above 100 %: verify",
    "to_verify": "to be verified, not used",
    "no_rate": "no published rate",
}
RELATIONS = {
    "build_on": "builds on",
    "coordinate": "coordinate with",
    "merge": "merge with",
    "crowding_out": "danger of crowding out",
    "": "",
}


DEFAULT = "Default parameters: replace them by the country's own."  # says of every option what the sentence above the table says


def write_fine_share(value, language: str) -> str:
    """A share 0–1 as a percentage with two decimals: costs in % of GDP are small."""
    return format_share(value, 2, language)


def write_whole_share(value, language: str) -> str:
    """A share 0–1 as a whole percentage."""
    return format_share(value, 0, language)


def range_words(low: float, high: float, write, language: str) -> str:
    """Two ends in words; nothing where they are not known or equal.

    Examples
    --------
    >>> range_words(0.1, 0.2, write_whole_share, "en")
    '10\\xa0% to 20\\xa0%'
    """
    first, last = write(low, language), write(high, language)
    return "" if NOT_AVAILABLE in (first, last) or first == last else f"{first} to {last}"


def _ranges(table: pd.DataFrame, name: str, write, language: str) -> list[str]:
    pairs = zip(table[f"{name}_low"], table[f"{name}_high"], strict=True)
    return [range_words(low, high, write, language) for low, high in pairs]


def write_level(value, language: str) -> str:
    """A level in % of GDP per head."""
    number = format_number(value, 2, language)
    return number if number == NOT_AVAILABLE else f"{number}\N{NO-BREAK SPACE}%"


def assessment_table(assessment: pd.DataFrame, needs: pd.DataFrame, language: str = "en") -> ReportTable:
    """The assessment matrix: provisions, gaps, issues and recommendations by guarantee.

    Parameters
    ----------
    assessment : result of ``assessment.assess_guarantees``
    needs : result of ``assessment.needs_by_group``; states the gap where no finding does
    """
    shown = assessment.copy()
    shown["guarantee"] = shown["guarantee"].map(GUARANTEES)
    empty = shown["reason"] != ""
    gaps = {GUARANTEES[code]: _gaps_of(needs[needs["guarantee"] == code], language) for code in GUARANTEES}
    shown["gap"] = shown["gap"].mask(empty, shown["guarantee"].map(gaps))
    shown["provision"] = shown["provision"].mask(
        empty & (shown["provision"] == ""), "no scheme listed in the inventory"
    )
    for name in ("objective", "implementation_issue", "recommendation"):
        shown[name] = shown[name].mask(empty, NOT_AVAILABLE)
    views = {
        "guarantee": View("Guarantee", detail="codi_area"),
        "objective": View("Objective", long=True),
        "provision": View("Provisions", long=True),
        "gap": View("Gaps", long=True),
        "implementation_issue": View("Issues of implementation", long=True),
        "recommendation": View("Recommendations", quality="quality", long=True),
    }
    title = "Assessment matrix" + ("; n/a: a dialogue must supply it" if empty.any() else "")
    return ReportTable(assessment, title, views, language, shown)


def codi_table(checklist: pd.DataFrame, language: str = "en") -> ReportTable | None:
    """Findings by key area of CODI and guarantee; None where there is no finding at all.

    Parameters
    ----------
    checklist : result of ``assessment.codi_checklist``
    """
    if not checklist["findings"].any():
        return None
    shown = checklist.copy()
    shown["area"] = [
        f"{row.number:.0f} {row.area}" if row.number == row.number else row.area for row in checklist.itertuples()
    ]
    for guarantee in GUARANTEES:
        shown[guarantee] = shown[guarantee].map(lambda count: str(count) if count else "–")
    views = {"area": View("Key area of CODI", detail="module")}
    views |= {guarantee: View(words, numeric=True) for guarantee, words in GUARANTEES.items()}
    return ReportTable(
        checklist, "Findings by key area: – is not looked at yet, not free of problems", views, language, shown
    )


def _gaps_of(needs: pd.DataFrame, language: str) -> str:
    """The gaps of a guarantee's groups in words; groups overlap and are not added up."""
    if needs.empty:
        return "not in SDG 1.3.1; see the health panel of chapter 2"
    parts = [f"{row.label.split(',')[0]}: {format_persons(row.gap, language)}" for row in needs.itertuples()]
    return "; ".join(parts)


def needs_table(needs: pd.DataFrame, language: str = "en") -> ReportTable:
    """The needs matrix: size, coverage, trend and evidence by life-cycle group.

    Parameters
    ----------
    needs : result of ``assessment.needs_by_group``
    """
    shown = needs.copy()
    shown["trend"] = [_trend(*row, language) for row in zip(shown["target_last"], shown["growth"], strict=True)]
    shown["sexes"] = [_sexes(*row, language) for row in zip(shown["women"], shown["men"], strict=True)]
    shown["evidence_words"] = ["; ".join(_once(EVIDENCE[row.evidence], row.reason)) for row in shown.itertuples()]
    year, last = (int(shown[name].iat[0]) for name in ("year", "last_year"))
    views = {
        "label": View("Group"),
        "target_population": View(f"Persons, {year}", write_persons, "quality", True),
        "trend": View(f"Persons, {last}", write_text, numeric=True),
        "coverage": View("Coverage", write_share, numeric=True, detail="sexes"),
        "coverage_year": View("Year", write_year, numeric=True),
        "gap": View(f"Gap, {year}, rate kept", write_persons, "quality", True),
        "evidence_words": View("Evidence", long=True),
    }
    title = "Needs matrix by life-cycle group (groups overlap: there is no total)"
    return ReportTable(needs, title, views, language, shown)


def _once(words: str, reason: str) -> list[str]:
    """The evidence and the reasons that say something else."""
    return [words, *(part for part in reason.split("; ") if part and part != words)]


def _trend(last: float, growth: float, language: str) -> str:
    if pd.isna(last) or pd.isna(growth):
        return NOT_AVAILABLE
    sign = "+" if growth >= 0 else "−"
    return f"{format_persons(last, language)} ({sign}{format_share(abs(growth), 0, language)})"


def _sexes(women: float, men: float, language: str) -> str:
    both = pd.notna(women) and pd.notna(men)
    return f"women {format_share(women, 1, language)}, men {format_share(men, 1, language)}" if both else ""


def option_cards(options: pd.DataFrame, schemes: pd.DataFrame, language: str = "en") -> ReportTable:
    """What each option is: for whom, at what level, how delivered, and how it stands to what exists. All of it assumed.

    Parameters
    ----------
    options : result of ``measures.assess_options``
    schemes : a pack's inventory, for the names of related schemes
    """
    shown, names = options.copy(), schemes.set_index("id")["short_name"]
    shown["whom"] = [_whom(row) for row in shown.itertuples()]
    shown["level"] = [write_level(value, language) for value in shown["level_central"]]
    shown["level_range"] = _ranges(shown, "level", write_level, language)
    shown["months_words"] = [f"{format_number(value, 1, language)} months" for value in shown["months"]]
    shown["take_up"] = [format_share(value, 0, language) for value in shown["take_up_central"]]
    shown["take_up_range"] = _ranges(shown, "take_up", lambda value, words: format_share(value, 0, words), language)
    shown["admin"] = [format_share(value, 0, language) for value in shown["admin_rate"]]
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
    return ReportTable(options, "The options: parameters are assumptions", views, language, shown)


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


def cost_table(options: pd.DataFrame, language: str = "en") -> ReportTable:
    """Persons and static cost of each option.

    Parameters
    ----------
    options : result of ``measures.assess_options``
    """
    shown = options.copy()
    for name, write in (("persons", format_persons), ("newly_covered", format_persons), ("cost", write_fine_share)):
        shown[f"{name}_range"] = _ranges(shown, name, write, language)
    shown["net_range"] = _ranges(shown, "net_cost", write_fine_share, language)
    shown["closed_range"] = _ranges(shown, "gap_closed", write_whole_share, language)
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
    return ReportTable(options, "Persons and cost at full take-up (options overlap: no total)", views, language, shown)


def equal_money_table(equal: pd.DataFrame, language: str = "en", money: Iterable[float] = MONEY) -> ReportTable:
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
                f"share_{i}": shown["option"].map(_share_words(part, language)),
                f"level_{i}": shown["option"].map(_level_words(part, language)),
            }
        )
        words = format_share(sum_, 2, language)
        views[f"persons_{i}"] = View(f"{words} of GDP: persons", write_persons, "quality", True, f"share_{i}")
        views[f"level_{i}"] = View("or level for all", write_text, "quality", True)
    if shown["reason"].any():
        views["reason"] = View("Why n/a", long=True)
    title = "What the same sum buys: persons at the central level, or a level in % of GDP per head for all"
    return ReportTable(equal, title, views, language, shown)


def _share_words(part: pd.DataFrame, language: str) -> pd.Series:
    text = [
        f"{format_share(value, 0, language)} of the target" if pd.notna(value) else ""
        for value in part["share_of_target"]
    ]
    return pd.Series(text, index=part.index, dtype="str")


def _shorter(value: float) -> float:
    """A level above 10 % without decimals."""
    return round(value) if value >= 10 else round(value, 1)


def _level_words(part: pd.DataFrame, language: str) -> pd.Series:
    pairs = zip(part["level_for_all"], part["flag"], strict=True)
    text = [write_level(_shorter(value), language) + (" (high)" if flag else "") for value, flag in pairs]
    return pd.Series(text, index=part.index, dtype="str")
