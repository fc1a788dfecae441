"""Target populations: how many persons each group of SDG indicator 1.3.1 has, by which rule, and how sure that is.

The rules follow the definitions of the ILO's indicator (SDG metadata 1-3-1a, 2022). A group without a published denominator
gets none: the row says why.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.provenance import join_sources, weakest

COLUMNS = ["year", "persons", "rule", "quality", "source", "reason"]
OLDER_AGE = 65
TWINS = 0.02  # births exceed mothers by 1 to 2 % (multiple births)


def target_populations(pack: Pack, group: str, years, sex: str = "total", child_age_to: int = 14) -> list[pd.DataFrame]:
    """Target populations of a group: one table a denominator, the one that belongs to the published rate first.

    Parameters
    ----------
    pack : the country
    group : a code of ``terms.COVERAGE_GROUPS``
    years : calendar years
    sex : total, female or male
    child_age_to : last age of a child in years, 14 or 17

    Returns
    -------
    list of tables : year, persons, rule (words), quality, source, reason (why persons is NaN)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> [table["rule"].iat[0] for table in target_populations(read_pack("SEN"), "older_persons", [2019])]
    ['population aged 60 and over (IPRES general scheme)', 'population aged 65 and over']
    """
    if group == "older_persons":
        return _older_persons(pack, years, sex)
    rules = {
        "at_least_one": lambda: _ages(pack, years, sex, "whole population"),
        "children": lambda: _ages(pack, years, sex, f"population aged 0 to {child_age_to}", 0, child_age_to),
        "mothers": lambda: _births(pack, years),
        "unemployed": lambda: _unemployed(pack, years, sex),
        "employment_injury": lambda: _share_of_15_and_over(
            pack, years, sex, "employment_to_population_ratio", "employed persons"
        ),
        "poor": lambda: _poor(pack, years, sex),
        "severe_disability": lambda: _severe_disability(pack, years, sex),
        "vulnerable": lambda: _none(years, "its denominator cannot be computed from published figures"),
    }
    return [rules[group]()]


def _none(years, reason: str) -> pd.DataFrame:
    return pd.DataFrame(
        {"year": list(years), "persons": float("nan"), "rule": "none", "quality": "", "source": "", "reason": reason}
    )[COLUMNS]


def _ages(pack: Pack, years, sex: str, rule: str, age_from: int = 0, age_to: int | None = None) -> pd.DataFrame:
    table = count_persons(pack.used_population, years, age_from, age_to, sex).assign(rule=rule, reason="")
    table["reason"] = table["reason"].mask(table["persons"].isna(), "no population was published for the year")
    return table[COLUMNS]


def _older_persons(pack: Pack, years, sex: str) -> list[pd.DataFrame]:
    tables = [statutory_age_population(pack, years, sex)]
    if not tables[0]["rule"].iat[0].startswith(f"population aged {OLDER_AGE} and over"):
        tables.append(_ages(pack, years, sex, f"population aged {OLDER_AGE} and over", OLDER_AGE))
    return tables


def statutory_age_population(pack: Pack, years, sex: str = "total") -> pd.DataFrame:
    """Persons at or above the pensionable age that the pack marks as denominator, by sex where the ages differ.

    Returns
    -------
    table : year, persons, rule, quality, source, reason
    """
    ages = pack.pensionable_ages[pack.pensionable_ages["denominator"] == "yes"]
    wanted = ages[ages["sex"] == sex]
    if wanted.empty and sex == "total":
        wanted = ages[ages["sex"].isin(["female", "male"])]
    if wanted.empty:
        wanted = ages[ages["sex"] == "total"]
    if wanted.empty:
        return _none(years, "the pack marks no pensionable age as denominator")
    counted = [
        count_persons(pack.used_population, years, int(row.age), None, row.sex if len(wanted) > 1 else sex)
        for row in wanted.itertuples()
    ]
    table = counted[0].copy()
    table["persons"] = sum(part["persons"] for part in counted)
    table["quality"] = [
        weakest(filter(None, qualities)) if any(qualities) else ""
        for qualities in zip(*(p["quality"] for p in counted), strict=True)
    ]
    table["source"] = join_sources(table["source"].iat[0], *wanted["source"])
    reason = table["persons"].isna().map({True: "no population was published for the year", False: ""})
    return table.assign(rule=_age_rule(wanted), reason=reason)[COLUMNS]


def _age_rule(ages: pd.DataFrame) -> str:
    scheme = ages["scheme_name"].iat[0]
    if len(ages) == 1:
        return f"population aged {ages['age'].iat[0]:g} and over ({scheme})"
    by_sex = ages.set_index("sex")["age"]
    return f"women aged {by_sex['female']:g} and men aged {by_sex['male']:g} and over ({scheme})"


def _births(pack: Pack, years) -> pd.DataFrame:
    births = pack.series("births")
    at = value_at(births, years)
    table = _none(years, "no births were published").assign(
        persons=at["value"] * 1000, quality=at["quality"], source=at["source"]
    )
    exact = at["year_used"] == table["year"]
    table["persons"] = table["persons"].where(exact)
    known = table["persons"].notna()
    table["rule"] = "births of the year; mothers are 1 to 2 % fewer (multiple births)" if known.any() else "none"
    table["quality"] = table["quality"].where(~known, "estimated").where(known, "")
    table["source"] = table["source"].where(known, "")
    return table.assign(reason=table["reason"].mask(known, ""))[COLUMNS]


def value_at(series: pd.DataFrame, years) -> pd.DataFrame:
    """Value of a series in each year, or of the nearest year where it has none.

    Returns
    -------
    table : value, year_used, quality, source; NaN and "" where the series is empty
    """
    years = list(years)
    if series.empty:
        return pd.DataFrame(
            {"value": float("nan"), "year_used": float("nan"), "quality": "", "source": ""}, index=range(len(years))
        )
    nearest = [(series["year"] - year).abs().idxmin() for year in years]
    at = series.loc[nearest, ["value", "year", "quality", "source"]].reset_index(drop=True)
    moved = at["year"] != pd.Series(years)
    at["quality"] = at["quality"].mask(moved & (at["quality"] == "observed"), "estimated")
    return at.rename(columns={"year": "year_used"})


def _multiplied(base: pd.DataFrame, rates: list[pd.DataFrame], rule: str, missing: str) -> pd.DataFrame:
    """Persons times rates in percent; the rule names the years of rates that are not of the row's own year."""
    table = base.copy()
    for rate in rates:
        table["persons"] = table["persons"] * rate["value"] / 100
    table["rule"] = [
        _dated(rule, year, {used for used in row if used == used})
        for year, *row in zip(table["year"], *(r["year_used"] for r in rates), strict=True)
    ]
    pairs = list(zip(table["quality"], *(rate["quality"] for rate in rates), strict=True))
    table["quality"] = [weakest(pair) if all(pair) else "" for pair in pairs]
    table["source"] = [
        join_sources(*row) for row in zip(table["source"], *(rate["source"] for rate in rates), strict=True)
    ]
    known = table["persons"].notna()
    table.loc[~known & (table["reason"] == ""), "reason"] = missing
    table.loc[~known, ["quality", "source"]] = ""
    table.loc[~known, "rule"] = "none"
    return table[COLUMNS]


def _dated(rule: str, year: int, used: set[float]) -> str:
    other = sorted({int(value) for value in used} - {int(year)})
    return f"{rule} (rate of {', '.join(map(str, other))})" if other else rule


def _share_of_15_and_over(pack: Pack, years, sex: str, indicator: str, what: str) -> pd.DataFrame:
    base = _ages(pack, years, sex, "", 15)
    ratio = value_at(pack.series(indicator, sex=sex), years)
    rule = f"{what}: population aged 15 and over × employment-to-population ratio"
    return _multiplied(base, [ratio], rule, _by_sex("no employment-to-population ratio was published", sex))


def _by_sex(reason: str, sex: str) -> str:
    return reason if sex == "total" else f"{reason} for {'women' if sex == 'female' else 'men'}"


def _unemployed(pack: Pack, years, sex: str) -> pd.DataFrame:
    base = _ages(pack, years, sex, "", 15)
    participation = value_at(pack.series("labour_force_participation_rate", sex=sex), years)
    unemployment = value_at(pack.series("unemployment_rate", sex=sex), years)
    rule = "unemployed persons: population aged 15 and over × participation × unemployment rate (ILO-modelled)"
    return _multiplied(base, [participation, unemployment], rule, _by_sex("no unemployment rate was published", sex))


def _poor(pack: Pack, years, sex: str) -> pd.DataFrame:
    if sex != "total":
        return _none(years, "no national headcount by sex was published")
    headcount = value_at(pack.series("poverty_headcount", breakdown="line=national"), years)
    return _multiplied(
        _ages(pack, years, sex, ""),
        [headcount],
        "population × national poverty headcount",
        "no national poverty headcount was published",
    )


def _severe_disability(pack: Pack, years, sex: str) -> pd.DataFrame:
    prevalence = value_at(pack.series("severe_disability_prevalence", sex=sex), years)
    reason = "no prevalence of severe disability was published: collect it first"
    return _multiplied(
        _ages(pack, years, sex, ""), [prevalence], "population × assumed prevalence of severe disability", reason
    )
