"""Pictures of notebook 03: no text overlaps or is cut for any country, what is not available is a word, alternative text is there."""

from functools import cache

import pytest
from matplotlib.text import Text
from picture_checks import text_problems
from small_pack import write_small_pack
from stories import DRAWN_THEN_ALL, pack_of, story

from nasssap_lib.chapter.chapter import open_chapter
from nasssap_lib.costing.charts import plot_frontier
from nasssap_lib.costing.options import assess_options
from nasssap_lib.display.style import Caption
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.priorities.charts import WIDEST, plot_acceptability, plot_contributions
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import criteria_matrix
from nasssap_lib.priorities.sequence import accept_ranks, rank_sequence, score_options
from nasssap_lib.priorities.weights import read_weights


@cache
def pictures(country: str, weights: str = "") -> dict:
    """The pictures of notebook 03, drawn once a process: placing labels takes a second."""
    told, chapter = story(country), open_chapter("03_priority_setting", country)
    matrix, criteria = told["matrix"], told["criteria"]
    weighed = read_weights(weights, matrix.values)
    ranking, caption = rank_sequence(matrix, weighed, criteria), chapter.caption(criteria)
    return {
        "frontier": plot_frontier(told["options"], chapter.caption(told["options"])),
        "contributions": plot_contributions(score_options(matrix, weighed), ranking, caption),
        "acceptability": plot_acceptability(accept_ranks(matrix, criteria, 500, options=told["options"]), caption),
    }


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_every_text_can_be_read(country):
    for name, figure in pictures(country).items():
        assert text_problems(figure) == [], name


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_alternative_text_says_the_finding_and_what_is_measured(country):
    place = pack_of(country).settings.name_en
    for figure in pictures(country).values():
        assert place in figure.get_label()
        assert len(figure.get_label()) > 80


@pytest.mark.parametrize("country", ["LKA", "ZMB"])
def test_a_range_that_leaves_the_scale_ends_in_an_arrow_and_no_other(country):
    ranking = story(country)["ranking"]
    arrows = [line.get_marker() for line in pictures(country)["contributions"].axes[0].lines]
    assert arrows.count("<") == (ranking["score_low"] < 0).sum() > 0
    assert arrows.count(">") == (ranking["score_high"] > WIDEST).sum() > 0


def test_what_is_not_available_is_a_word():
    drawn = pictures("HND")
    assert "n/a, not drawn: Maternity benefit for all mothers" in words(drawn["frontier"])
    assert "not ranked · no prevalence" in words(drawn["contributions"])
    assert "not ranked" in words(drawn["acceptability"])
    assert "n/a" in words(drawn["contributions"])  # what a missing figure could add


def test_where_evidence_is_missing_the_title_claims_no_leader():
    assert "missing figure" in words(pictures("SEN")["contributions"])
    assert "of what can be compared" in words(pictures("HND")["frontier"])


def test_one_criterion_alone_can_be_drawn():
    drawn = pictures("SEN", "cost=1")
    assert [text_problems(drawn[name]) for name in ("contributions", "acceptability")] == [[], []]


def test_without_options_nothing_is_drawn(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    options = assess_options(pack)
    criteria = assess_criteria(pack, options)
    matrix = criteria_matrix(criteria)
    caption = Caption("Testland", "")
    assert plot_frontier(options, caption) is None
    assert plot_contributions(score_options(matrix, {}), rank_sequence(matrix, {}, criteria), caption) is None
    assert plot_acceptability(accept_ranks(matrix, criteria), caption) is None


def test_options_without_any_cost_give_a_picture_of_what_is_missing():
    pack = pack_of("SEN")
    options = assess_options(pack).query("option == 'disability_benefit'")
    figure = plot_frontier(options, Caption("Senegal", "S"))
    assert "n/a" in words(figure)
    criteria = assess_criteria(pack, options).query("option == 'disability_benefit'")
    matrix = criteria_matrix(criteria)
    ranking = rank_sequence(matrix, {}, criteria)
    assert "n/a" in words(plot_contributions(score_options(matrix, {}), ranking, Caption("Senegal", "S")))
    assert "n/a" in words(plot_acceptability(accept_ranks(matrix, criteria), Caption("Senegal", "S")))
