"""Figures of the wrong size: against the other years of their series, and against other figures of the pack that say the same.

A share where a percentage is meant, thousands where persons are meant, a lost decimal point, a row of another country: each is well formed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from nasssap_lib.pack.age_groups import first_ages
from nasssap_lib.pack.plausible import Finding, Frames, each, indicator_names, off_by, total_persons, where
from nasssap_lib.reasons import reason

PERCENT = ("percent", "percent_of_earnings")
FACTORS = (100.0, 1e3, 1e6)  # of units that people mix up
NEAR = 1.35  # a value is one of these factors off where it lies within 35 %
NEIGHBOUR = 30.0  # two neighbouring years of a series never differ by more
FEW_PERCENT = 1.0  # a percentage below is tested against its neighbours
ROUGHLY, WRONG = 1.5, 4.0  # two figures that should agree are odd, or one of them is wrong, from here on
# Figures that say one thing in two ways: the first × the second ÷ the third, times a scale, is the fourth. "population": persons.
IDENTITIES = (
    ("population_imf", "", "", 1e6, "population"),
    ("gdp_current", "", "gdp_per_head", 1e9, "population"),
    ("gdp_current_usd", "", "gdp_per_head_usd", 1e9, "population"),
    ("gdp_current", "", "exchange_rate", 1.0, "gdp_current_usd"),
    ("gdp_current_usd_world_bank", "", "", 1e-9, "gdp_current_usd"),
    ("government_revenue", "", "gdp_current", 100.0, "government_revenue_gdp"),
    ("government_expenditure", "", "gdp_current", 100.0, "government_expenditure_gdp"),
    ("births", "", "population", 1e6, "crude_birth_rate"),
    ("deaths", "", "population", 1e6, "crude_death_rate"),
    ("mpi_headcount", "mpi_intensity", "", 1e-4, "mpi_value"),
    ("gdp_current", "", "ppp_conversion_factor", 1.0, "gdp_ppp"),
    ("gdp_current", "", "gdp_deflator", 100.0, "gdp_constant"),
    ("gdp_ppp", "", "gdp_per_head_ppp", 1e9, "population"),
    ("gdp_per_head", "", "ppp_conversion_factor", 1.0, "gdp_per_head_ppp"),
)
TELL_A_POPULATION = (
    "population_imf", "gdp_current", "gdp_per_head", "gdp_current_usd", "gdp_per_head_usd", "births", "crude_birth_rate",
)  # fmt: skip
BIRTHS_A_WOMAN = 0.35  # a year, at ages 15 to 49: no country reaches it
FERTILE = ("15-19", "20-24", "25-29", "30-34", "35-39", "40-44", "45-49")
YEARLY = 0.12  # no country's population moves faster in a year without saying so
SEX_RATIO = 4.0
OLD = 70  # years from which on few are left, and of one sex more than of the other
AGES_OFF = 8.0  # an age group in one year against its own median over the years
FEW = 3  # values of an indicator from which on all of them say something of its unit
SELDOM_BELOW_1 = (  # percentages of which not all are below 1 in any country
    "effective_coverage", "wage_and_salaried_share", "self_employed_share", "employment_to_population", "labour_force_",
    "adult_literacy", "urban_share", "informal_", "health_insurance_coverage", "mpi_intensity", "out_of_pocket_share",
    "government_revenue_gdp", "government_expenditure_gdp", "tax_revenue_gdp",
)  # fmt: skip

FEW_BELOW_1 = (
    "poverty_headcount", "unemployment_rate", "youth_unemployment", "employment_share_", "government_", "current_health_", "uhc_", "gini",
    "age_dependency", "mpi_headcount", "cash_transfer_coverage",
)  # fmt: skip
FLOWS = (  # money of a year: no scheme moves the GDP of one
    "expenditure", "benefits", "administration", "staff_pay", "income", "contributions", "investment_income", "state_transfer",
    "donor_income", "expenditure_budget", "benefits_budget", "income_budget", "contributions_budget", "state_transfer_budget",
)  # fmt: skip
OF_100 = ("percent", "score", "per_100", "index")
NOBODY = "persons_above_0"  # a year of which every figure of persons is n/a: check refuses it, chapters run
ABOVE_0 = (
    "gdp_current",
    "gdp_constant",
    "gdp_per_head",
    "gdp_ppp",
    "exchange_rate",
    "ppp_",
    "population_imf",
    "consumer_price_index",
)


def magnitude_findings(frames: Frames) -> Iterator[Finding]:
    """Figures of the wrong size.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    """
    yield from series_findings(frames)
    yield from scheme_series_findings(frames)
    yield from economy_findings(frames)
    yield from benefit_findings(frames)


def series_findings(frames: Frames) -> Iterator[Finding]:
    """Indicators of the wrong size by themselves, or beside the other years of their series."""
    facts = frames["facts"]
    yield from _shares_for_percentages(facts)
    yield from _off_series("facts", facts, ["area", "indicator", "group", "sex", "breakdown"])


def scheme_series_findings(frames: Frames) -> Iterator[Finding]:
    """Figures of schemes of the wrong size beside the other years of their series."""
    key = ["scheme", "measure", "detail", "unit", "counted_in"]
    yield from _off_series("scheme_figures", frames["scheme_figures"], key)


def economy_findings(frames: Frames) -> Iterator[Finding]:
    """Figures of people and of the economy that contradict each other."""
    facts = frames["facts"]
    wide, rows = side_by_side(facts[_of_everybody(facts)], ["year"])
    wide["population"] = total_persons(frames["population"]) if len(frames["population"]) else np.nan
    yield from _nothing_where_something_is(wide, rows, facts)
    wrong = _years_of_wrong_age_groups(wide)
    yield from _wrong_age_groups(frames["population"], wrong)
    wide.loc[wrong.index, "population"] = np.nan  # what follows from it is not named too
    sound = frames["population"][~frames["population"]["year"].isin(wrong.index)]
    yield from _population_findings(sound, frames["sources"], facts)
    names = indicator_names(frames)
    for identity in IDENTITIES:
        yield from _identity_findings(wide, rows, facts, names, identity)
    yield from _scheme_findings(frames["scheme_figures"], wide)


def benefit_findings(frames: Frames) -> Iterator[Finding]:
    """Benefits of options of the wrong size."""
    yield from large_benefits(frames["measures"], frames["facts"])


def _nothing_where_something_is(wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Finding]:
    """Sums and prices of a whole economy that are 0."""
    for name in (name for name in rows if name.startswith(ABOVE_0)):
        nothing = wide[name].to_numpy() <= 0
        if nothing.any():
            yield from each("facts", facts.loc[rows[name][nothing]], "value", "above_0", "leave_out_or_mend")


def _years_of_wrong_age_groups(wide: pd.DataFrame) -> pd.Series:
    """Years in which at least two other figures, and no one of them not, tell a population of another size; and that size."""
    missing = np.full(len(wide), np.nan)
    known = {name: wide[name].to_numpy() if name in wide else missing for name in TELL_A_POPULATION}
    with np.errstate(divide="ignore", invalid="ignore"):
        sizes = np.column_stack(
            [
                known["population_imf"] * 1e6,
                known["gdp_current"] * 1e9 / known["gdp_per_head"],
                known["gdp_current_usd"] * 1e9 / known["gdp_per_head_usd"],
                known["births"] * 1e6 / known["crude_birth_rate"],
            ]
        )
    off = off_by(sizes, wide["population"].to_numpy()[:, None])
    others, none_agrees = (off >= WRONG).sum(axis=1), ~(off < WRONG).any(axis=1)
    fewest = 1 if ((others >= 2) & none_agrees).any() else 2  # where one year is in thousands, the others are
    wrong = (others >= fewest) & none_agrees
    return pd.DataFrame(sizes[wrong], wide.index[wrong]).median(axis=1)


def _wrong_age_groups(population: pd.DataFrame, told: pd.Series) -> Iterator[Finding]:
    for year, persons in told.items():
        rows = population[population["year"] == year]
        stated = float(f"{persons:.3g}") / 1e6
        words = reason("population_of_year", stated=stated, sum=plain_number(rows["persons"].sum() / 1e6))
        yield from each("population", rows.head(1), "persons", words, "persons_not_thousands")


def _of_everybody(facts: pd.DataFrame) -> np.ndarray:
    """National figures of all persons."""
    plain = {"area": "", "group": "total", "sex": "total", "breakdown": ""}
    return np.all([facts[name].to_numpy(dtype=object) == value for name, value in plain.items()], axis=0)


def _shares_for_percentages(facts: pd.DataFrame) -> Iterator[Finding]:
    """Indicators no value of which is above 1: an error where no country has that, a doubt where few have.

    Of one or two values a doubt: of the poor of a national line, and where no country is below 1, but of a coverage that one is.
    """
    positive = facts.loc[facts["value"].to_numpy() > 0, ["indicator", "breakdown", "unit", "value"]]
    some = positive[positive["unit"].isin(OF_100)]
    by = some.groupby("indicator")["value"]
    small = by.size().index[(by.max() <= 1) & (by.size() >= FEW)]
    for names, doubt in ((SELDOM_BELOW_1, False), (FEW_BELOW_1, True)) if len(small) else ():
        rows = some[some["indicator"].isin([name for name in small if name.startswith(names)])]
        yield from each("facts", rows, "value", "percent_not_share", "mend_unit", doubt)
    poor = some[(some["value"].to_numpy() <= 1) & some["indicator"].eq("poverty_headcount").to_numpy()]
    rest = poor[poor["breakdown"].eq("line=national") & ~poor["indicator"].isin(small)]
    never = [
        name for name in by.size().index[by.max() <= 1] if name.startswith(SELDOM_BELOW_1[1:]) and name not in small
    ]
    rest = pd.concat([rest, some[some["indicator"].isin(never)]])
    yield from each("facts", rest, "value", "seldom_below_1", "mend_unit", True)


def _off_series(name: str, table: pd.DataFrame, key: list[str]) -> Iterator[Finding]:
    """Values that are a hundred, a thousand or a million times off both their neighbours in time; of two values the smaller percentage."""
    if table.empty:
        return
    codes = table.groupby(key, sort=False).ngroup()
    value, series = table["value"].to_numpy(), codes.to_numpy()
    crossing = np.isin(series, series[value <= 0])  # balances and growth: near 0 a factor says nothing
    order = np.lexsort((table["year"], series))
    order = order[~crossing[order]]
    value, series = value[order], series[order]
    before, after = _beside(value, series, 1), _beside(value, series, -1)
    agree = np.isnan(before) | np.isnan(after) | (off_by(before, after) < NEIGHBOUR)
    beside = np.where(agree, np.where(np.isnan(before), after, before), np.nan)
    off = off_by(value, beside)
    if not (off > min(FACTORS) / NEAR).any() and not (off > NEIGHBOUR).any():
        return
    percent = table["unit"].isin(PERCENT).to_numpy()[order]
    small = (value < beside) & (value < FEW_PERCENT)
    unit = np.any([np.abs(np.log(off / factor)) < np.log(NEAR) for factor in FACTORS], axis=0)
    sure, far = unit & (small | ~percent), ~unit & np.where(percent, small & (off > NEIGHBOUR), off > 1e3)
    for doubt, odd in ((name == "scheme_figures", sure), (True, far)):  # a scheme that begins may grow a hundredfold
        if not odd.any():
            continue
        told = [
            reason("about_as_beside", value=plain_number(beside[at]), factor=plain_number(off[at]))
            for at in np.flatnonzero(odd)
        ]
        yield from each(name, table.iloc[order[odd]], "value", told, "mend_unit", doubt)


def _beside(value: np.ndarray, series: np.ndarray, step: int) -> np.ndarray:
    """The value before (1) or after (−1) in the same series; NaN where there is none."""
    same = np.roll(series, step) == series
    same[: 1 if step == 1 else 0] = same[len(same) - (step == -1) :] = False
    return np.where(same, np.roll(value, step), np.nan)


def plain_number(value: float) -> float:
    """A number for a sentence: three digits, or whole where it is large."""
    return float(f"{value:.3g}") if value < 1000 or np.isinf(value) else float(round(value))


def _population_findings(population: pd.DataFrame, sources: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Finding]:
    if population.empty:
        return
    if (population["persons"].to_numpy() <= 0).any():
        totals = population.groupby(["year", "source"])["persons"].transform("sum")
        yield from each("population", population[totals <= 0].head(1), "persons", NOBODY, "leave_out_or_mend", True)
    population = population.assign(first=first_ages(population["age_group"]))
    yield from _two_publishers(population, sources)
    yield from _moves(population)
    yield from _sexes_apart(population)
    yield from _births(population, facts)


def _two_publishers(population: pd.DataFrame, sources: pd.DataFrame) -> Iterator[Finding]:
    """Two publishers of one rank: their years would be chained to one series, though editions are never chained."""
    if population["source"].nunique() < 2:
        return
    known = sources.set_index("id")
    ranks = population["source"].str.split(";").str[0].map(known["edition_rank"])
    used = population[ranks == ranks.max()]
    publishers = used["source"].str.split(";").str[0].map(known["publisher"])
    if publishers.nunique() < 2:
        return
    usual = publishers.mode().iat[0]
    other = used[publishers != usual].drop_duplicates("source")
    told = [reason("one_population", first=usual, second=publishers[row]) for row in other.index]
    yield from each("population", other, "source", told, "rank_editions")


def _moves(population: pd.DataFrame) -> Iterator[Finding]:
    """Years in which the whole population grows or shrinks faster than any does, and age groups far off their own years."""
    totals = total_persons(population[population["persons"] > 0])
    years = pd.Series(totals.index, totals.index).astype(float)
    yearly = np.log(totals).diff() / years.diff()
    for year in yearly.index[yearly.abs() > YEARLY]:
        percent = plain_number(abs(np.expm1(yearly[year])) * 100)
        row = population[population["year"] == year].head(1)
        yield from each("population", row, "year", reason("population_moves", percent=percent), "ask_population", True)
    young = population[population["first"] < OLD]
    off = off_by(young["persons"], young.groupby(["sex", "age_group"])["persons"].transform("median"))
    if not (off > AGES_OFF).any():
        return
    odd = young[off > AGES_OFF].sort_values(["sex", "age_group", "year"], kind="stable")
    yield from each("population", odd, "persons", "about_as_other_years", "lost_point", True)


def _sexes_apart(population: pd.DataFrame) -> Iterator[Finding]:
    women, men = (population[population["sex"] == sex] for sex in ("female", "male"))
    if women.empty or men.empty:
        return
    yield from _swapped(population)
    same = population.groupby(["year", "source", "age_group"], sort=False).ngroup()
    of_men = men["persons"].groupby(same).first()
    odd = women[(women["first"] < OLD) & (off_by(women["persons"], same[women.index].map(of_men)) > SEX_RATIO)]
    yield from each("population", odd, "persons", "sexes_alike", "lost_point", True)


def _swapped(population: pd.DataFrame) -> Iterator[Finding]:
    """Years with more girls than boys at birth and more old men than old women: in no country."""
    young, old, women = population["first"] == 0, population["first"] >= 80, population["sex"] == "female"
    ends = {"girls": young & women, "boys": young & ~women, "old_women": old & women, "old_men": old & ~women}
    persons = pd.DataFrame({name: population["persons"].where(rows) for name, rows in ends.items()})
    by = persons.groupby(population["year"]).sum(min_count=1)
    odd = by.index[(by["girls"] > by["boys"]) & (by["old_women"] < by["old_men"])]
    rows = population["year"].isin(odd) & ~population["year"].duplicated()
    yield from where("population", population, rows, "sex", "boys_and_old_women", "are_sexes_swapped", True)


def _births(population: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Finding]:
    births = facts[facts["indicator"].eq("births") & facts["area"].eq("")]
    if births.empty:
        return
    women = population[(population["sex"] == "female") & population["age_group"].isin(FERTILE)]
    women = women.drop_duplicates(["year", "age_group"]).groupby("year")["persons"].sum()
    most = births["year"].map(women) * BIRTHS_A_WOMAN
    times = pd.Series(off_by(births["value"] * 1000, most), births.index).where(births["value"] * 1000 > most)
    if times.isna().all():
        return
    for doubt, many in ((False, births[times >= NEIGHBOUR]), (True, births[(times > 1) & (times < NEIGHBOUR)])):
        told = [reason("births_up_to", most=plain_number(most[row] / 1000)) for row in many.index]
        yield from each("facts", many, "value", told, "births_or_women", doubt)


def _identity_findings(
    wide: pd.DataFrame, rows: pd.DataFrame, facts: pd.DataFrame, names: Mapping[str, str], identity: tuple
) -> Iterator[Finding]:
    """Figures of one year of which one can be computed from the others; the first of them is named."""
    first, second, below, scale, same = identity
    if not {name for name in (first, second, below, same) if name} <= set(wide):
        return
    known = {name: wide[name].to_numpy() for name in (first, second, below, same) if name}
    with np.errstate(divide="ignore", invalid="ignore"):
        off = off_by(known[first] * known.get(second, 1.0) / known.get(below, 1.0) * scale, known[same])
    if not (off > ROUGHLY).any():
        return
    said = [names.get(name, name) for name in (first, second, below, same) if name]
    for doubt, odd in ((False, off >= WRONG), (True, (off > ROUGHLY) & (off < WRONG))):
        told = [reason("same_as", first=said[0], others=said[1:], factor=plain_number(factor)) for factor in off[odd]]
        yield from each("facts", facts.loc[rows[first][odd]], "value", told, "mend_one_of_them", doubt)


def side_by_side(facts: pd.DataFrame, key: list[str]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Figures by indicator beside each other, one line a key, and the label of the row that each is from.

    Parameters
    ----------
    facts : rows with the columns of ``terms.FACT``
    key : columns whose values a line shares; of several rows of one indicator the last is taken
    """
    lines = facts.groupby(key)
    line, (name, names) = lines.ngroup().to_numpy(), pd.factorize(facts["indicator"], sort=True)
    index, beside = lines.size().index, []
    for cells in (facts["value"], facts.index):
        table = np.full((len(index), len(names)), np.nan)
        table[line, name] = cells
        beside.append(pd.DataFrame(table, index, names))
    return beside[0], beside[1]


def _scheme_findings(figures: pd.DataFrame, wide: pd.DataFrame) -> Iterator[Finding]:
    """More people in a scheme than in the country, and more spent than the country earns."""
    if figures.empty:
        return
    known = wide.reindex(columns=["gdp_current"]).reindex(figures["year"]).set_axis(figures.index)
    gdp, everybody = known["gdp_current"], _between(wide.get("population"), figures["year"])
    counted = figures["unit"].isin(["persons", "households", "families"]) & ~figures["counted_in"].eq(
        "cumulative_persons"
    )
    many = figures[counted & (figures["value"] > everybody)]
    yield from each(
        "scheme_figures",
        many,
        "value",
        [reason("people_up_to", most=everybody[row]) for row in many.index],
        "mend_unit",
    )
    billions = figures["value"] * figures["unit"].map({"lcu": 1e-9, "lcu_million": 1e-3, "lcu_billion": 1.0})
    money = figures["measure"].isin(FLOWS)
    much = figures[money & (billions > gdp)]
    yield from each(
        "scheme_figures", much, "value", [reason("money_up_to", most=gdp[row]) for row in much.index], "mend_unit"
    )


def _between(persons: pd.Series | None, years: pd.Series) -> pd.Series:
    """The population of years between and beside those that are known; NaN where none is."""
    known = persons[persons > 0] if persons is not None else pd.Series(dtype=float)
    at = np.interp(years, known.index.astype(float), known) if len(known) else np.nan
    return pd.Series(at, years.index, dtype=float)


def large_benefits(measures: pd.DataFrame, facts: pd.DataFrame) -> Iterator[Finding]:
    """Benefits of options far above what a person of the country lives on.

    Parameters
    ----------
    measures, facts : of a pack
    """
    if measures.empty:
        return
    known = facts[facts["indicator"].eq("gdp_per_head") & _of_everybody(facts)].sort_values("year", kind="stable")[
        "value"
    ]
    month = known.iat[-1] / 12 if len(known) else np.nan
    limits = {"gdp_per_head": 200.0, "poverty_line": 1000.0, "lcu_per_month": 2 * month}
    limit = measures["amount_basis"].map(limits | {"minimum_wage": 200.0, "average_earnings": 200.0})
    high = measures[measures["amount_central"] > limit]
    yield from each(
        "measures",
        high,
        "amount_central",
        [reason("amount_up_to", most=plain_number(limit[row])) for row in high.index],
        "mend_amount",
        True,
    )
