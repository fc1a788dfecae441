"""Registers: published rates of coverage that a scheme's own register has outgrown since they were observed.

A survey of ten years ago describes a programme that may have grown many times since; its rate is of the past.
"""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from nasssap_lib import terms
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_notes, join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.schemes.inventory import standing_schemes

GROWN = 1.5  # a register that counts more than half again as many contradicts an unchanged rate
NEAR = 2  # years at most between a survey and the count that stands for its year
RECEIVE = ("beneficiaries", "pensioners")
BELONG = ("contributors", "affiliates")
RATES = [  # branch of a scheme, measures of its register, indicator, group: whose rate the register can contradict
    ("social_assistance", RECEIVE, "aspire_coverage_social_assistance", "total"),
    ("social_assistance", RECEIVE, "effective_coverage", "vulnerable"),
    ("social_assistance", RECEIVE, "effective_coverage", "poor"),
    ("family", RECEIVE, "effective_coverage", "children"),
    ("old_age", RECEIVE, "effective_coverage", "older_persons"),
    ("invalidity", RECEIVE, "effective_coverage", "severe_disability"),
    ("unemployment", RECEIVE, "effective_coverage", "unemployed"),
    ("maternity", RECEIVE, "effective_coverage", "mothers"),
    ("employment_injury", BELONG, "effective_coverage", "employment_injury"),
    ("medical_care", (*RECEIVE, *BELONG), "health_insurance_coverage", "total"),
]
OF_PERSONS = (
    "older_persons",
    "severe_disability",
    "mothers",
    "unemployed",
)  # a household that receives is no pensioner
HOUSEHOLDS = ("households", "families")
COLUMNS = [
    "indicator", "group", "rate", "rate_year", "scheme", "short_name", "measure", "counted_in", "first", "first_year", "last",
    "last_year", "growth", "note", "quality", "source",
]  # fmt: skip


@once_a_pack
def outgrown_rates(pack: Pack) -> pd.DataFrame:
    """Published rates that a register of the same branch contradicts: it has grown by more than half since they were observed.

    Returns
    -------
    table : indicator, group (of the rate, newest up to the reference year), rate (%), rate_year, scheme (id), short_name, measure,
        counted_in, first (the count nearest to the year of the rate, at most two years apart, of two as near the later), first_year,
        last (newest count up to the reference year), last_year, growth (last ÷ first), note (of both counts, such as "more
        than"), quality, source; a row a rate and scheme, with the series of the scheme that has grown most

    Notes
    -----
    Counts are compared within one series: scheme, measure, detail and unit. It does not say by how much the rate is too low: a register
    may count households, and other schemes may have shrunk.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> found = outgrown_rates(read_pack("ZMB")).query("indicator == 'aspire_coverage_social_assistance'")
    >>> found[["rate_year", "short_name", "first", "last"]].values.tolist()
    [[2015, 'SCT', 180261.0, 1300000.0]]
    """
    schemes = standing_schemes(pack)
    schemes = schemes[schemes["id"].isin(_counted_twice(pack.scheme_figures))]  # the others cannot have grown
    named = [(set(scheme.branches.split(";")), scheme) for scheme in schemes.itertuples()]
    counted = _counts(pack)
    rows = [
        row
        for branch, measures, indicator, group in RATES
        for rate in as_records(pack.latest(indicator, group, terms.sex_of(group), year=pack.settings.reference_year))
        for branches, scheme in named
        if branch in branches
        for row in _outgrown(counted.get(scheme.id, {}), rate, scheme, measures)
    ]
    kinds = {"rate_year": "Int64", "first_year": "Int64", "last_year": "Int64"}
    kinds |= dict.fromkeys(("rate", "first", "last", "growth"), "float64")
    return pd.DataFrame(rows, columns=COLUMNS).astype(kinds)


@once_a_pack
def outgrown_coverage(pack: Pack) -> pd.DataFrame:
    """Groups whose newest rate of coverage a register contradicts.

    Returns
    -------
    table : group, reason (a code, by the scheme that has grown most), source; a row a group

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> outgrown_coverage(read_pack("ZMB"))["group"].tolist()
    ['vulnerable', 'poor', 'children']
    """
    grown = outgrown_rates(pack)
    grown = grown[grown["indicator"] == "effective_coverage"].sort_values("growth", ascending=False, kind="stable")
    grown = grown.drop_duplicates("group", ignore_index=True)
    why = [
        reason(
            "rate_outgrown", scheme=row.short_name, times=float(round(row.growth, 1)), year=int(row.first_year),
            rate_year=int(row.rate_year),
        )
        for row in grown.itertuples()
    ]  # fmt: skip
    return grown[["group", "source"]].assign(reason=why)[["group", "reason", "source"]]


def _counted_twice(figures: pd.DataFrame) -> set[str]:
    """Schemes with counts of persons of several years in one series."""
    counts = figures[figures["measure"].isin([*RECEIVE, *BELONG])]
    years = counts.groupby(["scheme", "measure", "detail", "unit"])["year"].nunique()
    return set(years[years > 1].index.get_level_values("scheme"))


def _counts(pack: Pack) -> dict[str, dict[tuple, list[dict]]]:
    """Counts up to the reference year by scheme and series (measure, detail, unit): one a year, the newest first."""
    rows = pack.scheme_figures
    rows = rows[rows["measure"].isin([*RECEIVE, *BELONG]) & (rows["unit"] != "percent")]
    rows = rows[(rows["year"] <= pack.settings.reference_year) & (rows["counted_in"] != "cumulative_persons")]
    rows = rows.sort_values(["year", "value"], ascending=[False, True])
    series: dict[str, dict[tuple, list[dict]]] = {}
    for row in as_records(rows.drop_duplicates(["scheme", "measure", "detail", "unit", "year"])):
        key = (row["measure"], row["detail"], row["unit"])
        series.setdefault(row["scheme"], {}).setdefault(key, []).append(row)
    return series


def _outgrown(counted: Mapping[tuple, list[dict]], rate: Mapping, scheme, measures: tuple[str, ...]) -> list[dict]:
    """The fastest series of a scheme since a rate was observed, where it has grown by more than half."""
    own = [counted[key] for key in sorted(counted) if key[0] in measures]
    if rate["group"] in OF_PERSONS:
        own = [[row for row in series if row["counted_in"] not in HOUSEHOLDS] for series in own]
    ends = [ends for series in own if series and (ends := _ends(series, rate["year"]))]
    if not ends:
        return []
    first, last = max(ends, key=lambda pair: pair[1]["value"] / pair[0]["value"])
    if not last["value"] > GROWN * first["value"]:
        return []
    return [
        {
            "indicator": rate["indicator"], "group": rate["group"], "rate": rate["value"], "rate_year": rate["year"],
            "scheme": scheme.id, "short_name": scheme.short_name, "measure": last["measure"], "counted_in": last["counted_in"],
            "first": first["value"], "first_year": first["year"], "last": last["value"], "last_year": last["year"],
            "growth": last["value"] / first["value"],
            "note": join_notes([first["note"], last["note"]]),
            "quality": weakest([rate["quality"], first["quality"], last["quality"]]),
            "source": join_sources(rate["source"], first["source"], last["source"]),
        }
    ]  # fmt: skip


def _ends(series: list[dict], year: int) -> tuple[dict, dict] | None:
    """The count that stands for the year of a rate, and a newer one; None where the series, newest first, has no such two."""
    last, first = series[0], min(series, key=lambda row: abs(row["year"] - year))
    if abs(first["year"] - year) > NEAR or not first["value"] > 0:
        return None
    return (first, last) if last["year"] > max(first["year"], year) else None
