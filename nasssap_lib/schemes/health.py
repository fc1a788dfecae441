"""Health care: how it is paid and reached, and who is affiliated to which scheme. A guarantee of its own, outside SDG 1.3.1.

An index is never turned into persons, and affiliation is not access.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib.pack.model import Pack
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


def health_affiliation(pack: Pack) -> pd.DataFrame:
    """Who is affiliated to a health scheme, scheme by scheme and nationally. Affiliation is not access.

    Returns
    -------
    table : name (short, of the scheme; "" for all together), measure (a code of ``terms.SCHEME_MEASURES``, or
        ``health_insurance_coverage`` for all together), detail, value, unit, counted_in, year, quality, source, reason; a health
        scheme without figure has NaN

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> health_affiliation(read_pack("SEN")).set_index("name").loc["Mutuelles", ["measure", "unit"]].tolist()
    ['coverage', 'percent']
    """
    schemes = standing_schemes(pack)
    schemes = schemes[schemes["branches"].str.split(";").map(lambda codes: "medical_care" in codes).astype(bool)]
    rows = [row for scheme in schemes.itertuples() for row in _affiliation_of(pack, scheme)] or [
        _no_affiliation("", "no_health_scheme")
    ]
    facts = pack.facts[(pack.facts["area"] == "") & (pack.facts["breakdown"] == "")]
    national = facts[facts["indicator"] == NATIONAL]
    rows += [
        {"name": "", "measure": NATIONAL, "detail": "", "counted_in": "persons", "reason": ""}
        | {column: getattr(row, column) for column in ("value", "unit", "year", "quality", "source")}
        for row in national.itertuples()
    ]
    columns = ["name", "measure", "detail", "value", "unit", "counted_in", "year", "quality", "source", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "value": "float64"})


def _affiliation_of(pack: Pack, scheme) -> list[dict]:
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == scheme.id) & figures["measure"].isin(AFFILIATION)]
    own = own[own["year"] <= pack.settings.reference_year]
    newest = own.sort_values("year", kind="stable").drop_duplicates(["measure", "detail"], keep="last")
    if newest.empty:
        return [_no_affiliation(scheme.short_name, "not_found")]
    return [
        {"name": scheme.short_name, "reason": ""}
        | {
            column: getattr(row, column)
            for column in ("measure", "detail", "value", "unit", "counted_in", "year", "quality", "source")
        }
        for row in newest.itertuples()
    ]


def _no_affiliation(name: str, why: str) -> dict:
    empty = dict.fromkeys(("measure", "detail", "unit", "counted_in", "quality", "source"), "")
    return {"name": name, "value": float("nan"), "year": pd.NA, "reason": why} | empty
