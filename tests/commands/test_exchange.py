"""``nasssap share``, ``verify`` and ``compare`` as a person sees them: what stands on the terminal, and exit codes."""

import pytest
from command_line import call
from small_pack import edit, write_small_pack

from nasssap_lib.commands import exchange


@pytest.fixture
def two(tmp_path):
    """Two copies of the small pack; the second one has 60 instead of 50 thousand births."""
    old, new = (write_small_pack(tmp_path / name) for name in ("old", "new"))
    edit(new / "indicators.csv", "50,thousand_persons", "60,thousand_persons")
    return old, new


def test_a_changed_figure_is_printed_and_written_where_asked(two, tmp_path):
    files = tmp_path / "changes.csv", tmp_path / "changes.html"
    result = call("compare", *two, "--figures-only", "--csv", files[0], "--html", files[1])
    assert result.exit_code == 0
    assert "Figures: 1 changed" in result.output and "50 → 60" in result.output
    assert all(file.is_file() for file in files)


def test_the_page_of_a_comparison_speaks_the_language_that_is_asked_for(two, tmp_path):
    for language in ("en", "fr"):
        call("compare", *two, "--figures-only", "--html", tmp_path / f"{language}.html", "--lang", language)
        assert f'<html lang="{language}">' in (tmp_path / f"{language}.html").read_text("utf-8")


def test_what_is_no_bundle_ends_in_a_message(tmp_path):
    (tmp_path / "x.zip").write_bytes(b"PK")
    for path in (tmp_path / "x.zip", tmp_path / "none.zip"):
        result = call("verify", path)
        assert result.exit_code == 1 and "Traceback" not in result.output and path.name in result.output


def test_ctrl_c_ends_with_the_exit_code_of_a_shell_and_says_what_became_of_the_files(two, monkeypatch):
    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(exchange, "compare_sides", interrupted)
    result = call("compare", *two)
    assert result.exit_code == 130
    assert result.output.endswith("stopped: nothing was written\n")


def test_what_verify_is_given_instead_of_a_bundle_is_said_in_words(tmp_path):
    (tmp_path / "empty.zip").touch()
    (tmp_path / "cut.zip").write_bytes(b"PK\3\4")
    for name, words in ((".", "this is a folder"), ("empty.zip", "is empty"), ("cut.zip", "cut off")):
        result = call("verify", tmp_path / name)
        assert result.exit_code == 1 and words in result.output and "buffer" not in result.output


def test_a_file_as_the_output_folder_of_a_bundle_is_named_as_a_file(two, tmp_path):
    (tmp_path / "afile").touch()
    result = call("share", "XTS", "--data", two[0].parent, "--out", tmp_path / "afile")
    assert result.exit_code != 0 and "is a file" in result.output and "Traceback" not in result.output


def test_a_code_that_was_mistyped_leads_to_the_country(two):
    result = call("compare", two[0], "XTSS", "--data", two[0].parent)
    assert result.exit_code == 1 and "did you mean 'XTS'?" in result.output
