"""The index: whom it names first, what it says where evidence is missing, and that it never says more than was run."""

import json
import shutil

import pandas as pd
import pytest
from written_results import write_results

from nasssap_lib.display.texts import in_language
from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.index import HEADLINE, write_index
from nasssap_lib.run.leads import CHAPTER, read_lead


@pytest.mark.parametrize("what", ["not run", "failed", "older", "no table", "nothing ranked"])
def test_what_was_not_run_or_failed_or_is_old_is_said(what, tmp_path):
    folder = tmp_path / "03"
    if what != "not run":
        write_results(folder, "SEN", "failed" if what == "failed" else "done")
    if what == "older":
        pd.read_csv(folder / "changes.csv").drop(columns=["side", "within"]).to_csv(folder / "changes.csv", index=False)
    if what == "no table":
        (folder / "ranking.csv").write_text("", encoding="utf-8")
    if what == "nothing ranked":
        table = pd.read_csv(folder / "ranking.csv").assign(rank_best=float("nan"))
        table.to_csv(folder / "ranking.csv", index=False)
        (folder / "acceptability_by_rank.csv").write_text("option,name,reason\n", encoding="utf-8")
    words = {
        "not run": "not run", "failed": "last run failed", "older": "older version", "no table": "older version",
        "nothing ranked": "no option can be ranked yet",
    }  # fmt: skip
    lead = read_lead(folder)
    assert words[what] in lead.first and lead.views == ""


def test_the_index_shows_it_beside_the_reports_in_alphabetical_order(tmp_path):
    folders = Folders.of(tmp_path)
    for country in ("XTC", "SEN"):
        write_results(folders.processed / country / CHAPTER, country)
    write_results(folders.processed / "HND" / CHAPTER, "HND", "failed")
    page = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert page.index("Honduras") < page.index("Senegal") < page.index("Zephyria")
    assert "<p>open between<br>Child benefit, ages 0 to 4 " in page and "the last run failed" in page
    assert "<script" not in page
    shutil.rmtree(folders.processed / "SEN")
    assert "Senegal" not in write_index(folders, data_root("")).read_text(encoding="utf-8")


def test_the_index_names_options_in_the_language_of_its_reports(tmp_path):
    folders = Folders.of(tmp_path)
    write_results(folders.processed / "SEN" / CHAPTER, "SEN")
    options = pd.read_csv(data_root("") / "SEN" / "measures.csv").set_index("name")["name_fr"]
    first = read_lead(folders.processed / "SEN" / CHAPTER).options[0][0]
    with in_language("fr"):
        page = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert options[first] in page and first not in page
    with in_language("fr"):
        write_index(folders, tmp_path)  # a pack that is gone leaves its English names
    assert first in (folders.reports / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("damage", ["", '{"sta', "{}", "[]", '{"status": "done", "finished": "yesterday"}'])
def test_a_damaged_record_of_one_country_takes_no_other_from_the_index(tmp_path, damage):
    folders = Folders.of(tmp_path)
    for country in ("XTC", "SEN"):
        write_results(folders.processed / country / CHAPTER, country)
    (folders.processed / "SEN" / CHAPTER / "run.json").write_text(damage, encoding="utf-8")
    page = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert "Senegal" in page and "its run.json or its tables are damaged: run it again" in page
    assert "Zephyria" in page and read_lead(folders.processed / "XTC" / CHAPTER).options[0][0] in page


@pytest.mark.parametrize("damage", ["", "group,sex\n", "group,sex\nat_least_one,total\n", "\x00"])
def test_a_damaged_table_of_the_headline_is_said(tmp_path, damage):
    folders = Folders.of(tmp_path)
    write_results(folders.processed / "SEN" / HEADLINE, "SEN")
    (folders.processed / "SEN" / HEADLINE / "gaps.csv").write_text(damage, encoding="utf-8")
    page = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert "n/a: its run.json or its tables are damaged: run it again" in page


@pytest.mark.parametrize(
    ("edition", "told"),
    [("", "24.6\N{NO-BREAK SPACE}% in 2021<"), ("2025", 'in 2021</strong> <span class="quiet">edition 2025</span>')],
)
def test_an_edition_that_is_missing_is_not_printed(tmp_path, edition, told):
    """Sources of the pack without a short name, and a rate with and without an edition."""
    root, folders = tmp_path / "raw", Folders.of(tmp_path)
    shutil.copytree(data_root() / "XTC", root / "XTC")
    sources = pd.read_csv(root / "XTC" / "sources.csv", dtype=str, keep_default_na=False)
    sources.assign(short="").to_csv(root / "XTC" / "sources.csv", index=False)
    folder = folders.processed / "XTC" / HEADLINE
    write_results(folder, "XTC")
    rate = {
        "group": "at_least_one",
        "sex": "total",
        "effective_coverage": 0.246,
        "coverage_year": 2021,
        "edition": edition,
    }
    pd.DataFrame([rate | {"source": "XTC-TRAINING", "reason": ""}]).to_csv(folder / "gaps.csv", index=False)
    page = write_index(folders, root).read_text(encoding="utf-8")
    assert told in page and "nan" not in page


@pytest.mark.parametrize("place", ["old copy 2024", "old", "XYZ"])
def test_a_page_of_versions_that_somebody_put_aside_is_none_of_the_index(tmp_path, place):
    folders = Folders.of(tmp_path)
    write_results(folders.processed / "SEN" / CHAPTER, "SEN")
    for folder in ("fr", place):
        page = folders.reports / "SEN" / folder / "comparison.html"
        page.parent.mkdir(parents=True)
        page.write_text("", encoding="utf-8")
    (folders.reports / "SEN" / "es" / "comparison.html").mkdir(parents=True)
    index = write_index(folders, data_root("")).read_text(encoding="utf-8")
    assert 'href="SEN/fr/comparison.html"' in index and index.count("comparison.html") == 1


def test_a_report_in_a_language_whose_catalogue_is_gone_is_named_by_its_code(tmp_path):
    folders = Folders.of(tmp_path)
    results = folders.processed / "SEN" / "old copy" / CHAPTER
    write_results(results, "SEN")
    record = json.loads((results / "run.json").read_text(encoding="utf-8"))
    changed = record | {"parameters": {"language": "old copy"}}
    (results / "run.json").write_text(json.dumps(changed), encoding="utf-8")
    assert "Priority setting, in old copy" in write_index(folders, data_root("")).read_text(encoding="utf-8")
