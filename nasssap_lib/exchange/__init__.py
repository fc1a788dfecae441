"""What goes out to others and comes back: bundles, comparisons, sheets of a dialogue and of a plan; nothing foreign is trusted."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "bundle": "Run ShareError Shared share".split(),
        "compare": "compare_sets compare_tables".split(),
        "dialogue_sheets": "collect_sheets open_form read_sheets write_sheets".split(),
        "disclosure": "DisclosureError Finding find_in_files".split(),
        "plan_sheets": "take_plan write_taken".split(),
        "sides": "Comparison Side SideError compare_sides open_side pack_tables".split(),
        "verify": "Bundle BundleError Rerun open_bundle read_table rerun".split(),
    },
)
