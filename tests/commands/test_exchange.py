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
