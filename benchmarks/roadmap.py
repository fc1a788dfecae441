"""The best order of starts by HiGHS beside CP-SAT on the same programmes, in one run. Run: python benchmarks/roadmap.py [SEEDS] [SECONDS]

CP-SAT comes with ``pip install --group bench``; without it only ours is measured.
"""

from __future__ import annotations

import hashlib
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter, process_time

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[1]))

from nasssap_lib.roadmap.checks import check_order, open_sum, smallest_share
from nasssap_lib.roadmap.optimum import Order, best_order
from nasssap_lib.roadmap.programme import Programme

try:
    from ortools.sat.python import cp_model
except ImportError:
    cp_model = None

SIZES = ((12, 10, "bar: 1 s"), (30, 15, "bar: proved"), (60, 15, "bar: gap at most 1 % in 60 s"))
SEEDS, SECONDS, WORKERS = 3, 60, 2  # programmes of a size; most of a step of CP-SAT and its threads: two cores
FIRST, LATER = 2027, (5, 15)  # first year; years after the last start in which money is checked again
MONEY, SHARES = 10**7, 10**6  # CP-SAT counts whole numbers


def programme(options: int, starts: int, seed: int) -> Programme:
    """Options with ramps of one to four years, costs that grow or shrink, and an envelope that pays for two fifths of them at last."""
    rng = np.random.default_rng(seed)
    begun = np.arange(FIRST, FIRST + starts)
    years = np.concatenate([begun, begun[-1] + np.array(LATER)])
    guarantees, groups = max(3, options // 8), max(3, options * 3 // 5)
    group = np.where(np.arange(options) < groups, np.arange(options), rng.integers(groups, size=options))
    per = np.bincount(np.arange(groups) % guarantees)
    base, growth = rng.uniform(0.0005, 0.006, options), rng.uniform(0.99, 1.03, options)
    steps, reach = rng.integers(1, 5, options), rng.uniform(0.2, 0.95, options)
    ramp = np.clip((years - begun[:, None] + 1) / steps[:, None, None], 0, 1)
    names, institutions = [f"option {at:02}" for at in range(options)], max(2, options // 8)
    institution = [f"institution {at}" for at in rng.integers(institutions, size=options)]
    pairs = {tuple(sorted(rng.choice(options, 2, replace=False))): int(rng.integers(0, 3)) for _ in range(options // 4)}
    return Programme(
        options=names,
        guarantee=[f"guarantee {at % guarantees}" for at in group],
        group=[f"group {at}" for at in group],
        institution=institution,
        starts=begun,
        years=years,
        cost=ramp * (base[:, None] * growth[:, None] ** (years - FIRST))[:, None, :],
        closed=ramp * reach[:, None, None],
        weight=[1 / per[at % guarantees] for at in group],
        envelope=base.sum()
        * (0.08 + 0.32 * np.clip((years - FIRST) / (starts - 1), 0, 1))
        * np.where(years > begun[-1], 1.1, 1),
        earliest=FIRST + rng.integers(0, 4, options),
        capacity=dict.fromkeys(institution, 2),
        pairs=[(names[late], names[soon], lag) for (soon, late), lag in pairs.items()],
    )


@dataclass
class Whole:
    """A programme in whole numbers for CP-SAT: its model, starts, and shares by guarantee and year."""

    model: object
    started: dict
    shares: dict


def whole_numbers(p: Programme) -> Whole:
    """The same programme as CP-SAT would be told it."""
    model, options, starts = cp_model.CpModel(), range(len(p.options)), range(len(p.starts))
    x = {(o, s): model.new_bool_var("") for o in options for s in starts if p.starts[s] >= p.earliest[o]}
    for o in options:
        model.add_at_most_one(x[o, s] for s in starts if (o, s) in x)
    for t, room in enumerate(p.envelope - p.committed):
        model.add(
            sum(int(round(p.cost[o, s, t] * MONEY)) * var for (o, s), var in x.items()) <= int(round(room * MONEY))
        )
    for option, needs, lag in p.pairs:
        late, soon = p.options.index(option), p.options.index(needs)
        for s in (s for s in starts if (late, s) in x):
            ready = [x[soon, r] for r in starts if (soon, r) in x and p.starts[r] + lag <= p.starts[s]]
            model.add_bool_or([*ready, ~x[late, s]])
    for name, most in p.capacity.items():
        for s in starts:
            model.add(sum(var for (o, at), var in x.items() if at == s and p.institution[o] == name) <= most)
    return Whole(model, x, {(g, t): _share(model, p, x, g, t) for g in p.guarantees for t in np.flatnonzero(p.counted)})


def _share(model, p: Programme, x: dict, guarantee: str, t: int):
    """Share of a guarantee in a year: of each group's options the greatest counts."""
    total = 0
    for (of, _), members in p.groups().items():
        if of != guarantee:
            continue
        parts = {
            k: int(round(p.closed[k][t] * p.weight[members[0]] * SHARES))
            for k in x
            if k[0] in members and p.closed[k][t] > 0
        }
        if len(members) > 1:
            counted = {k: model.new_bool_var("") for k in parts}
            model.add_at_most_one(counted.values())
            for k, var in counted.items():
                model.add_implication(var, x[k])
        else:
            counted = x
        total += sum(share * counted[k] for k, share in parts.items())
    return total


def by_cp_sat(p: Programme, seconds: float) -> tuple[dict, float, bool]:
    """Starts, the gap of the open sum, and whether both steps are proved."""
    task = whole_numbers(p)
    last = p.years.index(p.horizon)
    smallest = task.model.new_int_var(0, SHARES, "")
    for guarantee in p.guarantees:
        task.model.add(smallest <= task.shares[guarantee, last])
    task.model.maximize(smallest)
    first = _solved(task, seconds)
    task.model.add(smallest >= first.value(smallest))
    whole = len(p.guarantees) * int(p.counted.sum()) * SHARES
    task.model.minimize(whole - sum(task.shares.values()))
    for var in task.started.values():
        task.model.add_hint(var, first.value(var))
    second = _solved(task, seconds)
    gap = (second.objective_value - second.best_objective_bound) / second.objective_value
    proved = (
        first.best_objective_bound == first.objective_value and second.best_objective_bound == second.objective_value
    )
    return {p.options[o]: p.starts[s] for (o, s), var in task.started.items() if second.value(var)}, gap, proved


def _solved(task: Whole, seconds: float):
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds, solver.parameters.num_workers = seconds, WORKERS
    solver.solve(task.model)
    return solver


def timed(call) -> tuple[object, float, float]:
    """What a call gives, its seconds on the clock and of the processor: on a busy machine only the latter say something."""
    clock, processor = perf_counter(), process_time()
    result = call()
    return result, perf_counter() - clock, process_time() - processor


def fingerprint(order: Order) -> str:
    """SHA-256 of the starts: the same on every machine."""
    return hashlib.sha256(
        order.starts[["option", "start"]].to_csv(index=False, lineterminator="\n").encode()
    ).hexdigest()


def report(options: int, starts: int, seed: int, seconds: float) -> None:
    p = programme(options, starts, seed)
    order, ours, own = timed(lambda: best_order(p))
    words = "proved" if order.proved else f"gap {order.gap:.2%}"
    aims = f"smallest {order.smallest_share:.4f}, open {order.open_sum:.4f} years"
    print(
        f"{options} × {starts}, seed {seed}: HiGHS  {ours:7.2f} s ({own:.2f})  {words:<12}{aims}, {order.nodes:,} nodes"
    )
    if cp_model:
        (begun, gap, proved), theirs, their = timed(lambda: by_cp_sat(p, seconds))
        words = "proved" if proved else f"gap {gap:.2%}"
        aims = f"smallest {smallest_share(p, begun):.4f}, open {open_sum(p, begun):.4f} years"
        broken = f", breaks {len(check_order(p, begun))}" if len(check_order(p, begun)) else ""
        print(
            f"{'':<18}CP-SAT {theirs:7.2f} s ({their:.2f})  {words:<12}{aims}{broken}; {theirs / ours:.1f} × the seconds of HiGHS"
        )
    print(f"{'':<18}SHA-256 of the order {fingerprint(order)}", flush=True)


def main() -> None:
    seeds, seconds = (int(word) for word in [*sys.argv[1:], *map(str, (SEEDS, SECONDS)[len(sys.argv) - 1 :])])
    if not cp_model:
        print("ortools is not installed (pip install --group bench): CP-SAT is left out.")
    print("seconds (of the processor)")
    best_order(programme(3, 3, 1))  # what is loaded once is loaded
    for options, starts, bar in SIZES:
        print(f"-- {options} options × {starts} starts, two years later checked; {bar}")
        for seed in range(1, seeds + 1):
            report(options, starts, seed, seconds)


if __name__ == "__main__":
    main()
