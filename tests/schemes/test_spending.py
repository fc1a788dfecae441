"""Spending of schemes on the product of its year, by hand; what is no outturn of one year; what an SPER would need."""

import pandas as pd
import pytest
from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.schemes.spending import ITEMS, national_spending, scheme_spending, spending_total, sper_matrix


def test_scheme_spending_on_gdp_of_its_year_by_hand():
    senegal = scheme_spending(pack_of("SEN"))
    # IPRES 2024: 153.246846 ÷ 19,893.254 billion CFA francs = 0.770 %; PNBSF 2017: 30 ÷ 12,191.796 = 0.246 %
    assert one(senegal, scheme="ipres")["share"] == pytest.approx(153.246846 / 19_893.254, rel=1e-6)
    assert one(senegal, scheme="pnbsf")["share"] == pytest.approx(30 / 12_191.796, rel=1e-6)


def test_nothing_is_added_over_different_years():
    total = spending_total(scheme_spending(pack_of("SEN")), national_spending(pack_of("SEN")))
    outturn = one(total, what="outturn")  # IPRES of 2024 beside PNBSF of 2017
    assert pd.isna(outturn["share"]) and outturn["schemes"] == 0
    assert (
        reason_words(outturn["reason"])
        == "no two schemes of one year, and years are not added up: IPRES (2024), PNBSF (2017)"
    )
    # Zambia, budgets of 2023: (1.2 + 3.7) ÷ 557.406 billion kwacha
    budget = one(spending_total(scheme_spending(pack_of("ZMB")), national_spending(pack_of("ZMB"))), what="budget")
    assert budget["share"] == pytest.approx((1.2 + 3.7) / 557.406, rel=1e-6)
    assert budget[["year", "schemes", "of", "names"]].tolist() == [2023, 2, 12, "FSP;SCT"]


def test_of_several_years_the_one_with_most_schemes_counts():
    rows = [("A", 2020, 0.01), ("B", 2020, 0.02), ("C", 2022, 0.04), ("D", 2021, 0.08)]
    spending = pd.DataFrame(
        [{"short_name": name, "kind": "outturn", "year": year, "share": share, "quality": "observed", "source": name}
         for name, year, share in rows]
    )  # fmt: skip
    found = one(spending_total(spending, pd.DataFrame()), what="outturn")
    assert found["share"] == pytest.approx(0.03) and found["names"] == "A;B" and found["year"] == 2020
    two = pd.concat([spending, spending[spending["short_name"] == "C"].assign(short_name="E")])
    assert one(spending_total(two, pd.DataFrame()), what="outturn")["names"] == "C;E"  # the newest of two such years


def test_national_totals_their_parts_and_budgets():
    told = national_spending(pack_of("SEN")).set_index("what")
    assert told.loc["social_protection_expenditure_gdp", "share"] == pytest.approx(0.025)
    # general budget 253.5 and social security bodies 192.2 billion, of 15,287.932 billion CFA francs
    assert told.loc["sum_of_parts", "share"] == pytest.approx((253.5 + 192.2) / 15_287.932, rel=1e-6)
    rwanda = one(national_spending(pack_of("RWA")), what="social_protection_budget")
    # fiscal year 2019/20: half of each calendar year, 9,308 and 9,597 billion francs
    assert rwanda["share"] == pytest.approx(187.1 / ((9308 + 9597) / 2), rel=1e-6)
    assert rwanda["kind"] == "budget"
    lanka = one(national_spending(pack_of("LKA")), what="social_protection_budget")
    assert (lanka["amount"], lanka["year"], lanka["budget_share"]) == (837, 2026, pytest.approx(0.093))
    assert pd.isna(lanka["share"]) and lanka["reason"].startswith("no_gdp")  # the IMF has none after 2024
    # Tanzania's pensions of FY2018/19: 351.14 billion on the mean of 2018 and 2019
    nssf = one(scheme_spending(pack_of("TZA")), scheme="nssf")
    gdp = pack_of("TZA").series("gdp_current").set_index("year")["value"]
    assert nssf["share"] == pytest.approx(351.14 / ((gdp[2018] + gdp[2019]) / 2), rel=1e-6)


def test_notes_and_the_press_travel_with_a_figure():
    cells = sper_matrix(pack_of("SEN"))
    assert one(cells, scheme="pnbsf", item="beneficiaries")["note"] == '"more than"'
    assert one(cells, scheme="pnbsf", item="beneficiaries")["grade"] == "press"  # Rewmi
    assert one(cells, scheme="ipres_cadres", item="contributors")["grade"] == ""  # nothing found
    assert (
        one(sper_matrix(pack_of("HND")), scheme="alimentacion", item="beneficiaries")["grade"] == "official"
    )  # SEDESOL


def test_budgets_several_years_and_printed_errors_are_no_outturn_of_a_year():
    told = {
        country: reason_words(one(scheme_spending(pack_of(country)), scheme=scheme)["reason"])
        for country, scheme in (("HND", "bono_vida_mejor"), ("BFA", "filets_sociaux"), ("LKA", "public_pension"))
    }
    assert told == {
        "HND": "no figure of one year: 2014-2021 together",
        "BFA": "no figure of one year: project total",
        "LKA": "marked by its note: printing error",
    }
    budget = one(scheme_spending(pack_of("LKA")), scheme="aswesuma")
    assert budget["kind"] == "budget"
    assert budget["share"] == pytest.approx(207 / 29_898.565, rel=1e-6)
    total = spending_total(scheme_spending(pack_of("LKA")), national_spending(pack_of("LKA")))
    assert total["share"].isna().all()  # a budget is never added to an outturn, and one budget is no sum
    assert reason_words(one(total, what="budget")["reason"]) == "one scheme is no sum: Aswesuma (2024)"


def test_the_fill_matrix_tells_missing_from_none_by_design():
    senegal = sper_matrix(pack_of("SEN"))
    assert len(senegal) == 9 * len(ITEMS)
    assert (senegal[senegal["item"] == "administration"]["state"] == "missing").all()
    assert one(senegal, scheme="pnbsf", item="contributors")["state"] == "by_design"
    assert one(senegal, scheme="pnbsf", item="beneficiaries")[["state", "counted_in", "year"]].tolist() == [
        "old",
        "households",
        2019,
    ]
    lanka = sper_matrix(pack_of("LKA"))
    assert one(lanka, scheme="aswesuma", item="benefit")[["value", "high"]].tolist() == [2500, 15_000]
    assert (
        one(lanka, scheme="aswesuma", item="beneficiaries")["value"] == 1_737_141
    )  # families paid in April 2025: the total, not a class
    assert one(lanka, scheme="public_pension", item="expenditure")["state"] == "doubt"
    assert one(lanka, scheme="epf", item="reserves")["kind"] == "stock"
    assert "ramu" not in set(sper_matrix(pack_of("MLI"))["scheme"])  # planned: nothing to review yet
