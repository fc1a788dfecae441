"""A programme of options over years: what each costs and closes when it starts in a year, and what holds it back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from graphlib import CycleError, TopologicalSorter

import numpy as np

from nasssap_lib.errors import NasssapError, did_you_mean

CENT = 1e-8  # share of GDP: smaller amounts of money are no difference
SMALL = 1e-9  # of a share closed
SHOWN = 5  # faults of one kind that a message names


@dataclass(frozen=True, eq=False)
class Programme:
    """Options, the years in which they may start, what they cost and close, and what holds them back.

    Parameters
    ----------
    options : ids
    guarantee, group, institution : of each option
    starts : calendar years in which an option may start, ascending
    years : calendar years in which money counts, ascending; all of ``starts`` and, after the horizon, years that are checks only
    cost : net cost[option, start, year], shares of GDP
    closed : closed[option, start, year], share 0–1 of the gap of its group that the option alone closes in a year
    weight : of each option's group in its guarantee; the groups of a guarantee together at most 1
    envelope : of each year, share of GDP
    earliest : of each option, the first calendar year that law, registry and institution allow
    capacity : most starts of each institution in a year
    pairs : (option, what it needs, years between the two starts)
    committed : of each year, share of GDP that the envelope has to pay already; None: nothing
    horizon : last year whose shares closed count; None: the last start

    Raises
    ------
    NasssapError : all that is wrong with it, together

    Notes
    -----
    What it does not do: ramps, lags of the law and the union of groups are the caller's. Nothing may be NaN: an option that cannot
    be costed is left out by the caller, who says so.

    Examples
    --------
    >>> pension = dict(options=("pension",), guarantee=("older_persons",), group=("older_persons",), institution=("ministry",))
    >>> money = dict(cost=np.full((1, 1, 2), 0.004), envelope=np.array([0.005, 0.003]))
    >>> rest = dict(closed=np.full((1, 1, 2), 0.6), weight=np.ones(1), earliest=(2027,), capacity={"ministry": 1})
    >>> Programme(**pension, starts=(2027,), years=(2027, 2037), **money, **rest).horizon
    2027
    """

    options: Sequence[str]
    guarantee: Sequence[str]
    group: Sequence[str]
    institution: Sequence[str]
    starts: Sequence[int]
    years: Sequence[int]
    cost: np.ndarray
    closed: np.ndarray
    weight: np.ndarray
    envelope: np.ndarray
    earliest: Sequence[int]
    capacity: Mapping[str, int]
    pairs: Iterable[tuple[str, str, int]] = ()
    committed: np.ndarray | None = None
    horizon: int | None = field(default=None)

    def __post_init__(self):
        for name in ("options", "guarantee", "group", "institution", "pairs"):
            object.__setattr__(self, name, tuple(getattr(self, name)))
        for name in ("starts", "years", "earliest"):
            object.__setattr__(self, name, tuple(int(year) for year in getattr(self, name)))
        if self.committed is None:
            object.__setattr__(self, "committed", np.zeros(len(self.years)))
        for name in ("cost", "closed", "weight", "envelope", "committed"):
            object.__setattr__(self, name, np.asarray(getattr(self, name), dtype=float))
        if self.horizon is None and self.starts:
            object.__setattr__(self, "horizon", self.starts[-1])
        if faults := list(_shape_faults(self)) or list(_value_faults(self)):
            raise NasssapError("Programme: " + "; ".join(faults))

    @property
    def counted(self) -> np.ndarray:
        """Of each year whether its shares closed count: up to the horizon."""
        return np.array(self.years) <= self.horizon

    @property
    def guarantees(self) -> list[str]:
        """Guarantees with options, by name."""
        return sorted(set(self.guarantee))

    def groups(self) -> dict[tuple[str, str], list[int]]:
        """Places of the options of each guarantee and group, by their names."""
        keys = list(zip(self.guarantee, self.group, strict=True))
        return {key: [at for at, own in enumerate(keys) if own == key] for key in sorted(set(keys))}


def _shape_faults(programme: Programme) -> Iterable[str]:
    """Lengths and shapes that do not fit the options, starts and years."""
    options, starts, years = len(programme.options), len(programme.starts), len(programme.years)
    if not options or not starts:
        yield "no options" if not options else "no year in which something may start"
    for name in ("guarantee", "group", "institution", "earliest"):
        if len(getattr(programme, name)) != options:
            yield f"{name} has {len(getattr(programme, name))} entries, expected one of each of the {options} options"
    shapes = dict.fromkeys(("cost", "closed"), (options, starts, years)) | {"weight": (options,)}
    for name, shape in (shapes | dict.fromkeys(("envelope", "committed"), (years,))).items():
        if getattr(programme, name).shape != shape:
            yield f"{name} has the shape {getattr(programme, name).shape}, expected {shape} (options, starts, years)"


def _value_faults(programme: Programme) -> Iterable[str]:
    """What cannot be: by name, place and amount."""
    yield from _year_faults(programme)
    yield from _missing_numbers(programme)
    yield from _name_faults(programme)
    yield from _share_faults(programme)
    for year, over in zip(programme.years, programme.committed - programme.envelope, strict=True):
        if over > CENT:
            yield f"the envelope of {year} is below what is committed already, by {over:.4%} of GDP"


def _year_faults(programme: Programme) -> Iterable[str]:
    for name in ("starts", "years"):
        if list(getattr(programme, name)) != sorted(set(getattr(programme, name))):
            yield f"{name} do not ascend: {getattr(programme, name)}"
    if lost := sorted(set(programme.starts) - set(programme.years)):
        yield f"starts without a year: {lost}; years holds all starts"
    if programme.horizon not in programme.years or programme.horizon < programme.starts[-1]:
        yield f"horizon {programme.horizon}: expected one of years, not before the last start {programme.starts[-1]}"


def _missing_numbers(programme: Programme) -> Iterable[str]:
    axes = {"cost": 3, "closed": 3, "weight": 1, "envelope": 0, "committed": 0}
    for name, depth in axes.items():
        places = np.argwhere(~np.isfinite(getattr(programme, name)))
        if len(places):
            named = [_place(programme, place, depth) for place in places[:SHOWN]]
            yield f"{name} is no number at {', '.join(named)}{_more(len(places))}"


def _place(programme: Programme, place: np.ndarray, depth: int) -> str:
    if depth == 3:
        option, start, year = place
        return f"{programme.options[option]} started {programme.starts[start]} in {programme.years[year]}"
    return programme.options[place[0]] if depth else str(programme.years[place[0]])


def _more(found: int) -> str:
    return f" and {found - SHOWN} more" if found > SHOWN else ""


def _name_faults(programme: Programme) -> Iterable[str]:
    options = set(programme.options)
    if len(options) < len(programme.options):
        yield f"options named twice: {', '.join(sorted(o for o in options if programme.options.count(o) > 1))}"
    for option, needs, lag in programme.pairs:
        for name in (option, needs):
            if name not in options:
                yield f"pairs name no such option {name!r}: {did_you_mean(name, options)}"
        if lag < 0 or lag != int(lag):
            yield f"{option} needs {needs} {lag} years before: expected a whole number of at least 0"
    if circle := _circle(programme.pairs):
        yield f"prerequisites in a circle: {' needs '.join(circle)}"
    for name in sorted(set(programme.institution) - set(programme.capacity)):
        yield f"no capacity of {name!r}: give the most starts of every institution in a year"
    for name in sorted(set(programme.capacity) - set(programme.institution)):
        yield f"capacity names no institution of an option: {name!r}; {did_you_mean(name, set(programme.institution))}"
    for name, most in programme.capacity.items():
        if not most >= 0:
            yield f"capacity of {name} is {most}, expected at least 0"


def _circle(pairs: Iterable[tuple[str, str, int]]) -> list[str]:
    """Options each of which needs the next, the first one again at the end; [] where there is no circle."""
    needs: dict[str, set[str]] = {}
    for option, needed, _ in pairs:
        needs.setdefault(option, set()).add(needed)
    try:
        TopologicalSorter({option: sorted(needs[option]) for option in sorted(needs)}).prepare()
    except CycleError as error:
        return list(reversed(error.args[1]))
    return []


def _share_faults(programme: Programme) -> Iterable[str]:
    outside = np.argwhere((programme.closed < 0) | (programme.closed > 1))
    if len(outside):
        yield f"closed is outside 0–1 at {_place(programme, outside[0], 3)}{_more(len(outside) + SHOWN - 1)}"
    before = np.array(programme.years)[None, :] < np.array(programme.starts)[:, None]
    early = np.argwhere((programme.closed > 0) & before)
    if len(early):
        yield f"closed before it starts: {_place(programme, early[0], 3)}"
    weights: dict[str, float] = {}
    for (guarantee, group), places in programme.groups().items():
        own = programme.weight[places]
        if (own <= 0).any() or (own != own[0]).any():
            yield f"weight of {group} in {guarantee}: expected one number above 0, got {sorted(set(own.tolist()))}"
        weights[guarantee] = weights.get(guarantee, 0.0) + own[0]
    for guarantee, whole in weights.items():
        if whole > 1 + SMALL:
            yield f"weights of the groups of {guarantee} add up to {whole:g}, expected at most 1"
