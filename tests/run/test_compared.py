"""The pages that set versions beside one another: which there are, in which order, and what makes one stale."""

import json

from nasssap_lib.pack.folders import data_root
from nasssap_lib.run.compared import comparisons, digest_of, page_of
from nasssap_lib.run.folders import Folders
from nasssap_lib.run.inputs import Sources
from nasssap_lib.run.plan import plan

RANKING, GAPS = "03_priority_setting", "02_gap_identification"


def pages(folders, *sweeps, languages=("",)):
    jobs = plan(["SEN"], (), {}, data_root(), folders, (), languages, sweeps)
    return comparisons(jobs, Sources(data_root()))


def test_a_page_has_all_versions_of_a_country_in_the_order_of_the_run(tmp_path):
    english, french = pages(Folders.of(tmp_path), "level=5,10", "child_age_to=17", languages=("", "fr"))
    names = ["", "sweep_level_5", "sweep_level_10", "sweep_child_age_to_17"]
    assert [version["name"] for version in english["versions"]] == names
    assert [version["folder"] for version in french["versions"]] == [
        "SEN/fr",
        *(f"SEN/{name}/fr" for name in names[1:]),
    ]
    assert english["versions"][1]["scenario"].startswith("schema = 1")
    assert english["versions"][3]["notebooks"] == [GAPS]
    assert page_of(french, Folders.of(tmp_path)).parts[-4:] == ("reports", "SEN", "fr", "comparison.html")


def test_the_digest_changes_with_what_the_page_says_and_with_nothing_else(tmp_path):
    folders, sources = Folders.of(tmp_path), Sources(data_root())
    record = folders.processed / "SEN" / "sweep_level_5" / RANKING / "run.json"
    record.parent.mkdir(parents=True)
    record.write_text(json.dumps({"status": "done"}), encoding="utf-8")
    (task,) = pages(folders, "level=5")
    digest = digest_of(task, folders, sources)
    (record.parent / "x.txt").write_text("x", encoding="utf-8")
    (elsewhere := folders.processed / "SEN" / "low" / RANKING).mkdir(parents=True)
    (elsewhere / "run.json").write_text("{}", encoding="utf-8")
    assert digest_of(task, folders, sources) == digest
    assert digest_of(*pages(folders, "level=5,10"), folders, sources) != digest
    record.write_text("{}", encoding="utf-8")
    assert digest_of(task, folders, sources) != digest
