"""``nasssap document`` as a ministry types it."""

import re
import shutil

import pytest
from command_line import call

from nasssap_lib.pack.folders import codebook_path, data_root


def headings(page: str) -> list[str]:
    return [re.sub("<[^>]+>", "", words) for words in re.findall(r"<h[2-4]>(.*?)</h[2-4]>", page)]


def test_the_page_of_the_training_country_has_every_chapter_filled(tmp_path):
    result = call("document", "XTC", "--format", "html", "--out", tmp_path)
    assert result.exit_code == 0 and re.search(r"English · \d+ s", result.output)
    page = (tmp_path / "reports" / "XTC" / "strategy.html").read_text(encoding="utf-8")
    assert "To collect:" not in page and ">nan<" not in page.lower() and "&lt;NA&gt;" not in page
    assert [name for name in headings(page) if re.match(r"\d+ ", name)][:3] == [
        "1 Process and participants",
        "2 The situation",
        "3 Existing schemes, formal and informal",
    ]
    assert (
        "by 2040 nobody falls below a floor" in page
        and "16.4\N{NO-BREAK SPACE}% of the population had at least one benefit" in page
    )


def test_a_real_countrys_draft_is_in_its_language_and_says_what_to_collect(tmp_path):
    result = call("document", "SEN", "--format", "html", "--organised-by", "financing", "--out", tmp_path)
    assert result.exit_code == 0 and "French" in result.output
    page = (tmp_path / "reports" / "SEN" / "fr" / "strategy.html").read_text(encoding="utf-8")
    assert '<html lang="fr">' in page and "Document de travail technique" in page
    assert "on n'invente l'avis de personne" in page.replace("&#39;", "'")
    assert headings(page).index("3 Qui paie") < headings(page).index(
        "6 Expériences passées et pratiques communautaires"
    )


def test_a_broken_quote_is_an_error_with_file_and_line_and_nothing_is_written(tmp_path):
    data = tmp_path / "raw"
    shutil.copytree(data_root("") / "XTC", data / "XTC")
    shutil.copy(codebook_path(data_root("")), data)
    (data / "XTC" / "text" / "vision.md").write_text("One.\n\n{fact effective_covrage}\n")
    result = call("document", "XTC", "--format", "html", "--data", data, "--out", tmp_path / "out")
    assert result.exit_code == 1 and "text/vision.md, line 3" in result.output and not list(tmp_path.rglob("strategy*"))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("XTC", "--format", "odt"), "--format: expected some of html, docx, pdf"),
        (("XTC", "--organised-by", "finance"), "did you mean 'financing'"),
        (("XTC", "--lang", "xx"), "--lang"),
        (("XXX",), "XXX"),
    ],
)
def test_what_cannot_be_asked_is_refused_before_the_work(arguments, words, tmp_path):
    result = call("document", *arguments, "--out", tmp_path)
    assert result.exit_code == 1 and words in result.output and not list(tmp_path.iterdir())


def test_help_has_examples():
    assert "nasssap document XTC" in call("document", "--help").output
