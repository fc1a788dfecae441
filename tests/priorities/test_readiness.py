"""Readiness and reach of the poorest fifth, read from an inventory and by hand."""

import numpy as np
import pytest
from stories import story

from nasssap_lib.priorities.readiness import assess_equity, assess_readiness


def test_readiness_is_read_from_the_inventory():
    ready = assess_readiness(story("SEN")["pack"]).set_index("option")
    assert ready.loc["child_benefit", ["law", "register", "readiness"]].tolist() == ["CSS famille", "PNBSF", 1.0]
    assert ready.loc["public_works", "readiness"] == 0  # an observed zero in law
    transfer = ready.loc[
        "cash_transfer"
    ]  # PNBSF: an institution, a register, and a legal basis that is no law: not read
    assert np.isnan(transfer["readiness"])
    assert (transfer["low"], transfer["high"]) == (pytest.approx(2 / 3), pytest.approx(1))
    assert np.isnan(assess_readiness(story("ZMB")["pack"]).set_index("option").loc["maternity_benefit", "readiness"])


def test_a_scheme_whose_status_was_not_read_decides_nothing():
    ready = assess_readiness(story("BFA")["pack"]).set_index("option").loc["cash_transfer"]
    assert (ready["low"], ready["high"]) == (0, pytest.approx(1))


def test_equity_by_hand():
    # Senegal 2021, ASPIRE, social assistance: 39.10958 % of the poorest fifth, 26.82213 % of all: 0.2 × 39.10958 ÷ 26.82213
    equity = assess_equity(story("SEN")["pack"]).set_index("option")["equity"]
    assert equity["child_benefit"] == pytest.approx(0.2 * 39.10958 / 26.82213)
    assert equity["injury_extension"] == pytest.approx(0.2 * 0.92716 / 8.87263)
    assert np.isnan(assess_equity(story("MLI")["pack"]).set_index("option").loc["health_insurance", "equity"])
