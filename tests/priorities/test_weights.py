"""Weights and orders of criteria: read or refused, and what an order means in weights."""

import numpy as np
import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.errors import ParameterError
from nasssap_lib.priorities.acceptability import rank_acceptability
from nasssap_lib.priorities.weights import (
    fault_of_order,
    fault_of_weights,
    mean_weights,
    read_order,
    read_weights,
    unknown_criteria,
)


def test_an_order_of_criteria_is_read_or_refused():
    assert read_order(" equity > cost", ["cost", "equity"]) == ["equity", "cost"]
    for wrong in ("equity,cost", "equity>", ">", "equity>equity", "Equity>cost", "equity=1"):
        assert fault_of_order(wrong), wrong
    with pytest.raises(ParameterError, match="nothing known of 'severity'; there are cost"):
        read_order("severity", ["cost"])
    pack = pack_of("XTC")
    assert unknown_criteria(pack, "acceptance=1", "acceptance>severity") == {}
    assert "cots" in unknown_criteria(pack, order="equity>cots")["order"]


def test_weights_of_a_notebook():
    assert read_weights("gap_closed=2, cost=1", ["gap_closed", "cost", "equity"]) == {
        "gap_closed": 2.0, "cost": 1.0, "equity": 0.0,
    }  # fmt: skip
    for wrong in ("cost", "cost=-1", "cost=1,cost=2", "cost=0", "cost=nan", "=1", "cost=1;equity=2"):
        assert fault_of_weights(wrong), wrong
    with pytest.raises(ParameterError, match="gap_clozed"):
        read_weights("gap_clozed=2", ["gap_closed"])


@pytest.mark.parametrize("order", [["c"], ["c", "a"], ["b", "d", "a"], ["d", "c", "b", "a"]])
def test_the_weights_of_an_order_are_the_mean_of_the_views_that_respect_it(order):
    """Against the draws of which the shares of views are counted, and 11/18, 7/36, 7/36 for one of three by hand."""
    matrix = pd.DataFrame(np.eye(4), index=list("pqrs"), columns=list("abcd"))
    found = rank_acceptability(matrix, dict.fromkeys("abcd", "max"), 40_000, weights="ordered", order=order)
    firsts = found.table.set_index("option")["rank_1"]
    mean = found.central_weights.fillna(0).mul(firsts, axis=0).sum()
    assert mean.to_dict() == pytest.approx(mean_weights(order, list("abcd")), abs=0.004)
    assert mean_weights(["y"], ["x", "y", "z"]) == pytest.approx({"x": 7 / 36, "y": 11 / 18, "z": 7 / 36})
    assert read_weights("", list("abcd"), order) == mean_weights(order, list("abcd"))
    assert read_weights("a=1", list("abcd"), order) == {"a": 1.0, "b": 0.0, "c": 0.0, "d": 0.0}
