"""Sentences on schemes: the inventory, the matrix, who pays, what benefits are worth, spending and health care."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.words import capital, join_words
from nasssap_lib.terms import BRANCHES, SCHEME_RELATIONS


def inventory_sentence(inventory: pd.DataFrame) -> str:
    """How many schemes stand in the inventory, of which kinds, and how many are informal or serve informal workers.

    Parameters
    ----------
    inventory : result of ``schemes.inventory``
    """
    if inventory.empty:
        return "The pack lists no scheme yet. That says nothing on what exists: nobody has filled the table."
    kinds = inventory["type"].value_counts(sort=False)
    words = join_words([f"{count} {name.lower()}" for name, count in kinds.items()])
    informal = int(inventory["informal"].sum())
    count = f"{len(inventory)} schemes: {words}" if len(inventory) > 1 else f"one scheme: {words}"
    open_to = f"{informal or 'None'} of them {'is' if informal == 1 else 'are'} run by communities or open to informal workers."
    return f"The inventory lists {count}. {open_to} A scheme that nobody wrote down is missing, not absent."


def matrix_title(matrix: pd.DataFrame, place: str) -> str:
    """Title of the matrix: how many branches have a scheme for employees, and how many for informal workers.

    Parameters
    ----------
    matrix : result of ``schemes.scheme_matrix``
    """
    listed = matrix[matrix["state"] == "listed"].groupby("category")["branch"].nunique()
    if listed.empty:
        return f"The inventory of {place} lists no active scheme"
    employees, informal = int(listed.get("private_employees", 0)), int(listed.get("informal", 0))
    joined = int(((matrix["category"] == "informal") & (matrix["state"] == "voluntary")).sum())
    words = f"in {employees or 'none'} of {len(BRANCHES)} branches for private employees, in {informal or 'none'} for informal workers"
    return f"Schemes are listed {words}" + (f", who may join in {joined} more" if joined else "")


def without_sentence(without: pd.DataFrame) -> str:
    """Branches without any scheme: where the inventory is incomplete, and where nothing was found.

    Parameters
    ----------
    without : result of ``schemes.branches_without_scheme``
    """
    if without.empty:
        return "Every branch has at least one scheme; that does not mean that everybody is covered in it."
    names = without["branch"].map(BRANCHES).str.lower()
    incomplete, none = names[without["state"] == "incomplete"].tolist(), names[without["state"] == "none"].tolist()
    text = (
        f"The inventory is incomplete for {join_words(incomplete)}: somebody is covered, though no scheme is listed."
        if incomplete
        else ""
    )
    return " ".join(
        filter(None, [text, f"No scheme was found in the sources read for {join_words(none)}." if none else ""])
    )


def relations_sentence(relations: pd.DataFrame) -> str:
    """How many relations of each name there are between schemes.

    Parameters
    ----------
    relations : result of ``schemes.relations``
    """
    if relations.empty:
        return "The pack names no relation between schemes, and no pair shares branch, category and tier."
    counts = relations["relation"].value_counts().reindex(SCHEME_RELATIONS).dropna().astype(int)
    words = join_words([f"{count} {SCHEME_RELATIONS[name].lower()}" for name, count in counts.items()])
    return f"Pairs of schemes: {words}. Persons of two schemes are not added up: who is in both is not known."


def rates_title(rates: pd.DataFrame, place: str) -> str:
    """Title of the picture of contribution rates: the highest rate found, of a scheme that is active.

    Parameters
    ----------
    rates : result of ``levels.contribution_rates``
    """
    used = rates[
        (rates["status"] != "planned")
        & rates["payer"].isin(["employer", "worker", "state", "total"])
        & rates["high"].notna()
    ]
    if used.empty:
        return f"No contribution rate was found for {place}"
    best = max(
        (_rate_together(part) for _, part in used.groupby(["short_name", used["payer"] == "total"])),
        key=lambda row: row[0],
    )
    return f"The highest contribution rate found in {place} is that of {best[1]}: {format_number(best[0])} % of earnings, of {best[2]}"


def _rate_together(part: pd.DataFrame) -> tuple[float, str, int]:
    """Employer and worker together where their rates are of one year, else the higher of the two; scheme and year."""
    highest = part.loc[part["high"].idxmax()]
    one_year = part["last_year"].nunique() == 1
    return (part["high"].sum() if one_year else highest["high"]), highest["short_name"], int(highest["last_year"])


def rates_sentence(rates: pd.DataFrame) -> str:
    """For how many schemes rates are missing, and that they are never added up."""
    missing = rates[rates["reason"] != ""]["short_name"].unique().tolist()
    text = "Rates are not added up over schemes: their ceilings differ, and one worker pays into several."
    return text + (f" No rate was found for {join_words(missing)}." if missing else "")


def levels_title(levels: pd.DataFrame, place: str) -> str:
    """Title of the picture of benefit levels: the range that they span, and whether for persons or households.

    Parameters
    ----------
    levels : result of ``levels.benefit_levels``
    """
    known = levels[levels["share"].notna()]
    if known.empty:
        return f"No benefit of {place} can be set against GDP per head"
    low, high = known.loc[known["share"].idxmin()], known.loc[known["share"].idxmax()]
    if len(known) == 1:
        return (
            f"One benefit is known in {place}: {high['short_name']}, {format_share(high['share'], 0)} of GDP per head"
        )
    names = (
        ("", "") if low["short_name"] == high["short_name"] else (f" ({low['short_name']})", f" ({high['short_name']})")
    )
    spread = f"{format_share(low['share'], 0)}{names[0]} to {format_share(high['share'], 0)}{names[1]}"
    return f"Benefits known in {place} are worth {spread} of GDP per head"


def sper_title(sper: pd.DataFrame, place: str) -> str:
    """Title of the fill matrix: how many figures were found of those that a review asks for.

    Parameters
    ----------
    sper : result of ``spending.sper_matrix``
    """
    asked = sper[sper["state"] != "by_design"]
    if asked.empty:
        return f"The inventory of {place} is empty: there is nothing to review yet"
    found = asked[asked["state"] != "missing"]
    tail = "" if (found["item"] == "administration").any() else "; no administration cost"
    return f"{len(found)} of {len(asked)} figures that an expenditure review asks for were found{tail}"


def spending_title(spending: pd.DataFrame, place: str) -> str:
    """Title of the picture of scheme spending: the scheme that spends most of what is known.

    Parameters
    ----------
    spending : result of ``spending.scheme_spending``
    """
    known = spending[spending["share"].notna()]
    if known.empty:
        return f"No scheme's expenditure of one year was found for {place}"
    best = known.loc[known["share"].idxmax()]
    share, count = format_share(best["share"], 2), f"{len(known)} of {len(spending)}"
    return f"Expenditure is known for {count} schemes in {place}; {best['short_name']} has the most, {share} of GDP"


def spending_sentence(total: pd.DataFrame) -> str:
    """The sum of known expenditure as a lower bound, with its years, and the national total where one was published.

    Parameters
    ----------
    total : result of ``spending.spending_total``
    """
    sums = total[total["schemes"].notna() & total["share"].notna()]
    words = {"Sum of schemes, outturns: lower bound": "Outturns", "Sum of schemes, budgets (no outturn)": "Budgets"}
    texts = [
        f"{words[row.what]} known for {row.schemes} of {row.of} schemes: {format_share(row.share, 2)} of GDP ({_years(row)}), "
        "a lower bound."
        for row in sums.itertuples()
    ]
    published = total[total["schemes"].isna()]
    texts += [f"{row.what}: {format_share(row.share, 1)} of GDP in {row.last_year}." for row in published.itertuples()]
    return (
        " ".join(texts)
        or "No expenditure of one year was found for any scheme, and no national total: a sum cannot be given."
    )


def _years(row) -> str:
    return str(row.first_year) if row.first_year == row.last_year else f"years {row.first_year} to {row.last_year}"


def health_title(panel: pd.DataFrame, place: str) -> str:
    """Title of the health panel: what households pay out of pocket.

    Parameters
    ----------
    panel : result of ``health.health_panel``
    """
    share = panel.set_index("indicator")["value"].get("out_of_pocket_share", float("nan"))
    if share != share:
        return f"How health care is paid was not published for {place}"
    return f"Households in {place} pay {format_number(share, 0)} % of health spending out of their own pocket"


def affiliation_sentence(affiliation: pd.DataFrame) -> str:
    """For how many health schemes an affiliation is known, and what it does not say.

    Parameters
    ----------
    affiliation : result of ``health.health_affiliation``
    """
    schemes = affiliation[affiliation["name"] != "All health insurance"]
    known = schemes[schemes["value"].notna()]["name"].nunique()
    names = schemes["name"].nunique()
    text = (
        f"An affiliation is known for {known} of {names} health schemes."
        if known
        else "No health scheme's affiliation was found."
    )
    return capital(
        f"{text} Affiliation is not access: who is affiliated may live far from care, or pay again at the door."
    )
