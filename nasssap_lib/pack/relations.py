"""What tables of a pack say of each other: ids that another table must hold, units and ranges, complete age groups."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.errors import Problem
from nasssap_lib.pack import schema
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.checks import check_references, problems_at
from nasssap_lib.pack.demography import demography_problems
from nasssap_lib.pack.groups import group_problems

SYNONYMS = {
    **dict.fromkeys(
        ("poorest", "poorest_20", "poorest_fifth", "lowest_20", "bottom_20", "poorest_quintile", "lowest_quintile"),
        "q1",
    ),
    **dict.fromkeys(
        ("richest", "richest_20", "richest_fifth", "highest_20", "top_20", "richest_quintile", "highest_quintile"), "q5"
    ),
    **dict.fromkeys(("national", "national_line"), "line=national"),
    **dict.fromkeys(("total", "all", "none"), ""),
}

NO_RANGE = (np.nan, np.nan)
Texts = Mapping[str, Cells | None]
BY_NAME = {table.name: table for table in (*schema.TABLES, schema.CODEBOOK)}
SOURCES = BY_NAME["sources"]


def relation_problems(texts: Texts, country: str, real: bool) -> list[Problem]:
    """Problems that only several tables, or several rows of one, show.

    Parameters
    ----------
    texts : the tables of a pack as text, by name; None: could not be read
    country : code of the pack
    real : True: a country that exists, whose pack holds no illustrations
    """
    problems = list(reference_problems(texts))
    problems += _country_problems(texts["indicators"], country)
    problems += _breakdown_problems(texts["indicators"])
    problems += _circle_problems(texts["activities"])
    for name in ("indicators", "scheme_figures", "targets"):
        problems += _unit_problems(texts[name], texts["codebook"])
    problems += group_problems(texts["stakeholders"])
    if real:
        problems += _illustrative_problems(texts)
    problems += _population_problems(texts["population"])
    return problems + demography_problems(texts)


def reference_problems(texts: Texts) -> Iterable[Problem]:
    """Ids that stand in no row of the table that the schema says they are from."""
    for table in BY_NAME.values():
        for column in table.columns:
            cells = texts[table.name] if column.references else None
            if cells is None or not cells.lines or column.name not in cells.frame:
                continue
            if (known := _ids(texts, column.references)) is not None:
                target = BY_NAME[column.references.partition(".")[0]]
                expected = f"an {target.called} of {target.file}"
                key = _named_by(table) if target is SOURCES else ()
                yield from check_references(cells, column.name, known, expected, _rows(cells, column), key)


def _named_by(table: schema.Table) -> list[str]:
    """Columns that name the figures of a table: whoever takes a source away is told which figures stand without one."""
    return [name for name in table.key if name not in ("country", "source")]


def _ids(texts: Texts, references: str) -> set[str] | None:
    """What a reference may name; None where nothing is referred to, or the table cannot be read."""
    target, _, key = references.partition(".")
    cells = texts.get(target)
    return set(cells.frame[key]) if cells is not None and key in cells.frame else None


def _rows(cells: Cells, column: schema.Column) -> pd.Series | None:
    """Rows in which a reference holds; None: in all."""
    name, values = column.where
    return cells.frame[name].isin(values) if name in cells.frame else None


def _country_problems(facts: Cells | None, country: str) -> list[Problem]:
    if facts is None or "country" not in facts.frame:
        return []
    return check_references(facts, "country", {country}, f"the country of the pack, {country}")


def _circle_problems(activities: Cells | None) -> Iterator[Problem]:
    """Activities that wait for each other, or for themselves."""
    if activities is None or not activities.lines or not {"id", "depends_on"} <= set(activities.frame):
        return
    needed = {
        row.id: [part for part in map(str.strip, row.depends_on.split(";")) if part]
        for row in activities.frame.itertuples()
    }
    try:
        TopologicalSorter(needed).prepare()
    except CycleError as error:
        circle = error.args[1]
        at = activities.frame.index[activities.frame["id"] == circle[-1]][:1]
        hint = "take one of these away: " + " → ".join(circle[:12])
        yield from problems_at(
            activities, "depends_on", activities.frame.index.isin(at), "no circle of activities", hint
        )


def _breakdown_problems(facts: Cells | None) -> list[Problem]:
    """Parts of a population, and lines, that are written otherwise than those that the calculations look for."""
    if facts is None or "breakdown" not in facts.frame:
        return []
    meant = {cell: usual_breakdown(cell) for cell in facts.frame["breakdown"].unique()}
    wrong = facts.frame["breakdown"].map(lambda cell: meant[cell] != cell)
    expected = "empty, q1 to q5, d1 to d10, rural, urban, a line as in line=3.00_ppp2021, or a word in small letters"
    return problems_at(
        facts, "breakdown", wrong, expected, lambda cell: f"did you mean {meant[cell]!r}?" if meant[cell] else ""
    )


def usual_breakdown(cell: str) -> str:
    """A breakdown as the calculations look for it; "" where nobody can say what is meant.

    Examples
    --------
    >>> [usual_breakdown(cell) for cell in ("q1", "Q1", "quintile 1", "line=3_ppp2021", "Rural", "general_workers", "q7")]
    ['q1', 'q1', 'q1', 'line=3.00_ppp2021', 'rural', 'general_workers', '']
    """
    text = re.sub(r"[\s-]+", "_", cell.strip().lower())
    if line := re.fullmatch(r"(?:line=)?(\d+(?:[.,]\d+)?)_?(?:usd_?)?ppp_?(\d{4})", text):
        return f"line={float(line[1].replace(',', '.')):.2f}_ppp{line[2]}"
    if part := re.fullmatch(r"(q|quintile|fifth|d|decile|tenth)_?(\d+)", text):
        letter, number = "d" if part[1][0] in "d" or part[1] == "tenth" else "q", int(part[2])
        return f"{letter}{number}" if 1 <= number <= (10 if letter == "d" else 5) else ""
    if text in SYNONYMS:
        return SYNONYMS[text]
    near = difflib.get_close_matches(text, ("rural", "urban", "line=national"), 1, 0.85)
    return near[0] if near else text if re.fullmatch(r"(line=)?[a-z][a-z0-9_]*|", text) else ""


def _unit_problems(cells: Cells | None, codebook: Cells | None) -> list[Problem]:
    """Figures in another unit than their indicator's, and outside the range of the indicator or of the unit."""
    if cells is None or codebook is None or not {"unit", "value"} <= set(cells.frame):
        return []
    if not {"id", "unit"} <= set(codebook.frame):
        return []
    book = {
        row[0]: row[1:] for row in reversed(list(zip(*_columns(codebook, "id", "unit", "low", "high"), strict=True)))
    }
    indicators, units = _columns(cells, "indicator", "unit")
    expected = [book[name][0] if name in book else unit for name, unit in zip(indicators, units, strict=True)]
    hint = "convert the value, or use another indicator"
    wrong = [unit != one for unit, one in zip(units, expected, strict=True)]
    problems = problems_at(cells, "unit", wrong, lambda i: f"{expected[i]!r}, as codebook.csv says", hint)
    own = {name: (_number(low), _number(high)) for name, (_, low, high) in book.items()}
    return problems + _range_problems(cells, [own.get(name, NO_RANGE) for name in indicators], units)


def _columns(cells: Cells, *names: str) -> list[list[str]]:
    """Columns of a table as lists; empty cells where it does without one."""
    return [cells.frame[name].tolist() if name in cells.frame else [""] * len(cells.lines) for name in names]


def _number(cell: str) -> float:
    """A number; NaN where the cell is none, which is named by itself."""
    try:
        return float(cell)
    except ValueError:
        return np.nan


def _range_problems(cells: Cells, own: list[tuple[float, float]], units: list[str]) -> list[Problem]:
    """Values outside the range that the codebook gives the indicator, or where it gives none, outside that of the unit."""
    silent = [np.isnan(low) and np.isnan(high) for low, high in own]
    ranges = {unit: tuple(np.nan if end is None else end for end in limits) for unit, limits in schema.RANGES.items()}
    limits = [
        ranges.get(unit, NO_RANGE) if none else range_ for none, range_, unit in zip(silent, own, units, strict=True)
    ]
    values, problems = np.array([_number(cell) for cell in cells.frame["value"]]), []
    for sign, words, limit in zip((-1, 1), ("at least", "at most"), np.array(limits).reshape(-1, 2).T, strict=True):

        def expected(i, words=words, limit=limit):
            return f"{words} {limit[i]:g}, {'the range of its unit' if silent[i] else 'as codebook.csv says'}"

        problems += problems_at(cells, "value", sign * values > sign * limit, expected)
    return sorted(problems, key=lambda problem: problem.row)


def _illustrative_problems(texts: Texts) -> Iterable[Problem]:
    """Illustrations belong to fictional countries only, in whichever table."""
    hint = f"allowed: {', '.join(sorted(set(terms.QUALITIES) - {'illustrative'}))}"
    for cells in filter(None, texts.values()):
        if "quality" in cells.frame:
            wrong = cells.frame["quality"] == "illustrative"
            yield from problems_at(cells, "quality", wrong, "no illustrative figure in a real country's pack", hint)


def _population_problems(cells: Cells | None) -> Iterable[Problem]:
    """A year and sex whose age groups are not all there would be counted too low; so would a year without women, or without men."""
    if cells is None or not {"year", "sex", "age_group", "source", "persons"} <= set(cells.frame):
        return
    persons = pd.to_numeric(cells.frame["persons"], errors="coerce")
    rows: dict[tuple[str, str], dict[str, dict[str, tuple[int, float]]]] = {}
    columns = (cells.frame[name] for name in ("year", "source", "sex", "age_group"))
    for year, source, sex, group, line, count in zip(*columns, cells.lines, persons, strict=True):
        if sex in ("female", "male"):  # other words are named by themselves
            rows.setdefault((year, source), {}).setdefault(sex, {}).setdefault(group, (line, count))
    for (year, source), sexes in sorted(rows.items()):
        somebody = any(count > 0 for groups in sexes.values() for _, count in groups.values())
        for sex in ("female", "male"):
            groups = sexes.get(sex, {})
            line = next(iter((groups or next(iter(sexes.values()))).values()))[0]
            if not groups or (somebody and all(count == 0 for _, count in groups.values())):
                expected = f"{'women' if sex == 'female' else 'men'} of {year} too ({source})"
                hint = "all persons are counted by sex: copy the rows from their source"
                yield Problem(cells.file, line, "sex", "", expected, hint)
            elif missing := [group for group in terms.AGE_GROUPS if group not in groups]:
                hint = f"missing: {', '.join(missing)}"
                yield Problem(cells.file, line, "age_group", f"{year} {sex}", "all 21 age groups", hint)
