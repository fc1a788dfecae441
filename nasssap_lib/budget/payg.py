"""What a scheme costs its members: expenditure of a year, or of many, in per cent of the wages that are insured."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd

from nasssap_lib.errors import NasssapError

Yearly = float | Sequence[float] | np.ndarray | pd.Series


def payg_cost_rate(expenditure: Yearly, wage_bill: Yearly) -> np.ndarray:
    """Contribution rate that would pay a year's expenditure from the same year's insured wages: benefits and administration ÷ wages.

    Parameters
    ----------
    expenditure : money a year, at least 0
    wage_bill : insured wages of the same years, the same money; 0 or missing: not known

    Returns
    -------
    array : shares of wages, one a year; NaN where the wages are 0 or either is missing

    Raises
    ------
    NasssapError : other numbers of years, a negative amount

    Source: Iyer, *Actuarial Mathematics of Social Security Pensions* (ILO, 1999); as a product, dependency ratio × replacement ratio.

    Examples
    --------
    >>> payg_cost_rate([5.0, 8.0], [200.0, 250.0]).tolist()
    [0.025, 0.032]
    """
    spent, wages = _of_years("payg_cost_rate", expenditure, wage_bill)
    known = wages > 0
    return np.divide(spent, wages, out=np.full(spent.shape, np.nan), where=known)


def general_average_premium(expenditure: Yearly, wage_bill: Yearly, interest: float, reserve: float = 0.0) -> float:
    """The one contribution rate that, paid over all years, finances them together with the reserve: level premium of the period.

    Parameters
    ----------
    expenditure : money a year, at least 0, of years that follow each other
    wage_bill : insured wages of the same years
    interest : interest a year, a share above -1; real where money is in constant prices, nominal where it is not
    reserve : money there when the first year begins

    Returns
    -------
    float : (Σ v^(t − ½) expenditure − reserve) ÷ Σ v^(t − ½) wages, flows in the middle of a year; NaN where a year is missing or the
        wages are nothing; below 0 where the reserve pays more than everything

    Raises
    ------
    NasssapError : other numbers of years, a negative amount, interest of −100 % or less

    Source: Iyer (1999), level premium; Plamondon et al., *Actuarial Practice in Social Security* (ILO/ISSA, 2002). The simple mean of the
    yearly rates is another number, and too low where rates rise and interest is below the growth of wages.

    Examples
    --------
    >>> round(general_average_premium([10.0, 20.0], [100.0, 100.0], interest=0.0), 4)
    0.15
    """
    spent, wages = _of_years("general_average_premium", expenditure, wage_bill)
    _check_interest("general_average_premium", interest)
    discount = (1 + interest) ** -(np.arange(spent.size) + 0.5)
    insured = float(discount @ wages)
    return float((discount @ spent - reserve) / insured) if insured > 0 else float("nan")


def scaled_premium(
    expenditure: Yearly,
    wage_bill: Yearly,
    interest: float,
    reserve: float = 0.0,
    ratio: float = 1.0,
    timing: float = 0.5,
) -> float:
    """The level contribution rate after which the reserve is a multiple of the last year's expenditure: scaled premium of a period.

    Parameters
    ----------
    expenditure, wage_bill, interest, reserve : as of :func:`general_average_premium`
    ratio : reserve wanted at the end of the last year, in years of its expenditure
    timing : when in a year the flows fall: 0.5 in its middle, 1 at its end

    Returns
    -------
    float : share of insured wages; NaN where a year is missing or the wages are nothing

    Raises
    ------
    NasssapError : other numbers of years, a negative amount, interest of −100 % or less

    Source: Plamondon et al. (2002), scaled premium under a condition on the reserve at the end of the period of equilibrium.

    Examples
    --------
    >>> round(scaled_premium([10.0, 20.0], [100.0, 100.0], interest=0.0, ratio=1.0), 4)  # (10 + 20 + 20) ÷ 200
    0.25
    """
    spent, wages = _of_years("scaled_premium", expenditure, wage_bill)
    _check_interest("scaled_premium", interest)
    grown = (1 + interest) ** (spent.size - np.arange(spent.size) - timing)
    insured = float(grown @ wages)
    wanted = float(grown @ spent) + ratio * float(spent[-1]) - reserve * (1 + interest) ** spent.size
    return wanted / insured if insured > 0 else float("nan")


def _check_interest(function: str, interest: float) -> None:
    if not interest > -1:
        raise NasssapError(f"{function}: interest is {interest}; expected a share above -1, such as 0.03 for 3 %")


def _of_years(function: str, expenditure: Yearly, wage_bill: Yearly) -> tuple[np.ndarray, np.ndarray]:
    """Both as arrays of one length, after what neither can be was refused."""
    spent, wages = (np.atleast_1d(np.asarray(given, dtype=float)) for given in (expenditure, wage_bill))
    if spent.shape != wages.shape:
        raise NasssapError(
            f"{function}: expenditure has {spent.size} years and wage_bill {wages.size}; expected the same years"
        )
    for name, amounts in (("expenditure", spent), ("wage_bill", wages)):
        if (amounts < 0).any():
            raise NasssapError(f"{function}: {name} holds {amounts[amounts < 0][0]:g}; expected amounts of at least 0")
    return spent, wages
