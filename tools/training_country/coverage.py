"""The invented coverage of the training country, counted from its own schemes, in two editions that revise each other."""

from __future__ import annotations

from training_country import people
from training_country.economy import net_lending_share, product, revenue_share
from training_country.schemes import (
    HOUSEHOLD,
    RATES,
    TRANSFERS,
    YEARS,
    administration,
    affiliates,
    benefit_spending,
    contribution_income,
    contributors,
    grown,
    income,
    mutual_members,
    pensioners,
    recipients,
    transfer_spending,
)
from training_country.welfare import NATIONAL_LINE, poverty
from training_country.work import employed

# The older edition counted registered, not active contributors, and every pension rather than every pensioner.
EDITIONS = {"XTC-COVERAGE-2023": ((2018, 2020), 1.12), "XTC-COVERAGE-2025": ((2020, 2022, 2024), 1.0)}
WOMEN = {  # share of women among those reached
    "npf": 0.36, "psps": 0.45, "npf old age": 0.31, "psps old age": 0.38, "ocp": 0.61, "fsg": 0.52, "disability": 0.47,
    "wicf": 0.38, "survivors": 0.82,
}  # fmt: skip
CHILDREN_A_HOUSEHOLD = 2.6
POOR_AMONG_REACHED = 0.71  # share of the family grant's members who are poor
PREVALENCE = {"total": 1.9, "female": 1.8, "male": 2.0}  # severe disability, percent
SEXES = ("total", "female", "male")
NO_LAW = "No unemployment protection programme anchored in national legislation"


def of_sex(number: float, women: float, sex: str) -> float:
    """The part of a number that are women, men, or all."""
    return number * {"total": 1.0, "female": women, "male": 1 - women}[sex]


def insured(year: int, sex: str, registered: float) -> float:
    """Persons who contribute to a pension scheme."""
    return registered * sum(of_sex(contributors(scheme, year), WOMEN[scheme], sex) for scheme in ("npf", "psps"))


def older_reached(year: int, sex: str) -> float:
    """Persons of pensionable age with an old-age pension."""
    counts = {"npf old age": pensioners("npf", "old age", year), "psps old age": pensioners("psps", "old age", year)}
    counts["ocp"] = recipients("ocp", year)
    return sum(of_sex(number, WOMEN[name], sex) for name, number in counts.items())


def grant_members(year: int, sex: str) -> float:
    """Persons in households with a family grant."""
    return of_sex(recipients("fsg", year) * HOUSEHOLD, WOMEN["fsg"], sex)


def disability_reached(year: int, sex: str) -> float:
    """Persons with a disability grant or an invalidity pension."""
    pensions = pensioners("npf", "invalidity", year) + pensioners("psps", "invalidity", year)
    return of_sex(recipients("disability", year) + pensions, WOMEN["disability"], sex)


def older_people(year: int, sex: str) -> float:
    """Women aged 58 and men aged 60 and over."""
    ages = {"female": 58, "male": 60}
    return sum(people.count(year, one, first=ages[one]) for one in ages if sex in ("total", one))


def reached(year: int, sex: str, registered: float) -> dict[str, tuple[float, float]]:
    """Persons reached and persons of the group, for each group of SDG indicator 1.3.1."""
    everybody = people.count(year, sex)
    children = people.count(year, sex, last=14)
    survivors = sum(pensioners(scheme, "survivors", year) for scheme in ("npf", "psps"))
    assistance = grant_members(year, sex) + of_sex(recipients("ocp", year), WOMEN["ocp"], sex)
    contributing = insured(year, sex, registered)
    pensions = of_sex(survivors, WOMEN["survivors"], sex) + disability_reached(year, sex)
    any_benefit = contributing + older_reached(year, sex) + 0.95 * grant_members(year, sex) + 0.9 * pensions
    poor = everybody * poverty(2022 if year > 2019 else 2016, NATIONAL_LINE)[0] / 100
    groups = {
        "at_least_one": (any_benefit, everybody),
        "children": (of_sex(recipients("fsg", year) * CHILDREN_A_HOUSEHOLD, 0.49, sex), children),
        "severe_disability": (disability_reached(year, sex), everybody * PREVALENCE[sex] / 100),
        "older_persons": (older_reached(year, sex) * (1 + (registered - 1) / 2), older_people(year, sex)),
        "employment_injury": (of_sex(contributors("wicf", year), WOMEN["wicf"], sex) * registered, employed(year, sex)),
        "poor": (grant_members(year, sex) * POOR_AMONG_REACHED, poor),
        "vulnerable": (assistance, everybody - contributing),
        "unemployed": (0.0, 1.0),
    }
    if sex == "female":
        groups["mothers"] = (grown(year, 17_800, 0.03, "maternity pay"), people.births(year))
    return groups


def coverage_rows() -> list[dict]:
    """Effective coverage by group and sex in both editions."""
    rows = []
    for source, (years, registered) in EDITIONS.items():
        for year in years:
            for sex in SEXES:
                for group, (number, of) in reached(year, sex, registered).items():
                    note = NO_LAW if group == "unemployed" else ""
                    rows.append(
                        {
                            "indicator": "effective_coverage", "group": group, "sex": sex, "year": year,
                            "value": number / of * 100, "digits": 2, "source": source, "note": note,
                        }
                    )  # fmt: skip
    rows += [
        {"indicator": "severe_disability_prevalence", "sex": sex, "year": 2022, "value": PREVALENCE[sex], "digits": 1}
        for sex in SEXES
    ]
    return rows


# survey: coverage by quintile, share of spending by quintile, share of the household's welfare ------------------------

QUINTILES = {  # survey year, indicator: poorest to richest
    (2016, "aspire_coverage_social_assistance"): (10.8, 8.1, 6.0, 3.9, 1.8),
    (2022, "aspire_coverage_social_assistance"): (21.4, 15.2, 10.3, 6.1, 2.4),
    (2016, "aspire_coverage_social_insurance"): (0.6, 1.7, 4.0, 8.8, 19.2),
    (2022, "aspire_coverage_social_insurance"): (0.9, 2.3, 5.1, 10.6, 22.0),
    (2022, "aspire_coverage_labour_market"): (2.1, 1.6, 1.1, 0.7, 0.3),
    (2016, "aspire_coverage_all"): (11.2, 9.5, 9.7, 12.3, 20.4),
    (2022, "aspire_coverage_all"): (23.3, 18.2, 15.6, 16.5, 23.7),
    (2022, "aspire_benefit_incidence_social_assistance"): (37.5, 26.4, 18.3, 12.0, 5.8),
    (2022, "aspire_adequacy_social_assistance"): (16.9, 12.2, 9.4, 7.1, 4.5),
    (2022, "cash_transfer_coverage"): (18.9, 13.1, 8.8, 4.9, 1.9),
    (2022, "health_insurance_coverage"): (5.9, 9.6, 15.4, 24.8, 43.2),
}
NO_MEAN = {"aspire_benefit_incidence_social_assistance", "health_insurance_coverage"}


def quintile_rows() -> list[dict]:
    """Coverage by fifths of the people; fifths are of one size, so their mean is the national figure."""
    rows = []
    for (year, name), values in QUINTILES.items():
        rows += [
            {"indicator": name, "breakdown": f"q{i}", "year": year, "value": value, "digits": 1}
            for i, value in enumerate(values, 1)
        ]
        if name not in NO_MEAN:
            rows.append({"indicator": name, "year": year, "value": sum(values) / 5, "digits": 2})
    return rows


def spending_rows() -> list[dict]:
    """Affiliation to health insurance, and what social protection costs: funds, and what taxes pay."""
    rows = []
    for year in YEARS:
        funds = sum(benefit_spending(scheme, year) + administration(scheme, year) for scheme in RATES)
        taxes = sum(transfer_spending(scheme, year) + administration(scheme, year) for scheme in TRANSFERS)
        affiliated = (affiliates(year) + mutual_members(year)) / people.count(year) * 100
        budget = taxes * 1.09 + income("psps", year) - contribution_income("psps", year)
        values = {
            ("health_insurance_coverage", ""): (affiliated, 1),
            ("social_protection_expenditure", "social_security_bodies"): (funds, 3),
            ("social_protection_expenditure", "general_budget"): (taxes, 3),
            ("social_protection_expenditure", ""): (funds + taxes, 3),
            ("social_protection_expenditure_gdp", ""): ((funds + taxes) / product(year) * 100, 2),
            ("social_assistance_expenditure_gdp", ""): (taxes / product(year) * 100, 2),
            ("social_protection_budget", ""): (budget, 3),
            ("social_protection_budget_share", ""): (budget / _government_spending(year) * 100, 2),
        }
        rows += [
            {"indicator": name, "breakdown": part, "year": year, "value": value, "digits": digits}
            for (name, part), (value, digits) in values.items()
        ]
    return rows


def _government_spending(year: int) -> float:
    return (revenue_share(year) - net_lending_share(year)) * product(year) / 100
