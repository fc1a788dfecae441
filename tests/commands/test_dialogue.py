"""What ``nasssap dialogue`` says to a facilitator, in the language that it is asked for."""

import re

import pandas as pd
import pytest
from click.testing import CliRunner
from dialogue_tools import fill, form_of, unwrapped

from nasssap_lib.commands import dialogue
from nasssap_lib.commands.cli import main


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def sheet(tmp_path):
    """A sheet of Senegal with a wrong answer and several missing ones, and a file that is no sheet."""
    result = call("dialogue", "sheet", "SEN", "--group", "unions=Unions", "--lang", "fr", "--to", tmp_path)
    assert result.exit_code == 0 and "French" in result.output
    (tmp_path / "notes.xlsx").write_bytes(b"PK")
    (tmp_path / "list.csv").write_text("a;b", encoding="utf-8")
    return fill(tmp_path / "SEN_unions.xlsx", {"weight:cost": 90, "option:child_benefit.position": "soutient"})


def test_remarks_are_english_unless_another_language_is_asked_for(sheet):
    result = call("dialogue", "collect", "SEN", sheet.parent, "--dry-run")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert "not read: list.csv: expected an Excel workbook (.xlsx); in Excel: Save as, Excel Workbook (.xlsx)" in lines
    wrong = "wrong: Unions · Cost, % of GDP: got '90', expected points that add up to 100; they add up to 90 "
    assert any(line.startswith(wrong + "[SEN_unions.xlsx, 2 Critères!D") for line in lines)
    summary = r"1 group · 1 answer taken · not taken: 1 wrong, 0 contradictory · \d+ missing"
    assert any(re.fullmatch(summary, line) for line in lines)
    assert lines.count("nothing was written") == 1


def test_in_the_pseudo_language_nothing_is_left_out(sheet, tmp_path):
    csv = tmp_path / "remarks.csv"
    result = call("dialogue", "collect", "SEN", sheet.parent, "--dry-run", "--lang", "qps", "--csv", csv)
    lines = result.output.splitlines()
    assert len(lines) > 5 and [fault for line in lines if (fault := unwrapped(line))] == []
    table = pd.read_csv(csv, encoding="utf-8-sig", dtype=str, keep_default_na=False)
    cells = [*table.columns, *table.to_numpy().ravel()]
    names = {"SEN_unions.xlsx", "Unions", "2 Critères!D", "4 Options!D", "1 Groupe!C", *form_of("SEN")[1]["name"]}
    names |= {"4 Options!E", "4 Options!F"}
    assert [fault for cell in cells if (fault := unwrapped(cell, names))] == []


def test_an_unknown_language_is_refused(sheet):
    result = call("dialogue", "collect", "SEN", sheet, "--lang", "french")
    assert result.exit_code == 1 and "--lang: expected one of en, es, fr, got 'french'" in result.output


def test_what_is_stopped_says_what_became_of_the_pack(sheet, monkeypatch):
    def stop(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(dialogue, "read_sheets", stop)
    result = call("dialogue", "collect", "SEN", sheet)
    assert result.exit_code == 130 and "stopped: each table of the pack is as it was, or whole" in result.output
