"""Words of the expenditure and performance review: its ratios, what a country has beside its own money, and what they say together."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_listed, join_sentences, label, named, ngettext
from nasssap_lib.display.words import join_words, money_words, small_first, small_share
from nasssap_lib.schemes.spending import known_spending
from nasssap_lib.terms import SCHEME_MEASURES

RATIO_NAMES = {
    "cost_ratio": N_("Expenditure, of income"),
    "benefits_income": N_("Benefits, of income"),
    "benefits_contributions": N_("Benefits, of contributions"),
    "administration_share": N_("Administration, % of expenditure"),
    "contributors_per_pensioner": N_("Contributors for one pensioner"),
    "expenditure_per_beneficiary": N_("Expenditure for one beneficiary"),
    "fund_ratio_opening": N_("Reserves at the beginning of the year, in years of benefits"),
    "fund_ratio_closing": N_("Reserves at the end of the year, in years of benefits"),
    "part_of_receipts": N_("Benefits, of the receipts"),
    "residual": N_("Left over by reserves, contributions and benefits"),
    "cost_rate_expenditure": N_("Pay-as-you-go cost rate, all expenditure (upper reading)"),
    "cost_rate_benefits": N_("Pay-as-you-go cost rate, benefits alone"),
}
BESIDE_NAMES = {
    "aid_social_protection": N_("Aid for social protection, all donors"),
    "aid_total": N_("Development assistance, all purposes"),
    "external_debt": N_("External debt"),
    "external_debt_service_exports": N_("Debt service"),
    "external_debt_present_value_gni": N_("Present value of external debt"),
    "tax_revenue_gdp": N_("Taxes of central government"),
    "tax_and_contributions_gdp": N_("Taxes and social contributions, all levels"),
    "tax_structure": N_("Of all taxes and social contributions"),
    "average_earnings": N_("Average earnings of employees"),
}
SHARE_OF = {
    "external_debt_service_exports": N_("{share} of exports"),
    "external_debt_present_value_gni": N_("{share} of gross national income"),
    "tax_structure": N_("{share} of all taxes"),
    "average_earnings": N_("{ratio} times GDP per head"),
}
PARTS = {
    "individual_income": N_("income of persons"),
    "corporate_income": N_("income of companies"),
    "income_not_allocable": N_("income, not allocable between persons and companies"),
    "social_contributions": N_("social contributions"),
    "payroll": N_("payroll"),
    "property": N_("property"),
    "goods_and_services": N_("goods and services"),
    "other_taxes": N_("other taxes"),
    "income": N_("income"),
    "total": N_("women and men"),
    "female": N_("women"),
    "male": N_("men"),
}
YARDSTICK_NAMES = {
    "gdp_per_head": N_("Of GDP per head"),
    "poverty_line": N_("Of the poverty line"),
    "minimum_wage": N_("Of the minimum wage"),
    "average_earnings": N_("Of average earnings"),
    "ceiling": N_("Of its own ceiling"),
}
GROUPS = {
    "income": N_("income"),
    "outgo": N_("expenditure"),
    "owed": N_("owed to it"),
    "reserves": N_("reserves"),
}
FINANCING_NAMES = {
    "contributions": N_("Contributions of employers and workers"),
    "employers": N_("Employers alone"),
    "taxes": N_("Taxes and donors"),
    "members": N_("Dues of members"),
}


def ratio_name(ratio: str) -> str:
    """Words of a ratio.

    Examples
    --------
    >>> ratio_name("cost_ratio"), ratio_name("contributions_gdp"), ratio_name("benefits_per_head")
    ('Expenditure, of income', 'Contributions received, of GDP', 'Benefits paid, per head of the population')
    """
    for ending, words in (("_gdp", N_("{figure}, of GDP")), ("_per_head", N_("{figure}, per head of the population"))):
        if ratio.endswith(ending):
            return _(words, figure=label(SCHEME_MEASURES, ratio.removesuffix(ending)))
    return label(RATIO_NAMES, ratio)


def ratio_value(value: float, unit: str, currency: str = "") -> str:
    """A ratio's value in its unit.

    Examples
    --------
    >>> ratio_value(9.17, "years"), ratio_value(1.86, "persons"), ratio_value(688.91, "lcu_billion", "TZS")
    ('9.2 years', '1.9', '688.9 billion TZS')
    """
    if unit == "share":
        return small_share(value) if value < 0.1 else format_share(value, 1)
    if unit == "years":
        return ngettext(
            "{number} year", "{number} years", int(value) if value == 1 else 2, number=format_number(value, 1)
        )
    if unit == "persons":
        return format_number(value, 1)
    if unit == "lcu_billion":
        return money_words(value, unit, currency)
    return _("{number} {currency}", number=format_number(value, 0), currency=currency)


def covered_names(covers: str, names: dict[str, str]) -> str:
    """Short names of the schemes that an account is of.

    Examples
    --------
    >>> covered_names("css_atmp;ipres", {"ipres": "IPRES"})
    'css_atmp, IPRES'
    """
    return join_listed([named(names.get(code, code)) for code in covers.split(";")])


def account_name(names: str) -> str:
    """Name of an account: of its scheme, or of all the schemes that it is of together.

    Parameters
    ----------
    names : short names, ";"

    Examples
    --------
    >>> account_name("IPRES"), account_name("IHSS EM;IHSS IVM")
    ('IPRES', 'IHSS EM and IHSS IVM together')
    """
    schemes = [named(name) for name in names.split(";")]
    return _("{schemes} together", schemes=join_words(schemes)) if len(schemes) > 1 else schemes[0]


def _of_covers(covers: str, names: dict[str, str]) -> str:
    return account_name(";".join(names.get(code, code) for code in covers.split(";")))


def joint_title(spending: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of spending where an account of several schemes is the largest that is known; otherwise "".

    Parameters
    ----------
    spending : result of ``schemes.spending_accounts``
    country_name : of the country
    """
    known = spending[spending["share"].notna()].sort_values("share", ascending=False, kind="stable")
    if known.empty or known["covers"].iat[0] == "":
        return ""
    largest = known.iloc[0]
    year = str(largest["year"])
    return _(
        "Spending of its own in % of GDP is known for {n} of {all} schemes in {country_name}; {schemes} have the most, {share} ({year})",
        n=len(known_spending(spending)),
        all=int(spending["covers"].eq("").sum()),
        country_name=country_name,
        schemes=account_name(largest["short_name"]),
        share=format_share(largest["share"], 2),
        year=_("{year}, budget", year=year) if largest["kind"] == "budget" else year,
    )


def sper_sentence(ratios: pd.DataFrame, spending: pd.DataFrame) -> str:
    """What the review can say: for how many schemes spending and balance are known, which pay more than they take in, what lacks.

    Parameters
    ----------
    ratios : result of ``schemes.sper_ratios``
    spending : result of ``schemes.scheme_spending``
    """
    if spending.empty:
        return _("The inventory lists no active scheme: there is nothing to review.")
    known = known_spending(spending[spending["kind"] == "outturn"])
    names = dict(zip(spending["scheme"], spending["short_name"], strict=True))
    shown = ratios[ratios["newest"] & ratios["value"].notna()]
    return join_sentences(
        [
            _outturns(known, len(spending)),
            _joint_accounts(shown, names),
            _balances(shown, names),
            _administration(shown, spending),
        ]
    )


def _outturns(known: pd.DataFrame, schemes: int) -> str:
    """Of how many schemes the outturn of a year stands on GDP, and of which years."""
    if known.empty:
        return _("No outturn of a year that can be set against GDP was found for any scheme.")
    return ngettext(
        "{n} scheme of {all} has an outturn of a year that can be set against GDP: of {years}.",
        "{n} schemes of {all} have an outturn of a year that can be set against GDP: of {years}.",
        len(known),
        n=len(known),
        all=schemes,
        years=join_words([str(year) for year in sorted(known["year"].unique())]),
    )


def _joint_accounts(shown: pd.DataFrame, names: dict[str, str]) -> str:
    """Accounts of several schemes of which spending is known: they stand beside."""
    spent = shown[shown["ratio"].isin(["expenditure_gdp", "benefits_gdp"]) & shown["covers"].str.contains(";")]
    told = [_of_covers(covers, names) for covers in spent["covers"].unique()]
    if not told:
        return ""
    return _("Beside them stands what is spent by {accounts}: it is of none of them alone.", accounts=join_words(told))


def _balances(shown: pd.DataFrame, names: dict[str, str]) -> str:
    balance = shown[shown["ratio"].isin(["cost_ratio", "benefits_contributions"]) & shown["kind"].eq("outturn")]
    balance = balance.sort_values("ratio", key=lambda codes: codes.ne("cost_ratio"), kind="stable").drop_duplicates(
        "covers"
    )
    above = balance[balance["value"] > 1.0005]
    if above.empty:
        return ""
    told = [
        _("{scheme} ({share} of {income} in {year})", scheme=_of_covers(row.covers, names), share=format_share(row.value, 1),
          income=small_first(label(SCHEME_MEASURES, row.below)), year=row.year)
        for row in above.itertuples()
    ]  # fmt: skip
    return _("More goes out than comes in for {schemes}.", schemes=join_listed(told))


def _administration(shown: pd.DataFrame, spending: pd.DataFrame) -> str:
    n = shown.loc[shown["ratio"] == "administration_share", "scheme"].nunique()
    if n == 0:
        return _("No scheme's whole cost of administration was found: pay of staff is only a part of it.")
    return _("The whole cost of administration is known for {n} of {all}.", n=n, all=len(spending))


def beside_sentence(beside: pd.DataFrame) -> str:
    """Aid for social protection and debt service, in one paragraph; what was not found is said.

    Parameters
    ----------
    beside : result of ``schemes.money_beside``
    """
    rows = beside.drop_duplicates("what").set_index("what")
    aid, debt = rows.loc["aid_social_protection"], rows.loc["external_debt_service_exports"]
    first = _("No figure on aid for social protection was found.")
    if pd.notna(aid["share"]):
        first = _(
            "Donors disbursed {share} of GDP for social protection in {year}; whether it passed through the budget is not said.",
            share=small_share(aid["share"]),
            year=int(aid["year"]),
        )
    second = _("No figure on debt service was found.")
    if pd.notna(debt["share"]):
        second = _(
            "Service of external debt took {share} of exports in {year}.",
            share=format_share(debt["share"], 1),
            year=int(debt["year"]),
        )
    return join_sentences([first, second])
