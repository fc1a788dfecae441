"""A report in another language: the same results to the byte, beside the English report, and nothing left in English."""

import json
import re

import pytest
from bundle_tools import copy_run, entries, stamp
from own_notebooks import use_notebooks, write_notebook, write_place
from pseudo_language import faults_of_page, faults_of_text, listed, names_of, text_blocks
from stories import pack_of

from nasssap_lib.chapter.notebooks import chapters
from nasssap_lib.errors import ParameterError
from nasssap_lib.exchange.bundle import share
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.scenario import Scenario, write_scenario
from nasssap_lib.run.batch import run_batch

LANGUAGES = ("qps", "fr")  # the index speaks the first
FRENCH = ["02_gap_identification"]  # one chapter is enough to see a language that is spoken
FEW = (*FRENCH,)  # what chapters show, the tests of their rooms look at in the pseudo-language, too
ALL = [pytest.param(FEW, id="few"), pytest.param(tuple(chapters()), id="all", marks=pytest.mark.soak)]


@pytest.fixture(scope="module", params=ALL)
def names(request):
    """The chapters that the pseudo-language has."""
    return request.param


@pytest.fixture(scope="module")
def before(batch_of_all, tmp_path_factory, names):
    """Folder of the training country's English reports, and what its files held before another language was run."""
    out = copy_run(batch_of_all, tmp_path_factory.mktemp("spoken"), "XTC")
    return out, {path: path.read_bytes() for path in out.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def spoken(before, names):
    """Folder of the training country's reports in English, and then in French and in the pseudo-language."""
    out, _ = before
    records = run_batch(["XTC"], FRENCH, {}, "", out, 2, language="fr")
    records += run_batch(["XTC"], names, {}, "", out, 2, language="qps")
    assert {record.name: record.message for record in records if record.status != "done"} == {}
    return out


def tables(folder, names):
    found = [path for name in names for path in folder.glob(f"{name}/*.csv")]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}


def same_in(language, spoken, batch_of_all, names):
    english = tables(batch_of_all / "data" / "processed" / "XTC", names)
    theirs = tables(spoken / "data" / "processed" / "XTC" / language, names)
    assert len(english) > 9 * len(names)
    assert set(theirs) == set(english)
    assert [name for name, content in english.items() if theirs[name] != content] == []


def test_result_tables_are_the_same_in_every_language(spoken, batch_of_all, names):
    same_in("qps", spoken, batch_of_all, names)
    same_in("fr", spoken, batch_of_all, FRENCH)


@pytest.mark.soak
@pytest.mark.parametrize("language", ["fr", "es"])
def test_so_are_those_of_every_chapter_in_each_language_that_is_spoken(batch_of_all, tmp_path, language):
    run_batch(["XTC"], (), {}, "", tmp_path, 2, language=language)
    same_in(language, tmp_path, batch_of_all, chapters())


def test_a_language_has_its_own_folder_its_record_and_its_line_on_the_index(spoken, names):
    for name, language in [*((name, "qps") for name in names), *((name, "fr") for name in FRENCH)]:
        page = (spoken / "reports" / "XTC" / language / f"{name}.html").read_text(encoding="utf-8")
        assert f'<html lang="{language}">' in page
        assert 'href="../../index.html#' in page
        record = json.loads((spoken / "data" / "processed" / "XTC" / language / name / "run.json").read_text("utf-8"))
        assert record["parameters"] == {"language": language}
    index = (spoken / "reports" / "index.html").read_text(encoding="utf-8")
    assert '<html lang="qps">' in index  # of the run that wrote it
    for language in LANGUAGES:
        assert f'href="XTC/{language}/02_gap_identification.html"' in index


def test_what_the_catalogue_knows_is_in_french(spoken):
    page = (spoken / "reports" / "XTC" / "fr" / "02_gap_identification.html").read_text(encoding="utf-8")
    for words in (
        "Zéphyrie",
        "2 sur",
        "Tous les pays",
        "Pays fictif",
        "Comment cela a été calculé",
        "Sources de ce chapitre",
    ):
        assert words in page, words


def test_the_prose_of_the_notebook_is_translated_and_its_code_is_not(spoken):
    page = (spoken / "reports" / "XTC" / "qps" / "02_gap_identification.html").read_text(encoding="utf-8")
    assert "⟦The headline⟧</h2>" in page
    assert "chapter.show(&#34;gaps&#34;" in page or 'chapter.show("gaps"' in page


def test_a_scenario_called_like_a_language_and_an_unknown_language_are_refused(tmp_path):
    for wrong in ({"scenario": "fr"}, {"language": "french"}, {"language": "../fr"}):
        with pytest.raises(ParameterError, match="the folder of reports in that language|expected one of en"):
            run_batch(["XTC"], (), {}, "", tmp_path, 1, **wrong)
    assert not list(tmp_path.iterdir())


# ------------------------------------------------------------------------------------------------------ the pseudo-language


def test_the_check_sees_what_is_not_translated_and_what_is_glued_together():
    names = re.compile(r"(?<!\w)(?:Old Age Grant|XTC)(?!\w)")
    assert list(faults_of_text("⟦The {x} ⟦of⟧ all⟧ Old Age Grant, 20 %", names)) == []
    assert "“left”" in next(faults_of_text("left ⟦right⟧", names))
    assert "2 translated texts" in next(faults_of_text("⟦a⟧ 2 ⟦b⟧", names))
    blocks = text_blocks('<p>a <b>b</b><br>c</p><pre>code</pre><img alt="d"><td>e<sup>f</sup></td>')
    assert [text for _, text in blocks] == ["a b", "c", "d", "e"]


def test_no_text_of_a_report_is_left_out_or_glued_together(spoken, names):
    known = names_of(pack_of("XTC"))
    pages = sorted((spoken / "reports" / "XTC" / "qps").glob("*.html"))
    assert [path.stem for path in pages] == [*names]
    faults = [fault for path in pages for fault in faults_of_page(path, path.read_text("utf-8"), known)]
    assert not faults, listed(faults)


def test_no_text_of_the_index_is_left_out_or_glued_together(spoken):
    path = spoken / "reports" / "index.html"
    faults = list(faults_of_page(path, path.read_text("utf-8"), names_of(pack_of("XTC"))))
    assert not faults, listed(faults)


def test_no_text_of_a_bundle_is_left_out_or_glued_together(spoken, names, tmp_path):
    stamp(spoken / "reports" / "XTC" / "qps")
    shared = share("XTC", tmp_path / "x.zip", [*names], out=spoken, language="qps")
    files = entries(shared.path)
    assert f"reports/qps/{names[0]}.html" in files
    page = files["index.html"].decode()
    faults = list(faults_of_page(tmp_path / "index.html", page, names_of(pack_of("XTC"))))
    assert not faults, listed(faults)
    readme = [line for block in files["README.txt"].decode().split("\n\n") for line in block.split("\n  ")]
    assert '<html lang="qps">' in page and "⟦" in "".join(readme)


def test_english_reports_stay_where_they_are_and_as_they_are(spoken, before):
    _, files = before
    assert len(files) > 10 * len(chapters())
    assert {path: path.read_bytes() for path in files} == files
    index = (spoken / "reports" / "index.html").read_text("utf-8")
    assert 'href="XTC/02_gap_identification.html"' in index and 'href="XTC/fr/02_gap_identification.html"' in index


def test_a_scenario_in_a_language(tmp_path, monkeypatch):
    name, place = "01_one", write_place(tmp_path, ["01_one"])
    write_notebook(place / "notebooks", name, "chapter")
    use_notebooks(monkeypatch, place / "notebooks")
    short = Scenario("short", "ZMB", "", "", {"social_pension": {"months": 6}})
    write_scenario(read_pack("ZMB", place / "packs"), short, place / "packs")
    (record,) = run_batch(["ZMB"], [name], {}, place / "packs", place, 1, scenario="short", language="fr")
    assert record.status == "done", record.message
    page = (place / "reports" / "ZMB" / "short" / "fr" / f"{name}.html").read_text("utf-8")
    assert "Scénario short" in page and 'href="../../../index.html#ZMB"' in page
