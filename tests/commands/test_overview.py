"""``nasssap check``: every problem of every pack, with its place."""

import shutil

import pandas as pd
from command_line import call

from nasssap_lib.commands import overview


def test_a_pack_that_the_system_does_not_let_us_read_hides_no_other(packs, monkeypatch):
    """Root may read everything: the refusal is played."""
    shutil.copytree(packs / "SEN", packs / "ZMB")
    read = overview.runnable_pack

    def refused(code, root, versions):
        if code == "ZMB":
            raise PermissionError(13, "Permission denied", str(root / code / "country.toml"))
        return read(code, root, versions)

    monkeypatch.setattr(overview, "runnable_pack", refused)
    result = call("check", "--data", packs)
    assert (result.exit_code, "SEN: sound" in result.output) == (1, True)
    assert "ZMB: cannot be read" in result.output and "country.toml: no permission" in result.output


def test_check_names_a_take_up_below_what_its_scheme_covers_with_the_line_of_the_file(packs):
    """Senegal: 32 % of the poor are covered. A note over three lines above it moves the line by two."""
    path = packs / "SEN" / "measures.csv"
    measures = pd.read_csv(path, dtype=str, keep_default_na=False)
    line = measures["id"].tolist().index("cash_transfer") + 2
    measures.loc[0, "note"] = "one\ntwo\nthree"
    measures.loc[measures["id"] == "cash_transfer", ["take_up_low", "take_up_central"]] = ["0.1", "0.3"]
    measures.to_csv(path, index=False)
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert "SEN: 1 problem" in result.output and "sound" not in result.output
    assert (
        f"SEN/measures.csv:{line + 2} take_up_central: '0.3' — expected at least 0.32 for cash_transfer"
        in result.output
    )
    assert "take-up counts present members: raise it" in result.output
    assert "Traceback" not in result.output


def test_a_scenario_that_cannot_be_run_is_named_by_check(packs):
    (packs / "SEN" / "scenarios").mkdir()
    text = 'schema = 1\ncountry = "SEN"\n[measures.no_such]\nmonths = 13\n'
    (packs / "SEN" / "scenarios" / "high.toml").write_text(text, encoding="utf-8")
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert "SEN/scenarios/high.toml:3 no_such: expected the id of a measure" in result.output


def test_a_scenario_that_no_run_could_name_is_named_by_check(packs):
    folder = packs / "SEN" / "scenarios"
    folder.mkdir(exist_ok=True)
    (folder / "High pension.toml").write_text('schema = 1\ncountry = "SEN"\n', encoding="utf-8")
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert "name: 'High pension' — expected a scenario's name; small letters, digits, _ and -" in result.output


def test_check_refuses_a_population_of_nobody(packs):
    path = packs / "SEN" / "population.csv"
    table = pd.read_csv(path, dtype=str, keep_default_na=False)
    table.assign(persons="0").to_csv(path, index=False)
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert "SEN/population.csv:2 persons: '0' — expected at least one person in the year" in result.output
