"""Pictures: one function each takes a result table and returns a matplotlib Figure that can stand on a slide by itself."""

from nasssap_lib.charts.coverage import (
    plot_coverage_by_group,
    plot_headline,
    plot_law_and_fact,
    plot_quintiles,
    plot_status_quo,
    plot_women_and_men,
)
from nasssap_lib.charts.exploration import plot_cost_path, plot_target_gap
from nasssap_lib.charts.stocktaking import plot_age_pyramid
from nasssap_lib.charts.style import Caption

__all__ = [
    "Caption",
    "plot_age_pyramid",
    "plot_cost_path",
    "plot_coverage_by_group",
    "plot_headline",
    "plot_law_and_fact",
    "plot_quintiles",
    "plot_status_quo",
    "plot_target_gap",
    "plot_women_and_men",
]
