"""Who is covered, by law and in fact, and the coverage gap."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "bounds": "UnionBounds published_bounds union_bounds".split(),
        "charts": (
            "plot_coverage_by_group plot_headline plot_law_and_fact plot_quintiles plot_status_quo plot_women_and_men"
        ).split(),
        "gaps": ("coverage_gaps coverage_trend gap_in_persons is_too_old project_status_quo same_observation").split(),
        "legal": "employment_injury_law_and_fact law_table texts_of_law".split(),
        "quintiles": "coverage_by_quintile".split(),
        "reconciliation": "Interval is_consistent reconcile reconcile_coverage register_bounds".split(),
        "register_counts": "register_shares".split(),
        "standards": "compare_with_c102 obligations_by_part".split(),
        "tables": (
            "c102_table gap_table law_and_fact_table law_by_category_table law_text_table projection_table quintile_table trend_table"
        ).split(),
        "tables_reconciliation": "reconciliation_table".split(),
        "words_reconciliation": "reconciliation_sentence".split(),
        "words": (
            "c102_sentence evidence_sentence gap_sentence headline_sentence key_figures law_and_fact_sentence "
            "register_sentence trend_sentence "
            "sex_sentence"
        ).split(),
        "words_answer": "coverage_answer".split(),
    },
)
