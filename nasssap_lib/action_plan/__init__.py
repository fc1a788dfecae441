"""The action plan: who does what by when with whose money, and what a slip moves."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "changes": "compare_plans".split(),
        "ical": "compose_calendar".split(),
        "money": "activity_costs costs_by_payer open_points plan_costs".split(),
        "review": "Review review_plan".split(),
        "schedule": "schedule_activities".split(),
        "skeleton": "plan_skeleton".split(),
        "workload": "institution_workload".split(),
    },
)
