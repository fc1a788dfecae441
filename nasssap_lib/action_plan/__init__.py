"""The action plan: who does what by when with whose money, and what a slip moves."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "schedule": "schedule_activities".split(),
    },
)
