"""Tables of monitoring as a reader sees them."""

import pandas as pd
import pytest
from stories import drawn_first, pack_of

from nasssap_lib.display.tables import to_html
from nasssap_lib.display.texts import in_language
from nasssap_lib.monitoring.agreed import existing_plans, review_terms
from nasssap_lib.monitoring.sheets import indicator_sheets, typed_targets
from nasssap_lib.monitoring.tables import (
    definitions_table,
    existing_plans_table,
    output_sheets_table,
    outputs_table,
    review_terms_table,
    sheets_table,
    targets_table,
    typed_targets_table,
)
from nasssap_lib.monitoring.yearly import yearly_outputs, yearly_targets


def tables_of(pack) -> dict:
    targets, sheets = yearly_targets(pack), indicator_sheets(pack)
    return {
        "targets": targets_table(targets), "outputs": outputs_table(yearly_outputs(pack)), "sheets": sheets_table(sheets),
        "definitions": definitions_table(sheets), "counted": output_sheets_table(sheets), "typed": typed_targets_table(typed_targets(pack)),
        "terms": review_terms_table(review_terms(pack)), "plans": existing_plans_table(existing_plans(pack, targets)),
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "RWA"))
def test_no_table_shows_a_code_or_a_nan(country, language):
    pack = pack_of(country)
    with in_language(language, pack.translations(language)):
        for table in tables_of(pack).values():
            shown = to_html(table).split("<tbody>")[-1]
            assert (
                ">nan<" not in shown.lower() and "<NA>" not in shown and "no_" not in shown and "_coverage" not in shown
            )


def test_a_commitment_has_what_it_can_be_at_most_below_and_its_assumption_marked():
    rows = tables_of(pack_of("SEN"))["targets"].rows.set_index("group")
    # 0.299 of older persons today; the pension reaches 0.85 of those of 65 and more, a part of those of 60 and more
    assert rows.loc["older_persons", "low_2031"] == pytest.approx(0.5478, abs=5e-4)
    assert rows.loc["older_persons", "high_2031"] == "at most 84.7\N{NO-BREAK SPACE}%"
    assert rows.loc["older_persons", "quality_2031"] == "assumed" and rows.loc["unemployed", "high_2031"] == ""


def test_at_most_five_years_are_columns_and_the_last_is_one_of_them():
    table = targets_table(yearly_targets(pack_of("SEN"), years=range(2026, 2040)))
    years = [name for name in table.views if name.startswith("low_")]
    assert years == ["low_2027", "low_2030", "low_2033", "low_2036", "low_2039"]


def test_outputs_are_those_of_the_first_and_the_last_year_of_payment():
    outputs = yearly_outputs(pack_of("XTC"), {"maternity_grant": 2028}, range(2026, 2036))
    row = outputs_table(outputs).rows.set_index("option").loc["maternity_grant"]
    by_year = outputs.set_index("year")["paid"]
    assert (row["year"], row["until"]) == (2028, 2035)
    assert (row["paid_first"], row["paid_last"]) == (by_year[2028], by_year[2035])
    assert row["registered"] == by_year.diff().max()


def test_who_measures_what_how_often_and_what_comes_before_a_target():
    rows = tables_of(pack_of("XTC"))["sheets"].rows.set_index("whose")
    assert rows.loc["Children", ["stands", "since", "who", "often", "sdg"]].tolist() == [
        "11.5\N{NO-BREAK SPACE}%", "2024", "Ministry of Social Affairs", "every year", "1.3.1",
    ]  # fmt: skip
    assert (
        rows.loc["Poor persons", "who"] == "nobody named"
        and rows.loc["Self-employed and family workers", "stands"] == "n/a"
    )
    assert set(tables_of(pack_of("SEN"))["sheets"].rows["who"]) == {"nobody named"}


def test_a_written_target_says_where_it_stands():
    typed = typed_targets(pack_of("XTC"), {"maternity_grant": 2027})
    rows = typed_targets_table(typed).rows.set_index("id")
    # a commitment to 57.8 % in 2030, four fifths grown, and 40 % written down
    assert rows.loc["t3", ["ours", "told"]].tolist() == ["57.8\N{NO-BREAK SPACE}%", "Below what the options commit to"]
    assert rows.loc["t2", "told"] == "Above what the options can give" and rows.loc["t9", "ours"] == "n/a"
    assert rows.loc["t5", "whose"] == "Older persons, women"


def test_a_document_stands_with_ours_in_words():
    table = tables_of(pack_of("SEN"))["plans"].rows.set_index("title")
    ours = table.loc["Couverture sanitaire universelle (CSU)", "ours"]
    assert ours == "Health insurance, total population: 84.1\N{NO-BREAK SPACE}%"
    assert pd.notna(table["when"]).all()
