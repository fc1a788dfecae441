"""Why a value is missing, by which rule one was counted, and what must be known of it: codes with values, words beside them.

A cell of a result table holds codes, never a sentence, so that results are the same in every language and no code has to match
words: ``no_rate``, or ``population_from_age {"age": 60}``, or several with "; " between them. ``display.texts.reason_words``
makes a sentence of it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from string import Formatter

# One section a room. The words are what the catalogues translate; {name} is where a value goes.
REASONS = {
    # --- population
    "none": "none",
    "whole_population": "whole population",
    "aged_from": "population aged {age_from} and over",
    "aged_between": "population aged {age_from} to {age_to}",
    "statutory_age": "population aged {age} and over ({scheme})",
    "statutory_ages": "women aged {women} and men aged {men} and over ({scheme})",
    "births": "births of the year; mothers are 1 to 2 % fewer (multiple births)",
    "employed_persons": "employed persons: population aged 15 and over × employment-to-population ratio",
    "unemployed_persons": (
        "unemployed persons: population aged 15 and over × participation × unemployment rate (ILO-modelled)"
    ),
    "poor_persons": "population × national poverty headcount",
    "severely_disabled_persons": "population × assumed prevalence of severe disability",
    "rate_of_year": "rate of {year}",
    "no_population_of_year": "no population was published for the year",
    "no_denominator": "its denominator cannot be computed from published figures",
    "no_pensionable_age": "the pack marks no pensionable age as denominator",
    "no_births": "no births were published",
    "no_employment_ratio": "no employment-to-population ratio was published",
    "no_employment_ratio_by_sex": "no employment-to-population ratio was published for {sex}",
    "no_unemployment_rate": "no unemployment rate was published",
    "no_unemployment_rate_by_sex": "no unemployment rate was published for {sex}",
    "no_headcount": "no national poverty headcount was published",
    "no_headcount_by_sex": "no national headcount by sex was published",
    "no_disability_prevalence": "no prevalence of severe disability was published: collect it first",
    "group_not_counted": "no target population is counted for the group: {group}",
    # --- schemes
    # --- coverage
    "no_rate": "no published rate",
    "published_above_100": (
        "published above 100 %: double counting, households, pensioners abroad or a lower age; to be verified"
    ),
    "published_100": "published as 100 %: to be verified, not drawn",
    "published_jump": "published as {after} % in {year} after {before} % in {before_year}: to be verified, not drawn",
    "no_wage_share": "no share of wage and salaried workers was published",
    "rate_above_wage_share": (
        "the published rate is above the share of employees, {employees} %: others are counted too, or the counts differ"
    ),
    "no_rate_or_wage_share": "no published rate, or no share of wage and salaried workers",
    "protected_classes": "the Convention asks for shares of protected classes, the published rate counts recipients",
    "above_all_employees": "above all employees: others are counted too, or the counts differ; to be verified",
    "not_published": "not published",
    # --- needs
    "no_finding": "no finding in the pack: a dialogue must supply it",
    "poverty_of_nation_only": "poverty was published for the nation only, not by group",
    "no_severity_of_group": "no severity of poverty was published for the group: {group}",
    # --- stocktaking
    # --- costing
    "not_covered": "not covered",
    "everybody_covered": "everybody of the group is covered",
    "no_insured_share": "no share of persons with health insurance was published",
    "no_benefit_in_gdp": "the benefit cannot be set against GDP",
    "no_target": "the target population is not known",
    # --- priorities
    "no_survey": "needs estimates from a household survey, and none were made for this country",
    "nobody_judged": "nobody judged this option",
    "no_scheme_in_law": "no programme in law, no scheme listed",
    "no_scheme_listed": "the inventory lists no scheme of this branch: it may be incomplete",
    "not_read": "not read: {item}",
    "no_coverage_by_fifth": "no coverage by quintile was published for this kind of programme",
    "no_change": "no admissible value changes who can come first",
    # --- dialogue
}

_CODE = re.compile(r"[a-z][a-z0-9_]*")


def reason(code: str, **values: object) -> str:
    """A cell that says one thing by its code.

    Parameters
    ----------
    code : a key of ``REASONS``
    values : what goes into the places of its words: codes of the field's code lists, names of data, numbers

    Raises
    ------
    KeyError : a code that has no words; ValueError : values that are not those of its words

    Examples
    --------
    >>> reason("no_rate"), reason("published_jump", after=52, year=2020, before=4, before_year=2019)
    ('no_rate', 'published_jump {"after": 52, "year": 2020, "before": 4, "before_year": 2019}')
    """
    places = {name for _, name, _, _ in Formatter().parse(REASONS[code]) if name}
    if places != set(values):
        raise ValueError(f"reason {code!r}: expected the values {sorted(places)}, got {sorted(values)}")
    return f"{code} {json.dumps(values, ensure_ascii=False, default=_plain)}" if values else code


def join_reasons(*cells: str) -> str:
    """Several cells as one; what says nothing, and what was said before, is left out.

    Examples
    --------
    >>> join_reasons("no_rate", "", "no_births; no_rate")
    'no_rate; no_births'
    """
    return "; ".join(dict.fromkeys(_item(code, values) for cell in cells for code, values in split_reasons(cell)))


def split_reasons(cell: str) -> list[tuple[str, dict]]:
    """The codes of a cell, each with its values.

    Examples
    --------
    >>> split_reasons('no_rate; population_from_age {"age": 60, "scheme": "A; B"}')
    [('no_rate', {}), ('population_from_age', {'age': 60, 'scheme': 'A; B'})]
    """
    return list(_items(str(cell)))


def has_reason(cells: Iterable[str], code: str) -> list[bool]:
    """For each cell, whether it holds a code.

    Examples
    --------
    >>> has_reason(["no_rate; no_births", ""], "no_births")
    [True, False]
    """
    return [any(found == code for found, _ in split_reasons(cell)) for cell in cells]


def _items(cell: str):
    at, decoder = 0, json.JSONDecoder()
    while at < len(cell):
        found = _CODE.match(cell, at)
        if not found:
            raise ValueError(f"no reason: {cell!r}")
        at, values = found.end(), {}
        if cell.startswith(" {", at):
            values, at = decoder.raw_decode(cell, at + 1)
        yield found.group(), values
        at += 2 if cell.startswith("; ", at) else 0


def _item(code: str, values: dict) -> str:
    return f"{code} {json.dumps(values, ensure_ascii=False)}" if values else code


def _plain(value: object) -> object:
    """Numpy's numbers as Python's."""
    return value.item() if hasattr(value, "item") else str(value)
