"""Persons by age and sex today and in years to come, life tables, and the target populations of groups."""

from nasssap_lib import faces

__getattr__, __dir__, __all__ = faces.attach(
    __name__,
    {
        "by_age": "count_persons population_by_age".split(),
        "by_sex": "share_of_women".split(),
        "life_table": "annuity survival_ratios".split(),
        "outlook": "life_tables project_births project_population starting_population used_rates".split(),
        "projection": "Assumptions Projection project project_scenarios".split(),
        "targets": "statutory_age_population target_persons target_populations".split(),
    },
)
