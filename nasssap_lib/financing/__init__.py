"""Who pays: the options for fiscal space, and what is missing by year."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "checks": "aid_beside_gap revenue_checks staff_check".split(),
        "debt": "added_debt debt_path".split(),
        "exploration": "explore_financing".split(),
        "gap": "financing_gap option_costs usable_space".split(),
        "contributions": "labour_cost".split(),
        "negotiation": "negotiation_of".split(),
        "options": "aid_of_gdp financing_options tax_headroom".split(),
        "payers": "who_pays".split(),
        "space": "space_by_year".split(),
    },
)
