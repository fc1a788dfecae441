"""The best order against all orders of small programmes, each judged by arithmetic of this file."""

import hashlib
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from forked import Ended, forked
from roadmap_story import by_hand, drawn

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.roadmap.checks import check_order
from nasssap_lib.roadmap.optimum import best_order, usual_nodes
from nasssap_lib.roadmap.programme import Programme
from nasssap_lib.roadmap.solver import Infeasible

CASES = 200  # in ten blocks, of which the first three are always tried
BLOCKS = [*range(3), *(pytest.param(block, marks=pytest.mark.soak) for block in range(3, 10))]


def every_order(p: Programme) -> np.ndarray:
    """All orders: rows of places of the start of each option, -1: not."""
    return np.array(list(product(range(-1, len(p.starts)), repeat=len(p.options))))


def begun_values(values: np.ndarray, orders: np.ndarray) -> np.ndarray:
    """Cost or share (order, option, year) of each option as it starts in each order, 0 where it does not."""
    padded = np.concatenate([values, np.zeros_like(values[:, :1])], axis=1)  # the last place, -1
    return padded[np.arange(orders.shape[1]), orders]


def holds(p: Programme, orders: np.ndarray) -> np.ndarray:
    """Which orders break nothing."""
    when = np.array([*p.starts, np.nan])[orders]
    begins = orders >= 0
    able = (begun_values(p.cost, orders).sum(axis=1) + p.committed <= np.array(p.envelope) + 1e-12).all(axis=1)
    able &= (~begins | (when >= np.array(p.earliest))).all(axis=1)
    for option, needs, lag in p.pairs:
        later, first = p.options.index(option), p.options.index(needs)
        able &= ~begins[:, later] | (begins[:, first] & (when[:, later] - when[:, first] >= lag))
    for institution, most in p.capacity.items():
        theirs = when[:, [of == institution for of in p.institution]]
        for year in p.starts:
            able &= (theirs == year).sum(axis=1) <= most
    return able


def aims(p: Programme, orders: np.ndarray) -> np.ndarray:
    """The smallest share at the last start, the open sum, the money; a row an order."""
    closed, years = begun_values(p.closed, orders), np.array(p.years)
    guarantees, still_open, last = sorted(set(p.guarantee)), 0.0, []
    for guarantee in guarantees:
        share = np.zeros((len(orders), len(years)))
        for group in {g for g, of in zip(p.group, p.guarantee, strict=False) if of == guarantee}:
            members = [o for o in range(len(p.options)) if (p.guarantee[o], p.group[o]) == (guarantee, group)]
            share += p.weight[members[0]] * closed[:, members].max(axis=1)
        still_open = still_open + (1 - share)[:, years <= p.starts[-1]].sum(axis=1) / len(guarantees)
        last.append(share[:, years == p.starts[-1]].sum(axis=1))
    return np.column_stack([np.min(last, axis=0), still_open, begun_values(p.cost, orders).sum(axis=(1, 2))])


def best_of_all(p: Programme, must: tuple = ()) -> tuple[float, float, float]:
    """The two aims and the money of the best of all orders."""
    orders = every_order(p)
    able = orders[holds(p, orders) & (orders[:, [p.options.index(o) for o in must]] >= 0).all(axis=1)]
    assert len(able), "doing nothing holds"
    shares, still_open, money = aims(p, able).T
    smallest = shares.max()
    near = shares > smallest - 1e-9
    least = still_open[near].min()
    return smallest, least, money[near & (still_open < least + 1e-9)].min()


def plan(order) -> dict:
    return dict(zip(order.starts["option"], order.starts["start"].fillna(0), strict=False))


@pytest.mark.parametrize("block", BLOCKS)
def test_the_best_order_is_the_best_of_all_orders(block):
    for seed in range(block * CASES // 10, (block + 1) * CASES // 10):
        p = drawn(seed)
        smallest, least, money = best_of_all(p)
        found = best_order(p)
        begun = np.array([[-1 if s == 0 else p.starts.index(s) for s in plan(found).values()]])
        assert holds(p, begun).all(), f"seed {seed}"
        assert found.proved and found.gap == 0, f"seed {seed}"
        assert (found.smallest_share, found.open_sum) == pytest.approx((smallest, least), abs=1e-9), f"seed {seed}"
        assert aims(p, begun)[0] == pytest.approx((smallest, least, money), abs=1e-9), f"seed {seed}"


@pytest.mark.parametrize("count", [3 * CASES // 10, CASES])  # those that are always tried, and all
def test_the_random_programmes_hold_what_they_are_to_test(count):
    cases = [drawn(seed) for seed in range(count)]
    shared = [p for p in cases if any(len(members) > 1 for members in p.groups().values())]
    summed = [p for p in cases if any(lag > 0 for *_, lag in p.pairs)]
    assert min(len(shared), len(summed)) > count / 4
    free = [replace(p, pairs=(), capacity=dict.fromkeys(p.capacity, 9)) for p in cases]
    assert sum(best_of_all(p) != best_of_all(q) for p, q in zip(cases, free, strict=True)) > count / 10  # in the way


def test_options_in_another_order_give_the_same_plan():
    for seed in range(0, CASES, 40):
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
    assert forked(best_order, by_hand()) == Ended(0, "", "")


def crowded(seed: int) -> Programme:
    """Twelve options with ramps and four starts that compete for two fifths of the money that all would cost."""
    rng = np.random.default_rng(seed)
    options, years = 12, np.arange(2027, 2033)
    starts, base = years[:4], rng.uniform(0.001, 0.006, options)
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
