"""GDP per head: published where it is, else GDP by the persons whom the United Nations count."""

import pytest
from stories import one, pack_of

from nasssap_lib.schemes.contributions_and_benefits import benefit_levels
from nasssap_lib.schemes.gdp_per_head import gdp_by_persons, gdp_per_head
from nasssap_lib.schemes.yardsticks import benefit_yardsticks


def without_published(country):
    pack = pack_of(country)
    return pack.with_tables(facts=pack.facts[pack.facts["indicator"] != "gdp_per_head"])


def test_gdp_is_divided_by_the_persons_of_the_year():
    # Senegal in 2030: 21,163,192 persons (WPP 2024), as in the figures that were calculated by hand
    gdp = one(pack_of("SEN").series("gdp_current"), year=2030)["value"]
    computed = one(gdp_by_persons(pack_of("SEN")), year=2030)
    assert computed["value"] == pytest.approx(gdp * 1e9 / 21_163_192, rel=1e-6)
    assert computed["quality"] == "estimated" and "WEO" in computed["source"] and "WPP" in computed["source"]


def test_what_is_published_stands_before_what_is_computed():
    pack = pack_of("SEN")
    assert one(gdp_per_head(pack), year=2023)["value"] == pytest.approx(
        1_025_196.001
    )  # World Economic Outlook, October 2025
    short = pack.with_tables(
        facts=pack.facts[~(pack.facts["indicator"].eq("gdp_per_head") & pack.facts["year"].eq(2023))]
    )
    row = one(gdp_per_head(short), year=2023)
    assert row["value"] == pytest.approx(1_025_196.001, rel=0.05) and row["quality"] == "estimated"
    assert gdp_per_head(short)["year"].is_monotonic_increasing


def test_a_pack_without_a_published_one_has_levels_of_benefits_all_the_same():
    published, computed = (
        one(benefit_levels(pack), scheme="sct", detail="") for pack in (pack_of("ZMB"), without_published("ZMB"))
    )
    assert computed["share"] == pytest.approx(published["share"], rel=0.05) and computed["share"] != published["share"]
    assert (computed["quality"], computed["reason"]) == ("estimated", "")
    rows = benefit_yardsticks(without_published("ZMB"))
    assert one(rows, scheme="sct", detail="", yardstick="gdp_per_head")["share"] == pytest.approx(computed["share"])


def test_without_gdp_or_without_persons_there_is_none():
    pack = pack_of("SEN")
    facts = pack.facts[~pack.facts["indicator"].isin(["gdp_per_head", "gdp_current"])]
    assert gdp_per_head(pack.with_tables(facts=facts)).empty
    bare = without_published("SEN").with_tables(population=pack.population.head(0))
    assert gdp_per_head(bare).empty
    assert benefit_levels(bare).query("scheme == 'pnbsf'")["reason"].str.startswith("no_gdp_per_head").all()


def test_it_is_no_surer_than_the_persons_are():
    pack = pack_of("SEN")
    assumed = pack.with_tables(population=pack.population.assign(quality="assumed"))
    assert one(gdp_by_persons(assumed), year=2030)["quality"] == "assumed"
