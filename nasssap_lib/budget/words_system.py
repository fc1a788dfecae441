"""Sentences on the system in the years to come: the answer first, then who is not in it and why."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.budget.words_accounts import lacking_words
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import N_, _, join_sentences, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.schemes.words_sper import account_name

METHODS = {
    "account": N_("account of its year"),
    "pension": N_("actuarial: insured persons and rules"),
    "balances": N_("balances: contributions, interest, payout"),
    "insurance": N_("insured persons × amounts for each"),
    "recipients": N_("recipients × benefit"),
    "": N_("not projected"),
}


def projected(system: pd.DataFrame) -> pd.DataFrame:
    """Rows of the years after an account.

    Parameters
    ----------
    system : result of ``budget.project_system``
    """
    return system[~system["method"].isin(("account", ""))]


def system_sentence(system: pd.DataFrame, totals: pd.DataFrame) -> str:
    """What the schemes that can be projected take in and pay, now and in the last year, with the decisions of today.

    Parameters
    ----------
    system : result of ``budget.project_system``
    totals : result of ``budget.system_totals``
    """
    if system.empty:
        return _("The inventory lists no active scheme: there is no system to project.")
    if totals.empty:
        return join_sentences([_("No scheme's figures carry a projection."), _accounts(system), not_projected(system)])
    first, last = totals.iloc[0], totals.iloc[-1]
    count = {"n": int(last["schemes"]), "all": int(last["of"])}
    paid = ngettext(
        "If nothing is decided, {n} scheme of {all} pays {share} of GDP in {year} and {last} in {last_year}.",
        "If nothing is decided, {n} schemes of {all} pay {share} of GDP in {year} and {last} in {last_year}.",
        count["n"], share=format_share(first["share_of_gdp"], 2), year=int(first["year"]), last=format_share(last["share_of_gdp"], 2),
        last_year=int(last["year"]), **count,
    )  # fmt: skip
    taken = _(
        "{share} and {last} of GDP come in, of which {state} and {last_state} from the State.",
        share=format_share(first["income_share"], 2), last=format_share(last["income_share"], 2),
        state=format_share(first["state_transfer"] / first["gdp"], 2), last_state=format_share(last["state_transfer"] / last["gdp"], 2),
    )  # fmt: skip
    return join_sentences([paid, taken, not_projected(system)])


def _accounts(system: pd.DataFrame) -> str:
    """Of which schemes the account of one year stands in the table."""
    rows = system[system["method"] == "account"]
    told = [_("{scheme} ({year})", scheme=account_name(row.short_name), year=row.year) for row in rows.itertuples()]
    return _("The account of one year is all that is known of {schemes}.", schemes=join_words(told)) if told else ""


def not_projected(system: pd.DataFrame) -> str:
    """Which schemes are not projected, by the reason.

    Parameters
    ----------
    system : result of ``budget.project_system``
    """
    rest = system[~system["scheme"].isin(projected(system)["scheme"])]
    return lacking_words(rest.assign(short_name=rest["short_name"].map(account_name)))


def system_title(system: pd.DataFrame, totals: pd.DataFrame, country_name: str) -> str:
    """The finding of the picture of the system.

    Parameters
    ----------
    system : result of ``budget.project_system``
    totals : result of ``budget.system_totals``
    country_name : of the country
    """
    if totals.empty:
        return _("No scheme's figures in {country_name} carry a projection", country_name=country_name)
    first, last = totals.iloc[0], totals.iloc[-1]
    return _(
        "If nothing is decided, {n} of {all} schemes in {country_name} pay {first} of GDP in {year} and {last} in {last_year}",
        n=int(last["schemes"]), all=int(last["of"]), country_name=country_name, first=format_share(first["share_of_gdp"], 2),
        year=int(first["year"]), last=format_share(last["share_of_gdp"], 2), last_year=int(last["year"]),
    )  # fmt: skip
