"""Fiscal space by year: what each proposal of a pack would bring, with stocks spread over their years and each counted once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.pack.fiscal_space import drawn, last_year, span_of, whole_yield
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records

SPACE_COLUMNS = [
    "id", "option", "name", "kind", "draws_on", "pays_for", "year", "low", "central", "high", "counted", "quality", "source", "reason",
]  # fmt: skip
RANGE = ("low", "central", "high")
CONTRIBUTIONS = 3


def space_by_year(
    pack: Pack,
    years: Iterable[int],
    options: Iterable[str] | None = None,
    proposals: Iterable[str] | None = None,
) -> pd.DataFrame:
    """What each proposal would bring in each year, and whether it counts towards the cost of the options chosen.

    Parameters
    ----------
    pack : the country
    years : calendar years
    options : ids of ``measures.csv`` that are to be paid; None: all
    proposals : ids of ``financing.csv``; None: all

    Returns
    -------
    table with the columns of ``SPACE_COLUMNS``, a proposal and year a row

    * low, central, high: shares of GDP 0–1: what comes every year as it is, what comes once and a headroom divided by the years of
      their span; 0 outside the span
    * counted: False where the amount does not pay for these options; reason says why
    * draws_on: the stock or headroom; ``public_debt`` of options 7 and 8 that name none; pays_for: ids that alone it pays for

    Raises
    ------
    NasssapError : no such option or proposal; a stock or headroom without a last year

    Notes
    -----
    * Of proposals that draw on one stock or headroom the largest counts, by the sum of its central values, unless the pack states how
      much the stock holds: then all count, and a pack whose proposals take more than that is refused by the check.
    * More contributors pay their own scheme's pensions first: they count only where ``pays_for`` names an option that is chosen.
    * The ends add up as if all yields were low, or high, together: bounds, no interval.

    Source: Ortiz, Cummins, Karunanethy (2017): reserves, borrowing and a wider deficit are stocks or one headroom, never added up.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = space_by_year(read_pack("XTC"), [2028], proposals=["reserves", "contributions"])
    >>> table[["id", "central", "counted"]].round(5).values.tolist()
    [['contributions', 0.0012, False], ['reserves', 0.00067, True]]
    """
    years = sorted({int(year) for year in years})
    rows = _chosen(pack, proposals)
    if not rows:
        return pd.DataFrame(columns=SPACE_COLUMNS)
    paid = set(pack.measures["id"]) if options is None else set(_known(options, pack.measures["id"], "option"))
    told = _not_counted(pack, rows, paid)
    parts = [_of_years(row, years, told.get(row["id"], "")) for row in rows]
    return pd.concat(parts, ignore_index=True)[SPACE_COLUMNS]


def _chosen(pack: Pack, proposals: Iterable[str] | None) -> list[dict]:
    """Rows of the proposals asked for, each with the stock that it draws on."""
    table = pack.financing
    if proposals is not None:
        table = table[table["id"].isin(_known(proposals, table["id"], "proposal of financing.csv"))]
    rows = [row | {"draws_on": drawn(row)} for row in as_records(table)]
    endless = [row["id"] for row in rows if row["kind"] != "recurrent" and np.isinf(last_year(row))]
    if endless:
        raise NasssapError(
            f"space_by_year: {', '.join(endless)}: what comes once, or a headroom, is spread over its years; give to_year"
        )
    return rows


def _known(asked: Iterable[str], known: Iterable[str], kind: str) -> list[str]:
    asked, known = list(asked), set(known)
    wrong = [f"{name!r}: {did_you_mean(name, known)}" for name in asked if name not in known]
    if wrong:
        raise NasssapError(f"space_by_year: no such {kind} {'; '.join(wrong)}")
    return asked


def _of_years(row: Mapping, years: list[int], why: str) -> pd.DataFrame:
    """A proposal by year."""
    when = np.array(years)
    runs = (when >= row["from_year"]) & (when <= last_year(row))
    parts = 1.0 if row["kind"] == "recurrent" else span_of(row)
    spread = reason("spread_over", years=int(parts)) if row["kind"] != "recurrent" else ""
    taken = {name: row[name] for name in ("id", "option", "name", "kind", "draws_on", "pays_for", "quality", "source")}
    yields = {end: np.where(runs, row[f"value_{end}"] / 100 / parts, 0.0) for end in RANGE}
    return pd.DataFrame({"year": when} | yields).assign(**taken, counted=not why, reason=join_reasons(why, spread))


def _not_counted(pack: Pack, rows: list[dict], paid: set[str]) -> dict[str, str]:
    """Why proposals do not pay for the options, by their ids."""
    names = pack.measures.set_index("id")["name"].to_dict() | pack.schemes.set_index("id")["short_name"].to_dict()
    told = {row["id"]: _elsewhere(row, paid, set(pack.measures["id"]), names) for row in rows}
    for stock in {row["draws_on"] for row in rows} - {""}:
        same = [row for row in rows if row["draws_on"] == stock and not told[row["id"]]]
        if not same or all(pd.notna(row["stock"]) for row in same):
            continue
        first = max(same, key=lambda row: (whole_yield(row), row["id"]))
        told |= {row["id"]: reason("same_stock", name=first["name"]) for row in same if row is not first}
    return {name: why for name, why in told.items() if why}


def _elsewhere(row: Mapping, paid: set[str], options: set[str], names: Mapping[str, str]) -> str:
    """Why a proposal pays for something else than the options chosen."""
    wanted = [name for name in row["pays_for"].split(";") if name]
    if set(wanted) & paid:
        return ""
    if not wanted:
        return reason("pays_own_pensions") if row["option"] == CONTRIBUTIONS else ""
    code = "pays_options_not_chosen" if set(wanted) & options else "pays_for_scheme"
    return reason(code, names=[names.get(name, name) for name in wanted])
