"""Tables of coverage as a reader sees them."""

import pandas as pd
import pytest
from pseudo_language import texts_of_table, untranslated
from stories import drawn_first, pack_of

from nasssap_lib.coverage import tables
from nasssap_lib.coverage.gaps import coverage_gaps, coverage_trend, project_status_quo
from nasssap_lib.coverage.legal import employment_injury_law_and_fact, law_table, texts_of_law
from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.coverage.standards import compare_with_c102
from nasssap_lib.display.texts import in_language


def all_tables(country: str):
    pack = pack_of(country)
    return [
        tables.gap_table(coverage_gaps(pack)),
        tables.projection_table(project_status_quo(pack)),
        tables.law_and_fact_table(employment_injury_law_and_fact(pack)),
        tables.trend_table(coverage_trend(pack)),
        tables.law_text_table(texts_of_law(pack)),
        tables.law_by_category_table(law_table(pack)),
        tables.c102_table(compare_with_c102(pack)),
        tables.quintile_table(coverage_by_quintile(pack)),
    ]


@pytest.mark.parametrize("country", drawn_first("SEN", "XTC", "LKA"))
def test_no_cell_is_glued_together_or_left_out_of_the_catalogue(country):
    with in_language("qps"):
        texts = [text for table in all_tables(country) for text in texts_of_table(table)]
    assert untranslated(set(texts), pack_of(country)) == []


def test_result_tables_are_the_same_in_every_language():
    english = all_tables("SEN")
    with in_language("fr"):
        for before, after in zip(english, all_tables("SEN"), strict=True):
            pd.testing.assert_frame_equal(before.data, after.data)


def test_a_range_in_millions_names_them_once_and_nothing_where_both_ends_are_written_alike():
    assert tables._range_words(4_200_000, 4_350_000) == "4.2 to 4.4 million"
    assert tables._range_words(7_145_456, 7_251_000) == "7.1 to 7.3 million"  # 7.15 after a first rounding
    assert tables._range_words(618_000, 1_200_000) == "618,000 to 1.2 million"
    assert tables._range_words(4_200_000, 4_200_100) == ""
    assert tables._range_words(float("nan"), 1.0) == ""


def test_why_a_group_has_no_denominator_stands_alone_not_behind_the_word_none():
    table = tables.gap_table(coverage_gaps(pack_of("SEN")))
    how = table.rows.set_index("group")["how"].map(table.views["how"].write)
    assert how["severe_disability"] == (
        "no published rate; no prevalence of severe disability was published: collect it first"
    )
    assert how["older_persons"].tolist()[0] == "population aged 60 and over (IPRES general scheme)"


def test_a_projected_year_is_no_observation_where_the_population_of_the_observation_is_not_known():
    """Population from 2030 on; the rate of at least one benefit was observed in 2022."""
    pack = pack_of("SEN")
    later = pack.with_tables(population=pack.population[pack.population["year"] >= 2030])
    shown = tables.projection_table(project_status_quo(later)).rows.set_index(["words", "reading"])
    row = shown.loc[("At least one benefit", "constant_rate")]
    assert row["year"] == "2022" and pd.isna(row["gap"])
    assert row[[2030, 2040, 2050]].notna().all()
