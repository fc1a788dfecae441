"""What an option replaces, against the published spending of the schemes."""

import pytest
from stories import ALL, pack_of

from nasssap_lib.costing.replaced import replaced_schemes, replaced_spending
from nasssap_lib.reasons import split_reasons
from nasssap_lib.terms import CONTRIBUTORY_TYPES


def option(country: str, name: str) -> dict:
    return pack_of(country).measures.set_index("id", drop=False).loc[name].to_dict()


def test_zambias_cash_transfer_replaces_the_budget_of_its_scheme():
    # SCT: 3,700 million kwacha in the budget of 2023, of a GDP of that year (WEO, October 2025)
    pack = pack_of("ZMB")
    gdp = pack.series("gdp_current").set_index("year")["value"][2023]
    found = replaced_spending(pack, replaced_schemes(pack, option("ZMB", "cash_transfer")))
    assert found.share == pytest.approx(3.7 / gdp)
    assert [code for code, _ in split_reasons(found.reason)] == ["replaces_budget"]


def test_what_is_not_known_names_the_figure():
    pack = pack_of("LKA")
    found = replaced_spending(pack, replaced_schemes(pack, option("LKA", "social_pension")))
    assert found.share != found.share and found.reason.startswith("spending_not_known")


def test_what_is_coordinated_is_not_replaced():
    assert replaced_schemes(pack_of("ZMB"), option("ZMB", "social_pension")) == []
    assert replaced_spending(pack_of("ZMB"), []).share == 0


@pytest.mark.parametrize("country", ALL)
def test_pensions_that_were_earned_are_never_netted(country):
    pack = pack_of(country)
    types = pack.schemes.set_index("id")["type"]
    for row in pack.measures.assign(relation="merge").to_dict("records"):
        assert not set(types[replaced_schemes(pack, row)]) & {*CONTRIBUTORY_TYPES, "community", "voluntary"}, row["id"]
