"""The best order against all orders of small programmes, each judged by arithmetic of this file."""

import hashlib
import subprocess
import sys
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from roadmap_story import by_hand, drawn

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.roadmap.checks import check_order
from nasssap_lib.roadmap.optimum import best_order, usual_nodes
from nasssap_lib.roadmap.programme import Programme
from nasssap_lib.roadmap.solver import Infeasible

CASES = 200


def holds(p: Programme, order: tuple) -> bool:
    """Whether an order (place of the start of each option, None: not) breaks nothing."""
    when = {name: None if s is None else p.starts[s] for name, s in zip(p.options, order, strict=False)}
    for t in range(len(p.years)):
        spent = p.committed[t]
        for o, s in enumerate(order):
            if s is not None:
                spent += p.cost[o][s][t]
        if spent > p.envelope[t] + 1e-12:
            return False
    for o, name in enumerate(p.options):
        if when[name] is not None and when[name] < p.earliest[o]:
            return False
    for option, needs, lag in p.pairs:
        if when[option] is not None and (when[needs] is None or when[option] - when[needs] < lag):
            return False
    for institution, most in p.capacity.items():
        for year in p.starts:
            begun = [n for o, n in enumerate(p.options) if p.institution[o] == institution and when[n] == year]
            if len(begun) > most:
                return False
    return True


def aims(p: Programme, order: tuple) -> tuple[float, float, float]:
    """The smallest share at the last start, the open sum, the money."""
    still_open, last = 0.0, []
    for guarantee in set(p.guarantee):
        for t, year in enumerate(p.years):
            if year > p.starts[-1]:
                continue
            share = 0.0
            for group in {g for g, of in zip(p.group, p.guarantee, strict=False) if of == guarantee}:
                members = [o for o in range(len(order)) if (p.guarantee[o], p.group[o]) == (guarantee, group)]
                most = max([0.0] + [p.closed[o][order[o]][t] for o in members if order[o] is not None])
                share += p.weight[members[0]] * most
            still_open += (1 - share) / len(set(p.guarantee))
            if year == p.starts[-1]:
                last.append(share)
    money = sum(p.cost[o][s].sum() for o, s in enumerate(order) if s is not None)
    return min(last), still_open, money


def best_of_all(p: Programme, must: tuple = ()) -> tuple[float, float, float]:
    """The two aims and the money of the best of all orders."""
    orders = product([None, *range(len(p.starts))], repeat=len(p.options))
    able = [
        aims(p, order)
        for order in orders
        if all(order[p.options.index(o)] is not None for o in must) and holds(p, order)
    ]
    assert able, "doing nothing holds"
    smallest = max(a for a, _, _ in able)
    least = min(b for a, b, _ in able if a > smallest - 1e-9)
    return smallest, least, min(c for a, b, c in able if a > smallest - 1e-9 and b < least + 1e-9)


def plan(order) -> dict:
    return dict(zip(order.starts["option"], order.starts["start"].fillna(0), strict=False))


@pytest.mark.parametrize("block", range(10))
def test_the_best_order_is_the_best_of_all_orders(block):
    for seed in range(block * CASES // 10, (block + 1) * CASES // 10):
        p = drawn(seed)
        smallest, least, money = best_of_all(p)
        found = best_order(p)
        begun = [None if s == 0 else p.starts.index(s) for s in plan(found).values()]
        assert holds(p, tuple(begun)), f"seed {seed}"
        assert found.proved and found.gap == 0, f"seed {seed}"
        assert (found.smallest_share, found.open_sum) == pytest.approx((smallest, least), abs=1e-9), f"seed {seed}"
        assert aims(p, tuple(begun)) == pytest.approx((smallest, least, money), abs=1e-9), f"seed {seed}"


def test_the_random_programmes_hold_what_they_are_to_test():
    cases = [drawn(seed) for seed in range(CASES)]
    shared = [p for p in cases if any(len(members) > 1 for members in p.groups().values())]
    summed = [p for p in cases if any(lag > 0 for *_, lag in p.pairs)]
    assert min(len(shared), len(summed)) > CASES / 4
    free = [replace(p, pairs=(), capacity=dict.fromkeys(p.capacity, 9)) for p in cases]
    assert (
        sum(best_of_all(p) != best_of_all(q) for p, q in zip(cases, free, strict=False)) > CASES / 10
    )  # they are in the way


def test_options_in_another_order_give_the_same_plan():
    for seed in range(0, CASES, 20):
        p = drawn(seed)
        back = list(reversed(range(len(p.options))))
        turned = replace(
            p,
            **{n: [getattr(p, n)[at] for at in back] for n in ("options", "guarantee", "group", "institution", "earliest")},
            **{n: getattr(p, n)[back] for n in ("cost", "closed", "weight")},
            pairs=p.pairs[::-1],
        )  # fmt: skip
        assert plan(best_order(p)) == plan(best_order(turned)) == plan(best_order(p)), f"seed {seed}"


def test_of_two_options_alike_the_first_by_its_id_starts():
    same = {
        "guarantee": ["g"] * 2,
        "group": ["p", "q"],
        "institution": ["m"] * 2,
        "starts": [2027],
        "years": [2027],
        "earliest": [2027] * 2,
    }
    numbers = {
        "cost": np.full((2, 1, 1), 0.002),
        "closed": np.full((2, 1, 1), 0.6),
        "weight": [0.5, 0.5],
        "envelope": [0.003],
    }
    for names in (["a", "b"], ["b", "a"]):
        assert plan(best_order(Programme(options=names, **same, **numbers, capacity={"m": 2}))) == {"a": 2027, "b": 0}


@pytest.mark.parametrize(("number", "paid"), [(3, 2), (4, 2), (5, 3), (6, 4)])
def test_of_options_alike_the_first_by_their_ids_start_and_start_first(number, paid):
    starts, names = list(range(2027, 2027 + paid)), [f"o{at}" for at in range(number)]
    begun = np.array(starts) >= np.array(starts)[:, None]  # nothing before the start
    p = Programme(
        options=names, guarantee=["g"] * number, group=names, institution=["m"] * number, starts=starts, years=starts,
        cost=np.broadcast_to(begun * 0.001, (number, paid, paid)), closed=np.broadcast_to(begun * 0.5, (number, paid, paid)),
        weight=[1 / number] * number, envelope=[paid / 1000] * paid, earliest=[2027] * number, capacity={"m": 1},
    )  # fmt: skip
    assert plan(best_order(p)) == {name: starts[at] if at < paid else 0 for at, name in enumerate(names)}


def test_by_hand():
    # 2038 leaves 0.009: pension 0.006 and child 0.003 fit, in 2027 only one of them: pension first leaves 2028 0.004 + 0.002 = 0.006.
    # Shares at 2028: pension 2027 and child 2028: 0.8, 0.25; child 2027 and pension 2028: 0.003 + 0.004 = 0.007: 0.8, 0.5. Smallest 0.5.
    # The small pension with the child in 2027 (0.003) would leave 0.3.  Open: older 1 + 0.2, children 0.75 + 0.5, of two: 1.225; with
    # the small pension in 2027 for a start, 0.001 in 2038 more is too much: 0.010.
    found = best_order(by_hand())
    assert plan(found) == {"child": 2027, "pension": 2028, "registry_pension": 0}
    assert (found.smallest_share, found.open_sum) == pytest.approx((0.5, 1.225))
    assert found.steps["step"].tolist() == ["smallest_share", "open_sum", "cost"]
    assert found.steps["value"].iat[2] == pytest.approx(0.002 + 0.003 + 0.003 + 0.004 + 0.006, abs=1e-7)


def test_what_must_start_does_and_costs_the_aims():
    found = best_order(by_hand(), ["registry_pension"])
    assert plan(found)["registry_pension"]
    assert (found.smallest_share, found.open_sum) == pytest.approx(best_of_all(by_hand(), ("registry_pension",))[:2])


def test_what_cannot_start_is_an_error_and_no_empty_order():
    with pytest.raises(Infeasible, match="no order holds"):
        best_order(by_hand(envelope=[0.001] * 3), ["pension"])
    with pytest.raises(NasssapError, match="did you mean 'pension'"):
        best_order(by_hand(), ["pensoin"])


def test_a_limit_before_any_order_does_not_pass_as_zeros(monkeypatch):
    import scipy.optimize

    kept = scipy.optimize.milp

    def stopped(*arguments, **named):
        found = kept(*arguments, **named)
        return type(found)(found | {"status": 1, "x": None, "fun": None, "message": "Iteration limit"})

    monkeypatch.setattr(scipy.optimize, "milp", stopped)
    with pytest.raises(MissingEvidence, match="no order found within 7 nodes .*Raise node_limit"):
        best_order(by_hand(), node_limit=7)


def test_a_large_programme_is_given_fewer_nodes_and_a_small_one_not_more_than_helps():
    small = by_hand()
    assert usual_nodes(small) == 20_000
    many = 1000  # of 2 starts: 1,800,000 / 2,000
    large = {
        "options": [f"o{at}" for at in range(many)],
        "guarantee": ["g"] * many,
        "group": ["p"] * many,
        "institution": ["ministry"] * many,
    }
    numbers = {
        "cost": np.zeros((many, 2, 3)),
        "closed": np.zeros((many, 2, 3)),
        "weight": np.ones(many),
        "earliest": [2027] * many,
    }
    assert usual_nodes(by_hand(**large, **numbers, capacity={"ministry": 1})) == 900


@pytest.mark.parametrize("limit", [0, -1])
def test_no_node_at_all_is_refused(limit):
    with pytest.raises(NasssapError, match="node_limit"):
        best_order(by_hand(), node_limit=limit)


def test_an_order_of_the_solver_that_does_not_hold_is_never_shown(monkeypatch):
    monkeypatch.setattr("nasssap_lib.roadmap.formulation._hold_envelope", lambda model: None)
    with pytest.raises(NasssapError, match="does not hold.*(.|\n)*envelope"):
        best_order(by_hand(envelope=[0.001] * 3))


def test_a_limit_leaves_a_gap_that_is_said(monkeypatch):
    import scipy.optimize

    kept = scipy.optimize.milp

    def stopped(*arguments, **named):
        found = kept(*arguments, **named)
        return type(found)(
            found | {"status": 4, "message": "Solution limit reached", "mip_dual_bound": found.fun - 122.5}
        )

    monkeypatch.setattr(scipy.optimize, "milp", stopped)
    found = best_order(by_hand())
    assert not found.proved and found.gap == pytest.approx(0.1)  # of 1.225
    assert found.steps["step"].tolist() == ["smallest_share", "open_sum"]
    assert check_order(by_hand(), found.starts).empty


def test_an_order_of_the_first_step_stands_where_the_second_finds_none(monkeypatch):
    from nasssap_lib.roadmap import optimum

    solve = optimum.minimise

    def tired(model, objective, node_limit, asked):
        if "open shares" in asked:
            raise MissingEvidence(asked)
        return solve(model, objective, node_limit, asked)

    monkeypatch.setattr(optimum, "minimise", tired)
    order = best_order(by_hand())
    assert not order.proved and order.gap == 1.0 and check_order(by_hand(), order.years).empty
    assert order.smallest_share == pytest.approx(0.5)  # the first aim is reached: the child benefit by 2028


def test_who_starts_when_has_one_digest_whatever_was_given_first():
    order = best_order(by_hand())
    lines = "".join(f"{name} {year}\n" for name, year in sorted(order.years.items()))
    assert order.years and order.digest == hashlib.sha256(lines.encode()).hexdigest()
    assert order._replace(starts=order.starts.iloc[::-1]).digest == order.digest


def test_two_aims_that_are_proved_outlive_a_tie_break_that_finds_nothing(monkeypatch):
    import scipy.optimize

    kept, calls = scipy.optimize.milp, []

    def stopped(*arguments, **named):
        calls.append(1)
        found = kept(*arguments, **named)
        return (
            found
            if len(calls) < 3
            else type(found)(found | {"status": 4, "x": None, "message": "Solution limit reached"})
        )

    monkeypatch.setattr(scipy.optimize, "milp", stopped)
    found = best_order(by_hand())
    assert found.proved and plan(found) == {"child": 2027, "pension": 2028, "registry_pension": 0}
    assert found.steps["proved"].tolist() == [True, True, False]
    assert found.steps["value"].iat[2] == pytest.approx(0.018)


def test_the_solver_prints_nothing():
    code = (
        "from roadmap_story import by_hand; from nasssap_lib.roadmap.optimum import best_order; best_order(by_hand())"
    )
    done = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path[:0] = ['.', 'tests']; {code}"], capture_output=True, text=True
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def crowded(seed: int) -> Programme:
    """Eighteen options with ramps and eight starts that compete for two fifths of the money that all would cost."""
    rng = np.random.default_rng(seed)
    options, years = 18, np.arange(2027, 2039)
    starts, base = years[:8], rng.uniform(0.001, 0.006, options)
    ramp = np.clip((years - starts[:, None] + 1) / rng.integers(1, 5, options)[:, None, None], 0, 1)
    return Programme(
        options=[f"o{at:02}" for at in range(options)], guarantee=[f"g{at % 3}" for at in range(options)],
        group=[f"p{at % 9}" for at in range(options)], institution=["m"] * options, starts=starts, years=years,
        cost=ramp * base[:, None, None], closed=ramp * rng.uniform(0.2, 0.9, options)[:, None, None], weight=[1 / 3] * options,
        envelope=base.sum() * np.linspace(0.1, 0.4, len(years)), earliest=[2027] * options, capacity={"m": 3},
    )  # fmt: skip


def test_where_nodes_run_out_parts_put_in_order_anew_bring_the_order_nearer_to_the_bound(monkeypatch):
    from nasssap_lib.roadmap import optimum

    programme = crowded(0)
    nearby = best_order(programme, node_limit=1)
    monkeypatch.setattr(optimum, "_better_nearby", lambda programme, must, least, begun: begun)
    alone = best_order(programme, node_limit=1)
    assert not alone.proved and not nearby.proved
    assert nearby.open_sum < alone.open_sum - 1e-6 and nearby.gap < alone.gap
    assert check_order(programme, nearby.years).empty and nearby.smallest_share >= alone.smallest_share - 1e-5
    assert nearby.steps["bound"].iat[1] == pytest.approx(alone.steps["bound"].iat[1])
