"""Abridged life tables: what death rates by age mean for survival, the years that are left, and the value of a pension for life.

After Preston, Heuveline and Guillot, Demography (2001), ch. 3. Years lived by those who die in an age group: at 0 Andreev and Kingkade
(Demographic Research 33, 2015, in the form of the Human Mortality Database's protocol), at 1 to 4 Coale and Demeny's West (Preston,
table 3.3), at 5 to 9 the middle of the group, from 10 on Greville (1943), in the open group 1/m.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError
from nasssap_lib.terms import AGE_GROUPS

SEXES = ("female", "male")
KEYS = ("scenario", "period", "sex")  # what tells one life table of a frame from the next
COLUMNS = ["age", "width", "mx", "ax", "qx", "lx", "dx", "Lx", "Tx", "ex"]
MOST = 10.0  # deaths per person and year: nobody lives a tenth of a year on average
FIRST_FIVE_YEARS = (1.0, 4.0)
BAND = 5.0
# Andreev and Kingkade: m below which a line holds, its value at 0 and its slope
INFANTS = {
    "female": ((0.01724, 0.14903, -2.05527), (0.06891, 0.04667, 3.88089), (np.inf, 0.31411, 0.0)),
    "male": ((0.02300, 0.14929, -1.99545), (0.08307, 0.02832, 3.26021), (np.inf, 0.29915, 0.0)),
}
# Coale and Demeny, West: the same of the rate at 0, for ages 1 to 4
CHILDREN = {
    "female": ((0.107, 1.522, -1.518), (np.inf, 1.361, 0.0)),
    "male": ((0.107, 1.651, -2.816), (np.inf, 1.352, 0.0)),
}


def life_table(death_rates: pd.DataFrame) -> pd.DataFrame:
    """Life tables from central death rates.

    Parameters
    ----------
    death_rates : age_group (0, 1-4, 5-9 … and a last one without upper end, such as 100+), sex (female, male), value (deaths per
        person and year), and period where there are several: a table for each sex and period

    Returns
    -------
    table : period and sex as given, age (first year of the group), width (years; infinite in the last group), mx, ax (years lived in
        the group by those who die in it), qx (share dying), lx (survivors of 1 born), dx, Lx, Tx (years lived), ex (years left)

    Raises
    ------
    NasssapError : a rate that is missing, 0, negative or above 10; ages missing, twice or unknown; no open last age; another sex

    Notes
    -----
    q = n m / (1 + (n − a) m), and a = 2.5 − (25/12) (m_x − ln(m_{x+5} / m_{x−5}) / 10) from age 10 (Greville). Where a would leave
    nobody or fewer (a m ≥ 1) or lies outside the group, deaths follow a constant force in it, so survivors are never negative.
    Nothing is extrapolated beyond the open group.

    Examples
    --------
    >>> ages = ["0", "1-4", *(f"{age}-{age + 4}" for age in range(5, 85, 5)), "85+"]
    >>> table = life_table(pd.DataFrame({"age_group": ages, "sex": "female", "value": 0.02}))
    >>> table.loc[table["age"] == 85, "ex"].round(9).tolist()
    [50.0]
    >>> (table["lx"].diff().dropna() < 0).all()
    np.True_
    """
    _check_columns("life_table", death_rates, ["age_group", "sex", "value"])
    rates = death_rates.assign(age=_first_ages(death_rates["age_group"]))
    keys = [name for name in KEYS if name in rates]
    _check_rates(rates, keys)
    wide = rates.pivot(index=keys, columns="age", values="value")
    _check_ages(wide, rates)
    starts = wide.columns.to_numpy(dtype=float)
    functions = life_functions(wide.to_numpy(), wide.index.get_level_values("sex") == "female")
    rows = {name: np.repeat(wide.index.get_level_values(name), len(starts)) for name in keys}
    widths = np.append(np.diff(starts), np.inf)
    ages = {"age": np.tile(starts.astype("int64"), len(wide)), "width": np.tile(widths, len(wide))}
    return pd.DataFrame(rows | ages | {name: values.ravel() for name, values in functions.items()})


def _check_columns(function: str, table: pd.DataFrame, names: list[str]) -> None:
    missing = [name for name in names if name not in table]
    if missing:
        raise NasssapError(f"{function}: no column {', '.join(missing)}; expected {', '.join(names)}")


def _first_ages(groups: pd.Series) -> pd.Series:
    first = groups.astype(str).str.extract(r"^(\d+)(?:-\d+|\+)?$")[0]
    if first.isna().any():
        wrong = groups[first.isna()].iloc[0]
        raise NasssapError(
            f"life_table: age_group is {wrong!r}; expected 0, 1-4, 5-9 … and an open last one such as 100+"
        )
    return first.astype("int64")


def _check_rates(rates: pd.DataFrame, keys: list[str]) -> None:
    if rates.empty:
        raise NasssapError("life_table: no death rates; expected one for each age, sex and period")
    if strange := sorted(set(rates["sex"]) - {*SEXES}):
        raise NasssapError(
            f"life_table: sex is {strange[0]!r}; expected female or male: mortality of infants differs by sex"
        )
    wrong = rates[~(rates["value"] > 0) | (rates["value"] > MOST)]
    if len(wrong):
        row = wrong.iloc[0]
        place = f"{row['age_group']}, {', '.join(str(row[key]) for key in keys)}"
        raise NasssapError(
            f"life_table: the death rate at {place} is {row['value']:g}; expected more than 0 and at most {MOST:g} "
            "deaths per person and year; divide rates per 1,000 by 1,000"
        )
    if rates.duplicated([*keys, "age"]).any():
        row = rates[rates.duplicated([*keys, "age"])].iloc[0]
        raise NasssapError(f"life_table: age {row['age_group']} stands twice; expected each age once a sex and period")


def _check_ages(wide: pd.DataFrame, rates: pd.DataFrame) -> None:
    ages = wide.columns.tolist()
    last = rates.loc[rates["age"] == ages[-1], "age_group"].unique().tolist()
    if last != [f"{ages[-1]}+"]:
        raise NasssapError(
            f"life_table: the last age is {last[0]}; expected an open one, such as 100+, or some never die"
        )
    expected = [0, 1, *range(5, ages[-1] + 1, 5)]
    missing = sorted({*expected} - {*ages}) or wide.columns[wide.isna().any()].tolist()
    if missing or ages != expected:
        lacks = ", ".join(map(str, missing or sorted({*ages} - {*expected})))
        raise NasssapError(f"life_table: expected ages 0, 1-4, 5-9 … in groups of five years; look at age {lacks}")


def life_functions(mx: np.ndarray, female: np.ndarray) -> dict[str, np.ndarray]:
    """The columns of life tables as arrays; :func:`life_table` is the same with checks and labels.

    Parameters
    ----------
    mx : death rates, the last axis ages 0, 1-4, 5-9 … and the open one
    female : True where a row is of women; its shape is that of mx without the last axis
    """
    n = np.array([*FIRST_FIVE_YEARS, *[BAND] * (mx.shape[-1] - 3)])
    ax = _years_of_the_dying(mx, np.asarray(female), n)
    m, a = mx[..., :-1], ax[..., :-1]
    qx = np.concatenate([n * m / (1 + (n - a) * m), np.ones_like(mx[..., :1])], axis=-1)
    lx = np.concatenate([np.ones_like(mx[..., :1]), np.cumprod(1 - qx[..., :-1], axis=-1)], axis=-1)
    dx = lx * qx
    lived = np.concatenate([n * lx[..., 1:] + a * dx[..., :-1], lx[..., -1:] / mx[..., -1:]], axis=-1)
    left = np.cumsum(lived[..., ::-1], axis=-1)[..., ::-1]
    ex = np.divide(left, lx, out=np.zeros_like(left), where=lx > 0)
    return {"mx": mx, "ax": ax, "qx": qx, "lx": lx, "dx": dx, "Lx": lived, "Tx": left, "ex": ex}


def _years_of_the_dying(mx: np.ndarray, female: np.ndarray, n: np.ndarray) -> np.ndarray:
    """a_x of every age: see the notes of :func:`life_table`."""
    ax = np.empty_like(mx, dtype=float)
    ax[..., 0] = np.where(female, _on_lines(mx[..., 0], INFANTS["female"]), _on_lines(mx[..., 0], INFANTS["male"]))
    ax[..., 1] = np.where(female, _on_lines(mx[..., 0], CHILDREN["female"]), _on_lines(mx[..., 0], CHILDREN["male"]))
    ax[..., 2] = BAND / 2
    slope = np.log(mx[..., 4:] / mx[..., 2:-2]) / (2 * BAND)
    ax[..., 3:-1] = BAND / 2 - BAND**2 / 12 * (mx[..., 3:-1] - slope)
    closed, m = ax[..., :-1], mx[..., :-1]
    constant = 1 / m - n / np.expm1(n * m)
    ax[..., :-1] = np.where((closed <= 0) | (closed >= n) | (closed * m >= 1), constant, closed)
    ax[..., -1] = 1 / mx[..., -1]
    return ax


def _on_lines(m: np.ndarray, lines: tuple[tuple[float, float, float], ...]) -> np.ndarray:
    """Values of pieces of straight lines: each holds below its first number."""
    return np.select([m < below for below, _, _ in lines], [start + slope * m for _, start, slope in lines])


def ratios_of(lived: np.ndarray) -> np.ndarray:
    """Survival ratios from years lived (Lx, ages 0, 1-4, 5-9 … open): of births first, then of each five-year group into the next.

    The last one takes the last closed group and the open one together into the open one.
    """
    five = np.concatenate([lived[..., :1] + lived[..., 1:2], lived[..., 2:]], axis=-1)
    last = five[..., -1:] / (five[..., -2:-1] + five[..., -1:])
    return np.concatenate([five[..., :1] / BAND, five[..., 1:-1] / five[..., :-2], last], axis=-1)


def survival_ratios(table: pd.DataFrame) -> pd.DataFrame:
    """Share of the persons of a five-year age group who live five years later, in the next group.

    Parameters
    ----------
    table : as of :func:`life_table`, with the ages up to 100+

    Returns
    -------
    table : period and sex as given, age_group (births, 0-4 … 90-94, 95+), into (0-4 … 100+), ratio (share, 0 to 1); the last one is of
        95 and over together

    Raises
    ------
    NasssapError : another last age than 100

    Examples
    --------
    >>> ages = ["0", "1-4", *AGE_GROUPS[1:]]
    >>> ratios = survival_ratios(life_table(pd.DataFrame({"age_group": ages, "sex": "male", "value": 0.02})))
    >>> ratios.loc[ratios["age_group"] == "20-24", "ratio"].round(4).tolist()  # exp(-5 × 0.02)
    [0.9048]
    """
    keys = [name for name in KEYS if name in table]
    wide = table.pivot(index=keys, columns="age", values="Lx")
    if wide.shape[1] != len(AGE_GROUPS) + 1 or wide.columns[-1] != 100:
        raise NasssapError(
            f"survival_ratios: the last age is {wide.columns[-1]}; expected ages up to 100+, as population has them"
        )
    ratios = ratios_of(wide.to_numpy())
    groups = ["births", *AGE_GROUPS[:-2], "95+"]
    rows = {name: np.repeat(wide.index.get_level_values(name), len(groups)) for name in keys}
    ages = {"age_group": np.tile(groups, len(wide)), "into": np.tile(AGE_GROUPS, len(wide))}
    return pd.DataFrame(rows | ages | {"ratio": ratios.ravel()})


def annuity(table: pd.DataFrame, age: int, interest: float = 0.03) -> pd.DataFrame:
    """Present value of a pension of 1 a year for life from an age on, to a person of that age.

    Parameters
    ----------
    table : as of :func:`life_table`
    age : the first year of one of its age groups
    interest : real interest a year, a share (0.03 is 3 %)

    Returns
    -------
    table : period and sex as given, age, interest, annuity (years of pension): Σ (1 + i)^−(x + 2.5 − age) L_x ÷ l_age. Payments of a
        group, the open one too, are counted in its middle or 2.5 years after its begin; no inflation, no administration.

    Raises
    ------
    NasssapError : an age at which no group of the table begins, interest of −100 % or less

    Examples
    --------
    >>> ages = ["0", "1-4", *AGE_GROUPS[1:]]
    >>> table = life_table(pd.DataFrame({"age_group": ages, "sex": "male", "value": 0.02}))
    >>> annuity(table, 60, 0.0)["annuity"].round(2).tolist(), table.loc[table["age"] == 60, "ex"].round(2).tolist()
    ([50.0], [50.0])
    """
    starts = sorted(set(table["age"]))
    if age not in starts or age == 1:
        near = min(starts, key=lambda start: abs(start - age))
        raise NasssapError(
            f"annuity: age is {age}; expected the first year of an age group, such as {near if near != 1 else 5}"
        )
    if not interest > -1:
        raise NasssapError(f"annuity: interest is {interest}; expected a share above -1, such as 0.03 for 3 %")
    keys = [name for name in KEYS if name in table]
    older = table[table["age"] >= age]
    middle = older["age"] + np.minimum(older["width"], BAND) / 2 - age
    value = (older["Lx"] * (1 + interest) ** -middle).groupby([older[name] for name in keys], sort=False).sum()
    alive = older[older["age"] == age].set_index(keys)["lx"]
    return (
        (value / alive)
        .rename("annuity")
        .reset_index()
        .assign(age=age, interest=interest)[[*keys, "age", "interest", "annuity"]]
    )
