"""Counts of registers: whose people each counts, in persons, and which share of a group they are.

One definition each: a register stands beside a published rate only where it counts the same people in the same way.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import target_populations, value_at
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.inventory import standing_schemes
from nasssap_lib.schemes.registers import BELONG, RECEIVE

AT_LEAST = re.compile(r"more than|\bover\b|minimum|at least", re.I)  # notes of counts that are lower bounds
PERSONS, HOUSEHOLDS = ("persons", "subscribers"), ("households", "families")
WHOLE_REGISTER = ("", "members", "household members", "insured")  # details of counts of the whole register


class Registered(NamedTuple):
    """Which registers count the people of a published rate, in its definition.

    group : of the rate · indicator : of the rate · branch : of the schemes · category : of their people ("": any) ·
    measures : of the count, the first that a scheme has in a year · counted_in : what may be counted · alone : branches beside which a
    scheme may have no other, or its count is of others too, unless it is of the branch (empty: any) · target : group of the
    denominator ("": the whole population)
    """

    group: str
    indicator: str
    branch: str
    category: str
    measures: tuple[str, ...]
    counted_in: tuple[str, ...]
    alone: tuple[str, ...] = ()
    target: str = ""


RATE = "effective_coverage"
INSURED = ("affiliates", "beneficiaries")
RULES = (
    # surveys count everybody in a household that receives: registers of households are brought to their members
    Registered("total", "aspire_coverage_social_assistance", "social_assistance", "", RECEIVE, HOUSEHOLDS),
    Registered("poor", RATE, "social_assistance", "poor_households", RECEIVE, HOUSEHOLDS, (), "poor"),
    Registered("older_persons", RATE, "old_age", "", ("pensioners", "beneficiaries"), PERSONS, ("old_age",), "older_persons"),
    Registered("mothers", RATE, "maternity", "", RECEIVE, PERSONS, ("maternity",), "mothers"),
    Registered("unemployed", RATE, "unemployment", "", RECEIVE, PERSONS, ("unemployment",), "unemployed"),
    Registered("employment_injury", RATE, "employment_injury", "", BELONG, PERSONS, (), "employment_injury"),
    Registered("total", "health_insurance_coverage", "medical_care", "", INSURED, PERSONS, ("medical_care", "sickness", "maternity")),
)  # fmt: skip

COUNT_COLUMNS = [
    "indicator", "group", "scheme", "short_name", "year", "count", "counted_in", "household_size", "persons", "at_least", "quality",
    "source",
]  # fmt: skip


@once_a_pack
def register_shares(pack: Pack) -> pd.DataFrame:
    """Every count of a register in persons, by the rate whose people it counts, and as a share of them in its own year.

    Returns
    -------
    table : indicator, group, scheme (id), short_name, year, count (as published), counted_in, household_size (of the nearest survey; NaN
        for persons), persons, at_least (see :func:`register_bounds`), target (persons of the group), share (0–1, persons ÷ target),
        quality, source, reason (why persons or share is NaN); one row a rule, scheme and year

    Notes
    -----
    Households become persons by the country's mean household size of the nearest survey year. Of competing counts of one year the lowest is
    used: a register holds at least that many.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> rows = register_shares(read_pack("ZMB")).query("scheme == 'sct' and year == 2022 and indicator != 'effective_coverage'")
    >>> round(float(rows["share"].iloc[0]) * 100, 1)
    24.1
    """
    schemes, size = standing_schemes(pack), pack.series("household_size")
    figures = pack.scheme_figures[pack.scheme_figures["year"] <= pack.settings.reference_year]
    figures = figures[figures["detail"].isin(WHOLE_REGISTER) | figures["branch"].ne("")]
    tables = [counts_of(figures, schemes, size, rule).assign(target_group=rule.target) for rule in RULES]
    counts = pd.concat(tables, ignore_index=True)
    people = {group: targets_of(pack, group, years) for group, years in counts.groupby("target_group")["year"]}
    rows = [people[group][year] for group, year in zip(counts["target_group"], counts["year"], strict=True)]
    target = pd.DataFrame(rows, columns=["persons", "quality", "source", "reason"], index=counts.index)
    known = counts["persons"].notna() & target["persons"].gt(0)
    sources = zip(counts["source"], target["source"], strict=True)
    return counts.assign(
        target=target["persons"], share=(counts["persons"] / target["persons"]).where(known),
        quality=[weakest(filter(None, cells)) for cells in zip(counts["quality"], target["quality"], strict=True)],
        source=[join_sources(*filter(None, cells)) for cells in sources],
        reason=[
            "" if good else (reason("no_household_size") if pd.isna(persons) else cell)
            for good, persons, cell in zip(known, counts["persons"], target["reason"], strict=True)
        ],
    )  # fmt: skip


def counts_of(figures: pd.DataFrame, schemes: pd.DataFrame, size: pd.DataFrame, rule: Registered) -> pd.DataFrame:
    """The counts of registers that a rule takes, in persons.

    Parameters
    ----------
    figures : rows of ``scheme_figures`` of whole registers, or of one branch
    schemes : rows of the inventory
    size : year, value of the mean household size; may be empty
    rule : which registers
    """
    own = schemes[np.array([serves(scheme, rule) for scheme in schemes.itertuples()], dtype=bool)]
    alone = own["branches"].map(lambda codes: not rule.alone or set(codes.split(";")) <= set(rule.alone)).astype(bool)
    rows = figures[
        figures["scheme"].isin(own["id"])
        & figures["measure"].isin(rule.measures)
        & figures["counted_in"].isin(rule.counted_in)
    ]
    rows = rows[rows["unit"].isin((*PERSONS, *HOUSEHOLDS)) & rows["branch"].isin(("", rule.branch))]
    rows = rows[rows["scheme"].isin(own["id"][alone]) | rows["branch"].ne("")]
    rows = rows.assign(
        order=rows["measure"].map({name: place for place, name in enumerate(rule.measures)}), whole=rows["branch"].eq(""),
        households=rows["counted_in"].isin(HOUSEHOLDS),
    )  # fmt: skip
    rows = rows.sort_values(["whole", "order", "households", "value"], kind="stable").drop_duplicates(
        ["scheme", "year"]
    )
    named = own.set_index("id")
    sizes = value_at(size, rows["year"])["value"].to_numpy(float) if len(rows) else np.array([])
    each = np.where(rows["households"], sizes, 1.0) if len(rows) else np.array([])
    known = list(zip(rows["quality"], rows["source"], rows["households"], strict=True))
    sized = list(size["source"].tail(1))
    return pd.DataFrame(
        {
            "indicator": rule.indicator, "group": rule.group, "scheme": rows["scheme"],
            "short_name": rows["scheme"].map(named["short_name"]), "year": rows["year"].astype(int), "count": rows["value"],
            "counted_in": rows["counted_in"], "household_size": np.where(rows["households"], sizes, np.nan) if len(rows) else [],
            "persons": rows["value"] * each, "at_least": rows["note"].str.contains(AT_LEAST),
            "quality": [weakest([quality, *(["estimated"] if home else [])]) for quality, _source, home in known],
            "source": [join_sources(source, *(sized if home else [])) for _quality, source, home in known],
        },
        columns=COUNT_COLUMNS,
    ).sort_values(["scheme", "year"], ignore_index=True)  # fmt: skip


def serves(scheme, rule: Registered) -> bool:
    """Whether a scheme is one of those whose registers a rule reads."""
    categories = scheme.population_category.split(";")
    return rule.branch in scheme.branches.split(";") and (not rule.category or rule.category in categories)


def targets_of(pack: Pack, group: str, years: Iterable[int]) -> dict[int, tuple[float, str, str, str]]:
    """Persons of a group by year, from the one place of denominators, with quality, source and reason; "": the whole population."""
    asked = sorted({int(year) for year in years})
    table = target_populations(pack, group or "at_least_one", asked, terms.sex_of(group))[0]
    facts = table[["persons", "quality", "source", "reason"]].itertuples(index=False, name=None)
    return dict(zip(asked, facts, strict=True))
