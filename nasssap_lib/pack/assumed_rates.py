"""What a scenario assumes of a population: its own fertility, mortality and migration in place of those of demography.csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from nasssap_lib.pack.schema import VARIANTS, Column

MOST = 10.0  # times what is published
CHANGES = {  # factor of a scenario → the indicator of demography.csv that it is of
    "fertility": "total_fertility",
    "mortality": "death_rate",
    "migration": "net_migrants",
}
PARAMETERS = {
    column.name: column
    for column in (
        Column("fertility_variant", "choice", "series of total fertility", codes=VARIANTS),
        Column("fertility", "number", "children per woman, times those of the series", low=0, high=MOST),
        Column("mortality", "number", "death rates, times the published ones", low=0.01, high=MOST),
        Column("migration", "number", "net migration, times the published one", low=0, high=MOST),
    )
}
PUBLISHED = {"fertility_variant": "medium", "fertility": 1.0, "mortality": 1.0, "migration": 1.0}


def assumed_rates(demography: pd.DataFrame, changes: Mapping[str, Any], year: int) -> pd.DataFrame:
    """The rates of a scenario: those of the periods from a year on are changed and marked as assumptions.

    Parameters
    ----------
    demography : a pack's table
    changes : fertility_variant (takes the place of medium), and factors fertility, mortality, migration; what is missing stays
    year : first year of the first period that changes; what lies before was observed, or is under way

    Returns
    -------
    table : another one, the same columns and rows; totals of the publisher (population_total) stay, for they are his

    Examples
    --------
    >>> rates = pd.DataFrame({"indicator": "death_rate", "age_group": "0", "sex": "male", "period": ["2020-2025", "2025-2030"],
    ...     "variant": "medium", "value": 0.02, "quality": "estimated"})
    >>> assumed_rates(rates, {"mortality": 0.5}, 2025)[["value", "quality"]].values.tolist()
    [[0.02, 'estimated'], [0.01, 'assumed']]
    """
    rates = demography.copy()
    before, later = rates["value"].copy(), rates["period"].str[:4].astype("int64") >= year
    variant = changes.get("fertility_variant", "medium")
    total = rates[rates["indicator"].eq("total_fertility") & later]
    of_variant = total[total["variant"] == variant].drop_duplicates("period", keep="last").set_index("period")["value"]
    medium = total.index[total["variant"] == "medium"]
    rates.loc[medium, "value"] = rates.loc[medium, "period"].map(of_variant).fillna(rates.loc[medium, "value"])
    for name, indicator in CHANGES.items():
        rates.loc[later & rates["indicator"].eq(indicator), "value"] *= changes.get(name, 1.0)
    rates.loc[(rates["value"] != before) & rates["quality"].isin(["observed", "estimated"]), "quality"] = "assumed"
    return rates


def rate_differences(changes: Mapping[str, Any]) -> Iterator[tuple[str, str, Any, Any]]:
    """Parameters of a scenario's population that differ from what is published: name, meaning, published and assumed value.

    Examples
    --------
    >>> list(rate_differences({"fertility": 0.9, "mortality": 1}))
    [('fertility', 'children per woman, times those of the series', 1.0, 0.9)]
    """
    for name, value in changes.items():
        if value != PUBLISHED[name]:
            yield name, PARAMETERS[name].meaning, PUBLISHED[name], value
