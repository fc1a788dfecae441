"""The roadmap of a shipped country, worked out once for all tests that look at it."""

from functools import cache

from nasssap_lib.pack.reader import read_pack
from nasssap_lib.roadmap.plan import Roadmap, plan_roadmap


@cache
def planned(country: str, envelope: float | None = None) -> Roadmap:
    """The roadmap of all options of a country."""
    return plan_roadmap(read_pack(country), envelope=envelope)
