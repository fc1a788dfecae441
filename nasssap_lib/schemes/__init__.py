"""What exists: the inventory of schemes, who pays, what benefits are worth, what is spent, and health care."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "accounts": "derived_expenditure scheme_accounts".split(),
        "charts": "plot_levels plot_rates plot_scheme_matrix".split(),
        "charts_spending": "plot_health plot_spending plot_sper".split(),
        "contributions_and_benefits": "benefit_levels contribution_rates".split(),
        "health": "health_affiliation health_panel national_affiliation".split(),
        "inventory": "branches_without_scheme relations scheme_inventory scheme_matrix standing_schemes unlisted_reforms".split(),
        "registers": "outgrown_coverage outgrown_rates".split(),
        "spending": "known_spending national_spending scheme_spending spending_by_group spending_total sper_matrix".split(),
        "ratios": "matched_ratios ratio_of residual_of".split(),
        "sper": "implied_cost_rate implied_cost_rates money_lines spending_accounts sper_ratios".split(),
        "tables": (
            "affiliation_table health_table inventory_table levels_table rates_table relations_table "
            "spending_table sper_table total_table without_table"
        ).split(),
        "tables_sper": "beside_table groups_table money_table ratio_details_table ratios_table yardsticks_table".split(),
        "words_sper": "beside_sentence sper_sentence".split(),
        "yardsticks": "benefit_yardsticks earnings_to_product money_beside ratio_of_year".split(),
        "words": (
            "affiliation_sentence health_sentence inventory_sentence rates_sentence relations_sentence spending_sentence "
            "unlisted_sentence without_sentence"
        ).split(),
    },
)
