"""Health care: how it is paid and reached, and who is affiliated to which scheme. A guarantee of its own, outside SDG 1.3.1.

An index is never turned into persons, and affiliation is not access.
"""

from __future__ import annotations

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.spending import NOT_FOUND

HEALTH = (  # indicator, words, unit, out of
    ("uhc_service_coverage_index", "Universal health coverage, service index", "score, 0 to 100"),
    ("out_of_pocket_share", "Paid out of pocket", "% of health expenditure"),
    ("catastrophic_health_spending", "Persons with catastrophic health spending", "% of population"),
    ("government_health_share", "Paid by government", "% of health expenditure"),
    ("external_health_share", "Paid from external sources", "% of health expenditure"),
    ("government_health_expenditure_budget", "Health in government spending", "% of government expenditure"),
    ("government_health_expenditure_gdp", "Government health spending", "% of GDP"),
    ("current_health_expenditure_gdp", "All health spending", "% of GDP"),
)
NONE_LISTED = "no health scheme is listed"
AFFILIATION = ("affiliates", "contributors", "beneficiaries", "coverage")


def health_panel(pack: Pack) -> pd.DataFrame:
    """How health care is paid and reached: one line an indicator, each with its own year. Outside SDG 1.3.1, never in persons.

    Returns
    -------
    table : indicator, item, value, unit (as shown), year, quality, source, reason

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> health_panel(read_pack("SEN")).set_index("indicator").loc["uhc_service_coverage_index", "unit"]
    'score, 0 to 100'
    """
    rows = []
    for indicator, item, unit in HEALTH:
        fact = pack.latest(indicator, year=pack.settings.reference_year)
        known = (
            fact.iloc[0].to_dict() if len(fact) else {"value": float("nan"), "year": pd.NA, "quality": "", "source": ""}
        )
        rows.append(
            {"indicator": indicator, "item": item, "unit": unit, "reason": "" if len(fact) else "not published"}
            | {name: known[name] for name in ("value", "year", "quality", "source")}
        )
    return pd.DataFrame(rows)[["indicator", "item", "value", "unit", "year", "quality", "source", "reason"]]


def health_affiliation(pack: Pack) -> pd.DataFrame:
    """Who is affiliated to a health scheme, scheme by scheme and nationally. Affiliation is not access.

    Returns
    -------
    table : name, measure (words), value, unit, counted_in, year, quality, source, reason; a health scheme without figure has NaN

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> health_affiliation(read_pack("SEN")).set_index("name").loc["Mutuelles", ["measure", "unit"]].tolist()
    ['Coverage as stated by the source', 'percent']
    """
    schemes = standing_schemes(pack)
    schemes = schemes[schemes["branches"].str.split(";").map(lambda codes: "medical_care" in codes).astype(bool)]
    rows = [row for scheme in schemes.itertuples() for row in _affiliation_of(pack, scheme)] or [
        _no_affiliation("Health schemes")
    ]
    facts = pack.facts[(pack.facts["area"] == "") & (pack.facts["breakdown"] == "")]
    national = facts[facts["indicator"] == "health_insurance_coverage"]
    rows += [
        {
            "name": "All health insurance",
            "measure": "Population with health insurance",
            "counted_in": "persons",
            "reason": "",
        }
        | {column: getattr(row, column) for column in ("value", "unit", "year", "quality", "source")}
        for row in national.itertuples()
    ]
    columns = ["name", "measure", "value", "unit", "counted_in", "year", "quality", "source", "reason"]
    return pd.DataFrame(rows, columns=columns).astype({"year": "Int64", "value": "float64"})


def _affiliation_of(pack: Pack, scheme) -> list[dict]:
    figures = pack.scheme_figures
    own = figures[(figures["scheme"] == scheme.id) & figures["measure"].isin(AFFILIATION)]
    own = own[own["year"] <= pack.settings.reference_year]
    newest = own.sort_values("year", kind="stable").drop_duplicates(["measure", "detail"], keep="last")
    if newest.empty:
        return [_no_affiliation(scheme.short_name)]
    return [
        {"name": scheme.short_name, "measure": _measure_words(row), "reason": ""}
        | {column: getattr(row, column) for column in ("value", "unit", "counted_in", "year", "quality", "source")}
        for row in newest.itertuples()
    ]


def _no_affiliation(name: str) -> dict:
    empty = {
        "measure": "",
        "value": float("nan"),
        "unit": "",
        "counted_in": "",
        "year": pd.NA,
        "quality": "",
        "source": "",
    }
    return {"name": name} | empty | {"reason": NONE_LISTED if name == "Health schemes" else NOT_FOUND}


def _measure_words(row) -> str:
    return terms.SCHEME_MEASURES[row.measure] + (f", {row.detail}" if row.detail else "")
