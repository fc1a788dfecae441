"""Rows of a table as dicts, for what is told or checked row by row."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd


def as_records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a table, each with its values by column, as ``to_dict("records")`` of pandas gives them.

    Parameters
    ----------
    table : of any columns, each name once

    Notes
    -----
    pandas looks every column up anew, which takes three to ten times as long: a twentieth of all notebooks (pandas 3.0).

    Examples
    --------
    >>> import pandas as pd
    >>> as_records(pd.DataFrame({"group": ["children"], "year": [2022]}))
    [{'group': 'children', 'year': 2022}]
    """
    columns = [values_of(table[name]) for name in table]
    return [dict(zip(table, row, strict=True)) for row in zip(*columns, strict=True)]


def values_of(column: pd.Series) -> list[Any]:
    """Values of a column as Python has them; what is missing among whole numbers is None.

    Examples
    --------
    >>> import pandas as pd
    >>> values_of(pd.Series([2022, None], dtype="Int64"))
    [2022, None]
    """
    import numpy as np  # the batch, which has a use for this module, starts without
    import pandas as pd

    values = column.tolist()
    if column.dtype == object or getattr(column.dtype, "na_value", None) is pd.NA:
        return [
            None if value is pd.NA else value.item() if isinstance(value, np.generic) else value for value in values
        ]
    return values
