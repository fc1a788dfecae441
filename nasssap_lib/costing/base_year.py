"""The base year of options that build on a scheme, or merge with it, beside what the scheme was published to spend.

An option that starts from a scheme's members must first come to what the scheme costs today; where it does not, it says so.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.costing.outturn import model_against_outturn
from nasssap_lib.costing.today import way_of
from nasssap_lib.coverage.reconciliation import contradicted_rates
from nasssap_lib.coverage.register_counts import RATE, register_shares
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.spending import scheme_spending

MISSES = 0.1  # share of the published spending (threshold ours, docs/assumptions.md)
BASE_COLUMNS = [
    "option", "name", "schemes", "year", "persons", "projected", "kind", "spent_year", "spent", "difference", "misses",
    "explanation", "quality", "source", "reason",
]  # fmt: skip
OTHER = 1.5  # a register with so many times the persons that a rate counts is another count, not its rounding


@once_a_pack
def base_year_against_outturn(pack: Pack) -> pd.DataFrame:
    """What each option that builds on a scheme would cost with today's members alone, beside the scheme's own spending.

    Returns
    -------
    table : option, name, schemes (ids, ";"), year (the reference year), persons (covered today), projected (their cost at the option's
        level, share of GDP), kind (outturn, budget), spent_year, spent (share of the GDP of its own year), difference (share of what was
        spent: projected ÷ spent − 1), misses (True: by ``MISSES`` or more; NA: not known), explanation (of ``outturns.csv``, for the
        spending), quality, source, reason (codes; of a miss what was missed); a row an option

    Notes
    -----
    A miss has three causes: the option pays another level than the scheme, its members are counted on other people, or the spending is
    of other things. It does not correct the option: net cost is read from the spending itself.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = base_year_against_outturn(read_pack("SEN"))
    >>> table[["option", "kind", "spent_year", "misses"]].values.tolist()
    [['cash_transfer', 'outturn', 2017, True]]
    """
    building = pack.measures[[way_of(row) == "builds_on" for row in as_records(pack.measures)]]
    options = assess_options(pack.with_tables(measures=building))
    rows = [_row(pack, option) for option in as_records(options)]
    kinds = {"year": "Int64", "spent_year": "Int64", "misses": "boolean"}
    kinds |= dict.fromkeys(("persons", "projected", "spent", "difference"), "float64")
    return pd.DataFrame(rows, columns=BASE_COLUMNS).astype(kinds)


def _row(pack: Pack, option: dict) -> dict:
    names = [name for name in option["related_scheme"].split(";") if name]
    spending = scheme_spending(pack)
    found = spending[spending["scheme"].isin(names)]
    whole = len(found) == len(names) and found["share"].notna().all() and found["year"].nunique() == 1
    persons = option["coverage"] * option["people"]
    projected, spent = persons * option["unit_cost"], found["share"].sum() if whole else np.nan
    difference = projected / spent - 1
    row = {
        "option": option["option"],
        "name": option["name"],
        "schemes": ";".join(names),
        "year": option["year"],
        "persons": persons,
        "projected": projected,
        "kind": found["kind"].iat[0] if whole else "",
        "spent_year": found["year"].iat[0] if whole else pd.NA,
        "spent": spent,
        "difference": difference,
        "misses": abs(difference) >= MISSES if np.isfinite(difference) else pd.NA,
        "quality": weakest(filter(None, [option["quality"], *found["quality"]])),
        "source": join_sources(option["source"], *found["source"]),
    }
    why = join_reasons(
        "" if whole else join_reasons(*found["reason"]) or "no_scheme_spending",
        "" if np.isfinite(projected) else option["reason"] or "no_rate",
    )
    doubts = [_contradicted(pack, option), _register_had(pack, option["group"], names, persons)]
    return row | {
        "explanation": _explained(pack, row),
        "reason": join_reasons(why or _missed(row), *filter(None, doubts)),
    }


def _contradicted(pack: Pack, option: dict) -> str:
    """That the rate which today's members were read from is contradicted by registers of its year."""
    told = contradicted_rates(pack)
    told = told[(told["group"] == option["group"]) & told["published_year"].eq(option["coverage_year"])]
    return told["reason"].iat[0] if len(told) else ""


def _register_had(pack: Pack, group: str, schemes: list[str], persons: float) -> str:
    """That the schemes' newest registers had many more or fewer persons than the rate counts; "" where they are about as many."""
    counts = register_shares(pack)
    counts = counts[(counts["indicator"] == RATE) & (counts["group"] == group) & counts["scheme"].isin(schemes)]
    newest = counts[counts["persons"].notna()].drop_duplicates("scheme", keep="last")  # years of a scheme ascend
    times = newest["persons"].sum() / persons if persons > 0 else np.nan
    if newest.empty or not np.isfinite(times) or 1 / OTHER < times < OTHER:
        return ""
    names = newest["short_name"].tolist()
    return reason("register_had", schemes=names, times=float(round(times, 1)), year=int(newest["year"].max()))


def _explained(pack: Pack, row: dict) -> str:
    """What ``outturns.csv`` says of the spending that the option is held against."""
    table = model_against_outturn(pack)
    same = table[table["scheme"].isin(row["schemes"].split(";")) & table["kind"].eq(row["kind"])]
    return " ".join(same.loc[same["year"].eq(row["spent_year"]).fillna(False), "explanation"])


def _missed(row: dict) -> str:
    """The miss in one code, with the figures that a reader needs."""
    if not row["misses"]:
        return ""
    percent = [float(round(100 * row[name], 3)) for name in ("projected", "spent")]
    times = float(round(1 + row["difference"], 2))
    return reason(
        f"base_year_misses_{row['kind']}", projected=percent[0], spent=percent[1], year=int(row["spent_year"]), times=times,
    )  # fmt: skip
