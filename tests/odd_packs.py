"""Tables of a shipped pack with some cells changed, and what the checks of sense find in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pandas as pd
from stories import pack_of

from nasssap_lib.pack import schema
from nasssap_lib.pack.plausible import Finding
from nasssap_lib.reasons import split_reasons


def frames_of(country: str, **changes: Callable[[pd.DataFrame], pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """The tables of a pack by their name in it; ``changes``: name of a table -> what is done with a copy of it."""
    pack = pack_of(country)
    frames = {table.attribute: getattr(pack, table.attribute) for table in (*schema.TABLES, schema.CODEBOOK)}
    return frames | {name: change(frames[name].copy()) for name, change in changes.items()}


def where(column: str, change: Callable, **wanted: object) -> Callable[[pd.DataFrame], pd.DataFrame]:
    """A change of one column in the rows that have these values."""

    def changed(table: pd.DataFrame) -> pd.DataFrame:
        rows = pd.Series(True, table.index)
        for name, value in wanted.items():
            rows &= table[name].isin(value) if isinstance(value, list) else table[name] == value
        assert rows.any(), wanted
        table.loc[rows, column] = table.loc[rows, column].map(change)
        return table

    return changed


def told(findings: Iterable[Finding]) -> set[tuple[str, str, str, bool]]:
    """Table, column, code and doubt of each finding."""
    return {(found.frame, found.column, split_reasons(found.expected)[0][0], found.doubt) for found in findings}
