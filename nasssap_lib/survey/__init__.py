"""Estimates from household surveys: who receives, person by person."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "targeting": (
            "TargetingSuccess cgh_index cost_effectiveness coverage coverage_less_leakage incidence leakage "
            "targeting_differential targeting_success undercoverage"
        ).split(),
    },
)
