"""What cannot be among the rates of a population: life tables that do not close, a fertility of 70, periods with gaps between them.

What is projected from such rates would look like any other population, so nothing of it is let through.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.schema import LAST_YEAR, RATES, VARIANTS
from nasssap_lib.terms import AGE_GROUPS, LIFE_TABLE_AGES

PERIOD, YEAR = re.compile(r"([0-9]{4})-([0-9]{4})"), re.compile(r"[0-9]{4}")
STEP = 5  # years
SEXES = ("female", "male")
NO_AGE = ("",)


@dataclass(frozen=True)
class Rule:
    """What the rows of an indicator hold: their unit, sexes, ages, and the least and greatest value that is known of any country."""

    unit: str
    sexes: tuple[str, ...]
    ages: tuple[str, ...]
    least: float
    most: float
    hint: str
    variants: tuple[str, ...] = ("medium",)


POINT = "is a decimal point lost, or a cell of another line?"
RULES = {
    "death_rate": Rule(
        "deaths_per_person_year", SEXES, tuple(LIFE_TABLE_AGES), 1e-7, 2.0, "divide rates per 1,000 by 1,000"
    ),
    "total_fertility": Rule("children_per_woman", ("female",), NO_AGE, 0.3, 10.0, POINT, tuple(VARIANTS)),
    "fertility_share": Rule("percent", ("female",), tuple(AGE_GROUPS[2:11]), 0.0, 100.0, POINT),
    "sex_ratio_at_birth": Rule("ratio", ("total",), NO_AGE, 0.9, 1.25, "boys per girl, as in 1.05; not per 100"),
    "net_migrants": Rule("persons", SEXES, tuple(AGE_GROUPS), -1e9, 1e9, POINT),
    "population_total": Rule("persons", ("total", *SEXES), NO_AGE, 1.0, 1e10, POINT, tuple(VARIANTS)),
}
YOUNG, MOST_OF_THE_YOUNG = LIFE_TABLE_AGES[:13], 0.5  # deaths per person and year below 60
SHARES_OFF = 0.5  # points by which published shares may miss 100
TOTAL_OFF = 1.5  # times that a total of December may be that of July; bounds of the far future are not held against it
FEW = 1e-4  # of all persons of a sex
ORDERS = (("lower_95", "lower_80", "medium", "upper_80", "upper_95"), ("low", "medium", "high"))


class Row(NamedTuple):
    """A row of the table whose cells are well formed."""

    line: int
    indicator: str
    age: str
    sex: str
    period: str
    variant: str
    value: float
    rank: str


def demography_problems(texts: Mapping[str, Cells | None]) -> list[Problem]:
    """Problems of demography.csv that only its indicator, its other rows or the population show.

    Parameters
    ----------
    texts : the tables of a pack as text, by name; None: could not be read
    """
    cells = texts["demography"]
    if cells is None or not cells.lines or not {*_COLUMNS, "unit", "source"} <= set(cells.frame):
        return []
    rows = _rows(cells, _ranks(texts["sources"]))
    problems = [problem for row, unit in rows if not _usual(row, unit) for problem in _of_one(cells.file, row, unit)]
    wrong = {problem.row for problem in problems}
    sound = [row for row, _ in rows if row.line not in wrong]
    groups: dict[tuple, list[Row]] = {}
    for row in sound:
        groups.setdefault((row.rank, row.indicator, row.sex, row.variant, row.period), []).append(row)
    problems += _periods(cells.file, groups)
    problems += _ages(
        cells.file, groups, {(row.indicator, row.sex, row.period) for row, _ in rows if row.line in wrong}
    )
    outsized = list(_against_population(cells.file, groups, texts["population"]))
    named = {problem.row for problem in outsized}
    return [*problems, *outsized, *_orders(cells.file, [row for row in sound if row.line not in named])]


_COLUMNS = ("indicator", "age_group", "sex", "period", "variant", "value")


def _ranks(sources: Cells | None) -> dict[str, str]:
    """Edition rank of each source: rows of one rank are one series, and editions are never chained."""
    if sources is None or not {"id", "edition_rank"} <= set(sources.frame):
        return {}
    return dict(zip(sources.frame["id"], sources.frame["edition_rank"], strict=True))


def _rows(cells: Cells, ranks: Mapping[str, str]) -> list[tuple[Row, str]]:
    """Rows whose indicator is known and whose value is a number, with their unit; other ones are named by themselves."""
    columns = [cells.frame[name].tolist() for name in (*_COLUMNS, "unit", "source")]
    rows = []
    for line, indicator, age, sex, period, variant, value, unit, source in zip(cells.lines, *columns, strict=True):
        try:
            number = float(value)
        except ValueError:
            continue
        if indicator in RULES:
            rank = ranks.get(source.partition(";")[0], "")
            rows.append((Row(line, indicator, age, sex, period, variant, number, rank), unit))
    return rows


def _usual(row: Row, unit: str) -> bool:
    """Whether nothing is wrong with a row by itself: most rows of most tables, so labels are looked at once."""
    least, most = _limits(row.indicator, row.age)
    return (
        _fits(row.indicator, row.sex, row.age, row.variant, unit)
        and _is_period(row.indicator, row.period)
        and least <= row.value <= most
    )


@cache
def _fits(indicator: str, sex: str, age: str, variant: str, unit: str) -> bool:
    rule = RULES[indicator]
    return unit == rule.unit and sex in rule.sexes and age in rule.ages and variant in rule.variants


@cache
def _limits(indicator: str, age: str) -> tuple[float, float]:
    rule = RULES[indicator]
    return rule.least, MOST_OF_THE_YOUNG if indicator == "death_rate" and age in YOUNG else rule.most


@cache
def _is_period(indicator: str, period: str) -> bool:
    """Whether it is five years, or of a total a year alone."""
    if indicator == "population_total":
        return bool(YEAR.fullmatch(period))
    years = PERIOD.fullmatch(period)
    return bool(years) and int(years[2]) - int(years[1]) == STEP and int(years[2]) <= LAST_YEAR


def _of_one(file: str, row: Row, unit: str) -> Iterator[Problem]:
    """What is wrong with a row by itself."""
    rule = RULES[row.indicator]
    if unit != rule.unit:
        yield Problem(file, row.line, "unit", unit, rule.unit, f"the unit of {row.indicator}; convert the value")
    if row.sex not in rule.sexes:
        yield Problem(
            file, row.line, "sex", row.sex, f"{' or '.join(rule.sexes)} for {row.indicator}", RATES[row.indicator]
        )
    if row.age not in rule.ages:
        expected = f"an age of {row.indicator}: {_listed(rule.ages)}" if rule.ages != NO_AGE else "no age"
        yield Problem(file, row.line, "age_group", row.age, expected, RATES[row.indicator])
    if row.variant not in rule.variants:
        hint = "bounds and variants are published for totals and total fertility only"
        yield Problem(file, row.line, "variant", row.variant, "medium", hint)
    yield from _period(file, row)
    least, most = _limits(row.indicator, row.age)
    if not least <= row.value <= most:
        low = "more than 0" if row.indicator == "death_rate" else f"at least {least:g}"
        yield Problem(file, row.line, "value", f"{row.value:g}", f"{low} and at most {most:g}", rule.hint)


def _listed(ages: tuple[str, ...]) -> str:
    return f"{ages[0]}, {ages[1]} … {ages[-1]}"


def _period(file: str, row: Row) -> Iterator[Problem]:
    if _is_period(row.indicator, row.period):
        return
    expected = f"a period of {STEP} years with a hyphen, as in 2025-2030"
    if row.indicator == "population_total":
        expected, hint = "a year, as in 2030", "totals are of 31 December of a year"
    elif PERIOD.fullmatch(row.period):
        hint = "the last year of one is the first of the next"
    else:
        hint = "write the first and the last year"
    yield Problem(file, row.line, "period", row.period, expected, hint)


def _periods(file: str, groups: Mapping[tuple, list[Row]]) -> Iterator[Problem]:
    """Periods of a series that overlap, or leave years out between them."""
    series: dict[tuple, dict[str, int]] = {}
    for (rank, indicator, sex, variant, period), rows in groups.items():
        if indicator != "population_total":
            series.setdefault((rank, indicator, sex, variant), {})[period] = rows[0].line
    for (_, indicator, _, _), periods in series.items():
        for before, after in pairwise(sorted(periods)):
            end, start = int(before[-4:]), int(after[:4])
            if start != end:
                what = "overlap" if start < end else "leave years out"
                hint = f"{before} and {after} {what}: {indicator} needs one period after the other"
                yield Problem(file, periods[after], "period", after, f"a period that begins in {end}", hint)


def _ages(file: str, groups: Mapping[tuple, list[Row]], named: set[tuple]) -> Iterator[Problem]:
    """Ages that are missing or stand twice in life tables, fertility and migration; shares of fertility that do not add up.

    named : series of which a row is named already: what it lacks is known
    """
    for (rank, indicator, sex, variant, period), rows in groups.items():
        if RULES[indicator].ages == NO_AGE and len(rows) > 1:
            hint = f"it stands in line {rows[0].line} already: keep one, or rank its source higher"
            yield Problem(file, rows[1].line, "period", period, f"{indicator} of a period once", hint)
        if RULES[indicator].ages == NO_AGE or (indicator, sex, period) in named:
            continue
        yield from _twice_or_missing(file, indicator, sex, period, rows)
        other = {"female": "male", "male": "female"}.get(sex, "")
        there = (rank, indicator, other, variant, period) in groups or (indicator, other, period) in named
        if other in RULES[indicator].sexes and not there:
            expected = f"{indicator} of {'men' if other == 'male' else 'women'} in {period} too"
            yield Problem(file, rows[0].line, "sex", sex, expected, "copy the rows from their source")


def _twice_or_missing(file: str, indicator: str, sex: str, period: str, rows: list[Row]) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for row in rows:
        if first.setdefault(row.age, row.line) != row.line:
            hint = f"it stands in line {first[row.age]} already: keep one, or rank its source higher"
            yield Problem(file, row.line, "age_group", row.age, f"each age once in {period}, {sex}", hint)
            return
    if indicator == "fertility_share":
        total = sum(row.value for row in rows)
        if abs(total - 100) > SHARES_OFF:
            hint = f"those of {period} add up to {total:g}: is an age missing, or a rate written for a share?"
            yield Problem(file, rows[0].line, "value", f"{rows[0].value:g}", "shares that add up to 100", hint)
    elif missing := [age for age in RULES[indicator].ages if age not in first]:
        where = (file, rows[-1].line, "age_group", f"{period} {sex}")
        if indicator == "death_rate" and missing == [LIFE_TABLE_AGES[-1]]:
            hint = "without it some never die: the open last age closes the life table"
            yield Problem(*where, f"the open last age, {missing[0]}", hint)
        else:
            yield Problem(*where, f"all {len(RULES[indicator].ages)} ages", f"missing: {', '.join(missing)}")


def _orders(file: str, rows: list[Row]) -> Iterator[Problem]:
    """Bounds that are not on their side of the medium series."""
    known: dict[tuple, dict[str, Row]] = {}
    for row in rows:
        if row.indicator in ("total_fertility", "population_total"):
            known.setdefault((row.rank, row.indicator, row.sex, row.period), {})[row.variant] = row
    for variants in known.values():
        for order in ORDERS:
            for lower, upper in pairwise([variants[name] for name in order if name in variants]):
                if lower.value > upper.value:
                    expected = f"at most {upper.variant}, {upper.value:g}"
                    yield Problem(file, lower.line, "value", f"{lower.value:g}", expected, " ≤ ".join(order))


def _against_population(file: str, groups: Mapping[tuple, list[Row]], population: Cells | None) -> Iterator[Problem]:
    """More migrants than there are people, and totals in thousands."""
    people = _people(population)
    years = sorted({year for year, _ in people})
    if not years:
        return
    for (_, indicator, sex, variant, period), rows in groups.items():
        year = int(period[:4])
        near = min(years, key=lambda known: (abs(known - year), known))
        if indicator == "net_migrants":
            yield from _too_many_migrants(file, rows, people.get((near, sex), {}), near)
        elif (indicator, sex, variant) == ("population_total", "total", "medium") and near == year:
            all_ages = sum(sum(people.get((near, one), {}).values()) for one in SEXES)
            if not all_ages / TOTAL_OFF <= rows[0].value <= all_ages * TOTAL_OFF:
                expected = f"about the {all_ages:,.0f} persons of population.csv in {near}"
                hint = "persons, not thousands: multiply by 1,000"
                yield Problem(file, rows[0].line, "value", f"{rows[0].value:.10g}", expected, hint)


def _too_many_migrants(file: str, rows: list[Row], people: Mapping[str, float], year: int) -> Iterator[Problem]:
    everybody, moved = sum(people.values()), sum(abs(row.value) for row in rows)
    hint = f"persons over the whole period, not per 1,000; population.csv has {everybody:,.0f} of {rows[0].sex} sex in {year}"
    if not everybody:
        return  # of a year without people, another line speaks
    if moved > everybody:
        expected = f"fewer migrants than people; all ages of {rows[0].period} come to {moved:,.0f}"
        yield Problem(file, rows[0].line, "value", f"{rows[0].value:.10g}", expected, hint)
        return
    for row in rows:
        if -row.value - people.get(row.age, 0.0) > everybody * FEW:  # of the oldest a publisher rounds away some
            expected = f"at most the {people.get(row.age, 0):,.0f} persons of this age leaving"
            yield Problem(file, row.line, "value", f"{row.value:.10g}", expected, hint)


def _people(population: Cells | None) -> dict[tuple[int, str], dict[str, float]]:
    """Persons by year and sex, by age group; of two sources the last row counts."""
    people: dict[tuple[int, str], dict[str, float]] = {}
    if population is None or not {"year", "sex", "age_group", "persons"} <= set(population.frame):
        return people
    columns = (population.frame[name].tolist() for name in ("year", "sex", "age_group", "persons"))
    for year, sex, age, persons in zip(*columns, strict=True):
        try:
            people.setdefault((int(year), sex), {})[age] = float(persons)
        except ValueError:
            continue
    return people
