"""Pictures of notebooks 01 and 02: no text overlaps or is cut for any country, n/a is a word, and meaning never rests on colour alone."""

import dataclasses
import functools

import matplotlib.colors
import pandas as pd
import pytest
from matplotlib.figure import Figure
from matplotlib.patches import Rectangle
from matplotlib.text import Text
from picture_checks import text_problems
from pseudo_language import texts_of_picture, untranslated

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.coverage import gaps as coverage
from nasssap_lib.coverage import legal
from nasssap_lib.coverage import quintiles as incidence
from nasssap_lib.coverage.charts import (
    plot_coverage_by_group,
    plot_headline,
    plot_law_and_fact,
    plot_quintiles,
    plot_status_quo,
    plot_women_and_men,
)
from nasssap_lib.display.sheet import BOXES, break_words
from nasssap_lib.display.style import Caption, text_width
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.schemes import contributions_and_benefits as levels
from nasssap_lib.schemes import health, spending
from nasssap_lib.schemes import inventory as schemes
from nasssap_lib.schemes.charts import plot_levels, plot_rates, plot_scheme_matrix
from nasssap_lib.schemes.charts_spending import compact_amount, plot_health, plot_spending, plot_sper
from nasssap_lib.stocktaking import context as stocktaking
from nasssap_lib.stocktaking.charts import plot_age_pyramid, plot_history, plot_process, plot_work

COUNTRIES = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]
PICTURES = {
    "process": (stocktaking.process_state, plot_process),
    "ages": (stocktaking.age_structure, plot_age_pyramid),
    "work": (stocktaking.work_status, plot_work),
    "matrix": (schemes.scheme_matrix, plot_scheme_matrix),
    "rates": (levels.contribution_rates, plot_rates),
    "levels": (levels.benefit_levels, plot_levels),
    "sper": (spending.sper_matrix, plot_sper),
    "spending": (spending.scheme_spending, plot_spending),
    "health": (health.health_panel, plot_health),
    "history": (stocktaking.past_extensions, plot_history),
}
NEEDS_YEAR = {"health"}
EMPTY = ("facts", "population", "schemes", "scheme_figures", "process", "history")


@functools.cache
def stocktaking_chapter(country: str):
    return open_chapter("01_stocktaking", country)


def draw(pack, name: str) -> Figure:
    """A picture with the caption that the chapter gives it."""
    chapter = stocktaking_chapter(pack.country)
    table_of, plot = PICTURES[name]
    table = table_of(pack)
    year = [pack.settings.reference_year] if name in NEEDS_YEAR else []
    return plot(table, chapter.caption(table), *year)


def gap_pictures(country: str) -> dict[str, Figure | None]:
    """The pictures of notebook 02."""
    chapter = open_chapter("02_gap_identification", country)
    pack, gaps = chapter.pack, coverage.coverage_gaps(chapter.pack)
    projection, quintiles, injury = (
        coverage.project_status_quo(pack),
        incidence.coverage_by_quintile(pack),
        legal.employment_injury_law_and_fact(pack),
    )
    return {
        "headline": plot_headline(gaps, chapter.caption(gaps)),
        "groups": plot_coverage_by_group(gaps, chapter.caption(gaps), pack.settings.reference_year),
        "sexes": plot_women_and_men(gaps, chapter.caption(gaps)),
        "status quo": plot_status_quo(projection, chapter.caption(projection)),
        "quintiles": plot_quintiles(quintiles, chapter.caption(quintiles)),
        "law": plot_law_and_fact(injury, chapter.caption(injury)),
    }


def words(figure: Figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


class Packs(dict):
    """Packs of the countries, each read when it is first asked for."""

    def __missing__(self, country: str):
        return stocktaking_chapter(country).pack


@pytest.fixture(scope="module")
def packs():
    return Packs()


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_can_be_read(packs, country, name):
    assert text_problems(draw(packs[country], name)) == []


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_text_of_the_gap_chapter_can_be_read(country):
    found = {name: problems for name, figure in gap_pictures(country).items() if (problems := text_problems(figure))}
    assert found == {}


@pytest.mark.parametrize("name", PICTURES)
def test_a_country_without_tables_gets_a_picture_that_says_so(packs, name):
    pack = dataclasses.replace(packs["SEN"], **{table: getattr(packs["SEN"], table).iloc[:0] for table in EMPTY})
    figure = draw(pack, name)
    assert text_problems(figure) == []
    assert any(word in words(figure) for word in ("n/a", "nothing found", "none found"))


@pytest.mark.parametrize("name", PICTURES)
@pytest.mark.parametrize("country", ["SEN", "HND"])
def test_alternative_text_says_the_finding_and_what_is_measured(packs, country, name):
    label = draw(packs[country], name).get_label()
    assert len(label) > 80
    assert "nan" not in label.split()


@pytest.mark.parametrize("name", ["process", "ages", "work", "history"])
@pytest.mark.parametrize("country", ["XTC", "SEN"])
def test_every_text_is_of_the_catalogue_or_of_the_pack(packs, country, name):
    pack, (table_of, plot) = packs[country], PICTURES[name]
    bare = dataclasses.replace(pack, **{table: getattr(pack, table).iloc[:0] for table in EMPTY})
    with in_language(PSEUDO):
        figures = [plot(table_of(known), Caption("Testland", "")) for known in (pack, bare)]
        assert untranslated([text for figure in figures for text in texts_of_picture(figure)], pack) == []


def test_very_long_names_stay_inside_their_cells(packs):
    long = "Institution de prévoyance retraite complémentaire des collectivités territoriales"
    pack = packs["SEN"]
    renamed = pack.schemes.assign(short_name=[f"{long} {number}" for number in range(len(pack.schemes))])
    pack = dataclasses.replace(
        pack, schemes=renamed, history=pack.history.assign(reform=pack.history["reform"] + " " + long)
    )
    for name in PICTURES:
        assert text_problems(draw(pack, name)) == [], name


def test_a_word_wider_than_its_cell_is_broken():
    lines = break_words("Mutuelles Rentenversicherungsanstalten", 0.8, 8)
    assert "".join(lines) == "MutuellesRentenversicherungsanstalten"
    assert all(text_width(line, 8) <= 0.8 for line in lines)


def test_boxes_differ_without_colour():
    """In grey, kinds of cells differ by lightness of at least a tenth, or by hatch, or by the darkness of their frame."""

    def grey(colour):
        red, green, blue = matplotlib.colors.to_rgb(colour)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    looks = [(round(grey(face) * 10), round(grey(edge) * 10), hatch) for face, edge, hatch, _ in BOXES.values()]
    assert len(set(looks)) == len(BOXES)


def test_the_matrix_draws_its_states(packs):
    text = words(draw(packs["LKA"], "matrix"))
    assert "inventory incomplete · mothers with newborns: 29.4 % covered in 2020" in text
    assert "none found" in text
    assert "Samurdhi ?" in text
    hatched = [patch for patch in draw(packs["LKA"], "matrix").findobj(Rectangle) if patch.get_hatch()]
    assert len(hatched) == 3  # medical care, employment injury, maternity


def test_rates_of_different_years_are_named_and_not_added_up(packs):
    text = words(draw(packs["HND"], "rates"))
    assert "14.5 (2018) + 9.5 (2025)" in text
    assert "5 + 2.5 = 7.5 · 2025" in text
    assert "1–5 · 2023" in words(draw(packs["SEN"], "rates"))
    assert "n/a · no rate found" in text


def test_what_is_missing_is_named_beside_the_bars(packs):
    assert "n/a for CSS AT-MP" in words(draw(packs["SEN"], "spending"))
    assert "not published" in words(draw(packs["HND"], "health"))
    assert "paid once: no level" in words(draw(packs["HND"], "levels"))
    assert "in doubt" in words(draw(packs["LKA"], "sper"))


@pytest.mark.parametrize(
    ("value", "unit", "text"),
    [
        (8772.9, "lcu_million", "8.77 bn"),
        (305, "lcu_million", "305 mn"),
        (55, "usd_million", "55 mn USD"),
        (20_000, "lcu_per_month", "20,000 a month"),
        (47, "percent", "47\N{NO-BREAK SPACE}%"),
        (float("nan"), "persons", "n/a"),
    ],
)
def test_amounts_in_small_cells(value, unit, text):
    assert compact_amount(value, unit) == text


def test_the_check_itself_sees_overlap_and_cut_text():
    figure = Figure(figsize=(3, 1))
    figure.text(0.1, 0.5, "first text")
    figure.text(0.15, 0.5, "second text")
    figure.text(0.9, 0.1, "leaves on the right")
    problems = text_problems(figure)
    assert "'first text' overlaps 'second text'" in problems
    assert "'leaves on the right' leaves the canvas" in problems
    assert len(problems) == 2


def test_tables_of_one_row_are_drawn(packs):
    pack = packs["SEN"]
    lonely = dataclasses.replace(
        pack, history=pack.history.head(1), schemes=pack.schemes[pack.schemes["id"] == "pnbsf"]
    )
    for name in PICTURES:
        assert text_problems(draw(lonely, name)) == [], name
    assert isinstance(lonely.history, pd.DataFrame)
