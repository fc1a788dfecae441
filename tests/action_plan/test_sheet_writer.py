"""The matrix as institutions get it: what can be filled in, what is chosen from lists, what stays in sight and is printed."""

import zipfile

import openpyxl
import pytest
from returned_plans import LETTERS, first_row, place, training_plan, written
from stories import REAL_LATER, SPOKEN, pack_of

from nasssap_lib.action_plan.sheet_columns import COLUMNS
from nasssap_lib.action_plan.sheet_writer import EMPTY_ROWS, META
from nasssap_lib.display.workbooks import PALE, lines_of


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    """The plan of the training country, which nobody changes."""
    return training_plan(tmp_path_factory.mktemp("plan"))


@pytest.fixture(scope="module")
def sheet(path):
    """Its matrix."""
    return openpyxl.load_workbook(path).worksheets[0]


def test_an_activity_a_row_as_the_pack_has_it(path, sheet):
    row = {name: sheet[place(path, name, 3)].value for name in LETTERS}
    assert row == {
        "id": "a04", "name": "Pay the child benefit in four pilot districts", "measure": "Benefit for every child under five",
        "institution": "Ministry of Social Affairs", "support": "UNICEF", "start": "2027-07", "end": "2028-03",
        "depends_on": "a01, a03", "cost": 520, "financed": 40, "finance_source": "State budget", "expertise": "Evaluation", "progress": 0,
        "progress_date": "2025-12", "risk": "Mobile network", "quality": "illustration, not a figure of any country",
        "source": "XTC-TRAINING",
    }  # fmt: skip
    assert sheet[place(path, "measure", 5)].value == "the whole plan"


def test_only_cells_to_fill_in_are_open_and_they_have_one_colour(path, sheet):
    assert sheet.protection.sheet and not sheet.protection.password
    open_cells = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
    assert {cell.fill.fgColor.rgb[-6:] for cell in open_cells} == {PALE}
    assert len(open_cells) == 13 * (len(COLUMNS) - 1) + EMPTY_ROWS * len(COLUMNS)
    assert sheet[place(path, "id", 0)].protection.locked and not sheet[place(path, "id", 13)].protection.locked


def test_heads_stay_in_sight_are_printed_on_every_page_and_filter(path, sheet):
    head = first_row(path) - 1
    assert sheet.freeze_panes == f"D{head + 1}"
    assert sheet.print_title_rows == f"${head}:${head}" and sheet.page_setup.orientation == "landscape"
    assert sheet.page_setup.fitToWidth == 1 and sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.auto_filter.ref == f"B{head}:R{head + 13 + EMPTY_ROWS}" and not sheet.protection.autoFilter
    assert [sheet.cell(head, at).value for at in (2, 3, 10)] == ["No.", "Activity", "Cost, million XTS"]


@pytest.mark.parametrize("language", SPOKEN)
def test_nothing_is_cut_every_row_is_as_high_as_its_longest_text(tmp_path, language):
    path = written(tmp_path, pack_of("XTC"), language)
    sheet = openpyxl.load_workbook(path).worksheets[0]
    for row in range(first_row(path) - 1, first_row(path) + 13):
        for at, column in enumerate(COLUMNS, 2):
            text = str(sheet.cell(row, at).value or "")
            assert lines_of(text, column.width) * 15 <= sheet.row_dimensions[row].height, (row, column.name)
            assert max(map(len, text.split()), default=0) <= column.width, (row, column.name)


def test_lists_offer_what_the_pack_has_over_all_rows(path, sheet):
    book = openpyxl.load_workbook(path)
    rules = {
        str(rule.sqref).rstrip("0123456789").partition(":")[0].rstrip("0123456789"): rule
        for rule in sheet.data_validations.dataValidation
    }
    for name, words in (
        ("measure", ["the whole plan", *pack_of("XTC").measures["name"]]),
        ("source", pack_of("XTC").sources["id"].tolist()),
    ):
        title, cells = rules[LETTERS[name]].formula1.rsplit("!", 1)
        offered = [cell.value for (cell,) in book[title.strip("'")][cells.replace("$", "")]]
        assert offered == words
    assert (
        str(rules[LETTERS["measure"]].sqref) == f"{place(path, 'measure', 0)}:{place(path, 'measure', 12 + EMPTY_ROWS)}"
    )
    assert (rules[LETTERS["financed"]].formula1, rules[LETTERS["financed"]].formula2) == ("0", "100")
    assert set(rules) == {
        LETTERS[name]
        for name in ("measure", "quality", "source", "cost", "financed", "progress", "start", "end", "progress_date")
    }


@pytest.mark.parametrize("country", REAL_LATER)
def test_a_country_without_a_plan_gets_empty_rows_and_nothing_invented(tmp_path, country):
    path = written(tmp_path, pack_of(country))
    book = openpyxl.load_workbook(path)
    values = [cell.value for row in book.worksheets[0].iter_rows(min_row=first_row(path)) for cell in row]
    assert values and not any(values)
    rows = {str(row[0].value) for row in book[META].iter_rows()}
    assert rows == {"mark", "schema", "country", "language", "sheet"}


def test_texts_of_a_pack_are_no_formulas_and_nothing_in_it_is_a_macro_or_link(tmp_path):
    pack = pack_of("XTC")
    hostile = pack.with_tables(
        activities=pack.activities.assign(name='=HYPERLINK("http://x")', institution="+1+1", risk="@SUM(1)")
    )
    with zipfile.ZipFile(written(tmp_path, hostile)) as archive:
        parts = {name: archive.read(name).decode() for name in archive.namelist()}
    assert not any("<f>" in text for text in parts.values())
    assert not any("vba" in name or "externalLink" in name for name in parts)


def test_the_same_words_in_another_language(tmp_path):
    path = written(tmp_path, pack_of("XTC"), "fr")
    sheet = openpyxl.load_workbook(path).worksheets[0]
    assert sheet[place(path, "measure", 0)].value == "Prestation pour chaque enfant de moins de cinq ans"
    assert sheet[place(path, "name", 0)].value == "Pass the Child Benefit Act"  # as people typed it
    assert sheet.cell(first_row(path) - 1, 3).value == "Activité"
