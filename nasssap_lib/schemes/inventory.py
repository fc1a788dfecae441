"""Schemes: the inventory, the matrix branch × population category, how schemes stand to each other, and branches without any.

Formal, community and voluntary schemes are treated alike. A scheme that nobody wrote down is missing, not absent.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from itertools import combinations, product

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import is_legal_zero, join_sources
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records

STANDING = ("active", "status_not_read")  # statuses with which a scheme counts as listed
INFORMAL_TYPES = ("community", "voluntary")
WHY_EMPTY = {"listed": "", "voluntary": "voluntary_only", "incomplete": "inventory_incomplete", "none": "none_found"}

# branch -> indicator, group: what shows by itself that somebody is covered in the branch
PUBLISHED_COVERAGE = {
    "medical_care": ("government_health_expenditure_gdp", "total"),
    "unemployment": ("effective_coverage", "unemployed"),
    "old_age": ("effective_coverage", "older_persons"),
    "employment_injury": ("effective_coverage", "employment_injury"),
    "family": ("effective_coverage", "children"),
    "maternity": ("effective_coverage", "mothers"),
    "invalidity": ("effective_coverage", "severe_disability"),
    "social_assistance": ("effective_coverage", "vulnerable"),
}


def in_inventory_order(schemes: pd.DataFrame) -> pd.DataFrame:
    """Schemes by type, then name: the order of every table of schemes."""
    order = {code: at for at, code in enumerate(terms.SCHEME_TYPES)}
    return schemes.assign(_order=schemes["type"].map(order)).sort_values(["_order", "name"]).drop(columns="_order")


@once_a_pack
def standing_schemes(pack: Pack) -> pd.DataFrame:
    """Schemes that pay today as far as is known, in the order of the inventory: neither planned nor closed."""
    return in_inventory_order(pack.schemes[pack.schemes["status"].isin(STANDING)])


def scheme_inventory(pack: Pack) -> pd.DataFrame:
    """The schemes of the country: formal and informal, contributory and not.

    Returns
    -------
    table : id, scheme (name), short_name, type, branches, population_category, tier, status (codes; ";" between several), institution,
        legal_basis, financing, informal (True: of a community, voluntary, or open to informal workers), source, note; sorted by
        type, then name

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> "IPRES" in set(scheme_inventory(read_pack("SEN"))["short_name"])
    True
    """
    schemes = in_inventory_order(pack.schemes)
    schemes["scheme"] = schemes["name_en"].where(schemes["name_en"] != "", schemes["name"])
    schemes["informal"] = is_informal(schemes)
    columns = [
        "id", "scheme", "short_name", "type", "branches", "population_category", "tier", "status", "institution", "legal_basis",
        "financing", "informal", "source", "note",
    ]  # fmt: skip
    return schemes[columns].reset_index(drop=True)


def is_informal(schemes: pd.DataFrame) -> pd.Series:
    """True for community and voluntary schemes, and for schemes that serve informal workers or that these may join."""
    served = (schemes["population_category"] + ";" + schemes["voluntary_for"]).str.contains(r"\binformal\b")
    return schemes["type"].isin(INFORMAL_TYPES) | served.astype(bool)


@once_a_pack
def scheme_matrix(pack: Pack) -> pd.DataFrame:
    """Branch × population category: which schemes are listed, and what an empty cell means.

    Returns
    -------
    table of 10 branches × 5 categories : branch, category, state, schemes (short names, ";", with "?" where it was not read
        whether the scheme still pays), planned (short names of planned schemes, ";"), voluntary (short names that the
        category may join, ";"), evidence (a reason cell: the published coverage behind "incomplete", or a zero in law), source, reason

    * listed: at least one active scheme serves the category
    * voluntary: none does, but the category may join one; voluntary is not legally covered
    * incomplete: no scheme is listed for the branch, though its published coverage is above zero: the whole line must be completed
    * none: none found in the sources read; nobody covered only where ``evidence`` names a zero in law

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> matrix = scheme_matrix(read_pack("LKA")).set_index(["branch", "category"])["state"]
    >>> matrix["maternity", "private_employees"], matrix["old_age", "public_servants"]
    ('incomplete', 'listed')
    """
    spread = _by_branch_and_category(pack.schemes, "population_category")
    listed_branches = set(spread.loc[spread["status"].isin(STANDING), "branch"])
    standing = _by_cell(spread[spread["status"].isin(STANDING)])
    planned = _by_cell(spread[spread["status"] == "planned"])
    joined = _by_cell(_by_branch_and_category(standing_schemes(pack), "voluntary_for"))
    rows = []
    for branch in terms.BRANCHES:
        shown = (
            {"coverage": 0.0, "evidence": "", "source": ""} if branch in listed_branches else _published(pack, branch)
        )
        for category in terms.POPULATION_CATEGORIES:
            here, later, open_to = (found.get((branch, category), []) for found in (standing, planned, joined))
            rows.append({"branch": branch, "category": category, **_cell(here, later, open_to, shown)})
    return pd.DataFrame(rows)


def _by_branch_and_category(schemes: pd.DataFrame, column: str) -> pd.DataFrame:
    """One row a scheme, branch and category of a column."""
    spread = schemes.assign(branch=schemes["branches"].str.split(";"), category=schemes[column].str.split(";"))
    spread = spread.explode("branch").explode("category")
    return spread.assign(branch=spread["branch"].str.strip(), category=spread["category"].str.strip())


def _by_cell(spread: pd.DataFrame) -> dict[tuple[str, str], list[dict]]:
    """The schemes of each branch and category, in their order."""
    cells: dict[tuple[str, str], list[dict]] = {}
    for row in as_records(spread[["id", "short_name", "status", "source", "branch", "category"]]):
        cells.setdefault((row["branch"], row["category"]), []).append(row)
    return cells


def _cell(here: list[dict], later: list[dict], open_to: list[dict], shown: dict) -> dict:
    served = {row["id"] for row in here}
    joined = [row for row in open_to if row["id"] not in served]
    state = "listed" if here else "voluntary" if joined else "incomplete" if shown["coverage"] > 0 else "none"
    return {
        "state": state,
        "schemes": ";".join(
            f"{row['short_name']} ?" if row["status"] == "status_not_read" else row["short_name"] for row in here
        ),
        "planned": ";".join(row["short_name"] for row in later),
        "voluntary": ";".join(row["short_name"] for row in joined),
        "evidence": shown["evidence"],
        "source": join_sources(*(row["source"] for row in (*here, *later, *joined)), shown["source"]),
        "reason": WHY_EMPTY[state],
    }


def _published(pack: Pack, branch: str) -> dict:
    """The newest published coverage of a branch, and what it says; 0 and nothing where nothing was published."""
    nothing = {"coverage": 0.0, "evidence": "", "source": ""}
    if branch not in PUBLISHED_COVERAGE:
        return nothing
    indicator, group = PUBLISHED_COVERAGE[branch]
    fact = pack.latest(indicator, group, terms.sex_of(group), year=pack.settings.reference_year)
    if fact.empty:
        return nothing
    row = fact.iloc[0]
    return {"coverage": float(row["value"]), "evidence": _evidence(row, group), "source": row["source"]}


def _evidence(row: pd.Series, group: str) -> str:
    year, percent = row["year"], row["value"]
    if percent == 0:
        return reason("zero_in_law" if is_legal_zero(percent, row["note"]) else "zero_published", year=year)
    if row["indicator"] == "effective_coverage":
        return reason("people_covered", people=group, percent=float(f"{percent:.3g}"), year=year)
    return reason("government_pays_health", percent=float(f"{percent:.2g}"), year=year)


def branches_without_scheme(pack: Pack) -> pd.DataFrame:
    """Branches for which the inventory lists no active scheme, and what is known about them.

    Returns
    -------
    table : branch, state (incomplete, none), evidence, planned, source, reason; no row where every branch has a scheme. "Nobody is
        covered" can be said only where ``evidence`` names a zero in law.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> branches_without_scheme(read_pack("LKA"))["branch"].tolist()
    ['medical_care', 'employment_injury', 'maternity']
    """
    matrix = scheme_matrix(pack)
    listed = matrix.groupby("branch")["schemes"].agg("".join) != ""
    first = matrix.drop_duplicates("branch")
    planned = matrix.groupby("branch")["planned"].agg(lambda names: join_sources(*names))
    rows = first[~first["branch"].map(listed)].copy()
    rows["planned"] = rows["branch"].map(planned)
    return rows[["branch", "state", "evidence", "planned", "source", "reason"]].reset_index(drop=True)


def unlisted_reforms(pack: Pack) -> pd.DataFrame:
    """Past reforms that set up or designed a scheme which the inventory does not list: either it is missing, or it never came.

    Returns
    -------
    table : year, reform, outcome ("" where it was not read), source, reason; oldest first

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> unlisted_reforms(read_pack("SEN"))["reform"].tolist()
    ['Simplified scheme for small contributors (RSPC)']
    """
    history = pack.history
    rows = history[(history["sets_up"] == "yes") & (history["schemes"] == "")].sort_values("year", kind="stable")
    rows = rows.assign(reason="in_history_not_listed")
    return rows[["year", "reform", "outcome", "source", "reason"]].reset_index(drop=True)


def relations(pack: Pack) -> pd.DataFrame:
    """How schemes stand to each other: what the pack says, and possible overlaps, found by a rule.

    Returns
    -------
    table : relation (a code of ``terms.SCHEME_RELATIONS``), first, second (short names), branches, categories (codes that both serve, ";"),
        tier, found_by ("pack" or "rule"), source. ``possible_overlap``: two active schemes with a common branch, a common
        category and the same tier that the pack does not relate; to be verified, never counted. ``parallel`` is by occupation: where
        one of the two serves no category of work (poor households, residents), the pair is ``complementary``, whatever the pack says.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> relations(read_pack("SEN"))[["relation", "first", "second"]].values.tolist()[0]
    ['parallel', 'FNR', 'IPRES']
    """
    schemes = pack.schemes.set_index("id", drop=False)
    told = _told_relations(schemes)
    known = {frozenset(pair) for pair, _ in told}
    found = [(pair, "possible_overlap") for pair in _overlaps(schemes) if frozenset(pair) not in known]
    by_id = schemes.to_dict("index")  # a row of a table costs more than the comparison
    rows = [_relation_row(by_id, *pair, name) for pair, name in (*told, *found)]
    order = list(terms.SCHEME_RELATIONS)
    columns = ["relation", "first", "second", "branches", "categories", "tier", "found_by", "source"]
    return (
        pd.DataFrame(rows, columns=columns)
        .sort_values("relation", key=lambda names: names.map(order.index), kind="stable")
        .reset_index(drop=True)
    )


def _told_relations(schemes: pd.DataFrame) -> list[tuple[tuple[str, str], str]]:
    """Pairs that the pack relates; a parallel pair stands once, whichever of the two names the other."""
    pairs: dict[frozenset, tuple[tuple[str, str], str]] = {}
    for row in schemes[schemes["relation"] != ""].itertuples():
        for other in filter(None, (name.strip() for name in row.related_scheme.split(";"))):
            if other in schemes.index:
                told = _by_occupation(row.relation, schemes.loc[row.id], schemes.loc[other])
                pairs.setdefault(frozenset((row.id, other)), ((row.id, other), told))
    return list(pairs.values())


def _by_occupation(relation: str, first: pd.Series, second: pd.Series) -> str:
    """A relation, "parallel" only where both schemes serve a category of work."""
    served = [{code.strip() for code in row["population_category"].split(";")} for row in (first, second)]
    apart = relation == "parallel" and not all(categories & set(terms.OCCUPATIONS) for categories in served)
    return "complementary" if apart else relation


def _common(first: Mapping, second: Mapping, column: str) -> list[str]:
    others = {code.strip() for code in second[column].split(";")}
    return [code.strip() for code in first[column].split(";") if code.strip() in others]


def _overlaps(schemes: pd.DataFrame) -> Iterator[tuple[str, str]]:
    """Pairs of active schemes of the same tier with a common category and a common branch.

    Social assistance is common ground only where one of the two names nothing else. Schemes that say the same are compared once.
    """
    active = schemes[schemes["status"] == "active"]
    said = [
        (row.tier, _codes(row.branches), _codes(row.population_category))
        for row in active[["tier", "branches", "population_category"]].itertuples()
    ]
    alike = {pair: _overlap(*pair) for pair in product(set(said), repeat=2) if pair[0][0] == pair[1][0]}
    for (a, of_a), (b, of_b) in combinations(zip(active["id"], said, strict=True), 2):
        if alike.get((of_a, of_b)):
            yield a, b


def _codes(cell: str) -> frozenset[str]:
    return frozenset(code.strip() for code in cell.split(";"))


def _overlap(first: tuple[str, frozenset, frozenset], second: tuple[str, frozenset, frozenset]) -> bool:
    risks = [branches for _tier, branches, _categories in (first, second)]
    named = [codes - {"social_assistance"} for codes in risks]
    branches = named[0] & named[1] if all(named) else risks[0] & risks[1]
    return bool(branches) and bool(first[2] & second[2])


def _relation_row(schemes: Mapping[str, Mapping], first: str, second: str, relation: str) -> dict:
    a, b = schemes[first], schemes[second]
    return {
        "relation": relation,
        "first": a["short_name"],
        "second": b["short_name"],
        "branches": ";".join(_common(a, b, "branches")),
        "categories": ";".join(_common(a, b, "population_category")),
        "tier": a["tier"] if a["tier"] == b["tier"] else "",
        "found_by": "rule" if relation == "possible_overlap" else "pack",
        "source": join_sources(a["source"], b["source"]),
    }
