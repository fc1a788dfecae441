"""GDP per head in national currency: as published, else GDP divided by the persons of the same year."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources, weakest

BILLION = 1e9  # GDP is published in billions
COLUMNS = ["year", "value", "quality", "source"]


@once_a_pack
def gdp_by_persons(pack: Pack) -> pd.DataFrame:
    """GDP divided by the persons of the same year, for all years that have both.

    Returns
    -------
    table : year, value (national currency a head), quality (estimated at best, for a publisher may count others; that of GDP or of the
        persons where it is weaker), source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> computed = gdp_by_persons(read_pack("SEN")).set_index("year")["value"]
    >>> published = read_pack("SEN").series("gdp_per_head").set_index("year")["value"]
    >>> bool(abs(computed[2023] / published[2023] - 1) < 0.05)
    True
    """
    gdp = pack.series("gdp_current")
    people = persons_in(pack, gdp["year"])
    table = gdp[["year"]].assign(
        value=gdp["value"].to_numpy(float) * BILLION / people["persons"].to_numpy(float),
        quality=[
            weakest(["estimated", *filter(None, pair)]) for pair in zip(gdp["quality"], people["quality"], strict=True)
        ],
        source=[join_sources(*pair) for pair in zip(gdp["source"], people["source"], strict=True)],
    )
    return table[np.isfinite(table["value"]) & (table["value"] > 0)].reset_index(drop=True)


@once_a_pack
def gdp_per_head(pack: Pack) -> pd.DataFrame:
    """GDP per head by year: as published, and computed for years without a published one.

    Returns
    -------
    table : year, value (national currency a head), quality, source; oldest first

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> gdp_per_head(read_pack("SEN")).query("year == 2023")["value"].tolist() == read_pack("SEN").series("gdp_per_head").query(
    ...     "year == 2023"
    ... )["value"].tolist()
    True
    """
    published = pack.series("gdp_per_head")
    published = published[published["value"] > 0][COLUMNS]
    computed = gdp_by_persons(pack)
    both = pd.concat([published, computed[~computed["year"].isin(published["year"])]], ignore_index=True)
    return both.sort_values("year", ignore_index=True)
