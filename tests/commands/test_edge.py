"""Where a command meets the world: what the system refuses is one line, signals end it quietly, and nothing is left half-written."""

import io
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import click
import pytest
from command_line import call
from dialogue_tools import fill
from refusing_disks import call_on_disk
from small_pack import edit, write_small_pack

from nasssap_lib.commands import listing
from nasssap_lib.commands.cli import main
from nasssap_lib.commands.edge import like, messages
from nasssap_lib.pack.folders import data_root

posix = pytest.mark.skipif(os.name == "nt", reason="signals and disks of a POSIX system")


@pytest.mark.parametrize(
    "error, words",
    [
        (PermissionError(13, "Permission denied", "a/b.csv"), "a/b.csv: no permission"),
        (OSError(28, "No space left on device"), "the disk is full"),
        (
            FileNotFoundError(2, "No such file or directory"),
            "the folder in which this command was started is not there",
        ),
        (OSError("Cannot save file into a non-existent directory: 'x'"), "Cannot save file into"),
        (MemoryError(), "the memory is full"),
    ],
)
def test_what_the_system_refuses_is_one_line(monkeypatch, error, words):
    def refused(*_):
        raise error

    monkeypatch.setattr(listing, "list_packs", refused)
    result = call("list")
    assert (result.exit_code, result.output.count("\n")) == (1, 1)
    assert result.output.startswith(f"Error: {words}")


def test_a_fault_of_ours_keeps_its_traceback_and_a_closed_pipe_is_left_to_click():
    for error in (KeyError("x"), BrokenPipeError(32, "Broken pipe")):
        with pytest.raises(type(error)), messages():
            raise error
    with pytest.raises(SystemExit) as caught, messages():
        raise SystemExit(3)
    assert caught.value.code == 3


def two_packs(tmp_path):
    """Paths of two small packs of which one has other births."""
    two = [str(write_small_pack(tmp_path / name)) for name in ("one", "two")]
    edit(Path(two[1]) / "indicators.csv", "50,thousand_persons", "60,thousand_persons")
    return two


def call_in_code_page(monkeypatch, *command):
    """Exit code of a command whose streams write letters as redirected ones do on Windows, and what they wrote."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding="cp1252", errors="strict") for _ in range(2)]
    monkeypatch.setattr(sys, "stdout", streams[0])
    monkeypatch.setattr(sys, "stderr", streams[1])
    with pytest.raises(SystemExit) as end:
        main([*command], prog_name="nasssap")
    for stream in streams:
        stream.flush()
    return end.value.code, *(stream.buffer.getvalue() for stream in streams)


def test_a_letter_that_the_code_page_of_a_terminal_lacks_ends_nothing(tmp_path, monkeypatch):
    """A comparison has an arrow in each line; Python on Windows writes redirected lines in the code page."""
    code, out, err = call_in_code_page(monkeypatch, "compare", *two_packs(tmp_path), "--figures-only")
    assert (code, err) == (0, b"") and b"50 -> 60" in out


@pytest.mark.soak
def test_nor_does_it_end_a_process_whose_lines_go_elsewhere(tmp_path):
    code = "from nasssap_lib.commands.cli import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "compare", *two_packs(tmp_path), "--figures-only"],
        env={**os.environ, "PYTHONIOENCODING": "cp1252"}, capture_output=True,
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"") and b"50 -> 60" in done.stdout


@pytest.mark.parametrize(
    "command", [["list"], ["check"], ["check", "\u0dc1\u0dca\u200d\u0dbb\u0dd3"], ["nosuch\u0dc1"], ["run", "--help"]]
)
def test_names_in_letters_that_a_code_page_lacks_end_no_command(tmp_path, command, monkeypatch):
    folder = write_small_pack(tmp_path / "packs")
    edit(folder / "country.toml", 'name_en = "', 'name_en = "\u0dc1\u0dca\u200d\u0dbb\u0dd3 ')
    monkeypatch.setenv("NASSSAP_DATA", str(folder.parent))
    code, *written = call_in_code_page(monkeypatch, *command)
    said = b"".join(written)
    assert code in (0, 1, 2) and said and b"Traceback" not in said


def test_letters_that_look_alike_stand_for_those_that_are_missing():
    assert like("1 → 2 ≥ x…") == "1 -> 2 >= x..."
    assert like("S\u0303, \u202f") == "S,  "
    assert like("\u0dc1\u0dca\u200d\u0dbb\u0dd3") == "??", "a sign a letter, none for its marks"


def test_whoever_uses_the_library_keeps_their_signals():
    before = [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)]
    with pytest.raises(click.ClickException), messages():
        raise OSError(28, "x")
    assert [signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)] == before


SLOW = """
import signal, sys, time
from pathlib import Path
from nasssap_lib.commands.cli import main
from nasssap_lib.files import write_whole
@main.command()
def slow():
    with write_whole(Path(sys.argv[1]) / "a.csv") as draft:
        draft.write_text("half")
        print("started", flush=True)
        time.sleep(60)
if sys.argv[2] == "nohup":
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
main(["slow"])
"""


@posix
@pytest.mark.parametrize(
    "names, code", [(["SIGINT"], 130), (["SIGTERM"], 143), (["SIGHUP"], 129), (["SIGHUP", "SIGTERM"], 143)]
)
def test_a_signal_ends_a_command_quietly_and_takes_the_draft_with_it(tmp_path, names, code):
    how = "nohup" if len(names) > 1 else ""  # then a closed terminal is no reason to stop
    command = [sys.executable, "-c", SLOW, str(tmp_path), how]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    assert process.stdout.readline() == "started\n"
    for name in names:
        process.send_signal(getattr(signal, name))
    _, said = process.communicate(timeout=30)
    assert (process.returncode, said) == (code, "")
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def sheet(tmp_path_factory):
    """A sheet of the fictional country that a group filled in."""
    folder = tmp_path_factory.mktemp("sheets")
    result = call("dialogue", "sheet", "XTC", "--group", "new=New group", "--to", folder)
    assert result.exit_code == 0, result.output
    return fill(folder / "XTC_new.xlsx", {"option:child_benefit.position": "support"})


def one_line(result, *words):
    code, output = result
    assert code == 1 and "Traceback" not in output and output.strip().count("\n") == 0, output
    assert all(word in output for word in words), output


@posix
def test_on_a_read_only_disk_each_command_says_so_in_one_line_before_the_work(tmp_path, sheet):
    disk = tmp_path / "disk"
    two = [write_small_pack(disk / name) for name in ("one", "two")]
    edit(two[1] / "indicators.csv", "50,thousand_persons", "60,thousand_persons")
    xtc = ["XTC", "--data", disk / "data"]
    (disk / "data").mkdir()
    shutil.copy(data_root() / "codebook.csv", disk / "data")
    shutil.copytree(data_root() / "XTC", disk / "data" / "XTC")
    results = call_on_disk(
        "read-only", disk,
        ("check", *xtc),
        ("dialogue", "sheet", *xtc, "--to", disk / "new" / "sheets"),
        ("dialogue", "collect", *xtc, sheet),
        ("dialogue", "collect", *xtc, sheet, "--dry-run", "--csv", disk / "remarks.csv"),
        ("compare", *two, "--csv", disk / "a.csv"),
        ("compare", *two, "--html", disk / "a.html"),
        ("lab", "--out", disk / "work"),
    )  # fmt: skip
    assert results[0][0] == 0, results[0]
    for result in results[1:]:
        one_line(result, str(disk), "the disk is read-only; name another folder")


@posix
def test_on_a_full_disk_nothing_is_left_and_the_line_says_how_much_is_free(tmp_path):
    disk = tmp_path / "disk"
    disk.mkdir()
    results = call_on_disk(
        "full", disk,
        ("dialogue", "sheet", "XTC", "--group", "a=A", "--group", "b=B", "--to", disk / "sheets"),
        ("lab", "--out", disk / "work"),
    )  # fmt: skip
    for result in results:
        one_line(result, str(disk), "the disk is full (0.0 MB free); make room")


def test_a_file_where_a_folder_is_expected_is_named(tmp_path):
    (tmp_path / "afile").write_text("x")
    words = f"{tmp_path / 'afile'}: a file, where a folder is expected; name another one"
    two = [write_small_pack(tmp_path / name) for name in ("one", "two")]
    for command in (
        ("dialogue", "sheet", "XTC", "--to", tmp_path / "afile"),
        ("dialogue", "sheet", "XTC", "--out", tmp_path / "afile"),
        ("lab", "--out", tmp_path / "afile"),
        ("compare", *two, "--csv", tmp_path / "afile" / "a.csv"),
    ):
        result = call(*command)
        assert (result.exit_code, result.output) == (1, f"Error: {words}\n"), command
    result = call("compare", *two, "--html", tmp_path / "nowhere" / "a.html")
    assert result.exit_code == 1 and "there is no folder" in result.output and "make it first" in result.output
    result = call("dialogue", "collect", "XTC", "--csv", tmp_path)
    assert result.exit_code == 1 and "this is a folder; name a file in it" in result.output


@pytest.mark.parametrize(
    "command",
    [("run", "SEN", "--out"), ("list", "--data"), ("share", "SEN", "--out"), ("verify",),
     ("new-country", "GHA", "--data"), ("dialogue", "sheet", "SEN", "--to"), ("workbook", "SEN", "--costing", "--to")],
)  # fmt: skip
def test_the_folder_of_nobody_is_named(command):
    result = call(*command, "~nobody-of-that-name/x.zip")
    assert result.exit_code == 1 and "~nobody-of-that-name/x.zip: nobody of that name" in result.output
