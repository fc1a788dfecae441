"""A gap beside revenue, taxes, aid and the wage bill: by hand from published figures."""

import pandas as pd
import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib.costing.package import cost_package
from nasssap_lib.financing.checks import aid_beside_gap, revenue_checks, staff_check
from nasssap_lib.reasons import has_reason


def gap_of(*years: int, gap: float = 0.02) -> pd.DataFrame:
    return pd.DataFrame({"year": list(years), "gap": gap, "quality": "assumed", "source": "S", "reason": ""})


def published(pack, name: str) -> dict[int, float]:
    return pack.series(name).set_index("year")["value"].to_dict()


def test_weight_of_the_gap_by_hand():
    pack = pack_of("TZA")
    row = revenue_checks(pack, gap_of(2030)).iloc[0]
    revenue, spent, gdp = (
        published(pack, name) for name in ("government_revenue_gdp", "government_expenditure_gdp", "gdp_current")
    )
    assert row["of_revenue"] == pytest.approx(2 / revenue[2030]) and row["of_expenditure"] == pytest.approx(
        2 / spent[2030]
    )
    assert (row["tax_year"], row["of_tax"]) == (2024, pytest.approx(2 / published(pack, "tax_revenue_gdp")[2024]))
    start = revenue[2025] * gdp[2025]
    assert (1 + row["growth"]) ** 5 == pytest.approx(revenue[2030] * gdp[2030] / start)
    assert (1 + row["growth_needed"]) ** 5 == pytest.approx((revenue[2030] + 2) * gdp[2030] / start)


def test_no_gap_needs_no_growth_beyond_what_is_published():
    row = revenue_checks(pack_of("SEN"), gap_of(2028, gap=0.0)).iloc[0]
    assert row["growth_needed"] == pytest.approx(row["growth"]) and row["of_revenue"] == 0


def test_years_without_revenue_say_so():
    table = revenue_checks(pack_of("LKA"), gap_of(2027, 2030))
    assert table["of_revenue"].isna().all() and all(has_reason(table["reason"], "no_revenue_of_year"))
    assert table["of_tax"].notna().all()  # of the latest tax revenue


def test_todays_aid_many_times():
    row = aid_beside_gap(pack_of("ZMB"), gap_of(2030)).iloc[0]
    assert row["aid"] == pytest.approx(0.00304, abs=0.00001) and row["times"] == pytest.approx(0.02 / row["aid"])


def test_the_wage_bill_of_the_training_country_and_of_nobody_else():
    pack = pack_of("XTC")
    costs = cost_package(pack, [2027, 2030])
    table = staff_check(pack, costs).set_index("year")
    rows = costs[(costs["sex"] == "total") & (costs["year"] == 2030)]
    gdp = published(pack, "gdp_current")[2030] * 1e9
    assert table.loc[2030, "administration"] == pytest.approx(rows["administration"].sum() / gdp)
    bill, ceiling = (
        published(pack, name)[2024] / 100 for name in ("government_wage_bill_gdp", "wage_bill_ceiling_gdp")
    )
    assert table.loc[2030, "left"] == pytest.approx(ceiling - bill - table.loc[2030, "administration"])
    real = staff_check(pack_of("SEN"), cost_package(pack_of("SEN"), [2030]))
    assert real[["wage_bill", "ceiling", "left"]].isna().all(axis=None)
    assert has_reason(real["reason"], "no_wage_bill") == has_reason(real["reason"], "no_wage_bill_ceiling") == [True]


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_every_pack_is_checked(country):
    pack = pack_of(country)
    gap = gap_of(*range(2027, 2034))
    for table in (revenue_checks(pack, gap), aid_beside_gap(pack, gap)):
        assert table["year"].tolist() == gap["year"].tolist() and (table["source"] != "").all()
    known = published(pack, "government_revenue_gdp")
    assert revenue_checks(pack, gap)["of_revenue"].notna().tolist() == [year in known for year in gap["year"]]
