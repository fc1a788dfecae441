"""``nasssap plan`` as an analyst sees it: a workbook and a calendar, and what came back, line by line."""

import csv
import io
import re
import shutil

import openpyxl
import pytest
from command_line import call
from icalendar import Calendar
from returned_plans import LETTERS, NEW, filled, first_row, packs_in, place
from stories import pack_of

from nasssap_lib.commands.plan import change_lines, kind_words
from nasssap_lib.display.texts import in_language
from nasssap_lib.exchange.plan_sheets import take_plan
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack


@pytest.fixture
def root(tmp_path):
    """A data folder of its own with the training country and Senegal."""
    first_row.cache_clear()
    return packs_in(tmp_path, "XTC", "SEN")


@pytest.fixture(scope="module")
def original(tmp_path_factory):
    """The plan of the training country and its calendar as the command writes them, which nobody changes."""
    folder = tmp_path_factory.mktemp("plan")
    assert call("plan", "XTC", "--to", folder / "plan.xlsx", "--data", data_root()).exit_code == 0
    return folder


@pytest.fixture
def path(original, root, tmp_path):
    """A copy of them."""
    shutil.copytree(original, tmp_path, dirs_exist_ok=True)
    return tmp_path / "plan.xlsx"


def content(root, country="XTC"):
    return (root / country / "activities.csv").read_bytes()


def test_a_plan_goes_beside_the_reports_with_its_calendar(root, tmp_path):
    told = call("plan", "XTC", "--data", root, "--out", tmp_path)
    folder = tmp_path / "reports" / "XTC"
    assert told.exit_code == 0 and "XTC_plan.xlsx · English" in told.output and "XTC_plan.ics · 13 dates" in told.output
    assert f"nasssap plan import {folder / 'XTC_plan.xlsx'}" in told.output
    calendar = Calendar.from_ical((folder / "XTC_plan.ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert [str(event["SUMMARY"]) for event in events] == pack_of("XTC").activities["name"].tolist()
    assert sorted(path.name for path in folder.iterdir()) == ["XTC_plan.ics", "XTC_plan.xlsx"]


def test_what_is_there_is_replaced_only_when_forced(root, path):
    assert "plan.xlsx: already there" in call("plan", "XTC", "--to", path, "--data", root).output
    path.unlink()
    again = call("plan", "XTC", "--to", path, "--data", root)
    assert again.exit_code == 1 and "plan.ics: already there" in again.output and not path.exists()
    assert call("plan", "XTC", "--to", path, "--data", root, "--force").exit_code == 0 and path.exists()


@pytest.mark.parametrize("country", ["SEN", "HND"])  # the workbooks of all are looked at where they are written
def test_a_country_without_a_plan_gets_no_calendar_and_no_date(tmp_path, country):
    told = call("plan", country, "--lang", "en", "--to", tmp_path / "plan.xlsx", "--data", data_root())
    assert told.exit_code == 0 and "no calendar: the pack has no action plan yet" in told.output
    assert [path.name for path in tmp_path.iterdir()] == ["plan.xlsx"]
    cells = [
        str(cell.value)
        for row in openpyxl.load_workbook(tmp_path / "plan.xlsx")["1 Plan"].iter_rows()
        for cell in row
        if cell.value
    ]
    assert not [cell for cell in cells if re.search(r"\d{4}", cell)]


def test_a_plan_that_nobody_changed_changes_no_byte(root, path):
    before = content(root)
    for language in ("en", "fr", "es"):
        to = path.with_name(f"{language}.xlsx")
        assert call("plan", "sheet", "XTC", "--lang", language, "--to", to, "--data", root).exit_code == 0
        told = call("plan", "import", to, "--data", root)
        assert (told.exit_code, told.output) == (0, "nothing was changed\n")
    assert content(root) == before


def test_two_cells_that_were_changed_are_two_lines_and_are_written(root, path):
    before = content(root)
    copy = filled(path, (1, {"end": "2026-11"}), (4, {"financed": 85}))
    looked = call("plan", "import", copy, "--data", root, "--dry-run")
    assert looked.exit_code == 0 and "nothing was written" in looked.output and content(root) == before
    told = call("plan", "import", copy, "--data", root)
    lines = told.output.splitlines()
    assert [re.split(r"\s+\|\s+", line) for line in lines[1:3]] == [
        ["a02", "Register households on demand in all di…", "End", "2026-12", "2026-11", place(path, "end", 1)],
        ["a05", "Actuarial valuation of the National Pen…", "Financed, %", "70", "85", place(path, "financed", 4)],
    ]
    assert lines[3] == "Moved in time: 1 · Other finance: 1"
    assert lines[4] == f"written: {root / 'XTC' / 'activities.csv'}" and len(lines) == 6
    plan = read_pack("XTC", root).activities.set_index("id")
    assert plan.loc["a02", "end"] == "2026-11" and plan.loc["a05", "financed"] == 0.85
    rows = (dict(enumerate(before.decode().splitlines())), dict(enumerate(content(root).decode().splitlines())))
    assert [number for number in rows[0] if rows[0][number] != rows[1][number]] == [2, 5]


def test_what_is_removed_and_what_is_new_is_said_and_written(root, path):
    empty = dict.fromkeys(set(LETTERS) - {"id"})
    told = call("plan", "import", filled(path, (3, empty), (13, NEW)), "--data", root)
    assert told.exit_code == 0 and re.search(r"a04 \|.*\| Removed", told.output)
    assert re.search(
        rf"a14 \| Train the local offices\s+\| No.\s+\| –\s+\| a14\s+\| {place(path, 'id', 13)}", told.output
    )
    ids = read_pack("XTC", root).activities["id"].tolist()
    assert "a04" not in ids and ids[-1] == "a14"


def test_a_french_workbook_comes_back_and_is_talked_about_in_french(root, path):
    to = path.with_name("fr.xlsx")
    call("plan", "XTC", "--lang", "fr", "--to", to, "--data", root)
    copy = filled(to, (1, {"measure": "Prestation pour chaque enfant de moins de cinq ans", "cost": "910,5"}))
    told = call("plan", "import", copy, "--data", root, "--lang", "fr")
    assert told.exit_code == 0 and "| Coût, millions de XTS | 900" in told.output and "| 910,5" in told.output
    assert read_pack("XTC", root).activities.set_index("id").loc["a02", ["measure", "cost"]].tolist() == [
        "child_benefit",
        910.5,
    ]


def test_what_is_wrong_is_said_in_lines_and_nothing_is_taken(root, path):
    before = content(root)
    told = call(
        "plan", "import", filled(path, (0, {"cost": "much"}), (1, {"end": "2026-11"})), "--data", root, "--lang", "fr"
    )
    assert (
        told.exit_code == 1
        and f"1 Plan!{place(path, 'cost', 0)}" in told.output
        and "rien n'a été repris" in told.output
    )
    told = call("plan", "import", filled(path, (3, {"end": "2027-01"}), (1, {"end": "2026-11"})), "--data", root)
    assert (
        told.exit_code == 1
        and f"filled.xlsx, 1 Plan!{place(path, 'start', 3)}: '2027-07' — expected at most end, 2027-01" in told.output
    )
    assert "nothing was taken" in told.output and content(root) == before


def test_what_two_changed_is_taken_only_when_forced(root, path):
    first, second = (filled(path, (1, {"end": end}), to=f"{end}.xlsx") for end in ("2026-11", "2027-02"))
    assert call("plan", "import", first, "--data", root).exit_code == 0
    told = call("plan", "import", second, "--data", root)
    assert told.exit_code == 1 and "the pack says 2026-11 by now" in told.output
    assert call("plan", "import", second, "--data", root, "--force").exit_code == 0
    assert read_pack("XTC", root).activities["end"].iat[1] == "2027-02"


def test_texts_like_formulas_are_never_one_in_the_pack_nor_in_the_next_workbook(root, path):
    texts = {"name": "=cmd|' /C calc'!A0", "support": "+1+1", "expertise": "-2+3", "risk": "@SUM(A1)"}
    assert call("plan", "import", filled(path, (0, texts)), "--data", root).exit_code == 0
    row = next(csv.DictReader(io.StringIO(content(root).decode())))
    again = path.with_name("again.xlsx")
    call("plan", "XTC", "--to", again, "--data", root)
    sheet = openpyxl.load_workbook(again).worksheets[0]
    for name, text in texts.items():
        cell = sheet[place(again, name, 0)]
        assert row[name] == f"'{text}" and (cell.data_type, cell.value) == ("s", f"'{text}")
    assert "nothing was changed" in call("plan", "import", again, "--data", root).output


def test_a_country_whose_pack_is_not_here_and_a_file_that_is_not_there_are_said(root, path, tmp_path):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    told = call("plan", "import", path, "--data", packs_in(elsewhere, "SEN"))
    assert told.exit_code == 1 and "got 'XTC', expected the action plan of a country whose pack is here" in told.output
    told = call("plan", "import", tmp_path / "none.xlsx", "--data", root)
    assert told.exit_code == 1 and "there is no such file" in told.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SEN", "--to", "plan.csv"), "ends in .xlsx"),
        (("SEN", "--lang", "french"), "expected one of en, es, fr"),
        (("SEM",), "did you mean 'SEN'?"),
        (("import",), "Missing argument 'FILE'"),
        (("sheet",), "Missing argument 'COUNTRY'"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(root, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    told = call("plan", *arguments, "--data", root)
    assert told.exit_code != 0 and words in told.output and not list(tmp_path.glob("*.xlsx"))


def test_the_short_form_is_the_long_one_and_options_may_come_first(root, tmp_path):
    assert call("plan", "--lang", "es", "XTC", "--to", tmp_path / "a.xlsx", "--data", root).exit_code == 0
    assert call("plan", "sheet", "XTC", "--lang", "es", "--to", tmp_path / "b.xlsx", "--data", root).exit_code == 0
    books = [openpyxl.load_workbook(tmp_path / name) for name in ("a.xlsx", "b.xlsx")]
    assert [[cell.value for row in book.worksheets[0] for cell in row] for book in books[:1]] == [
        [cell.value for row in book.worksheets[0] for cell in row] for book in books[1:]
    ]
    assert "Commands:" in call("plan", "--help").output and "Commands:" in call("plan").output


def test_changes_are_told_as_the_workbook_shows_them():
    import pandas as pd

    from nasssap_lib.action_plan.sheet_changes import CHANGE_COLUMNS

    rows = [
        ("a06", "One number", "changed", "measure", "", "pension_65", "D13"),
        ("a06", "One number", "changed", "progress", "0", "0.25", "N13"),
    ]
    with in_language("fr", pack_of("XTC").translations("fr")):
        lines = change_lines(pd.DataFrame(rows, columns=CHANGE_COLUMNS), pack_of("XTC"))
    assert [cell.strip() for cell in lines[1].split("|")][3:5] == [
        "le plan entier",
        "Pension des citoyens âgés à partir de 65 ans",
    ]
    assert [cell.strip() for cell in lines[2].split("|")][2:5] == ["Fait, %", "0", "25"]
    assert kind_words(pd.DataFrame({"change": ["progress"]})) == "Progress: 1"


def test_what_a_foreign_workbook_says_does_not_steer_the_terminal(root, path):
    told = call("plan", "import", filled(path, (0, {"measure": "a\u202eb\u2028c"})), "--data", root)
    assert told.exit_code == 1 and "\u202e" not in told.output and "\u2028" not in told.output


def test_nothing_is_written_where_somebody_else_spoils_the_pack_meanwhile(root, path, monkeypatch):
    from nasssap_lib.commands import plan

    def spoiled(*given):
        taken = take_plan(*given)
        sources = root / "XTC" / "sources.csv"
        sources.write_text(sources.read_text(encoding="utf-8").replace("XTC-TRAINING", "GONE"), encoding="utf-8")
        return taken

    monkeypatch.setattr(plan, "take_plan", spoiled)
    before = content(root)
    told = call("plan", "import", filled(path, (1, {"cost": 1})), "--data", root)
    assert told.exit_code == 1 and "an id of sources.csv" in told.output and content(root) == before
