"""The sheets of a dialogue: written, filled in, read back; in three languages, and whatever somebody puts into them."""

import errno
import io
import re
import zipfile
from pathlib import Path
from string import Formatter

import numpy as np
import openpyxl
import pandas as pd
import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from dialogue_tools import fill, form_of, places, write_sheet

from nasssap_lib import terms
from nasssap_lib.dialogue import sheet_writer
from nasssap_lib.dialogue.sheet_reader import read_dialogue_sheet
from nasssap_lib.dialogue.sheet_writer import DRAFT, FICTIONAL, Country, Group
from nasssap_lib.dialogue.words import SAID, WHICH
from nasssap_lib.display.texts import CATALOGUES, _, in_language, languages
from nasssap_lib.errors import NasssapError

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
    given = {"weight:cost": 60, "weight:equity": 39.999999, "pair:cost:equity.times": 3}
    with in_language(language):
        given |= {"pair:cost:equity.which": _("second"), "group:kind": _("employers")}
        given |= {f"option:{options[0]}.position": _("opposes").upper(), f"option:{options[0]}.why": "trop cher: é à ñ"}
    read = answers(fill(path, given))
    assert (read["weight:cost.value"], read["weight:equity.value"]) == ("60", "40")
    assert (read["pair:cost:equity.which"], read["group:kind.value"]) == ("second", "employers")
    assert read[f"option:{options[0]}.position"] == "opposes"
    assert read[f"option:{options[0]}.why"] == "trop cher: é à ñ"
    assert read["group:id.value"] == "unions"


def test_a_blank_sheet_asks_for_the_name(tmp_path, form):
    read = answers(write(tmp_path, form, group=Group()))
    assert (read["group:name.value"], read["group:id.value"]) == ("", "")


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
    for sheet, cell in places(path).values():
        assert not book[sheet][cell].protection.locked
    assert book.worksheets[1]["B7"].protection.locked


def texts_of_the_sheets() -> set[str]:
    """Every English text of the sheets, by the calls in the code and by the lists that they go through."""
    source = Path(sheet_writer.__file__)
    called = {
        text
        for _file, _line, text, _comments, _context in extract_from_dir(
            source.parent, method_map=[(source.name, "python")], keywords={"_": None, "N_": None}
        )
    }
    asked = [one for one in terms.CRITERIA.values() if one.asked]
    lists = {one.label for one in asked} | {one.question for one in asked} | {*WHICH.values(), *SAID.values()}
    texts = called | lists | set(terms.STAKEHOLDER_KINDS.values())
    return {text for text in texts if any(map(str.isalpha, re.sub(r"{\w*}", "", text)))}  # " · " is the same in all


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

    def fails(self, content):
        self.write_text("half")
        raise OSError(errno.ENOSPC, "disk full")

    monkeypatch.setattr(Path, "write_bytes", fails)
    with pytest.raises(NasssapError, match="the disk is full"):
        write(tmp_path, form)
    assert path.read_bytes() == before and [file.name for file in path.parent.iterdir()] == [path.name]
    assert io.BytesIO(before).read(2) == b"PK"


def test_a_group_reads_nothing_of_its_influence(tmp_path, form):
    book = openpyxl.load_workbook(write(tmp_path, form))
    texts = [str(cell.value) for sheet in book.worksheets for row in sheet.iter_rows() for cell in row if cell.value]
    assert not [text for text in texts if "influence" in text.lower()]


def test_a_level_is_money_a_month_too_and_not_known_where_gdp_per_head_is_missing(tmp_path, form):
    """Senegal: level ÷ 100 × GDP per head ÷ 12, of ``assess_options``."""
    questions, options = form
    gone = options.assign(month_central=[np.nan, *options["month_central"][1:]])
    book = openpyxl.load_workbook(write(tmp_path, (questions, gone)))
    about = [str(row[2].value) for row in book.worksheets[3].iter_rows() if str(row[0].value).startswith("option:")]
    assert "in money a month not known: GDP per head is missing" in about[0]
    month, year = options["month_central"].iat[1], int(options["month_year"].iat[1])
    (shown,) = re.findall(rf"([\d,]+) {options['currency'].iat[1]} a month, at prices of {year}", about[1])
    assert float(shown.replace(",", "")) == pytest.approx(month, rel=0.005)


def test_a_second_round_begins_with_the_earlier_answers_in_italics_and_reads_back_as_it_was_written(tmp_path, form):
    option = form[1]["option"].iat[0]
    before = {("weight:cost", "value"): 33.33, (f"option:{option}", "position"): "doubts", (f"option:{option}", "why"): "=no formula",
              (f"option:{option}", "pays"): 12.5}  # fmt: skip
    path = write(tmp_path, form, "fr", group=Group("unions", "Unions", "workers", answers=before))
    book = openpyxl.load_workbook(path)
    cells = {key: book[sheet][cell] for key, (sheet, cell) in places(path).items()}
    assert all(cells[key].font.i and not cells[key].protection.locked for key in before)
    assert cells[f"option:{option}", "why"].data_type == "s"
    assert not cells["weight:equity", "value"].font.i and cells["weight:equity", "value"].value is None
    read = answers(path)
    for question, part in before:
        assert read[f"{question}.{part}"] == read[f"filled:{question}.{part}"] != ""
    assert "dernière fois" in " ".join(str(cell.value) for row in book.worksheets[0].iter_rows() for cell in row)
