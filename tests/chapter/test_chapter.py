"""A country opened for a notebook: its language, what it shows, and what it refuses to show."""

import subprocess
import sys

import pandas as pd
import pytest
from matplotlib.figure import Figure
from stories import pack_of

from nasssap_lib.chapter.chapter import Chapter, open_chapter, read_scenarios
from nasssap_lib.chapter.notebooks import read_notebook
from nasssap_lib.display.numbers import format_fixed
from nasssap_lib.display.texts import current_language, in_language
from nasssap_lib.errors import NasssapError, ParameterError
from nasssap_lib.pack.scenario import Scenario

TABLE = pd.DataFrame({"group": ["Mères"], "value": [0.5]})


def fresh(code: str, folder=None) -> str:
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, cwd=folder)
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_opening_a_notebook_does_not_load_priority_setting():
    code = """
import sys
from nasssap_lib.chapter import open_chapter
open_chapter("01_stocktaking", "SEN")
print(sorted(name for name in sys.modules if name.startswith(("nasssap_lib.priorities.", "nasssap_lib.costing.", "ipywidgets"))))
"""
    assert fresh(code) == "[]"


def test_opening_speaks_the_language_and_the_next_one_speaks_its_own():
    assert open_chapter("01_stocktaking", "SEN", language="fr").country_name == "Sénégal"
    assert current_language() == "fr"
    assert open_chapter("01_stocktaking", "SEN").country_name == "Senegal"
    assert current_language() == "en"


def test_opening_writes_numbers_as_the_country_does():
    for country, number in (("HND", "1,234.5"), ("SEN", "1.234,5")):
        open_chapter("01_stocktaking", country, language="es")
        assert format_fixed(1234.5, 1) == number


@pytest.fixture
def chapter(tmp_path):
    """Senegal opened for notebook 02, with a folder for its tables."""
    return open_chapter("02_gap_identification", "SEN", results=str(tmp_path / "results"))


def test_exhibits_are_numbered_in_order_and_what_is_not_there_takes_no_number(chapter, capsys):
    for name, thing in (("first", TABLE), ("nothing", None), ("second", TABLE), ("picture", Figure())):
        chapter.show(name, thing, note=f"note on {name}")
    printed = capsys.readouterr().out
    assert [number for number in ("2.1", "2.2", "2.3", "2.4") if number in printed] == ["2.1", "2.2", "2.3"]
    assert "note on nothing" in printed and "Figure 2.3" in printed


def test_tables_are_written_where_asked_and_pictures_are_not(chapter, tmp_path):
    chapter.show("gaps", TABLE)
    chapter.show("picture", Figure())
    (path,) = (tmp_path / "results").iterdir()
    assert path.read_bytes() == "group,value\nMères,0.5\n".encode()
    open_chapter("02_gap_identification", "SEN").show("gaps", TABLE)  # no folder was given: nothing is written
    assert [path.name for path in tmp_path.iterdir()] == ["results"]


def test_no_cell_of_a_result_table_is_run_by_a_spreadsheet_or_breaks_its_row(chapter, tmp_path):
    names = ["Benefit;=HYPERLINK(1)", "=HYPERLINK(1)", "Child benefit\r=1+1", "@sum\u2028x"]
    chapter.show("options", pd.DataFrame({"name": names, "change": [-5.2, 1.0, 2.0, 3.0]}))
    lines = (tmp_path / "results" / "options.csv").read_bytes().decode().split("\n")
    assert lines[1:-1] == ["Benefit;'=HYPERLINK(1),-5.2", "'=HYPERLINK(1),1.0", "Child benefit =1+1,2.0", "'@sum x,3.0"]


@pytest.mark.parametrize("name", ["Gaps", "../gaps", "", "1st", "a b", "x" * 61])
def test_a_name_that_is_no_plain_word_is_refused(chapter, name):
    with pytest.raises(ParameterError, match="small letters"):
        chapter.show(name, TABLE)


def test_a_name_that_was_shown_before_is_refused(chapter):
    chapter.show("gaps", TABLE)
    with pytest.raises(ParameterError, match="new name"):
        chapter.show("gaps", TABLE)


def test_letters_that_no_picture_can_draw_are_named_once(chapter, capsys):
    for name, text in (("first", "社 会 වැඩිහිටි"), ("again", "会"), ("more", "保 会")):
        figure = Figure()
        figure.text(0, 0, text)
        chapter.show(name, figure)
    told = [line for line in capsys.readouterr().out.splitlines() if "no font" in line]
    assert [line.rpartition(": ")[2].rstrip("'}") for line in told] == ["会 社.", "保."]


def test_sources_are_cited_once_in_order_and_the_rest_is_counted(chapter):
    ids = chapter.pack.sources.drop_duplicates("short").query("short != ''")["id"].tolist()[:7]
    names = chapter.pack.sources.set_index("id").loc[ids, "short"].tolist()
    table = pd.DataFrame({"source": [f"{ids[1]};{ids[0]}", ids[1], "NOT-IN-THE-PACK"]})
    assert chapter.cite(table) == f"{names[1]}; {names[0]}"
    assert (
        chapter.cite(pd.DataFrame({"source": ids}), most=5) == f"{'; '.join(names[:5])}; and 2 more, listed at the end"
    )


def test_sources_stand_apart_as_the_language_sets_its_semicolons(chapter):
    ids = chapter.pack.sources.drop_duplicates("short").query("short != ''")["id"].tolist()[:2]
    with in_language("fr", chapter.pack.translations("fr")):
        assert chapter.cite(pd.DataFrame({"source": ids})).count("\u00a0; ") == 1


def test_the_head_says_where_what_and_that_it_is_no_government_document(chapter):
    head = chapter._repr_html_()
    assert "Senegal · 2 of" in head and "not a government document" in head
    assert "every figure on this page is invented" in open_chapter("02_gap_identification", "XTC")._repr_html_()


def test_a_name_that_papermill_was_given_and_no_cell_declares_is_refused(monkeypatch):
    """Plain papermill only logs it: the kernel's history says what it was given."""
    history = ['country: str = "SEN"', "# Parameters\ncountry = 'SEN'\nyaer = 2025\n", "chapter = …"]
    monkeypatch.setattr(sys.modules["__main__"], "In", history, raising=False)
    with pytest.raises(
        ParameterError, match="yaer: no parameter of 02_gap_identification; did you mean 'year'"
    ) as error:
        open_chapter("02_gap_identification", "SEN", year=0)
    assert [*error.value.wrong] == ["yaer"]
    history[1] = "# Parameters\ncountry = 'SEN'\nyear = 2025\n"
    assert open_chapter("02_gap_identification", "SEN", year=2025).country_name == "Senegal"


def test_without_a_scenario_there_is_the_baseline_alone(chapter):
    assert list(chapter.versions) == ["baseline"] and chapter.versions["baseline"] is chapter.pack


@pytest.mark.parametrize("names", ["a,b,c", "a,a", ",", "a,"])
def test_names_of_scenarios_that_are_none_or_too_many_are_refused(names):
    with pytest.raises(ParameterError, match="scenario"):
        read_scenarios(pack_of("SEN"), names)


NOTHING_TO_SHOW = {
    "a name that is no text": lambda chapter: chapter.show(5, TABLE),
    "a text for a table": lambda chapter: chapter.show("coverage", "19.9 %"),
    "a number for a note": lambda chapter: chapter.show("coverage", TABLE, 5),
    "a number for a sentence": lambda chapter: chapter.say(19.9),
    "a text for figures of note": lambda chapter: chapter.highlight("19.9 %"),
    "a table without sources": lambda chapter: chapter.cite(TABLE),
    "no table": lambda chapter: chapter.caption(None),
}


@pytest.mark.parametrize("name", NOTHING_TO_SHOW)
def test_what_cannot_be_shown_is_refused_with_what_can(name):
    with pytest.raises(ParameterError, match="expected"):
        NOTHING_TO_SHOW[name](open_chapter("01_stocktaking", "SEN"))


@pytest.mark.parametrize(
    "wrong", [5, ["SEN"], {"a": 1}, b"SEN", 1.5, "x" * 5000, "\0"], ids=lambda wrong: repr(wrong)[:8]
)
def test_whatever_a_parameter_is_it_is_refused_with_a_sentence(wrong):
    for name in ("country", "data", "scenario", "language"):
        with pytest.raises(NasssapError, match="expected|no pack|no name|language"):
            open_chapter("01_stocktaking", **{"country": "SEN", name: wrong})


def test_what_a_scenario_assumes_of_the_population_stands_at_the_head():
    pack = pack_of("HND")
    scenario = Scenario("fewer", "HND", "Fewer children", population={"mortality": 0.9, "fertility_variant": "low"})
    with in_language("es"):
        head = Chapter(read_notebook("02_gap_identification"), pack, scenarios=(scenario,))._repr_html_()
    assert "Población" in head and "tasas de mortalidad" in head and "0,9" in head and "variante baja" in head
