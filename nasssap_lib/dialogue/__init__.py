"""What the groups at the table say: questions, answers, weights, positions, agreement."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "agreement": "Agreement borda kendall_w median_order pairwise_tau".split(),
        "answers": "Collected collect_answers".split(),
        "charts": "plot_agreement plot_support_map".split(),
        "charts_burdens": "plot_burdens".split(),
        "pairwise": "PairwiseWeights pairs weigh_pairs".split(),
        "positions": (
            "assess_positions find_compromise group_weights measure_agreement named_criteria points_to_discuss rank_table "
            "summarise_support"
        ).split(),
        "questions": "draft_questions".split(),
        "sheet_reader": "read_dialogue_sheet".split(),
        "sheet_writer": "Country Group write_dialogue_sheet".split(),
        "tables": (
            "burden_table compromise_table discussion_table form_table positions_table reasons_table weights_table"
        ).split(),
        "words": "compromise_sentence dialogue_sentence discussion_sentence question_labels remark_words".split(),
    },
)
