"""The command line: help with examples, one message instead of a traceback, exit codes."""

import shutil
import subprocess
import sys

import pytest
from command_line import call

from nasssap_lib.commands.cli import main


def commands(group=main, before=()):
    """Every command as one types it; those of a group below it."""
    for name, command in sorted(group.commands.items()):
        path = (*before, name)
        yield from commands(command, path) if hasattr(command, "commands") else [path]


@pytest.mark.parametrize("command", list(commands()), ids=" ".join)
def test_every_command_has_examples_and_takes_data(command):
    text = call(*command, "--help").output
    assert "Examples:" in text
    assert ("--data" in text) == (command != ("verify",))  # a bundle holds its own pack


@pytest.mark.parametrize("group", [(), ("dialogue",)], ids=" ".join)
def test_help_has_every_summary_whole(group):
    text = " ".join(call(*group, "--help").output.split())
    found = main.commands["dialogue"].commands if group else main.commands
    text = text.partition("Commands:")[2]
    assert "..." not in text and len(found) >= 2
    for name, command in found.items():
        first = " ".join(command.help.split("\n\n")[0].split()).split(". ")[0].rstrip(".")
        assert f"{name} {first}" in text, name


def test_what_a_command_would_ignore_is_refused():
    for arguments in (["check", "--out", "x"], ["compare", "A", "B", "--out", "x"], ["verify", "x", "--data", "y"],
                      ["verify", "x.zip", "--jobs", "2"]):  # fmt: skip
        assert call(*arguments).exit_code == 2, arguments


def test_a_language_without_a_catalogue_is_refused_before_anything_runs(packs):
    for command in (["run", "SEN"], ["share", "SEN"]):
        result = call(*command, "--lang", "french", "--data", packs, "--out", packs / "out")
        assert (result.exit_code, "expected one of en, es, fr, got 'french'" in result.output) == (1, True)
    assert not (packs / "out").exists()


@pytest.mark.parametrize(
    ("file", "column", "value", "expected"),
    [
        ("indicators.csv", "value", "many", "a number"),
        ("indicators.csv", "source", "NOWHERE", "an id of sources.csv"),
        ("indicators.csv", "year", "20199", "a year"),
        ("indicators.csv", "sex", "men", "one of total, female, male"),
        ("population.csv", "persons", "-5", "at least 0"),
        ("schemes.csv", "name", "=cmd|' /C calc'!A0", "text, not a formula"),
    ],
)
def test_a_spoiled_copy_is_named_with_file_and_line_and_exit_code_1(packs, file, column, value, expected):
    import pandas as pd

    path = packs / "SEN" / file
    frame = pd.read_csv(path, dtype=str, keep_default_na=False)
    frame.loc[0, column] = value
    frame.to_csv(path, index=False)
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    assert f"SEN/{file}:2 {column}: " in result.output
    assert expected in result.output
    assert "Traceback" not in result.output


def test_a_missing_column_a_latin1_file_and_a_doubled_row_are_named(packs):
    facts = packs / "SEN" / "indicators.csv"
    text = facts.read_text(encoding="utf-8")
    facts.write_text(text + text.splitlines()[1] + "\n", encoding="utf-8")
    assert f"SEN/indicators.csv:{len(text.splitlines()) + 1}" in call("check", "SEN", "--data", packs).output
    facts.write_text(text.replace(",unit,", ",units,", 1), encoding="utf-8")
    assert "SEN/indicators.csv:1 unit: expected a column 'unit'" in call("check", "SEN", "--data", packs).output
    facts.write_text(text, encoding="utf-8")
    schemes = packs / "SEN" / "schemes.csv"
    schemes.write_bytes(schemes.read_text(encoding="utf-8").encode("latin-1", "replace"))
    output = call("check", "SEN", "--data", packs).output
    assert "SEN/schemes.csv:" in output
    assert "text in UTF-8" in output


def test_an_unknown_country_and_folder_end_in_a_message(packs, tmp_path_factory):
    result = call("check", "SEM", "--data", packs)
    assert (result.exit_code, "did you mean 'SEN'?" in result.output) == (1, True)
    result = call("list", "--data", tmp_path_factory.mktemp("empty"))
    assert result.exit_code == 1
    assert "codebook.csv" in result.output


def test_the_installed_command_answers():
    command = shutil.which("nasssap", path=str(__import__("pathlib").Path(sys.executable).parent))
    assert command
    assert "Examples" in subprocess.run([command, "--help"], capture_output=True, text=True, check=True).stdout
