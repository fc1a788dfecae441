"""Stocktaking: the country at a glance, its people by age, and the inventory of formal and informal schemes."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack import Pack
from nasssap_lib.population import count_persons, population_by_age

# indicator, words, unit shown, scale: at most fifteen lines, each with its year
PROFILE = (
    ("gdp_per_head_usd", "Gross domestic product per head", "US dollars"),
    ("gdp_growth", "Growth of gross domestic product", "%"),
    ("government_revenue_gdp", "Government revenue", "% of GDP"),
    ("government_expenditure_gdp", "Government expenditure", "% of GDP"),
    ("government_debt_gdp", "Government gross debt", "% of GDP"),
    ("urban_share", "Urban population", "% of population"),
    ("life_expectancy", "Life expectancy at birth, women", "years"),
    ("employment_to_population_ratio", "Employed, 15 and over", "% of population 15 and over"),
    ("wage_and_salaried_share", "Wage and salaried workers", "% of employment"),
    ("unemployment_rate", "Unemployment (ILO-modelled)", "% of labour force"),
    ("poverty_headcount", "Poor, national line", "% of population"),
    ("out_of_pocket_share", "Out-of-pocket payments", "% of health expenditure"),
)
OF_WOMEN = {"life_expectancy"}
BREAKDOWN = {"poverty_headcount": "line=national"}


def country_profile(pack: Pack) -> pd.DataFrame:
    """The country at a glance: at most fifteen lines, each with its own year and source.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : item, value, unit (as shown), year, quality, source, reason; NaN with a reason where nothing was published up to the
        reference year

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> country_profile(read_pack("SEN"))["item"].iloc[0]
    'Population'
    """
    year = pack.settings.reference_year
    people = count_persons(pack.used_population, [year]).iloc[0]
    older = count_persons(pack.used_population, [year], 65).iloc[0]
    children = count_persons(pack.used_population, [year], 0, 14).iloc[0]
    rows = [
        _line("Population", people["persons"], "persons", year, people),
        _line("Aged 0 to 14", children["persons"] / people["persons"] * 100, "% of population", year, children),
        _line("Aged 65 and over", older["persons"] / people["persons"] * 100, "% of population", year, older),
        *(_fact_line(pack, *item) for item in PROFILE),
    ]
    return pd.DataFrame(rows)


def _line(item: str, value: float, unit: str, year: int, count: pd.Series) -> dict:
    missing = "" if value == value else "no population was published for the year"
    return {
        "item": item,
        "value": value,
        "unit": unit,
        "year": year,
        "quality": count["quality"],
        "source": count["source"],
        "reason": missing,
    }


def _fact_line(pack: Pack, indicator: str, item: str, unit: str) -> dict:
    sex = "female" if indicator in OF_WOMEN else "total"
    fact = pack.latest(indicator, sex=sex, breakdown=BREAKDOWN.get(indicator, ""), year=pack.settings.reference_year)
    if fact.empty:
        return {
            "item": item,
            "value": float("nan"),
            "unit": unit,
            "year": pd.NA,
            "quality": "",
            "source": "",
            "reason": "not published",
        }
    row = fact.iloc[0]
    return {
        "item": item,
        "value": row["value"],
        "unit": unit,
        "year": int(row["year"]),
        "quality": row["quality"],
        "source": row["source"],
        "reason": "",
    }


def age_structure(pack: Pack, years=(2025, 2050)) -> pd.DataFrame:
    """Persons by five-year age group and sex in the years of the age pyramid.

    Returns
    -------
    table : year, sex, age_group, persons, quality, source

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> len(age_structure(read_pack("SEN")))
    84
    """
    return population_by_age(pack.used_population, years)


def inventory(pack: Pack) -> pd.DataFrame:
    """The schemes of the country in words: formal and informal, contributory and not.

    Returns
    -------
    table : id, scheme, short_name, type, branches, population_category, tier, status, institution, legal_basis, financing,
        source, note; sorted by type, then name

    Examples
    --------
    >>> from nasssap_lib.pack import read_pack
    >>> "IPRES" in set(inventory(read_pack("SEN"))["short_name"])
    True
    """
    schemes = pack.schemes.copy()
    order = schemes["type"].map({code: i for i, code in enumerate(terms.SCHEME_TYPES)})
    schemes = schemes.assign(_order=order).sort_values(["_order", "name"])
    schemes["scheme"] = schemes["name_en"].where(schemes["name_en"] != "", schemes["name"])
    schemes["type"] = schemes["type"].map(terms.SCHEME_TYPES)
    schemes["tier"] = schemes["tier"].map(terms.TIERS)
    schemes["status"] = schemes["status"].map(terms.SCHEME_STATUSES)
    schemes["branches"] = _words(schemes["branches"], terms.BRANCHES)
    schemes["population_category"] = _words(schemes["population_category"], terms.POPULATION_CATEGORIES)
    columns = [
        "id", "scheme", "short_name", "type", "branches", "population_category", "tier", "status", "institution", "legal_basis",
        "financing", "source", "note",
    ]  # fmt: skip
    return schemes[columns].reset_index(drop=True)


def _words(lists: pd.Series, codes: dict[str, str]) -> pd.Series:
    if lists.empty:
        return lists
    return (
        lists.str.split(";")
        .explode()
        .map(codes)
        .groupby(level=0)
        .agg(lambda names: "; ".join(name.lower() if i else name for i, name in enumerate(names)))
    )
