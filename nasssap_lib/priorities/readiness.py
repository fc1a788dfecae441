"""What an option can stand on today: institution, law and register in the inventory, and whom its channel reaches."""

from __future__ import annotations

import re

import numpy as np
import pandas as pd

from nasssap_lib.coverage.quintiles import QUINTILES
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import is_legal_zero, join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.terms import READINESS_ITEMS

BRANCH_OF_GROUP = {
    "children": "family",
    "mothers": "maternity",
    "severe_disability": "invalidity",
    "unemployed": "unemployment",
    "older_persons": "old_age",
    "employment_injury": "employment_injury",
    "total": "medical_care",
}
# of options for no group of their own
BRANCH_OF_GUARANTEE = {"older_persons": "old_age", "children": "family", "health": "medical_care"}
CHANNELS = {  # through which kind of programme a group is reached, as ASPIRE sorts programmes
    "unemployed": "aspire_coverage_labour_market",
    "employment_injury": "aspire_coverage_social_insurance",
    "at_least_one": "aspire_coverage_social_insurance",  # an extension of contributory schemes
    "total": "",
}
SOCIAL_ASSISTANCE = "aspire_coverage_social_assistance"
OUTSIDE_EMPLOYMENT = {"informal", "poor_households", "residents"}
LAW = re.compile(r"\b(loi|law|act|decree|decreto|d[eé]cret|ley|ordonnance|ordinance|code|order|minutes)\b", re.I)
PROPORTIONAL = 0.2  # the poorest fifth among the persons reached, if everybody were reached alike
ITEMS = tuple(READINESS_ITEMS)


@once_a_pack
def assess_readiness(pack: Pack) -> pd.DataFrame:
    """What an option can stand on, read from the inventory: an institution, a law, a register of persons outside formal employment.

    Returns
    -------
    table : option, name, branch, institution, law, register (names of the schemes that give it; "" where none does), readiness
        (share of the three, 0–1; NaN where one of them is not known), low, high (what it could be), source, reason

    Notes
    -----
    Institution: an active scheme of the branch names one. Law: a scheme of the branch, active or planned, names an act, a law or
    a decree; where none does, it was not read: not known. Register: an active scheme of the branch already serves informal
    workers, poor households or residents. A scheme that the option builds on or merges with counts for all three. A scheme
    whose status was not read leaves open what only it could give. A branch without any scheme is 0 only where its coverage is
    a zero in law; otherwise the inventory may be incomplete, and nothing is known.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> float(assess_readiness(read_pack("RWA")).set_index("option").loc["health_insurance", "readiness"])
    1.0
    """
    rows = [_readiness(pack, measure) for measure in pack.measures.to_dict("records")]
    columns = ["option", "name", "branch", *ITEMS, "readiness", "low", "high", "source", "reason"]
    return pd.DataFrame(rows, columns=columns)


def _readiness(pack: Pack, measure: dict) -> dict:
    branch = _branch(measure)
    related = measure["related_scheme"].split(";") if measure["relation"] in ("build_on", "merge") else []
    schemes = pack.schemes
    mine = schemes[[branch in row.branches.split(";") or row.id in related for row in schemes.itertuples()]]
    head = {"option": measure["id"], "name": measure["name"], "branch": branch}
    if mine.empty:
        zero = _legal_zero(pack, measure["group"])
        bounds = {"readiness": 0.0 if zero else np.nan, "low": 0.0, "high": 0.0 if zero else 1.0}
        why = reason("no_scheme_in_law" if zero else "no_scheme_listed")
        return head | dict.fromkeys(ITEMS, "") | bounds | {"source": "", "reason": why}
    found, unread = _found(mine, branch), _found(mine.assign(status="active"), branch)
    words = {item: ", ".join(rows["short_name"]) for item, rows in found.items()}
    open_items = [item for item in ITEMS if not words[item] and (item == "law" or len(unread[item]))]
    low = sum(bool(text) for text in words.values()) / len(ITEMS)
    bounds = {"readiness": np.nan if open_items else low, "low": low, "high": low + len(open_items) / len(ITEMS)}
    why = join_reasons(*(reason("not_read", item=item) for item in open_items))
    return head | words | bounds | {"source": join_sources(*mine["source"]), "reason": why}


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


def _branch(measure: dict) -> str:
    if measure["guarantee"] == "health":
        return "medical_care"
    other = (
        BRANCH_OF_GUARANTEE.get(measure["guarantee"], "social_assistance") if measure["group"] == "at_least_one" else ""
    )
    return other or BRANCH_OF_GROUP.get(measure["group"], "social_assistance")


def _found(schemes: pd.DataFrame, branch: str) -> dict[str, pd.DataFrame]:
    """Schemes that give each of the three; who gets care free of charge stands in no register from which cash could be paid."""
    active = schemes[schemes["status"] == "active"]
    serves = _mask(active, "population_category", lambda text: bool(OUTSIDE_EMPLOYMENT & set(text.split(";"))))
    serves &= (active["type"] != "fee_waiver") | (branch == "medical_care")
    lawful = schemes["status"].isin(["active", "planned"]) & _mask(
        schemes, "legal_basis", lambda t: bool(LAW.search(t))
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
    programmes of today: options of one channel share its value, and a universal benefit may do better. Rates by sex
    and area stand in the needs matrix; too few are published for a criterion.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> round(float(assess_equity(read_pack("SEN")).set_index("option").loc["child_benefit", "equity"]), 3)
    0.292
    """
    rows = [_equity(pack, measure) for measure in pack.measures.to_dict("records")]
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
    return head | {
        "year": int(row["year"]),
        "poorest": row["value_poorest"] / 100,
        "everybody": row["value"] / 100,
        "equity": min(PROPORTIONAL * row["value_poorest"] / row["value"], 1.0),
        "quality": weakest([row["quality_poorest"], row["quality"], "estimated"]),
        "source": row["source"],
        "reason": "",
    }
