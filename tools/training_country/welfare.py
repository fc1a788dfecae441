"""The invented distribution of welfare in the training country: lognormal, so that headcounts and deciles agree."""

from __future__ import annotations

import math
from statistics import NormalDist

from training_country.economy import PPP_2017, along, price_level

NORMAL = NormalDist()

# survey year: mean a day in international dollars of 2017, Gini index; the distribution is lognormal
SURVEYS = {2016: (4.62, 38.4), 2022: (5.28, 36.9)}
TO_2021 = 1.21  # international dollars of 2021 per international dollar of 2017
SAMPLING = {"poverty_headcount": 0.9, "poverty_gap": 0.4, "poverty_severity": 0.2}  # standard errors, percent
NATIONAL_LINE = 3.35  # international dollars of 2017 a day
REGIONS = {
    "XTC-CAPITAL": (0.24, 0.42),
    "XTC-COAST": (0.28, 0.88),
    "XTC-HIGHLANDS": (0.22, 1.21),
}  # share, relative headcount
GROUPS = {
    "children": 0.84,
    "older_persons": 0.95,
    "severe_disability": 0.72,
    "unemployed": 0.88,
}  # mean, that of the nation = 1


def spread(year: int) -> float:
    """Standard deviation of the logarithm that gives the survey's Gini index."""
    return math.sqrt(2) * NORMAL.inv_cdf((SURVEYS[year][1] / 100 + 1) / 2)


def poverty(year: int, line: float) -> tuple[float, float, float]:
    """Headcount, gap and severity in percent of a lognormal distribution, for a line in international dollars of 2017."""
    mean, sigma = SURVEYS[year][0], spread(year)
    middle = math.log(mean) - sigma**2 / 2
    z = (math.log(line) - middle) / sigma
    head, first, second = (NORMAL.cdf(z - k * sigma) for k in range(3))
    gap = head - mean / line * first
    severity = head - 2 * mean / line * first + math.exp(2 * middle + 2 * sigma**2) / line**2 * second
    return head * 100, gap * 100, severity * 100


def shares(year: int, groups: int) -> list[float]:
    """Shares of the poorest to the richest group, percent, which add up to 100 as printed."""
    ends = [NORMAL.cdf(NORMAL.inv_cdf(i / groups) - spread(year)) if i < groups else 1 for i in range(1, groups + 1)]
    cumulative = [0.0, *(round(end * 100, 3) for end in ends)]
    return [round(after - before, 3) for before, after in zip(cumulative, cumulative[1:], strict=False)]


def welfare_rows() -> list[dict]:
    """Rows of welfare.csv: both surveys in both vintages of purchasing power parity."""
    rows = []
    for year, (mean, gini) in SURVEYS.items():
        parts = {f"d{i}": share for i, share in enumerate(shares(year, 10), 1)}
        parts |= {f"q{i}": share for i, share in enumerate(shares(year, 5), 1)}
        for vintage, factor in ((2017, 1), (2021, TO_2021)):
            value = round(mean * factor, 4)
            rows.append(
                {"year": year, "concept": "consumption", "ppp_year": vintage, "mean": value, "gini": gini} | parts
            )
    return rows


def poverty_rows() -> list[dict]:
    """Headcount, gap and severity below each line; the national line in both currencies; deprivation in many dimensions."""
    return [
        row for year in SURVEYS for row in [*_poverty_of(year), *_groups_of(year), *_regions_of(year)]
    ] + _deprivation()


def _poverty_of(year: int) -> list[dict]:
    lines = {f"line={line:.2f}_ppp2017": line for line in (2.15, 3.65, 6.85)}
    lines |= {f"line={line:.2f}_ppp2021": line / TO_2021 for line in (3.00, 4.20, 8.30)}
    lines |= {"line=national": NATIONAL_LINE}
    measures = ("poverty_headcount", "poverty_gap", "poverty_severity")
    rows = [
        {"indicator": name, "breakdown": label, "year": year, "value": value, "digits": 2, "se": SAMPLING[name]}
        for label, line in lines.items()
        for name, value in zip(measures, poverty(year, line), strict=True)
    ]
    mean, gini = SURVEYS[year]
    prices = price_level(year, 2017)
    values = {
        "gini": (gini, 1),
        "welfare_median": (mean * math.exp(-(spread(year) ** 2) / 2), 3),
        "cpi_factor_2017": (prices, 4),
        "ppp_factor_2017": (PPP_2017, 4),
        "national_poverty_line_harmonised": (NATIONAL_LINE, 2),
        "national_poverty_line": (NATIONAL_LINE * PPP_2017 * prices * 365, 0),
    }
    return rows + [
        {"indicator": name, "year": year, "value": value, "digits": n} for name, (value, n) in values.items()
    ]


def _groups_of(year: int) -> list[dict]:
    """Headcount, gap and severity at the national line in groups whose mean is lower; as unequal within as the nation."""
    return [
        {
            "indicator": name, "group": group, "breakdown": "line=national", "year": year, "value": value, "digits": 2,
            "se": 2 * SAMPLING[name],
        }
        for group, relative in GROUPS.items()
        for name, value in zip(SAMPLING, poverty(year, NATIONAL_LINE / relative), strict=True)
    ]  # fmt: skip


def _regions_of(year: int) -> list[dict]:
    """Headcount by region; the last region takes what the others leave."""
    national = poverty(year, NATIONAL_LINE)[0]
    parts = {area: (share, relative * national) for area, (share, relative) in REGIONS.items()}
    rest = 1 - sum(share for share, _ in parts.values())
    parts["XTC-PLAINS"] = (rest, (national - sum(share * rate for share, rate in parts.values())) / rest)
    return [
        {
            "area": area, "indicator": "poverty_headcount", "breakdown": "line=national", "year": year, "value": rate, "digits": 1,
            "note": f"{share * 100:.0f} % of the population live in this region",
        }
        for area, (share, rate) in parts.items()
    ]  # fmt: skip


def _deprivation() -> list[dict]:
    rural, urban, intensity = 38.2, 11.4, 47.5
    town = along(2022, 36.5, 46.0) / 100
    head = rural * (1 - town) + urban * town
    values = {"": head, "rural": rural, "urban": urban}
    rows = [
        {"indicator": "mpi_headcount", "breakdown": where, "year": 2022, "value": value, "digits": 1}
        for where, value in values.items()
    ]
    rest = {"mpi_intensity": (intensity, 1), "mpi_value": (head * intensity / 1e4, 3)}
    rest |= {"food_insecurity": (31.5, 1), "adult_literacy": (79.4, 1)}
    return rows + [{"indicator": name, "year": 2022, "value": value, "digits": n} for name, (value, n) in rest.items()]
