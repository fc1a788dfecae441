"""Result tables for readers: accessible HTML with words for columns, marks for what is estimated, n/a with its reason."""

from nasssap_lib.tables.coverage import gap_table, projection_table
from nasssap_lib.tables.html import ReportTable, View, to_html
from nasssap_lib.tables.stocktaking import inventory_table, profile_table, source_table

__all__ = [
    "ReportTable",
    "View",
    "gap_table",
    "inventory_table",
    "profile_table",
    "projection_table",
    "source_table",
    "to_html",
]
