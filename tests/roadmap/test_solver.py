"""Small programmes whose best answer is known, and answers that are none."""

import os

import numpy as np
import pytest
import scipy.optimize
from forked import Ended, forked
from roadmap_story import by_hand

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.roadmap.formulation import Formulation
from nasssap_lib.roadmap.optimum import best_order
from nasssap_lib.roadmap.solver import Infeasible, minimise


def knapsack() -> Formulation:
    """Values 5, 4, 3 for weights 4, 3, 2 of 5: the last two."""
    model = Formulation(by_hand())
    columns = [model.column(whole=True) for _ in range(3)]
    model.row(dict(zip(columns, (4.0, 3.0, 2.0), strict=True)), most=5.0)
    return model


VALUES = {0: -5.0, 1: -4.0, 2: -3.0}


def answering(monkeypatch, **changed) -> list[bool]:
    """Let the solver's answer be another; which presolve was asked for."""
    kept, asked = scipy.optimize.milp, []

    def other(*arguments, options, **named):
        asked.append(options["presolve"])
        return type(found := kept(*arguments, options=options, **named))(found | changed)

    monkeypatch.setattr(scipy.optimize, "milp", other)
    return asked


def test_a_knapsack():
    found = minimise(knapsack(), VALUES, 100, "a knapsack")
    assert np.round(found.values).tolist() == [0, 1, 1]
    assert (found.objective, found.bound, found.proved) == (-7, -7, True)


def test_no_answer_exists():
    model = knapsack()
    model.row({0: 1.0}, least=2.0)
    with pytest.raises(Infeasible, match="^a knapsack: no order holds$"):
        minimise(model, VALUES, 100, "a knapsack")


def test_nothing_found_is_an_error_with_what_was_tried(monkeypatch):
    asked = answering(monkeypatch, status=4, x=None, message="Solution limit reached")
    with pytest.raises(
        MissingEvidence,
        match=r"a knapsack: no order found within 1 nodes \(1 rows, 3 starts tried by HiGHS: Solution limit",
    ):
        minimise(knapsack(), VALUES, 1, "a knapsack")
    assert asked == [True]


def test_a_failure_after_presolve_is_tried_without(monkeypatch):
    asked = answering(monkeypatch, status=4, x=None, message="Solve error")
    with pytest.raises(MissingEvidence, match="Solve error"):
        minimise(knapsack(), VALUES, 1, "a knapsack")
    assert asked == [True, False]


def test_an_ending_that_is_not_known_is_an_error(monkeypatch):
    answering(monkeypatch, status=3, message="Unbounded")
    with pytest.raises(NasssapError, match="HiGHS ended with: Unbounded"):
        minimise(knapsack(), VALUES, 1, "a knapsack")


def test_an_answer_that_depends_on_the_machine_is_none(monkeypatch):
    answering(monkeypatch, status=1, message="Time limit reached. (HiGHS Status 13: Time limit reached)")
    with pytest.raises(NasssapError, match="stopped after 3600 seconds; lower node_limit"):
        minimise(knapsack(), VALUES, 1, "a knapsack")


def test_a_limit_of_the_solver_itself_is_told_apart_from_a_proof():
    rng = np.random.default_rng(1)
    model = Formulation(by_hand())
    columns = [model.column(whole=True) for _ in range(40)]
    weights = rng.integers(1000, 3000, (5, 40)).astype(float)
    for row in weights:
        model.row(dict(zip(columns, row, strict=True)), most=row.sum() / 2)
    worth = dict(zip(columns, -weights.mean(axis=0) - rng.integers(0, 100, 40), strict=True))
    found = minimise(model, worth, 1, "a hard knapsack")
    assert not found.proved
    assert found.bound < found.objective
    assert (weights @ np.round(found.values) <= weights.sum(axis=1) / 2).all()


def order_by_a_loud_solver():
    kept = scipy.optimize.milp

    def loud(*arguments, **named):
        os.write(1, b"transformNewIntegerFeasibleSolution")
        return kept(*arguments, **named)

    scipy.optimize.milp = loud
    best_order(by_hand())
    print("said")


def test_what_the_library_prints_is_silenced():
    assert forked(order_by_a_loud_solver) == Ended(0, "said\n", "")
