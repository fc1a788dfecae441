"""Collection: the figures that a country should collect, in the order of what they would change; read by rules from what is n/a."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_populations
from nasssap_lib.provenance import is_old
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.health import health_affiliation
from nasssap_lib.schemes.inventory import scheme_matrix, standing_schemes, unlisted_reforms
from nasssap_lib.schemes.spending import scheme_spending, sper_matrix
from nasssap_lib.stocktaking.context import conventions

# what a missing figure would change, from the widest to the narrowest
AIMS = ("headline", "groups", "spending", "persons", "levels", "inventory", "fit")


def figures_to_collect(pack: Pack) -> pd.DataFrame:
    """The figures to collect, in the order of what they would change; read by rules from what is n/a.

    Returns
    -------
    table : rank, aim (a code of ``AIMS``), figure, missing (reason cells), persons (of the group whose gap cannot be given or is old;
        NaN where the figure is not about a group, or its denominator is missing), quality, source, reason (why persons is NaN).
        Sorted by aim, then by persons.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> figures_to_collect(read_pack("SEN"))["figure"].head(2).tolist()
    ['collect_coverage {"people": "children"}', 'collect_coverage {"people": "poor"}']
    """
    rules = (
        _groups_to_measure,
        _prevalence,
        _sexes_and_fifths,
        _money_of_schemes,
        _persons_of_schemes,
        _levels_of_schemes,
        _holes,
        _documents,
    )
    rows = [row for rule in rules for row in rule(pack)]
    columns = ["aim", "figure", "missing", "persons", "quality", "source", "reason"]
    table = pd.DataFrame(rows, columns=columns).astype({"persons": "float64"})
    table = table.assign(order=table["aim"].map(AIMS.index)).sort_values(
        ["order", "persons"], ascending=[True, False], kind="stable"
    )
    return table.assign(rank=range(1, len(table) + 1)).reset_index(drop=True)[["rank", *columns]]


def _wanted(aim: str, figure: str, missing: str, **about) -> dict:
    no_group = {"persons": float("nan"), "quality": "", "source": "", "reason": "not_about_one_group"}
    return {"aim": aim, "figure": figure, "missing": missing} | no_group | about


def _groups_to_measure(pack: Pack) -> list[dict]:
    """Rates by group that were not published, or are more than five years old."""
    now, rows = pack.settings.reference_year, []
    for group in terms.COVERAGE_GROUPS:
        rate = pack.latest("effective_coverage", group, terms.sex_of(group), year=now)
        old = len(rate) and is_old(rate["year"].iat[0], now)
        if len(rate) and not old:
            continue
        everybody = group == "at_least_one"
        figure = "collect_at_least_one" if everybody else reason("collect_coverage", people=group)
        missing = reason("measure_again", year=rate["year"].iat[0]) if old else "no_rate_published"
        rows.append(_wanted("headline" if everybody else "groups", figure, missing, **_size(pack, group)))
    return rows


def _size(pack: Pack, group: str) -> dict:
    """Persons of a group in the reference year."""
    sex = terms.sex_of(group)
    target = target_populations(pack, group, [pack.settings.reference_year], sex)[0].iloc[0]
    return {name: target[name] for name in ("persons", "quality", "source", "reason")}


def _prevalence(pack: Pack) -> list[dict]:
    if len(pack.latest("severe_disability_prevalence")):
        return []
    return [_wanted("groups", "collect_disability", "no_prevalence", reason="this_is_missing")]


def _sexes_and_fifths(pack: Pack) -> list[dict]:
    people = [group for group in terms.PEOPLE if len(_both_sexes(pack, group)) < 2 and group != "mothers"]
    rows = [_wanted("groups", "collect_sexes", reason("not_published_for", people=people))] if people else []
    fifths = pack.latest("aspire_coverage_social_assistance", breakdown=None)
    if not set(terms.QUINTILES) <= set(fifths["breakdown"]):
        rows.append(_wanted("groups", "collect_fifths", "no_survey_of_fifths"))
    return rows


def _both_sexes(pack: Pack, group: str) -> set[str]:
    return set(pack.latest("effective_coverage", group, None)["sex"]) & {"female", "male"}


def _money_of_schemes(pack: Pack) -> list[dict]:
    cells, spending = sper_matrix(pack), scheme_spending(pack)
    no_share = spending[spending["share"].isna() | (spending["kind"] == "budget")]["short_name"]
    rows = []
    if pack.latest("social_protection_expenditure_gdp").empty:
        budget = pack.latest("social_protection_budget")
        missing = reason("only_a_budget", year=budget["year"].iat[0]) if len(budget) else "no_national_total"
        rows.append(_wanted("spending", "collect_national_total", missing))
    rows += _of_so_many("spending", "collect_expenditure", no_share, len(spending))
    rows += _of_so_many("spending", "collect_administration", _missing_names(cells, "administration"), len(spending))
    funds = standing_schemes(pack)
    funds = funds[funds["type"].isin(terms.CONTRIBUTORY_TYPES)]
    own = cells[cells["scheme"].isin(funds["id"])]
    for item, figure in (("income", "collect_income"), ("reserves", "collect_reserves")):
        rows += _of_so_many("spending", figure, _missing_names(own, item), len(funds))
    return rows


def _persons_of_schemes(pack: Pack) -> list[dict]:
    cells = sper_matrix(pack)
    standing = cells["scheme"].nunique()
    contributory = cells[(cells["item"] == "contributors") & (cells["state"] != "by_design")]["scheme"].nunique()
    shared = cells[cells["counted_in"].isin(["households", "families"])]["short_name"].drop_duplicates()
    affiliation = health_affiliation(pack)
    affiliation = affiliation[affiliation["name"] != ""]  # one scheme, not all of them together
    unknown = affiliation[affiliation["value"].isna()]["name"]
    return [
        *_of_so_many("persons", "collect_beneficiaries", _missing_names(cells, "beneficiaries"), standing),
        *_of_so_many("persons", "collect_contributors", _missing_names(cells, "contributors"), contributory),
        *_of_so_many("persons", "collect_household_size", shared, len(shared)),
        *_of_so_many("persons", "collect_affiliation", unknown, affiliation["name"].nunique()),
    ]


def _levels_of_schemes(pack: Pack) -> list[dict]:
    cells, standing = sper_matrix(pack), standing_schemes(pack)
    contributory = standing[standing["type"].isin(terms.CONTRIBUTORY_TYPES)]
    rated = pack.scheme_figures[pack.scheme_figures["measure"].str.startswith("rate_")]["scheme"]
    without = contributory[~contributory["id"].isin(rated)]["short_name"]
    return [
        *_of_so_many("levels", "collect_benefit", _missing_names(cells, "benefit"), cells["scheme"].nunique()),
        *_of_so_many("levels", "collect_rates", without, len(contributory)),
    ]


def _missing_names(cells: pd.DataFrame, item: str) -> pd.Series:
    return cells[(cells["item"] == item) & (cells["state"] == "missing")]["short_name"]


def _of_so_many(aim: str, figure: str, names: pd.Series, total: int) -> list[dict]:
    """One line that names the schemes without a figure; none where every scheme has it."""
    if names.empty:
        return []
    schemes = list(names)
    if len(names) < total:
        return [_wanted(aim, figure, reason("missing_for_some", n=len(names), all=total, schemes=schemes))]
    everyone = reason("missing_for_all", all=total, schemes=schemes)
    few = {1: reason("missing_for_one", schemes=schemes), 2: reason("missing_for_both", schemes=schemes)}
    return [_wanted(aim, figure, few.get(total, everyone))]


def _holes(pack: Pack) -> list[dict]:
    """Branches that somebody is covered in though no scheme is listed, and schemes whose status was not read."""
    matrix = scheme_matrix(pack)
    holes = matrix[matrix["state"] == "incomplete"].drop_duplicates("branch")
    unread = pack.schemes[pack.schemes["status"] == "status_not_read"]["short_name"]
    rows = [
        _wanted("inventory", reason("collect_schemes", branch=row.branch), join_reasons("none_listed", row.evidence))
        for row in holes.itertuples()
    ]
    unlisted = unlisted_reforms(pack)["reform"]
    if len(unlisted):
        rows.append(_wanted("inventory", "collect_unlisted", reason("told_in_history", reforms=list(unlisted))))
    return rows + _of_so_many("inventory", "collect_status", unread, len(pack.schemes))


def _documents(pack: Pack) -> list[dict]:
    unread = pack.links[pack.links["content"] == ""]
    known = conventions(pack)
    unchecked = list(known.loc[known["check"], "convention"])
    documents = reason("documents_not_read", n=len(unread), all=len(pack.links))
    rows = [_wanted("fit", "collect_documents", documents)] if len(unread) else []
    ratification = reason("check_normlex", conventions=unchecked)
    return rows + ([_wanted("fit", "collect_ratification", ratification)] if unchecked else [])
