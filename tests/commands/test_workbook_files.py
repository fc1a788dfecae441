"""What commands for workbooks do alike: place, language, refusals and lines."""

import pytest
from stories import pack_of

from nasssap_lib.commands.workbook_files import (
    aligned,
    check_new,
    given_workbook,
    refused_in,
    spoken_language,
    workbook_path,
)
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.pack.workbooks import SheetProblem, WorkbookError
from nasssap_lib.reasons import reason


def test_a_workbook_that_is_there_is_replaced_only_when_forced(tmp_path):
    there = tmp_path / "a.xlsx"
    assert workbook_path(None, there, False) == there
    there.touch()
    with pytest.raises(ParameterError, match="a.xlsx: already there"):
        workbook_path(None, there, False)
    assert workbook_path(str(there), tmp_path / "b.xlsx", True) == there
    with pytest.raises(ParameterError, match="already there"):
        check_new(there, False)


def test_only_a_workbook_is_written_where_it_was_asked_for(tmp_path):
    with pytest.raises(ParameterError, match="ends in .xlsx, got 'a.csv'"):
        workbook_path(str(tmp_path / "a.csv"), tmp_path / "b.xlsx", False)


def test_the_language_is_the_one_asked_for_else_the_country_s():
    assert spoken_language("", pack_of("SEN")) == "fr" and spoken_language("es", pack_of("SEN")) == "es"
    with pytest.raises(ParameterError, match="--lang: expected one of en, es, fr"):
        spoken_language("french", pack_of("SEN"))


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ParameterError, match="there is no such file"):
        given_workbook(str(tmp_path / "none.xlsx"), "")
    with pytest.raises(ParameterError, match="--lang"):
        given_workbook(str(tmp_path / "none.xlsx"), "french")


def test_what_is_wrong_is_said_in_the_reader_s_language_and_nothing_in_it_steers_the_terminal():
    problem = SheetProblem("a.xlsx", 7, "D", "\x1b[31m", reason("value_not_formula"), reason("paste_values"), "1 Plan")
    with pytest.raises(NasssapError) as caught, refused_in("fr"):
        raise WorkbookError([problem])
    said = str(caught.value)
    assert "1 Plan!D7" in said and "une valeur, pas une formule" in said and said.endswith("rien n'a été repris")
    assert "\x1b" not in said


def test_columns_stand_below_each_other():
    assert aligned([["a", "b", ""], ["long", "c", "d"]]) == ["a    | b |", "long | c | d"]
