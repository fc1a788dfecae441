"""What exists: the inventory of schemes, who pays, what benefits are worth, what is spent, and health care."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "charts": "plot_levels plot_rates plot_scheme_matrix".split(),
        "charts_spending": "plot_health plot_spending plot_sper".split(),
        "contributions_and_benefits": "benefit_levels contribution_rates".split(),
        "health": "health_affiliation health_panel national_affiliation".split(),
        "inventory": "branches_without_scheme relations scheme_inventory scheme_matrix standing_schemes unlisted_reforms".split(),
        "registers": "outgrown_coverage outgrown_rates".split(),
        "spending": "national_spending scheme_spending spending_total sper_matrix".split(),
        "tables": (
            "affiliation_table health_table inventory_table levels_table rates_table relations_table "
            "spending_table sper_table total_table without_table"
        ).split(),
        "words": (
            "affiliation_sentence health_sentence inventory_sentence rates_sentence relations_sentence spending_sentence "
            "unlisted_sentence without_sentence"
        ).split(),
    },
)
