"""What a valuation of a fund needs to know, line by line, with what the pack knows already and where it is from.

The lines are those of ``insured.csv`` and ``scheme_rules.csv``, and the accounts of five years: who fills the form fills the pack.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.errors import NasssapError, did_you_mean
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import SCHEME_RULE_UNITS
from nasssap_lib.schemes.accounts import is_whole, scheme_accounts
from nasssap_lib.schemes.contributions_and_benefits import contribution_rates
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.sper import whole_rates

AGES = {  # status → first ages of the groups that are asked for, and the age below which the last group begins
    "active": (range(15, 70, 5), None),
    "dormant": (range(15, 70, 5), None),
    "old_age": (range(50, 90, 5), None),
    "invalidity": (range(20, 70, 5), None),
    "survivor": (range(20, 90, 5), None),
    "orphan": (range(0, 25, 5), 24),
}
ASKED = {  # status → what is asked for each age and sex
    "active": ("persons", "density", "wage", "service"),
    "dormant": ("persons", "wage", "service"),
} | dict.fromkeys(("old_age", "invalidity", "survivor", "orphan"), ("persons", "pension"))
BY_AGE = ("retirement", "invalidity_incidence", "married", "children", "entry_age", "leaving", "returning")
RULE_AGES = (15, 25, 35, 45, 55)
YEARS = 5
LINES = (  # of an account, and the branches of which benefits are asked for
    "contributions", "state_transfer", "donor_income", "investment_income", "income", "benefits", "administration", "expenditure",
    "surplus", "assets",
)  # fmt: skip
VALUED_TYPES = (*terms.CONTRIBUTORY_TYPES, "community", "voluntary")
GROUP_COLUMNS = ["status", "sex", "age_from", "age_to", "persons", "density", "wage", "service", "pension", "source"]
RULE_COLUMNS = ["rule", "sex", "age_from", "age_to", "from_year", "value", "unit", "source"]
ACCOUNT_COLUMNS = ["item", "branch", "year", "value", "kind", "source"]
KNOWN_COLUMNS = ["measure", "detail", "branch", "year", "value", "unit", "source", "note"]
PEOPLE = ("contributors", "affiliates", "pensioners", "beneficiaries", "benefit", "other", "lump_sums_share")


class ValuationForm(NamedTuple):
    """What is asked of a fund.

    scheme : id · name, short_name : of the scheme · branches : codes, ";" · currency : of the country · persons : who is insured and who
    is paid, columns ``GROUP_COLUMNS`` (persons; density: months a year; wage, pension: national currency a month; service: years) ·
    rules : columns ``RULE_COLUMNS``, shares 0–1 · accounts : columns ``ACCOUNT_COLUMNS``, billion · known : newest figures of the pack
    beside it, columns ``KNOWN_COLUMNS``; what is not known is NaN, its source ""
    """

    scheme: str
    name: str
    short_name: str
    branches: str
    currency: str
    persons: pd.DataFrame
    rules: pd.DataFrame
    accounts: pd.DataFrame
    known: pd.DataFrame


def valuation_form(pack: Pack, scheme: str) -> ValuationForm:
    """What a valuation of a fund needs, with what the pack knows filled in.

    Parameters
    ----------
    pack : the country
    scheme : id of a scheme that people pay contributions for

    Returns
    -------
    ValuationForm

    Raises
    ------
    NasssapError : no such scheme that pays today, or one that taxes or employers pay for

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> form = valuation_form(read_pack("SEN"), "ipres")
    >>> form.rules.loc[form.rules["rule"].eq("contribution_rate"), ["value", "source"]].values.tolist()
    [[0.14, 'PAIE-SN-2023']]
    """
    schemes = standing_schemes(pack).set_index("id", drop=False)
    valued = schemes.index[schemes["type"].isin(VALUED_TYPES)].tolist()
    if scheme not in valued:
        hint = did_you_mean(str(scheme), valued)
        raise NasssapError(f"valuation_form: no scheme {scheme!r} with contributions; {hint}")
    row = schemes.loc[scheme]
    return ValuationForm(
        scheme, row["name"], row["short_name"], row["branches"], pack.settings.currency, _persons(pack, scheme), _rules(pack, scheme),
        _accounts(pack, scheme, row["branches"]), _known(pack, scheme),
    )  # fmt: skip


def _persons(pack: Pack, scheme: str) -> pd.DataFrame:
    """Groups of the newest year of ``insured.csv``; of a status that it has not, the groups that are asked for, empty."""
    own = pack.insured[pack.insured["scheme"] == scheme]
    own = own[own["year"] == own["year"].max()]
    tables = [
        own[own["status"] == status] if (own["status"] == status).any() else _empty_groups(status) for status in ASKED
    ]
    return pd.concat(tables, ignore_index=True).reindex(columns=GROUP_COLUMNS).fillna({"source": ""})


def _empty_groups(status: str) -> pd.DataFrame:
    ages, last = AGES[status]
    first = np.array(list(ages))
    until = pd.array([*(first[1:] - 1), pd.NA if last is None else last], dtype="Int64")
    groups = pd.DataFrame({"age_from": first, "age_to": until})
    both = pd.concat([groups.assign(sex=sex) for sex in ("female", "male")], ignore_index=True)
    return both.assign(status=status, source="")


def _rules(pack: Pack, scheme: str) -> pd.DataFrame:
    """Rules of ``scheme_rules.csv``; of one that it has not, what other tables of the pack say, or an empty line."""
    own = pack.scheme_rules[pack.scheme_rules["scheme"] == scheme]
    told = pd.concat([own, _told_elsewhere(pack, scheme, set(own["rule"]))], ignore_index=True)
    empty = [row for rule in terms.SCHEME_RULES if rule not in set(told["rule"]) for row in _empty_rule(rule)]
    table = pd.concat([told, pd.DataFrame(empty, columns=["rule", "sex", "age_from", "age_to"])], ignore_index=True)
    order = {rule: place for place, rule in enumerate(terms.SCHEME_RULES)}
    table = table.assign(unit=table["rule"].map(SCHEME_RULE_UNITS), _order=table["rule"].map(order))
    table = table.sort_values(
        ["_order", "from_year", "sex", "age_from"], kind="stable", ignore_index=True, na_position="first"
    )
    return table.reindex(columns=RULE_COLUMNS).fillna({"source": ""}).astype({"value": "float64"})


def _empty_rule(rule: str) -> Iterable[dict]:
    if rule not in BY_AGE:
        sexes = ("female", "male") if rule == "pensionable_age" else ("total",)
        return [{"rule": rule, "sex": sex, "age_from": pd.NA, "age_to": pd.NA} for sex in sexes]
    return [
        {"rule": rule, "sex": sex, "age_from": age, "age_to": age + 9}
        for sex in ("female", "male")
        for age in RULE_AGES
    ]


def _told_elsewhere(pack: Pack, scheme: str, have: set[str]) -> pd.DataFrame:
    """Rules that stand in other tables of the pack: contribution rate, ceiling, lowest pension, pensionable age."""
    rows = []
    if "contribution_rate" not in have:
        rates = whole_rates(contribution_rates(pack))
        rows += [
            {"rule": "contribution_rate", "sex": "total", "value": row.rate, "source": row.source}
            for row in rates[rates["scheme"] == scheme].itertuples()
        ]
    for rule, measure in (("ceiling", "ceiling"), ("minimum_pension", "benefit_minimum")):
        if rule not in have:
            rows += _newest_month(pack, scheme, rule, measure)
    if "pensionable_age" not in have:
        ages = _normal_ages(pack, scheme).drop_duplicates(["sex", "age"])
        one = ages[~ages["sex"].duplicated(keep=False)]  # of several the fund must say which
        rows += [
            {"rule": "pensionable_age", "sex": row.sex, "value": row.age, "source": row.source}
            for row in one.itertuples()
        ]
    return pd.DataFrame(rows, columns=["rule", "sex", "value", "source"])


def _normal_ages(pack: Pack, scheme: str) -> pd.DataFrame:
    """Normal pensionable ages of a scheme; where one is marked as that of its rate of coverage, this one."""
    ages = pack.pensionable_ages
    own = ages[ages["scheme"].eq(scheme) & ages["rule"].eq("normal")]
    marked = own[own["denominator"].eq("yes")]
    return marked if len(marked) else own


def _newest_month(pack: Pack, scheme: str, rule: str, measure: str) -> list[dict]:
    figures = pack.scheme_figures
    own = figures[figures["scheme"].eq(scheme) & figures["measure"].eq(measure) & figures["detail"].eq("")]
    own = own[own["unit"].isin(("lcu_per_month", "lcu_per_year")) & (own["year"] <= pack.settings.reference_year)]
    row = own.sort_values("year", kind="stable").tail(1)
    months = row["unit"].map({"lcu_per_month": 1.0, "lcu_per_year": 12.0})
    return [
        {"rule": rule, "sex": "total", "value": value, "source": source}
        for value, source in zip(row["value"] / months, row["source"], strict=True)
    ]


def _accounts(pack: Pack, scheme: str, branches: str) -> pd.DataFrame:
    """Five years of lines, an outturn before a budget, as far as they were printed of the scheme alone."""
    last = pack.settings.reference_year
    years = list(range(last - YEARS + 1, last + 1))
    accounts = scheme_accounts(pack)
    own = accounts[accounts["covers"].eq(scheme) & accounts["unit"].eq("lcu_billion") & accounts["value"].notna()]
    own = own[is_whole(own) | own["branch"].ne("")]
    own = own.assign(budget=own["kind"].eq("budget")).sort_values("budget", ascending=False, kind="stable")
    own = own.drop_duplicates(["item", "branch", "year"], keep="last")
    asked = [(item, "") for item in LINES if item != "benefits"]
    place = LINES.index("benefits")
    asked[place:place] = [*(("benefits", code) for code in branches.split(";")), ("benefits", "")]
    table = pd.DataFrame(
        [(item, branch, year) for item, branch in asked for year in years], columns=["item", "branch", "year"]
    )
    table = table.merge(own[ACCOUNT_COLUMNS], on=["item", "branch", "year"], how="left")
    return table[ACCOUNT_COLUMNS].fillna({"kind": "", "source": ""})


def _known(pack: Pack, scheme: str) -> pd.DataFrame:
    """The newest figures on persons and amounts that a line of the form could rest on."""
    figures = pack.scheme_figures
    own = figures[
        figures["scheme"].eq(scheme)
        & figures["measure"].isin(PEOPLE)
        & (figures["year"] <= pack.settings.reference_year)
    ]
    own = own.sort_values("year", kind="stable").drop_duplicates(["measure", "detail", "branch"], keep="last")
    ages = _normal_ages(pack, scheme)
    several = ages[ages["sex"].duplicated(keep=False)]
    told = several.assign(
        measure="pensionable_age", detail=several["scheme_name"], branch="", value=several["age"], unit="years"
    )
    return (
        pd.concat([own[KNOWN_COLUMNS], told[KNOWN_COLUMNS]], ignore_index=True)
        if len(told)
        else own[KNOWN_COLUMNS].reset_index(drop=True)
    )
