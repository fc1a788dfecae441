"""Target populations: how many persons each group of SDG indicator 1.3.1 has, by which rule, and how sure that is.

The rules follow the definitions of the ILO's indicator (SDG metadata 1-3-1a, 2022). A group without a published denominator
gets none: the row says why. Rules and reasons are codes of ``reasons.REASONS``.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.by_age import Ages, ages_among, persons_of_years, rows_of_sex
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.terms import COVERAGE_GROUPS, sex_of

COLUMNS = ["year", "persons", "rule", "quality", "source", "reason"]
COUNTED_BY_AGE = ("children", "older_persons", "at_least_one", "total")
OLDER_AGE = 65
WORKING_AGE = 15
TWINS = 0.02  # births exceed mothers by 1 to 2 % (multiple births)


def target_persons(pack: Pack, option: Mapping, years: Iterable[int]) -> pd.DataFrame:
    """Whom a policy option aims at: persons of its ages where its group is counted by age, or else its whole group.

    Parameters
    ----------
    pack : the country
    option : a row of a pack's measures: group, age_from, age_to (years, both included; missing: no limit), sex
    years : calendar years

    Returns
    -------
    table : year, persons, rule, quality, source, reason (why persons is NaN); a group is counted for the option's sex where a
        rate of coverage is published for it, otherwise as a whole

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> option = {"group": "older_persons", "age_from": 70, "age_to": None, "sex": "total"}
    >>> target_persons(read_pack("SEN"), option, [2025])[["year", "rule"]].values.tolist()
    [[2025, 'aged_from {"age_from": 70}']]
    """
    first, last = (None if pd.isna(option[name]) else int(option[name]) for name in ("age_from", "age_to"))
    return _aimed_at(pack, [int(year) for year in years], option["group"], first, last, option["sex"])


@once_a_pack
def _aimed_at(pack: Pack, years: list[int], group: str, first: int | None, last: int | None, sex: str) -> pd.DataFrame:
    if group in COUNTED_BY_AGE and (first, last) != (None, None):
        return _ages(pack, years, sex, age_rule(first or 0, last), first or 0, last)
    if group == "total":
        return _ages(pack, years, sex, reason("whole_population"))
    if group == "self_employed":
        return _self_employed(pack, years, sex, first or WORKING_AGE, last)
    if group not in COVERAGE_GROUPS:
        return _none(years, reason("group_not_counted", group=group))
    published = len(pack.latest("effective_coverage", group, sex)) > 0
    return target_populations(pack, group, years, sex if published else sex_of(group))[0]


def age_rule(age_from: int, age_to: int | None) -> str:
    """The rule of a count by ages.

    Examples
    --------
    >>> age_rule(65, None), age_rule(0, 14)
    ('aged_from {"age_from": 65}', 'aged_between {"age_from": 0, "age_to": 14}')
    """
    if age_to is None:
        return reason("aged_from", age_from=age_from)
    return reason("aged_between", age_from=age_from, age_to=age_to)


@once_a_pack
def target_populations(
    pack: Pack, group: str, years: Iterable[int], sex: str = "total", child_age_to: int = 14
) -> list[pd.DataFrame]:
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
    list of tables : year, persons, rule, quality, source, reason (why persons is NaN)

    Raises
    ------
    NasssapError : no such group

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> [table["rule"].iat[0] for table in target_populations(read_pack("SEN"), "older_persons", [2019])]
    ['statutory_age {"age": 60, "scheme": "IPRES general scheme"}', 'aged_from {"age_from": 65}']
    """
    years = list(years)
    if group not in COVERAGE_GROUPS:
        raise NasssapError(f"target_populations: group is {group!r}; expected one of {', '.join(COVERAGE_GROUPS)}")
    if group == "older_persons":
        return _older_persons(pack, years, sex)
    rules = {
        "at_least_one": lambda: _ages(pack, years, sex, reason("whole_population")),
        "children": lambda: _ages(pack, years, sex, age_rule(0, child_age_to), 0, child_age_to),
        "mothers": lambda: _births(pack, years),
        "unemployed": lambda: _unemployed(pack, years, sex),
        "employment_injury": lambda: _employed(pack, years, sex),
        "poor": lambda: _poor(pack, years, sex),
        "severe_disability": lambda: _severe_disability(pack, years, sex),
        "vulnerable": lambda: _none(years, reason("no_denominator")),
    }
    return [rules[group]()]


def _none(years: list[int], why: str) -> pd.DataFrame:
    facts = {"persons": float("nan"), "rule": reason("none"), "quality": "", "source": "", "reason": why}
    return pd.DataFrame({"year": years} | facts)


def _ages(
    pack: Pack, years: list[int], sex: str, rule: str = "", age_from: int = 0, age_to: int | None = None
) -> pd.DataFrame:
    return _ruled(persons_in(pack, years, age_from, age_to, sex), rule)


def persons_in(
    pack: Pack, years: Iterable[int], age_from: int = 0, age_to: int | None = None, sex: str = "total"
) -> pd.DataFrame:
    """Persons of a country between two ages, year by year, of the population that its newest edition publishes.

    Parameters and table as of :func:`population.count_persons`; ages are counted once a pack, whatever years are asked for.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> persons_in(read_pack("SEN"), [2025], 65)["persons"].round(-3).tolist()
    [690000.0]
    """
    return persons_of_years(_persons_of_ages(pack, age_from, age_to, sex), years)


@once_a_pack
def _persons_of_ages(pack: Pack, age_from: int, age_to: int | None, sex: str) -> Ages:
    return ages_among(_rows_of_sex(pack, sex), age_from, age_to)


@once_a_pack
def _rows_of_sex(pack: Pack, sex: str) -> pd.DataFrame:
    return rows_of_sex(pack.used_population, sex)


def _ruled(counted: pd.DataFrame, rule: str) -> pd.DataFrame:
    """Counted persons with their rule, and why a year has none."""
    missing = np.where(counted["persons"].isna(), reason("no_population_of_year"), "")
    return pd.DataFrame({**counted, "rule": rule, "reason": missing}, columns=COLUMNS)


def _older_persons(pack: Pack, years: list[int], sex: str) -> list[pd.DataFrame]:
    tables = [statutory_age_population(pack, years, sex)]
    if set(_denominator_ages(pack, sex)["age"]) != {OLDER_AGE}:
        tables.append(_ages(pack, years, sex, age_rule(OLDER_AGE, None), OLDER_AGE))
    return tables


def statutory_age_population(pack: Pack, years: Iterable[int], sex: str = "total") -> pd.DataFrame:
    """Persons at or above the pensionable age that the pack marks as denominator, by sex where the ages differ.

    Returns
    -------
    table : year, persons, rule, quality, source, reason
    """
    years, ages = list(years), _denominator_ages(pack, sex)
    if ages.empty:
        return _none(years, reason("no_pensionable_age"))
    counted = [
        persons_in(pack, years, int(row.age), None, row.sex if len(ages) > 1 else sex) for row in ages.itertuples()
    ]
    table = counted[0].copy()
    table["persons"] = sum(part["persons"] for part in counted)
    table["quality"] = [
        weakest(filter(None, qualities)) if any(qualities) else ""
        for qualities in zip(*(p["quality"] for p in counted), strict=True)
    ]
    table["source"] = join_sources(*table["source"].head(1), *ages["source"])
    return _ruled(table, _statutory_rule(ages))


@once_a_pack
def _denominator_ages(pack: Pack, sex: str) -> pd.DataFrame:
    """The pensionable age of a sex, or those of women and men, or the one of all."""
    ages = pack.pensionable_ages[pack.pensionable_ages["denominator"] == "yes"]
    asked = [[sex], ["female", "male"] if sex == "total" else [], ["total"]]
    return next((found for sexes in asked if len(found := ages[ages["sex"].isin(sexes)])), ages.iloc[:0])


def _statutory_rule(ages: pd.DataFrame) -> str:
    scheme = ages["scheme_name"].iat[0]
    if len(ages) == 1:
        return reason("statutory_age", age=_plain_age(ages["age"].iat[0]), scheme=scheme)
    women, men = (_plain_age(ages.set_index("sex")["age"][sex]) for sex in ("female", "male"))
    return reason("statutory_ages", women=women, men=men, scheme=scheme)


def _plain_age(age: float) -> float:
    return int(age) if age == int(age) else float(age)


def _births(pack: Pack, years: list[int]) -> pd.DataFrame:
    at = value_at(pack.series("births"), years)
    births = at["value"].to_numpy(float) * 1000
    known = np.equal(at["year_used"], years) & ~np.isnan(births)
    return pd.DataFrame({
        "year": years,
        "persons": np.where(known, births, np.nan),
        "rule": np.where(known, reason("births"), reason("none")),
        "quality": np.where(known, "estimated", ""),
        "source": at["source"].where(known, ""),
        "reason": np.where(known, "", reason("no_births")),
    })  # fmt: skip


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
    known = series["year"].to_numpy(int)
    nearest = np.abs(np.subtract.outer(np.asarray(years, int), known)).argmin(axis=1)
    value, quality, source = (series[name].array[nearest] for name in ("value", "quality", "source"))
    quality[(known[nearest] != years) & (quality == "observed")] = "estimated"
    return pd.DataFrame(
        {"value": value, "year_used": series["year"].array[nearest], "quality": quality, "source": source}
    )


def _multiplied(base: pd.DataFrame, rates: list[pd.DataFrame], rule: str, missing: str) -> pd.DataFrame:
    """Persons times rates in percent; the rule names the years of rates that are not of the row's own year."""
    persons = base["persons"].to_numpy(float)
    for rate in rates:
        persons = persons * rate["value"].to_numpy(float) / 100
    known = ~np.isnan(persons)
    used = zip(base["year"], *(rate["year_used"] for rate in rates), strict=True)
    rules = [join_reasons(rule, *_of_other_years(year, others)) for year, *others in used]
    qualities, sources = (
        zip(*(table[name] for table in (base, *rates)), strict=True) for name in ("quality", "source")
    )
    return pd.DataFrame({
        "year": base["year"],
        "persons": persons,
        "rule": pd.Series(rules, dtype="str").where(known, reason("none")),
        "quality": pd.Series([weakest(cells) if all(cells) else "" for cells in qualities], dtype="str").where(known, ""),
        "source": pd.Series([join_sources(*cells) for cells in sources], dtype="str").where(known, ""),
        "reason": base["reason"].mask(~known & (base["reason"] == ""), missing),
    })  # fmt: skip


def _of_other_years(year: int, used: Iterable[float]) -> list[str]:
    return [reason("rate_of_year", year=other) for other in sorted({int(y) for y in used if y == y} - {int(year)})]


def _by_sex(code: str, sex: str) -> str:
    return reason(code) if sex == "total" else reason(f"{code}_by_sex", sex=sex)


def _employed(pack: Pack, years: list[int], sex: str) -> pd.DataFrame:
    ratio = value_at(pack.series("employment_to_population_ratio", sex=sex), years)
    base = _ages(pack, years, sex, age_from=15)
    return _multiplied(base, [ratio], reason("employed_persons"), _by_sex("no_employment_ratio", sex))


def _self_employed(pack: Pack, years: list[int], sex: str, age_from: int, age_to: int | None) -> pd.DataFrame:
    """Self-employed and family workers of some ages: the rates of all ages from 15 on are applied to these."""
    series = ("employment_to_population_ratio", "self_employed_share")
    rates = [value_at(pack.series(indicator, sex=sex), years) for indicator in series]
    rule = reason("self_employed_between", age_from=age_from, age_to=age_to)
    if age_to is None:
        rule = reason("self_employed_from", age_from=age_from)
    base = _ages(pack, years, sex, age_from=age_from, age_to=age_to)
    return _multiplied(base, rates, rule, _by_sex("no_self_employed_share", sex))


def _unemployed(pack: Pack, years: list[int], sex: str) -> pd.DataFrame:
    series = ("labour_force_participation_rate", "unemployment_rate")
    rates = [value_at(pack.series(indicator, sex=sex), years) for indicator in series]
    base = _ages(pack, years, sex, age_from=15)
    return _multiplied(base, rates, reason("unemployed_persons"), _by_sex("no_unemployment_rate", sex))


def _poor(pack: Pack, years: list[int], sex: str) -> pd.DataFrame:
    if sex != "total":
        return _none(years, reason("no_headcount_by_sex"))
    headcount = value_at(pack.series("poverty_headcount", breakdown="line=national"), years)
    return _multiplied(_ages(pack, years, sex), [headcount], reason("poor_persons"), reason("no_headcount"))


def _severe_disability(pack: Pack, years: list[int], sex: str) -> pd.DataFrame:
    prevalence = value_at(pack.series("severe_disability_prevalence", sex=sex), years)
    adults = len(pack.series("severe_disability_prevalence_adults", sex=sex))
    missing = reason("prevalence_of_adults_alone" if adults else "no_disability_prevalence")
    rule = reason("severely_disabled_persons")
    return _multiplied(_ages(pack, years, sex), [prevalence], rule, missing)
