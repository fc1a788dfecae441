"""What the second half of notebook 04 computes of a shipped pack, once a process."""

from __future__ import annotations

from functools import lru_cache
from types import SimpleNamespace

from stories import pack_of

from nasssap_lib import costing, financing


@lru_cache(maxsize=16)
def financed(country: str) -> SimpleNamespace:
    """Costs of all options and who pays for them: every result of the room, and the years at which they are read."""
    pack = pack_of(country)
    costs = costing.cost_package(pack)
    combined = costing.combine_options(costs, pack, list(pack.measures["id"]))
    years = sorted(int(year) for year in costs["year"].unique())
    space = financing.space_by_year(pack, years)
    gap = financing.financing_gap(combined, space, pack)
    return SimpleNamespace(
        pack=pack, costs=costs, at=costing.milestones_of(costs, pack.measures), space=space, gap=gap,
        options=financing.financing_options(pack), payers=financing.who_pays(gap, space), debt=financing.debt_path(pack, gap),
        revenue=financing.revenue_checks(pack, gap), aid=financing.aid_beside_gap(pack, gap), staff=financing.staff_check(pack, costs),
        labour=financing.labour_cost(pack),
    )  # fmt: skip
