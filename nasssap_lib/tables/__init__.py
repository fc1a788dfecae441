"""Result tables for readers: accessible HTML with words for columns, marks for what is estimated, n/a with its reason."""

from nasssap_lib.tables.coverage import (
    c102_table,
    gap_table,
    law_and_fact_table,
    law_by_category_table,
    poverty_table,
    projection_table,
    quintile_table,
    recomputed_table,
)
from nasssap_lib.tables.html import ReportTable, View, to_html
from nasssap_lib.tables.stocktaking import inventory_table, profile_table, source_table

__all__ = [
    "ReportTable",
    "View",
    "c102_table",
    "gap_table",
    "inventory_table",
    "law_and_fact_table",
    "law_by_category_table",
    "poverty_table",
    "profile_table",
    "projection_table",
    "quintile_table",
    "recomputed_table",
    "source_table",
    "to_html",
]
