"""Who of an option's own target population is covered today, from the newest evidence on just these people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.coverage.gaps import coverage_gaps, gap_of_group
from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.population.targets import target_persons, value_at
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.schemes.health import national_affiliation
from nasssap_lib.terms import COVERAGE_GROUPS, sex_of

EXTENSIONS = ("employment_injury", "health")  # groups of which only those who are not covered yet are reached
WIDER = {"self_employed": "at_least_one"}  # groups without a rate of their own, and that of which they are a part
HOUSEHOLD_GROUPS = ("poor", "vulnerable")  # paid by household: a register of households can be read as persons
WORK_GROUPS = ("unemployed",)  # paid for work: a household on the register has one place
WHOLE_REGISTER = ("", "members", "household members")  # details of figures that count the whole register
MEMBERS = {"benefit": ("beneficiaries",), "subsidy": ("affiliates", "contributors", "beneficiaries")}
OUTSIDE_EMPLOYMENT = {"informal", "poor_households", "residents"}
SAME_TIME = 2  # years apart at most: two readings of one coverage


class Today(NamedTuple):
    """Share of an option's own target population that is covered today.

    share, low, high : 0–1; share is NaN and low, high are 0 and 1 where nothing was published, low the rate where a register has
        outgrown it
    year : of the observation · rule : what it was read from, a code of reasons · reason : why it is NaN
    """

    share: float
    low: float
    high: float
    year: object
    rule: str
    quality: str
    source: str
    reason: str


NOTHING = Today(np.nan, 0.0, 1.0, pd.NA, "", "", "", "")


def kind_of(option: Mapping) -> str:
    """The list in which an option is ranked: "benefit" (one is paid) or "subsidy" (cover is subsidised).

    Parameters
    ----------
    option : a row of a pack's measures; where it does not say, health and employment injury are insurance

    Examples
    --------
    >>> kind_of({"group": "total", "guarantee": "health"}), kind_of({"group": "poor", "guarantee": "children"})
    ('subsidy', 'benefit')
    """
    insurance = option["guarantee"] == "health" or option["group"] in EXTENSIONS
    return option.get("kind") or ("subsidy" if insurance else "benefit")


def way_of(option: Mapping) -> str:
    """How an option stands to who is covered today, one of ``reach.WAYS``.

    Examples
    --------
    >>> way_of({"group": "poor", "guarantee": "children", "relation": "merge"})
    'builds_on'
    """
    if kind_of(option) == "subsidy":
        return "extends"
    ways = {"build_on": "builds_on", "merge": "builds_on", "benefit_tested": "benefit_tested"}
    return ways.get(option["relation"], "new")


def below_coverage(option: Mapping, today: Today) -> bool:
    """Whether an option that builds on a scheme would be taken up by fewer than are covered already: an error of the pack.

    Examples
    --------
    >>> option = {"group": "poor", "guarantee": "children", "relation": "build_on", "take_up_central": 0.3}
    >>> below_coverage(option, Today(0.32, 0.32, 0.32, 2019, "", "", "", ""))
    True
    """
    return way_of(option) == "builds_on" and bool(option["take_up_central"] < today.share)


@once_a_pack
def covered_today(pack: Pack, option: Mapping) -> Today:
    """The share of an option's own target population that is covered today.

    Parameters
    ----------
    pack : the country
    option : a row of its measures

    Returns
    -------
    Today

    Notes
    -----
    A benefit that builds on a scheme or merges with it takes the newest evidence: the scheme's register, or the published rate of
    the group; of one year a register of persons comes before the rate, and the rate before a register of households, which is
    brought to persons by the mean household size of the country. Where the other reading is at most two years away, it is the other
    end of the range. Anything else takes the published rate, that of a wider group for a part of it, and a register only where there
    is no rate. Of self-employed workers no rate is published: none of them is taken to be covered, at most as many as of all persons.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> option = pack.measures.query("id == 'cash_transfer'").to_dict("records")[0]
    >>> float(covered_today(pack, option).share)
    0.32
    """
    published, register = _published(pack, option), _register(pack, option)
    if way_of(option) != "builds_on":
        own = published if option["group"] not in WIDER else NOTHING
        found = next((found for found in (own, register) if np.isfinite(found.share)), None)
        return found or (_none_to(published, option) if option["group"] in WIDER else published)
    if np.isfinite(register.share) and published.share == 0:
        return register  # a rate of 0 says that no law provides a benefit; the scheme pays all the same
    known = [found for found in (published, register) if np.isfinite(found.share)]
    if len(known) < 2:
        return known[0] if known else published
    first, other = sorted(known, key=_rank, reverse=True)
    if abs(first.year - other.year) > SAME_TIME:
        return first
    low, high = min(first.low, other.low), max(first.high, other.high)
    return first._replace(low=low, high=high, source=join_sources(first.source, other.source))


def _none_to(wider: Today, option: Mapping) -> Today:
    """Where nothing was published of people whom the law of employees does not name: none of them, or as many as of a wider group."""
    if not np.isfinite(wider.share):
        return wider
    rule = reason("none_to_wider_rate", group=WIDER[option["group"]], percent=float(round(100 * wider.share, 1)))
    return wider._replace(share=0.0, low=0.0, high=wider.high, rule=rule, quality="assumed")


def _rank(found: Today) -> tuple[int, int]:
    """The newest first; of one year persons counted, then a rate, then households."""
    order = (
        "register_of_households",
        "register_of_places",
        "rate_of_group",
        "rate_of_wider_group",
        "register_of_persons",
    )
    return int(found.year), order.index(split_reasons(found.rule)[0][0])


def _published(pack: Pack, option: Mapping) -> Today:
    """The published rate of coverage of the option's group."""
    if option["guarantee"] == "health":
        return _insured(pack)
    year, group = pack.settings.reference_year, WIDER.get(option["group"], option["group"])
    row = _gap_of(pack, group, option["sex"], year)
    if row is None:
        return NOTHING._replace(reason=reason("no_rate"))
    if not np.isfinite(row["effective_coverage"]) or row["flag"] == "to_verify":
        return NOTHING._replace(reason=row["reason"] or reason("no_rate"), source=row["source"])
    if row["flag"] == "outgrown":  # whoever was registered since is no part of the rate: it is a lower bound
        low = min(row["effective_coverage"], 1.0)
        return NOTHING._replace(low=low, reason=row["reason"], source=row["source"])
    share, size = min(row["effective_coverage"], 1.0), row["target_population"]
    low, high = (1 - row[end] / size for end in ("gap_high", "gap_low")) if size > 0 else (share, share)
    wider = group != option["group"] or _is_part(option)
    rule = reason("rate_of_wider_group", group=group) if wider else reason("rate_of_group")
    if row["flag"] == "contradictory":
        rule = join_reasons(rule, row["reason"])  # the rate stays, with its doubt
    quality = weakest(filter(None, [row["quality"], "estimated"])) if wider else row["quality"]
    return Today(share, max(low, 0.0), min(high, 1.0), int(row["coverage_year"]), rule, quality, row["source"], "")


def _gap_of(pack: Pack, group: str, sex: str, year: int) -> Mapping | None:
    """The gap of a sex, where a rate is published for it, or of the whole group."""
    if group not in COVERAGE_GROUPS:
        return None
    if sex != sex_of(group) and len(pack.latest("effective_coverage", group, sex)):
        gaps = coverage_gaps(pack, year)
        return gaps[(gaps["group"] == group) & gaps["primary"] & (gaps["sex"] == sex)].iloc[0]
    return gap_of_group(pack, group, year)


def _is_part(option: Mapping) -> bool:
    """Whether an option names ages of its own within a group."""
    return not (pd.isna(option["age_from"]) and pd.isna(option["age_to"]))


def _insured(pack: Pack) -> Today:
    """Persons affiliated to health insurance; affiliation is not access."""
    rate = national_affiliation(pack)
    if len(rate) != 1:
        return NOTHING._replace(reason=reason("no_insured_share"))
    share = min(rate["value"].iat[0] / 100, 1.0)
    return Today(
        share, share, share, int(rate["year"].iat[0]), reason("rate_of_group"), rate["quality"].iat[0], rate["source"].iat[0], ""
    )  # fmt: skip


def _register(pack: Pack, option: Mapping) -> Today:
    """Members of the schemes that an option builds on or merges with, as a share of its own target population now."""
    schemes = option["related_scheme"].split(";") if option["relation"] in ("build_on", "merge") else []
    figures, wanted = pack.scheme_figures, MEMBERS[kind_of(option)]
    schemes = [name for name in schemes if name in _outside_employment(pack)]
    rows = figures[
        figures["scheme"].isin(schemes) & figures["measure"].isin(wanted) & figures["detail"].isin(WHOLE_REGISTER)
    ]
    rows = rows[rows["year"] <= pack.settings.reference_year]
    rows = rows.assign(persons=_persons(pack, option, rows)).dropna(subset=["persons"])
    if rows.empty:
        return NOTHING._replace(reason=reason("no_register"))
    counted = rows["counted_in"].isin(["households", "families"])
    measure = rows["measure"].map({name: place for place, name in enumerate(wanted)})
    rows = rows.assign(counted=counted, order=measure).sort_values(
        ["order", "counted", "year"], ascending=[True, True, False]
    )
    rows = rows.drop_duplicates("scheme")
    year = int(rows["year"].min())
    people = target_persons(pack, option, [pack.settings.reference_year])["persons"].iat[0]
    if not people > 0:
        return NOTHING._replace(reason=reason("no_register"))
    share = min(rows["persons"].sum() / people, 1.0)
    households = bool(rows["counted"].any())
    counted_as = "register_of_places" if option["group"] in WORK_GROUPS else "register_of_households"
    code = counted_as if households else "register_of_persons"
    quality = weakest([*rows["quality"], "estimated"])
    sources = [*rows["source"], *(_household_size(pack)["source"] if households else [])]
    rule = reason(code, count=float(rows["value"].sum()), year=year)
    return Today(share, share, share, year, rule, quality, join_sources(*sources), "")


def _outside_employment(pack: Pack) -> set[str]:
    """Schemes that serve others than employees: what employees have is no cover of an option's own people."""
    categories = pack.schemes["population_category"].map(lambda text: bool(OUTSIDE_EMPLOYMENT & set(text.split(";"))))
    return set(pack.schemes.loc[categories.astype(bool), "id"])


def _persons(pack: Pack, option: Mapping, rows: pd.DataFrame) -> np.ndarray:
    """Members in persons; households by their mean size in the nearest year, where the option is paid by household."""
    households = rows["counted_in"].isin(["households"]).to_numpy()
    persons = np.where(rows["counted_in"].isin(["persons", "subscribers"]), rows["value"], np.nan)
    size = value_at(_household_size(pack), rows["year"])["value"].to_numpy(float)
    each = size if option["group"] in HOUSEHOLD_GROUPS else 1.0 if option["group"] in WORK_GROUPS else np.nan
    return np.where(households, rows["value"].to_numpy(float) * each, persons)


def _household_size(pack: Pack) -> pd.DataFrame:
    return pack.series("household_size")
