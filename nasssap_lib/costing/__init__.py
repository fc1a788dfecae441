"""Policy options: whom each reaches and what it costs."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "assumptions": "assumptions_of population_bounds".split(),
        "base_year": "base_year_against_outturn".split(),
        "charts": "plot_frontier".split(),
        "charts_draws": "plot_costs".split(),
        "charts_exploration": "plot_cost_path plot_target_gap".split(),
        "charts_ranges": "plot_cost_bands plot_tornado".split(),
        "checks": "option_problems outturn_doubts take_up_problems".split(),
        "chosen": "read_package".split(),
        "combined": "combine_options overlapping".split(),
        "draws": "cost_ranges draw_costs draw_figures figures_at".split(),
        "economy": "economy_of wage_ratio".split(),
        "exploration": "explore_gap explore_measures explore_package".split(),
        "guarantees": "guarantee_assumptions guarantee_costs".split(),
        "measure": "Measure Range cost_measure".split(),
        "milestones": "dearest_tornado level_checks level_years milestones_of options_in_year shown_years".split(),
        "options": "assess_options at_common_level efficient_options equal_money".split(),
        "outturn": "model_against_outturn unexplained".split(),
        "package": "cost_package".split(),
        "published": "published_gaps".split(),
        "ranges": "bands draw_package prepare_package share_of_draws tornado".split(),
        "reach": "reach_of".split(),
        "replaced": "replaced_schemes replaced_spending".split(),
        "stress": "stress_cases".split(),
        "tables": "cost_table equal_money_table need_table option_cards".split(),
        "tables_guarantees": "guarantee_assumptions_table guarantees_table published_table".split(),
        "tables_package": (
            "assumptions_table bands_table base_year_table level_table money_table package_table persons_table stress_table together_table"
        ).split(),
        "tables_outturn": "not_recomputed outturn_table".split(),
        "today": "covered_today".split(),
        "words_answer": "costing_answer".split(),
        "words_guarantees": "guarantees_sentence".split(),
        "words_package": "levels_note outturn_sentence package_sentence together_sentence transition_note".split(),
        "words_ranges": "case_sentence share_of_draws_sentence".split(),
        "words": "equal_money_sentence frontier_sentence options_sentence".split(),
    },
)
