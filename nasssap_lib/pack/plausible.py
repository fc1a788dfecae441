"""What cannot be, or can hardly be, though every cell is well formed: figures held against the calendar, their unit, and each other.

An *error* is what no publisher can have meant: it stops. A *doubt* is odd, and may be so in the country: it is shown. A figure that is
odd and true says so in its note, with the words of ``AS_PUBLISHED``: then an error of size is a doubt that is explained.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from nasssap_lib.errors import Problem
from nasssap_lib.pack.cells import Cells
from nasssap_lib.pack.schema import CODEBOOK, TABLES
from nasssap_lib.reasons import english, reason

AS_PUBLISHED = re.compile(r"\bas published\b|\btel que publié|\btal como se publicó", re.I)
BY_FRAME = {table.attribute: table for table in (*TABLES, CODEBOOK)}
LARGEST = 1e18  # of any number: more is cells run together, or a finger on a key
DECREED = (  # what laws and budgets fix for years to come
    "rate_", "benefit", "ceiling", "floor", "premium", "minimum_wage", "social_protection_budget",
)  # fmt: skip
PAID_OUT = "benefits"  # what was paid is no rule
DECREED_FOR = 30  # years
PAST = (("sources", "year"), ("conventions", "year"), ("history", "year"))
FINISHED = ("done", "adopted_by_government", "launched_by_government")
SUBJECTS = {"facts": "indicator", "scheme_figures": "measure"}  # what figures are of, where some of it is decreed
FEW_RATES, SMALL_RATE = 3, 0.35  # contribution rates of a pack that are all so small are shares
MONEY = (
    "benefit", "ceiling", "floor", "premium", "expenditure", "benefits", "administration", "staff_pay", "income", "contributions",
    "state_transfer", "donor_income", "expenditure_budget", "benefits_budget", "income_budget", "contributions_budget",
    "state_transfer_budget", "debt_state", "debt_employers",
)  # fmt: skip

Frames = Mapping[str, pd.DataFrame]


@dataclass(frozen=True)
class Finding:
    """A cell that cannot be, or hardly.

    Parameters
    ----------
    frame : name of its table in a Pack
    row : label of its row in the frame
    column : its column; "" where the whole row is meant
    expected, hint : what would be expected and what to do, reason cells
    doubt : True: it may be so, and is shown; False: it stops
    """

    frame: str
    row: object
    column: str
    expected: str
    hint: str
    doubt: bool = False


def sound_rows(frames: Frames, texts: Mapping[str, Cells | None], known: Iterable[Problem]) -> dict[str, pd.DataFrame]:
    """The tables without the rows of which something is known to be wrong: they would only make others doubtful.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    texts : the same as text, by name of the table; the rows are the same
    known : problems of the pack that were found before
    """
    wrong: dict[str, set[int]] = {}
    for problem in known:
        wrong.setdefault(problem.file, set()).add(problem.row)
    sound = dict(frames)
    for name in frames:
        cells = texts[BY_FRAME[name].name]
        if cells is not None and len(frames[name]) and wrong.get(cells.file):
            sound[name] = frames[name][[line not in wrong[cells.file] for line in cells.lines]]
    return sound


def sense_problems(frames: Frames, texts: Mapping[str, Cells | None], findings: Iterable[Finding]) -> list[Problem]:
    """Findings as problems with their line and value.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    texts : the same as text, by name of the table; the rows are the same
    findings : what was found in the frames
    """
    return [_problem(frames[found.frame], texts[BY_FRAME[found.frame].name], found) for found in findings]


def _problem(frame: pd.DataFrame, cells: Cells, found: Finding) -> Problem:
    position = frame.index.get_loc(found.row)
    value = cells.frame[found.column].iat[position] if found.column in cells.frame else ""
    explained = bool(AS_PUBLISHED.search(str(frame["note"].iat[position]))) if "note" in frame else False
    doubt = (found.expected, found.hint) if found.doubt or explained else ()
    words = english(found.expected), english(found.hint)
    place = (cells.file, cells.lines[position], found.column, value[:80])
    return Problem(*place, *words, doubt=doubt, explained=explained, at=found.row)


def each(
    frame: str, rows: pd.DataFrame, column: str, expected: Sequence[str] | str, hint: str, doubt: bool = False
) -> Iterator[Finding]:
    """One finding a row.

    Parameters
    ----------
    frame, column, hint, doubt : see :class:`Finding`
    rows : the rows of the frame that are odd
    expected : one cell for all of them, or one a row
    """
    told = [expected] * len(rows) if isinstance(expected, str) else expected
    for row, cell in zip(rows.index, told, strict=True):
        yield Finding(frame, row, column, cell, hint, doubt)


def where(
    frame: str,
    table: pd.DataFrame,
    odd: pd.Series | np.ndarray,
    column: str,
    expected: str,
    hint: str,
    doubt: bool = False,
) -> Iterator[Finding]:
    """One finding a row of a table that is odd; hardly ever is one, and then nothing is cut out of it.

    Parameters
    ----------
    table : the frame
    odd : one truth value a row
    frame, column, expected, hint, doubt : see :func:`each`
    """
    if odd.any():
        yield from each(frame, table[odd], column, expected, hint, doubt)


def single_findings(frames: Frames, this_year: int) -> Iterator[Finding]:
    """Cells that are odd by themselves.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    this_year : the calendar year in which somebody asks

    Notes
    -----
    Observed is what was counted or measured: never after its source, nor after today. What laws and budgets fix for later (rates,
    benefits, minimum wages, budgets) may lie ahead.
    """
    for name, table in frames.items():
        yield from _too_large(name, table)
    published = dict(zip(frames["sources"]["id"], frames["sources"]["year"], strict=True))
    for name in ("facts", "scheme_figures", "population", "welfare"):
        yield from _observed_ahead(name, frames[name], published, this_year)
    for name, column in PAST:
        late = frames[name][column].to_numpy(dtype=float, na_value=np.nan) > this_year + (name == "sources")
        yield from where(name, frames[name], late, column, reason("year_up_to", year=this_year), "mend_year")
    yield from _done_ahead(frames["process"], this_year)
    yield from _parts_of_persons(frames)
    yield from _rates_of_schemes(frames["scheme_figures"])
    yield from _before_its_predecessor(frames["activities"])
    yield from options_without_benefit(frames["measures"])


def _too_large(name: str, table: pd.DataFrame) -> Iterator[Finding]:
    for column in (column.name for column in BY_FRAME[name].columns if column.kind == "number"):
        wrong = np.abs(table[column].to_numpy()) >= LARGEST
        yield from where(name, table, wrong, column, "number_with_18_digits", "cells_run_together")


def _observed_ahead(name: str, table: pd.DataFrame, published: Mapping, this_year: int) -> Iterator[Finding]:
    if table.empty:
        return
    year, sources = table["year"].to_numpy(dtype=float, na_value=np.nan), table["source"]
    known = {cell: _year_of_sources(cell, published, this_year) for cell in sources.unique()}
    limit = sources.map(known).to_numpy(dtype=float)
    if subject := SUBJECTS.get(name):
        decreed = [cell for cell in table[subject].unique() if _is_decreed(cell)]
        limit[table[subject].isin(decreed)] = this_year + DECREED_FOR
    late = (year > limit) & (table["quality"] == "observed").to_numpy()
    if late.any():
        told = [reason("observed_up_to", year=int(last)) for last in limit[late]]
        yield from each(name, table[late], "year", told, "estimate_or_mend_year")


def _is_decreed(subject: str) -> bool:
    """Whether a figure of this kind is fixed ahead, by a law or a budget."""
    return subject.endswith("_budget") or (subject.startswith(DECREED) and subject != PAID_OUT)


def _year_of_sources(cell: str, published: Mapping, this_year: int) -> float:
    """The latest year in which one of the sources of a cell was published, at most this one, which it is where none is known."""
    years = [published[source] for source in cell.split(";") if pd.notna(published.get(source))]
    return min(this_year, max(years, default=this_year))


def _done_ahead(process: pd.DataFrame, this_year: int) -> Iterator[Finding]:
    if process.empty:
        return
    year = pd.to_numeric(process["date"].str[:4], errors="coerce")
    ahead = process[process["status"].isin(FINISHED) & (year > this_year)]
    yield from each("process", ahead, "date", reason("year_up_to", year=this_year), "planned_or_mend_date")


def _parts_of_persons(frames: Frames) -> Iterator[Finding]:
    population, figures = frames["population"], frames["scheme_figures"]
    parts = population["persons"].to_numpy() % 1 > 0
    yield from where("population", population, parts, "persons", "whole_persons", "persons_not_thousands", True)
    parts = (figures["value"] % 1 > 0) & figures["unit"].eq("persons")
    parts &= figures["counted_in"].isin(["persons", "subscribers"])
    yield from where("scheme_figures", figures, parts, "value", "whole_persons", "persons_not_thousands", True)


def _rates_of_schemes(figures: pd.DataFrame) -> Iterator[Finding]:
    """Contribution rates are shares of earnings; money that is paid or earned is not negative."""
    if figures.empty:
        return
    value, unit = figures["value"].to_numpy(), figures["unit"]
    rates = figures["measure"].isin([name for name in figures["measure"].unique() if name.startswith("rate_")])
    rates = (rates & unit.isin(["percent", "percent_of_earnings"])).to_numpy()
    wrong = rates & ((value < 0) | (value > 100))
    yield from where("scheme_figures", figures, wrong, "value", "rate_up_to_100", "lost_point")
    known = rates & (value > 0)
    if known.sum() >= FEW_RATES and (value[known] <= SMALL_RATE).all():
        yield from each("scheme_figures", figures[known], "value", "rates_not_shares", "mend_unit", True)
    owed = figures["measure"].isin(MONEY) & (value < 0)
    yield from where("scheme_figures", figures, owed, "value", "not_negative", "lost_point")
    most = figures["measure"].map(
        {"coverage": 200, "lump_sums_share": 100}
    )  # of a group whose size is estimated, more than all
    share = unit.eq("percent") & most.notna() & ((value < 0) | (value > most))
    yield from where("scheme_figures", figures, share, "value", "rate_up_to_100", "lost_point")
    other = figures["measure"].eq("lump_sums_share") & unit.ne("percent")
    yield from where("scheme_figures", figures, other, "unit", "rate_up_to_100", "mend_measure_or_unit")


def options_without_benefit(measures: pd.DataFrame) -> Iterator[Finding]:
    """Options that pay nothing, to nobody or in no month; and administration that is all of the cost.

    Parameters
    ----------
    measures : of a pack
    """
    if measures.empty:
        return
    for column in ("amount_high", "months", "take_up_high"):
        yield from where("measures", measures, measures[column] <= 0, column, "above_0", "no_option", True)
    whole = measures["admin_base"].eq("gross") & ((measures["admin_rate"] >= 1) | (measures["admin_rate_high"] >= 1))
    yield from where("measures", measures, whole, "admin_rate", "less_than_1", "gross_share")


def _before_its_predecessor(activities: pd.DataFrame) -> Iterator[Finding]:
    """Activities that begin before one ends on which they depend."""
    if activities.empty:
        return
    ends = dict(zip(activities["id"], activities["end"], strict=True))
    for row in activities.itertuples():
        late = [name for name in row.depends_on.split(";") if ends.get(name, "")[:7] > row.start[:7]]
        if late:
            told = reason("predecessor_ends_first", activity=late[0], end=ends[late[0]])
            yield Finding("activities", row.Index, "start", told, "mend_dates_of_plan", True)


def indicator_names(frames: Frames) -> dict[str, str]:
    """English name of each indicator of the codebook by its id."""
    return dict(zip(frames["codebook"]["id"], frames["codebook"]["name_en"], strict=True))


def total_persons(population: pd.DataFrame) -> pd.Series:
    """Persons of all ages and both sexes by year, of the source that has most rows of the year."""
    sums = population.groupby(["year", "source"])["persons"].agg(["sum", "size"]).reset_index()
    return sums.sort_values(["year", "size"]).drop_duplicates("year", keep="last").set_index("year")["sum"]


def off_by(value: np.ndarray | pd.Series, other: np.ndarray | pd.Series) -> np.ndarray:
    """How many times larger or smaller one of two positive numbers is than the other, at least 1; NaN where one is not positive."""
    value, other = np.asarray(value, dtype=float), np.asarray(other, dtype=float)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where((value > 0) & (other > 0) & np.isfinite(value) & np.isfinite(other), value / other, np.nan)
        return np.maximum(ratio, 1 / ratio)
