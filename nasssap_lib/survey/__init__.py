"""Estimates from household surveys: who receives, person by person."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "targeting": (
            "TargetingSuccess cgh_index cost_effectiveness coverage coverage_less_leakage incidence leakage "
            "targeting_differential targeting_success undercoverage"
        ).split(),
    },
)
