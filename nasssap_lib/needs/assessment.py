"""What a dialogue looks at before it ranks anything: needs by life-cycle group, and what is said of each guarantee.

Findings are people's: where a pack holds none, the matrix says what a dialogue must supply and shows what the inventory lists.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.coverage.gaps import DOUBTFUL, coverage_gaps, same_observation
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import is_old, join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import CODI_AREAS, GUARANTEES, sex_of

GUARANTEE_OF_GROUP = {
    "children": "children",
    "mothers": "working_age",
    "severe_disability": "working_age",
    "unemployed": "working_age",
    "employment_injury": "working_age",
    "poor": "working_age",
    "older_persons": "older_persons",
}
BRANCHES_OF_GUARANTEE = {
    "health": ("medical_care",),
    "children": ("family",),
    "working_age": ("sickness", "maternity", "unemployment", "employment_injury", "invalidity", "social_assistance"),
    "older_persons": ("old_age", "survivors"),
}
ASSESSED = ["objective", "codi_area", "gap", "implementation_issue", "recommendation"]


def needs_by_group(pack: Pack, last_year: int = 2050) -> pd.DataFrame:
    """Size, coverage, trend and evidence of each life-cycle group.

    Parameters
    ----------
    pack : the country
    last_year : year to which the size of a group is projected

    Returns
    -------
    table : group, guarantee, year, target_population, last_year, target_last (persons), growth (target_last ÷ target − 1),
        coverage (share 0–1), coverage_year, gap (persons, in the reference year, rate kept), women, men (coverage where both were
        observed in the year and edition of ``coverage``; rates of another year are in the gap table, a zero in law is none), age
        (years since the observation), evidence ("recent", "old", "legal_zero", "over_100", "to_verify", "contradictory", "outgrown" by a
        register, "no_rate"), quality, source,
        reason

    Notes
    -----
    Groups overlap and are not added up. A trend rests on today's rates of poverty, employment and unemployment, kept.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> needs_by_group(read_pack("SEN")).set_index("group").loc["unemployed", "evidence"]
    'legal_zero'
    """
    now = pack.settings.reference_year
    gaps = coverage_gaps(pack, now, projection_years=[last_year])
    gaps = gaps[gaps["primary"] & same_observation(gaps)]
    rows = [_need_row(gaps, group, guarantee, now, last_year) for group, guarantee in GUARANTEE_OF_GROUP.items()]
    return pd.DataFrame(rows)


def _need_row(gaps: pd.DataFrame, group: str, guarantee: str, now: int, last_year: int) -> dict:
    rows = gaps[gaps["group"] == group]
    whole = rows[rows["sex"] == sex_of(group)]
    first, later = whole.iloc[0], whole[whole["year"] == last_year]
    last = float(later["target_population"].iat[0]) if len(later) else np.nan
    rate = {
        sex: rows.loc[(rows["sex"] == sex) & (rows["year"] == now), "effective_coverage"] for sex in ("female", "male")
    }
    both = (
        sex_of(group) == "total"
        and first["flag"] != "legal_zero"
        and all(len(values) and values.notna().all() for values in rate.values())
    )
    evidence = _evidence(first, now)
    doubtful = evidence in ("to_verify", "outgrown")
    return {
        "group": group, "guarantee": guarantee, "year": now,
        "target_population": first["target_population"], "last_year": last_year, "target_last": last,
        "growth": last / first["target_population"] - 1 if first["target_population"] > 0 else np.nan,
        "coverage": first["effective_coverage"], "coverage_year": first["coverage_year"],
        "gap": np.nan if doubtful else first["gap"],
        "women": rate["female"].iat[0] if both else np.nan, "men": rate["male"].iat[0] if both else np.nan,
        "age": np.nan if pd.isna(first["coverage_year"]) else now - first["coverage_year"],
        "evidence": evidence, "quality": first["quality"] or first["denominator_quality"],
        "source": first["source"], "reason": first["reason"],
    }  # fmt: skip


def _evidence(row: pd.Series, now: int) -> str:
    """How good the published rate is; a zero in law of long ago is old like any other, for laws change."""
    if pd.isna(row["coverage_year"]):
        return "no_rate"
    if row["flag"] in DOUBTFUL:
        return row["flag"]
    return "old" if is_old(row["coverage_year"], now) else row["flag"] or "recent"


def assess_guarantees(pack: Pack) -> pd.DataFrame:
    """The assessment matrix: findings by guarantee and objective; a row for each guarantee also where there is none.

    Returns
    -------
    table : guarantee, objective, codi_area, provision, gap, implementation_issue, recommendation (prose of the pack), quality,
        source, reason. Where nobody wrote a finding, the provision names the schemes of the inventory and the reason says that a dialogue
        must supply the rest

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> assess_guarantees(read_pack("SEN"))["guarantee"].tolist()
    ['health', 'children', 'working_age', 'older_persons']
    """
    written = pack.findings.assign(reason="")
    missing = [_listed(pack, guarantee) for guarantee in GUARANTEES if guarantee not in set(written["guarantee"])]
    columns = ["guarantee", "objective", "codi_area", "provision", *ASSESSED[2:], "quality", "source", "reason"]
    rows = [*as_records(written.reindex(columns=columns)), *missing]
    order = list(GUARANTEES)
    table = pd.DataFrame(rows, columns=columns)
    return table.sort_values("guarantee", key=lambda names: names.map(order.index), kind="stable", ignore_index=True)


def _listed(pack: Pack, guarantee: str) -> dict:
    """A guarantee without a finding: what the inventory lists for it."""
    wanted = set(BRANCHES_OF_GUARANTEE[guarantee])
    active = pack.schemes[pack.schemes["status"] == "active"]
    listed = active[np.array([bool(wanted & set(branches.split(";"))) for branches in active["branches"]], dtype=bool)]
    return dict.fromkeys(ASSESSED, "") | {
        "guarantee": guarantee,
        "provision": ", ".join(listed["short_name"]),
        "quality": "observed" if len(listed) else "",
        "source": join_sources(*listed["source"]),
        "reason": reason("no_finding"),
    }


def codi_checklist(findings: pd.DataFrame) -> pd.DataFrame:
    """On which of CODI's 18 key areas there are findings, by guarantee: what has not been looked at yet.

    Parameters
    ----------
    findings : a pack's table; ``codi_area`` names an area by its English words or its number

    Returns
    -------
    table : number (1 to 18), module, area (codes of ``terms.CODI_AREAS``), one column a guarantee (number of findings), findings
        (of all), quality, source; areas that are none of CODI's come last in the words of the pack, without a number

    Notes
    -----
    "Information dissemination & raising awareness" stands in two modules: named by its words it counts in both, by its number in one.
    An area without a finding was not looked at; it is not an area without problems.

    Source: ISPA, *Core Diagnostic Instrument (CODI): What Matters* (2016), table of contents.

    Examples
    --------
    >>> said = pd.DataFrame({"guarantee": ["health"], "codi_area": ["9"], "quality": ["observed"], "source": ["S"]})
    >>> codi_checklist(said).query("findings > 0")[["number", "area", "health"]].values.tolist()
    [[9.0, 'benefit_design', 1]]
    """
    areas = [(module, code, words) for module, names in CODI_AREAS.items() for code, words in names.items()]
    known = pd.DataFrame(areas, columns=["module", "area", "words"]).assign(number=range(1, len(areas) + 1))
    known = known.assign(words=known["words"].str.casefold(), digits=known["number"].astype(str))
    named = findings["codi_area"].str.strip()
    by_words = findings.assign(words=named.str.casefold()).merge(known, on="words")
    by_number = findings.assign(digits=named).merge(known, on="digits")
    other = findings[~(named.str.casefold().isin(known["words"]) | named.isin(known["digits"])) & (named != "")]
    said = pd.concat([by_words, by_number, other.assign(module="other", area=other["codi_area"], number=np.nan)])
    counts = said.groupby(["module", "area", "guarantee"]).size().unstack("guarantee").reindex(columns=list(GUARANTEES))
    strange = said.loc[said["number"].isna(), ["module", "area", "number"]].drop_duplicates()
    table = pd.concat([known[["module", "area", "number"]], strange], ignore_index=True)
    table = table.join(counts.fillna(0).astype(int), on=["module", "area"])
    table[list(GUARANTEES)] = table[list(GUARANTEES)].fillna(0).astype(int)
    table["findings"] = table[list(GUARANTEES)].sum(axis=1)
    quality = weakest(findings["quality"]) if len(findings) else ""
    columns = ["number", "module", "area", *GUARANTEES, "findings", "quality", "source"]
    return table.assign(quality=quality, source=join_sources(*findings["source"]))[columns]
