"""Who pays: the options for fiscal space, and what is missing by year."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "gap": "financing_gap option_costs usable_space".split(),
        "negotiation": "negotiation_of".split(),
        "options": "aid_of_gdp financing_options tax_headroom".split(),
        "space": "space_by_year".split(),
    },
)
