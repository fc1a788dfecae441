"""Which option first, how sure that is, and what would turn the order."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "acceptability": "Acceptability Spread acceptability_of_draws rank_acceptability".split(),
        "charts": "plot_acceptability plot_contributions".split(),
        "charts_scenarios": "plot_versions".split(),
        "criteria": "assess_criteria".split(),
        "matrix": "Matrix criteria_matrix".split(),
        "rank_intervals": "rank_interval".split(),
        "ranking": "Ranking rank_options".split(),
        "readiness": "assess_equity assess_readiness".split(),
        "scenarios": "compare_versions mark_differences".split(),
        "sequence": "accept_ranks leaders propose_sequence rank_sequence score_options what_holds".split(),
        "switching_values": "what_changes_leader".split(),
        "tables": (
            "acceptability_table changes_table criteria_table holds_table ranking_table readiness_table sequence_table"
        ).split(),
        "tables_scenarios": "comparison_table".split(),
        "weights": "mean_weights read_order read_weights".split(),
        "words": (
            "admissible_sentence criteria_sentence holds_sentence levels_sentence methods_sentence "
            "sequence_sentence weights_sentence"
        ).split(),
        "words_scenarios": "comparison_sentence".split(),
        "words_switching_values": "changes_sentence".split(),
        "words_answer": "priority_answer".split(),
    },
)
