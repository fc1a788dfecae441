"""Which option starts in which year: the order that fits the purse, checked by plain arithmetic."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "checks": "check_order closed_shares open_sum order_costs smallest_share".split(),
        "conflicts": "why_infeasible".split(),
        "optimum": "Order best_order".split(),
        "programme": "Programme".split(),
        "variations": "OneMore high_costs one_more".split(),
    },
)
