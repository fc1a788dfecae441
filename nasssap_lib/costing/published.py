"""What has been published on the cost of social protection floors, by region and income group, and how it was criticised.

These are figures of groups of countries. None of them is a country's own, and none is set beside a country as if it were.
"""

from __future__ import annotations

import pandas as pd

CITATIONS = {  # what this project has to say of them stands in ``words_guarantees.CITED``
    "ILO-WP113": (
        "Cattaneo, Schwarzer, Razavi, Visentin (2024), Financing gap for universal social protection, ILO Working Paper 113, abstract"
    ),
    "ILO-WP113-P4H": "p4h.world, 29 May 2024",
    "ILO-WP14-PL": "Durán-Valverde et al. (2020), Financing gaps in social protection, ILO Working Paper 14",
    "ILO-WP58": (
        "Ortiz, Durán-Valverde, Pal, Behrendt, Acuña-Ulate (2017), Universal social protection floors, ILO ESS Working Paper 58, ch. 6"
    ),
    "ILO-PP15": "ILO (2014), Social protection for maternity, Social Protection Policy Paper 15, section 5",
    "ILO-WP14-MEMORY": "ILO Working Papers 14 (2020) and 73 (2022)",
    "KIDD-2025": "Kidd, Bailey-Athias, Claxton (2025), Development Pathways",
    "NASSSAP-ASSUMPTIONS": "nasssap, default assumptions",
}
PUBLISHED = (  # what, area, year, % of GDP, kind, citation
    ("floor_with_health", "low_and_middle_income", 2024, 3.3, "published", "ILO-WP113"),
    ("floor_with_health", "low_income", 2024, 52.3, "published", "ILO-WP113"),
    ("floor_with_health", "africa", 2024, 17.6, "published", "ILO-WP113-P4H"),
    ("floor_with_health", "arab_states", 2024, 11.4, "published", "ILO-WP113-P4H"),
    ("floor_with_health", "latin_america_and_caribbean", 2024, 2.7, "published", "ILO-WP113-P4H"),
    ("floor_with_health", "asia_and_pacific", 2024, 2.0, "published", "ILO-WP113-P4H"),
    ("floor_with_health", "europe_and_central_asia", 2024, 1.9, "published", "ILO-WP113-P4H"),
    ("floor_with_health", "low_income", 2020, 15.9, "published", "ILO-WP14-PL"),
    ("floor_with_health", "lower_middle_income", 2020, 5.1, "published", "ILO-WP14-PL"),
    ("floor_with_health", "upper_middle_income", 2020, 3.1, "published", "ILO-WP14-PL"),
    ("cash_package", "low_and_middle_income_57", 2015, 2.1, "published", "ILO-WP58"),
    ("income_guarantees", "low_income", 2024, 19.8, "criticised", "KIDD-2025"),
    ("income_guarantees", "low_income", 2024, 4.0, "critique_below", "KIDD-2025"),
)


def published_gaps() -> pd.DataFrame:
    """Published financing gaps and costs by region and income group, with their critique.

    Returns
    -------
    table : what (floor_with_health: financing gap of the floor with essential health care; cash_package: cost of five cash benefits;
        income_guarantees: gap without health), area (of countries), year, value (% of the GDP of the group), kind (published;
        criticised: published, as quoted by its critics; critique_below: what they hold it to be below with realistic levels), source
        (key of ``CITATIONS``), citation

    Notes
    -----
    The rise for low-income countries from 15.9 % (2020) to 52.3 % of GDP (2024) is one of edition and poverty lines, not of need.

    Examples
    --------
    >>> published_gaps().query("kind == 'critique_below'")["value"].tolist()
    [4.0]
    """
    table = pd.DataFrame(PUBLISHED, columns=["what", "area", "year", "value", "kind", "source"])
    return table.assign(citation=table["source"].map(CITATIONS))
