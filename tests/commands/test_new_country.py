"""``nasssap new-country``: the first walk of somebody with a tenth country; every refusal is one line with a remedy."""

import pytest
from command_line import call

from nasssap_lib.commands.new_country import root_of_new


def test_a_new_country_is_made_checked_and_listed_in_a_folder_that_was_not_there(tmp_path):
    data = tmp_path / "my packs"
    made = call("new-country", "GHA", "--data", data)
    assert made.exit_code == 0 and "22 empty tables" in made.output
    assert f"nasssap check GHA --data '{data}'" in made.output and f"nasssap run GHA --data '{data}'" in made.output
    assert call("check", "GHA", "--data", data).exit_code == 0
    assert "GHA   Ghana" in call("list", "--data", data, "--out", tmp_path).output


@pytest.mark.parametrize(
    ("arguments", "remedy"),
    [
        (("new-country", "Ghana"), "nasssap new-country GHA --data "),
        (("new-country", "UK"), "nasssap new-country GBR --data "),
        (("new-country", "SEN"), "nasssap check SEN"),
        (("check", "KEN"), "nasssap new-country KEN --data "),
        (("run", "KEN"), "nasssap new-country KEN --data "),
        (("run", "SEM"), "did you mean 'SEN'?"),
        (("run", "sen"), "did you mean 'SEN'?"),
    ],
)
def test_each_refusal_has_a_remedy_that_repeats_the_folder(packs, arguments, remedy):
    result = call(*arguments, "--data", packs)
    assert result.exit_code == 1 and remedy in result.output
    assert max(map(len, result.output.splitlines())) < 400 and len(result.output.splitlines()) <= 2


def test_a_folder_that_holds_other_things_receives_no_pack(tmp_path):
    (tmp_path / "letter.txt").write_text("a")
    result = call("new-country", "GHA", "--data", tmp_path)
    assert result.exit_code == 1 and "codebook.csv" in result.output
    result = call("new-country", "GHA", "--data", tmp_path / "letter.txt")
    assert result.exit_code == 1 and len(result.output.splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]


def test_the_project_s_own_folder_is_the_default(monkeypatch, tmp_path):
    assert root_of_new("").name == "raw"
    monkeypatch.setenv("NASSSAP_DATA", str(tmp_path / "new"))
    assert root_of_new("") == tmp_path / "new"
