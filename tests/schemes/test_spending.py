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
    total = spending_total(senegal, national_spending(pack_of("SEN")))
    known = total.iloc[0]
    assert known["share"] == pytest.approx(153.246846 / 19_893.254 + 30 / 12_191.796, rel=1e-6)
    assert known[["schemes", "of", "first_year", "last_year"]].tolist() == [2, 9, 2017, 2024]
    assert known["what"] == "outturn"
    assert one(total, what="social_protection_expenditure_gdp")["share"] == pytest.approx(0.025)


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
    assert total["schemes"].tolist() == [0, 1]  # a budget is never added to an outturn
    assert pd.isna(total["share"].iat[0])


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
    assert one(lanka, scheme="aswesuma", item="beneficiaries")["value"] == 1_410_064  # the total, not a class
    assert one(lanka, scheme="public_pension", item="expenditure")["state"] == "doubt"
    assert one(lanka, scheme="epf", item="reserves")["kind"] == "stock"
    assert "ramu" not in set(sper_matrix(pack_of("MLI"))["scheme"])  # planned: nothing to review yet
