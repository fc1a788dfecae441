"""Tables of debt, weight, staff and labour cost for readers, in three languages."""

import pytest
from financing_story import financed
from stories import FIRST_THEN_ALL

from nasssap_lib.display.texts import in_language
from nasssap_lib.financing.tables_checks import debt_table, labour_table, staff_table, weight_table


def tables_of(country: str) -> list:
    story = financed(country)
    return [
        debt_table(story.debt), weight_table(story.revenue, story.aid), staff_table(story.staff),
        labour_table(story.labour, story.pack.settings.currency),
    ]  # fmt: skip


@pytest.mark.parametrize("language", ["en", "fr", "es"])
@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_they_can_be_written_in_every_language(country, language):
    with in_language(language, financed(country).pack.translations(language)):
        pages = [table._repr_html_() for table in tables_of(country)]
    assert all(">nan<" not in page and "&lt;NA&gt;" not in page and "{" not in page for page in pages)


def test_only_published_years_of_debt_are_shown_and_all_are_in_the_csv():
    story = financed("SEN")
    table = debt_table(story.debt)
    assert table.rows["year"].max() == 2030 and len(table.data) == len(story.gap)
    assert debt_table(financed("LKA").debt).rows.empty


def test_years_without_revenue_are_one_row_that_says_so():
    story = financed("LKA")
    rows = weight_table(story.revenue, story.aid).rows
    assert len(rows) == 1 and rows["taxes"].tolist() == ["of 2023"]
    shown = weight_table(financed("SEN").revenue, financed("SEN").aid).rows
    assert shown["year"].max() == 2030 and shown["given"].unique().tolist() == ["of 2022"]


def test_wages_that_are_not_known_are_left_out_and_all_together_stands_last():
    rows = labour_table(financed("RWA").labour, "RWF").rows
    assert set(rows["wage"]) == {"average"} and rows["who"].iat[-1] == "All together"
    assert rows["rates"].iat[-1] == "rates of 2024 to 2025"
    lacks = labour_table(financed("BFA").labour, "XOF").rows.set_index("scheme")
    assert (lacks.loc["cnss_famille", "employer"] == "n/a").all()


def test_the_ceiling_stands_beside_the_wage_bill():
    rows = staff_table(financed("XTC").staff).rows
    assert set(rows["ceiling_of"]) == {"of 2024"} and (rows["left"] > 0).all()
    assert set(staff_table(financed("SEN").staff).rows["ceiling_of"]) == {""}
