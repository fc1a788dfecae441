"""Rows that contradict themselves, or their own table: options, schemes, judgements, targets and finance as nobody can mean them."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.errors import nearest
from nasssap_lib.pack.fiscal_space import fiscal_space_findings
from nasssap_lib.pack.magnitudes import plain_number
from nasssap_lib.pack.plausible import Finding, Frames, each, where
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records

# What the unit of a scheme's figure can be, by the beginning of the measure's name
PEOPLE, MONEY = (
    ("persons", "thousand_persons", "million_persons", "households", "families", "number"),
    ("lcu", "usd", "international_dollar"),
)
COUNTED = ("contributors", "beneficiaries", "pensioners", "affiliates")
PAID = (
    "benefit", "expenditure", "income", "administration", "staff_pay", "contributions", "investment_income", "state_transfer",
    "donor_income", "surplus", "debt_", "assets", "ceiling", "floor", "premium",
)  # fmt: skip
HEADS = ("persons", "households", "families", "subscribers", "cumulative_persons", "one_off_grants")
OF_MONEY = (
    "percent",
    "percent_of_earnings",
    "percent_of_pension",
    "ratio",
    "text_see_note",
)  # a benefit may be a share of earnings
OLDEST, OLDER, YOUNGEST, YOUNG = (
    40,
    50,
    25,
    18,
)  # ages at which nobody is an older person, or a child; and at which few are
EARLIEST, AHEAD = 2000, 40  # of what is planned
YIELD = 100, 15  # % of GDP a year: no option yields the first, hardly one the second
OUTSIDE_EMPLOYMENT = {"informal", "poor_households", "residents"}
LONGEST_SCALE, PERCENTAGES = 1_000, 10


def design_findings(frames: Frames, this_year: int) -> Iterator[Finding]:
    """Rows that nobody can mean as they stand.

    Parameters
    ----------
    frames : tables of a pack by their name in it
    this_year : the calendar year in which somebody asks
    """
    rules = {
        "scheme_figures": _units, "schemes": _schemes, "measures": option_designs, "financing": _finance, "targets": _targets,
    }  # fmt: skip
    for name, rule in rules.items():
        if len(frames[name]):
            yield from rule(frames[name], this_year)
    if len(frames["measures"]) and len(frames["schemes"]):
        yield from _beside_schemes(frames["measures"], frames["schemes"])
    if len(frames["financing"]):
        yield from fiscal_space_findings(frames["financing"], frames["measures"], frames["schemes"])
    if len(frames["outturns"]):
        yield from _outturns(frames["outturns"], frames["scheme_figures"])
    if len(frames["judgements"]):
        yield from _judgements(frames["judgements"], frames["stakeholders"], frames["measures"])


def _units(figures: pd.DataFrame, _this_year: int) -> Iterator[Finding]:
    """Money that is counted in people, people in money, and rates that are neither."""
    measure, unit, counted = figures["measure"], figures["unit"], figures["counted_in"]
    people, money = unit.isin(PEOPLE), unit.str.startswith(MONEY)
    of_people, paid, rate = measure.isin(COUNTED), measure.str.startswith(PAID), measure.str.startswith("rate_")
    wrong = {
        "unit_of_people": of_people & (money | unit.str.startswith("percent_of")),
        "unit_of_money": paid & ~money & ~unit.isin(OF_MONEY),
        "unit_of_rate": rate & people,
    }
    for expected, rows in wrong.items():
        yield from where("scheme_figures", figures, rows, "unit", expected, "mend_measure_or_unit")
    known = ~(wrong["unit_of_people"] | wrong["unit_of_money"] | wrong["unit_of_rate"])
    apart = (people & counted.isin(["money", "rate"])) | (money & counted.isin([*HEADS, "rate"]) & ~rate)
    yield from where("scheme_figures", figures, known & apart, "counted_in", "counted_as_unit", "mend_measure_or_unit")


def _outturns(outturns: pd.DataFrame, figures: pd.DataFrame) -> Iterator[Finding]:
    """Explanations of a difference from spending that the pack does not hold, and payments that were never made."""
    measures = {"outturn": "expenditure", "budget": "expenditure_budget"}
    known = set(zip(figures["scheme"], figures["measure"], figures["year"], strict=True))
    asked = zip(outturns["scheme"], outturns["kind"].map(measures), outturns["year"], strict=True)
    rows = outturns[[place not in known for place in asked]]
    told = [reason("spending_explained", scheme=row.scheme) for row in rows.itertuples()]
    yield from each("outturns", rows, "year", told, "explain_published", True)
    never = outturns[outturns["payments"] <= 0]
    yield from each("outturns", never, "payments", "payments_above_0", "mend_payments")


def _schemes(schemes: pd.DataFrame, _this_year: int) -> Iterator[Finding]:
    """Categories whom a law both names and excludes, and relations to nobody."""
    lists = {
        name: [set(filter(None, cell.split(";"))) for cell in schemes[name]]
        for name in ("mandatory_for", "voluntary_for", "excluded")
    }
    for name in ("mandatory_for", "voluntary_for"):
        both = [bool(a & b) for a, b in zip(lists[name], lists["excluded"], strict=True)]
        yield from each("schemes", schemes[both], "excluded", reason("not_also", column=name), "mend_one_of_lists")
    twice = [bool(a & b) for a, b in zip(lists["mandatory_for"], lists["voluntary_for"], strict=True)]
    yield from each(
        "schemes",
        schemes[twice],
        "voluntary_for",
        reason("not_also", column="mandatory_for"),
        "mend_one_of_lists",
        True,
    )
    yield from _relations("schemes", schemes)


def _relations(name: str, table: pd.DataFrame) -> Iterator[Finding]:
    relation, to = table["relation"] != "", table["related_scheme"] != ""
    yield from where(name, table, relation & ~to, "related_scheme", "scheme_of_relation", "name_or_empty")
    yield from where(name, table, to & ~relation, "relation", "relation_to_scheme", "name_or_empty", True)


def _beside_schemes(measures: pd.DataFrame, schemes: pd.DataFrame) -> Iterator[Finding]:
    """Options that name no scheme though one of their branch serves people outside formal employment: it might be crowded out."""
    active = schemes[schemes["status"] == "active"]
    open_to_them = [bool(OUTSIDE_EMPLOYMENT & set(cell.split(";"))) for cell in active["population_category"]]
    served = active[open_to_them]
    alone = measures[measures["related_scheme"] == ""]
    for label, option in zip(alone.index, as_records(alone), strict=True):
        branch = terms.branch_of(option["guarantee"], option["group"])
        names = [
            row.id
            for row in served.itertuples()
            if branch in row.branches.split(";") and row.short_name not in option["note"]
        ]
        if names:
            told = reason("serves_such_people", schemes=", ".join(names))
            yield Finding("measures", label, "related_scheme", told, "name_scheme_or_say_why", True)


def option_designs(measures: pd.DataFrame, this_year: int) -> Iterator[Finding]:
    """Options for people whom their ages or sex leave out, and that began long ago or begin in nobody's plan.

    Parameters
    ----------
    measures : of a pack
    this_year : the calendar year in which somebody asks
    """
    group, first, last = measures["group"], measures["age_from"].fillna(0), measures["age_to"].fillna(120)
    old, young = group.eq("older_persons"), group.eq("children")
    wrong = (old & last.lt(OLDEST)) | (young & first.ge(YOUNGEST))
    odd = ~wrong & ((old & measures["age_from"].fillna(OLDER).lt(OLDER)) | (young & first.ge(YOUNG)))
    for doubt, rows in ((False, measures[wrong]), (True, measures[odd])):
        column = "age_to" if not doubt else "age_from"
        yield from each(
            "measures",
            rows,
            column,
            [reason("ages_of_group", group=code) for code in rows["group"]],
            "mend_ages",
            doubt,
        )
    men = group.eq("mothers") & measures["sex"].eq("male")
    yield from where("measures", measures, men, "sex", "mothers_are_women", "mend_group_or_sex")
    start = measures["start_year"]
    early = start.lt(EARLIEST)
    yield from where("measures", measures, early, "start_year", reason("planned_from", year=EARLIEST), "mend_year")
    far = ~early & start.gt(this_year + AHEAD)
    ahead = reason("planned_up_to", year=this_year + AHEAD)
    yield from where("measures", measures, far, "start_year", ahead, "mend_year", True)
    yield from _relations("measures", measures)
    yield from _further_terms(measures)


def _further_terms(measures: pd.DataFrame) -> Iterator[Finding]:
    """Options that pay nobody of their own target population, or less than people pay for them."""
    if "own_payment" in measures:
        most = measures["amount_low"]
        above = measures["own_payment"] > most
        told = [reason("amount_up_to", most=plain_number(most[row])) for row in measures.index[above]]
        yield from each("measures", measures[above], "own_payment", told, "mend_own_payment")
    for name in ("inclusion_error_low", "inclusion_error_central", "inclusion_error_high"):
        if name in measures:
            yield from where("measures", measures, measures[name] >= 1, name, "less_than_1", "nobody_of_target")


def _finance(financing: pd.DataFrame, this_year: int) -> Iterator[Finding]:
    """Yields below nothing, or above what a country earns."""
    sure, most = YIELD
    below = financing["value_low"] < 0
    yield from where("financing", financing, below, "value_low", "not_negative", "yield_of_gdp")
    high = financing["value_high"]
    for doubt, odd in ((False, high > sure), (True, (high > most) & (high <= sure))):
        up_to = reason("yield_up_to", most=most)
        yield from where("financing", financing, odd, "value_high", up_to, "yield_of_gdp", doubt)
    early, late = financing["from_year"] < EARLIEST, financing["from_year"] > this_year + AHEAD
    yield from where("financing", financing, early, "from_year", reason("planned_from", year=EARLIEST), "mend_year")
    ahead = reason("planned_up_to", year=this_year + AHEAD)
    yield from where("financing", financing, late, "from_year", ahead, "mend_year", True)


def _targets(targets: pd.DataFrame, this_year: int) -> Iterator[Finding]:
    """Targets of years that are long gone, or that nobody plans for."""
    year = targets["year"]
    early = year.lt(EARLIEST).fillna(False).astype(bool)
    yield from where("targets", targets, early, "year", reason("planned_from", year=EARLIEST), "mend_year")
    far = year.gt(this_year + AHEAD).fillna(False).astype(bool)
    ahead = reason("planned_up_to", year=this_year + AHEAD)
    yield from where("targets", targets, far, "year", ahead, "mend_year", True)


def _judgements(judgements: pd.DataFrame, stakeholders: pd.DataFrame, measures: pd.DataFrame) -> Iterator[Finding]:
    """Scores of two scales, names that are nearly those of others, and criteria that leave options out."""
    score = judgements["score"]
    yield from where("judgements", judgements, score.abs() > LONGEST_SCALE, "score", "score_of_scale", "lost_point")
    of_criterion = score.abs().groupby(judgements["criterion"])
    two = (of_criterion.transform("max") > PERCENTAGES) & (score % 1 != 0) & (score.abs() < 1)
    yield from where("judgements", judgements, two, "score", "one_scale", "mend_unit", True)
    groups = set(stakeholders["stakeholder"])
    for column, known in (("criterion", set(terms.CRITERIA)), ("stakeholder", groups)):
        meant = {name: nearest(name, known) for name in judgements[column].unique() if name not in known}
        near = judgements[judgements[column].map(meant).fillna("").ne("")]
        told = [reason("is_it", name=meant[name]) for name in near[column]]
        yield from each("judgements", near, column, told, "same_or_other_name", True)
    strange = ~judgements["stakeholder"].isin(groups) & ~judgements["stakeholder"].str.startswith("expert")
    unknown = judgements[strange & bool(groups)].drop_duplicates("stakeholder")
    yield from each("judgements", unknown, "stakeholder", "known_judge", "name_judge", True)
    judged = judgements.groupby("criterion")["option"].agg(set)
    short = judged[judged.map(lambda options: bool(set(measures["id"]) - options))]
    rows = judgements[judgements["criterion"].isin(short.index)].drop_duplicates("criterion")
    yield from each("judgements", rows, "criterion", "judged_for_all", "judge_the_others", True)
