"""``nasssap list``: every pack with what it holds, and when it last ran; quick, for it is what a newcomer types first."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from command_line import call
from small_pack import write_small_pack

from nasssap_lib.commands.listing import list_packs
from nasssap_lib.pack.schema import TABLES


def test_list_shows_every_country(packs):
    output = call("list", "--data", packs, "--out", packs / "out").output
    assert "SEN   Senegal" in output
    assert "never" in output


def test_a_file_is_no_folder_of_a_run(packs):
    result = call("list", "--data", packs, "--out", packs / "codebook.csv")
    assert result.exit_code == 1
    assert "codebook.csv: a file, where a folder is expected" in result.output


def test_what_ran_last_and_failed_is_said_and_an_unreadable_pack_sends_to_check(packs):
    shutil.copytree(packs / "SEN", packs / "ZMB")
    (packs / "ZMB" / "schemes.csv").write_bytes(b"id,name\na,\xff\n")
    for language, finished, status in (("", "2026-03-01T10:20:30", "done"), ("fr", "2026-03-02T08:00:00", "failed")):
        folder = packs / "out" / "data" / "processed" / "SEN" / language / "01_stocktaking"
        folder.mkdir(parents=True)
        (folder / "run.json").write_text(json.dumps({"finished": finished, "status": status}), encoding="utf-8")
    lines = call("list", "--data", packs, "--out", packs / "out").output.splitlines()
    assert [line.split()[0] for line in lines] == ["code", "SEN", "ZMB"]
    assert lines[1].endswith("2026-03-02 08:00, 1 failed")
    assert lines[2] == f"ZMB   cannot be read: nasssap check ZMB --data {packs}"


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
    assert lines[1].endswith(f"2026-03-01 10:20, 1 damaged: nasssap run SEN --data {packs} --out {packs / 'out'}")


@pytest.mark.parametrize("settings", ["schema = ", "schema = 1", "name_en = 5", "[" * 3000, "\xff"])
def test_settings_that_cannot_be_read_hide_no_other_pack(packs, settings):
    shutil.copytree(packs / "SEN", packs / "ZMB")
    (packs / "ZMB" / "country.toml").write_text(settings, encoding="latin-1")
    result = call("list", "--data", packs, "--out", packs / "out")
    assert result.exit_code == 0 and "SEN   Senegal" in result.output
    assert result.output.splitlines()[2].startswith("ZMB ")


def test_a_table_that_the_system_does_not_let_us_read_is_named(packs, monkeypatch):
    """Root may read everything: the refusal is played."""

    def refused(path, *_, **__):
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "open", refused)
    assert "no permission" in list(list_packs(str(packs), str(packs / "out")))[1]


def test_rows_are_counted_as_the_pack_reads_them(packs):
    """Empty lines, a byte order mark and a line break inside a cell are no rows."""
    path = packs / "SEN" / "schemes.csv"
    before = path.read_text("utf-8").splitlines()
    path.write_text("\ufeff" + "\n".join([before[0], "", ',"a\nb"', ",,,", *before[1:]]) + "\n", "utf-8")
    line = list(list_packs(str(packs), str(packs / "out")))[1]
    assert re.search(rf" {len(before) - 1 + 1}  never$", line) and f"of {len(TABLES)}" in line


def test_a_data_folder_without_packs_says_how_to_begin(tmp_path):
    (tmp_path / "codebook.csv").touch()
    assert list(list_packs(str(tmp_path))) == [
        f"no country pack under {tmp_path.resolve()}: nasssap new-country GHA makes an empty one"
    ]


def test_listing_loads_nothing_heavy():
    code = "import sys, nasssap_lib.commands.listing as l; list(l.list_packs()); print({'pandas', 'numpy', 'matplotlib'} & {*sys.modules})"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True).stdout.strip() == "set()"
