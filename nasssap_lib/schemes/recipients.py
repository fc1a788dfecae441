"""Recipients: which counts of people stand for all whom a scheme pays, so that its money may be divided by them."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.accounts import MONEY, NOT_OF_ONE_YEAR

COUNTS = ("beneficiaries", "pensioners")
PENSION_BRANCHES = {"old_age", "invalidity", "survivors"}
ALONE = "pensioners_alone"


def recipient_counts(accounts: pd.DataFrame, schemes: pd.DataFrame) -> pd.DataFrame:
    """Accounts in which every count without a detail is of all whom a scheme pays.

    Parameters
    ----------
    accounts : result of ``accounts.scheme_accounts``
    schemes : rows of the inventory: id, type, branches

    Returns
    -------
    accounts, changed in two ways. Pensioners of what pays more than pensions (another branch, or balances of a provident fund) have no
    value, and ``pensioners_alone`` as reason. A count of people with a detail, such as children, loses it where it is the only count of its
    scheme and year: then it is of those whom the scheme is for, which the reason says. Not so where the detail names a period, or a
    part of the scheme that money is told of too, such as a province

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.schemes.accounts import scheme_accounts
    >>> pack = read_pack("HND")
    >>> counts = recipient_counts(scheme_accounts(pack), pack.schemes).query("scheme == 'alimentacion' and item == 'beneficiaries'")
    >>> counts[["detail", "value", "reason"]].values.tolist()
    [['', 1228592.0, 'count_is_of {"detail": "children"}']]
    """
    counts = accounts["item"].isin(COUNTS)
    barred = accounts["item"].eq("pensioners") & ~_of_pensions_alone(accounts["covers"], schemes)
    named = counts & ~barred & _is_the_only_count(accounts, counts)
    told = [
        ALONE if bar else join_reasons(cell, reason("count_is_of", detail=detail)) if name else cell
        for bar, name, cell, detail in zip(barred, named, accounts["reason"], accounts["detail"], strict=True)
    ]
    return accounts.assign(value=accounts["value"].mask(barred), detail=accounts["detail"].mask(named, ""), reason=told)


def _of_pensions_alone(covers: pd.Series, schemes: pd.DataFrame) -> pd.Series:
    """Whether each account is of schemes that pay pensions and nothing else."""
    pensions = schemes["branches"].map(lambda codes: set(codes.split(";")) <= PENSION_BRANCHES).astype(bool)
    alone = set(schemes["id"][pensions & schemes["type"].ne("provident_fund")])
    return covers.astype(str).map(lambda codes: set(codes.split(";")) <= alone).astype(bool)


def _is_the_only_count(accounts: pd.DataFrame, counts: pd.Series) -> pd.Series:
    """Whether each count has a detail, none stands beside it in its year, and its detail is neither a period nor a part."""
    key = ["scheme", "covers", "year"]
    single = ~accounts.assign(other=~counts).duplicated([*key, "other"], keep=False)
    told = accounts["detail"].astype(str) + " " + accounts["note"].astype(str)
    period = told.str.contains(NOT_OF_ONE_YEAR) | accounts["detail"].astype(str).str.contains(r"\d{4}")
    money = accounts[accounts["item"].isin(MONEY) & accounts["detail"].ne("")]
    parts = {(scheme, detail.split(",")[0]) for scheme, detail in zip(money["scheme"], money["detail"], strict=True)}
    part = [
        (scheme, detail.split(",")[0]) in parts
        for scheme, detail in zip(accounts["scheme"], accounts["detail"], strict=True)
    ]
    return (
        accounts["detail"].ne("")
        & accounts["branch"].eq("")
        & single
        & ~period
        & ~pd.Series(part, accounts.index, dtype=bool)
    )
