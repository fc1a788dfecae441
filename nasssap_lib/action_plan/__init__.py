"""The action plan: who does what by when with whose money, and what a slip moves."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "alignment": "option_alignment".split(),
        "changes": "compare_plans".split(),
        "charts": "plot_gantt".split(),
        "charts_review": "plot_progress".split(),
        "ical": "compose_calendar".split(),
        "money": "activity_costs costs_by_payer open_points plan_costs".split(),
        "review": "Review review_plan".split(),
        "schedule": "schedule_activities".split(),
        "sheet_changes": "change_plan".split(),
        "sheet_reader": "read_plan read_plan_meta".split(),
        "sheet_writer": "write_plan".split(),
        "skeleton": "plan_skeleton".split(),
        "tables": "alignment_table open_points_table payers_table plan_costs_table plan_matrix skeleton_table workload_table".split(),
        "tables_review": "changes_table delayed_table moved_table progress_table proposal_table".split(),
        "words": "alignment_sentence costs_sentence critical_sentence plan_answer points_sentence workload_sentence".split(),
        "words_review": "changes_sentence moved_sentence proposal_sentence review_answer slipped_sentence".split(),
        "workload": "institution_workload".split(),
    },
)
