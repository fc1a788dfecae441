"""Proposals of financing.csv: on what each draws, what it takes in all its years, and money that is counted twice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter

import pandas as pd

from nasssap_lib.pack.plausible import Finding, each, where
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import CONTRIBUTORY_TYPES, TAX_FINANCED_TYPES

BORROWED = "public_debt"  # what borrowing and a wider deficit draw on, where a row names nothing else
BORROWING = (7, 8)
CONTRIBUTIONS = 3
REPLACING = ("build_on", "merge")  # an option that does so is costed net of what the scheme spends
ROUNDING = 1e-9


def drawn(row: Mapping) -> str:
    """The stock or headroom on which a proposal draws; "" where it draws on none.

    Examples
    --------
    >>> drawn({"option": 8, "draws_on": ""}), drawn({"option": 6, "draws_on": "fund"}), drawn({"option": 2, "draws_on": ""})
    ('public_debt', 'fund', '')
    """
    return row["draws_on"] or (BORROWED if row["option"] in BORROWING else "")


def last_year(row: Mapping) -> float:
    """Last year of a proposal's span, infinite where it has no end.

    Examples
    --------
    >>> last_year({"to_year": 2030}), last_year({"to_year": pd.NA})
    (2030.0, inf)
    """
    return float("inf") if pd.isna(row["to_year"]) else float(row["to_year"])


def span_of(row: Mapping) -> float:
    """Years over which a proposal runs, infinite where it has no end.

    Examples
    --------
    >>> span_of({"from_year": 2028, "to_year": 2030})
    3.0
    """
    return last_year(row) - row["from_year"] + 1


def whole_yield(row: Mapping, end: str = "central") -> float:
    """What a proposal takes in all its years together, % of GDP of one year; infinite where a yearly one has no end.

    Examples
    --------
    >>> row = {"kind": "recurrent", "value_central": 0.1, "from_year": 2028, "to_year": 2035}
    >>> round(whole_yield(row), 2), whole_yield(row | {"kind": "one_off"})
    (0.8, 0.1)
    """
    value = row[f"value_{end}"]
    return value * span_of(row) if row["kind"] == "recurrent" and value > 0 else value


def fiscal_space_findings(financing: pd.DataFrame, measures: pd.DataFrame, schemes: pd.DataFrame) -> Iterator[Finding]:
    """Proposals that count themselves, spend a stock twice or after its end, or give contributors' money to others.

    Parameters
    ----------
    financing, measures, schemes : tables of a pack
    """
    stocks = [drawn(row) for row in as_records(financing)]
    table = financing.assign(draws_on=stocks, last=[last_year(row) for row in as_records(financing)])
    if len(measures) and len(schemes):  # a table whose own errors are named first is empty here
        yield from _unknown(table, {*measures["id"], *schemes["id"]})
    endless = (table["kind"] != "recurrent") & table["to_year"].isna()
    yield from where("financing", table, endless, "to_year", "end_of_stock", "give_end_of_stock")
    yield from _counts_itself(table, _replaced(measures, schemes))
    yield from _overdrawn(table)
    yield from _after_the_end(table, schemes)
    yield from _money_of_contributors(table, schemes.set_index("id")["type"])


def _listed(cell: str) -> list[str]:
    return [name for name in cell.split(";") if name]


def _unknown(table: pd.DataFrame, known: set[str]) -> Iterator[Finding]:
    wrong = [bool(set(_listed(cell)) - known) for cell in table["pays_for"]]
    yield from each("financing", table[wrong], "pays_for", "option_or_scheme", "name_or_empty")


def _replaced(measures: pd.DataFrame, schemes: pd.DataFrame) -> set[str]:
    """Schemes whose spending is taken off the cost of an option already."""
    named = {
        name for cell in measures.loc[measures["relation"].isin(REPLACING), "related_scheme"] for name in _listed(cell)
    }
    return named & set(schemes.loc[schemes["type"].isin(TAX_FINANCED_TYPES), "id"])


def _counts_itself(table: pd.DataFrame, replaced: set[str]) -> Iterator[Finding]:
    """Money that pays for what it comes from: in a circle, or as the spending that the cost is net of."""
    twice = table["draws_on"].isin(replaced)
    yield from where("financing", table, twice, "draws_on", "money_not_netted", "netted_already")
    needs: dict[str, set[str]] = {}
    for row in table.itertuples():
        needs.setdefault(f"row {row.id}", set()).update([row.draws_on] if row.draws_on else [])
        for name in _listed(row.pays_for):
            needs.setdefault(name, set()).add(f"row {row.id}")
    for name in set(table["id"]) & set(table["draws_on"]):  # what draws on another proposal
        needs.setdefault(name, set()).add(f"row {name}")
    try:
        TopologicalSorter(needs).prepare()
    except CycleError as error:
        circle = [name.removeprefix("row ") for name in error.args[1]]
        at = table[table["id"].isin(circle)].head(1)
        way = " → ".join(dict.fromkeys([*circle[:12]]))
        yield from each("financing", at, "pays_for", "no_circle_of_money", reason("take_away_one_of", names=way))


def _overdrawn(table: pd.DataFrame) -> Iterator[Finding]:
    """Stocks of which two sizes are told, or more is taken than they hold."""
    sized = table["stock"].notna()
    yield from where(
        "financing", table, sized & (table["draws_on"] == ""), "draws_on", "stock_has_a_name", "name_stock"
    )
    for _stock, rows in table[sized | table["draws_on"].ne("")].groupby("draws_on"):
        if _stock == "" or rows["stock"].isna().all():
            continue
        odd = rows["stock"].ne(rows["stock"].dropna().iloc[0])
        yield from where("financing", rows, odd, "stock", "one_size_of_stock", "same_size_in_all")
        taken = pd.Series([whole_yield(row, "high") for row in as_records(rows)], rows.index)
        most = float(rows["stock"].max())
        if taken.sum() > most + ROUNDING:
            told = reason("takes_up_to_stock", most=most, taken=round(float(taken.sum()), 4))
            yield from each("financing", rows.tail(1), "value_high", told, "lower_or_end_earlier")


def _after_the_end(table: pd.DataFrame, schemes: pd.DataFrame) -> Iterator[Finding]:
    """Yields in years in which what they come from is over."""
    ends = dict(zip(table["id"], table["last"], strict=True))
    closed = set(schemes.loc[schemes["status"] == "closed", "id"])
    over = [row.draws_on in closed or row.last > ends.get(row.draws_on, row.last) for row in table.itertuples()]
    yield from each("financing", table[over], "to_year", "yield_before_the_end", "end_with_source")


def _money_of_contributors(table: pd.DataFrame, types: pd.Series) -> Iterator[Finding]:
    """Contributions that pay for what is paid from taxes, and reserves of funds that pay for nothing by name."""
    kinds = types.to_dict()
    paid = [{kinds.get(name, "") for name in _listed(cell)} for cell in table["pays_for"]]
    of_contributors = table["option"].eq(CONTRIBUTIONS) | table["draws_on"].map(kinds).isin(CONTRIBUTORY_TYPES)
    others = pd.Series([bool(found & set(TAX_FINANCED_TYPES)) for found in paid], table.index)
    yield from where(
        "financing", table, of_contributors & others, "pays_for", "pays_for_contributors", "take_other_money"
    )
    from_fund = table["draws_on"].map(kinds).isin(CONTRIBUTORY_TYPES) & table["pays_for"].eq("")
    yield from where("financing", table, from_fund, "pays_for", "says_what_fund_pays", "name_what_it_pays")
