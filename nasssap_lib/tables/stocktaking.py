"""Tables of the stocktaking for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.language import format_number, format_persons
from nasssap_lib.tables.html import ReportTable, View, write_text, write_year


def profile_table(profile: pd.DataFrame, language: str = "en") -> ReportTable:
    """The country at a glance.

    Parameters
    ----------
    profile : result of ``stocktaking.country_profile``
    """
    shown = profile.copy()
    shown["text"] = [
        format_persons(value, language)
        if unit == "persons"
        else format_number(value, 0 if abs(value) >= 1000 else 1, language)
        for value, unit in zip(shown["value"], shown["unit"], strict=True)
    ]
    views = {
        "item": View("Figure"),
        "text": View("Value", write_text, "quality", True),
        "unit": View("Unit"),
        "year": View("Year", write_year, numeric=True),
        "reason": View("Why missing"),
    }
    if not profile["reason"].any():
        views.pop("reason")
    return ReportTable(profile, "The country at a glance", views, language, shown)


def inventory_table(inventory: pd.DataFrame, language: str = "en") -> ReportTable:
    """The inventory of schemes.

    Parameters
    ----------
    inventory : result of ``stocktaking.inventory``
    """
    views = {
        "scheme": View("Scheme", detail="status_words"),
        "type": View("Type"),
        "branches": View("Branches"),
        "population_category": View("For whom"),
        "tier": View("Tier"),
        "institution": View("Institution", long=True),
        "legal_basis": View("Legal basis", long=True),
    }
    shown = inventory.assign(status_words=inventory["status"].where(inventory["status"] != "Active", ""))
    return ReportTable(inventory, "Inventory of schemes, formal and informal", views, language, shown)


def source_table(sources: pd.DataFrame, language: str = "en") -> ReportTable:
    """The sources that a chapter used.

    Parameters
    ----------
    sources : rows of a pack's ``sources``
    """
    views = {
        "id": View("Source"),
        "publisher": View("Publisher"),
        "title": View("Title"),
        "edition": View("Edition"),
        "year": View("Year", write_year, numeric=True),
        "licence": View("Terms"),
    }
    return ReportTable(sources, "Sources of this chapter", views, language)
