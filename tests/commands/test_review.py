"""``nasssap review`` as a council types it: what is printed, where the page goes, and what is refused in words."""

import shutil

import pytest
from command_line import call

from nasssap_lib.pack.folders import data_root


@pytest.fixture
def edition(tmp_path):
    """A copy of the training country as it was approved: one activity began a month earlier then."""
    folder = tmp_path / "approved" / "XTC"
    shutil.copytree(data_root("") / "XTC", folder)
    plan = folder / "activities.csv"
    text = plan.read_text(encoding="utf-8")
    assert text.count("2026-04,2027-12") == 1
    plan.write_text(text.replace("2026-04,2027-12", "2026-03,2027-12"), encoding="utf-8")
    return folder


def test_what_slipped_and_every_change_is_named(edition, tmp_path):
    result = call("review", "XTC", "--approved", edition, "--out", tmp_path)
    assert result.exit_code == 0
    lines = result.output.splitlines()
    assert lines[0].startswith("Of 13 activities 1 slipped: “Register households")
    assert "a08 Mobile teams that assess disability: start 2026-03 → 2026-04" in lines
    assert sum(line.startswith("a0") for line in lines) == 5  # four new dates, one change
    page = tmp_path / "reports" / "XTC" / "review.html"
    assert lines[-1] == str(page) and "2026-03" in page.read_text(encoding="utf-8")


def test_in_the_readers_language(tmp_path):
    result = call("review", "SEN", "--lang", "fr", "--to", tmp_path / "revue.html")
    assert result.exit_code == 0 and "plan d'action" in result.output
    assert '<html lang="fr">' in (tmp_path / "revue.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("XTC", "--date", "2026-13"), "--date: expected a month, as in 2026-03, got '2026-13'"),
        (("XTC", "--lang", "xx"), "--lang"),
        (("XTC", "--to", "review.pdf"), "--to: expected the name of a page that ends in .html, got 'review.pdf'"),
        (("XTC", "--approved", "nowhere"), "nowhere: expected a bundle"),
        (("SEN", "--approved", "XTC"), "--approved: expected an edition of SEN, got XTC"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_words(arguments, words, tmp_path):
    result = call("review", *arguments, "--out", tmp_path)
    assert result.exit_code == 1 and words in result.output and not (tmp_path / "reports").exists()


def test_help_has_examples():
    assert "nasssap review XTC" in call("review", "--help").output
