"""Coverage to which measures commit when they are changed, for the workbench."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd

from nasssap_lib.costing.exploration import Ground, changed_rows
from nasssap_lib.monitoring.yearly import TARGET_COLUMNS, yearly_targets


def explore_targets(ground: Ground, changes: Mapping[str, Mapping[str, Any]], year: int) -> pd.DataFrame:
    """Coverage of the groups that the chosen measures serve, in a year, with what was changed of them.

    Parameters
    ----------
    ground : of ``costing.exploration.prepare``
    changes : id of a measure chosen → what is changed of it (amount_central, take_up_central, start_year, full_year)
    year : calendar year

    Returns
    -------
    table : as :func:`monitoring.yearly_targets` gives it, a group a row; no row where nothing is chosen

    Raises
    ------
    NasssapError : no such measure or parameter

    Examples
    --------
    >>> from nasssap_lib.costing.exploration import prepare
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ground = prepare(read_pack("XTC"), 2035)
    >>> table = explore_targets(ground, {"maternity_grant": {"take_up_central": 0.5}}, 2033)  # 0.058 today, and half of the others
    >>> table[["group", "low"]].round(3).values.tolist()
    [['mothers', 0.558]]
    """
    rows = changed_rows(ground, changes)
    if not rows:
        return pd.DataFrame(columns=TARGET_COLUMNS)
    measures = pd.DataFrame(rows)[ground.pack.measures.columns]
    starts = dict(zip(measures["id"], measures["start_year"].astype(int), strict=True))
    return yearly_targets(ground.pack.with_tables(measures=measures), starts, [year])
