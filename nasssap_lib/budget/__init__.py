"""Income and expenditure of schemes: what a year was, and what the years to come would be."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "payg": "general_average_premium payg_cost_rate scaled_premium".split(),
    },
)
