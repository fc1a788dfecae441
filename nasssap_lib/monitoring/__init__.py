"""Monitoring: by which indicators and yearly targets the plan will be judged."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(__name__, {})
