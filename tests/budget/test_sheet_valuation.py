"""The workbook of a valuation: texts are no formulas, answers alone are open, and it speaks three languages."""

import dataclasses

import pytest
from openpyxl import load_workbook
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.budget.sheet_valuation import write_valuation_form
from nasssap_lib.display.texts import in_language
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack


def read(path):
    return load_workbook(path)


@pytest.fixture(scope="module")
def ipres(tmp_path_factory):
    return read(write_valuation_form(tmp_path_factory.mktemp("form") / "form.xlsx", pack_of("SEN"), "ipres"))


def cells(book):
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]


def test_it_has_its_five_sheets_and_nothing_is_a_formula(ipres):
    assert ipres.sheetnames == ["1 Fund", "2 Members", "3 Pensioners", "4 Rules", "5 Accounts", "nasssap"]
    assert ipres["nasssap"].sheet_state == "veryHidden"
    assert all(cell.data_type != "f" for cell in cells(ipres))


def test_only_answers_are_open(ipres):
    for sheet in ipres.worksheets[:-1]:
        assert sheet.protection.sheet
        opened = [cell for row in sheet.iter_rows() for cell in row if not cell.protection.locked]
        assert opened
        assert all(cell.fill.fgColor.rgb.endswith("FFF4DD") for cell in opened)
        assert sheet.row_dimensions[1].hidden
        assert sheet.column_dimensions["A"].hidden


def test_known_figures_stand_beside_their_source(ipres):
    rules = {row[0].value: row for row in ipres["4 Rules"].iter_rows() if row[0].value}
    rate = rules["contribution_rate|total||"]
    assert rate[5].value == pytest.approx(14)
    assert [rate[6].value, rate[7].value] == ["%", "PAIE-SN-2023"]
    assert rules["interest|total||"][5].value is None
    heads = {cell.value: cell.column for cell in ipres["5 Accounts"][1]}
    lines = {row[0].value: row for row in ipres["5 Accounts"].iter_rows() if row[0].value}
    assert lines["expenditure|"][heads["2024"] - 1].value == 153.246846
    assert "ALLAF-SN-2026" in lines["expenditure|"][-1].value


def test_members_are_asked_by_age_and_sex(ipres):
    ids = [row[0].value for row in ipres["2 Members"].iter_rows() if row[0].value]
    assert "active|female|15-19" in ids
    assert "dormant|male|65+" in ids
    assert len(ids) == len(set(ids)) == 2 * 2 * 11


@pytest.mark.parametrize(("language", "first"), [("fr", "1 Caisse"), ("es", "1 Caja")])
def test_it_speaks_the_language_of_the_fund(tmp_path, language, first):
    with in_language(language):
        book = read(write_valuation_form(tmp_path / "form.xlsx", pack_of("SEN"), "ipres"))
    assert book.sheetnames[0] == first
    assert book["nasssap"]["B5"].value == language


def test_every_text_is_in_the_catalogue(tmp_path):
    with in_language("qps"):
        book = read(write_valuation_form(tmp_path / "form.xlsx", pack_of("XTC"), "npf"))
    plain = {"XTC-TRAINING"}
    for sheet in book.worksheets[:-1]:
        texts = {
            cell.value for row in sheet.iter_rows(min_row=2, min_col=2) for cell in row if isinstance(cell.value, str)
        }
        bare = {text for text in texts - plain if "⟦" not in text and any(letter.isalpha() for letter in text)}
        assert not {text for text in bare if "XTC-TRAINING" not in text}, sheet.title


def test_a_name_that_looks_like_a_formula_stays_a_text(tmp_path):
    folder = write_small_pack(tmp_path)
    pack = read_pack(folder.name, folder.parent)
    pack = dataclasses.replace(
        pack, schemes=pack.schemes.assign(name='=HYPERLINK("x")')
    )  # the reader of packs refuses it before
    title = read(write_valuation_form(tmp_path / "out" / "form.xlsx", pack, "fund")).worksheets[0]["B2"]
    assert title.data_type == "s"
    assert "=HYPERLINK" in title.value


def test_nothing_is_written_for_a_scheme_without_contributions(tmp_path):
    with pytest.raises(NasssapError):
        write_valuation_form(tmp_path / "form.xlsx", pack_of("SEN"), "pnbsf")
    assert not list(tmp_path.iterdir())
