"""The accounts of pension schemes: what must hold in every year, closed forms, and the training country's own accounts."""

import dataclasses

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pension_packs import stable_pack
from stories import pack_of

from nasssap_lib import budget
from nasssap_lib.errors import NasssapError, PackError

SCHEMES = ("npf", "psps")


@pytest.fixture(scope="module", params=SCHEMES)
def projection(request):
    return budget.project_pension_scheme(pack_of("XTC"), request.param)


def test_accounts_close_to_the_cent_every_year_and_reconcile_with_the_fund(projection):
    table = projection.accounts
    cents = (table * 100).round().astype(float)
    income = cents[["contributions", "investment_income", "state_transfer"]].sum(axis=1)
    parts = [name for name in table if name.startswith("pensions_")] + ["lump_sums", "short_term"]
    assert (cents["income"] == income).all()
    assert (cents["benefits"] == cents[parts].sum(axis=1)).all()
    assert (cents["expenditure"] == cents["benefits"] + cents["administration"]).all()
    assert (cents["balance"] == cents["income"] - cents["expenditure"]).all()
    opening = [round(100 * projection.opening_fund), *cents["fund"].iloc[:-1]]
    assert (cents["fund"] == np.array(opening) + cents["balance"]).all()


def test_the_interest_that_the_accounts_show_is_the_rule(projection):
    known = projection.accounts.dropna(subset="interest_check")
    known = known[known["fund_years"] > 1]
    assert known["interest_check"].tolist() == pytest.approx([0.062] * len(known), abs=2e-4)


def test_npf_goes_on_from_its_published_accounts():
    pack, table = pack_of("XTC"), budget.project_pension_scheme(pack_of("XTC"), "npf").accounts.iloc[0]
    figures = pack.scheme_figures[pack.scheme_figures["scheme"] == "npf"]
    last = figures[(figures["year"] == 2024) & (figures["detail"] == "")].set_index("measure")["value"]
    assert table["contributors"] == pytest.approx(last["contributors"] * 1.03)
    assert table["contributions"] / 1e9 == pytest.approx(last["contributions"] * 1.03 * 1.071, rel=0.01)
    pensions = table[[name for name in table.index if name.startswith("pensions_")]].sum()
    assert 1.03 < pensions / 1e9 / last["benefits"] < 1.12
    assert table["fund"] / 1e9 == pytest.approx(last["assets"] + table["balance"] / 1e9, abs=1e-6)


def test_the_state_pays_what_psps_lacks_and_there_is_no_fund():
    projection = budget.project_pension_scheme(pack_of("XTC"), "psps")
    assert (projection.accounts["fund"] == 0).all()
    assert projection.exhausted is None
    table = projection.accounts
    assert table["state_transfer"].tolist() == pytest.approx((table["expenditure"] - table["contributions"]).tolist())


def test_the_level_premium_leaves_nothing_at_the_end():
    projection = budget.project_pension_scheme(pack_of("XTC"), "npf")
    fund, rates = projection.opening_fund, 1.062
    for row in projection.accounts.itertuples():
        fund = fund * rates + (projection.level_premium * row.insured_wages - row.expenditure) * rates**0.5
    assert abs(fund) < 1e-6 * projection.accounts["expenditure"].iloc[-1]


def changed(pack, rule, value):
    rules = pack.scheme_rules
    return dataclasses.replace(
        pack, scheme_rules=rules.assign(value=rules["value"].where(rules["rule"] != rule, value))
    )


def test_more_density_never_lowers_contributions():
    pack = pack_of("XTC")
    more = pack.with_tables(insured=pack.insured.assign(density=np.minimum(pack.insured["density"] * 1.1, 12)))
    before, after = (budget.project_pension_scheme(one, "npf").accounts for one in (pack, more))
    assert (after["contributions"] >= before["contributions"]).all()
    assert after["contributions"].iloc[0] > before["contributions"].iloc[0]


def test_without_ceiling_and_indexation_a_scheme_is_linear_in_wages():
    pack = pack_of("XTC")
    dropped = ["ceiling", "minimum_pension"]
    pack = pack.with_tables(scheme_rules=pack.scheme_rules[~pack.scheme_rules["rule"].isin(dropped)])
    for rule in ("pension_with_prices", "revaluation_with_wages"):
        pack = changed(pack, rule, 0.0)
    doubled = pack.insured.assign(wage=pack.insured["wage"] * 2, pension=pack.insured["pension"] * 2)
    before, after = (
        budget.project_pension_scheme(one, "npf").accounts for one in (pack, pack.with_tables(insured=doubled))
    )
    for column in ("insured_wages", "contributions", "benefits", "expenditure"):
        assert after[column].tolist() == pytest.approx((2 * before[column]).tolist(), rel=1e-9)


def payg_in_closed_form(q: float, n: float, g: float) -> float:
    """PAYG rate of the stable population: sums of geometric series; half a year for the new and for the dying."""
    r, s = (1 - q) / (1 + n), (1 - q) / ((1 + n) * (1 + g))
    wages = 12 * 500 * (1 - r**40) / (1 - r)
    last = 0.4 * 500 / (1 + g)  # of the last wage, earned the year before
    new = 6 * last * r**40
    in_payment = 12 * last * r**40 * (1 - q / 2) / (1 - q) * (s - s**61) / (1 - s)
    dying = 12 * last * r**40 * s**60 / ((1 + n) * (1 + g)) * 0.5  # those of 120 live half of the year
    return (new + in_payment + dying) / wages


def test_the_payg_rate_of_the_stable_population_is_that_of_its_closed_form(tmp_path):
    pack, q = stable_pack(tmp_path)
    table = budget.project_pension_scheme(pack, "fund").accounts
    assert table["payg_rate"].tolist() == pytest.approx([payg_in_closed_form(q, 0.015, 0.04)] * 50, rel=1e-6)
    growth = table["insured_wages"].to_numpy()[1:] / table["insured_wages"].to_numpy()[:-1]
    assert growth.tolist() == pytest.approx([1.015 * 1.04] * 49, rel=1e-9)


def test_the_status_quo_with_constant_drivers_is_constant_in_shares_of_gdp(tmp_path):
    """Nobody more or less of 15 to 64 from 2025 to 2050, wages grow, prices lie still."""
    pack, _ = stable_pack(tmp_path, n=0.0, gdp=1.0)
    table = budget.project_pension_scheme(pack, "fund", 26).accounts
    assert table["share_of_gdp"].iloc[1:].tolist() == pytest.approx([table["share_of_gdp"].iloc[1]] * 25, rel=1e-6)
    assert table["wage_share"].iloc[1:].tolist() == pytest.approx([table["wage_share"].iloc[1]] * 25, rel=1e-9)
    beyond = budget.project_pension_scheme(pack, "fund", 30).accounts.set_index("year")
    assert beyond["share_of_gdp"].isna().tolist() == [False] * 26 + [True] * 4  # the population ends in 2050


@settings(max_examples=6, deadline=None)
@given(
    rate=st.floats(0.01, 0.4),
    collected=st.floats(0, 1),
    interest=st.floats(0, 0.15),
    cover=st.floats(0, 1),
    cost=st.floats(0, 1),
)
def test_accounts_close_to_the_cent_whatever_the_rules(rate, collected, interest, cover, cost):
    stated = {
        "contribution_rate": rate, "collection": collected, "interest": interest, "deficit_cover": cover, "administration": cost,
    }  # fmt: skip
    pack = pack_of("XTC")
    for rule, value in stated.items():
        pack = changed(pack, rule, value)
    projection = budget.project_pension_scheme(pack, "npf", 10)
    table = projection.accounts
    before = np.array([projection.opening_fund, *table["fund"].iloc[:-1]])
    flow = table["contributions"] + table["state_transfer"] - table["expenditure"]
    assert (before + flow + table["investment_income"] - table["fund"]).abs().max() < 0.005
    assert (before * (1 + interest) + flow * (1 + interest) ** 0.5 - table["fund"]).abs().max() < 0.02


@pytest.mark.parametrize(("scheme", "horizon", "said"), [
    ("nobody", 50, "nothing to project 'nobody' from"), ("npf", 0, "horizon is 0"), ("npf", True, "horizon: expected a whole number"),
])  # fmt: skip
def test_what_cannot_be_projected_is_refused_by_name(scheme, horizon, said):
    with pytest.raises(NasssapError, match=said):
        budget.project_pension_scheme(pack_of("XTC"), scheme, horizon)


def test_wages_above_gdp_are_refused_with_the_file_and_the_year():
    many = changed(pack_of("XTC"), "contributor_growth", 0.2)
    with pytest.raises(NasssapError, match=r"XTC/scheme_rules.csv: insured wages are 1.\d+ of GDP in 20\d\d"):
        budget.project_pension_scheme(many, "npf")


def test_a_pack_whose_rules_cannot_be_is_refused_before_anything_is_projected():
    with pytest.raises(PackError, match="a share of 0 to 1 for collection"):
        budget.project_pension_scheme(changed(pack_of("XTC"), "collection", 97.0), "npf")


@pytest.mark.parametrize(
    ("table", "left", "said"),
    [
        ("scheme_figures", lambda rows: rows["measure"] != "assets", "no assets of npf"),
        ("demography", lambda rows: rows["indicator"] == "none", "no death rates"),
    ],
)
def test_a_scheme_that_lacks_a_figure_is_refused_alone_and_named(table, left, said):
    pack = pack_of("XTC")
    frame = getattr(pack, table)
    pack = pack.with_tables(**{table: frame[left(frame)]})
    assert said in budget.refused_schemes(pack)["npf"]
    assert [one.scheme for one in budget.project_pension_schemes(pack)] == budget.valued_schemes(pack)
    assert not budget.project_system(pack).empty and "npf" not in budget.valued_schemes(pack)
    assert (
        budget.implicit_debt(pack)["scheme"].ne("npf").all() and budget.typical_persons(pack)["scheme"].ne("npf").all()
    )
