"""Coverage gaps against hand calculations on published figures, and the properties every gap table has."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib import terms
from nasssap_lib.coverage.bounds import union_bounds
from nasssap_lib.coverage.gaps import (
    coverage_gaps,
    coverage_trend,
    gap_in_persons,
    is_too_old,
    project_status_quo,
)
from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.coverage.tables import gap_table
from nasssap_lib.display.texts import reason_words
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import has_reason, split_reasons

# names on which other rooms and countries' own notebooks rely: the contract, quoted
COLUMNS = (
    "group sex year coverage_year edition target_population denominator_rule denominator_quality effective_coverage covered "
    "gap gap_low gap_high gap_share quality source reason primary flag nowcast_year gap_nowcast coverage_quality"
)


SEXES = ("total", "female", "male")


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return read_pack("XTS", write_small_pack(tmp_path_factory.mktemp("data")).parent)


@pytest.fixture(scope="module")
def senegal():
    return coverage_gaps(pack_of("SEN"))


@pytest.fixture(scope="module")
def sri_lanka():
    return coverage_gaps(pack_of("LKA"))


def row(gaps, group, sex="total", primary=True):
    found = gaps[(gaps["group"] == group) & (gaps["sex"] == sex) & (gaps["primary"] == primary)]
    assert len(found) == 1
    return found.iloc[0]


def test_the_columns_are_those_of_the_contract(senegal):
    assert " ".join(senegal.columns) == COLUMNS


def test_senegal_at_least_one_benefit_2022(senegal):
    # WPP 2024, thousands: 16,789.223 in 2020 and 18,931.970 in 2025; 2022 lies 2/5 of the way: 17,646.3218
    # SDG 1.3.1, edition of October 2025: 19.91 % in 2022; not covered: 17,646,321.8 × 0.8009 = 14,132,939
    found = row(senegal, "at_least_one")
    assert (found["coverage_year"], found["effective_coverage"]) == (2022, pytest.approx(0.1991))
    assert found["target_population"] == pytest.approx(17_646_321.8)
    assert found["gap"] == pytest.approx(14_132_939, abs=1)
    assert found["denominator_quality"] == "estimated"
    assert {"OWID_SDG131_202510"} <= set(found["source"].split(";"))
    # rounding of 19.91: 19.905 to 19.915
    assert found["gap_low"] == pytest.approx(17_646_321.8 * (1 - 0.19915))
    assert found["gap_high"] == pytest.approx(17_646_321.8 * (1 - 0.19905))
    assert (found["nowcast_year"], found["gap_nowcast"]) == (2025, pytest.approx(18_931_970 * 0.8009))


def test_senegal_employment_injury_2019(senegal):
    # aged 15 and over, thousands: 8,410.962 in 2015, 10,017.951 in 2020; 2019: 8,410.962 + 4/5 × 1,606.989 = 9,696.5532
    # × 49.26 % employed (ILO-modelled) = 4,776.522; 10 % covered: 4,298.870 not covered
    found = row(senegal, "employment_injury")
    assert found["year"] == 2019
    assert found["target_population"] == pytest.approx(4_776_522, abs=1)
    assert found["gap"] == pytest.approx(4_298_870, abs=1)


def test_senegal_unemployment_is_a_zero_in_law_not_a_missing_figure(senegal):
    found = row(senegal, "unemployed")
    assert (found["effective_coverage"], found["flag"], found["reason"]) == (0, "legal_zero", "")
    # 10,017.951 × 50.23 % participation × 3.437 % = 172.950 thousand
    assert found["gap"] == pytest.approx(172_950, abs=1)
    assert found["gap_low"] == found["gap_high"] == found["gap"]


def test_severe_disability_has_no_denominator(senegal, sri_lanka):
    for gaps in (senegal, sri_lanka):
        found = row(gaps, "severe_disability")
        assert pd.isna(found["target_population"])
        assert pd.isna(found["gap"])
    assert row(sri_lanka, "severe_disability")["effective_coverage"] == pytest.approx(0.18)
    assert row(senegal, "severe_disability")["reason"] == "no_rate; no_disability_prevalence"
    assert has_reason([row(sri_lanka, "severe_disability")["reason"]], "prevalence_of_adults_alone") == [True]


def test_sri_lanka_older_persons_at_two_ages(sri_lanka):
    # 35.7 % in 2020; aged 60 and over 3,529.518 thousand, 65 and over 2,417.656 thousand (WPP 2024)
    at_60, at_65 = row(sri_lanka, "older_persons"), row(sri_lanka, "older_persons", primary=False)
    assert at_60["gap"] == pytest.approx(3_529_518 * 0.643)  # 2.3 million
    assert at_65["gap"] == pytest.approx(2_417_656 * 0.643)  # 1.6 million
    [(rule, values)] = split_reasons(at_60["denominator_rule"])
    assert (rule, values["age"]) == ("statutory_age", 60)
    assert split_reasons(at_65["denominator_rule"]) == [("aged_from", {"age_from": 65})]


def test_sri_lanka_poor_100_percent_is_flagged_and_keeps_its_raw_value(sri_lanka):
    found = row(sri_lanka, "poor")
    assert (found["flag"], found["effective_coverage"]) == ("to_verify", 1.0)
    assert split_reasons(found["reason"]) == [
        ("published_jump", {"after": 100, "year": 2018, "before": 51.5, "before_year": 2016})
    ]
    assert reason_words(found["reason"]) == "published as 100 % in 2018 after 51.5 % in 2016: to be verified, not drawn"
    assert pd.isna(found["gap_nowcast"])


def test_the_newest_edition_is_used_not_the_newest_year_of_an_older_one(small):
    found = row(coverage_gaps(small), "at_least_one")
    assert (found["coverage_year"], found["edition"]) == (2022, "second")
    assert found["gap"] == pytest.approx(58_800 * 0.75)  # 42 cells × 1,400 × 75 %


def test_a_gap_for_an_asked_year_keeps_the_rate_known_by_then(small):
    found = row(coverage_gaps(small, year=2021), "at_least_one")
    assert (found["year"], found["coverage_year"]) == (2021, 2018)
    assert found["gap"] == pytest.approx(42 * 1_200 * (1 - 0.145))


def test_mothers_are_fewer_than_births(small):
    found = row(coverage_gaps(small), "mothers", "female")
    assert found["target_population"] == 50_000
    assert found["gap_low"] == pytest.approx(49_000 * (1 - 0.105))


def test_a_number_of_covered_persons_that_nobody_knows_does_not_stay(small):
    later = small.with_tables(population=small.population[small.population["year"] > 2020])
    table = project_status_quo(later, [2025]).set_index(["group", "sex", "reading", "year"])
    number, rate = (
        table.loc[("at_least_one", "total", reading, 2025)] for reading in ("constant_number", "constant_rate")
    )
    assert rate["gap"] > 0
    assert pd.isna(number["gap"]), "not the persons of 2025 at the rate of 2020"
    assert number["reason"] == "no_population_of_year"


def test_two_readings_of_the_status_quo(small):
    table = project_status_quo(small, [2025]).set_index(["group", "sex", "year", "reading"])["gap"]
    assert table["at_least_one", "total", 2025, "constant_rate"] == pytest.approx(84_000 * 0.75)
    assert table["at_least_one", "total", 2025, "constant_number"] == pytest.approx(84_000 - 58_800 * 0.25)
    rows = coverage_gaps(small, projection_years=[2025])
    later = rows[(rows["group"] == "at_least_one") & (rows["year"] == 2025)].iloc[0]
    assert (later["gap_low"], later["gap_high"]) == (pytest.approx(63_000), pytest.approx(69_300))


@pytest.mark.parametrize("country", ["SEN", "LKA"])
def test_every_group_has_a_row_and_every_missing_value_a_reason(country):
    gaps = coverage_gaps(pack_of(country))
    assert set(gaps["group"]) == set(terms.COVERAGE_GROUPS)
    assert (gaps.loc[gaps["gap"].isna(), "reason"] != "").all()
    known = gaps[gaps["gap"].notna()]
    assert known["source"].ne("").all()
    assert (
        (known["covered"] >= 0) & ((known["covered"] <= known["target_population"]) | (known["flag"] == "over_100"))
    ).all()
    assert ((known["gap_low"] <= known["gap"]) & (known["gap"] <= known["gap_high"])).all()


def test_bounds_of_the_union_by_hand():
    assert (union_bounds([0.5, 0.25]).low, union_bounds([0.5, 0.25]).high) == (0.5, 0.75)
    assert union_bounds([0.7, 0.6]).high == 1
    for wrong in ([], [1.2], [float("nan")], [-0.1]):
        with pytest.raises(NasssapError, match="union_bounds: shares are .* expected one or more shares from 0 to 1"):
            union_bounds(wrong)
    with pytest.raises(NasssapError, match="divide percentages by 100"):
        union_bounds([30, 25])


def test_a_percentage_is_not_taken_for_a_share():
    with pytest.raises(NasssapError) as error:
        gap_in_persons(1000, 30)
    assert str(error.value) == (
        "gap_in_persons: share is 30; expected a share from 0 to 1, not a percentage; give 30 % as 0.3"
    )
    with pytest.raises(NasssapError, match="share is -0.1; .*negative"):
        gap_in_persons(1000, -0.1)
    with pytest.raises(NasssapError, match="target_population is -5; expected 0 persons or more"):
        gap_in_persons(-5, 0.3)


def test_a_published_rate_a_little_above_1_leaves_nobody_out_and_a_missing_one_stays_missing():
    assert gap_in_persons(1000, 1.01) == 0
    assert pd.isna(gap_in_persons(1000, float("nan"))) and pd.isna(gap_in_persons(float("nan"), 0.5))


@given(st.lists(st.floats(0, 1), min_size=1, max_size=6), st.floats(0, 1))
def test_another_scheme_never_lowers_a_bound_of_the_union(shares, another):
    before, after = union_bounds(shares), union_bounds([*shares, another])
    assert after.low >= before.low
    assert after.high >= before.high


@pytest.fixture(scope="module")
def by_sex(tmp_path_factory):
    """The small pack with rates of older women and men, whose values are still to be given."""
    folder = write_small_pack(tmp_path_factory.mktemp("data"))
    rows = [f"XTS,,effective_coverage,older_persons,{sex},,2020,50,percent,,observed,NEW," for sex in SEXES]
    facts = folder / "indicators.csv"
    facts.write_text(facts.read_text(encoding="utf-8") + "\n".join(rows) + "\n", encoding="utf-8")
    ages = "scheme_name,scheme,sex,age,rule,denominator,year,source,note\nFund,fund,total,60,normal,yes,2020,OLD,\n"
    (folder / "pensionable_ages.csv").write_text(ages, encoding="utf-8")
    return read_pack("XTS", folder.parent)


@given(st.integers(0, 100), st.integers(0, 100))
def test_gaps_of_women_and_men_of_one_source_add_up_to_the_whole(by_sex, women, men):
    # as many women as men in the small pack: the rate of both is the mean of the two
    rates, facts = {"total": (women + men) / 2, "female": women, "male": men}, by_sex.facts
    given_here = (facts["indicator"] == "effective_coverage") & (facts["group"] == "older_persons")
    assert facts.loc[given_here, "sex"].tolist() == [*SEXES]
    values = facts["value"].mask(given_here, facts["sex"].map(rates))
    gaps = coverage_gaps(by_sex.with_tables(facts=facts.assign(value=values)))
    gap = {sex: row(gaps, "older_persons", sex)["gap"] for sex in rates}
    assert gap["female"] + gap["male"] == pytest.approx(gap["total"])


def test_no_row_is_a_total_over_groups(senegal):
    assert set(senegal["group"]) == set(terms.COVERAGE_GROUPS)


@pytest.mark.parametrize(("country", "women"), [("BFA", 0.007), ("MLI", 0.006), ("ZMB", 0.034)])
def test_sexes_of_another_year_say_so_and_stand_in_no_table_of_the_whole(country, women):
    """Older persons, UNSD: both sexes 2020; women and men 2016 only."""
    gaps = coverage_gaps(pack_of(country))
    rows = gaps[(gaps["group"] == "older_persons") & gaps["primary"]].set_index("sex")
    assert rows.loc["female", ["effective_coverage", "coverage_year"]].tolist() == [pytest.approx(women), 2016]
    assert ("sexes_of_another_year", {"year": 2020}) in split_reasons(rows.loc["female", "reason"])
    assert "sexes_of_another_year" not in rows.loc["total", "reason"]
    shown = gap_table(gaps).shown
    assert set(shown.loc[shown["group"] == "older_persons", "sex"]) == {"total"}


@pytest.mark.parametrize("country", ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "XTC", "ZMB"])
def test_a_sex_beside_its_group_is_of_its_year_and_edition(country):
    shown = gap_table(coverage_gaps(pack_of(country))).shown
    whole = shown[shown["sex"] == shown["group"].map(terms.sex_of)].drop_duplicates("group").set_index("group")
    sexes = shown[shown["sex"] != shown["group"].map(terms.sex_of)]
    for column in ("coverage_year", "edition"):
        assert (sexes[column] == sexes["group"].map(whole[column])).all()


def test_a_trend_is_of_one_edition():
    """OWID, ed. 2025, Zambia: 15.31, 24.57, 30.30; the edition of 2023 dates the same observations 2016 and 2020."""
    trend = coverage_trend(pack_of("ZMB"))
    assert trend["year"].tolist() == [2015, 2019, 2021]
    assert trend["effective_coverage"].tolist() == pytest.approx([0.1531, 0.2457, 0.3030])
    assert trend["change"].tolist()[1:] == pytest.approx([9.26, 5.73])
    assert trend["edition"].nunique() == 1


def test_tanzania_has_no_trend_from_four_to_fourteen():
    """4 % (ed. 2023) and 14 % (ed. 2025) of 2019 are a revision; the edition of 2025 has 14.00 and 11.36."""
    assert coverage_trend(pack_of("TZA"))["effective_coverage"].tolist() == pytest.approx([0.14, 0.1136])


def test_a_rate_that_is_to_be_verified_has_no_trend():
    assert coverage_trend(pack_of("LKA"), "poor").empty  # 51.5 in 2016, 100 in 2018


def test_too_old_is_more_than_five_years_before_the_reference_year():
    rows = pd.DataFrame({"group": "poor", "coverage_year": [2015, 2019, 2020, 2025, pd.NA]})
    assert is_too_old(rows, 2025).tolist() == [True, True, False, False, False]
    quintiles = coverage_by_quintile(pack_of("ZMB"))  # ASPIRE 2015
    assert is_too_old(quintiles, 2025, year="year").all()
