"""Funds of balances and lump sums: what was printed, its growth by hand, and no rate."""

import pytest
from stories import one, pack_of

from nasssap_lib.budget.balances import fund_balances

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]


def test_epf_of_sri_lanka_by_hand():
    balances = fund_balances(pack_of("LKA"))
    balances = balances[balances["scheme"] == "epf"]
    assert one(balances, item="assets", year=2022)["value"] == 3500
    assert one(balances, item="growth", year=2022)["value"] == pytest.approx((3500 / 1144) ** 0.1 - 1)
    assert one(balances, item="refunds_contributions")["value"] == pytest.approx(34.9 / 54.8)
    assert one(balances, item="refunds_assets")["value"] == pytest.approx(34.9 / 900)


def test_nssf_has_balances_for_it_pays_lump_sums():
    balances = fund_balances(pack_of("TZA"))
    assert set(balances["scheme"]) == {"nssf"}
    assert one(balances, item="growth", year=2023)["value"] == pytest.approx(7600 / 6080 - 1)
    ratio = one(balances, item="refunds_contributions")
    assert ratio["value"] == pytest.approx(828.91 / 1660)
    assert "partly_budgeted" in ratio["reason"]


@pytest.mark.parametrize("country", ALL)
def test_a_fund_without_figures_is_named(country):
    pack = pack_of(country)
    balances = fund_balances(pack)
    funds = set(pack.schemes.loc[pack.schemes["type"] == "provident_fund", "id"])
    assert funds <= set(balances["scheme"])
    assert (balances["value"].notna() | balances["reason"].ne("")).all()
