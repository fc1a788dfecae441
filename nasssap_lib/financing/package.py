"""Everything that is asked of who pays for a package of options, in one step."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import pandas as pd

from nasssap_lib.financing.checks import aid_beside_gap, revenue_checks
from nasssap_lib.financing.debt import debt_path
from nasssap_lib.financing.gap import financing_gap
from nasssap_lib.financing.options import financing_options
from nasssap_lib.financing.payers import who_pays
from nasssap_lib.financing.space import space_by_year
from nasssap_lib.pack.model import Pack


class Financing(NamedTuple):
    """Who pays for a package: results of the functions of the same names."""

    options: pd.DataFrame  # financing_options
    space: pd.DataFrame  # space_by_year
    gap: pd.DataFrame  # financing_gap
    payers: pd.DataFrame  # who_pays
    revenue: pd.DataFrame  # revenue_checks
    aid: pd.DataFrame  # aid_beside_gap
    debt: pd.DataFrame  # debt_path


def finance_package(pack: Pack, costs: pd.DataFrame, options: Iterable[str] | None = None) -> Financing:
    """What there is to pay for a package, what is missing by year, and what the missing part would mean.

    Parameters
    ----------
    pack : the country
    costs : result of ``costing.combine_options`` (each person paid once), or of ``costing.cost_package``
    options : ids of the options that are costed; None: all of the pack

    Returns
    -------
    Financing : seven tables, each as its own function gives it

    Raises
    ------
    NasssapError : no such option; a stock or headroom without a last year

    Examples
    --------
    >>> from nasssap_lib.costing.package import cost_package
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> money = finance_package(pack, cost_package(pack, [2031], ["social_pension"]), ["social_pension"])
    >>> bool(money.gap["gap"].iat[0] == money.gap["cost"].iat[0])  # nothing is proposed
    True
    """
    space = space_by_year(pack, costs["year"].unique(), options)
    gap = financing_gap(costs, space, pack)
    checks = revenue_checks(pack, gap), aid_beside_gap(pack, gap), debt_path(pack, gap)
    return Financing(financing_options(pack), space, gap, who_pays(gap, space), *checks)
