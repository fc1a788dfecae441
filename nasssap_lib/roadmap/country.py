"""The programme of a country: its options, what each costs and closes when it starts in a year, and the money there is for them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from nasssap_lib.costing.formula import ramp
from nasssap_lib.costing.package import LAST_YEAR
from nasssap_lib.costing.ranges import Prepared, option_costs, prepare_package
from nasssap_lib.costing.reach import reach_of
from nasssap_lib.costing.today import covered_today, way_of
from nasssap_lib.errors import NasssapError
from nasssap_lib.financing.space import space_by_year
from nasssap_lib.pack.model import Pack
from nasssap_lib.population.targets import target_persons
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.roadmap.programme import Programme

STARTS = 8  # years in which an option may start, unless others are asked for
LATER = 10  # years after maturity in which the money must still suffice
MOST_PERCENT = 20  # of GDP: an envelope above it is an amount in another unit
A_YEAR = 1  # starts that an institution carries in a year, unless another number is given: assumed
OPTION_COLUMNS = [
    "option", "name", "guarantee", "group", "institution", "typed_start", "build_up", "earliest", "ready_by", "net", "closed", "in_order",
    "quality", "source", "reason",
]  # fmt: skip
ENVELOPE_COLUMNS = ["year", "envelope", "quality", "source", "reason"]


class CountryProgramme(NamedTuple):
    """What a roadmap of a country stands on.

    programme : None where no option can be ordered, or where no envelope is known
    options : an option a row, columns ``OPTION_COLUMNS``: typed_start (of ``measures.csv``), build_up (years from the first payment to
        full take-up), earliest (first year that its activities allow), ready_by (month in which the last of them ends, "" where the plan
        has none), net (whether the cost is net of what the option replaces), closed (share 0–1 of the gap of its group that it closes
        at least at full take-up, started in the first year), in_order (whether it can be ordered), reason (codes: why it cannot, and what
        must be known)
    envelope : a year a row, columns ``ENVELOPE_COLUMNS``: share of GDP; NaN where nobody has estimated one
    high : cost[option, start, year] of the programme when level, take-up and administration come out at their high ends
    """

    programme: Programme | None
    options: pd.DataFrame
    envelope: pd.DataFrame
    high: np.ndarray | None = None


def country_programme(
    pack: Pack,
    options: Iterable[str] | None = None,
    envelope: float | None = None,
    first: int | None = None,
    starts: int = STARTS,
    a_year: int = A_YEAR,
) -> CountryProgramme:
    """The options of a country as a programme that can be put in order.

    Parameters
    ----------
    pack : the country
    options : ids of its measures; None: all
    envelope : share of GDP that may be spent on the options in every year, 0–1; None: the space of ``financing.csv`` (central values)
    first : first calendar year of a start; None: the first one of ``measures.csv``
    starts : how many years from then on an option may start in
    a_year : most starts of one institution in a year, assumed

    Returns
    -------
    CountryProgramme

    Raises
    ------
    NasssapError : no such option; an envelope outside 0–1; no year in which something may start

    Notes
    -----
    An option that starts s years later than typed pays s years later, and its take-up builds up over as many years as typed. Its cost is
    net of what it replaces where that is known, and never below 0, as in ``financing_gap``. What it closes is the least: persons newly
    covered, at the lower bound of ``costing.reach_of`` for its take-up of the year, over the gap of its group: persons of the largest
    target population of the group's options who are not covered today. Options of one group close what the greatest of them closes.
    Money is asked for in every year up to full take-up of the last possible start, and ten years later, but no longer than the
    population is projected. Money that is bound to some options is left out of the envelope, which is a lower bound then.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> ready = country_programme(read_pack("SEN"), ["social_pension"], envelope=0.005)
    >>> ready.programme.starts[0], ready.options["in_order"].tolist(), round(float(ready.options["closed"].iat[0]), 2)
    (2027, [True], 0.79)
    """
    if envelope is not None and not 0 <= envelope <= 1:
        raise NasssapError(f"country_programme: envelope is {envelope}; expected a share of GDP between 0 and 1")
    wanted = None if options is None else list(options)
    begin = _first(pack, wanted) if first is None else int(first)
    last = min(LAST_YEAR, int(pack.used_population["year"].max())) if len(pack.used_population) else begin - 1
    may = [year for year in range(begin, begin + starts) if year <= last]
    if starts < 1:
        raise NasssapError(f"country_programme: no year in which an option may start; starts is {starts}")
    if not may:  # nobody projects the population so far
        return CountryProgramme(None, _unpeopled(pack, wanted, begin), pd.DataFrame(columns=ENVELOPE_COLUMNS))
    ready = prepare_package(pack, range(may[0], last + 1), wanted)
    built = {row["id"]: int(row["full_year"]) - int(row["start_year"]) for row in ready.rows}
    mature = may[-1] + max(built.values(), default=0)
    years = [year for year in (*range(may[0], mature + 1), mature + LATER) if year <= last]
    cost, net = _costs(ready, may, years)
    closed = _closed(pack, ready, may, years)
    table = _options(pack, ready, may, cost, net, closed, built)
    money = _envelope(pack, years, wanted, envelope)
    kept = np.flatnonzero(table["in_order"])
    if not len(kept) or money["envelope"].isna().any():
        return CountryProgramme(None, table, money)
    rows = table.iloc[kept]
    institutions = rows["institution"].where(
        rows["institution"] != "", rows["option"]
    )  # nobody named: no shared burden
    groups = [f"{guarantee}.{group}" for guarantee, group in zip(rows["guarantee"], rows["group"], strict=True)]
    programme = Programme(
        options=rows["option"], guarantee=rows["guarantee"], group=groups, institution=institutions, starts=may, years=years,
        cost=cost[kept], closed=closed[kept], weight=_weights(rows["guarantee"], groups), envelope=money["envelope"],
        earliest=rows["earliest"], capacity=dict.fromkeys(institutions, a_year), horizon=min(mature, last),
    )  # fmt: skip
    high, _net = _costs(ready, may, years, "high")
    return CountryProgramme(programme, table, money, np.where(np.isfinite(high[kept]), high[kept], cost[kept]))


def envelope_of(percent: float) -> float | None:
    """An envelope in % of GDP as a share; None for 0: what the proposals of the pack hold.

    Examples
    --------
    >>> envelope_of(0.5), envelope_of(0)
    (0.005, None)
    """
    return percent / 100 if percent else None


def fault_of_envelope(percent: float) -> str:
    """What is wrong with an envelope in % of GDP; "" where nothing is.

    Examples
    --------
    >>> fault_of_envelope(0.5), fault_of_envelope(-1)
    ('', 'expected % of GDP from 0 to 20, got -1')
    """
    return "" if 0 <= percent <= MOST_PERCENT else f"expected % of GDP from 0 to {MOST_PERCENT}, got {percent:g}"


def fault_of_starts(number: int) -> str:
    """What is wrong with the number of starts that an institution carries in a year; "" where nothing is.

    Examples
    --------
    >>> fault_of_starts(2), fault_of_starts(0)
    ('', 'expected 1 or more, got 0')
    """
    return "" if number >= 1 else f"expected 1 or more, got {number}"


def typed_starts(ready: CountryProgramme) -> dict[str, int]:
    """The order that stands in ``measures.csv``: the typed first year of each option that can be ordered.

    Parameters
    ----------
    ready : result of :func:`country_programme`

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> typed_starts(country_programme(read_pack("SEN"), ["social_pension"], envelope=0.005))
    {'social_pension': 2027}
    """
    rows = ready.options[ready.options["in_order"]]
    return dict(zip(rows["option"], rows["typed_start"].astype(int), strict=True))


def _first(pack: Pack, wanted: list[str] | None) -> int:
    rows = pack.measures if wanted is None else pack.measures[pack.measures["id"].isin(wanted)]
    return int(rows["start_year"].min()) if len(rows) else pack.settings.reference_year + 1


def _unpeopled(pack: Pack, wanted: list[str] | None, year: int) -> pd.DataFrame:
    """Options of a country whose population is not known in the first year of a start: none can be ordered."""
    table = pack.measures if wanted is None else pack.measures[pack.measures["id"].isin(wanted)]
    table = table.rename(columns={"id": "option", "start_year": "typed_start"})
    told = {"in_order": False, "net": False, "closed": np.nan, "ready_by": "", "earliest": year}
    told |= {"build_up": table["full_year"] - table["typed_start"], "reason": reason("no_population_of_year")}
    return table.assign(**told).reindex(columns=OPTION_COLUMNS).reset_index(drop=True)


def _costs(ready: Prepared, may: list[int], years: list[int], end: str = "central") -> tuple[np.ndarray, np.ndarray]:
    """Share of GDP of each option, start and year at one end of its assumptions; and whether it is net of what the option replaces."""
    costs = np.full((len(ready.rows), len(may), len(years)), np.nan)
    net = np.zeros(len(ready.rows), bool)
    span = len(ready.grounds[0].years) if ready.rows else 0
    still = np.ones((1, span)), np.ones((1, span))
    for at, row in enumerate(ready.rows):
        own = ready.assumptions[ready.assumptions["option"] == row["id"]].set_index("assumption")
        own = own[end].where(own.index != "build_up", own["central"])  # when it has grown is part of the order
        values = {name: np.full((len(may), 1), value) for name, value in own.items()}
        values["start"] = np.array(may, float)[:, None] - int(row["start_year"])
        gross, less = option_costs(ready, at, values, *still)
        places = np.searchsorted(ready.grounds[at].years, years)
        net[at] = np.isfinite(less[:, places]).all()
        costs[at] = np.maximum((less if net[at] else gross.share_of_gdp)[:, places], 0.0)
    return costs, net


def _closed(pack: Pack, ready: Prepared, may: list[int], years: list[int]) -> np.ndarray:
    """Share of its group's gap that each option closes at least, by start and year; NaN where nobody knows."""
    newly = np.full((len(ready.rows), len(may), len(years)), np.nan)
    gaps: dict[tuple[str, str], np.ndarray] = {}
    for at, row in enumerate(ready.rows):
        share = covered_today(pack, row).share
        people = target_persons(pack, row, years)["persons"].to_numpy(float)
        reached = [row["take_up_central"] * ramp(np.array(years), *_years_of(row, start)) for start in may]
        newly[at] = reach_of(way_of(row), np.array(reached), share, people, 0.0).newly_covered
        gap = people * (1 - share)
        key = row["guarantee"], row["group"]
        gaps[key] = np.fmax(gaps.get(key, gap), gap)
    whole = np.array([gaps[row["guarantee"], row["group"]] for row in ready.rows]).reshape(-1, 1, len(years))
    return np.minimum(np.divide(newly, whole, out=np.full_like(newly, np.nan), where=whole > 0), 1.0)


def _years_of(row: Mapping, start: int) -> tuple[int, int]:
    """First year of payment and of full take-up of an option that starts in another year than typed."""
    return start, start + int(row["full_year"]) - int(row["start_year"])


def _options(pack: Pack, ready: Prepared, may: list[int], cost, net, closed, built: Mapping[str, int]) -> pd.DataFrame:
    ends = _ready_by(pack)
    rows = []
    for at, row in enumerate(ready.rows):
        today, ground = covered_today(pack, row), ready.grounds[at]
        ready_by = ends.get(row["id"], "")
        known = bool(np.isfinite(cost[at]).all()), bool(np.isfinite(closed[at]).all())
        why_not = [
            "" if known[0] else ground.facts["reason"].iat[-1] or reason("cost_not_known"),
            "" if known[1] or not known[0] else today.reason or reason("gap_not_known"),
        ]
        told = (
            []
            if any(why_not)
            else ["" if net[at] else reason("gross_in_order"), "" if ready_by else reason("no_activities_of_option")]
        )
        rows.append({
            "option": row["id"], "name": row["name"], "guarantee": row["guarantee"], "group": row["group"],
            "institution": row["institution"], "typed_start": int(row["start_year"]), "build_up": built[row["id"]],
            "earliest": max(may[0], int(ready_by[:4]) + 1) if ready_by else may[0], "ready_by": ready_by, "net": bool(net[at]),
            "closed": closed[at, 0].max() if known[1] else np.nan, "in_order": all(known),
            "quality": weakest(filter(None, [row["quality"], today.quality, *ground.facts["quality"].head(1), "assumed"])),
            "source": join_sources(row["source"], today.source, *ground.facts["source"].tail(1)),
            "reason": join_reasons(*why_not, *told),
        })  # fmt: skip
    return pd.DataFrame(rows, columns=OPTION_COLUMNS).astype({"in_order": bool})  # also where there is no option


def _ready_by(pack: Pack) -> dict[str, str]:
    """Month in which the last activity of each option ends."""
    plan = pack.activities
    plan = plan[(plan["measure"] != "") & (plan["end"] != "")]
    return plan.groupby("measure")["end"].max().to_dict()


def _envelope(pack: Pack, years: list[int], wanted: list[str] | None, given: float | None) -> pd.DataFrame:
    """Money of each year: what is given, or the central space that the pack's proposals hold."""
    if given is not None:
        told = {"envelope": given, "quality": "assumed", "source": "", "reason": reason("envelope_given")}
        return pd.DataFrame({"year": years} | told, columns=ENVELOPE_COLUMNS)
    space = space_by_year(pack, years, wanted)
    space = space[space["counted"].astype(bool)]
    bound = list(space.loc[space["pays_for"] != "", "name"].unique())
    space = space[space["pays_for"] == ""]
    if space.empty:
        told = {"envelope": np.nan, "quality": "", "source": "", "reason": reason("no_envelope")}
        return pd.DataFrame({"year": years} | told, columns=ENVELOPE_COLUMNS)
    sums = space.groupby("year")["central"].sum().reindex(years, fill_value=0.0)
    told = {"quality": weakest(space["quality"]), "source": join_sources(*space["source"].unique())}
    told["reason"] = reason("bound_money_left_out", proposals=bound) if bound else ""
    return pd.DataFrame({"year": years, "envelope": sums.to_numpy()} | told, columns=ENVELOPE_COLUMNS)


def _weights(guarantees: pd.Series, groups: list[str]) -> np.ndarray:
    """Equal weights of the groups of a guarantee."""
    pairs = pd.DataFrame({"guarantee": list(guarantees), "group": groups})
    return (1 / pairs.groupby("guarantee")["group"].transform("nunique")).to_numpy(float)
