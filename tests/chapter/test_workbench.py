"""The workbench speaks the language it was opened in: controls, lines and facts; what it is told wrong is refused."""

import pytest
from pseudo_language import faults_of_text, names_of, text_blocks

from nasssap_lib.chapter.workbench import open_workbench
from nasssap_lib.display.texts import use_language
from nasssap_lib.errors import ParameterError
from nasssap_lib.pack.reader import countries, data_root, read_pack


@pytest.fixture(autouse=True)
def english():
    yield
    use_language("")


def controls(workbench):
    names = [
        "country",
        "second",
        "group",
        "sex",
        "year",
        "target",
        "measure",
        "level",
        "take_up",
        "start",
        "keep",
        "name",
        "save",
    ]
    return [getattr(workbench, name).description for name in names]


def test_wrong_countries_and_languages_are_refused_all_at_once():
    with pytest.raises(ParameterError) as caught:
        open_workbench("SEM", "", "ZMX", "french")
    for words in ("country: no pack 'SEM'", "second: no pack 'ZMX'", "language: expected one of"):
        assert words in str(caught.value)


def test_it_speaks_french_and_then_english():
    assert "Pays" in controls(open_workbench("SEN", language="fr"))
    assert ("Senegal (SEN)", "SEN") in open_workbench("SEN").country.options


def test_no_text_of_the_workbench_is_left_out_or_glued_together():
    workbench = open_workbench("XTC", language="qps")
    names = names_of(*(read_pack(code) for code in countries(data_root())))
    shown = controls(workbench)
    shown += [
        words
        for widget in (workbench.country, workbench.second, workbench.group, workbench.sex)
        for words, _ in widget.options
    ]
    exhibits = workbench.exhibits.values()
    shown += [words for exhibit in exhibits for words, _ in exhibit.bars.options]
    html = [workbench.gap_text.value, workbench.cost_text.value, *(exhibit.facts.value for exhibit in exhibits)]
    workbench.write()
    html += [workbench.message.value]
    shown += [text for page in html for _, text in text_blocks(page)]
    assert [fault for text in shown for fault in faults_of_text(text, names)] == []
