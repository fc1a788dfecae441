"""Assumptions of a costing: each with its low, central and high value and the shape between them, and draws of all of them together.

A shape is a way to try values out, not a statement of how likely they are: nothing here is a probability.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.costing.measure import triangular
from nasssap_lib.costing.options import ENDS, admin_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources
from nasssap_lib.rows import as_records

AT_ONCE = 1_000  # draws whose steps fit into the memory next to the processor
SHAPES = ("triangular", "uniform", "fixed")
OWN = ("amount", "take_up", "start", "build_up", "inclusion_error", "administration")  # one value an option
COMMON = ("population", "indexation")  # one value for all options: there is one population and one economy
START = (0.0, 0.0, 0.0)  # years later than typed, in whole years; exact until somebody opens it
BUILD_UP = (-2.0, 0.0, 2.0)  # years more from start to full take-up, in whole years (ours, docs/assumptions.md)
INDEXATION = (-0.01, 0.0, 0.01)  # growth of benefits above that of their index, a year (ours, docs/assumptions.md)
POSITION = (-1.0, 0.0, 1.0)  # place of a population between its bounds: lower, medium, upper
BOUNDS = {"low": "lower_95", "high": "upper_95"}
COLUMNS = ["option", "name", "assumption", *ENDS, "shape", "unit", "quality", "source"]


def assumptions_of(pack: Pack, options: Iterable[str] | None = None) -> pd.DataFrame:
    """What the cost of options rests on, a row an assumption, as draws and tornado take it.

    Parameters
    ----------
    pack : the country
    options : ids of its measures; None: all

    Returns
    -------
    table : option ("" for what all share), name (of the option), assumption, low, central, high, shape (triangular, uniform, fixed), unit,
        quality, source

    * amount: benefit (unit: its basis); take_up, inclusion_error: shares 0–1; administration: share as ``admin_base`` says
    * start: years by which first payment and full take-up come later than typed; build_up: years more between the two; whole years
    * population: place between the publisher's bounds of all persons, −1 the lower, 0 the medium, 1 the upper; a factor for all ages
    * indexation: growth of benefits above that of what they are indexed to, a year

    Any cell of low, central, high and shape may be changed before the table is handed to ``draw_package``, ``tornado``.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = assumptions_of(read_pack("SEN"), ["social_pension"])
    >>> table[["assumption", "low", "high", "shape"]].values.tolist()[:3]
    [['amount', 7.0, 15.0, 'triangular'], ['take_up', 0.7, 0.95, 'triangular'], ['start', 0.0, 0.0, 'fixed']]
    """
    rows = as_records(pack.measures)
    wanted = [row["id"] for row in rows] if options is None else list(options)
    known = {row["id"]: row for row in rows}
    table = [line for name in wanted for line in _own(known[name])] + _common(pack)
    return pd.DataFrame(table, columns=COLUMNS).astype(dict.fromkeys(ENDS, "float64"))


def _own(row: Mapping) -> list[dict]:
    error = float(row.get("inclusion_error_central") or 0.0)
    error = 0.0 if np.isnan(error) else error
    ends = {
        "amount": ([row[f"amount_{end}"] for end in ENDS], row["amount_basis"]),
        "take_up": ([row[f"take_up_{end}"] for end in ENDS], "share"),
        "start": (START, "years"),
        "build_up": (BUILD_UP, "years"),
        "inclusion_error": ([_or(row.get(f"inclusion_error_{end}"), error) for end in ENDS], "share"),
        "administration": ([admin_of(row, end) for end in ENDS], f"share_of_{row['admin_base']}"),
    }
    told = {"option": row["id"], "name": row["name"], "quality": row["quality"], "source": row["source"]}
    return [told | _line(name, values, unit) for name, (values, unit) in ends.items()]


def _or(value, other: float) -> float:
    return other if value is None or pd.isna(value) else float(value)


def _common(pack: Pack) -> list[dict]:
    bounds = population_bounds(pack)
    known = bool(len(bounds)) and bounds["low"].notna().all()
    population = POSITION if known else (0.0, 0.0, 0.0)
    told = {"option": "", "name": ""}
    return [
        told | _line("population", population, "between_bounds")
        | {"quality": "estimated" if known else "", "source": join_sources(*bounds["source"].unique())},
        told | _line("indexation", INDEXATION, "share_a_year") | {"quality": "assumed", "source": ""},
    ]  # fmt: skip


def _line(name: str, ends: Iterable[float], unit: str) -> dict:
    low, central, high = (float(value) for value in ends)
    shape = "fixed" if low == high else "triangular"
    return {"assumption": name, "low": low, "central": central, "high": high, "shape": shape, "unit": unit}


@once_a_pack
def population_bounds(pack: Pack) -> pd.DataFrame:
    """Lower and upper end of the publisher's 95 % interval of all persons, as a factor of its own medium.

    Returns
    -------
    table : year, low, high (factors), source; empty where the pack's ``demography.csv`` has none

    Notes
    -----
    Bounds exist for totals alone: every age is moved by the same factor, and nothing is said of a fan by age. Totals of 31 December stand
    only against totals of 31 December.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> bounds = population_bounds(read_pack("SEN"))
    >>> bool((bounds["low"] <= 1).all() and (bounds["high"] >= 1).all())
    True
    """
    table = pack.demography
    if table.empty:
        return pd.DataFrame({"year": [], "low": [], "high": [], "source": []})
    totals = table[(table["indicator"] == "population_total") & table["variant"].isin([*BOUNDS.values(), "medium"])]
    totals = totals.assign(year=totals["period"].astype(int))
    medium = totals[totals["variant"].eq("medium") & totals["sex"].ne("total")].groupby("year")["value"].sum()
    ends = totals[totals["sex"].eq("total") & totals["variant"].ne("medium")].pivot(
        index="year", columns="variant", values="value"
    )
    ends = ends.reindex(columns=list(BOUNDS.values())).set_axis(list(BOUNDS), axis=1)
    bounds = ends.div(medium, axis=0).dropna().reset_index()
    return bounds.assign(source=join_sources(*totals["source"].unique())).reindex(
        columns=["year", "low", "high", "source"]
    )


def check_assumptions(table: pd.DataFrame) -> None:
    """Refuse shapes that do not exist and ends that do not rise, all faults together.

    Raises
    ------
    NasssapError

    Examples
    --------
    >>> check_assumptions(pd.DataFrame({"option": ["a"], "assumption": ["amount"], "low": [3.0], "central": [2.0], "high": [4.0],
    ...     "shape": ["fixed"]}))
    Traceback (most recent call last):
    nasssap_lib.errors.NasssapError: a, amount: 3, 2, 4: expected low ≤ central ≤ high
    """
    found = []
    for row in as_records(table):
        place = f"{row['option'] or 'all options'}, {row['assumption']}"
        if row["shape"] not in SHAPES:
            found.append(f"{place}: shape {row['shape']!r}, expected {', '.join(SHAPES)}")
        if not row["low"] <= row["central"] <= row["high"]:
            values = ", ".join(f"{row[end]:g}" for end in ENDS)
            found.append(f"{place}: {values}: expected low ≤ central ≤ high")
    if found:
        raise NasssapError("; ".join(found))


def draw_assumptions(table: pd.DataFrame, draws: int, seed: int) -> np.ndarray:
    """Values of all assumptions, draws × rows of the table; the same for the same seed.

    Parameters
    ----------
    table : as of :func:`assumptions_of`
    draws, seed : how many, and which

    Notes
    -----
    Triangular: the central value as mode. Uniform: every value between the ends as often as any other; its middle need not be the
    central value. Fixed: the central value. Assumptions are independent of each other.

    Examples
    --------
    >>> table = pd.DataFrame({"option": "a", "assumption": ["amount", "take_up"], "low": [1.0, 0.5], "central": [2.0, 0.6],
    ...     "high": [4.0, 0.9], "shape": ["uniform", "fixed"]})
    >>> values = draw_assumptions(table, 1000, seed=1)
    >>> bool(values[:, 0].min() >= 1), bool(values[:, 0].max() <= 4), set(values[:, 1].tolist())
    (True, True, {0.6})
    """
    check_assumptions(table)
    generator, shape = np.random.default_rng(seed), table["shape"].to_numpy(object)
    low, central, high = (table[end].to_numpy(float) for end in ENDS)
    even, pointed = (np.flatnonzero(shape == name) for name in ("uniform", "triangular"))
    values = np.empty((draws, len(table)))
    for first in range(0, draws, AT_ONCE):
        some = values[first : first + AT_ONCE]
        u = generator.random(some.shape)
        some[:] = central
        some[:, even] = low[even] + u[:, even] * (high - low)[even]
        some[:, pointed] = triangular(u[:, pointed], *(end[pointed] for end in (low, central, high)))
    return values
