"""The invented insured persons and rules of the training country's two pension schemes: together they are what the accounts say."""

from __future__ import annotations

from nasssap_lib.pack.schema import SCHEME_RULE_UNITS
from nasssap_lib.terms import SCHEME_RULES
from training_country.schemes import contributors, pension, pensioners, salary, wage

YEAR = 2024
FIRST_AGES = range(20, 60, 5)
# By five-year age group from 20 on: contributors of 1,000 of a sex; wage and months of contribution; service (years)
SHAPES = {
    "npf": {
        "female": (0.38, (90, 150, 168, 168, 152, 128, 100, 44)),
        "male": (0.62, (80, 140, 158, 162, 150, 128, 108, 74)),
        "wage": (0.68, 0.82, 0.94, 1.04, 1.11, 1.16, 1.18, 1.17),
        "density": (8.6, 9.6, 10.3, 10.6, 10.8, 10.9, 10.9, 10.8),
        "service": (1.6, 4.2, 7.6, 11.2, 15.0, 18.8, 22.4, 25.4),
    },
    "psps": {
        "female": (0.47, (50, 125, 160, 175, 170, 145, 110, 65)),
        "male": (0.53, (45, 115, 150, 165, 170, 155, 120, 80)),
        "wage": (0.66, 0.78, 0.90, 1.00, 1.09, 1.16, 1.21, 1.24),
        "density": (12.0,) * 8,
        "service": (1.8, 5.0, 9.4, 14.0, 18.8, 23.4, 27.8, 31.6),
    },
}
WOMENS_WAGE = {"npf": 0.86, "psps": 0.95}  # of men's
WOMENS_SERVICE = {"npf": 0.88, "psps": 0.96}
# Persons who stopped contributing, for each contributor of the age group
DORMANT = {
    "npf": (0.16, 0.26, 0.33, 0.38, 0.40, 0.40, 0.38, 0.34),
    "psps": (0.01, 0.02, 0.03, 0.04, 0.05, 0.05, 0.04, 0.03),
}
# Pensioners of 1,000 of a kind, by first age, and their pensions beside the mean of the kind
OLD_AGE = {
    55: (70, 1.10),
    60: (270, 1.10),
    65: (250, 1.03),
    70: (185, 0.96),
    75: (120, 0.91),
    80: (68, 0.86),
    85: (37, 0.82),
}
INVALIDITY = {30: (60, 0.85), 35: (100, 0.92), 40: (150, 0.98), 45: (190, 1.02), 50: (240, 1.05), 55: (260, 1.05)}
SURVIVORS = {30: (30, 1.08), 40: (80, 1.08), 50: (170, 1.05), 60: (260, 1.0), 70: (270, 0.95), 80: (190, 0.9)}
ORPHANS = {0: (120, 1.0), 5: (290, 1.0), 10: (350, 1.0), 15: (240, 1.0)}
WOMEN_OF = {
    "old_age": {"npf": 0.33, "psps": 0.41},
    "invalidity": {"npf": 0.36, "psps": 0.44},
    "survivor": {"npf": 0.92, "psps": 0.88},
}
ORPHAN_SHARE, ORPHAN_PENSION = 0.22, 0.55  # of survivors with a pension; beside the pension of a widow
SHARED = {  # assumptions on the economy, from a year on
    "inflation": ((None, 0.045), (2041, 0.04)),
    "wage_growth": ((None, 0.071), (2031, 0.066), (2041, 0.058), (2051, 0.052)),
}
PLAIN = {  # rules without sex or age
    "npf": {
        "contribution_rate": 0.14, "collection": 0.97, "ceiling": 66_000, "ceiling_with_prices": 0, "ceiling_with_wages": 1,
        "vesting": 15, "accrual": 0.016, "maximum_replacement": 0.75, "averaging": 10, "revaluation_with_prices": 0,
        "revaluation_with_wages": 1, "minimum_pension": 3_300, "lump_sum": 1, "pension_with_prices": 1, "pension_with_wages": 0,
        "invalidity_replacement": 0.30, "age_gap": 5, "survivor_share": 0.5, "orphan_share": 0.2, "orphan_age": 18, "short_term": 0.002,
        "administration": 0.072, "interest": 0.062,
    },
    "psps": {
        "contribution_rate": 0.20, "collection": 1, "vesting": 10, "accrual": 0.02, "maximum_replacement": 0.8, "averaging": 1,
        "lump_sum": 1.5, "pension_with_prices": 0.5, "pension_with_wages": 0.5, "invalidity_replacement": 0.40, "age_gap": 5,
        "survivor_share": 0.5, "orphan_share": 0.2, "orphan_age": 18, "administration": 0.018, "deficit_cover": 1, "interest": 0.062,
    },
}  # fmt: skip
GROWTH = {"npf": ((None, 0.03), (2035, 0.022), (2045, 0.015), (2055, 0.008)), "psps": ((None, 0.012), (2035, 0.01))}
PENSIONABLE = {"npf": {"female": 58, "male": 60}, "psps": {"total": 60}}
RETIRE = {  # of those still without a pension, at an age
    "npf": {("female", 55, 57): 0.05, ("female", 58, 58): 0.6, ("female", 59, 64): 0.45, ("total", 65, None): 1,
            ("male", 55, 59): 0.04, ("male", 60, 60): 0.6, ("male", 61, 64): 0.45},
    "psps": {("total", 55, 59): 0.06, ("total", 60, 60): 0.8, ("total", 61, 64): 0.4, ("total", 65, None): 1},
}  # fmt: skip
BY_AGE = {  # of both sexes
    "invalidity_incidence": {(20, 34): 0.0004, (35, 44): 0.0009, (45, 54): 0.0022, (55, 64): 0.0045},
    "married": {(20, 29): 0.25, (30, 44): 0.5, (45, 64): 0.55, (65, 74): 0.45, (75, None): 0.28},
    "children": {(20, 29): 0.3, (30, 39): 0.8, (40, 49): 0.75, (50, 59): 0.3, (60, 69): 0.05},
}
MOVES = {
    "npf": {"leaving": {(20, 29): 0.075, (30, 39): 0.05, (40, 59): 0.03}, "returning": {(20, 29): 0.16, (30, 39): 0.11, (40, 59): 0.06}},
    "psps": {"leaving": {(20, 39): 0.006, (40, 59): 0.003}, "returning": {(20, 59): 0.05}},
}  # fmt: skip
ENTRY = {
    "npf": {(18, 24): 0.46, (25, 29): 0.30, (30, 34): 0.14, (35, 44): 0.10},
    "psps": {(20, 24): 0.36, (25, 29): 0.42, (30, 34): 0.16, (35, 44): 0.06},
}


def insured_rows() -> list[dict]:
    """Rows of insured.csv."""
    rows = [row for scheme in SHAPES for row in (*_working(scheme), *_pensioners(scheme))]
    return [{"year": YEAR, "note": ""} | row for row in rows]


def _working(scheme: str) -> list[dict]:
    shape, wages = SHAPES[scheme], _wages(scheme)
    rows = []
    for sex in ("female", "male"):
        people = _counts(scheme, sex)
        served = WOMENS_SERVICE[scheme] if sex == "female" else 1
        for at, first in enumerate(FIRST_AGES):
            ages = {"scheme": scheme, "sex": sex, "age_from": first, "age_to": first + 4}
            service = shape["service"][at] * served
            earned = wages[sex][at]
            rows.append({**ages, "status": "active", "persons": people[at], "density": shape["density"][at], "wage": earned,
                         "service": round(service, 1)})  # fmt: skip
            asleep = round(people[at] * DORMANT[scheme][at], -1)
            rows.append({**ages, "status": "dormant", "persons": int(asleep), "wage": round(earned * 0.8, -1),
                         "service": round(service * 0.45, 1)})  # fmt: skip
    return sorted(rows, key=lambda row: row["status"])


def _counts(scheme: str, sex: str) -> list[int]:
    """Contributors by age group; both sexes together are those of the accounts."""
    total = round(contributors(scheme, YEAR))
    women = round(SHAPES[scheme]["female"][0] * total)
    return _parts(women if sex == "female" else total - women, SHAPES[scheme][sex][1])


def _parts(total: int, weights) -> list[int]:
    """A whole number in parts, rounded to tens; what is left goes to the greatest."""
    parts = [int(round(total * weight / sum(weights), -1)) for weight in weights]
    parts[parts.index(max(parts))] += total - sum(parts)
    return parts


def _wages(scheme: str) -> dict[str, list[float]]:
    """Wages by age group: with months of contribution they make contributors × average insured wage × 12 of the accounts."""
    shape = SHAPES[scheme]
    profile = {"female": [value * WOMENS_WAGE[scheme] for value in shape["wage"]], "male": list(shape["wage"])}
    paid = sum(
        count * value * months
        for sex in profile
        for count, value, months in zip(_counts(scheme, sex), profile[sex], shape["density"], strict=True)
    )
    average = salary(YEAR) if scheme == "psps" else wage(YEAR)
    level = contributors(scheme, YEAR) * average * 12 / paid
    return {sex: [float(round(value * level)) for value in values] for sex, values in profile.items()}


def _pensioners(scheme: str) -> list[dict]:
    survivors = round(pensioners(scheme, "survivors", YEAR))
    orphans = round(survivors * ORPHAN_SHARE, -1)
    widows_pension = pension(scheme, "survivors", YEAR) * survivors / (survivors - orphans + orphans * ORPHAN_PENSION)
    old, ill = (round(pensioners(scheme, words, YEAR)) for words in ("old age", "invalidity"))
    return [
        *_kind(scheme, "old_age", OLD_AGE, old, pension(scheme, "old age", YEAR), 5),
        *_kind(scheme, "invalidity", INVALIDITY, ill, pension(scheme, "invalidity", YEAR), 5),
        *_kind(scheme, "survivor", SURVIVORS, survivors - orphans, widows_pension, 10),
        *_kind(scheme, "orphan", ORPHANS, orphans, widows_pension * ORPHAN_PENSION, 5),
    ]


def _kind(scheme: str, kind: str, shape: dict, total: float, average: float, width: int) -> list[dict]:
    """Rows of a kind of pensioners whose persons and mean pension are those of the accounts."""
    weights, beside = [weight for weight, _ in shape.values()], [value for _, value in shape.values()]
    women = round(total * WOMEN_OF.get(kind, {}).get(scheme, 0.5))
    people = {"female": _parts(women, weights), "male": _parts(round(total) - women, weights)}
    everybody = [sum(pair) for pair in zip(*people.values(), strict=True)]
    level = average * sum(everybody) / sum(count * value for count, value in zip(everybody, beside, strict=True))
    last = {"orphan": 17}.get(kind, 99)
    return [
        {"scheme": scheme, "status": kind, "sex": sex, "age_from": first, "age_to": min(first + width - 1, last), "persons": count,
         "pension": float(round(level * value))}
        for sex, counts in people.items()
        for first, count, value in zip(shape, counts, beside, strict=True)
    ]  # fmt: skip


def rule_rows() -> list[dict]:
    """Rows of scheme_rules.csv."""
    rows = [row for scheme in SHAPES for row in _rules(scheme)]
    order = list(SCHEME_RULES)
    rows.sort(key=lambda row: (row["scheme"], order.index(row["rule"])))
    return [row | {"unit": SCHEME_RULE_UNITS[row["rule"]]} for row in rows]


def _rules(scheme: str) -> list[dict]:
    rows = [_rule(scheme, name, value) for name, value in PLAIN[scheme].items()]
    for name, editions in {**SHARED, "contributor_growth": GROWTH[scheme]}.items():
        rows += [_rule(scheme, name, value, year=year) for year, value in editions]
    rows += [_rule(scheme, "pensionable_age", age, sex) for sex, age in PENSIONABLE[scheme].items()]
    rows += [_rule(scheme, "retirement", rate, *place) for place, rate in RETIRE[scheme].items()]
    for name, ages in {**BY_AGE, **MOVES[scheme]}.items():
        rows += [_rule(scheme, name, value, "total", *place) for place, value in ages.items()]
    for sex in ("female", "male"):
        share = SHAPES[scheme][sex][0] + (0.04 if sex == "female" else -0.04)
        rows += [_rule(scheme, "entry_age", round(share * part, 4), sex, *ages) for ages, part in ENTRY[scheme].items()]
    return rows


def _rule(scheme, rule, value, sex="total", first=None, last=None, year=None) -> dict:
    ages = {"age_from": "" if first is None else first, "age_to": "" if last is None else last}
    return {
        "scheme": scheme,
        "rule": rule,
        "sex": sex,
        **ages,
        "from_year": "" if year is None else year,
        "value": float(value),
    }
