"""Health care: how it is paid and reached, and who is affiliated to which scheme. A guarantee of its own, outside SDG 1.3.1.

An index is never turned into persons, and affiliation is not access.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources
from nasssap_lib.schemes.inventory import standing_schemes

HEALTH = {  # indicator -> a code of PANEL_UNITS
    "uhc_service_coverage_index": "score",
    "out_of_pocket_share": "percent_of_health_expenditure",
    "catastrophic_health_spending": "percent_of_population",
    "government_health_share": "percent_of_health_expenditure",
    "external_health_share": "percent_of_health_expenditure",
    "government_health_expenditure_budget": "percent_of_government_expenditure",
    "government_health_expenditure_gdp": "percent_of_gdp",
    "current_health_expenditure_gdp": "percent_of_gdp",
}
NATIONAL = "health_insurance_coverage"  # affiliation to all health schemes together
HEALTH_BRANCHES = {
    "medical_care",
    "sickness",
    "maternity",
}  # what one health insurance covers: a member of one is a member of all
AFFILIATION = ("affiliates", "contributors", "beneficiaries", "coverage")


def health_panel(pack: Pack) -> pd.DataFrame:
    """How health care is paid and reached: one line an indicator, each with its own year. Outside SDG 1.3.1, never in persons.

    Returns
    -------
    table : indicator, value, unit (a code of ``terms.PANEL_UNITS``), year, quality, source, reason

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> health_panel(read_pack("SEN")).set_index("indicator").loc["uhc_service_coverage_index", "unit"]
    'score'
    """
    rows = []
    for indicator, unit in HEALTH.items():
        fact = pack.latest(indicator, year=pack.settings.reference_year)
        known = (
            fact.iloc[0].to_dict() if len(fact) else {"value": float("nan"), "year": pd.NA, "quality": "", "source": ""}
        )
        rows.append(
            {"indicator": indicator, "unit": unit, "reason": "" if len(fact) else "not_published"}
            | {name: known[name] for name in ("value", "year", "quality", "source")}
        )
    return pd.DataFrame(rows)[["indicator", "value", "unit", "year", "quality", "source", "reason"]]


def national_affiliation(pack: Pack) -> pd.DataFrame:
    """The one share of persons with health insurance, all schemes together, that every chapter uses; the rest only differs from it.

    The rule is that of every published series: the edition that ranks highest, of it the newest year up to the reference year.

    Returns
    -------
    table with the columns of ``terms.FACT`` (value in % of the population) : one row, none where no source states such a share.
        A scheme's own count is never taken for it.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> national_affiliation(read_pack("RWA"))[["value", "year"]].values.tolist(), len(national_affiliation(read_pack("ZMB")))
    ([[85.3, 2024.0]], 0)
    """
    return pack.latest(NATIONAL, year=pack.settings.reference_year)


def health_affiliation(pack: Pack) -> pd.DataFrame:
    """Who is affiliated to a health scheme: the one national share, shares that differ from it, and scheme by scheme.

    Affiliation is not access. A count of the members of several branches or schemes, of which health insurance is one, is no count of it.

    Returns
    -------
    table : name (short, of the scheme; "" for all together), measure (a code of ``terms.SCHEME_MEASURES``, or
        ``health_insurance_coverage`` for all together), role ("used": the share of :func:`national_affiliation`; "differs": another
        source's share of the same year, or a newer one; "above": a scheme's own share, higher than that of all together; "" of any
        other scheme), detail, value, unit, counted_in, year, edition (short name of
        the source of a share), note, quality, source, reason; a health scheme without figure, or without one of health insurance
        alone, has NaN, and so has the national share where none is stated

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> health_affiliation(read_pack("RWA"))[["role", "value"]].values.tolist()[:2]
    [['used', 85.3], ['differs', 89.0]]
    """
    schemes = standing_schemes(pack)
    schemes = schemes[schemes["branches"].str.split(";").map(lambda codes: "medical_care" in codes).astype(bool)]
    rows = [row for scheme in schemes.itertuples() for row in _affiliation_of(pack, scheme)] or [
        _no_affiliation("", "no_health_scheme")
    ]
    columns = [
        "name", "measure", "role", "detail", "value", "unit", "counted_in", "year", "edition", "note", "quality", "source", "reason",
    ]  # fmt: skip
    table = pd.DataFrame([*_national_rows(pack), *rows], columns=columns)
    above = (table["name"] != "") & (table["unit"] == "percent") & (table["value"] > table["value"].iat[0])
    table.loc[above, "role"] = "above"  # one scheme cannot reach more than all together
    return table.astype({"year": "Int64", "value": "float64"})


def _national_rows(pack: Pack) -> list[dict]:
    """The share that is used and those that differ from it."""
    used = national_affiliation(pack)
    if used.empty:
        return [_no_affiliation("", "no_insured_share") | {"measure": NATIONAL, "counted_in": "persons"}]
    facts = pack.facts[(pack.facts["area"] == "") & (pack.facts["breakdown"] == "")]
    facts = facts[(facts["indicator"] == NATIONAL) & (facts["year"] <= pack.settings.reference_year)]
    row = used.iloc[0]
    others = facts[(facts["source"] != row["source"]) & (facts["year"] >= row["year"])]
    names = pack.sources.set_index("id")
    told = [("used", row), *(("differs", other) for _, other in others.iterrows())]
    return [
        {"name": "", "measure": NATIONAL, "role": role, "detail": "", "counted_in": "persons", "reason": ""}
        | {"edition": _edition(names, fact["source"])}
        | {column: fact[column] for column in ("value", "unit", "year", "note", "quality", "source")}
        for role, fact in told
    ]


def _edition(names: pd.DataFrame, source: str) -> str:
    """How a caption names the first of a figure's sources."""
    row = names.loc[source.split(";")[0]]
    return row["short"] or row["publisher"]


def _affiliation_of(pack: Pack, scheme) -> list[dict]:
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == scheme.id) & figures["measure"].isin(AFFILIATION)]
    own = own[own["year"] <= pack.settings.reference_year]
    mine = own[_of_health(own, pack.schemes)]
    if mine.empty and len(own):
        return [_no_affiliation(scheme.short_name, "counts_others_too") | {"source": join_sources(*own["source"])}]
    newest = mine.sort_values("year", kind="stable").drop_duplicates(["measure", "detail"], keep="last")
    if newest.empty:
        return [_no_affiliation(scheme.short_name, "not_found")]
    columns = ("measure", "detail", "value", "unit", "counted_in", "year", "note", "quality", "source")
    return [
        {"name": scheme.short_name, "role": "", "edition": "", "reason": ""}
        | {column: getattr(row, column) for column in columns}
        for row in newest.itertuples()
    ]


def _of_health(counts: pd.DataFrame, schemes: pd.DataFrame) -> pd.Series:
    """Whether each count is of health insurance alone: of that branch, or of schemes that have no other branches."""
    branches = schemes.set_index("id")["branches"].str.split(";").map(set)
    health = {scheme for scheme, codes in branches.items() if "medical_care" in codes and codes <= HEALTH_BRANCHES}
    several = counts["covers"].where(counts["covers"].ne(""), counts["scheme"])
    alone = several.str.split(";").map(lambda codes: set(codes) <= health).astype(bool)
    return alone | counts["branch"].eq("medical_care") | counts["measure"].eq("coverage")


def _no_affiliation(name: str, why: str) -> dict:
    empty = dict.fromkeys(
        ("measure", "role", "detail", "unit", "counted_in", "edition", "note", "quality", "source"), ""
    )
    return {"name": name, "value": float("nan"), "year": pd.NA, "reason": why} | empty
