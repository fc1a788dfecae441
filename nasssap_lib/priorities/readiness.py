"""What an option can stand on today: institution, law and register in the inventory, and whom its channel reaches."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from nasssap_lib.costing.today import OUTSIDE_EMPLOYMENT, kind_of
from nasssap_lib.coverage.quintiles import QUINTILES
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import is_legal_zero, is_old, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.rows import as_records
from nasssap_lib.terms import CONTRIBUTORY_TYPES, READINESS_ITEMS, branch_of

CHANNELS = {  # through which kind of programme a group is reached, as ASPIRE sorts programmes
    "unemployed": "aspire_coverage_labour_market",
    "employment_injury": "aspire_coverage_social_insurance",
    # extensions of contributory schemes
    "at_least_one": "aspire_coverage_social_insurance",
    "total": "aspire_coverage_social_insurance",
    "self_employed": "aspire_coverage_social_insurance",
}
SOCIAL_ASSISTANCE = "aspire_coverage_social_assistance"
PEOPLE_OF_GROUP = {  # categories of population that an option for a group serves, where these are not all outside formal employment
    "poor": {"poor_households", "residents"},
    "vulnerable": {"poor_households", "residents"},
    "at_least_one": {"informal", "residents"},
    "self_employed": {"informal", "residents"},
    "employment_injury": {"informal", "residents"},
}
PAYING_TYPES = {"social_assistance", "universal"}  # of schemes on which a benefit paid from taxes can stand
JOINED_TYPES = {*CONTRIBUTORY_TYPES, "community", "voluntary"}  # of schemes whose contributions can be subsidised
LAW = re.compile(r"\b(loi|law|act|decree|decreto|d[eé]cret|ley|ordonnance|ordinance|code|order|minutes)\b", re.I)
NO_LAW = re.compile(r"\bno (law|act)\b", re.I)
PROPORTIONAL = 0.2  # the poorest fifth among the persons reached, if everybody were reached alike
ITEMS = tuple(READINESS_ITEMS)


@once_a_pack
def assess_readiness(pack: Pack) -> pd.DataFrame:
    """What an option can stand on, read from the inventory: an institution, a law and a channel for the people whom it serves.

    Returns
    -------
    table : option, name, branch, institution, law, register (who and what gives it, with the scheme in brackets; "" where nothing
        does), readiness (share of the three, 0–1; NaN where one of them is not known), low, high (what it could be), source, reason

    Notes
    -----
    Only schemes count that serve the option's people: a fund of employees is no institution for informal mothers, a law for employees
    no law for residents, a scheme of one part of the country none for all of it, and a savings scheme no law for a pension that is
    paid from taxes: a benefit stands on assistance and universal schemes, a subsidy on schemes that one joins. Institution: an
    active scheme names one. Law: a scheme, active or planned, names an act, a law or a decree; where none does, it was not read:
    not known. Register: an active scheme pays these people regularly, so that its channel could pay more; a one-off grant, goods in
    kind and care free of charge leave no such channel. A scheme whose status was not read leaves open what only it could give. Where
    the branch has schemes and none for these people, readiness is 0. A branch without any scheme is 0 only where its coverage is a
    zero in law; otherwise the inventory may be incomplete, and nothing is known.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> float(assess_readiness(read_pack("RWA")).set_index("option").loc["health_insurance", "readiness"])
    1.0
    """
    rows = [_readiness(pack, measure) for measure in as_records(pack.measures)]
    columns = ["option", "name", "branch", *ITEMS, "readiness", "low", "high", "source", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _readiness(pack: Pack, measure: dict) -> dict:
    branch = branch_of(measure["guarantee"], measure["group"])
    related = measure["related_scheme"].split(";") if measure["relation"] in ("build_on", "merge") else []
    schemes = pack.schemes
    of_branch = [branch in row.branches.split(";") or row.id in related for row in schemes.itertuples()]
    listed = schemes[np.array(of_branch, dtype=bool)]  # an empty list would choose columns
    mine = listed[_serves(listed, measure, branch)]
    head = {"option": measure["id"], "name": measure["name"], "branch": branch}
    if mine.empty:
        return head | dict.fromkeys(ITEMS, "") | _without_scheme(pack, measure, listed)
    found, unread = _found(mine), _found(mine.assign(status="active"))
    words = {item: ", ".join(_named(rows, item)) for item, rows in found.items()}
    open_items = [item for item in ITEMS if not words[item] and (item == "law" or len(unread[item]))]
    low = sum(bool(text) for text in words.values()) / len(ITEMS)
    bounds = {"readiness": np.nan if open_items else low, "low": low, "high": low + len(open_items) / len(ITEMS)}
    why = join_reasons(*(reason("not_read", item=item) for item in open_items))
    return head | words | bounds | {"source": join_sources(*mine["source"]), "reason": why}


def _serves(schemes: pd.DataFrame, measure: dict, branch: str) -> pd.Series:
    """Schemes of the whole country for the people whom an option serves, and of its own kind."""
    people = PEOPLE_OF_GROUP.get(measure["group"], OUTSIDE_EMPLOYMENT)
    types = PAYING_TYPES if kind_of(measure) == "benefit" else JOINED_TYPES
    types = types | {"universal"} if branch == "medical_care" else types
    own = (schemes["area"] == "") & schemes["type"].isin(types) & (schemes["paid"] != "in_kind")
    whom = schemes["population_category"]
    if kind_of(measure) == "subsidy":  # who may join can be helped to
        whom = whom + ";" + schemes["voluntary_for"] + ";" + schemes["mandatory_for"]
    return own & whom.map(lambda text: bool(people & set(text.split(";")))).astype(bool)


def _without_scheme(pack: Pack, measure: dict, listed: pd.DataFrame) -> dict:
    """Readiness where no scheme of the branch serves the option's people."""
    if len(listed):
        known = {"readiness": 0.0, "low": 0.0, "high": 0.0}
        return known | {"source": join_sources(*listed["source"]), "reason": reason("no_scheme_for_these_people")}
    zero = _legal_zero(pack, measure["group"])
    bounds = {"readiness": 0.0 if zero else np.nan, "low": 0.0, "high": 0.0 if zero else 1.0}
    return bounds | {"source": "", "reason": reason("no_scheme_in_law" if zero else "no_scheme_listed")}


def _named(rows: pd.DataFrame, item: str) -> list[str]:
    """Who or what gives a point: the institution or the law with its scheme in brackets, or the scheme."""
    if item == "register":
        return rows["short_name"].tolist()
    column = {"institution": "institution", "law": "legal_basis"}[item]
    return [f"{text} ({scheme})" for text, scheme in zip(rows[column], rows["short_name"], strict=True)]


def unread_items(cell: str) -> set[str]:
    """Which of the three were not read, by the reason of a row: all where the inventory lists no scheme.

    Examples
    --------
    >>> unread_items('not_read {"item": "law"}'), len(unread_items("no_scheme_listed")), unread_items("no_scheme_in_law")
    ({'law'}, 3, set())
    """
    codes = split_reasons(cell)
    if any(code == "no_scheme_listed" for code, _values in codes):
        return set(ITEMS)
    return {values["item"] for code, values in codes if code == "not_read"}


def _found(schemes: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Schemes that give each of the three; a benefit that is paid once leaves no channel."""
    active = schemes[schemes["status"] == "active"]
    serves = active["paid"].isin(["", "regular"])
    lawful = schemes["status"].isin(["active", "planned"]) & _mask(
        schemes, "legal_basis", lambda text: bool(LAW.search(text)) and not NO_LAW.search(text)
    )
    return {"institution": active[active["institution"] != ""], "law": schemes[lawful], "register": active[serves]}


def _mask(table: pd.DataFrame, column: str, holds) -> pd.Series:
    return table[column].map(holds).astype(bool)


def _legal_zero(pack: Pack, group: str) -> bool:
    rate = pack.latest("effective_coverage", group)
    return len(rate) == 1 and is_legal_zero(rate["value"].iat[0], rate["note"].iat[0])


def assess_equity(pack: Pack) -> pd.DataFrame:
    """How well the channel that an option would use reaches the poorest fifth today.

    Returns
    -------
    table : option, name, channel (indicator), year, poorest (coverage of the poorest fifth, share 0–1), everybody (coverage of the
        population), equity (share of the poorest fifth among all persons reached; 0.2 is proportional), quality, source, reason

    Notes
    -----
    Equity = 0.2 × coverage of the poorest fifth ÷ coverage of the population, of one year and source (ASPIRE). It describes
    programmes of the survey's year: one more than five years older than the pack's reference year is shown (poorest, everybody, year) and
    gives no value. Options of one channel share it, and a universal benefit may do better. Rates by sex
    and area stand in the needs matrix; too few are published for a criterion.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> assess_equity(read_pack("ZMB")).set_index("option").loc["child_benefit", "reason"]
    'survey_too_old {"year": 2015}'
    """
    rows = [_equity(pack, measure) for measure in as_records(pack.measures)]
    columns = ["option", "name", "channel", "year", "poorest", "everybody", "equity", "quality", "source", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _equity(pack: Pack, measure: dict) -> dict:
    health = measure["guarantee"] == "health"
    channel = "health_insurance_coverage" if health else CHANNELS.get(measure["group"], SOCIAL_ASSISTANCE)
    poorest, everybody = pack.series(channel, breakdown=next(iter(QUINTILES))), pack.series(channel)
    both = poorest.merge(everybody, on=["year", "source"], suffixes=("_poorest", "")).tail(1)
    head = {"option": measure["id"], "name": measure["name"], "channel": channel}
    if both.empty or not both["value"].iat[0] > 0:
        empty = {"year": pd.NA, "poorest": np.nan, "everybody": np.nan, "equity": np.nan}
        return head | empty | {"quality": "", "source": "", "reason": reason("no_coverage_by_fifth")}
    row = both.iloc[0]
    year, old = int(row["year"]), is_old(row["year"], pack.settings.reference_year)
    return head | {
        "year": year,
        "poorest": row["value_poorest"] / 100,
        "everybody": row["value"] / 100,
        "equity": np.nan if old else min(PROPORTIONAL * row["value_poorest"] / row["value"], 1.0),
        "quality": weakest([row["quality_poorest"], row["quality"], "estimated"]),
        "source": row["source"],
        "reason": reason("survey_too_old", year=year) if old else "",
    }
