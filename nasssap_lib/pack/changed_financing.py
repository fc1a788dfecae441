"""What a scenario changes of who pays: values and years of rows of ``financing.csv``, and rows that it adds."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from nasssap_lib.pack import schema
from nasssap_lib.rows import as_records

CHANGED = ("value_low", "value_central", "value_high", "from_year", "to_year")
ADDED = ("name", "option", "kind")  # what a row that the pack does not have must say, beside its value and first year
NEEDED = (*ADDED, "value_central", "from_year")
COLUMNS = {column.name: column for column in schema.FINANCING.columns}
PARAMETERS = {name: COLUMNS[name] for name in (*CHANGED, *ADDED)}


def needed(changes: Mapping[str, Any]) -> tuple[str, ...]:
    """What a row that the pack does not have must say; what does not come every year needs its last year.

    Examples
    --------
    >>> needed({"kind": "one_off"})[-1]
    'to_year'
    """
    return NEEDED if changes.get("kind", "recurrent") == "recurrent" else (*NEEDED, "to_year")


def with_changes(financing: pd.DataFrame, changes: Mapping[str, Mapping[str, Any]]) -> pd.DataFrame:
    """The rows of ``financing.csv`` with a scenario's changes; what is changed or added is an assumption.

    Parameters
    ----------
    financing : of a pack
    changes : id of a row → its changed parameters; of a new row all that are ``NEEDED``, at least

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> new = {"aid": {"name": "Aid", "option": 4, "kind": "recurrent", "value_central": 0.3, "from_year": 2027}}
    >>> with_changes(read_pack("SEN").financing, new)[["id", "value_low", "to_year", "quality"]].values.tolist()
    [['aid', 0.3, <NA>, 'assumed']]
    """
    rows = {row["id"]: row for row in as_records(financing)}
    for name, changed in changes.items():
        before = rows.get(name) or _empty(financing, name, changed)
        quality = "assumed" if before["quality"] == "observed" else before["quality"]
        rows[name] = before | dict(changed) | {"quality": quality}
    if not changes:
        return financing
    table = pd.DataFrame(list(rows.values()), columns=financing.columns)
    return table.astype(financing.dtypes.to_dict())


def _empty(financing: pd.DataFrame, name: str, changed: Mapping[str, Any]) -> dict[str, Any]:
    """A row that the pack does not have, with one value for all ends."""
    texts = {column: "" for column in financing if pd.api.types.is_string_dtype(financing[column].dtype)}
    numbers = {column: _missing(financing[column].dtype) for column in financing if column not in texts}
    value = changed["value_central"]
    return texts | numbers | {"id": name, "quality": "assumed", "value_low": value, "value_high": value}


def _missing(dtype: Any) -> Any:
    return pd.NA if isinstance(dtype, pd.api.extensions.ExtensionDtype) else float("nan")
