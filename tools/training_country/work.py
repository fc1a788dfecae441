"""The invented work and health of the training country: who works and how, who pays for care; all parts add up."""

from __future__ import annotations

from training_country import people
from training_country.economy import (
    FIRST,
    LAST_OBSERVED,
    along,
    chance,
    net_lending_share,
    ppp,
    price_level,
    product_per_head,
    revenue_share,
)


def participation(year: int, sex: str) -> float:
    """Labour force participation from 15 on, percent."""
    return along(year, 51.0, 56.5) if sex == "female" else along(year, 72.5, 71.5)


def unemployment(year: int, sex: str) -> float:
    """Unemployed persons in the labour force, percent."""
    crisis = 1.4 if year == 2020 else 0.6 if year == 2021 else 0
    return crisis + (along(year, 8.2, 7.0) if sex == "female" else along(year, 6.6, 5.6))


def wage_share(year: int, sex: str) -> float:
    """Wage and salaried workers among employed persons, percent."""
    return along(year, 19.0, 29.0) if sex == "female" else along(year, 32.0, 40.0)


def employed(year: int, sex: str = "total") -> float:
    """Employed persons aged 15 and over."""
    if sex == "total":
        return employed(year, "female") + employed(year, "male")
    force = people.count(year, sex, first=15) * participation(year, sex) / 100
    return force * (1 - unemployment(year, sex) / 100)


def both(year: int, rate, weight) -> float:
    """A rate of both sexes, each with its weight."""
    weights = {sex: weight(year, sex) for sex in ("female", "male")}
    return sum(rate(year, sex) * weights[sex] for sex in weights) / sum(weights.values())


def _adults(year: int, sex: str) -> float:
    return people.count(year, sex, first=15)


def _labour_force(year: int, sex: str) -> float:
    return _adults(year, sex) * participation(year, sex)


def _employment_ratio(year: int, sex: str) -> float:
    return employed(year, sex) / _adults(year, sex) * 100


def _self_employed(year: int, sex: str) -> float:
    return 100 - wage_share(year, sex)


def _family_workers(year: int, sex: str) -> float:
    return 16.0 if sex == "female" else 6.0


RATES = {  # indicator: rate by sex, what weighs the sexes
    "labour_force_participation_rate": (participation, _adults),
    "unemployment_rate": (unemployment, _labour_force),
    "employment_to_population_ratio": (_employment_ratio, _adults),
    "wage_and_salaried_share": (wage_share, employed),
    "self_employed_share": (_self_employed, employed),
    "contributing_family_share": (_family_workers, employed),
}


def labour_rows() -> list[dict]:
    """Participation, employment, unemployment and status in employment, women, men and both, 2010 to 2024."""
    rows = []
    for year in range(FIRST, LAST_OBSERVED + 1):
        for name, (rate, weight) in RATES.items():
            values = {sex: rate(year, sex) for sex in ("female", "male")} | {"total": both(year, rate, weight)}
            rows += [{"indicator": name, "sex": sex, "year": year, "value": values[sex], "digits": 2} for sex in values]
        rows += _sectors(year)
    return rows + [
        {"indicator": "informal_employment_share", "sex": sex, "year": 2022, "value": value, "digits": 1}
        for sex, value in (("total", 78.4), ("female", 83.0), ("male", 74.6))
    ]


SURVEYED = (2018, 2020, 2022, 2024)  # years of labour force surveys that asked for earnings


def _earned(year: int) -> float:
    """Average earnings, international dollars of 2021 a month."""
    return 1.72 * product_per_head(year) / 12 / price_level(year, 2021) / ppp(2021)


def _sectors(year: int) -> list[dict]:
    farms, industry = round(along(year, 52.0, 40.0), 1), round(along(year, 12.0, 15.0), 1)
    shares = {"agriculture": farms, "industry": industry, "services": 100 - farms - industry}
    rows = [
        {"indicator": f"employment_share_{sector}", "year": year, "value": share, "digits": 1}
        for sector, share in shares.items()
    ]
    wages = {"minimum_wage_monthly": 0.62, "national_average_earnings": 1.72}  # × GDP per head a month
    rows += [
        {"indicator": name, "year": year, "value": round(share * product_per_head(year) / 12, -1), "digits": 0}
        for name, share in wages.items()
        if year >= 2017
    ]
    rows += [
        {"indicator": "average_earnings", "sex": sex, "year": year, "value": share * _earned(year), "digits": 1}
        for sex, share in {"total": 1.0, "female": 0.84, "male": 1.09}.items()
        if year in SURVEYED
    ]
    return [
        *rows,
        {"indicator": "youth_unemployment_rate", "year": year, "value": along(year, 14.5, 12.5), "digits": 1},
    ]


def health_rows() -> list[dict]:
    """Health financing: government, households, abroad and the rest are all of it; services and hardship."""
    rows = []
    for year in range(FIRST, 2024):
        total = round(along(year, 5.0, 5.9) + 0.15 * chance("health", year), 2)
        state, pocket = round(along(year, 34.0, 44.0), 1), round(along(year, 47.0, 36.0), 1)
        government = total * state / 100
        values = {
            "current_health_expenditure_gdp": total,
            "government_health_share": state,
            "out_of_pocket_share": pocket,
            "external_health_share": round(along(year, 11.0, 8.0), 1),
            "government_health_expenditure_gdp": government,
            "government_health_expenditure_budget": government / (revenue_share(year) - net_lending_share(year)) * 100,
        }
        rows += [{"indicator": name, "year": year, "value": value, "digits": 2} for name, value in values.items()]
    for year, index, hardship in ((2015, 51, 11.9), (2017, 54, 11.2), (2019, 57, 10.6), (2021, 58, 10.9)):
        rows += [
            {"indicator": "uhc_service_coverage_index", "year": year, "value": index, "digits": 0},
            {"indicator": "catastrophic_health_spending", "year": year, "value": hardship, "digits": 1},
        ]
    return rows
