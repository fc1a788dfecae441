"""Pictures of notebook 01: no text overlaps or is cut for any country, n/a is a word, and each says its finding."""

import dataclasses

import pandas as pd
import pytest
from matplotlib.figure import Figure
from picture_checks import text_problems
from pseudo_language import texts_of_picture, untranslated
from stocktaking_pictures import EMPTY, PICTURES, draw, drawn, words
from stories import DRAWN_THEN_ALL, SPOKEN, pack_of

from nasssap_lib.display.style import Caption, drawn_as_wide_as
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.document.slide_content import PICTURE


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_text_can_be_read(country, name):
    assert text_problems(drawn(country, name)) == []


@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_the_steps_can_be_read_on_a_slide_too(country, language):
    with in_language(language, pack_of(country).translations(language)), drawn_as_wide_as(PICTURE):
        assert text_problems(draw(pack_of(country), "process")) == []


@pytest.mark.parametrize("name", PICTURES)
def test_a_country_without_tables_gets_a_picture_that_says_so(name):
    pack = pack_of("SEN").with_tables(**{table: getattr(pack_of("SEN"), table).iloc[:0] for table in EMPTY})
    figure = draw(pack, name)
    assert text_problems(figure) == []
    assert any(word in words(figure) for word in ("n/a", "nothing found", "none found"))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_alternative_text_says_the_finding_and_what_is_measured(country, name):
    label = drawn(country, name).get_label()
    assert len(label) > 80
    assert "nan" not in label.split()


@pytest.mark.parametrize("name", ["process", "ages", "work", "history"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_every_text_is_of_the_catalogue_or_of_the_pack(country, name):
    pack, (table_of, plot) = pack_of(country), PICTURES[name]
    bare = pack.with_tables(**{table: getattr(pack, table).iloc[:0] for table in EMPTY})
    with in_language(PSEUDO):
        figures = [plot(table_of(known), Caption("Testland", "")) for known in (pack, bare)]
        assert untranslated([text for figure in figures for text in texts_of_picture(figure)], pack) == []


def test_very_long_names_stay_inside_their_cells():
    long = "Institution de prévoyance retraite complémentaire des collectivités territoriales"
    pack = pack_of("SEN")
    renamed = pack.schemes.assign(short_name=[f"{long} {number}" for number in range(len(pack.schemes))])
    pack = dataclasses.replace(
        pack, schemes=renamed, history=pack.history.assign(reform=pack.history["reform"] + " " + long)
    )
    for name in ("matrix", "rates", "levels", "sper", "spending", "history"):  # in which schemes or reforms are named
        text = words(figure := draw(pack, name))
        assert "prévoyance" in text and text_problems(figure) == [], name


def test_the_check_itself_sees_overlap_and_cut_text():
    figure = Figure(figsize=(3, 1))
    figure.text(0.1, 0.5, "first text")
    figure.text(0.15, 0.5, "second text")
    figure.text(0.9, 0.1, "leaves on the right")
    problems = text_problems(figure)
    assert "'first text' overlaps 'second text'" in problems
    assert "'leaves on the right' leaves the canvas" in problems
    assert len(problems) == 2


def test_tables_of_one_row_are_drawn():
    pack = pack_of("SEN")
    lonely = dataclasses.replace(
        pack, history=pack.history.head(1), schemes=pack.schemes[pack.schemes["id"] == "pnbsf"]
    )
    for name in PICTURES:
        assert text_problems(draw(lonely, name)) == [], name
    assert isinstance(lonely.history, pd.DataFrame)
