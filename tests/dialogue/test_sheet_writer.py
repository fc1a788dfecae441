"""The sheets of a dialogue: written, filled in, read back; in three languages, and whatever somebody puts into them."""

import io
import zipfile
from pathlib import Path
from string import Formatter

import openpyxl
import pandas as pd
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from dialogue_tools import cells, fill, form_of, rewritten, write_sheet

from nasssap_lib import terms
from nasssap_lib.dialogue import sheet_writer
from nasssap_lib.dialogue.questions import BELOW
from nasssap_lib.dialogue.sheet_reader import LIMITS, read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import DRAFT, FICTIONAL, Country, Group
from nasssap_lib.dialogue.words import SAID, WHICH
from nasssap_lib.display.texts import CATALOGUES, _, in_language, languages
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.workbooks import WorkbookError

OTHER_LANGUAGES = languages()[1:]


@pytest.fixture(scope="module")
def form():
    """Senegal's questions."""
    return form_of("SEN")


def write(folder, form, language="en", name="sheet.xlsx", fictional=False, **more):
    return write_sheet(folder / name, form, language, country=Country("SEN", "Senegal", fictional), **more)


def answers(path):
    table = read_dialogue_sheet(path, "SEN")
    return dict(zip(table["question"] + "." + table["field"], table["answer"], strict=True))


@pytest.mark.parametrize("language", languages())
def test_what_is_filled_in_is_read_back_whatever_the_language(tmp_path, form, language):
    path = write(tmp_path, form, language)
    options = form[1]["option"].tolist()
    given = {"weight:cost": 60, "weight:equity": 39.999999, "group:influence": "7,5", "pair:cost:equity.times": 3}
    with in_language(language):
        given |= {"pair:cost:equity.which": _("second"), "group:kind": _("employers")}
        given |= {f"option:{options[0]}.position": _("opposes").upper(), f"option:{options[0]}.why": "trop cher: é à ñ"}
    read = answers(fill(path, given))
    assert (read["weight:cost.value"], read["weight:equity.value"], read["group:influence.value"]) == (
        "60",
        "40",
        "7,5",
    )
    assert (read["pair:cost:equity.which"], read["group:kind.value"]) == ("second", "employers")
    assert read[f"option:{options[0]}.position"] == "opposes"
    assert read[f"option:{options[0]}.why"] == "trop cher: é à ñ"
    assert read["group:id.value"] == "unions"


def test_every_question_has_a_place_for_each_of_its_answers(tmp_path, form):
    where = cells(write(tmp_path, form))
    questions = form[0]
    assert {question for question, _ in where} == set(questions["id"])
    options = questions.loc[questions["section"] == "option", "id"]
    assert {(q, f) for q in options for f in ("position", "why", "pays", "receives")} <= set(where)


def test_a_blank_sheet_asks_for_the_name(tmp_path, form):
    read = answers(write(tmp_path, form, group=Group()))
    assert (read["group:name.value"], read["group:id.value"]) == ("", "")


def test_rows_may_be_sorted_and_sheets_renamed(tmp_path, form):
    path = fill(write(tmp_path, form), {"weight:cost": 100})
    book = openpyxl.load_workbook(path)
    sheet = next(sheet for sheet in book.worksheets if sheet["D1"].value == "value")
    sheet.title = "what we think"
    sheet.insert_rows(4)
    book.save(path)
    assert answers(path)["weight:cost.value"] == "100"


def test_what_people_type_as_a_percentage_is_one(tmp_path, form):
    path = fill(write(tmp_path, form), {"weight:cost": 0.6, "weight:equity": 0.4})
    book, (sheet, cell) = openpyxl.load_workbook(path), cells(path)["weight:cost", "value"]
    book[sheet][cell].number_format = "0%"
    book.save(path)
    read = answers(path)
    assert (read["weight:cost.value"], read["weight:equity.value"]) == ("60", "0.4")


def test_rows_sorted_in_part_are_refused_and_text_below_the_questions_is_not_lost(tmp_path, form):
    path = write(tmp_path, form)
    book = openpyxl.load_workbook(path)
    sheet = book[cells(path)["weight:cost", "value"][0]]
    sheet["B7"].value, sheet["B8"].value = sheet["B8"].value, sheet["B7"].value
    book.save(tmp_path / "sorted.xlsx")
    words = refused(tmp_path / "sorted.xlsx")
    assert "2 Criteria!B7" in words and "2 Criteria!B8" in words and "sorted" in words
    book = openpyxl.load_workbook(path)
    options = book.worksheets[3]
    options.cell(options.max_row + 2, 5).value = "and a pension for farmers, please"
    book.save(path)
    table = read_dialogue_sheet(path, "SEN")
    below = table[table["question"] == BELOW]
    assert below["answer"].tolist() == ["and a pension for farmers, please"]
    assert answers(path)["group:name.value"] == "Unions"


def test_nothing_that_looks_like_a_formula_becomes_one(tmp_path, form):
    labels = form[0]["id"]
    hostile = '=HYPERLINK("http://x","y")'
    path = write(tmp_path, form, group=Group("u", hostile), labels=dict.fromkeys(labels, hostile), name="h.xlsx")
    formulas = [
        cell.value
        for sheet in openpyxl.load_workbook(path).worksheets
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    ]
    assert len(formulas) == 2 and all("SUM(" in text or "COUNT(" in text for text in formulas)
    with zipfile.ZipFile(path) as archive:
        assert not [name for name in archive.namelist() if "vba" in name.lower() or "external" in name.lower()]


def test_a_formula_of_a_group_is_not_computed(tmp_path, form):
    assert answers(fill(write(tmp_path, form), {"weight:cost": "=50+50"}))["weight:cost.value"] == "=50+50"


def test_the_sheet_of_a_real_country_says_that_it_is_no_government_document(tmp_path, form):
    words = {
        fictional: " ".join(
            str(cell.value)
            for row in openpyxl.load_workbook(write(tmp_path, form, fictional=fictional)).worksheets[0]
            for cell in row
        )
        for fictional in (False, True)
    }
    assert DRAFT in words[False] and FICTIONAL not in words[False]
    assert FICTIONAL in words[True]


def test_answer_cells_are_open_and_all_others_are_kept_from_accidents(tmp_path, form):
    path = write(tmp_path, form)
    book = openpyxl.load_workbook(path)
    assert all(sheet.protection.sheet for sheet in book.worksheets if sheet.sheet_state == "visible")
    for sheet, cell in cells(path).values():
        assert not book[sheet][cell].protection.locked
    assert book.worksheets[1]["B7"].protection.locked


# what may come back ----------------------------------------------------------------------------------------------------


def refused(path, country="SEN"):
    with pytest.raises(WorkbookError) as caught:
        read_dialogue_sheet(path, country)
    return str(caught.value)


def test_a_sheet_of_another_country_version_or_kind_is_refused(tmp_path, form):
    path = write(tmp_path, form)
    assert "'SEN' — expected a sheet of ZMB" in refused(path, "ZMB")
    book = openpyxl.load_workbook(path)
    book["nasssap"]["B2"] = 99
    book.save(path)
    assert "version 1" in refused(path)
    plain = openpyxl.Workbook()
    plain.save(tmp_path / "plain.xlsx")
    assert "another one" in refused(tmp_path / "plain.xlsx")


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"<html></html>", b"\xd0\xcf\x11\xe0 password"])
def test_what_is_no_workbook_is_refused(tmp_path, content):
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    assert "expected" in refused(path)


def test_other_kinds_of_files_and_missing_ones_are_refused(tmp_path, form):
    path = write(tmp_path, form)
    assert "Save as" in refused(path.rename(path.with_suffix(".xlsm")))
    assert "Save as" in refused(tmp_path / "none.xlsx")


def test_entities_that_unfold_are_refused(tmp_path, form):
    path = write(tmp_path, form)
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
    rewritten(path, lambda data: bomb + data.split(b"?>", 1)[-1], "xl/workbook.xml")
    assert "expected" in refused(path)


def test_a_bomb_and_a_giant_are_refused_before_they_unfold(tmp_path, form):
    path = write(tmp_path, form)
    rewritten(path, lambda data: data + b" " * 60_000_000, "xl/worksheets/sheet1.xml")
    assert path.stat().st_size < LIMITS.packed
    assert "unfold to at most" in refused(path)
    giant = tmp_path / "giant.xlsx"
    giant.write_bytes(b"PK" + b"0" * (LIMITS.packed + 1))
    assert "at most" in refused(giant)


def test_a_sheet_that_is_cut_off_is_refused(tmp_path, form):
    path = write(tmp_path, form)
    rewritten(path, lambda data: data[: len(data) // 2], "xl/worksheets/sheet2.xml")
    assert "broken" in refused(path)


def test_a_million_rows_are_not_read(tmp_path, form):
    path = write(tmp_path, form)
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["A1048576"] = "weight:late"
    book.save(path)
    assert "weight:late.value" not in answers(path)


# languages -------------------------------------------------------------------------------------------------------------


def texts_of_the_sheets() -> set[str]:
    """Every English text of the sheets, by the calls in the code and by the lists that they go through."""
    source = Path(sheet_writer.__file__)
    called = {
        text
        for _file, _line, text, _comments, _context in extract_from_dir(
            source.parent, method_map=[(source.name, "python")], keywords={"_": None, "N_": None}
        )
    }
    asked = [one for one in terms.CRITERIA.values() if not one.further]
    lists = {one.label for one in asked} | {one.question for one in asked} | {*WHICH.values(), *SAID.values()}
    return called | lists | set(terms.STAKEHOLDER_KINDS.values())


@pytest.mark.parametrize("language", OTHER_LANGUAGES)
def test_a_catalogue_has_every_text_of_the_sheets_with_the_same_places(language):
    with (CATALOGUES / f"{language}.po").open("rb") as file:
        messages = {message.id: message.string for message in read_po(file) if message.id}
    wanted = texts_of_the_sheets()
    assert len(wanted) > 50
    assert sorted(text for text in wanted if not messages.get(text)) == []
    assert {text for text in wanted if named_places(text) != named_places(messages[text])} == set()


def named_places(text: str) -> set[str]:
    """Names of the places for values in a text."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", languages())
def test_lists_of_a_sheet_fit_into_excels_limits(tmp_path, form, language):
    """A list of a data validation holds at most 255 letters, and a comma in a word would make two of it."""
    book = openpyxl.load_workbook(write(tmp_path, form, language))
    rules = [rule for sheet in book.worksheets for rule in sheet.data_validations.dataValidation if rule.type == "list"]
    assert len(rules) == 3
    counts = sorted(len(rule.formula1.split(",")) for rule in rules)
    assert counts == [3, 3, len(terms.STAKEHOLDER_KINDS)]
    assert all(len(rule.formula1) <= 255 for rule in rules)


def test_words_of_lists_mean_one_thing_in_all_languages():
    said = []
    for language in languages():
        with in_language(language):
            said += [(_(words).casefold(), code) for code, words in {**SAID, **WHICH}.items()]
    words = pd.DataFrame(said, columns=["word", "code"])
    assert set(SAID) == set(terms.POSITIONS)
    assert words.groupby("word")["code"].nunique().max() == 1


def test_a_workbook_in_memory_is_never_written_half(tmp_path, form, monkeypatch):
    path = write(tmp_path, form)
    before = path.read_bytes()

    def fails(self, place):
        place.write_bytes(b"half")
        raise OSError("disk full")

    monkeypatch.setattr(openpyxl.Workbook, "save", fails)
    with pytest.raises(NasssapError, match="disk full"):
        write(tmp_path, form)
    assert path.read_bytes() == before
    assert io.BytesIO(before).read(2) == b"PK"
