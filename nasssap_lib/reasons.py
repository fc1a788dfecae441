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
    # --- schemes
    "not_published": "not published",
    "not_found": "not found in the sources read",
    "none_found": "none found in the sources read",
    "voluntary_only": "voluntary membership only",
    "inventory_incomplete": "inventory incomplete",
    "zero_in_law": "0 % in {year}: no programme in law",
    "zero_published": "0 % in {year}",
    "people_covered": "{people}: {percent} % covered in {year}",
    "government_pays_health": "government spent {percent} % of GDP on health in {year}",
    "no_rate_found": "no rate found in the sources read",
    "decreed_later": "decreed for later years only",
    "rate_of_some": "{who} {rate} ({year})",
    "rate_of_all": "all {rate} ({year})",
    "rate_detail": "{detail}",
    "paid_once": "paid once: no level",
    "unit_is": "its unit is {unit}",
    "no_gdp_per_head": "no GDP per head was published for {year}",
    "no_gdp": "no GDP was published for {year}",
    "nobody_contributes": "nobody contributes, by design",
    "no_reserves": "paid from the budget or by the employer: no reserves",
    "doubted": "in doubt: {note}",
    "printing_error": "marked by its note: printing error",
    "not_of_one_year": "no figure of one year: {detail}",
    "no_outturn": "no outturn of one year was found",
    "no_budget": "no budget of one year was found",
    "no_health_scheme": "no health scheme is listed",
    # --- coverage
    # --- needs
    # --- stocktaking
    "nothing_found": "nothing found in the sources read",
    "no_population_of_year": "no population was published for the year",
    "no_family_workers": "family workers were not published",
    "no_family_workers_by_sex": "family workers were not published by sex",
    "family_above_self_employed": "more family workers than self-employed were published: to be verified",
    "outcome_not_read": "outcome not read",
    "content_not_read": "title and year only: the content was not read",
    # what a subject of the evidence lacks
    "lacks_people": "{people}",
    "lacks_population": "population by age",
    "lacks_births": "births",
    "lacks_gdp": "GDP",
    "lacks_gdp_per_head": "GDP per head",
    "lacks_revenue": "revenue",
    "lacks_expenditure": "expenditure",
    "lacks_debt": "debt",
    "lacks_employment": "employment",
    "lacks_wage_workers": "wage workers",
    "lacks_family_workers": "family workers",
    "lacks_family_workers_by_sex": "family workers by sex",
    "lacks_informal_employment": "informal employment",
    "lacks_unemployment": "unemployment",
    "lacks_headcount": "headcount at the national line",
    "lacks_national_line": "national line in currency",
    "lacks_gini": "Gini index",
    "lacks_rate": "rate",
    "lacks_older_women": "older women",
    "lacks_older_men": "older men",
    "lacks_employed_women": "employed women, injury",
    "lacks_employed_men": "employed men, injury",
    "lacks_q1": "poorest",
    "lacks_q2": "second",
    "lacks_q3": "third",
    "lacks_q4": "fourth",
    "lacks_q5": "richest",
    "lacks_service_index": "service index",
    "lacks_out_of_pocket": "out-of-pocket share",
    "lacks_catastrophic_spending": "catastrophic spending",
    "lacks_government_spending": "government spending",
    "lacks_external_share": "external share",
    "lacks_share_of_gdp": "share of GDP",
    "schemes_without_count": "{n} of {all} schemes without a count",
    "schemes_without_money": "{n} of {all} schemes without money",
    "schemes_without_rate": "{n} of {all} contributory schemes without a rate",
    # what two figures are, what is odd about them, and what to do
    "indicator": "{name}",
    "of_group": "{group:small}",
    "of_sex": "{sex}",
    "of_fifth": "{fifth}",
    "of_line": "{line} line",
    "of_part": "{part}",
    "of_scheme": "{scheme}: {measure:small}",
    "pensionable_age": "Pensionable age",
    "injury_and_employees": "Persons covered for employment injury, and employees",
    "poverty_lines": "National poverty lines",
    "poverty_line_derived": "National poverty line, published and derived",
    "two_figures": "one year, two figures. {first_source}: {first}. {second_source}: {second}",
    "points_moved": "{points} points in {years} years of one edition",
    "everybody_covered": "100 % means that everybody is covered",
    "above_employees": "{covered} % of the employed are counted as covered, {employees} % are employees: {percent} % of employees",
    "count_of_year": "{count} for {year}",
    "two_lines": "two official lines; the second is the “{line}” one",
    "line_from_dollars": "derived: {dollars} international dollars of 2017 a day × parity {parity} × consumer prices × 365",
    "no_programme_though_listed": "no programme, says the source of the rate; the inventory lists {schemes}",
    "its_note": "its note: {note}",
    "ask_method": "ask which method or survey changed; use the newer edition, and chain no years across the two",
    "ask_survey": "ask whether survey, method or definition changed; draw no trend through the two",
    "ask_survey_draw_no_100": "ask whether survey, method or definition changed; draw no trend through the two, and do not draw 100 %",
    "ask_who_is_counted": "ask the scheme whether own-account workers, or several jobs of one person, are counted",
    "ask_register": "ask the scheme for its own register; show all counts, prefer none",
    "name_line": "name the line with every headcount and every benefit that is measured by it",
    "use_published_line": "use the published line; the derived one is an estimate, and adult equivalents are no persons",
    "ask_loss_of_work": "ask whether the scheme pays on loss of work, and to whom; correct its branch, or the rate",
    "read_original": "read the original; until then the figure stands with its note and is not drawn",
    # figures to collect, and what is missing of each
    "collect_at_least_one": "Rate of at least one benefit",
    "collect_coverage": "Coverage of {people}",
    "collect_disability": "Number of persons with severe disabilities",
    "collect_sexes": "Coverage of women and men apart",
    "collect_fifths": "Social assistance by fifth of the population",
    "collect_national_total": "National total of spending on social protection",
    "collect_expenditure": "Expenditure of the year (outturn)",
    "collect_administration": "Administration cost",
    "collect_beneficiaries": "Beneficiaries",
    "collect_contributors": "Contributors",
    "collect_household_size": "Household size of beneficiaries, to turn households into persons",
    "collect_affiliation": "Affiliation to health schemes",
    "collect_benefit": "Benefit level",
    "collect_rates": "Contribution rates",
    "collect_schemes": "Schemes of {branch:small}",
    "collect_status": "Whether the scheme still pays",
    "collect_documents": "What plans and laws say",
    "collect_ratification": "Ratification of Conventions",
    "not_about_one_group": "not about one group of persons",
    "this_is_missing": "this is the figure that is missing",
    "no_rate_published": "no rate was published",
    "measure_again": "the newest rate is of {year}: measure again",
    "no_prevalence": "no prevalence of severe disability: their number, and so their gap, cannot be given",
    "not_published_for": "not published for {people}",
    "no_survey_of_fifths": "no survey with all five fifths",
    "no_national_total": "no total was found: only a lower bound can be given",
    "missing_for_some": "{n} of {all} schemes: {schemes}",
    "missing_for_all": "all {all} schemes: {schemes}",
    "missing_for_one": "1 scheme: {schemes}",
    "none_listed": "none is listed",
    "documents_not_read": "{n} of {all} were not read beyond title and year",
    "check_normlex": "check NORMLEX: {conventions}",
    # --- costing
    # --- priorities
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
    >>> reason("no_rate"), reason("published_jump", after=52, year=2020, before=4, before_year=2019)  # doctest: +SKIP
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
