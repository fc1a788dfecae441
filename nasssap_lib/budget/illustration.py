"""What ageing alone does to a scheme's cost in per cent of wages: an illustration from one year's account, never a valuation.

A rate is shown only where one scheme's receipts pay for its pensions alone; a fund that pays balances or lump sums has none.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import numpy as np
import pandas as pd

from nasssap_lib.budget.accounts import year_accounts
from nasssap_lib.budget.pension_scheme import valued_schemes
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import persons_in
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.recipients import PENSION_BRANCHES
from nasssap_lib.schemes.sper import implied_cost_rates
from nasssap_lib.terms import CONTRIBUTORY_TYPES

WORKING_FROM = (
    15  # years: the age from which people are counted as of working age, as in the ILO's labour force statistics
)
MOSTLY = 0.5  # share of benefits above which a fund pays lump sums (threshold ours, docs/assumptions.md)
READINGS = {"cost_rate_expenditure": "upper", "cost_rate_benefits": "lower"}
COLUMNS = [
    "scheme", "short_name", "reading", "base_year", "year", "base_rate", "older", "working", "dependency", "ageing", "replacement", "rate",
    "rule", "quality", "source", "reason",
]  # fmt: skip
OLDER_COLUMNS = ["year", "older", "working", "dependency", "rule", "quality", "source", "reason"]


def payg_path(rate, dependency, replacement=1.0) -> np.ndarray:
    """A pay-as-you-go rate that moves with dependency and replacement: rate_0 × (D_t ÷ D_0) × (R_t ÷ R_0).

    Parameters
    ----------
    rate : in the first year, share of wages
    dependency : pensioners or older persons for one of working age, year by year; the first is that of the first year
    replacement : pension in relation to wages, year by year, or one for all

    Returns
    -------
    array : shares of wages, one a year

    Raises
    ------
    NasssapError : a first dependency or replacement of 0, or a negative one: nothing can be set against it

    Source: the identity PAYG rate = dependency ratio × replacement ratio (Iyer 1999), both moved from the year of the account. Coverage,
    density and collection stay as they were; it is no valuation.

    Examples
    --------
    >>> payg_path(0.10, [0.2, 0.3]).round(4).tolist()
    [0.1, 0.15]
    >>> payg_path(0.10, [0.2, 0.3], [0.6, 0.3]).round(4).tolist()
    [0.1, 0.075]
    """
    dependency = np.asarray(dependency, dtype=float)
    replacement = np.broadcast_to(np.asarray(replacement, dtype=float), dependency.shape)
    for name, values in (("dependency", dependency), ("replacement", replacement)):
        if (values < 0).any() or not (values.size and values[0] > 0):
            raise NasssapError(f"payg_path: {name} is {values.tolist()[:3]}; expected values above 0")
    return float(rate) * (dependency / dependency[0]) * (replacement / replacement[0])


def payg_illustration(pack: Pack, replacement: Mapping[int, float] | None = None) -> pd.DataFrame:
    """Illustration, not a valuation: the cost rate of each pension scheme if nothing changed but ages, year by year.

    Parameters
    ----------
    pack : the country
    replacement : year → pension in relation to wages, in any unit, from the base year on; straight lines between years, held after the
        last; None: as in the base year

    Returns
    -------
    table : scheme (id), short_name, reading (upper: all expenditure; lower: benefits alone), base_year (of the account), year, base_rate
        (share of wages), older (persons at or above the scheme's pensionable age), working (persons from 15 to that age), dependency
        (older ÷ working), ageing (dependency ÷ that of the base year), replacement (÷ that of the base year), rate (share of wages),
        rule (code: who counts as older), quality, source, reason; to the last year of the pack's population. A scheme that has no rate
        has one row, with the reason

    Raises
    ------
    NasssapError : a replacement that lacks the base year, or is not above 0

    Notes
    -----
    rate_t = rate_0 × (dependency_t ÷ dependency_0) × (replacement_t ÷ replacement_0). Persons of the whole country stand for the scheme's
    own members: the share of the old and of the working that it covers stays as it is. There is no implicit debt, no level premium and no
    year of exhaustion in it: those need a valuation.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = payg_illustration(read_pack("SEN")).query("scheme == 'ipres' and year == 2024")
    >>> dict(zip(table["reading"], (table["rate"] * 100).round(2)))
    {'upper': 12.62, 'lower': 9.88}
    """
    rates = _base_rates(pack)
    people_of = cache(lambda scheme, first: older_for_working(pack, scheme, _years_from(pack, first)))
    tables = []
    for scheme in pension_schemes(pack).itertuples():
        base = rates[rates["scheme"] == scheme.id]
        why = _refused(pack, scheme) or ("" if len(base) else "needs_rate_and_account")
        tables += (
            [_refusal(scheme, why)]
            if why
            else [_path(people_of(scheme.id, int(row.year)), scheme, row, replacement) for row in base.itertuples()]
        )
    if not tables:
        return pd.DataFrame(columns=COLUMNS)
    return pd.concat(tables, ignore_index=True)[COLUMNS].astype({"year": "Int64", "base_year": "Int64"})


def pension_schemes(pack: Pack) -> pd.DataFrame:
    """Schemes of a pack that people pay contributions for and that pay at old age, invalidity or death: rows of the inventory."""
    schemes = standing_schemes(pack)
    pays = schemes["branches"].map(lambda codes: bool(PENSION_BRANCHES & set(codes.split(";")))).astype(bool)
    return schemes[schemes["type"].isin(CONTRIBUTORY_TYPES) & pays]


def _base_rates(pack: Pack) -> pd.DataFrame:
    """The newest cost rate of each scheme and reading, of outturns alone."""
    rates = implied_cost_rates(pack)
    rates = rates[rates["kind"].eq("outturn") & rates["value"].gt(0)].sort_values("year", kind="stable")
    rates = rates.drop_duplicates(["scheme", "ratio"], keep="last")
    newest = rates.groupby("scheme")["year"].transform("max")
    return rates[rates["year"] == newest].sort_values(["scheme", "ratio"], ascending=[True, False], kind="stable")


def _refused(pack: Pack, scheme) -> str:
    """Why a scheme has no pay-as-you-go rate, whatever its figures; "" where it can have one."""
    if scheme.type == "provident_fund":
        return "pays_balances"
    others = [code for code in scheme.branches.split(";") if code not in PENSION_BRANCHES]
    shared = year_accounts(pack)["covers"]
    several = shared[shared.str.contains(";")].map(lambda covers: scheme.id in covers.split(";"))
    if scheme.id in valued_schemes(pack):
        return "is_projected"
    return join_reasons(
        pays_lump_sums(pack, scheme.id),
        "receipts_of_several" if several.any() else "",
        reason("receipts_of_branches", branch=others) if others else "",
    )


def pays_lump_sums(pack: Pack, scheme: str) -> str:
    """The reason that a fund pays lump sums for the most part, of its newest figure; "" where it does not, or nobody printed it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pays_lump_sums(read_pack("TZA"), "nssf"), pays_lump_sums(read_pack("SEN"), "ipres")
    ('mostly_lump_sums {"percent": 82.0, "year": 2014}', '')
    """
    figures = pack.scheme_figures
    own = figures[figures["scheme"].eq(scheme) & figures["measure"].eq("lump_sums_share") & figures["detail"].eq("")]
    own = own[own["year"] <= pack.settings.reference_year].sort_values("year", kind="stable")
    if own.empty or own["value"].iat[-1] <= 100 * MOSTLY:
        return ""
    return reason("mostly_lump_sums", percent=float(own["value"].iat[-1]), year=int(own["year"].iat[-1]))


def _refusal(scheme, why: str) -> pd.DataFrame:
    empty = dict.fromkeys(("reading", "rule", "quality", "source"), "") | dict.fromkeys(("base_year", "year"), pd.NA)
    numbers = dict.fromkeys(("base_rate", "older", "working", "dependency", "ageing", "replacement", "rate"), np.nan)
    return pd.DataFrame([empty | numbers | {"scheme": scheme.id, "short_name": scheme.short_name, "reason": why}])


def _years_from(pack: Pack, first: int) -> range:
    """From a year to the last one of the population."""
    last = pack.used_population["year"].max()
    return range(first, int(max(first, 0 if pd.isna(last) else last)) + 1)


def _path(people: pd.DataFrame, scheme, base, replacement: Mapping[int, float] | None) -> pd.DataFrame:
    """The rate of one reading by year; people : result of :func:`older_for_working` from its account's year on."""
    if people["dependency"].isna().any() or not people["dependency"].iat[0] > 0:
        return _refusal(scheme, people["reason"].iat[0] or "no_population_of_year")
    levels = _levels(replacement, people["year"].tolist())
    dependency = people["dependency"].to_numpy(float)
    return people.assign(
        scheme=scheme.id, short_name=scheme.short_name, reading=READINGS[base.ratio], base_year=int(base.year), base_rate=base.value,
        ageing=dependency / dependency[0], replacement=levels / levels[0], rate=payg_path(base.value, dependency, levels),
        quality=[weakest([base.quality, cell, "estimated"]) for cell in people["quality"]],
        source=[join_sources(base.source, cell) for cell in people["source"]], reason=base.reason,
    )  # fmt: skip


def _levels(replacement: Mapping[int, float] | None, years: list[int]) -> np.ndarray:
    """Replacement in each year: as given, straight lines between, held after the last."""
    if replacement is None:
        return np.ones(len(years))
    given = {int(year): float(value) for year, value in sorted(replacement.items())}
    if min(given, default=years[0] + 1) > years[0]:
        raise NasssapError(
            f"payg_illustration: replacement begins in {min(given, default='no year')}; expected {years[0]} or before"
        )
    faulty = [value for value in given.values() if not value > 0]
    if faulty:
        raise NasssapError(f"payg_illustration: replacement is {faulty[0]:g}; expected values above 0")
    return np.interp(years, list(given), list(given.values()))


def older_for_working(pack: Pack, scheme: str, years) -> pd.DataFrame:
    """Persons at or above a scheme's pensionable age, and those from 15 to that age, of each sex by its own age.

    Parameters
    ----------
    pack : the country
    scheme : id
    years : calendar years

    Returns
    -------
    table : year, older, working (persons), dependency (older ÷ working), rule (code with the ages), quality, source, reason (why there is
        none)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> older_for_working(read_pack("SEN"), "ipres", [2024])["rule"].tolist()
    ['older_from {"age": 60, "working": 15}']
    """
    years, ages = list(years), _ages(pack, scheme)
    if not ages:
        none = {"year": years, "rule": "", "quality": "", "source": "", "reason": "no_one_pensionable_age"}
        return pd.DataFrame(none | dict.fromkeys(("older", "working", "dependency"), np.nan))[OLDER_COLUMNS]
    older, working = [], []
    for sex, age in ages.items():
        older.append(persons_in(pack, years, age, sex=sex))
        working.append(persons_in(pack, years, WORKING_FROM, age - 1, sex=sex))
    old, able = (sum(part["persons"].to_numpy(float) for part in parts) for parts in (older, working))
    rows = [*older, *working]
    quality = [
        weakest(filter(None, cells)) if any(cells) else ""
        for cells in zip(*(part["quality"] for part in rows), strict=True)
    ]
    one = len(set(ages.values())) == 1
    rule = (
        reason("older_from", age=next(iter(ages.values())), working=WORKING_FROM)
        if one
        else reason("older_by_sex", women=ages["female"], men=ages["male"], working=WORKING_FROM)
    )
    return pd.DataFrame(
        {
            "year": years, "older": old, "working": able, "dependency": old / np.where(able > 0, able, np.nan), "rule": rule,
            "quality": quality, "source": join_sources(*(part["source"].iat[0] for part in rows)),
            "reason": np.where(np.isnan(old / np.where(able > 0, able, np.nan)), "no_population_of_year", ""),
        }
    )[OLDER_COLUMNS]  # fmt: skip


def _ages(pack: Pack, scheme: str) -> dict[str, int]:
    """The one normal pensionable age of a scheme, by sex where it differs; {} where it has none, or several."""
    rows = pack.pensionable_ages
    rows = rows[rows["scheme"].eq(scheme) & rows["rule"].eq("normal")]
    marked = rows[rows["denominator"].eq("yes")]
    rows = marked if len(marked) else rows
    by_sex = {sex: rows.loc[rows["sex"].eq(sex), "age"].unique() for sex in ("total", "female", "male")}
    if len(by_sex["total"]) == 1 and not len(by_sex["female"]) and not len(by_sex["male"]):
        return {"total": int(by_sex["total"][0])}
    if all(len(by_sex[sex]) == 1 for sex in ("female", "male")) and not len(by_sex["total"]):
        return {sex: int(by_sex[sex][0]) for sex in ("female", "male")}
    return {}
