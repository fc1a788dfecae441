"""The rules of a pension scheme and the assumptions of its valuation, as arrays by sex and single age, year by year."""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.life_table import SEXES
from nasssap_lib.population.outlook import life_tables
from nasssap_lib.rows import as_records

OLDEST = 120  # nobody lives beyond
FIRST_AGE, LAST_AGE = 15, 75  # of those who may contribute; at the last one everybody retires
LIVES = np.arange(OLDEST + 1)
WORKS = slice(FIRST_AGE, LAST_AGE + 1)
DEFAULTS = {
    "collection": 1.0, "administration": 0.0, "short_term": 0.0, "deficit_cover": 0.0, "interest": 0.0, "inflation": 0.0,
    "wage_growth": 0.0, "vesting": 0.0, "averaging": 1.0, "ceiling": np.inf, "maximum_replacement": np.inf, "age_gap": 0.0,
    "pensionable_age": 60.0,
}  # fmt: skip


@dataclass(frozen=True)
class SchemeRules:
    """Rules of one scheme.

    Parameters
    ----------
    table : rows of ``scheme_rules.csv`` of the scheme: rule, sex (total, female, male), age_from, age_to, from_year, value

    Notes
    -----
    Of a rule those rows hold in a year whose from_year is the newest up to it; rows without from_year hold before all others. Rows of a
    sex go before those of both sexes. A rate of an age group is that of each of its ages; what is not stated is 0, collected in full,
    and without a ceiling, a highest pension or a wait.
    """

    table: pd.DataFrame
    _kept: dict = field(default_factory=dict, compare=False, repr=False)

    def has(self, rule: str) -> bool:
        """Whether the scheme states a rule."""
        return rule in self._editions()

    def states_from(self, rule: str, year: int) -> bool:
        """Whether a rule has a row that holds from this very year on."""
        return self._edition(rule, year) == year

    def at(self, rule: str, year: int, sex: str = "total") -> float:
        """The value of a rule that has no ages, in a year.

        Examples
        --------
        >>> table = pd.DataFrame({"rule": "interest", "sex": "total", "from_year": [np.nan, 2030.0], "value": [0.06, 0.05]})
        >>> SchemeRules(table).at("interest", 2029), SchemeRules(table).at("interest", 2031), SchemeRules(table).at("inflation", 2031)
        (0.06, 0.05, 0.0)
        """
        key = (rule, self._edition(rule, year), sex)
        if key not in self._kept:
            values = {row["sex"]: row["value"] for row in self._rows(*key[:2])}
            self._kept[key] = float(values.get(sex, values.get("total", DEFAULTS.get(rule, 0.0))))
        return self._kept[key]

    def along(self, rule: str, years: np.ndarray) -> np.ndarray:
        """:meth:`at` of several years."""
        return np.array([self.at(rule, int(year)) for year in years])

    def by_sex(self, rule: str, year: int) -> np.ndarray:
        """:meth:`at` of women and men."""
        return np.array([self.at(rule, year, sex) for sex in SEXES])

    def by_age(self, rule: str, year: int) -> np.ndarray:
        """The value of a rule at each single age, array (women and men, age 0 to 120), in a year; not to be changed."""
        key = (rule, self._edition(rule, year), "ages")
        if key not in self._kept:
            rows = sorted(self._rows(*key[:2]), key=lambda row: row["sex"] != "total")
            values = np.full((2, OLDEST + 1), DEFAULTS.get(rule, 0.0))
            for row in rows:
                ages = slice(_whole(row["age_from"], 0), _whole(row["age_to"], OLDEST) + 1)
                values[slice(None) if row["sex"] == "total" else SEXES.index(row["sex"]), ages] = row["value"]
            values.flags.writeable = False
            self._kept[key] = values
        return self._kept[key]

    def retirement(self, year: int) -> np.ndarray:
        """Share of those still without a pension who retire at each age; without rates, all of them at the pensionable age."""
        if self.has("retirement"):
            rates = self.by_age("retirement", year).copy()
        else:
            rates = (self.by_sex("pensionable_age", year)[:, None] <= LIVES).astype(float)
        rates[:, LAST_AGE:] = 1.0
        return rates

    def entry(self, year: int) -> np.ndarray:
        """Share of those who enter in a year who are of each sex and age, all together 1; a share of a group spread over its ages."""
        values = np.zeros((2, OLDEST + 1))
        for row in self._rows("entry_age", self._edition("entry_age", year)):
            first, last = _whole(row["age_from"], FIRST_AGE), _whole(row["age_to"], LAST_AGE - 1)
            both = 2 if row["sex"] == "total" else 1
            rows = slice(None) if row["sex"] == "total" else SEXES.index(row["sex"])
            values[rows, first : last + 1] += row["value"] / both / (last - first + 1)
        return values / values.sum() if values.sum() > 0 else values

    def indexing(self, of: str, year: int) -> float:
        """Growth in a year of what follows prices and wages in part: ``of`` is ceiling, pension or revaluation."""
        prices, wages = (self.at(f"{of}_with_{name}", year) for name in ("prices", "wages"))
        return prices * self.at("inflation", year) + wages * self.at("wage_growth", year)

    def _edition(self, rule: str, year: int) -> float:
        """The from_year of the rows that hold in a year; above every year where none do."""
        return max((start for start in self._editions().get(rule, ()) if start <= year), default=np.inf)

    def _rows(self, rule: str, edition: float) -> list[dict]:
        return self._editions().get(rule, {}).get(edition, [])

    def _editions(self) -> dict[str, dict[float, list[dict]]]:
        """Rows by rule and the year from which they hold."""
        if "editions" not in self._kept:
            kept: dict[str, dict[float, list[dict]]] = {}
            for row in as_records(self.table):
                start = -np.inf if pd.isna(row["from_year"]) else float(row["from_year"])
                kept.setdefault(row["rule"], {}).setdefault(start, []).append(row)
            self._kept["editions"] = kept
        return self._kept["editions"]


def _whole(cell, otherwise: int) -> int:
    return otherwise if pd.isna(cell) else int(cell)


def rules_of(pack: Pack, scheme: str) -> SchemeRules:
    """Rules of one scheme of a pack."""
    return SchemeRules(pack.scheme_rules[pack.scheme_rules["scheme"] == scheme].reset_index(drop=True))


@dataclass(frozen=True)
class Mortality:
    """Probabilities of dying at single ages.

    Parameters
    ----------
    starts : first year of each period
    dying : array (period, women and men, age 0 to 120)
    """

    starts: np.ndarray
    dying: np.ndarray

    def of(self, year: int) -> np.ndarray:
        """Share of those of an age at the begin of a year who die in it; before the first period its own, after the last one its own."""
        place = int(np.searchsorted(self.starts, year, side="right")) - 1
        return self.dying[max(place, 0)]


@once_a_pack
def mortality_of(pack: Pack) -> Mortality:
    """Single ages from the abridged life tables of a pack.

    Returns
    -------
    Mortality : of each period; within an age group the force of mortality is constant, q = 1 − (l_{x+n} / l_x)^(1/n), so that survivors
        at the ends of groups are those of the life table; from 100 on it stays, and nobody outlives 120

    Raises
    ------
    NasssapError : the pack has no death rates
    """
    table = life_tables(pack)
    periods = list(dict.fromkeys(table["period"]))
    order = {sex: at for at, sex in enumerate(SEXES)}
    dying = np.ones((len(periods), 2, OLDEST + 1))
    for (period, sex), rows in table.groupby(["period", "sex"], sort=False):
        starts, alive = rows["age"].to_numpy(int), rows["lx"].to_numpy(float)
        widths = np.diff(starts)
        yearly = 1 - (alive[1:] / alive[:-1]) ** (1 / widths)
        cell = dying[periods.index(period), order[sex]]
        cell[: starts[-1]] = np.repeat(yearly, widths)
        cell[starts[-1] : OLDEST] = -np.expm1(-rows["mx"].iat[-1])
    return Mortality(np.array([int(period[:4]) for period in periods]), dying)
