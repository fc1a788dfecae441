"""The country pack: a folder of tables, checked against one schema, read into a frozen :class:`Pack`."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "folders": "countries data_root pack_digest scenarios".split(),
        "migration": "migrate_pack".split(),
        "model": "Pack Settings".split(),
        "reader": "read_pack read_settings".split(),
        "scenario": (
            "Scenario apply_scenario read_scenario scenario_differences scenario_table write_scenario"
        ).split(),
        "writing": "replace_rows write_files".split(),
        "workbooks": "Cell Limits SheetProblem Workbook WorkbookError read_workbook".split(),
    },
)
