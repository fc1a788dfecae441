"""Monitoring: by which indicators and yearly targets the plan will be judged."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "sheets": "indicator_sheets typed_targets".split(),
        "yearly": "starts_of yearly_outputs yearly_targets".split(),
    },
)
