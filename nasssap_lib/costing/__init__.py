"""Policy options: whom each reaches and what it costs."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "charts": "plot_frontier".split(),
        "charts_exploration": "plot_cost_path plot_target_gap".split(),
        "exploration": "explore_gap explore_measures".split(),
        "measure": "Measure Range cost_measure economy_of".split(),
        "options": "assess_options efficient_options equal_money".split(),
        "tables": "cost_table equal_money_table option_cards".split(),
        "words": "equal_money_sentence frontier_sentence options_sentence".split(),
    },
)
