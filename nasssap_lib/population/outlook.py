"""A country's own rates, and what becomes of its population by them: the pack's tables put into life tables and projections."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import population_by_age
from nasssap_lib.population.life_table import life_table
from nasssap_lib.population.projection import Assumptions, project, quality_and_source


def used_rates(pack: Pack) -> pd.DataFrame:
    """Rows of a pack's demography from the edition that ranks highest, indicator by indicator: two editions are never chained.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> used_rates(read_pack("SEN"))["indicator"].unique().tolist()[:2]
    ['death_rate', 'fertility_share']
    """
    rates = pack.demography
    ranks = dict(zip(pack.sources["id"], pack.sources["edition_rank"], strict=True))
    first = {cell: ranks.get(cell.partition(";")[0], 0) for cell in rates["source"].unique()}
    rank = rates["source"].map(first)
    return rates[rank == rank.groupby(rates["indicator"]).transform("max")]


def starting_population(pack: Pack, year: int | None = None) -> pd.DataFrame:
    """Persons by sex and age in the year from which on to project: the last published year, up to the reference year, with a period.

    Parameters
    ----------
    pack : the country
    year : another year in which a period of the rates begins; None: see above

    Returns
    -------
    table : rows of the pack's population

    Raises
    ------
    NasssapError : the pack has no demography, or no population in a year in which a period begins

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> starting_population(read_pack("SEN"))["year"].unique().tolist()
    [2025]
    """
    rates = used_rates(pack)
    begins = {int(period[:4]) for period in rates.loc[rates["indicator"] == "death_rate", "period"]}
    begins &= {int(period[:4]) for period in rates.loc[rates["indicator"] == "net_migrants", "period"]}
    people = pack.used_population
    known = sorted(begins & set(people["year"].astype(int)))
    asked = known if year is None else [one for one in known if one == year]
    if not asked:
        hint = f"possible: {', '.join(map(str, known))}" if known else "fill demography.csv and population.csv"
        raise NasssapError(f"project_population: nothing to project from{f' in {year}' if year else ''}; {hint}")
    first = max([one for one in asked if one <= pack.settings.reference_year], default=asked[0])
    return people[people["year"] == first]


def life_tables(pack: Pack) -> pd.DataFrame:
    """Life tables of women and men in each period of a pack's death rates.

    Returns
    -------
    table : as of :func:`nasssap_lib.population.life_table.life_table`, with period, sex and source

    Raises
    ------
    NasssapError : the pack has no death rates

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> tables = life_tables(read_pack("SEN"))
    >>> women = tables[(tables["sex"] == "female") & (tables["period"] == "2025-2030")]
    >>> women.loc[women["age"] == 60, "ex"].round(2).tolist()
    [18.42]
    """
    rates = used_rates(pack)
    deaths = rates[rates["indicator"] == "death_rate"]
    return life_table(deaths).assign(source=quality_and_source(deaths)["source"])


def project_population(
    pack: Pack, assumptions: Assumptions | None = None, years: Iterable[int] | None = None, from_year: int | None = None
) -> pd.DataFrame:
    """A country's population in years to come under assumptions of one's own.

    Parameters
    ----------
    pack : the country, with demography.csv
    assumptions : what differs from the publisher's rates; None: nothing
    years : calendar years; None: every fifth one. One outside the projection gives no row
    from_year : year from which on to project; None: as :func:`starting_population` chooses

    Returns
    -------
    table : year, sex, age_group, persons (of 1 July), quality, source; a year between the fifths is interpolated linearly as
        :func:`nasssap_lib.population.by_age.population_by_age` does, and marked estimated. ``count_persons`` counts single years of age

    Raises
    ------
    NasssapError : the pack has no demography, or a rate is missing

    Notes
    -----
    Gaps and costs rest on the publisher's own projection, population.csv, whatever the assumptions here.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> low = project_population(read_pack("SEN"), Assumptions(fertility_variant="low"), [2030, 2032])
    >>> low.groupby("year")["persons"].sum().round(-5).tolist()
    [20900000.0, 21700000.0]
    """
    projected = project(starting_population(pack, from_year), used_rates(pack), assumptions).persons
    return projected if years is None else population_by_age(projected, years)


def project_births(pack: Pack, assumptions: Assumptions | None = None, from_year: int | None = None) -> pd.DataFrame:
    """Births of a country by five-year period; parameters as of :func:`project_population`.

    Returns
    -------
    table : period, births (persons over the five years), quality, source

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> project_births(read_pack("SEN"))["period"].iat[0]
    '2025-2030'
    """
    return project(starting_population(pack, from_year), used_rates(pack), assumptions).births
