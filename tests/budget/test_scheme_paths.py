"""How schemes of each type go on: one year by hand, constant drivers, and what an account must have."""

import numpy as np
import pytest
from stories import one, pack_of
from system_pack import NET, OPENING, TYPES, system_pack, without, write_system_pack

from nasssap_lib import terms
from nasssap_lib.budget.accounts import year_accounts
from nasssap_lib.budget.scheme_paths import base_of, interest_of, method_of, years_ahead
from nasssap_lib.budget.system import project_system
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.reasons import split_reasons


def ahead_of(pack, scheme: str, last: int = 2050, indexing: str = "gdp_per_head"):
    accounts = year_accounts(pack)
    row = pack.schemes.set_index("id", drop=False).loc[scheme]
    return years_ahead(pack, base_of(pack, row, accounts[accounts["covers"] == scheme]), last, indexing)


def test_every_type_of_the_schema_has_its_way():
    ways = {kind: method_of(kind, "medical_care") for kind in terms.SCHEME_TYPES}
    assert ways == {
        "social_insurance": "insurance", "provident_fund": "balances", "employer_liability": "", "universal": "recipients",
        "social_assistance": "recipients", "fee_waiver": "recipients", "community": "insurance", "voluntary": "insurance",
    }  # fmt: skip
    assert {kind for kind, *_rest in TYPES.values()} == set(
        terms.SCHEME_TYPES
    )  # and the pack of these tests holds one of each


@pytest.mark.parametrize("scheme", [name for name in TYPES if name not in ("pension", "owed")])
def test_a_status_quo_with_constant_drivers_is_constant_in_percent_of_gdp(tmp_path, scheme):
    ahead, why = ahead_of(system_pack(tmp_path), scheme)
    assert why == ""
    assert ahead["year"].tolist() == list(range(2026, 2051))
    for item in ("income", "expenditure", "contributions", "benefits"):
        share = ahead[item] / ahead["gdp"]
        # a fund's interest is read from its account to the first order: 1e-4 of it
        np.testing.assert_allclose(share, share.iloc[0], rtol=1e-3, atol=1e-12)


def test_a_fund_that_grows_as_gdp_keeps_its_share(tmp_path):
    ahead, _why = ahead_of(system_pack(tmp_path), "provident")
    np.testing.assert_allclose(ahead["reserve"] / ahead["gdp"], OPENING * 1.05, rtol=2e-3)


def test_one_year_of_a_fund_by_hand(tmp_path):
    # interest i = 2 I / (F0 + F1 − I); benefits: the same share of the reserve at the beginning; F2 = F1 (1 + i) + net (1 + i)^½
    opening, closing = OPENING, OPENING * 1.05
    earned = closing - opening - NET
    interest = 2 * earned / (opening + closing - earned)
    assert interest_of(opening, closing, earned) == pytest.approx(interest)
    paid = 0.002 / opening * closing
    net = (NET + 0.002) * 1.05 - paid
    expected = closing * (1 + interest) + net * (1 + interest) ** 0.5
    first = ahead_of(system_pack(tmp_path), "provident")[0].iloc[0]
    assert first["reserve"] == pytest.approx(expected)
    assert first["investment_income"] == pytest.approx(expected - closing - net)
    assert first["balance"] == pytest.approx(expected - closing)


def test_recipients_of_the_training_country_follow_their_group_and_the_index():
    pack = pack_of("XTC")
    row = one(ahead_of(pack, "ocp", 2030)[0], year=2030)
    people = count_persons(pack.used_population, [2024, 2030], 70)["persons"]
    everybody = count_persons(pack.used_population, [2024, 2030])["persons"]
    gdp = pack.series("gdp_current").set_index("year")["value"]
    heads = (gdp[2030] / everybody[1]) / (gdp[2024] / everybody[0])
    assert row["expenditure"] == pytest.approx(1.9507 * people[1] / people[0] * heads, rel=1e-6)
    assert row["state_transfer"] == pytest.approx(row["expenditure"])


def test_benefits_that_follow_prices_fall_behind(tmp_path):
    pack = system_pack(tmp_path)
    held, priced = (ahead_of(pack, "child", indexing=code)[0]["share_of_gdp"] for code in ("gdp_per_head", "prices"))
    np.testing.assert_allclose(priced / held, (1.02 / 1.05) ** np.arange(1, 26))


def test_donors_keep_their_share():
    ahead, _why = ahead_of(pack_of("XTC"), "fsg")
    np.testing.assert_allclose(ahead["donor_income"] / ahead["income"], 0.28, atol=1e-4)  # printed with four digits


LACKS = [  # what several accounts of one pack lack
    {"injury": "contributors", "child": "beneficiaries", "provident": "investment_income", "health": "income"},
    {"provident": "assets"},
]


@pytest.mark.parametrize("lacks", LACKS)
def test_what_an_account_lacks_is_named_and_nothing_is_projected(tmp_path, lacks):
    folder = write_system_pack(tmp_path)
    for scheme, figure in lacks.items():
        pack = without(folder, f"{scheme},{figure},,2024" if figure == "assets" else f"{scheme},{figure}")
    for scheme, figure in lacks.items():
        ahead, why = ahead_of(pack, scheme)
        assert ahead.empty, scheme
        assert split_reasons(why) == [("projection_needs", {"measures": [figure]})], scheme


def test_a_pension_scheme_without_rules_is_not_projected(tmp_path):
    rows = project_system(system_pack(tmp_path)).query("scheme == 'pension'")
    assert rows[["method", "reason"]].values.tolist() == [["account", "needs_rules_and_insured"]]
