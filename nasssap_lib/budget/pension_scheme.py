"""The accounts of a pension scheme in the years to come, from who is insured today and its rules: an actuarial projection.

After Iyer, Actuarial Mathematics of Social Security Pensions (ILO, 1999), and Plamondon et al., Actuarial Practice in Social Security
(ILO/ISSA, 2002). It needs ``insured.csv`` and ``scheme_rules.csv``; without them :mod:`budget.payg` illustrates only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import pandas as pd

from nasssap_lib.budget.checks import pension_problems
from nasssap_lib.budget.payg import general_average_premium, payg_cost_rate
from nasssap_lib.budget.scheme_rules import OLDEST, WORKS, Mortality, SchemeRules, mortality_of, rules_of
from nasssap_lib.budget.scheme_state import KINDS, SchemeState, WageProfile, starting_state
from nasssap_lib.budget.scheme_year import Path, YearFlows, one_year
from nasssap_lib.errors import NasssapError, PackError, did_you_mean
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.population.outlook import project_population
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.terms import AGE_GROUPS

WORKING_AGES = AGE_GROUPS[3:13]  # 15 to 64
HORIZON = 50  # years
PERSONS = ("contributors", "dormant", *KINDS)
PENSIONS = tuple(f"pensions_{kind}" for kind in KINDS)
ACCOUNT_COLUMNS = [
    "year", *PERSONS, "insured_wages", "contributions", "investment_income", "state_transfer", "income", *PENSIONS, "lump_sums",
    "short_term", "benefits", "administration", "expenditure", "balance", "fund", "interest_check", "contribution_rate", "payg_rate",
    "dependency", "replacement", "fund_years", "gdp", "share_of_gdp", "wage_share",
]  # fmt: skip


@dataclass(frozen=True)
class SchemeStart:
    """What a projection begins with: the scheme's rules, who is insured, and the fund at the end of the year of the valuation."""

    scheme: str
    short_name: str
    year: int
    rules: SchemeRules
    mortality: Mortality
    state: SchemeState
    profile: WageProfile
    fund: float
    quality: str
    source: str

    @cached_property
    def path(self) -> Path:
        """Terms of the years to come: worked out once, whoever asks for them."""
        return Path(self.rules, self.mortality, self.profile, self.year)


@dataclass(frozen=True)
class PensionProjection:
    """A pension scheme in the years to come.

    Parameters
    ----------
    scheme, short_name : of schemes.csv
    base_year : the year of the valuation, at the end of which the projection begins
    opening_fund : national currency, at its end
    accounts : one row a year, columns of ``ACCOUNT_COLUMNS``: persons at the end of the year, contributors as of the year; money in
        national currency, current, to the cent; contribution_rate, payg_rate, share_of_gdp, wage_share (insured wages ÷ GDP) and
        interest_check (2 I ÷ (F₀ + F₁ − I)): shares; dependency: pensioners a contributor; replacement: average pension ÷ average insured
        wage; fund_years: fund in years of expenditure. NaN where GDP or wages are not known
    persons : year, status (active, dormant, old_age, invalidity, survivor, orphan), sex, persons, mean_age (years); the base year first
    contribution_rate : share of insured wages, of the first year
    interest : a year, of the first year, at which the level premium discounts
    level_premium : the one rate that, paid over all years, finances them together with the fund, see :func:`budget.general_average_premium`
    quality, source : of everything that the projection stands on
    """

    scheme: str
    short_name: str
    base_year: int
    opening_fund: float
    accounts: pd.DataFrame
    persons: pd.DataFrame
    contribution_rate: float
    interest: float
    level_premium: float
    quality: str
    source: str

    @property
    def collected(self) -> pd.Series:
        """Contributions that are collected, as a share of insured wages, by year; NaN where nobody earns."""
        table = self.accounts
        return table["contributions"] / table["insured_wages"].where(table["insured_wages"] > 0)

    @property
    def exhausted(self) -> int | None:
        """First year at whose end the fund is below nothing; None: in no year, or a scheme without a fund."""
        empty = self.accounts.loc[self.accounts["fund"] < 0, "year"]
        return int(empty.iloc[0]) if len(empty) else None


def project_pension_scheme(pack: Pack, scheme: str, horizon: int = HORIZON) -> PensionProjection:
    """Project the accounts of a pension scheme, year by year, from its insured persons and its rules.

    Parameters
    ----------
    pack : the country
    scheme : id of schemes.csv, with rows in insured.csv and scheme_rules.csv
    horizon : years to project

    Returns
    -------
    PensionProjection

    Raises
    ------
    NasssapError : no such scheme, no insured persons or rules of it, fewer than one year
    PackError : what the rules or the insured persons cannot be, see :func:`budget.pension_problems`; insured wages above GDP

    Notes
    -----
    Contributions = rate × collection × Σ contributors × density × min(wage, ceiling). Fund_t = fund_{t−1} (1 + i) + (contributions −
    benefits − administration) (1 + i)^½. Whoever is lacking to the number of contributors enters, at the ages of entry_age, without which
    nobody does; the number grows as the rule says, else with the
    population of 15 to 64. GDP after its last published year grows with wages and that population. Mortality stays after the last period of
    the life tables. Persons of a cell have the cell's mean wage, also against the ceiling. No feedback of any kind.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> projection = project_pension_scheme(read_pack("XTC"), "npf")
    >>> projection.base_year, len(projection.accounts), bool(projection.level_premium > projection.contribution_rate)
    (2024, 50, True)
    """
    if not (isinstance(horizon, int | np.integer) and not isinstance(horizon, bool) and horizon >= 1):
        raise NasssapError(
            f"project_pension_scheme: horizon is {horizon!r}; expected a whole number of years of at least 1, such as 50"
        )
    kept = _projected(pack, scheme, int(horizon))
    return replace(kept, accounts=kept.accounts.copy(), persons=kept.persons.copy())


def project_pension_schemes(pack: Pack, horizon: int = HORIZON) -> list[PensionProjection]:
    """:func:`project_pension_scheme` of every scheme that can be valued; none where the pack has no insured persons and rules.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> [one.scheme for one in project_pension_schemes(read_pack("XTC"))], project_pension_schemes(read_pack("SEN"))
    (['npf', 'psps'], [])
    """
    return [project_pension_scheme(pack, scheme, horizon) for scheme in valued_schemes(pack)]


def of_all_schemes(pack: Pack, table_of: Callable[[Pack, str], pd.DataFrame], columns: list[str]) -> pd.DataFrame:
    """The tables of all schemes that can be valued, one below the other; empty where none can."""
    tables = [table_of(pack, scheme) for scheme in valued_schemes(pack)]
    return pd.concat(tables, ignore_index=True) if tables else pd.DataFrame(columns=columns)


@once_a_pack
def _projected(pack: Pack, scheme: str, horizon: int) -> PensionProjection:
    start = start_of(pack, scheme)
    ahead = np.arange(start.year + 1, start.year + horizon + 1)
    working = _working_ages(pack, start.year, ahead[-1])
    states, flows = run_scheme(start, ahead, _contributors(start, ahead, working))
    gdp = _gdp(pack, start, ahead, working)
    accounts = _accounts(start, ahead, states[1:], flows, gdp)
    _check_wages(pack, accounts)
    premium = _premium(accounts, start)
    return PensionProjection(
        scheme, start.short_name, start.year, start.fund, accounts,
        _persons(start.year, states), start.rules.at("contribution_rate", int(ahead[0])),
        start.rules.at("interest", int(ahead[0])), premium, start.quality, start.source,
    )  # fmt: skip


@once_a_pack
def start_of(pack: Pack, scheme: str) -> SchemeStart:
    """What a projection of a scheme begins with, after what it cannot be was refused.

    Raises
    ------
    NasssapError : see :func:`project_pension_scheme`
    """
    known = filled_schemes(pack)
    if scheme not in known:
        hint = (
            did_you_mean(str(scheme), known)
            if known
            else "fill insured.csv and scheme_rules.csv, or budget.payg_cost_rate"
        )
        raise NasssapError(f"project_pension_scheme: nothing to project {scheme!r} from; {hint}")
    if problems := pension_problems(pack):
        raise PackError(problems)
    insured = pack.insured[pack.insured["scheme"] == scheme]
    year = int(insured["year"].max())
    insured = insured[insured["year"] == year]
    rules = rules_of(pack, scheme)
    state, profile = starting_state(insured)
    fund, of_fund = _fund(pack, scheme, year, rules)
    rows = pd.concat(
        [insured[["quality", "source"]], rules.table[["quality", "source"]], of_fund[["quality", "source"]]]
    )
    quality = weakest([*rows["quality"].unique(), "estimated"])
    source = join_sources(*rows["source"].unique())
    names = pack.schemes.set_index("id")["short_name"]
    return SchemeStart(
        scheme, names.get(scheme, scheme), year, rules, mortality_of(pack), state, profile, fund, quality, source
    )


def filled_schemes(pack: Pack) -> list[str]:
    """Schemes with both insured persons and rules, in the order of insured.csv."""
    ruled = set(pack.scheme_rules["scheme"])
    return [scheme for scheme in dict.fromkeys(pack.insured["scheme"]) if scheme in ruled]


@once_a_pack
def refused_schemes(pack: Pack) -> dict[str, str]:
    """Schemes with insured persons and rules that cannot be projected, and why: no assets, no mortality, wages above GDP …

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> refused_schemes(read_pack("XTC"))
    {}
    """
    told = {}
    for scheme in filled_schemes(pack):
        try:
            _projected(pack, scheme, HORIZON)
        except PackError as error:
            told[scheme] = str(error.problems[0])
        except NasssapError as error:
            told[scheme] = str(error)
    return told


def valued_schemes(pack: Pack) -> list[str]:
    """Schemes that can be projected, in the order of insured.csv."""
    refused = refused_schemes(pack)
    return [scheme for scheme in filled_schemes(pack) if scheme not in refused]


def run_scheme(
    start: SchemeStart, years: np.ndarray, contributors: np.ndarray | None, accrues: bool = True
) -> tuple[list[SchemeState], list[YearFlows]]:
    """States from the base year on, and the flows of each year; contributors None: a closed group."""
    path, states, flows = start.path, [start.state], []
    for place, year in enumerate(years):
        wanted = None if contributors is None else float(contributors[place])
        state, moved = one_year(states[-1], path.terms(int(year)), wanted, accrues)
        states.append(state)
        flows.append(moved)
    return states, flows


def _fund(pack: Pack, scheme: str, year: int, rules: SchemeRules) -> tuple[float, pd.DataFrame]:
    """Assets at the end of the year; a scheme whose deficit the State pays may have none."""
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == scheme) & (figures["measure"] == "assets") & (figures["year"] == year)]
    own = own[own["unit"].isin(MONEY)]
    if own.empty and not rules.at("deficit_cover", year) == 1:
        raise NasssapError(
            f"{pack.country}/scheme_figures.csv: no assets of {scheme} in {year}, the year of its insured persons; expected a row "
            "assets in lcu_million or lcu_billion, 0 where there is no fund"
        )
    return (float(own["value"].iat[0]) * MONEY[own["unit"].iat[0]] if len(own) else 0.0), own.head(1)


MONEY = {"lcu": 1.0, "lcu_million": 1e6, "lcu_billion": 1e9}


@once_a_pack
def _working_ages(pack: Pack, base: int, last: int) -> pd.Series:
    """Persons of 15 to 64 by year; after the published ones by the pack's own rates, after those as in their last years."""
    people = pack.used_population
    people = people[people["age_group"].isin(WORKING_AGES)]
    known = people.groupby("year")["persons"].sum()
    years = range(base, last + 1)
    if known.empty:
        return pd.Series(np.nan, years)
    inside = [year for year in years if known.index.min() <= year <= known.index.max()]
    path = (
        count_persons(people, inside).set_index("year")["persons"].reindex(years)
        if inside
        else pd.Series(np.nan, years)
    )
    later = [year for year in years if year > known.index.max()]
    if later and pack.demography["indicator"].eq("net_migrants").any():  # death rates alone project nobody
        path = path.combine_first(_projected_ages(pack, int(known.index.max()), later))
    return path


def _projected_ages(pack: Pack, last: int, later: list[int]) -> pd.Series:
    """Years after the published ones: the last of them × the growth of the projection."""
    table = project_population(pack)
    table = table[table["age_group"].isin(WORKING_AGES)].groupby("year")["persons"].sum()
    end = int(table.index.max())
    grown = np.interp([last, *np.minimum(later, end)], table.index, table)
    slope = (table.iloc[-1] / table.iloc[-2]) ** (1 / (table.index[-1] - table.index[-2])) if len(table) > 1 else 1.0
    beyond = slope ** np.maximum(np.array(later) - end, 0)
    known = pack.used_population
    level = known[(known["year"] == last) & known["age_group"].isin(WORKING_AGES)]["persons"].sum()
    return pd.Series(level * grown[1:] / grown[0] * beyond, later)


def _contributors(start: SchemeStart, years: np.ndarray, working: pd.Series) -> np.ndarray | None:
    """Contributors of each year; None where no rule says at which age persons enter: nobody does."""
    if not start.rules.has("entry_age"):
        return None
    today = start.state.active.sum()
    if start.rules.has("contributor_growth"):
        return today * np.cumprod(1 + start.rules.along("contributor_growth", years))
    ahead = working.loc[years].to_numpy(float)
    if not np.isfinite([*ahead, working.loc[start.year]]).all():
        raise NasssapError(
            f"project_pension_scheme: the number of contributors of {start.scheme} cannot be known in {years[-1]}: population and "
            "demography end before; write a rule contributor_growth in scheme_rules.csv"
        )
    return today * ahead / working.loc[start.year]


def _gdp(pack: Pack, start: SchemeStart, years: np.ndarray, working: pd.Series) -> np.ndarray:
    """GDP in national currency: as published, then growing with wages and the population of working age; NaN where that is not known."""
    series = pack.series("gdp_current")
    known = series[series["value"] > 0].set_index("year")["value"] * 1e9
    if known.empty:
        return np.full(len(years), np.nan)
    values, last = [], int(known.index.max())
    for year in (int(year) for year in years):
        value = known.get(year, np.nan)
        if year > last and year - 1 >= start.year:
            before = values[-1] if values else known.get(year - 1, np.nan)
            value = before * (1 + start.rules.at("wage_growth", year)) * working.loc[year] / working.loc[year - 1]
        values.append(value)
    return np.array(values, dtype=float)


def _accounts(
    start: SchemeStart, years, states: list[SchemeState], flows: list[YearFlows], gdp: np.ndarray
) -> pd.DataFrame:
    along = {name: start.rules.along(name, years) for name in RATES}
    table = pd.DataFrame({"year": years})
    table[list(PERSONS)] = [
        [state.active.sum(), state.dormant.sum(), *state.pensioners.sum((1, 2))] for state in states
    ]
    table["insured_wages"] = np.round([flow.insured_wages for flow in flows], 2)
    table["contributions"] = np.round(along["contribution_rate"] * along["collection"] * table["insured_wages"], 2)
    table[list(PENSIONS)] = np.round([flow.pensions for flow in flows], 2)
    table["lump_sums"] = np.round([flow.lump_sums for flow in flows], 2)
    table["short_term"] = np.round(along["short_term"] * table["insured_wages"], 2)
    table["benefits"] = np.round(table[[*PENSIONS, "lump_sums", "short_term"]].sum(axis=1), 2)
    table["administration"] = np.round(along["administration"] * table["contributions"], 2)
    table["expenditure"] = np.round(table["benefits"] + table["administration"], 2)
    table = _with_fund(table, start.fund, along["interest"], along["deficit_cover"])
    pensioners, wages = table[list(KINDS)].sum(axis=1), table["insured_wages"].where(table["insured_wages"] > 0)
    pensions = table[list(PENSIONS)].sum(axis=1)
    table["contribution_rate"] = along["contribution_rate"]
    table["payg_rate"] = payg_cost_rate(table["expenditure"], table["insured_wages"])
    table["dependency"] = pensioners / table["contributors"].where(table["contributors"] > 0)
    table["replacement"] = pensions / pensioners.where(pensioners > 0) / (wages / table["contributors"])
    table["fund_years"] = table["fund"] / table["expenditure"].where(table["expenditure"] > 0)
    table["gdp"] = gdp
    table["share_of_gdp"], table["wage_share"] = table["expenditure"] / gdp, table["insured_wages"] / gdp
    return table[ACCOUNT_COLUMNS]


RATES = ("contribution_rate", "collection", "short_term", "administration", "interest", "deficit_cover")


def _with_fund(table: pd.DataFrame, opening: float, interest: np.ndarray, cover: np.ndarray) -> pd.DataFrame:
    """Investment income, what the State pays, balance and fund, to the cent: each year's fund is last year's and its balance."""
    fund, rows = round(opening, 2), []
    flows = (table["contributions"] - table["expenditure"]).round(2).to_numpy()
    for flow, rate, share in zip(flows, interest, cover, strict=True):
        half = (1 + rate) ** 0.5
        state = round(share * max(0.0, -flow - fund * half), 2)
        income = round(fund * rate + (flow + state) * (half - 1), 2)
        balance = round(flow + state + income, 2)
        before, fund = fund, round(fund + balance, 2)
        rows.append((income, state, balance, fund, hardy_rate(before, fund, income)))
    names = ["investment_income", "state_transfer", "balance", "fund", "interest_check"]
    table[names] = np.array(rows)
    table["income"] = table[["contributions", "investment_income", "state_transfer"]].sum(axis=1).round(2)
    return table


def hardy_rate(before: float, after: float, income: float) -> float:
    """Interest that a fund earned in a year as its accounts show it: 2 I ÷ (F₀ + F₁ − I); NaN where there was no fund.

    Examples
    --------
    >>> round(hardy_rate(100.0, 116.24, 6.24), 4)
    0.0594
    """
    mean = before + after - income
    return 2 * income / mean if mean > 0 else float("nan")


def _check_wages(pack: Pack, accounts: pd.DataFrame) -> None:
    above = accounts[accounts["wage_share"] >= 1]
    if len(above):
        row = above.iloc[0]
        raise NasssapError(
            f"{pack.country}/scheme_rules.csv: insured wages are {row['wage_share']:.2f} of GDP in {row['year']:.0f}; "
            "expected less than 1; look at contributor_growth and wage_growth, and at persons and wage in insured.csv"
        )


def _premium(accounts: pd.DataFrame, start: SchemeStart) -> float:
    """Level premium; interest that changes from year to year is put into the flows before they are discounted."""
    interest = start.rules.along("interest", accounts["year"].to_numpy())
    grown = np.cumprod(np.append(1.0, 1 + interest[:-1])) * (1 + interest) ** 0.5
    spent, wages = accounts["expenditure"] / grown, accounts["insured_wages"] / grown
    return general_average_premium(spent, wages, 0.0, start.fund)


def _persons(base: int, states: list[SchemeState]) -> pd.DataFrame:
    counts = np.stack([_by_status(state) for state in states])  # year, status, sex, age
    people = counts.sum(-1)
    ages = np.divide(
        (counts * (np.arange(counts.shape[-1]) + 0.5)).sum(-1),
        people,
        out=np.full(people.shape, np.nan),
        where=people > 0,
    )
    index = pd.MultiIndex.from_product(
        [range(base, base + len(states)), ("active", "dormant", *KINDS), ("female", "male")],
        names=["year", "status", "sex"],
    )
    return pd.DataFrame({"persons": people.ravel(), "mean_age": ages.ravel()}, index).reset_index()


def _by_status(state: SchemeState) -> np.ndarray:
    counts = np.zeros((2 + len(KINDS), 2, OLDEST + 1))
    counts[0][:, WORKS], counts[1][:, WORKS] = state.active.sum(-1), state.dormant.sum(-1)
    counts[2:] = state.pensioners
    return counts
