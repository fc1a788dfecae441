"""Collection: the figures that a country should collect, in the order of what they would change; read by rules from what is n/a."""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_populations
from nasssap_lib.schemes.health import NONE_LISTED, health_affiliation
from nasssap_lib.schemes.inventory import scheme_matrix, standing_schemes
from nasssap_lib.schemes.spending import OLD_AFTER, scheme_spending, sper_matrix
from nasssap_lib.stocktaking.evidence import FIFTHS

AIMS = {  # what a missing figure would change, from the widest to the narrowest
    1: "the headline: who has no benefit at all",
    2: "who counts as not covered, group by group",
    3: "what schemes spend, and what their administration costs",
    4: "how many persons schemes reach",
    5: "what benefits are worth, and who pays for them",
    6: "whether the inventory is complete",
    7: "what the strategy must fit",
}


def figures_to_collect(pack: Pack) -> pd.DataFrame:
    """The figures to collect, in the order of what they would change; read by rules from what is n/a.

    Returns
    -------
    table : rank, aim (words of ``AIMS``), figure, missing (words), persons (of the group whose gap cannot be given or is old; NaN where
        the figure is not about a group, or its denominator is missing), quality, source, reason (why persons is NaN). Sorted by aim,
        then by persons.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> figures_to_collect(read_pack("SEN"))["figure"].head(2).tolist()
    ['Coverage of children', 'Coverage of poor persons']
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
    table = table.sort_values(["aim", "persons"], ascending=[True, False], kind="stable").reset_index(drop=True)
    table["aim"] = table["aim"].map(AIMS)
    table.insert(0, "rank", range(1, len(table) + 1))
    return table


def _wanted(aim: int, figure: str, missing: str, **about) -> dict:
    no_group = {"persons": float("nan"), "quality": "", "source": "", "reason": "not about one group of persons"}
    return {"aim": aim, "figure": figure, "missing": missing} | no_group | about


def _groups_to_measure(pack: Pack) -> list[dict]:
    """Rates by group that were not published, or are more than five years old."""
    now, rows = pack.settings.reference_year, []
    for group, words in terms.COVERAGE_GROUPS.items():
        rate = pack.latest("effective_coverage", group, "female" if group == "mothers" else "total", year=now)
        old = len(rate) and now - rate["year"].iat[0] > OLD_AFTER
        if len(rate) and not old:
            continue
        name = words.split(",")[0].lower()
        figure = "Rate of at least one benefit" if group == "at_least_one" else f"Coverage of {name}"
        missing = f"the newest rate is of {rate['year'].iat[0]}: measure again" if old else "no rate was published"
        rows.append(_wanted(1 if group == "at_least_one" else 2, figure, missing, **_size(pack, group)))
    return rows


def _size(pack: Pack, group: str) -> dict:
    """Persons of a group in the reference year."""
    sex = "female" if group == "mothers" else "total"
    target = target_populations(pack, group, [pack.settings.reference_year], sex)[0].iloc[0]
    return {name: target[name] for name in ("persons", "quality", "source", "reason")}


def _prevalence(pack: Pack) -> list[dict]:
    if len(pack.latest("severe_disability_prevalence")):
        return []
    missing = "no prevalence of severe disability: their number, and so their gap, cannot be given"
    return [
        _wanted(2, "Number of persons with severe disabilities", missing, reason="this is the figure that is missing")
    ]


def _sexes_and_fifths(pack: Pack) -> list[dict]:
    both = [
        group
        for group in terms.COVERAGE_GROUPS
        if len(_both_sexes(pack, group)) < 2 and group not in ("mothers", "at_least_one")
    ]
    names = "; ".join(terms.COVERAGE_GROUPS[group].split(",")[0].lower() for group in both)
    rows = [_wanted(2, "Coverage of women and men apart", f"not published for {names}")] if both else []
    fifths = pack.latest("aspire_coverage_social_assistance", breakdown=None)
    if not set(FIFTHS) <= set(fifths["breakdown"]):
        rows.append(_wanted(2, "Social assistance by fifth of the population", "no survey with all five fifths"))
    return rows


def _both_sexes(pack: Pack, group: str) -> set[str]:
    return set(pack.latest("effective_coverage", group, None)["sex"]) & {"female", "male"}


def _money_of_schemes(pack: Pack) -> list[dict]:
    cells, spending = sper_matrix(pack), scheme_spending(pack)
    no_share = spending[spending["share"].isna() | (spending["kind"] == "budget")]["short_name"]
    rows = []
    if pack.latest("social_protection_expenditure_gdp").empty:
        rows.append(
            _wanted(
                3,
                "National total of spending on social protection",
                "no total was found: only a lower bound can be given",
            )
        )
    rows += _of_so_many(3, "Expenditure of the year (outturn)", no_share, len(spending))
    return rows + _of_so_many(3, "Administration cost", _missing_names(cells, "administration"), len(spending))


def _persons_of_schemes(pack: Pack) -> list[dict]:
    cells = sper_matrix(pack)
    standing = cells["scheme"].nunique()
    contributory = cells[(cells["item"] == "contributors") & (cells["state"] != "by_design")]["scheme"].nunique()
    shared = cells[cells["counted_in"].isin(["households", "families"])]["short_name"].drop_duplicates()
    affiliation = health_affiliation(pack)
    affiliation = affiliation[affiliation["reason"] != NONE_LISTED]
    return [
        *_of_so_many(4, "Beneficiaries", _missing_names(cells, "beneficiaries"), standing),
        *_of_so_many(4, "Contributors", _missing_names(cells, "contributors"), contributory),
        *_of_so_many(4, "Household size of beneficiaries, to turn households into persons", shared, len(shared)),
        *_of_so_many(
            4,
            "Affiliation to health schemes",
            affiliation[affiliation["value"].isna()]["name"],
            affiliation["name"].nunique(),
        ),
    ]


def _levels_of_schemes(pack: Pack) -> list[dict]:
    cells, standing = sper_matrix(pack), standing_schemes(pack)
    contributory = standing[standing["type"].isin(terms.CONTRIBUTORY_TYPES)]
    rated = pack.scheme_figures[pack.scheme_figures["measure"].str.startswith("rate_")]["scheme"]
    without = contributory[~contributory["id"].isin(rated)]["short_name"]
    return [
        *_of_so_many(5, "Benefit level", _missing_names(cells, "benefit"), cells["scheme"].nunique()),
        *_of_so_many(5, "Contribution rates", without, len(contributory)),
    ]


def _missing_names(cells: pd.DataFrame, item: str) -> pd.Series:
    return cells[(cells["item"] == item) & (cells["state"] == "missing")]["short_name"]


def _of_so_many(aim: int, figure: str, names: pd.Series, total: int) -> list[dict]:
    """One line that names the schemes without a figure; none where every scheme has it."""
    if names.empty:
        return []
    count = (
        f"{len(names)} of {total} schemes"
        if len(names) < total
        else f"all {total} schemes"
        if total > 1
        else "1 scheme"
    )
    return [_wanted(aim, figure, f"{count}: {', '.join(names)}")]


def _holes(pack: Pack) -> list[dict]:
    """Branches that somebody is covered in though no scheme is listed, and schemes whose status was not read."""
    matrix = scheme_matrix(pack)
    holes = matrix[matrix["state"] == "incomplete"].drop_duplicates("branch")
    unread = pack.schemes[pack.schemes["status"] == "status_not_read"]["short_name"]
    rows = [
        _wanted(6, f"Schemes of {terms.BRANCHES[row.branch].lower()}", f"none is listed, though {row.evidence}")
        for row in holes.itertuples()
    ]
    return rows + _of_so_many(6, "Whether the scheme still pays", unread, len(pack.schemes))


def _documents(pack: Pack) -> list[dict]:
    unread = pack.links[pack.links["content"] == ""]
    normlex = pack.conventions[pack.conventions["status"].str.contains("NORMLEX")]["convention"]
    rows = (
        [
            _wanted(
                7, "What plans and laws say", f"{len(unread)} of {len(pack.links)} were not read beyond title and year"
            )
        ]
        if len(unread)
        else []
    )
    return rows + (
        [_wanted(7, "Ratification of Conventions", f"check NORMLEX: {', '.join(normlex)}")] if len(normlex) else []
    )
