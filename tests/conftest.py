"""What holds for every test: no test fails because the machine is busy, and CI draws the same examples every time."""

import os

from hypothesis import HealthCheck, settings

settings.register_profile(
    "nasssap", deadline=None, derandomize=bool(os.environ.get("CI")), suppress_health_check=[HealthCheck.too_slow]
)
settings.load_profile("nasssap")
