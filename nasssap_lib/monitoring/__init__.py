"""Monitoring: by which indicators and yearly targets the plan will be judged."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "agreed": "existing_plans review_terms".split(),
        "charts": "plot_targets".split(),
        "exploration": "explore_targets".split(),
        "sheets": "indicator_sheets typed_targets".split(),
        "tables": (
            "definitions_table existing_plans_table output_sheets_table "
            "outputs_table review_terms_table sheets_table targets_table typed_targets_table"
        ).split(),
        "words": (
            "baselines_sentence explored_sentence monitoring_answer review_terms_sentence take_up_sentence targets_sentence typed_sentence"
        ).split(),
        "yearly": "starts_of yearly_outputs yearly_targets".split(),
    },
)
