"""The invented figures of the training country's schemes: contributors × wage × rate is what they take in."""

from __future__ import annotations

from functools import cache

from training_country.economy import along, chance, product_per_head

YEARS = range(2017, 2025)
HOUSEHOLD = 5.1  # persons a household, as the register of the family grant counts them
RETURN = 0.062  # interest on reserves


def wage(year: int) -> float:
    """Average insured wage of the private sector, national currency a month."""
    return round(1.72 * product_per_head(year) / 12, -1)


def salary(year: int) -> float:
    """Average salary of public servants, national currency a month."""
    return round(1.35 * wage(year), -1)


def grown(year: int, in_2024: float, rate: float, name: str = "") -> float:
    """A number that grows by a rate to its value of 2024, with a little chance, in hundreds."""
    wobble = 0.006 * chance(name, year) if name and year < 2024 else 0
    return round(in_2024 * (1 + rate) ** (year - 2024) * (1 + wobble), -2)


def contributors(scheme: str, year: int) -> float:
    """Persons who contribute to a scheme."""
    levels = {
        "npf": (524_000, 0.031), "psps": (171_000, 0.015), "wpf": (238_000, 0.022), "wicf": (702_000, 0.029),
        "nhif": (668_000, 0.030), "micropension": (26_500, 0.22),
    }  # fmt: skip
    return grown(year, *levels[scheme], scheme)


def pensioners(scheme: str, branch: str, year: int) -> float:
    """Persons who receive a pension of a scheme, by branch."""
    levels = {
        ("npf", "old age"): (97_400, 0.049), ("npf", "invalidity"): (8_900, 0.028), ("npf", "survivors"): (31_200, 0.036),
        ("psps", "old age"): (58_300, 0.034), ("psps", "invalidity"): (2_600, 0.01), ("psps", "survivors"): (17_900, 0.027),
    }  # fmt: skip
    return grown(year, *levels[scheme, branch], scheme + branch)


# average pension in months' wage
PENSION = {"old age": 0.47, "invalidity": 0.40, "survivors": 0.21}


def pension(scheme: str, branch: str, year: int) -> float:
    """Average pension, national currency a month."""
    base = wage(year) if scheme == "npf" else 1.3 * salary(year)
    return round(PENSION[branch] * base, -1)


# recipients and monthly benefit (shares of GDP per head) of what taxes pay; counted in
TRANSFERS = {
    "fsg": (186_000, 0.062, 0.110, "households"),
    "ocp": (214_000, 0.055, 0.075, "persons"),
    "disability": (23_400, 0.071, 0.090, "persons"),
    "works": (64_000, 0.080, 0.190, "households"),
}
WORKS_MONTHS = 80 / 22  # 80 days of work in months
ADMINISTRATION = {"fsg": 0.11, "ocp": 0.055, "disability": 0.14, "works": 0.17}
STARTED = {"ocp": 2017, "works": 2018}


def recipients(scheme: str, year: int) -> float:
    """Persons or households who receive a tax-financed benefit; 0 before it began."""
    number, rate, _, _ = TRANSFERS[scheme]
    return grown(year, number, rate, scheme) if year >= STARTED.get(scheme, 0) else 0.0


def transfer(scheme: str, year: int) -> float:
    """Benefit a month; raised every second year only."""
    return round(TRANSFERS[scheme][2] * product_per_head(year - year % 2) / 12, -1)


def transfer_spending(scheme: str, year: int) -> float:
    """Benefits paid in a year, billion."""
    months = WORKS_MONTHS if scheme == "works" else 12
    return recipients(scheme, year) * transfer(scheme, year) * months / 1e9


# what the funds take in and pay, billion ------------------------------------------------------------------------------

RATES = {  # employer, worker, percent of earnings
    "npf": (9.0, 5.0), "psps": (12.0, 8.0), "wpf": (3.0, 3.0), "wicf": (1.1, 0.0), "nhif": (4.0, 3.0),
}  # fmt: skip
COLLECTED = {"npf": 0.97, "psps": 1.0, "wpf": 0.97, "wicf": 0.95, "nhif": 0.96}
STAFF = {"npf": 0.62, "psps": 0.71, "wpf": 0.58, "wicf": 0.66, "nhif": 0.60}  # pay of staff, of administration
OWED = {"npf": (0.12, 0.21), "nhif": (0.31, 0.08)}  # by the State and by employers, of a year's contributions
DONORS = {"fsg": 0.28, "works": 0.45}  # of what is spent
FUND_ADMINISTRATION = {"npf": 0.072, "psps": 0.018, "wpf": 0.04, "wicf": 0.16, "nhif": 0.094}  # of contributions


def contribution_income(scheme: str, year: int) -> float:
    """Contributors × wage × rate × what is collected."""
    earnings = salary(year) if scheme == "psps" else wage(year)
    return contributors(scheme, year) * earnings * 12 * sum(RATES[scheme]) / 100 * COLLECTED[scheme] / 1e9


def benefit_spending(scheme: str, year: int) -> float:
    """Benefits paid in a year."""
    if scheme in ("npf", "psps"):
        branches = ("old age", "invalidity", "survivors")
        return sum(pensioners(scheme, b, year) * pension(scheme, b, year) for b in branches) * 12 / 1e9
    share = {"wpf": 0.55, "wicf": along(year, 0.46, 0.52, 2017, 2024), "nhif": along(year, 0.83, 0.92, 2017, 2024)}
    return contribution_income(scheme, year) * share[scheme]


def administration(scheme: str, year: int) -> float:
    """Cost of administration, billion."""
    if scheme in TRANSFERS:
        return transfer_spending(scheme, year) * ADMINISTRATION[scheme]
    return contribution_income(scheme, year) * FUND_ADMINISTRATION[scheme]


@cache
def reserves(scheme: str, year: int) -> float:
    """Reserves at the end of a year: last year's, with interest, plus contributions, less benefits and administration."""
    if year == 2016:
        return {"npf": 47.0, "wpf": 39.0, "wicf": 5.2, "nhif": 2.1, "psps": 0.0}[scheme]
    return (
        reserves(scheme, year - 1)
        + income(scheme, year)
        - benefit_spending(scheme, year)
        - administration(scheme, year)
    )


def interest(scheme: str, year: int) -> float:
    """Interest on the reserves at the beginning of the year."""
    return reserves(scheme, year - 1) * RETURN


def income(scheme: str, year: int) -> float:
    """Everything that a fund takes in; the State closes the gap of the public servants' scheme."""
    if scheme == "psps":
        return benefit_spending(scheme, year) + administration(scheme, year)
    return contribution_income(scheme, year) + interest(scheme, year)


# rows ------------------------------------------------------------------------------------------------------------------


def figure_rows() -> list[dict]:
    """Rows of scheme_figures.csv."""
    rows = [row for year in YEARS for scheme in RATES for row in _fund(scheme, year)]
    rows += [
        row for year in YEARS for scheme in TRANSFERS if recipients(scheme, year) for row in _transfer(scheme, year)
    ]
    rows += [row for year in YEARS for row in _community(year)]
    return rows + _rules()


def _figure(scheme, measure, year, value, unit, counted_in, detail="", note="", digits=3) -> dict:
    return {
        "scheme": scheme, "measure": measure, "detail": detail, "year": year, "value": value, "unit": unit,
        "counted_in": counted_in, "note": note, "digits": digits,
    }  # fmt: skip


def _persons(scheme: str, measure: str, year: int, value: float, detail: str = "", counted_in: str = "persons") -> dict:
    unit = counted_in if counted_in in ("persons", "households") else "number"
    return _figure(scheme, measure, year, value, unit, counted_in, detail, digits=0)


def _billion(
    scheme: str, measure: str, year: int, value: float, detail: str = "", note: str = "", **about: str
) -> dict:
    return _figure(scheme, measure, year, value, "lcu_billion", "money", detail, note, digits=4) | about


def _fund(scheme: str, year: int) -> list[dict]:
    paid, cost, taken = benefit_spending(scheme, year), administration(scheme, year), income(scheme, year)
    rest = "state_transfer" if scheme == "psps" else "investment_income"
    rows = [
        _persons(scheme, "contributors", year, contributors(scheme, year)),
        _billion(scheme, "income", year, taken),
        _billion(scheme, "contributions", year, contribution_income(scheme, year)),
        _billion(scheme, rest, year, taken - contribution_income(scheme, year)),
        _billion(scheme, "expenditure", year, paid + cost, note="benefits and administration"),
        _billion(scheme, "benefits", year, paid),
        _billion(scheme, "administration", year, cost),
        _billion(scheme, "staff_pay", year, STAFF[scheme] * cost, note="part of administration cost only"),
        _billion(scheme, "surplus", year, taken - paid - cost),
        _money(scheme, "other", year, salary(year) if scheme == "psps" else wage(year), "average insured wage"),
    ]
    if scheme != "psps":
        rows.append(_billion(scheme, "assets", year, reserves(scheme, year), note="at the end of the year"))
    if scheme in ("npf", "psps"):
        rows += _pensions(scheme, year)
    return rows + _owed(scheme, year) + _insured(scheme, year)


BRANCHES = {"old age": "old_age", "invalidity": "invalidity", "survivors": "survivors"}


def _pensions(scheme: str, year: int) -> list[dict]:
    rows = []
    for words, code in BRANCHES.items():
        number, amount = pensioners(scheme, words, year), pension(scheme, words, year)
        rows += [
            _persons(scheme, "pensioners", year, number, words) | {"branch": code},
            _money(scheme, "benefit", year, amount, f"average, {words}") | {"branch": code},
            _billion(scheme, "benefits", year, number * amount * 12 / 1e9, words, branch=code),
        ]
    total = sum(pensioners(scheme, branch, year) for branch in PENSION)
    average = benefit_spending(scheme, year) * 1e9 / 12 / total
    return [
        *rows,
        _persons(scheme, "pensioners", year, total),
        _persons(scheme, "beneficiaries", year, total),
        _money(scheme, "benefit", year, average, "average"),
    ]


def _owed(scheme: str, year: int) -> list[dict]:
    """What the State and private employers owe to a fund at the end of a year."""
    if scheme not in OWED:
        return []
    state, employers = OWED[scheme]
    base = contribution_income(scheme, year)
    return [
        _billion(scheme, "debt_state", year, base * along(year, 0.6, 1.4, 2017, 2024) * state, note="a stock"),
        _billion(scheme, "debt_employers", year, base * employers, note="a stock"),
    ]


def _insured(scheme: str, year: int) -> list[dict]:
    if scheme == "nhif":
        covered = affiliates(year)
        cost = benefit_spending("nhif", year) * 1e9 / covered / 12
        return [
            _persons("nhif", "affiliates", year, covered),
            _persons("nhif", "beneficiaries", year, round(covered * 0.61, -2), "used care in the year"),
            _money("nhif", "benefit", year, cost, "average cost of care a member"),
        ]
    if scheme == "wicf":
        hurt = grown(year, 11_700, 0.02, "hurt")
        average = benefit_spending("wicf", year) * 1e9 / hurt / 12
        return [_persons("wicf", "beneficiaries", year, hurt), _money("wicf", "benefit", year, average, "average")]
    paid = grown(year, 14_800, 0.03, "paid out")
    return [_persons("wpf", "beneficiaries", year, paid, "balances paid out")] if scheme == "wpf" else []


def affiliates(year: int) -> float:
    """Persons whom the health insurance fund covers: contributors and their families."""
    return round(contributors("nhif", year) * 2.7, -2)


def _money(scheme: str, measure: str, year: int, value: float, detail: str = "", note: str = "") -> dict:
    return _figure(scheme, measure, year, value, "lcu_per_month", "money", detail, note, digits=0)


def _transfer(scheme: str, year: int) -> list[dict]:
    counted = TRANSFERS[scheme][3]
    spent, cost = transfer_spending(scheme, year), administration(scheme, year)
    benefit = "per household" if counted == "households" else ""
    rows = [
        _persons(scheme, "beneficiaries", year, recipients(scheme, year), counted_in=counted),
        _money(
            scheme, "benefit", year, transfer(scheme, year), benefit, "for 80 days a year" if scheme == "works" else ""
        ),
        _billion(scheme, "expenditure", year, spent + cost, note="benefits and administration"),
        _billion(scheme, "benefits", year, spent),
        _billion(scheme, "administration", year, cost),
        _billion(scheme, "income", year, spent + cost),
        _billion(scheme, "state_transfer", year, (spent + cost) * (1 - DONORS.get(scheme, 0))),
        *([_billion(scheme, "donor_income", year, (spent + cost) * DONORS[scheme])] if scheme in DONORS else []),
        _billion(scheme, "expenditure_budget", year, (spent + cost) * (1.08 + 0.05 * chance(scheme + "budget", year))),
    ]
    if scheme == "fsg":
        note = f"{HOUSEHOLD} persons a household, as the register counts them"
        members = round(recipients("fsg", year) * HOUSEHOLD, -2)
        rows.append(_figure("fsg", "beneficiaries", year, members, "persons", "persons", "household members", note, 0))
    return rows


def mutual_members(year: int) -> float:
    """Persons in community health mutuals."""
    return grown(year, 612_000, 0.047, "mutuals")


def _community(year: int) -> list[dict]:
    members, dues = mutual_members(year), round(0.0055 * product_per_head(year), -1)
    income_billion = members * dues * 0.93 * 1.25 / 1e9
    boats = grown(year, 41_300, 0.012, "fishers")
    mothers = grown(year, 17_800, 0.03, "maternity pay")
    visits = grown(year, 815_000, 0.02, "free care")
    return [
        _persons("chm", "affiliates", year, members),
        _figure("chm", "premium", year, dues, "lcu_per_year", "money", "per person", digits=0),
        _billion("chm", "income", year, income_billion, note="dues of members, and a quarter more from the State"),
        _billion("chm", "contributions", year, income_billion * 0.8),
        _billion("chm", "state_transfer", year, income_billion * 0.2),
        _billion("chm", "expenditure", year, income_billion * (0.88 + 0.085), note="care and administration"),
        _billion("chm", "benefits", year, income_billion * 0.88),
        _billion("chm", "administration", year, income_billion * 0.085),
        _persons("fishers", "affiliates", year, boats),
        _billion("fishers", "expenditure", year, boats * 0.004 * product_per_head(year) / 1e9, note="estimate of the federation"),
        *(_micropension(year) if year >= 2019 else []),
        _persons("maternity", "beneficiaries", year, mothers),
        _persons("freecare", "beneficiaries", year, visits, "women and children treated in the year"),
        _billion("freecare", "expenditure", year, visits * 0.021 * product_per_head(year) / 1e9),
        _billion("freecare", "benefits", year, visits * 0.021 * product_per_head(year) / 1e9),
        _billion("freecare", "income", year, visits * 0.021 * product_per_head(year) / 1e9),
        _billion("freecare", "state_transfer", year, visits * 0.021 * product_per_head(year) / 1e9),
    ]  # fmt: skip


def savings(year: int) -> dict[str, float]:
    """Account of the micropension, billion: 4 % of GDP per head saved a year, one in twelve parts of the reserve paid back."""
    before = savings(year - 1)["assets"] if year > 2019 else 0.0
    saved = contributors("micropension", year) * 0.04 * product_per_head(year) / 1e9
    lines = {
        "contributions": saved,
        "investment_income": before * RETURN,
        "benefits": before / 12,
        "administration": saved * 0.06,
    }
    taken, spent = lines["contributions"] + lines["investment_income"], lines["benefits"] + lines["administration"]
    return lines | {"income": taken, "expenditure": spent, "assets": before + taken - spent}


def _micropension(year: int) -> list[dict]:
    """Rows of the micropension, which began in 2019."""
    lines = savings(year)
    return [
        _persons("micropension", "contributors", year, contributors("micropension", year)),
        *(_billion("micropension", item, year, value) for item, value in lines.items() if value),
    ]


def _rules() -> list[dict]:
    rows = []
    for scheme, (employer, worker) in RATES.items():
        for measure, value in (("rate_employer", employer), ("rate_worker", worker), ("rate_total", employer + worker)):
            if value:
                rows.append(_figure(scheme, measure, 2024, value, "percent_of_earnings", "rate", digits=1))
    rows += [
        _figure("wicf", "rate_employer_low", 2024, 0.6, "percent_of_earnings", "rate", digits=1),
        _figure("wicf", "rate_employer_high", 2024, 2.4, "percent_of_earnings", "rate", digits=1),
        _money("npf", "ceiling", 2024, round(4 * wage(2024), -3)),
        _money("npf", "floor", 2024, round(0.36 * wage(2024), -1)),
        _money("npf", "benefit_minimum", 2024, round(0.2 * wage(2024), -1)),
        _money("nhif", "ceiling", 2024, round(5 * wage(2024), -3)),
    ]
    return rows
