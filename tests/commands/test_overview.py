"""``nasssap list``: every pack with what it holds, and when it last ran."""

import json
import re
import shutil

import pandas as pd
from command_line import call
from small_pack import write_small_pack

from nasssap_lib.commands import overview
from nasssap_lib.commands.overview import list_packs


def test_list_shows_every_country(packs):
    output = call("list", "--data", packs, "--out", packs / "out").output
    assert "SEN   Senegal" in output
    assert "never" in output


def test_what_ran_last_and_failed_is_said_and_a_broken_pack_sends_to_check(packs):
    shutil.copytree(packs / "SEN", packs / "ZMB")  # its figures say SEN: every line of them is a problem
    for language, finished, status in (("", "2026-03-01T10:20:30", "done"), ("fr", "2026-03-02T08:00:00", "failed")):
        folder = packs / "out" / "data" / "processed" / "SEN" / language / "01_stocktaking"
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(json.dumps({"finished": finished, "status": status}), encoding="utf-8")
    lines = call("list", "--data", packs, "--out", packs / "out").output.splitlines()
    assert [line.split()[0] for line in lines] == ["code", "SEN", "ZMB"]
    assert lines[1].endswith("2026-03-02 08:00, 1 failed")
    assert lines[2].endswith("problems: nasssap check ZMB")


def test_a_fictional_country_is_marked_and_tables_are_counted(tmp_path):
    """The small pack fills four tables: sources, indicators, population and schemes."""
    write_small_pack(tmp_path)
    (line,) = list(list_packs(str(tmp_path), str(tmp_path / "out")))[1:]
    assert "Testland (fictional)" in line
    assert re.search(r" 4 of \d+ +7 +1  never$", line)


def test_a_damaged_record_is_counted_and_hides_no_other(packs):
    results = packs / "out" / "data" / "processed" / "SEN"
    for name, text in (
        ("01_stocktaking", '{"status": "do'),
        ("02_gap_identification", '{"status": "done", "finished": "2026-03-01T10:20:30"}'),
    ):
        (results / name).mkdir(parents=True)
        (results / name / "run.json").write_text(text, encoding="utf-8")
    lines = call("list", "--data", packs, "--out", packs / "out").output.splitlines()
    assert lines[1].endswith("2026-03-01 10:20, 1 damaged: nasssap run SEN")


def test_a_pack_that_the_system_does_not_let_us_read_hides_no_other(packs, monkeypatch):
    """Root may read everything: the refusal is played."""
    shutil.copytree(packs / "SEN", packs / "ZMB")
    read = overview.read_pack

    def refused(code, root):
        if code == "ZMB":
            raise PermissionError(13, "Permission denied", str(root / code / "country.toml"))
        return read(code, root)

    monkeypatch.setattr(overview, "read_pack", refused)
    result = call("check", "--data", packs)
    assert (result.exit_code, "SEN: sound" in result.output) == (1, True)
    assert "ZMB: cannot be read" in result.output and "country.toml: no permission" in result.output
    assert "country.toml: no permission" in call("list", "--data", packs, "--out", packs / "out").output


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
