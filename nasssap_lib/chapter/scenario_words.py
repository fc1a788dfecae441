"""What a scenario changes, as a reader sees it: each value in its unit and its language, never a code."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import SPACE, format_number, format_share
from nasssap_lib.display.texts import N_, _, label, named
from nasssap_lib.display.words import MONEY
from nasssap_lib.pack import assumed_rates, changed_financing, scenario
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import AMOUNT_BASES, Column
from nasssap_lib.rows import as_records

PARTS = {
    "measures": scenario.PARAMETERS,
    "population": assumed_rates.PARAMETERS,
    "financing": changed_financing.PARAMETERS,
}
PERCENT = AMOUNT_BASES | {"percent_of_gdp": N_("% of GDP")}
DECIMALS = 4  # as exact as somebody typed it


def changes_in_words(pack: Pack, changed: scenario.Scenario) -> pd.DataFrame:
    """What differs from the baseline, with values as they are read.

    Parameters
    ----------
    pack : the baseline
    changed : a scenario that was checked against it

    Returns
    -------
    table : as of :func:`nasssap_lib.pack.scenario.scenario_differences`; baseline and scenario are words, "" where nothing is said

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> more = scenario.Scenario("more", "SEN", measures={"social_pension": {"amount_central": 12, "take_up_low": 0.75}})
    >>> changes_in_words(read_pack("SEN"), more)["scenario"].str.replace("\\xa0", " ").tolist()
    ['12 % of GDP per head', '75 %']
    """
    table = scenario.scenario_differences(pack, changed)
    rows = as_records(table)
    known = pack.measures.set_index("id")
    return table.assign(
        baseline=[_written(row, row["baseline"], known, {}, pack) for row in rows],
        scenario=[_written(row, row["scenario"], known, changed.measures, pack) for row in rows],
    )


def _written(row: dict, text: str, known: pd.DataFrame, changes: dict, pack: Pack) -> str:
    column = PARTS[row["part"]][row["parameter"]]
    if column.codes or not text:
        return label(column.codes, text) if text else ""
    if column.kind not in ("number", "integer"):
        return named(text)
    return _in_unit(float(text), _unit(column, row, known, changes), pack)


def _unit(column: Column, row: dict, known: pd.DataFrame, changes: dict) -> str:
    """The unit of a value; that of an amount is what the option, or the scenario, says that it is a percentage of."""
    if not column.unit.startswith("by "):
        return column.unit
    name = column.unit.removeprefix("by ")
    return changes.get(row["id"], {}).get(name, known.loc[row["id"], name])


def _in_unit(value: float, unit: str, pack: Pack) -> str:
    if unit == "share":
        return format_share(value, 2)
    number = format_number(value, DECIMALS)
    if unit in MONEY:
        return _(MONEY[unit], number=number, currency=pack.settings.currency)
    return f"{number}{SPACE}{label(PERCENT, unit)}" if unit in PERCENT else number
