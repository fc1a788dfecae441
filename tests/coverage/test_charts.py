"""Pictures of coverage: their texts come from the catalogue, and a narrow bar keeps its number."""

import pytest
from matplotlib.figure import Figure
from picture_checks import text_problems
from pseudo_language import texts_of_picture, untranslated
from stories import DRAWN_THEN_ALL, pack_of

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.coverage import charts, legal
from nasssap_lib.coverage import gaps as coverage
from nasssap_lib.coverage import quintiles as incidence
from nasssap_lib.coverage.charts import (
    plot_coverage_by_group,
    plot_headline,
    plot_law_and_fact,
    plot_quintiles,
    plot_status_quo,
    plot_women_and_men,
)
from nasssap_lib.coverage.gaps import coverage_gaps, project_status_quo
from nasssap_lib.coverage.legal import employment_injury_law_and_fact
from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.display.style import Caption, drawn_as_wide_as
from nasssap_lib.display.texts import in_language
from nasssap_lib.document.slide_content import PICTURE

CAPTION = Caption("Testland", "Statistics 2024")


def pictures(country: str):
    pack = pack_of(country)
    gaps, projection = coverage_gaps(pack), project_status_quo(pack)
    unknown = gaps.assign(effective_coverage=float("nan"), gap_share=float("nan"), reason="no_rate")
    quintiles = coverage_by_quintile(pack)
    return [
        charts.plot_headline(gaps, CAPTION),
        charts.plot_headline(unknown, CAPTION),
        charts.plot_coverage_by_group(gaps, CAPTION, pack.settings.reference_year),
        charts.plot_women_and_men(gaps, CAPTION),
        charts.plot_law_and_fact(employment_injury_law_and_fact(pack), CAPTION),
        charts.plot_status_quo(projection, CAPTION),
        charts.plot_status_quo(projection.assign(gap=float("nan")), CAPTION),
        charts.plot_quintiles(quintiles, CAPTION),
        charts.plot_quintiles(quintiles.assign(coverage=float("nan"), reason="not_published"), CAPTION),
    ]


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_no_text_is_glued_together_or_left_out_of_the_catalogue(country):
    with in_language("qps"):
        texts = [text for figure in pictures(country) for text in texts_of_picture(figure)]
    assert untranslated(texts, pack_of(country)) == []


def test_a_part_too_narrow_for_its_words_shows_its_number():
    gaps = coverage_gaps(pack_of("SEN"))
    narrow = gaps.assign(effective_coverage=0.03, gap_share=0.97)
    texts = texts_of_picture(charts.plot_headline(narrow, CAPTION))
    assert "3\xa0%" in texts
    assert "covered 3\xa0%" not in texts


def test_numbers_of_an_axis_are_written_as_the_language_writes_them():
    with in_language("fr"):
        figure = charts.plot_status_quo(project_status_quo(pack_of("HND")), CAPTION)
        ticks = [label.get_text() for label in figure.axes[0].get_yticklabels()]
        labels = [text for text in texts_of_picture(figure) if "·" in text]
    assert not any("." in text for text in ticks)
    assert labels and not any("." in text for text in labels)


def test_a_projection_is_drawn_as_far_as_the_population_is_known_and_says_what_is_missing():
    pack = pack_of("RWA")
    for people, years in ((pack.population["year"] <= 2045, "2050"), (pack.population["year"] < 2030, "")):
        projection = project_status_quo(pack.with_tables(population=pack.population[people]))
        figure = plot_status_quo(projection, CAPTION)
        said = " ".join(text.replace("\n", " ") for text in texts_of_picture(figure))
        assert "no population was published for the year" in said
        assert f"n/a for {years}" in said if years else "n/a · no population" in said
        assert len(figure.axes[0].lines) == (2 if years else 0)
        assert ("in 2040" if years else "No projection") in figure.get_label()
        assert text_problems(figure) == []


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


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_text_of_the_gap_chapter_can_be_read(country):
    assert unreadable(gap_pictures(country)) == {}
    with drawn_as_wide_as(PICTURE):
        pictures = gap_pictures(country)
    assert unreadable({name: pictures[name] for name in ("headline", "groups", "status quo")}) == {}, "on slides"


def unreadable(pictures: dict[str, Figure | None]) -> dict[str, list[str]]:
    return {name: problems for name, figure in pictures.items() if (problems := text_problems(figure))}
