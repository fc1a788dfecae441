"""The sheets beside the matrix: three sentences, what options without an activity need, and the lists."""

import openpyxl
import pytest
from pseudo_language import names_of, untranslated
from returned_plans import written
from stories import REAL_LATER, pack_of

from nasssap_lib.action_plan.sheet_guide import guide_sheet, list_sheet, put_line
from nasssap_lib.action_plan.skeleton import plan_skeleton
from nasssap_lib.display.texts import in_language
from nasssap_lib.display.workbooks import open_sheet
from nasssap_lib.terms import PLAN_STEPS, STEP_STATES


def cells_of(pack, language="en"):
    with in_language(language, pack.translations(language), pack.country):
        sheet = openpyxl.Workbook().active
        guide_sheet(sheet, pack, "plan.xlsx")
    return sheet, [[cell.value for cell in row[1:]] for row in sheet.iter_rows() if row[1].value]


def test_three_sentences_say_how_to_fill_in_and_send_back():
    _sheet, rows = cells_of(pack_of("XTC"))
    title, *sentences, second = [row[0] for row in rows[:5]]
    assert (title, second) == ("How to fill in this workbook", "Options without an activity")
    assert len(sentences) == 3 and "million XTS" in sentences[0] and "nasssap plan import plan.xlsx" in sentences[2]


def test_options_that_no_activity_serves_stand_there_with_what_was_found():
    pack = pack_of("XTC")
    bare = set(pack.measures["id"]) - set(pack.activities["measure"])
    names = pack.measures.set_index("id")["name"]
    _sheet, rows = cells_of(pack)
    assert {row[0] for row in rows[7:]} == {names[option] for option in bare} and len(bare) == 3
    assert rows[6][: 1 + len(PLAN_STEPS)] == ["Option", *PLAN_STEPS.values()]


def test_where_every_option_has_an_activity_it_is_said():
    pack = pack_of("XTC")
    served = pack.with_tables(measures=pack.measures[pack.measures["id"].isin(pack.activities["measure"])])
    _sheet, rows = cells_of(served)
    assert [row[0] for row in rows[5:]] == ["Every option has an activity."]


@pytest.mark.parametrize("country", REAL_LATER)
def test_only_what_the_pack_names_stands_in_the_skeleton_of_a_real_country(country):
    pack = pack_of(country)
    _sheet, rows = cells_of(pack)
    assert len(rows) == 7 + len(pack.measures)
    states = {f"{words}:" for words in STEP_STATES.values()} | set(STEP_STATES.values())
    table = {(row[0], step): cell for row in rows[7:] for step, cell in zip(PLAN_STEPS, row[1:], strict=False)}
    for step in plan_skeleton(pack).itertuples():
        cell = table[step.name, step.step]
        assert cell.split(":")[0] in STEP_STATES.values()
        left = names_of(pack).sub("", cell)
        for words in states:
            left = left.replace(words, "")
        assert not any(letter.isalpha() for letter in left), cell


def test_it_is_told_in_the_language_of_the_reader():
    _sheet, rows = cells_of(pack_of("SEN"), "fr")
    assert rows[0][0] == "Comment remplir ce classeur" and "Existe\xa0: PNBSF" in rows[7]


def test_lists_say_what_an_id_stands_for():
    pack = pack_of("XTC")
    sheet = openpyxl.Workbook().active
    places = list_sheet(sheet, pack, {"a": "Option A"}, {"assumed": "assumption"})
    first = int(places["measure"].rpartition("$")[2]) - 1
    assert [cell.value for cell in sheet[first + 1]][1:3] == ["Option A", "a"]
    assert places["source"] == f"'Sheet'!$E${first}:$E${first + 2}"
    assert [sheet[f"F{first + at}"].value for at in (0, 2)] == [
        "nasssap, Coverage of the training country, 2023", "nasssap, Training country Zephyria",
    ]  # fmt: skip


def test_a_row_is_as_high_as_its_longest_text():
    sheet = openpyxl.Workbook().active
    open_sheet(sheet, [10, 10])
    put_line(sheet, 5, 2, ["short", "word " * 10], [10, 10])
    tall = sheet.row_dimensions[5].height
    put_line(sheet, 5, 2, ["short"], [10])
    assert sheet.row_dimensions[5].height == tall > 4 * 15


def test_a_country_s_workbook_has_all_sheets(tmp_path):
    assert openpyxl.load_workbook(written(tmp_path, pack_of("SEN"), "fr")).sheetnames == [
        "1 Plan", "2 Mode d'emploi", "3 Listes", "nasssap",
    ]  # fmt: skip


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_every_text_of_the_workbook_stands_in_the_catalogue_and_none_is_glued_together(tmp_path, country):
    book = openpyxl.load_workbook(written(tmp_path, pack_of(country), "qps"))
    sheets = book.worksheets[:3]
    texts = [
        cell.value
        for sheet in sheets
        for row in sheet.iter_rows(min_row=2, min_col=2)
        for cell in row
        if isinstance(cell.value, str)
    ]
    rules = [rule.error for rule in sheets[0].data_validations.dataValidation]
    assert len(texts) > 100 and all(rules)
    assert untranslated([*texts, *rules, *book.sheetnames[:3]], pack_of(country)) == []
