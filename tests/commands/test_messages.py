"""Messages on the terminal: one line a kind of problem, and nothing that steers the terminal."""

import shlex

import click
import pytest
from command_line import call

from nasssap_lib.commands.messages import GIVEN, as_given, shortened, shown


@pytest.mark.parametrize(
    ("problems", "lines", "last"),
    [(0, 0, ""), (1, 1, "line 1"), (200, 200, "line 200"), (201, 201, "… and 1 more"), (999, 201, "… and 799 more")],
)
def test_what_is_longer_is_cut_and_the_rest_counted(problems, lines, last):
    told = shortened("\n".join(f"line {number}" for number in range(1, problems + 1))).splitlines()
    assert len(told) == lines
    assert (told[-1] if told else "") == last


def test_hundreds_of_problems_of_one_kind_are_one_line_and_hide_no_other(packs):
    path = packs / "SEN" / "population.csv"
    header, *rows = path.read_text(encoding="utf-8").splitlines()
    spoiled = [row.replace(",female,", ",xxx,").replace(",male,", ",xxx,") for row in rows]
    spoiled[-1] = spoiled[-1].replace(",estimated,", ",guessed,")
    path.write_text("\n".join([header, *spoiled]) + "\n", encoding="utf-8")
    result = call("check", "SEN", "--data", packs)
    assert result.exit_code == 1
    first, *kinds = [line for line in result.output.splitlines() if line]
    assert first == f"SEN: {len(rows) + 1} problems"
    assert len(kinds) == 2
    assert "population.csv:2 sex: 'xxx'" in kinds[0]
    assert f"({len(rows)} such, also in lines 3, 4, 5, 6, 7, 8, 9, 10, …)" in kinds[0]
    assert f"population.csv:{len(rows) + 1} quality: 'guessed'" in kinds[1]


def test_what_steers_a_terminal_is_taken_out_and_what_words_need_stays(packs):
    assert shown("\x1b]0;owned\x07 \x9b31m \u202e") == "�]0;owned� �31m �"
    words = "Sécurité 60\xa0% ශ්\u200dරී\n"  # Sinhala needs its joiners
    assert shown(words) == words


def test_nothing_of_a_pack_or_of_the_name_of_a_file_steers_the_terminal(packs):
    settings = packs / "SEN" / "country.toml"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace('name_en = "Senegal"', r'name_en = "Sen\u001b]0;owned\u0007egal"'), "utf-8")
    told = [call("list", "--data", packs, "--out", packs / "out").output]
    settings.write_text(text + '"\\u001b]0;owned\\u0007" = 1\n', "utf-8")
    (packs / "SEN" / "\x1b]0;owned\x07.csv").write_text("x")
    told += [call("check", "SEN", "--data", packs).output, call("check", "\x1b]0;owned\x07", "--data", packs).output]
    assert all("owned" in output and "\x1b" not in output and "\x07" not in output for output in told), told


@pytest.mark.parametrize(
    ("command", "reader"), [(["plan"], "plan import"), (["workbook", "--costing"], "scenario import")]
)
def test_what_is_said_of_a_workbook_reads_it_back_as_it_stands(packs, tmp_path, command, reader):
    path = tmp_path / "for the ministry.xlsx"
    told = call(*command, "SEN", "--data", packs, "--to", path).output.splitlines()[-1].split(": ", 1)[1]
    program, *words = shlex.split(told)
    assert program == "nasssap" and " ".join(words).startswith(f"{reader} {path}")
    assert words[words.index("--data") + 1] == str(packs)
    assert call(*words, "--dry-run").exit_code == 0


def test_remedies_repeat_the_folders_as_they_were_given(packs):
    """Whatever raises them, the library knows no options; a command that takes no --out is told none."""
    (packs / "SEN" / "country.toml").write_text("schema = 1\n", encoding="utf-8")
    assert f"run: nasssap migrate SEN --data {packs}" in call("check", "SEN", "--data", packs).output
    share = call("share", "SEN", "--data", packs, "--out", packs / "my out").output
    assert f"nasssap migrate SEN --data {packs}\n" in share


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nasssap run SEN LKA --scenario low", "nasssap run SEN LKA --data new --out 'my out' --scenario low"),
        (
            "nasssap check SEN; nasssap run SEN",
            "nasssap check SEN --data new; nasssap run SEN --data new --out 'my out'",
        ),
        ("nasssap run SEN --data old", "nasssap run SEN --data old"),
        ("nasssap share writes no SEN", "nasssap share writes no SEN"),
    ],
)
def test_what_is_a_command_and_what_is_prose(text, told):
    with click.Context(click.Command("x")) as context:
        context.meta[GIVEN] = {"data": "new", "out": "my out"}
        assert as_given(text) == told
    assert as_given(text) == text


def test_nothing_given_is_nothing_repeated():
    with click.Context(click.Command("x")) as context:
        context.meta[GIVEN] = {"data": "", "out": None, "country": "SEN"}
        assert as_given("nasssap run SEN") == "nasssap run SEN"
