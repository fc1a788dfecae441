"""Who is insured at the beginning: single ages and years of service from the groups of a pack."""

import numpy as np
import pytest
from stories import pack_of

from nasssap_lib.budget.scheme_rules import FIRST_AGE, LAST_AGE
from nasssap_lib.budget.scheme_state import KINDS, SERVICE, binomial, starting_state


@pytest.fixture(scope="module")
def start():
    insured = pack_of("XTC").insured
    insured = insured[insured["scheme"] == "npf"]
    return insured, *starting_state(insured)


def test_nobody_is_lost_or_added(start):
    insured, state, _ = start
    people = insured.groupby("status")["persons"].sum()
    assert state.active.sum() == pytest.approx(people["active"])
    assert state.dormant.sum() == pytest.approx(people["dormant"])
    for at, kind in enumerate(KINDS):
        assert state.pensioners[at].sum() == pytest.approx(people[kind])


def test_means_of_groups_are_those_given(start):
    insured, state, profile = start
    rows = insured[(insured["status"] == "active") & (insured["sex"] == "male")]
    for row in rows.itertuples():
        ages = slice(row.age_from - FIRST_AGE, row.age_to - FIRST_AGE + 1)
        assert profile.wage[1, ages].mean() == pytest.approx(row.wage)
        assert 12 * profile.density[1, ages].mean() == pytest.approx(row.density)
        people = state.active[1, ages]
        assert (people * SERVICE).sum() / people.sum() == pytest.approx(row.service, rel=1e-9)


def test_pensions_paid_are_those_of_the_groups(start):
    insured, state, _ = start
    for at, kind in enumerate(KINDS):
        rows = insured[insured["status"] == kind]
        assert state.pensions[at].sum() == pytest.approx((rows["persons"] * rows["pension"]).sum())


def test_service_is_binomial_with_its_mean():
    ages = np.arange(1, LAST_AGE - FIRST_AGE)
    spread = binomial(ages.astype(float), 0.6 * ages)
    assert spread.sum(-1) == pytest.approx(np.ones(len(ages)))
    assert (spread * SERVICE).sum(-1) == pytest.approx(0.6 * ages)
    assert (spread * SERVICE**2).sum(-1) - (0.6 * ages) ** 2 == pytest.approx(0.24 * ages)
