"""Sentences on schemes: the inventory, the matrix, who pays, what benefits are worth, spending and health care."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_listed, join_sentences, label, named, ngettext
from nasssap_lib.display.words import as_sentence, join_words, small_first
from nasssap_lib.schemes.health import NATIONAL
from nasssap_lib.schemes.spending import PRINTED_TOTAL, known_spending, parts_differ
from nasssap_lib.terms import BRANCHES, SCHEME_RELATIONS, SCHEME_TYPES

PAYER_NAMES = {
    "employer": N_("employer"),
    "worker": N_("worker"),
    "state": N_("the State"),
    "self_employed": N_("self-employed"),
    "pensioner": N_("pensioner"),
    "total": N_("employer and worker together"),
}
ITEM_NAMES = {
    "contributors": N_("Contributors"),
    "beneficiaries": N_("Beneficiaries"),
    "benefit": N_("Benefit"),
    "expenditure": N_("Expenditure"),
    "income": N_("Income"),
    "administration": N_("Administration"),
    "reserves": N_("Reserves (stock)"),
}
SUM_NAMES = {
    "outturn": N_("Schemes of one year, outturns: lower bound"),
    "budget": N_("Schemes of one year, budgets (no outturn)"),
    "sum_of_parts": N_("National spending on social protection, sum of the parts that its source prints"),
    "social_protection_budget": N_("Budget of social protection (no outturn)"),
    "social_protection_expenditure_gdp": N_("National spending on social protection, as published"),
    "social_assistance_expenditure_gdp": N_("National spending on social assistance, as published"),
}
SPENDING_TITLES = {  # what is known, whether of several schemes
    ("outturn", False): N_(
        "Expenditure in % of GDP is known for one of {all} schemes in {country_name}: {scheme}, {share} in {year}"
    ),
    ("budget", False): N_(
        "Of the {all} schemes in {country_name}, a budget in % of GDP is known for one: {scheme}, {share} in {year}"
    ),
    ("outturn", True): N_(
        "Expenditure in % of GDP is known for {n} of {all} schemes in {country_name}; {scheme} has the most, {share}"
    ),
    ("budget", True): N_(
        "Budgets in % of GDP are known for {n} of {all} schemes in {country_name}; {scheme} has the largest, {share}"
    ),
    ("mixed", True): N_(
        "Expenditure or budgets in % of GDP are known for {n} of {all} schemes in {country_name}; {scheme} has the most, {share}"
    ),
}
HEALTH_NAMES = {
    "uhc_service_coverage_index": N_("Universal health coverage, service index"),
    "out_of_pocket_share": N_("Paid out of pocket"),
    "catastrophic_health_spending": N_("Persons with catastrophic health spending"),
    "government_health_share": N_("Paid by government"),
    "external_health_share": N_("Paid from external sources"),
    "government_health_expenditure_budget": N_("Health in government spending"),
    "government_health_expenditure_gdp": N_("Government health spending"),
    "current_health_expenditure_gdp": N_("All health spending"),
}


def short_names(names: str) -> str:
    """Short names of schemes (";") in one line; "?" stays behind a scheme of which it was not read whether it still pays.

    Examples
    --------
    >>> short_names("Aswesuma;Samurdhi ?")
    'Aswesuma, Samurdhi ?'
    """
    return join_listed([_short_name(name) for name in names.split(";")])


def _short_name(name: str) -> str:
    known = name.removesuffix(" ?")
    return named(name) if known == name else _("{scheme} ?", scheme=named(known))


def detail_words(detail: str) -> str:
    """What the pack says of a figure, one thing after the other."""
    return join_clauses([named(part) for part in detail.split("; ")])


def year_span(first, last) -> str:
    """A year, or the first and the last of several.

    Examples
    --------
    >>> year_span(2019, 2019), year_span(2017, 2024)
    ('2019', '2017–2024')
    """
    return str(first) if first == last else f"{first}–{last}"


def inventory_sentence(inventory: pd.DataFrame) -> str:
    """How many schemes stand in the inventory, of which kinds, and how many are informal or serve informal workers.

    Parameters
    ----------
    inventory : result of ``schemes.scheme_inventory``
    """
    if inventory.empty:
        return _(
            "The country's data list no scheme yet. That says nothing on what exists: nobody has filled the table."
        )
    counts = inventory["type"].value_counts(sort=False).items()
    kinds = join_words([_("{kind} ({n})", kind=small_first(label(SCHEME_TYPES, kind)), n=n) for kind, n in counts])
    listed = ngettext(
        "The inventory lists one scheme: {kinds}.",
        "The inventory lists {n} schemes: {kinds}.",
        len(inventory),
        n=len(inventory),
        kinds=kinds,
    )
    unwritten = _("A scheme that no source names is not in this list; it may exist all the same.")
    return join_sentences([listed, _informal_sentence(int(inventory["informal"].sum())), unwritten])


def _informal_sentence(informal: int) -> str:
    if not informal:
        return _("None of them are run by communities or open to informal workers.")
    return ngettext(
        "{n} of them is run by communities or open to informal workers.",
        "{n} of them are run by communities or open to informal workers.",
        informal,
        n=informal,
    )


def matrix_title(matrix: pd.DataFrame, country_name: str) -> str:
    """Title of the matrix: how many branches have a scheme for employees, and how many for informal workers.

    Parameters
    ----------
    matrix : result of ``schemes.scheme_matrix``
    """
    listed = matrix[matrix["state"] == "listed"].groupby("category")["branch"].nunique()
    if listed.empty:
        return _("The inventory of {country_name} lists no active scheme", country_name=country_name)
    employees, informal = (int(listed.get(category, 0)) or _("none") for category in ("private_employees", "informal"))
    joined = int(((matrix["category"] == "informal") & (matrix["state"] == "voluntary")).sum())
    head = _(
        "Schemes are listed in {employees} of {branches} branches of social security for private employees, in {informal} for "
        "informal workers",
        employees=employees,
        branches=len(BRANCHES),
        informal=informal,
    )
    if not joined:
        return head
    if informal == _("none"):
        return _("{head}, and in {n} these may join voluntarily", head=head, n=joined)
    return _("{head}, and in {n} more these may join voluntarily", head=head, n=joined)


def without_sentence(without: pd.DataFrame) -> str:
    """Branches without any scheme: where the inventory is incomplete, and where nothing was found.

    Parameters
    ----------
    without : result of ``schemes.branches_without_scheme``
    """
    if without.empty:
        return _("Every branch has at least one scheme; that does not mean that everybody is covered in it.")
    told = {
        "incomplete": N_(
            "The inventory is incomplete for {branches}: somebody is covered, though no scheme is listed."
        ),
        "none": N_("No scheme was found in the sources read for {branches}."),
    }
    branches = {state: _branch_names(without[without["state"] == state]) for state in told}
    return join_sentences([_(told[state], branches=names) for state, names in branches.items() if names])


def _branch_names(rows: pd.DataFrame) -> str:
    return join_words([small_first(label(BRANCHES, branch)) for branch in rows["branch"]])


def relations_sentence(relations: pd.DataFrame) -> str:
    """How many relations of each name there are between schemes.

    Parameters
    ----------
    relations : result of ``schemes.relations``
    """
    if relations.empty:
        return _("The country's data name no relation between schemes, and no pair shares branch, category and tier.")
    counts = relations["relation"].value_counts().reindex(SCHEME_RELATIONS).dropna().astype(int).items()
    kinds = [_("{kind} ({n})", kind=small_first(label(SCHEME_RELATIONS, kind)), n=n) for kind, n in counts]
    return _(
        "Pairs of schemes: {kinds}. Persons of two schemes are not added up: who is in both is not known.",
        kinds=join_words(kinds),
    )


def rates_title(rates: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of contribution rates: the highest rate found, of a scheme that is active.

    Parameters
    ----------
    rates : result of ``schemes.contribution_rates``
    """
    used = rates[
        (rates["status"] != "planned")
        & rates["payer"].isin(["employer", "worker", "state", "total"])
        & rates["high"].notna()
    ]
    if used.empty:
        return _("No contribution rate was found for {country_name}", country_name=country_name)
    together = [_rate_together(part) for _, part in used.groupby(["short_name", used["payer"] == "total"])]
    rate, scheme, year = max(together, key=lambda row: row[0])
    return _(
        "The highest contribution rate found in {country_name} is that of {scheme}: {rate} % of earnings ({year})",
        country_name=country_name,
        scheme=named(scheme),
        rate=format_number(rate),
        year=year,
    )


def _rate_together(part: pd.DataFrame) -> tuple[float, str, int]:
    """Employer and worker together where their rates are of one year, else the higher of the two; scheme and year."""
    highest = part.loc[part["high"].idxmax()]
    one_year = part["last_year"].nunique() == 1
    return (part["high"].sum() if one_year else highest["high"]), highest["short_name"], int(highest["last_year"])


def rates_sentence(rates: pd.DataFrame) -> str:
    """For how many schemes rates are missing, and that they are never added up."""
    missing = [named(name) for name in rates[rates["reason"] != ""]["short_name"].unique()]
    apart = _("Rates are not added up over schemes: their ceilings differ, and one worker pays into several.")
    return join_sentences(
        [apart, _("No rate was found for {schemes}.", schemes=join_words(missing)) if missing else ""]
    )


def levels_title(levels: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of benefit levels: the range that they span, and whether for persons or households.

    Parameters
    ----------
    levels : result of ``schemes.benefit_levels``
    """
    known = levels[levels["share"].notna()]
    if known.empty:
        return _("No benefit of {country_name} can be set against GDP per head", country_name=country_name)
    low, high = known.loc[known["share"].idxmin()], known.loc[known["share"].idxmax()]
    about = {"country_name": country_name, "low": format_share(low["share"], 1), "high": format_share(high["share"], 1)}
    schemes = {"low_scheme": named(low["short_name"]), "high_scheme": named(high["short_name"])}
    if len(known) == 1:
        return _("One benefit is known in {country_name}: {high_scheme}, {high} of GDP per head", **about, **schemes)
    if low["short_name"] == high["short_name"]:
        return _("Benefits known in {country_name} are worth {low} to {high} of GDP per head", **about)
    return _(
        "Benefits known in {country_name} are worth {low} ({low_scheme}) to {high} ({high_scheme}) of GDP per head",
        **about,
        **schemes,
    )


def sper_title(sper: pd.DataFrame, country_name: str) -> str:
    """Title of the fill matrix: how many figures were found of those that a review asks for.

    Parameters
    ----------
    sper : result of ``schemes.sper_matrix``
    """
    asked = sper[sper["state"] != "by_design"]
    if asked.empty:
        return _("The inventory of {country_name} is empty: there is nothing to review yet", country_name=country_name)
    known = asked[asked["state"] != "missing"]
    head = _("{n} of {all} figures that an expenditure review asks for were found", n=len(known), all=len(asked))
    return head if (known["item"] == "administration").any() else _("{head}; no administration cost", head=head)


def spending_title(spending: pd.DataFrame, country_name: str) -> str:
    """Title of the picture of scheme spending: the scheme that spends most of what is known.

    Parameters
    ----------
    spending : result of ``schemes.spending_accounts``
    """
    known = known_spending(spending)
    if known.empty:
        return _("No scheme's expenditure of one year was found for {country_name}", country_name=country_name)
    most = known.loc[known["share"].idxmax()]
    kinds = set(known["kind"])
    return _(
        SPENDING_TITLES["mixed" if len(kinds) > 1 else kinds.pop(), len(known) > 1],
        n=len(known),
        all=int(spending["covers"].eq("").sum()) if "covers" in spending else len(spending),
        country_name=country_name,
        scheme=named(most["short_name"]),
        share=format_share(most["share"], 2),
        year=most["year"],
    )


def spending_sentence(total: pd.DataFrame) -> str:
    """The sum of the schemes of one year as a lower bound, national figures, and whether a printed total is the sum of its parts.

    Parameters
    ----------
    total : result of ``schemes.spending_total``
    """
    told = {
        "outturn": N_(
            "The expenditure of {n} of {all} schemes is known for {year}: together {share} of GDP, so the whole is at least that."
        ),
        "budget": N_(
            "The budgets of {n} of {all} schemes are known for {year}: together {share} of GDP, so the whole is at least that."
        ),
    }
    sums = [
        _(told[row.what], n=row.schemes, all=row.of, share=format_share(row.share, 2), year=row.year)
        for row in total[total["schemes"].notna() & total["share"].notna()].itertuples()
    ]
    published = [_national_words(row) for row in total[total["schemes"].isna()].itertuples()]
    return join_sentences([*sums, *published, _parts_differ(total)]) or _(
        "No two schemes have a published expenditure for the same year, and no national total was found: a sum cannot be given."
    )


def _national_words(row) -> str:
    figure = label(SUM_NAMES, row.what)
    if row.share == row.share:
        digits = 2 if row.parts or row.kind == "budget" else 1
        return _(
            "{total}: {share} of GDP in {year}.", total=figure, share=format_share(row.share, digits), year=row.year
        )
    if row.budget_share == row.budget_share:
        share = format_share(row.budget_share, 1)
        return _(
            "In the budget of {year}, social protection is {share} of government spending; no outturn was found.",
            share=share,
            year=row.year,
        )
    return ""


def _parts_differ(total: pd.DataFrame) -> str:
    """Where a source prints a total and its parts, and the two do not agree within what rounding may do."""
    shares = total.drop_duplicates("what").set_index("what")
    if not {PRINTED_TOTAL, "sum_of_parts"} <= set(shares.index):
        return ""
    printed, parts = (shares.loc[name] for name in (PRINTED_TOTAL, "sum_of_parts"))
    if printed["year"] != parts["year"] or not parts_differ(printed["share"], parts["share"]):
        return ""
    return _("The printed total and its parts contradict each other: neither is corrected here.")


def health_title(panel: pd.DataFrame, country_name: str) -> str:
    """Title of the health panel: what households pay out of pocket.

    Parameters
    ----------
    panel : result of ``schemes.health_panel``
    """
    share = panel.set_index("indicator")["value"].get("out_of_pocket_share", float("nan"))
    if share != share:
        return _("How health care is paid was not published for {country_name}", country_name=country_name)
    return _(
        "Households in {country_name} pay {percent} % of health spending out of their own pocket",
        country_name=country_name,
        percent=format_number(share, 0),
    )


def health_sentence(panel: pd.DataFrame, country_name: str) -> str:
    """What households pay for health care themselves, as a sentence.

    Parameters
    ----------
    panel : result of ``schemes.health_panel``
    country_name : as it stands in a sentence
    """
    return as_sentence(health_title(panel, country_name))


def affiliation_sentence(affiliation: pd.DataFrame) -> str:
    """The one national share of persons with health insurance, what differs from it, and for how many schemes a count is known.

    Parameters
    ----------
    affiliation : result of ``schemes.health_affiliation``
    """
    schemes = affiliation[affiliation["measure"] != NATIONAL]
    known = schemes[schemes["value"].notna()]["name"].nunique()
    count = _("An affiliation is known for {n} of {all} health schemes.", n=known, all=schemes["name"].nunique())
    return join_sentences(
        [
            _national_share(affiliation),
            count if known else _("No health scheme's affiliation was found."),
            _("Affiliation is not access: who is affiliated may live far from care, or pay again at the door."),
        ]
    )


def _national_share(affiliation: pd.DataFrame) -> str:
    told = affiliation[affiliation["role"].isin(["used", "differs"])]
    if told.empty:
        return _(
            "No source states a share of the population with health insurance: a scheme's own count is not taken for it."
        )
    shares = [
        _(
            "{share} of the population in {year} ({source})",
            share=format_share(row.value / 100),
            year=row.year,
            source=named(row.edition),
        )
        for row in told.itertuples()
    ]
    one = _("Stated as covered by a health scheme: {share}.", share=shares[0])
    return join_sentences([one, _("Also stated: {shares}.", shares=join_words(shares[1:])) if shares[1:] else ""])


def unlisted_sentence(unlisted: pd.DataFrame) -> str:
    """Schemes that the history tells of and the inventory does not list.

    Parameters
    ----------
    unlisted : result of ``schemes.unlisted_reforms``
    """
    if unlisted.empty:
        return _("The history of reforms tells of no scheme that is missing here.")
    told = [_told_reform(row) for row in unlisted.itertuples()]
    return _("In the history of reforms and not in this inventory: {reforms}.", reforms=join_clauses(told))


def _told_reform(row) -> str:
    about = {"reform": named(row.reform), "year": row.year}
    outcome = named(row.outcome)
    return (
        _("{reform}, {year}: {outcome}", outcome=small_first(outcome), **about)
        if outcome
        else _("{reform}, {year}", **about)
    )
