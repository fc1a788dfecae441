"""Pictures: one function each takes a result table and returns a matplotlib Figure that can stand on a slide by itself."""

from nasssap_lib.charts.burdens import plot_burdens
from nasssap_lib.charts.coverage import (
    plot_coverage_by_group,
    plot_headline,
    plot_law_and_fact,
    plot_quintiles,
    plot_status_quo,
    plot_women_and_men,
)
from nasssap_lib.charts.dialogue import plot_agreement, plot_support_map
from nasssap_lib.charts.exploration import plot_cost_path, plot_target_gap
from nasssap_lib.charts.frontier import plot_frontier
from nasssap_lib.charts.priorities import plot_acceptability, plot_contributions
from nasssap_lib.charts.schemes import plot_levels, plot_rates, plot_scheme_matrix
from nasssap_lib.charts.spending import plot_health, plot_spending, plot_sper
from nasssap_lib.charts.stocktaking import plot_age_pyramid, plot_history, plot_process, plot_work
from nasssap_lib.charts.style import Caption

__all__ = [
    "Caption",
    "plot_acceptability",
    "plot_age_pyramid",
    "plot_agreement",
    "plot_burdens",
    "plot_contributions",
    "plot_cost_path",
    "plot_coverage_by_group",
    "plot_frontier",
    "plot_headline",
    "plot_health",
    "plot_history",
    "plot_law_and_fact",
    "plot_levels",
    "plot_process",
    "plot_quintiles",
    "plot_rates",
    "plot_scheme_matrix",
    "plot_spending",
    "plot_sper",
    "plot_status_quo",
    "plot_support_map",
    "plot_target_gap",
    "plot_women_and_men",
    "plot_work",
]
