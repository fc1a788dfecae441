"""Tables of the four guarantees as a reader sees them."""

from costing_tables import rows_of
from stories import pack_of

from nasssap_lib import costing
from nasssap_lib.display.texts import in_language


def test_a_guarantee_without_a_figure_says_what_it_needs():
    rows = rows_of(costing.guarantees_table(costing.guarantee_costs(pack_of("SEN"))))
    (row,) = (row for row in rows if "severe disabilities" in row and "lower bound" not in row)
    assert "n/a" in row and "Washington Group" in row


def test_published_costs_name_groups_of_countries_and_their_critique():
    rows = " ".join(rows_of(costing.published_table(costing.published_gaps())))
    assert "low-income countries" in rows and "52.3" in rows and "critics" in rows and "Sudan" in rows


def test_every_assumption_has_a_row_that_says_where_it_was_read_and_what_must_be_known_of_that():
    assumed = costing.guarantee_assumptions()
    rows = rows_of(costing.guarantee_assumptions_table(assumed))
    assert len(rows) == 1 + len(assumed)
    for words in ("to be verified", "assumed here", "not read at its source", "to be replaced by the country's own"):
        assert any(words in row for row in rows), words


def test_what_this_project_assumes_is_said_in_the_readers_language_and_a_title_is_not():
    with in_language("fr"):
        rows = " ".join(rows_of(costing.guarantee_assumptions_table(costing.guarantee_assumptions())))
    assert "nasssap, hypothèses par défaut" in rows and "default assumptions" not in rows
    assert "Social protection for maternity" in rows
