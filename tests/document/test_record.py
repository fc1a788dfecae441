"""The record of the notebooks holds what their reports show, and leaves nothing behind."""

import matplotlib.pyplot as plt
import pytest
from recorded import recorded
from small_pack import edit, write_small_pack
from stories import pack_of

from nasssap_lib.chapter.chapter import Chapter, open_chapter
from nasssap_lib.display.tables import ReportTable
from nasssap_lib.display.texts import current_language
from nasssap_lib.document.record import record_country
from nasssap_lib.errors import NasssapError
from nasssap_lib.monitoring.agreed import review_terms
from nasssap_lib.monitoring.words import review_terms_sentence
from nasssap_lib.pack.reader import read_pack


def test_sentences_stand_before_the_exhibit_of_their_cell():
    record = recorded("XTC")
    exhibit = record.exhibits["06.review_terms"]
    assert exhibit.said == (review_terms_sentence(review_terms(pack_of("XTC"))),)
    assert isinstance(exhibit.thing, ReportTable) and "Invented for training" in exhibit.source
    moved = record.after["06.progress"]
    assert len(moved) == 1 and moved[0].startswith("What waits for what slipped")


def test_a_picture_of_nothing_is_its_sentence_and_findings_keep_their_exhibit():
    record = recorded("SEN")
    assert "no action plan" in record.exhibits["06.progress"].nothing
    assert [exhibit for *_words, exhibit in record.findings["06"]] == ["targets", "sheets", "review_terms"]


def test_every_source_that_is_cited_is_known():
    pack = pack_of("SEN")
    assert set(recorded("SEN").sources) <= set(pack.sources["id"]) and len(recorded("SEN").sources) > 20


def test_nothing_is_left_behind():
    recorded("SEN", "fr")
    assert current_language() == "en" and plt.get_fignums() == []
    assert type(open_chapter("06_monitoring", "SEN")) is Chapter


def test_what_a_notebook_refuses_is_named_with_its_cell():
    with pytest.raises(NasssapError, match="06_monitoring, code cell 1: .*review"):
        record_country("SEN", notebooks=["06_monitoring"], given={"review": "2026-13"})


def test_a_notebook_takes_the_parameters_that_it_declares():
    steps: list[str] = []
    record = record_country(
        "XTC", notebooks=["06_monitoring"], given={"review": "2026-03", "year": 2030}, step=steps.append
    )
    assert steps == ["06_monitoring"] and record.exhibits["06.progress_table"].thing.data["planned_now"].max() > 0.5


def test_code_of_the_folder_where_one_stands_is_not_executed(tmp_path, monkeypatch):
    (tmp_path / "06_monitoring.ipynb").write_text('{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}')
    (tmp_path / "sitecustomize.py").write_text("raise SystemExit(9)")
    monkeypatch.chdir(tmp_path)
    assert "06.targets" in record_country("SEN", notebooks=["06_monitoring"]).exhibits


def test_what_one_notebook_asked_of_the_pack_the_next_one_knows(tmp_path):
    edit(
        write_small_pack(tmp_path) / "country.toml", "Testland", "Land of one question"
    )  # of which nobody asked before
    known: list[int] = []
    record_country(
        "XTS",
        str(tmp_path),
        notebooks=["05_action_plan", "05_action_plan"],
        step=lambda _name: known.append(len(read_pack("XTS", tmp_path)._answers)),
    )
    assert known[0] < known[1]
