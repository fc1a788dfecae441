"""The page that sets versions beside one another: what it says by hand, what it says of a run that failed, and a batch that writes it."""

import json
import os
import re
from functools import lru_cache

import pandas as pd
import pytest
from browsing import CHROMIUM, open_browser
from own_notebooks import use_notebooks, write_notebook, write_place
from pseudo_language import faults_of_page, listed, names_of
from stories import pack_of

from nasssap_lib.chapter.notebooks import chapters, read_notebook
from nasssap_lib.chapter.parameters import COMMON
from nasssap_lib.costing.options import assess_options
from nasssap_lib.display.texts import in_language
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.folders import data_root
from nasssap_lib.pack.scenario import Scenario, apply_scenario, to_toml
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import accept_ranks, rank_sequence
from nasssap_lib.priorities.weights import read_weights
from nasssap_lib.run.batch import run_batch
from nasssap_lib.run.compared import page_of
from nasssap_lib.run.comparison import CHAPTER, COLUMNS, _parameter_words, write_comparison
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.index import write_index

DOUBLE = {"social_pension": {"amount_central": 20.0, "amount_low": 14.0, "amount_high": 30.0}}
RECORD = {"status": "done", "finished": "2026-03-01T10:20:30+00:00", "message": "", "parameters": {}}


@lru_cache(maxsize=4)
def tables(doubled: bool) -> dict[str, pd.DataFrame]:
    """The result tables of notebook 03 that the page reads."""
    pack = pack_of("SEN")
    pack = apply_scenario(pack, Scenario("s", "SEN", measures=DOUBLE)) if doubled else pack
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria, options=options)
    ranking = rank_sequence(matrix, read_weights("", matrix.values, ()), criteria)
    acceptance = accept_ranks(matrix, criteria, 200, options=options)
    return {"costs": options, "ranking": ranking, "acceptability_by_rank": acceptance}


def write_run(folders: Folders, where: str, doubled: bool = False, **record) -> None:
    folder, report = folders.processed / where / CHAPTER, folders.reports / where / f"{CHAPTER}.html"
    for path in (folder, report.parent):
        path.mkdir(parents=True)
    if record.get("status") != "failed":
        report.write_text("", encoding="utf-8")
        for name, table in tables(doubled).items():
            table.to_csv(folder / f"{name}.csv", index=False)
    (folder / "run.json").write_text(json.dumps(RECORD | record), encoding="utf-8")


def task(language: str = "", **changes) -> dict:
    """The baseline, a pension of the double level, and a version whose run failed."""
    made = to_toml(Scenario("sweep_a_20", "SEN", "", "", DOUBLE))
    about = {"label": "", "scenario": "", "notebooks": [CHAPTER]}
    end = f"/{language}" if language else ""
    versions = [
        {**about, "name": "", "folder": f"SEN{end}"},
        {**about, "name": "sweep_a_20", "label": "level = 20", "folder": f"SEN/sweep_a_20{end}", "scenario": made},
        {**about, "name": "broken", "folder": f"SEN/broken{end}"},
    ]
    return {"country": "SEN", "language": language, "versions": versions, "data": str(data_root()), **changes}


@pytest.fixture
def folders(tmp_path):
    folders = Folders.of(tmp_path)
    write_run(folders, "SEN")
    write_run(folders, "SEN/sweep_a_20", True, parameters={"scenario": "sweep_a_20"})
    write_run(folders, "SEN/broken", status="failed", message="KeyError: <b>\nmore")
    return folders


def test_the_table_has_each_option_of_each_version_and_why_one_has_none(folders):
    write_comparison(task(), folders)
    table = pd.read_csv(folders.processed / "SEN" / "comparison.csv")
    assert table.columns.tolist() == COLUMNS
    assert table["version"].drop_duplicates().tolist() == ["baseline", "level = 20", "broken"]
    before, after = (
        table[(table["version"] == version) & (table["option"] == "social_pension")].iloc[0]
        for version in ("baseline", "level = 20")
    )
    for name in ("cost_low", "cost_central", "cost_high"):  # twice the level costs twice as much
        assert after[name] == pytest.approx(2 * before[name])
    assert after["newly_covered_central"] == before["newly_covered_central"]
    assert (bool(before["figures_differ"]), bool(after["figures_differ"])) == (False, True)
    assert (
        after["changed"]
        == "Social pension from age 65: benefit per person, central 10\xa0% of GDP per head → 20\xa0% of GDP per head"
    )
    failed = table[table["version"] == "broken"]
    assert len(failed) == 1 and "KeyError: <b>" in failed["message"].iat[0]


def test_the_page_says_who_leads_what_differs_and_what_failed_and_leads_to_the_reports(folders):
    page = write_comparison(task(), folders).read_text(encoding="utf-8")
    ranking = tables(False)["ranking"]
    for name in ranking.loc[ranking["rank_best"] == 1, "name"]:
        assert f"“{name}”" in page
    assert "In all 2 versions first comes" in page
    assert (
        "Social pension from age 65: benefit per person, central 10\xa0% of GDP per head → 20\xa0% of GDP per head"
        in page
    )
    assert "KeyError: &lt;b&gt;" in page and "<b>" not in page.replace("<b>Decides", "")
    assert f'href="{CHAPTER}.html"' in page and f'href="sweep_a_20/{CHAPTER}.html"' in page
    assert f'href="broken/{CHAPTER}.html"' not in page
    assert "most moves the cost of “Social pension from age 65”, from 0.33\N{NO-BREAK SPACE}% to 0.65" in page
    assert "<script" not in page and "Content-Security-Policy" in page and "http:" not in page and "https:" not in page


@pytest.mark.browser
@pytest.mark.skipif(not CHROMIUM and not os.environ.get("CI"), reason="chromium is not installed")
def test_on_a_phone_the_page_itself_does_not_scroll_sideways(folders):
    path = write_comparison(task(), folders)
    with open_browser() as browser:
        page = browser.new_page(viewport={"width": 390, "height": 900})
        page.goto(path.as_uri())
        assert page.locator("figure img").count() == 1
        assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_without_a_baseline_each_version_stands_for_itself(folders):
    (folders.processed / "SEN" / CHAPTER / "run.json").write_text("{", encoding="utf-8")
    page = write_comparison(task(), folders).read_text(encoding="utf-8")
    assert "not run" in page and "level = 20" in page and "0.65" not in page.partition("</table>")[2]


def test_tables_that_were_cut_are_said_and_a_pack_with_problems_has_no_page(folders, tmp_path):
    (folders.processed / "SEN" / "sweep_a_20" / CHAPTER / "costs.csv").write_text("option\n", encoding="utf-8")
    page = write_comparison(task(), folders).read_text(encoding="utf-8")
    assert "its tables are damaged" in page
    assert write_comparison(task(data=str(tmp_path)), folders) is None


@pytest.mark.parametrize(
    "text",
    [
        "a = " + "[" * 5_000,
        "a = " + "9" * 5_000,
        "a" + ".a" * 5_000 + " = 1",
        "a = ",
        "measures = 3",
        "x = nan",
        "population = 3",
    ],
)
def test_a_scenario_that_nobody_wrote_by_hand_has_a_page_without_its_changes(folders, text):
    versions = task()["versions"]
    versions[1] |= {"scenario": text}
    page = write_comparison(task(versions=versions), folders).read_text(encoding="utf-8")
    assert "level = 20" in page and "central 10\xa0% of GDP per head → 20\xa0% of GDP per head" not in page


def test_what_a_version_assumes_of_the_population_is_said(folders):
    versions = task()["versions"]
    versions[1] |= {"scenario": to_toml(Scenario("fewer", "SEN", population={"fertility": 0.9}))}
    page = write_comparison(task(versions=versions), folders).read_text(encoding="utf-8")
    assert "Population: children per woman, times those of the series 1 → 0.9" in page


def test_the_index_leads_to_the_page_and_leaves_out_the_reports_that_it_leads_to(folders):
    before = write_index(folders, data_root()).read_text(encoding="utf-8")
    assert "comparison.html" not in before and "sweep_a_20" in before
    write_comparison(task(), folders)
    index = write_index(folders, data_root()).read_text(encoding="utf-8")
    assert 'href="SEN/comparison.html"' in index
    assert "sweep_a_20" not in index
    assert f'href="SEN/{CHAPTER}.html"' in index and "Priority setting: failed" in index


def test_another_language_has_a_page_of_its_own_and_nothing_is_left_in_english(tmp_path):
    folders = Folders.of(tmp_path)
    write_run(folders, "SEN/qps")
    write_run(folders, "SEN/sweep_a_20/qps", True)
    write_run(folders, "SEN/broken/qps", status="failed", message="")
    page = write_comparison(task("qps"), folders)
    assert page == folders.reports / "SEN" / "qps" / "comparison.html" == page_of(task("qps"), folders)
    text = page.read_text(encoding="utf-8")
    assert f'href="../sweep_a_20/qps/{CHAPTER}.html"' in text and 'href="../../index.html"' in text
    names = re.compile(f"{names_of(pack_of('SEN')).pattern}|level = 20|broken")
    faults = list(faults_of_page(page, text, names))
    assert not faults, listed(faults)


@pytest.mark.parametrize("chapter", chapters())
@pytest.mark.parametrize("language", ["fr", "es"])
def test_what_is_swept_is_said_in_the_language_of_the_page(language, chapter):
    for name, parameter in read_notebook(chapter).parameters.items():
        if name not in COMMON:
            with in_language(language):
                (words,) = _parameter_words({"label": f"{name} = 1", "notebooks": [chapter]})
            assert words and words != parameter.meaning, name


OPTIONS = """from nasssap_lib import costing, priorities
options = costing.assess_options(chapter.pack)
criteria = priorities.assess_criteria(chapter.pack, options)
matrix = priorities.criteria_matrix(criteria, options=options)
ranking = priorities.rank_sequence(matrix, priorities.read_weights("", matrix.values, ()), criteria)
for name, table in {"costs": options, "ranking": ranking,
                    "acceptability_by_rank": priorities.accept_ranks(matrix, criteria, 100, options=options)}.items():
    chapter.show(name, table)"""


def test_a_sweep_through_the_batch_writes_page_and_folders_leaves_the_pack_alone_and_is_current_then(
    tmp_path, monkeypatch
):
    write_notebook(tmp_path / "notebooks", CHAPTER, OPTIONS)
    use_notebooks(monkeypatch, tmp_path / "notebooks")
    given = (["SEN"], (), {}, data_root(), tmp_path / "out", 2)
    records = run_batch(*given, sweep="social_pension.amount_central=20")
    name = "sweep_social_pension_amount_central_20"
    assert [(record.scenario, record.status, record.message) for record in records] == [
        ("", "done", ""), (name, "done", ""),
    ]  # fmt: skip
    page = tmp_path / "out" / "reports" / "SEN" / "comparison.html"
    text = page.read_text(encoding="utf-8")
    assert f'href="{name}/{CHAPTER}.html"' in text and "from 0.33\N{NO-BREAK SPACE}% to 0.65" in text
    assert 'href="SEN/comparison.html"' in (tmp_path / "out" / "reports" / "index.html").read_text(encoding="utf-8")
    assert not (data_root() / "SEN" / "scenarios" / f"{name}.toml").exists()
    when = page.stat().st_mtime_ns
    again = run_batch(*given, sweep="social_pension.amount_central=20")
    assert {record.status for record in again} == {"current"} and page.stat().st_mtime_ns == when


def test_a_page_that_cannot_be_written_stops_no_other(tmp_path, monkeypatch):
    folder = write_place(tmp_path, ["01_stocktaking"])
    use_notebooks(monkeypatch, folder / "notebooks")
    reports = tmp_path / "out" / "reports"
    given = ["XTS", "ZMB"], (), {}, folder / "packs", tmp_path / "out", 2
    taken = reports / "XTS" / "comparison.html"
    taken.mkdir(parents=True)
    with pytest.raises(NasssapError, match=re.escape(str(taken))):
        run_batch(*given, sweep="level=7")
    assert (reports / "ZMB" / "comparison.html").is_file()
    assert "ZMB/comparison.html" in (reports / "index.html").read_text(encoding="utf-8")
    taken.rmdir()
    assert {record.status for record in run_batch(*given, sweep="level=7")} == {"current"}
    assert "XTS/comparison.html" in (reports / "index.html").read_text(encoding="utf-8")
