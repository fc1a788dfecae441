"""Policy options: whom each reaches and what it costs."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "charts": "plot_frontier".split(),
        "charts_draws": "plot_costs".split(),
        "charts_exploration": "plot_cost_path plot_target_gap".split(),
        "checks": "option_problems take_up_problems".split(),
        "combined": "combine_options overlapping".split(),
        "draws": "cost_ranges draw_costs draw_figures figures_at".split(),
        "economy": "economy_of wage_ratio".split(),
        "exploration": "explore_gap explore_measures".split(),
        "guarantees": "guarantee_assumptions guarantee_costs".split(),
        "measure": "Measure Range cost_measure".split(),
        "options": "assess_options at_common_level efficient_options equal_money".split(),
        "package": "cost_package".split(),
        "published": "published_gaps".split(),
        "reach": "reach_of".split(),
        "replaced": "replaced_schemes replaced_spending".split(),
        "tables": "cost_table equal_money_table need_table option_cards".split(),
        "today": "covered_today".split(),
        "words": "equal_money_sentence frontier_sentence options_sentence".split(),
    },
)
