"""What goes out to others and comes back: bundles, editions, comparisons, sheets of dialogue and plan; nothing foreign is trusted."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "bundle": "Run ShareError Shared share".split(),
        "compare": "compare_sets compare_tables".split(),
        "dialogue_sheets": "collect_sheets open_form read_sheets write_sheets".split(),
        "disclosure": "DisclosureError Finding find_in_files".split(),
        "edition": "Frozen Title check_edition edition_files freeze".split(),
        "manifest": "BundleError read_manifest".split(),
        "plan_sheets": "take_plan write_taken".split(),
        "recompilation": "Recompiled recompile".split(),
        "sides": "Comparison EditionBefore Side SideError compare_sides open_side pack_tables read_edition".split(),
        "verify": "Bundle Rerun open_bundle read_table rerun".split(),
    },
)
