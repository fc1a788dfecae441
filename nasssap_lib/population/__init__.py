"""Persons by age and sex, and the target populations of groups."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "by_age": "count_persons population_by_age".split(),
        "by_sex": "share_of_women".split(),
        "targets": "statutory_age_population target_persons target_populations".split(),
    },
)
