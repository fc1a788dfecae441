"""What the options of a pack cannot be, seen against who is covered and the population; and spending that nothing explains."""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence

from nasssap_lib.costing.outturn import OUTTURN_MEASURES, model_against_outturn, unexplained
from nasssap_lib.costing.today import Today, below_coverage, covered_today, way_of
from nasssap_lib.errors import Problem
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import english, reason
from nasssap_lib.rows import as_records


def option_problems(pack: Pack) -> list[Problem]:
    """Options that cannot be costed as they stand: :func:`take_up_problems`, and those that begin after the population ends.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    problems as of :func:`take_up_problems`

    Examples
    --------
    >>> import dataclasses
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> late = pack.with_tables(measures=pack.measures.tail(1).assign(start_year=2051, full_year=2052))
    >>> [(problem.column, problem.value, problem.expected) for problem in option_problems(late)]
    [('start_year', '2051', 'a year up to 2050, the last one of population.csv')]
    """
    return take_up_problems(pack) + _late_problems(pack)


def _late_problems(pack: Pack) -> list[Problem]:
    if pack.used_population.empty:
        return []
    file, last = f"{pack.country}/measures.csv", int(pack.used_population["year"].max())
    expected = f"a year up to {last}, the last one of population.csv"
    hint = "no cost can be projected past the population: begin earlier, or add later years"
    late = [
        (line, at, start) for line, (at, start) in enumerate(pack.measures["start_year"].items(), 2) if start > last
    ]
    return [Problem(file, line, "start_year", f"{start}", expected, hint, at=at) for line, at, start in late]


def take_up_problems(pack: Pack) -> list[Problem]:
    """Options that build on a scheme and are taken up by fewer people than are covered already.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    one problem an option, with file, column, value, what is expected and what to do; ``at`` is its label in ``pack.measures``, and the
    line that of a file with one line a row

    Notes
    -----
    Take-up counts present members, so that an option that builds on a scheme reaches at least them. Where nothing is published of
    who is covered, nothing can be said.

    Examples
    --------
    >>> import dataclasses
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> take_up_problems(pack)
    []
    >>> fewer = pack.with_tables(measures=pack.measures.assign(take_up_low=0.2, take_up_central=0.2))
    >>> [(problem.column, problem.value) for problem in take_up_problems(fewer)]
    [('take_up_central', '0.2')]
    """
    rows = zip(pack.measures.index, as_records(pack.measures), strict=True)
    on_scheme = [(line, at, row) for line, (at, row) in enumerate(rows, 2) if way_of(row) == "builds_on"]
    found = [(line, at, row, covered_today(pack, row)) for line, at, row in on_scheme]
    file = f"{pack.country}/measures.csv"
    return [_problem(file, line, at, row, today) for line, at, row, today in found if below_coverage(row, today)]


def _problem(file: str, line: int, at: Hashable, row: Mapping, today: Today) -> Problem:
    least = f"{today.share:.4f}".rstrip("0")
    expected = f"at least {least} for {row['id']}: so many of its people are covered already, in {today.year}"
    hint = "take-up counts present members: raise it, or write in relation how the option stands to the scheme"
    return Problem(file, line, "take_up_central", f"{row['take_up_central']:g}", expected, hint, at=at)


def outturn_doubts(pack: Pack, lines: Sequence[int] | None = None) -> list[Problem]:
    """Spending that differs from recipients × benefit × payments of the same year, without a word of why.

    Parameters
    ----------
    pack : the country
    lines : line of each row in its scheme_figures.csv; None: one line a row, below the header

    Returns
    -------
    one doubt a published figure, see :func:`costing.outturn.model_against_outturn`

    Examples
    --------
    >>> import dataclasses
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("ZMB")
    >>> outturn_doubts(pack)
    []
    >>> silent = pack.with_tables(outturns=pack.outturns.head(0))
    >>> [doubt.value for doubt in outturn_doubts(silent)]
    ['2300']
    """
    figures = pack.scheme_figures.reset_index(drop=True)
    lines = range(2, len(figures) + 2) if lines is None else lines
    return [_doubt(pack, figures, lines, row) for row in as_records(unexplained(model_against_outturn(pack)))]


def _doubt(pack: Pack, figures, lines: Sequence[int], row: Mapping) -> Problem:
    same = figures["scheme"].eq(row["scheme"]) & figures["measure"].map(OUTTURN_MEASURES).eq(row["kind"])
    at = figures.index[same & figures["year"].eq(row["year"]) & figures["detail"].eq(row["detail"])][0]
    percent = float(round(100 * (1 + row["difference"])))
    expected = reason("explained_difference", percent=percent, year=int(row["year"]))
    doubt = (expected, "write_explanation")
    place = (f"{pack.country}/scheme_figures.csv", lines[at], "value", f"{figures['value'][at]:g}")
    return Problem(*place, english(expected), english("write_explanation"), doubt=doubt, at=at)
