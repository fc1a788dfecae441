"""Small packs with one pension scheme, for tests that work a valuation out by hand or in a closed form."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping
from pathlib import Path

import numpy as np
from small_pack import CODE, edit, write_small_pack

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import INSURED, SCHEME_FIGURES, SCHEME_RULE_UNITS, SCHEME_RULES

BASE = 2024
TAIL = {"quality": "assumed", "source": "OLD"}
NUMBER = itertools.count()


def pension_pack(
    root: Path,
    insured: Iterable[Mapping],
    rules: Iterable[tuple],
    fund: float = 0.0,
    deaths: float | Mapping[str, float] = 0.02,
    gdp: float = 0.0,
) -> Pack:
    """A pack whose scheme "fund" has these insured persons and rules.

    Parameters
    ----------
    insured : rows of insured.csv without scheme, year, quality and source
    rules : (rule, value), (rule, value, sex), (rule, value, sex, age_from, age_to) or with a year from which it holds behind them
    fund : national currency at the end of 2024
    deaths : central death rate of every age: of both sexes, or by sex
    gdp : of 2024, billion; 0: not known
    """
    folder = write_small_pack(root / f"pack{next(NUMBER)}")
    if gdp:
        edit(folder.parent / "codebook.csv", "births,", "gdp_current,GDP,PIB,PIB,lcu_billion,GDP of the year,\nbirths,")
        edit(
            folder / "indicators.csv",
            f"{CODE},,births",
            f"{CODE},,gdp_current,total,total,,2024,{gdp},lcu_billion,,estimated,POP,\n{CODE},,births",
        )
    rows = [{"scheme": "fund", "year": BASE, **TAIL, **row} for row in insured]
    _write(folder / "insured.csv", INSURED.names, rows)
    names = ("rule", "value", "sex", "age_from", "age_to", "from_year")
    stated = [dict(zip(names, rule, strict=False)) for rule in rules]
    rows = [{"scheme": "fund", "sex": "total", **TAIL, **row, "unit": SCHEME_RULE_UNITS[row["rule"]]} for row in stated]
    _write(folder / "scheme_rules.csv", SCHEME_RULES.names, rows)
    assets = {
        "scheme": "fund",
        "measure": "assets",
        "year": BASE,
        "value": fund / 1e6,
        "unit": "lcu_million",
        "counted_in": "money",
    }
    _write(folder / "scheme_figures.csv", SCHEME_FIGURES.names, [assets | TAIL])
    _write_deaths(folder / "demography.csv", deaths)
    return read_pack(CODE, folder.parent)


def _write(path: Path, names: list[str], rows: Iterable[Mapping]) -> None:
    lines = [",".join(_cell(row.get(name, "")) for name in names) for row in rows]
    path.write_text("\n".join([",".join(names), *lines]) + "\n", encoding="utf-8")


def _cell(value) -> str:
    return "" if value is None else repr(value) if isinstance(value, float) else str(value)


def _write_deaths(path: Path, deaths: float | Mapping[str, float]) -> None:
    rates = deaths if isinstance(deaths, Mapping) else {"female": deaths, "male": deaths}
    names = ["indicator", "age_group", "sex", "period", "variant", "value", "unit", "quality", "source", "note"]
    ages = ("0", "1-4", *terms.AGE_GROUPS[1:])
    rows = [
        {"indicator": "death_rate", "age_group": age, "sex": sex, "period": "2020-2025", "variant": "medium", "value": rate,
         "unit": "deaths_per_person_year", "quality": "assumed", "source": "POP"}
        for sex, rate in rates.items()
        for age in ages
    ]  # fmt: skip
    _write(path, names, rows)


def q_of_a_year(m: float = 0.02) -> float:
    """One year's probability of dying from a death rate that is the same at all ages: five years by Greville, then a constant force."""
    a = 2.5 - 25 / 12 * m
    return 1 - (1 - 5 * m / (1 + (5 - a) * m)) ** (1 / 5)


def q_of_ages(m: float = 0.02) -> np.ndarray:
    """The same of ages 0 to 120, as far as adults go: from 100 on a force of m, at 120 everybody."""
    return np.array([q_of_a_year(m)] * 100 + [1 - np.exp(-m)] * 20 + [1.0])


def stable_pack(tmp_path, n=0.015, g=0.04, rate=0.1, deaths=0.01, gdp=0.0):
    """A scheme in which everybody enters at 20 and retires at 60, in a population that grows by n: its pack, and q."""
    q = -np.expm1(-deaths)
    ages = np.arange(20, 121)
    people = 1000 * ((1 - q) / (1 + n)) ** (ages - 20.0)
    active = [
        {"status": "active", "sex": "female", "age_from": x, "age_to": x, "persons": float(people[x - 20]), "density": 12, "wage": 500.0,
         "service": x - 19}
        for x in range(20, 60)
    ]  # fmt: skip
    # pensions were 1 % × service × last wage at 60, and wages have grown since; prices lie still
    old = [
        {"status": "old_age", "sex": "female", "age_from": x, "age_to": x, "persons": float(people[x - 20]),
         "pension": 0.01 * 40 * 500 * (1 + g) ** -(x - 59.0)}
        for x in range(60, 121)
    ]  # fmt: skip
    rules = [
        ("contribution_rate", rate), ("accrual", 0.01), ("pensionable_age", 60), ("wage_growth", g), ("contributor_growth", n),
        ("entry_age", 1, "female", 20, 20), ("interest", 0.05),
    ]  # fmt: skip
    return pension_pack(tmp_path, [*active, *old], rules, deaths=deaths, gdp=gdp), q
