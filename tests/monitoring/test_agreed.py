"""Terms of review and what documents of a country say: nothing that the pack does not hold."""

from dataclasses import replace

import pandas as pd
import pytest
from stories import REAL, pack_of

from nasssap_lib.monitoring.agreed import existing_plans, review_terms
from nasssap_lib.monitoring.yearly import yearly_targets


def test_terms_stand_in_the_order_in_which_they_fall_due_and_what_they_leave_open_is_said():
    pack = pack_of("XTC")
    rows = pack.targets.assign(
        year=pack.targets["year"].mask(pack.targets["id"] == "r1"),
        responsible=pack.targets["responsible"].mask(pack.targets["id"] == "r4", ""),
    )
    table = review_terms(replace(pack.copy(), targets=rows))
    assert table["id"].tolist() == ["r2", "r3", "r4", "r1"]
    assert table.set_index("id")["reason"].to_dict() == {
        "r1": "no_year_of_review",
        "r2": "",
        "r3": "",
        "r4": "nobody_named_to_review",
    }


@pytest.mark.parametrize("country", REAL)
def test_no_real_country_has_terms_of_review(country):
    assert review_terms(pack_of(country)).empty


def test_a_document_that_names_an_option_stands_beside_the_coverage_of_its_group():
    # 0.47 insured in 2017 and 0.7 of the others reached at full take-up: 0.47 + 0.53 × 0.7 = 0.841
    pack = pack_of("SEN")
    table = existing_plans(pack, yearly_targets(pack)).set_index("title")
    assert table.loc["Couverture sanitaire universelle (CSU)", "ours"] == "health_insurance_coverage.total=0.841–0.841"
    named = {
        title
        for title in pack.links["title"]
        if title.startswith(("Loi n°73-37", "Couverture", "Stratégie nationale de protection sociale (SNPS)"))
    }
    assert (
        named <= set(table.index)
        and "Loi n°75-50 du 3 avril 1975 relative aux institutions de prévoyance sociale" not in table.index
    )


def test_without_targets_nothing_stands_beside():
    pack = pack_of("SEN")
    assert existing_plans(pack, pd.DataFrame())["ours"].eq("").all()
