"""Health: a panel of published indicators, and counts of affiliation side by side."""

import pandas as pd
import pytest
from small_pack import write_small_pack
from stories import ALL, one, pack_of

from nasssap_lib.pack.reader import read_pack
from nasssap_lib.schemes.health import health_affiliation, health_panel, national_affiliation


def test_health_panel_and_affiliation():
    panel = health_panel(pack_of("SEN"))
    assert one(panel, indicator="out_of_pocket_share")["value"] == 48.82735
    assert one(health_panel(pack_of("HND")), indicator="catastrophic_health_spending")["reason"] == "not_published"
    rwanda = health_affiliation(pack_of("RWA"))
    assert set(rwanda[rwanda["measure"] == "health_insurance_coverage"]["value"]) == {
        85.3,
        89.0,
    }  # both published counts of 2024
    assert health_affiliation(pack_of("LKA"))["reason"].tolist() == ["no_insured_share", "no_health_scheme"]


def test_one_national_share_is_used_everywhere_and_the_others_differ_from_it():
    used = {country: national_affiliation(pack_of(country))["value"].tolist() for country in ALL}
    # edition of the statistical office before the newspaper's; the newest year; never a scheme's own count
    assert used == {
        "BFA": [], "HND": [], "LKA": [], "MLI": [28.0], "RWA": [85.3], "SEN": [47.0], "TZA": [15.3], "XTC": [19.3], "ZMB": [],
    }  # fmt: skip
    rwanda = health_affiliation(pack_of("RWA"))
    assert one(rwanda, role="used")["edition"] == "NISR EICV7 2023/24"
    assert one(rwanda, role="differs")["value"] == 89.0
    assert one(rwanda, role="above")[["name", "value"]].tolist() == ["CBHI", 93.1]  # one scheme above all of them
    for country in ALL:
        found = health_affiliation(pack_of(country))
        assert found[found["role"] == "used"]["value"].tolist() == used[country]


def test_senegal_s_47_percent_is_of_all_schemes():
    senegal = health_affiliation(pack_of("SEN"))
    assert (
        one(senegal, name="Mutuelles")["reason"] == "not_found"
    )  # 47 % is covered by some mechanism, not by mutual societies
    assert "some mechanism" in one(senegal, role="used")["note"]


@pytest.fixture
def pack(tmp_path):
    """The small pack, whose only scheme is one of health."""
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    return pack.with_tables(schemes=pack.schemes.assign(branches="medical_care"))


def figure(year, value, **more):
    return {"scheme": "fund", "measure": "affiliates", "detail": "", "year": year, "unit": "persons", "value": value, "kind": "stock",
            "counted_in": "persons", "quality": "observed", "source": "OLD", "note": "", "branch": "", "covers": "", **more}  # fmt: skip


def test_a_country_without_figures_has_every_line_of_the_panel_with_a_reason(pack):
    panel = health_panel(pack)
    assert panel["indicator"].is_unique and len(panel) == 8
    assert panel["value"].isna().all() and set(panel["reason"]) == {"not_published"}


def test_a_health_scheme_without_a_count_is_named_and_one_that_is_planned_is_not(pack):
    found = health_affiliation(pack)
    assert found[["name", "reason"]].to_numpy().tolist() == [["", "no_insured_share"], ["Fund", "not_found"]]
    planned = pack.with_tables(schemes=pack.schemes.assign(status="planned"))
    assert health_affiliation(planned)["reason"].tolist() == ["no_insured_share", "no_health_scheme"]


def test_the_newest_count_of_each_kind_up_to_the_reference_year_is_shown(pack):
    """2018 is superseded, 2030 lies ahead of 2025, and beneficiaries are another kind."""
    rows = [figure(2018, 10.0), figure(2022, 30.0), figure(2030, 99.0), figure(2020, 20.0, measure="beneficiaries")]
    found = health_affiliation(pack.with_tables(scheme_figures=pd.DataFrame(rows))).query("name == 'Fund'")
    assert dict(zip(found["measure"], found["value"], strict=True)) == {"beneficiaries": 20.0, "affiliates": 30.0}
    assert (found["reason"] == "").all()


@pytest.mark.parametrize(("country", "scheme"), [("TZA", "NSSF"), ("HND", "IHSS EM")])
def test_members_of_all_branches_or_funds_are_no_affiliates_of_health_insurance(country, scheme):
    """NSSF: 2.41 million members of all pension funds; IHSS: 757,000 of the institute with its pensions."""
    row = one(health_affiliation(pack_of(country)), name=scheme)
    assert pd.isna(row["value"]) and row["reason"] == "counts_others_too" and row["source"] != ""


def test_a_count_of_the_branch_or_of_a_fund_of_health_alone_is_one_of_health_insurance(pack):
    """Of a fund that pays pensions too only what is counted in the branch of medical care, or its stated coverage."""
    rows = [
        figure(2022, 30.0),
        figure(2021, 7.0, branch="medical_care"),
        figure(2020, 5.0, measure="coverage", unit="percent"),
    ]
    pack = pack.with_tables(scheme_figures=pd.DataFrame(rows))
    values = {
        branches: sorted(
            health_affiliation(pack.with_tables(schemes=pack.schemes.assign(branches=branches))).query(
                "name == 'Fund'"
            )["value"]
        )
        for branches in ("medical_care;maternity", "medical_care;old_age")
    }
    assert values == {"medical_care;maternity": [5.0, 30.0], "medical_care;old_age": [5.0, 7.0]}
