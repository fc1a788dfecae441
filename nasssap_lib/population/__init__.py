"""Persons by age and sex, and the target populations of groups."""

import lazy_loader

__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "by_age": "count_persons population_by_age".split(),
        "targets": "statutory_age_population target_populations".split(),
    },
)
