"""Result tables for readers: accessible HTML with words for columns, marks for what is estimated, and n/a with its reason."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.language import NOT_AVAILABLE, format_number, format_persons, format_share

MARKS = {"estimated": "e", "assumed": "a", "illustrative": "i"}
MARK_WORDS = {"e": "estimated", "a": "assumption", "i": "illustration, not a figure of any country"}


def _persons(value, language):
    return format_persons(value, language)


def _share(value, language):
    return format_share(value, 1, language)


def _number(value, language):
    return format_number(value, 1, language)


def _year(value, language):
    return "" if pd.isna(value) else str(int(value))


def _text(value, language):
    return "" if pd.isna(value) else str(value)


@dataclass(frozen=True)
class View:
    """How a column is shown: its words, how a value is written, and the column that holds its quality ("" : no mark)."""

    words: str
    write: Callable = _text
    quality: str = ""
    numeric: bool = False


@dataclass(frozen=True, eq=False)
class ReportTable:
    """A result table with what a reader sees of it; ``data`` is the whole result, ``views`` the columns shown."""

    data: pd.DataFrame
    title: str
    views: dict[str, View] = field(default_factory=dict)
    language: str = "en"

    def _repr_html_(self) -> str:
        return to_html(self)


def to_html(table: ReportTable, number: str = "", anchor: str = "") -> str:
    """HTML of a table: caption, scoped headers, escaped text, marks with their meaning below.

    Examples
    --------
    >>> frame = pd.DataFrame({"item": ["<b>"], "value": [1.5]})
    >>> "&lt;b&gt;" in to_html(ReportTable(frame, "T", {"item": View("Item"), "value": View("Value", _number, numeric=True)}))
    True
    """
    views = table.views or {name: View(name.replace("_", " ")) for name in table.data.columns}
    head = "".join(f'<th scope="col"{_css(view)}>{escape(view.words)}</th>' for view in views.values())
    body = "".join(_row_html(row, views, table.language) for row in table.data.to_dict("records"))
    caption = escape(f"{number} {table.title}".strip())
    identity = f' id="{escape(anchor)}"' if anchor else ""
    marks = [f"<sup>{mark}</sup> {words}" for mark, words in MARK_WORDS.items() if f"<sup>{mark}</sup>" in body]
    foot = f'<p class="marks">{"; ".join(marks)}</p>' if marks else ""
    empty = "" if len(table.data) else f'<tr><td colspan="{len(views)}"><i>nothing in the pack</i></td></tr>'
    return (
        f'<div class="table"{identity}><table><caption><span>{caption}</span></caption><thead><tr>{head}</tr></thead>'
        f"<tbody>{body}{empty}</tbody></table></div>{foot}"
    )


def _css(view: View) -> str:
    return ' class="number"' if view.numeric else ""


def _row_html(row: dict, views: dict[str, View], language: str) -> str:
    cells = []
    for i, (name, view) in enumerate(views.items()):
        value = row.get(name)
        text = escape(view.write(value, language))
        text = f"<i>{text}</i>" if text == NOT_AVAILABLE else text + _mark(row, view)
        cells.append(f'<th scope="row">{text}</th>' if i == 0 else f"<td{_css(view)}>{text}</td>")
    return f"<tr>{''.join(cells)}</tr>"


def _mark(row: dict, view: View) -> str:
    mark = MARKS.get(row.get(view.quality, "")) if view.quality else None
    return f"<sup>{mark}</sup>" if mark else ""


def gap_table(gaps: pd.DataFrame, language: str = "en") -> ReportTable:
    """Target population, coverage and gap in persons, one row a group and denominator.

    Parameters
    ----------
    gaps : result of ``coverage.coverage_gaps``
    """
    data = gaps.copy()
    data["group_words"] = [_group_words(*row) for row in zip(data["group"], data["sex"], strict=True)]
    data["range"] = [_range_words(*row, language) for row in zip(data["gap_low"], data["gap_high"], strict=True)]
    data["how"] = [
        reason if rule == "none" else "; ".join(filter(None, [rule, reason]))
        for rule, reason in zip(data["denominator_rule"], data["reason"], strict=True)
    ]
    views = {
        "group_words": View("Group"),
        "coverage_year": View("Year", _year, numeric=True),
        "effective_coverage": View("Effective coverage", _share, numeric=True),
        "target_population": View("Target population", _persons, "denominator_quality", True),
        "gap": View("Coverage gap, persons", _persons, "quality", True),
        "range": View("Range", numeric=True),
        "gap_nowcast": View(f"Gap in {_only(data['nowcast_year'])}, rate kept", _persons, "nowcast_quality", True),
        "how": View("How counted"),
    }
    data["nowcast_quality"] = "estimated"
    return ReportTable(
        data, "Target population, coverage and coverage gap (groups overlap: there is no total)", views, language
    )


def _only(values: pd.Series) -> str:
    return str(int(values.iloc[0])) if len(values) else ""


def _group_words(group: str, sex: str) -> str:
    words = terms.label(terms.COVERAGE_GROUPS, group)
    return words if sex == "total" or group == "mothers" else f"{words}, {terms.SEXES[sex]}"


def _range_words(low: float, high: float, language: str) -> str:
    if pd.isna(low) or pd.isna(high):
        return ""
    first, last = format_persons(low, language), format_persons(high, language)
    if first == last:
        return ""
    short = first.rsplit(" ", 1)[0] if first.split(" ")[1:] == last.split(" ")[1:] else first
    return f"{short} to {last}"


def profile_table(profile: pd.DataFrame, language: str = "en") -> ReportTable:
    """The country at a glance.

    Parameters
    ----------
    profile : result of ``stocktaking.country_profile``
    """
    data = profile.copy()
    data["shown"] = [
        format_persons(value, language)
        if unit == "persons"
        else format_number(value, 0 if abs(value) >= 1000 else 1, language)
        for value, unit in zip(data["value"], data["unit"], strict=True)
    ]
    views = {
        "item": View("Figure"),
        "shown": View("Value", _text, "quality", True),
        "unit": View("Unit"),
        "year": View("Year", _year, numeric=True),
        "reason": View(""),
    }
    return ReportTable(
        data,
        "The country at a glance",
        views if data["reason"].any() else {k: v for k, v in views.items() if k != "reason"},
        language,
    )


def inventory_table(inventory: pd.DataFrame, language: str = "en") -> ReportTable:
    """The inventory of schemes.

    Parameters
    ----------
    inventory : result of ``stocktaking.inventory``
    """
    views = {
        "scheme": View("Scheme"),
        "type": View("Type"),
        "branches": View("Branches"),
        "population_category": View("For whom"),
        "tier": View("Tier"),
        "status": View("Status"),
        "institution": View("Institution"),
        "legal_basis": View("Legal basis"),
    }
    return ReportTable(inventory, "Inventory of schemes, formal and informal", views, language)


def projection_table(projection: pd.DataFrame, language: str = "en") -> ReportTable:
    """The status quo in two readings, group by group.

    Parameters
    ----------
    projection : result of ``coverage.project_status_quo``
    """
    rows = projection[projection["gap"].notna()]
    words = [_group_words(*row) for row in zip(rows["group"], rows["sex"], strict=True)]
    data = rows.assign(group_words=words).sort_values(["group", "reading", "year"], key=_code_order, kind="stable")
    views = {
        "group_words": View("Group"),
        "reading": View("Reading"),
        "year": View("Year", _year, numeric=True),
        "target_population": View("Target population", _persons, "quality", True),
        "gap": View("Coverage gap, persons", _persons, "quality", True),
        "effective_coverage": View("Effective coverage", _share, numeric=True),
    }
    return ReportTable(data, "The status quo to 2050 in two readings", views, language)


def _code_order(column: pd.Series) -> pd.Series:
    order = {code: i for i, code in enumerate(terms.COVERAGE_GROUPS)}
    return column.map(order) if column.name == "group" else column


def source_table(sources: pd.DataFrame, language: str = "en") -> ReportTable:
    """The sources that a chapter used.

    Parameters
    ----------
    sources : rows of a pack's ``sources``
    """
    views = {
        "id": View("Source"),
        "publisher": View("Publisher"),
        "title": View("Title"),
        "edition": View("Edition"),
        "year": View("Year", _year, numeric=True),
        "licence": View("Terms"),
    }
    return ReportTable(sources, "Sources of this chapter", views, language)
