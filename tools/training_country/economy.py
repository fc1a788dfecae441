"""The invented economy of the training country: product, prices, public finance; all of it adds up."""

from __future__ import annotations

import random
from functools import cache

from training_country import people

SEED = 20250101
PER_HEAD_2020 = 78_000  # national currency
FIRST, LAST, LAST_OBSERVED = 2010, 2030, 2024
GROWTH = {2020: -2.3, 2021: 5.1, 2022: 4.4}  # the other years: 4.6 % and a little chance
INFLATION = {2020: 4.1, 2021: 6.3, 2022: 9.2, 2023: 7.4, 2024: 5.8}  # the other years: 4.5 % and a little chance
PPP_2017 = 15.2  # national currency of 2017 per international dollar of 2017


@cache
def chance(name: str, year: int) -> float:
    """A number from −1 to 1 that is always the same for a name and a year."""
    return random.Random(f"{SEED} {name} {year}").uniform(-1, 1)


def growth(year: int) -> float:
    """Growth of the product at constant prices, percent."""
    return GROWTH.get(year, round(4.6 + (0.9 * chance("growth", year) if year <= LAST_OBSERVED else 0), 1))


def inflation(year: int) -> float:
    """Growth of consumer prices, percent; the deflator grows as they do."""
    return INFLATION.get(year, round(4.5 + (0.8 * chance("prices", year) if year <= LAST_OBSERVED else 0), 1))


@cache
def constant_product(year: int) -> float:
    """Gross domestic product, billion, prices of 2020."""
    if year == 2020:
        return people.count(2020) * PER_HEAD_2020 / 1e9
    if year > 2020:
        return constant_product(year - 1) * (1 + growth(year) / 100)
    return constant_product(year + 1) / (1 + growth(year + 1) / 100)


@cache
def price_level(year: int, base: int = 2020) -> float:
    """Consumer prices, 1 in the base year."""
    if year == base:
        return 1.0
    if year > base:
        return price_level(year - 1, base) * (1 + inflation(year) / 100)
    return price_level(year + 1, base) / (1 + inflation(year + 1) / 100)


def product(year: int) -> float:
    """Gross domestic product, billion, current prices."""
    return constant_product(year) * price_level(year)


def product_per_head(year: int) -> float:
    """Gross domestic product per head, current prices, national currency."""
    return product(year) * 1e9 / people.count(year)


def along(year: int, first: float, last: float, start: int = FIRST, end: int = LAST) -> float:
    """A straight line from ``first`` in the start year to ``last`` in the end year."""
    return first + (last - first) * (year - start) / (end - start)


def exchange_rate(year: int) -> float:
    """National currency per US dollar: 38 in 2020, moving with three quarters of inflation."""
    return 38 * price_level(year) ** 0.75


def ppp(year: int) -> float:
    """National currency per international dollar of the year."""
    return PPP_2017 * 1.08 * price_level(year, 2017) ** 0.8


def revenue_share(year: int) -> float:
    """Government revenue, % of GDP."""
    return round(along(year, 17.9, 23.2) + 0.3 * chance("revenue", year) - (0.8 if year == 2020 else 0), 2)


def net_lending_share(year: int) -> float:
    """Government net lending, % of GDP."""
    return round({2020: -6.1, 2021: -4.9}.get(year, along(year, -3.6, -2.8) + 0.3 * chance("deficit", year)), 2)


@cache
def debt_share(year: int) -> float:
    """Gross debt, % of GDP: last year's, less growth, plus the deficit."""
    if year == FIRST:
        return 38.0
    nominal = product(year) / product(year - 1)
    return debt_share(year - 1) / nominal - net_lending_share(year)


def macro_rows() -> list[dict]:
    """Product, prices, public finance, 2010 to 2030; after 2024 they are projections."""
    return [row for year in range(FIRST, LAST + 1) for row in _macro_of(year)]


def _macro_of(year: int) -> list[dict]:
    million = people.count(year) / 1e6
    spending = revenue_share(year) - net_lending_share(year)
    interest = 0.055 * debt_share(max(year - 1, FIRST))
    values = {
        "population_imf": (million, 3),
        "gdp_constant": (constant_product(year), 3),
        "gdp_current": (product(year), 3),
        "gdp_growth": (growth(year), 1),
        "gdp_deflator": (price_level(year) * 100, 2),
        "gdp_per_head": (product_per_head(year), 1),
        "gdp_current_usd": (product(year) / exchange_rate(year), 3),
        "gdp_per_head_usd": (product_per_head(year) / exchange_rate(year), 1),
        "gdp_ppp": (product(year) / ppp(year), 3),
        "gdp_per_head_ppp": (product_per_head(year) / ppp(year), 1),
        "exchange_rate": (exchange_rate(year), 3),
        "ppp_conversion_factor": (ppp(year), 3),
        "consumer_price_index": (price_level(year) * 100, 2),
        "consumer_price_inflation": (inflation(year), 1),
        "government_revenue_gdp": (revenue_share(year), 2),
        "government_revenue": (revenue_share(year) * product(year) / 100, 3),
        "government_expenditure_gdp": (spending, 2),
        "government_expenditure": (spending * product(year) / 100, 3),
        "government_net_lending_gdp": (net_lending_share(year), 2),
        "government_primary_balance_gdp": (net_lending_share(year) + interest, 2),
        "government_debt_gdp": (debt_share(year), 2),
    }
    if year <= LAST_OBSERVED:
        values |= {
            "tax_revenue_gdp": (revenue_share(year) * 0.78, 2),
            "government_wage_bill_gdp": (0.31 * revenue_share(year), 2),
            "wage_bill_ceiling_gdp": (7.5, 2),
            "urban_share": (along(year, 36.5, 46.0), 1),
            "agriculture_gdp": (along(year, 27.0, 19.0), 1),
            "remittances_received": (round(0.031 * product(year) / exchange_rate(year) * 1e9, -5), 0),
        }
        values |= _money_from_outside(year)
    return [{"indicator": name, "year": year, "value": value, "digits": n} for name, (value, n) in values.items()]


def _money_from_outside(year: int) -> dict[str, tuple[float, int]]:
    """Aid and external debt, and product per head in international dollars of 2021."""
    dollars = product(year) / exchange_rate(year)
    debt = 0.55 * debt_share(year) / 100 * dollars
    aid = along(year, 0.071, 0.048, FIRST, LAST_OBSERVED) * dollars * (1 + 0.05 * chance("aid", year))
    return {
        "gdp_per_head_ppp_2021": (product_per_head(year) / price_level(year, 2021) / ppp(2021), 1),
        "aid_total": (aid * 1e3, 2),
        "aid_social_protection": (aid * 1e3 * along(year, 0.05, 0.09, FIRST, LAST_OBSERVED), 2),
        "external_debt": (round(debt * 1e9, -5), 0),
        "external_debt_service_exports": (
            along(year, 7.4, 12.6, FIRST, LAST_OBSERVED) + 0.5 * chance("service", year),
            2,
        ),
        "external_debt_present_value_gni": (0.42 * debt_share(year), 2),
    }


TAXES = {  # of all taxes and social contributions, %
    "individual_income": 17.0, "corporate_income": 14.0, "social_contributions": 9.5, "payroll": 1.5, "property": 1.0,
    "goods_and_services": 53.0, "other_taxes": 4.0,
}  # fmt: skip


def tax_rows() -> list[dict]:
    """Where taxes come from, in the last observed year, and their sum with social contributions."""
    last = LAST_OBSERVED
    every = revenue_share(last) * 0.78 / (1 - TAXES["social_contributions"] / 100)
    shares = [
        {"indicator": "tax_structure", "breakdown": kind, "year": last, "value": value, "digits": 1}
        for kind, value in TAXES.items()
    ]
    return [*shares, {"indicator": "tax_and_contributions_gdp", "year": last, "value": every, "digits": 2}]
