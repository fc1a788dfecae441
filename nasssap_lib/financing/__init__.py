"""Who pays: the options for fiscal space, and what is missing by year."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "charts": "plot_gap plot_options".split(),
        "checks": "aid_beside_gap revenue_checks staff_check".split(),
        "debt": "added_debt debt_path".split(),
        "exploration": "explore_financing".split(),
        "gap": "financing_gap option_costs usable_space".split(),
        "contributions": "labour_cost".split(),
        "negotiation": "negotiation_of".split(),
        "options": "aid_of_gdp financing_options tax_headroom".split(),
        "package": "Financing finance_package".split(),
        "payers": "who_pays".split(),
        "space": "space_by_year".split(),
        "tables": "gap_table options_table payers_table space_table".split(),
        "tables_checks": "debt_table labour_table staff_table weight_table".split(),
        "words": (
            "burden_note debt_sentence financing_notes gap_sentence gap_words labour_sentence not_counted options_sentence payers_sentence "
            "staff_sentence weight_sentence"
        ).split(),
        "words_answer": "financing_answer".split(),
    },
)
