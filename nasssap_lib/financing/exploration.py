"""What is missing when a package is changed: its cost by year less the space that pays for it, for the workbench."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from nasssap_lib.costing.combined import combine_options
from nasssap_lib.costing.exploration import Ground, changed_rows
from nasssap_lib.costing.package import costs_of_options
from nasssap_lib.financing.gap import GAP_COLUMNS, financing_gap
from nasssap_lib.financing.space import space_by_year


def explore_financing(
    ground: Ground,
    changes: Mapping[str, Mapping[str, Any]],
    proposals: Iterable[str] | None = None,
    years: Iterable[int] | None = None,
) -> pd.DataFrame:
    """Cost, space and gap by year of the options chosen, with what was changed of them.

    Parameters
    ----------
    ground : of ``costing.exploration.prepare``
    changes : id of a measure chosen → what is changed of it (amount_central, take_up_central, start_year, full_year); the order is that in
        which options pay, where they reach the same people
    proposals : ids of ``financing.csv`` that pay; None: all
    years : None: from the year after the reference year to the last of the exploration

    Returns
    -------
    table : as :func:`financing.financing_gap` gives it; no row where nothing is chosen

    Raises
    ------
    NasssapError : no such measure, parameter or proposal

    Examples
    --------
    >>> from nasssap_lib.costing.exploration import prepare
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ground = prepare(read_pack("XTC"), 2030)
    >>> gap = explore_financing(ground, {"pension_65": {}}, ["fuel"], [2030])
    >>> bool(abs(gap["cost"].iat[0] - gap["space"].iat[0] - gap["gap"].iat[0]) < 1e-12)
    True
    """
    rows = changed_rows(ground, changes)
    asked = list(
        range(ground.years[0] + 1, ground.years[1] + 1) if years is None else sorted({int(year) for year in years})
    )
    if not rows:
        return pd.DataFrame(columns=GAP_COLUMNS)
    costs = combine_options(costs_of_options(ground.pack, rows, asked), ground.pack, list(changes))
    return financing_gap(costs, space_by_year(ground.pack, asked, list(changes), proposals), ground.pack)
