"""What moves the income and expenditure of a scheme when nothing is decided: people, product a head, wages and prices.

Coverage stays as it is: of each group the same share is insured or receives. Who wants something else writes an option.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nasssap_lib.budget.pension_scheme import project_pension_scheme, start_of, valued_schemes
from nasssap_lib.costing.economy import economy_of
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import persons_in

WORKING_AGES = (15, 64)
CHILDREN = (0, 14)
MOTHERS = (15, 49)
OLDER = 65  # where a scheme has no pensionable age of its own
TREND = 5  # published years whose mean growth is kept after the last of them
INDEXING = ("gdp_per_head", "wages", "prices")
GROUP_OF = (  # branch → ages and sex of whom it is for; the first that a scheme has; old age by pensionable age
    ("unemployment", (*WORKING_AGES, "total")),
    ("social_assistance", (0, None, "total")),
    ("medical_care", (0, None, "total")),
    ("family", (*CHILDREN, "total")),
    ("maternity", (*MOTHERS, "female")),
)


@once_a_pack
def system_drivers(pack: Pack, years: Sequence[int]) -> pd.DataFrame:
    """Product, people, wages and prices of the years asked for.

    Parameters
    ----------
    pack : the country
    years : calendar years that follow each other

    Returns
    -------
    table : year, gdp (billion, national currency), population, working (persons of 15 to 64), gdp_per_head (national currency), wages
        (gdp ÷ working: what wages move with), prices (index), published (whether gdp is); NaN where the pack has no population. After
        the last published year GDP is that of the valuation of a pension scheme, where the pack holds one; otherwise product for one
        person of 15 to 64, and prices, grow as in the mean of the last five published years

    Notes
    -----
    Wages that move with the product of one person of working age keep the share of wages in the product, where as many of them are insured.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> system_drivers(read_pack("XTC"), range(2029, 2033))["published"].tolist()
    [True, True, False, False]
    """
    asked = list(range(min(years) - TREND, max(years) + 1))
    economy = economy_of(pack, asked)
    working = persons_in(pack, asked, *WORKING_AGES)["persons"].to_numpy(float)
    gdp = _valued_gdp(pack, economy["gdp"].to_numpy(float), asked)
    product = _kept_growing(gdp / working)
    gdp = product * working
    table = pd.DataFrame(
        {
            "year": asked,
            "gdp": gdp / 1e9,
            "population": economy["population"].to_numpy(float),
            "working": working,
            "gdp_per_head": gdp / economy["population"].to_numpy(float),
            "wages": product,
            "prices": _kept_growing(economy["prices"].to_numpy(float)),
            "published": economy["gdp"].notna().to_numpy(),
            "source": economy["source"],
        }
    )
    return table[table["year"].isin(list(years))].reset_index(drop=True)


def _valued_gdp(pack: Pack, published: np.ndarray, years: list[int]) -> np.ndarray:
    """Published GDP, and after its last year that of the valuation of a pension scheme: one economy for the whole system."""
    schemes = valued_schemes(pack)
    if not schemes or not np.isnan(published[-1]):
        return published
    ahead = years[-1] - start_of(pack, schemes[0]).year
    if ahead < 1:
        return published
    accounts = project_pension_scheme(pack, schemes[0], ahead).accounts
    later = accounts.set_index("year")["gdp"].reindex(years).to_numpy(float)
    return np.where(np.isnan(published), later, published)


def _kept_growing(values: np.ndarray) -> np.ndarray:
    """A series that goes on after its last value as it grew in the years before it.

    Examples
    --------
    >>> _kept_growing(np.array([1.0, 2.0, 4.0, np.nan])).tolist()
    [1.0, 2.0, 4.0, 8.0]
    """
    known = np.flatnonzero(~np.isnan(values))
    if known.size < 2:
        return values
    first, last = known[max(0, known.size - 1 - TREND)], known[-1]
    growth = (values[last] / values[first]) ** (1 / (last - first))
    after = np.arange(len(values)) - last
    return np.where(after > 0, values[last] * growth ** np.maximum(after, 0), values)


def people_of_scheme(pack: Pack, scheme: str, branches: str, years: Sequence[int]) -> np.ndarray:
    """Persons of the group that a scheme is for, by its branches: whom it would reach if its share of them stayed.

    Parameters
    ----------
    pack : the country
    scheme : id
    branches : its branches, ";"
    years : calendar years

    Returns
    -------
    array : persons; at old age from the scheme's own pensionable age, else from 65; for poor households, the sick and the disabled
        everybody

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("XTC")
    >>> people = [people_of_scheme(pack, "any", branch, [2024])[0] for branch in ("old_age", "family", "medical_care")]
    >>> [float(round(count / 1e6, 1)) for count in people]
    [0.7, 4.2, 12.5]
    """
    own = branches.split(";")
    first, last, sex = next((group for branch, group in GROUP_OF if branch in own), (0, None, "total"))
    if "old_age" in own:
        first, last, sex = _age_of(pack, scheme), None, "total"
    return persons_in(pack, years, first, last, sex)["persons"].to_numpy(float)


def _age_of(pack: Pack, scheme: str) -> int:
    ages = pack.pensionable_ages
    own = ages[ages["scheme"].eq(scheme) & ages["rule"].isin(("social_pension", "normal"))]
    return int(own["age"].min()) if len(own) else OLDER
