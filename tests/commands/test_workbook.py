"""``nasssap workbook`` and ``nasssap scenario import`` as an analyst sees them."""

import re
import shutil

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner
from kept_workbooks import with_values
from own_notebooks import use_notebooks, write_part
from recalculated import Calculated

from nasssap_lib.commands.cli import main
from nasssap_lib.commands.workbook import _effect
from nasssap_lib.financing.negotiation import negotiation_of
from nasssap_lib.financing.sheet_cells import FIRST_YEAR
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.run.batch import run_batch


def call(*arguments):
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def packs(tmp_path):
    """A data folder of its own with Senegal."""
    root = tmp_path / "packs"
    root.mkdir()
    shutil.copytree(data_root() / "SEN", root / "SEN")
    shutil.copy(data_root() / "codebook.csv", root)
    return root


def test_a_table_is_written_and_what_was_agreed_becomes_a_scenario(packs, tmp_path):
    path = tmp_path / "table.xlsx"
    written = call("workbook", "SEN", "--costing", "--to", path, "--data", packs)
    assert written.exit_code == 0 and "French" in written.output
    again = call("workbook", "SEN", "--costing", "--to", path, "--data", packs)
    assert again.exit_code == 1 and "already there" in again.output
    unchanged = call("scenario", "import", path, "--data", packs)
    assert unchanged.exit_code == 0 and "nothing was changed" in unchanged.output
    book = openpyxl.load_workbook(path)
    book.worksheets[0]["F8"] = 60
    book.save(path)
    looked = call("scenario", "import", path, "--data", packs, "--name", "fewer", "--dry-run")
    assert looked.exit_code == 0 and "nothing was written" in looked.output
    assert not (packs / "SEN" / "scenarios" / "fewer.toml").exists()
    read = call("scenario", "import", path, "--data", packs, "--name", "fewer")
    assert read.exit_code == 0
    assert "Child benefit, ages 0 to 4 | Take-up, % | 80   | 60 | F8" in read.output
    assert (packs / "SEN" / "scenarios" / "fewer.toml").is_file()
    again = call("scenario", "import", path, "--data", packs, "--name", "fewer")
    assert again.exit_code == 1 and "there is a scenario 'fewer' already" in again.output


@pytest.fixture(scope="module")
def english(tmp_path_factory):
    """The negotiating table of Senegal in English, as the command writes it."""
    path = tmp_path_factory.mktemp("english") / "table.xlsx"
    assert call("workbook", "SEN", "--costing", "--lang", "en", "--to", path, "--data", data_root()).exit_code == 0
    return path


def agreed_table(english, tmp_path, **cells):
    """A copy of it with other values in some cells of the first sheet."""
    return with_values(english, {("1 Table", cell): value for cell, value in cells.items()}, tmp_path / "table.xlsx")


def test_what_was_agreed_is_what_the_batch_then_reports(packs, english, tmp_path, monkeypatch):
    path = agreed_table(english, tmp_path, F11=60, C23=0.5, G23=2028)  # pension's take-up; tax revenue
    assert call("scenario", "import", path, "--data", packs).exit_code == 0
    name = "04_costing_and_financing"
    write_part(tmp_path / "notebooks", name, "costing.cost_package(", 'show("package"', '"gap_by_year"')
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    (record,) = run_batch(["SEN"], [name], {}, packs, tmp_path, 1, scenario="agreed")
    assert record.status == "done", record.message
    tables = tmp_path / "data" / "processed" / "SEN" / "agreed" / name
    package = (
        pd.read_csv(tables / "package.csv").query("option == 'social_pension' and sex == 'total'").set_index("year")
    )
    gap = pd.read_csv(tables / "gap_by_year.csv").set_index("year")
    table = Calculated(path)
    alone, shortfall = (_row(table, words) for words in ("Cost of each option alone", "Gap: net cost less the space"))
    pension = next(
        row for row in range(alone, alone + 20) if table.value("3 By year", row, 1) == "Social pension from age 65"
    )
    for at, year in enumerate(range(2027, 2051), FIRST_YEAR + 1):
        assert table.value("3 By year", pension, at) == pytest.approx(100 * package.loc[year, "share_of_gdp"], rel=1e-9)
        assert table.value("3 By year", shortfall, at) == pytest.approx(100 * gap.loc[year, "gap"], rel=1e-9)
    assert package.loc[2031, "share_of_gdp"] == pytest.approx(0.00351 * 60 / 85, abs=5e-6)


def _row(table, words: str) -> int:
    return next(row for row in range(4, 300) if str(table.value("3 By year", row, 1)).startswith(words))


def test_what_is_refused_is_said_in_lines_and_nothing_is_written(packs, english, tmp_path):
    path = agreed_table(english, tmp_path, F8=600, C9="ten")
    result = call("scenario", "import", path, "--data", packs, "--lang", "fr")
    assert result.exit_code == 1
    assert re.search(r"1 Table!F8\s:.*600.*un nombre de 1 à 100", result.output)
    assert "1 Table!C9" in result.output and "rien n'a été repris" in result.output
    assert not (packs / "SEN" / "scenarios" / "agreed.toml").exists()


def test_what_was_agreed_and_hardly_can_be_is_said(packs, english, tmp_path):
    result = call("scenario", "import", agreed_table(english, tmp_path, C8=0), "--data", packs)
    assert result.exit_code == 0 and "an option that pays nothing" in result.output


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("SEN",), "which workbook?"),
        (("SEN", "--costing", "--valuation", "ipres"), "which workbook?"),
        (("SEN", "--costing", "--to", "table.csv"), "ends in .xlsx"),
        (("SEN", "--costing", "--lang", "french"), "expected one of en, es, fr"),
        (("SEN", "--valuation", "../../x"), "the id of a scheme"),
        (("SEN", "--costing", "--to", "no/such/folder\0/x.xlsx"), ""),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(packs, tmp_path, monkeypatch, arguments, words):
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, ["workbook", *arguments, "--data", str(packs), "--out", str(tmp_path)])
    assert result.exit_code != 0 and words in result.output
    assert not list(tmp_path.glob("**/*.xlsx"))


def test_the_form_of_a_valuation_goes_beside_the_table(packs, tmp_path):
    result = call("workbook", "SEN", "--valuation", "ipres", "--data", packs, "--out", tmp_path)
    assert result.exit_code == 0
    assert (tmp_path / "reports" / "SEN" / "SEN_ipres.xlsx").is_file()


@pytest.mark.parametrize("command", [("workbook",), ("scenario", "import")])
def test_help_has_examples(command):
    assert "Examples:" in call(*command, "--help").output


def test_a_workbook_that_is_not_there_is_said_to_be_missing(packs, tmp_path):
    told = call("scenario", "import", tmp_path / "none.xlsx", "--data", packs)
    assert told.exit_code == 1 and "there is no such file" in told.output and "Save as" not in told.output


def test_the_effect_is_told_of_a_year_in_which_there_is_one(packs):
    """A later start moves nothing in the years after full take-up, at one of which the table opens."""
    pack = read_pack("SEN", packs)
    later = pack.measures.assign(start_year=pack.measures["start_year"] + 2)
    (line,) = _effect(negotiation_of(pack), negotiation_of(pack.with_tables(measures=later)))
    net, new_net = re.search(r"net cost ([\d.]+) → ([\d.]+)", line).groups()
    assert float(new_net) < float(net)
    (same,) = _effect(negotiation_of(pack), negotiation_of(pack))
    assert len(set(re.search(r"gap ([\d.]+) → ([\d.]+)", same).groups())) == 1
