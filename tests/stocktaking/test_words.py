"""Sentences and titles of the stocktaking: whole sentences of the catalogue, in numbers that agree."""

import pandas as pd
import pytest
from pseudo_language import untranslated
from stories import drawn_first, pack_of

from nasssap_lib import schemes, stocktaking
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.stocktaking import words

EMPTIED = ("facts", "population", "schemes", "scheme_figures", "process", "history", "links", "conventions")


def sentences_of(pack, name: str = "Testland") -> list[str]:
    """Every sentence, title and figure of the room."""
    inventory, matrix, sper = schemes.scheme_inventory(pack), schemes.scheme_matrix(pack), schemes.sper_matrix(pack)
    figures = words.stocktaking_figures(inventory, matrix, sper)
    return [
        words.process_title(stocktaking.process_state(pack), name),
        words.subjects_sentence(stocktaking.evidence_by_subject(pack), name),
        words.contradiction_sentence(stocktaking.contradictions(pack)),
        words.collection_sentence(stocktaking.figures_to_collect(pack)),
        words.work_title(stocktaking.work_status(pack), name),
        words.pyramid_title(stocktaking.age_structure(pack), name),
        words.history_title(stocktaking.past_extensions(pack), name),
        words.links_sentence(stocktaking.plans_and_laws(pack)),
        words.conventions_sentence(stocktaking.conventions(pack)),
        *(text for figure in figures for text in figure),
    ]


def test_where_a_review_asks_for_nothing_no_share_of_it_is_told():
    """As where the one scheme is planned, or pays nothing that a review counts."""
    pack = pack_of("MLI")
    inventory, matrix, sper = schemes.scheme_inventory(pack), schemes.scheme_matrix(pack), schemes.sper_matrix(pack)
    assert len(words.stocktaking_figures(inventory, matrix, sper)) == 3
    assert len(words.stocktaking_figures(inventory, matrix, sper.iloc[:0])) == 2


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "RWA"))
def test_every_sentence_is_of_the_catalogue(country):
    pack = pack_of(country)
    bare = pack.with_tables(**{table: getattr(pack, table).iloc[:0] for table in EMPTIED})
    with in_language(PSEUDO):
        assert untranslated([*sentences_of(pack), *sentences_of(bare)], pack) == []


def test_one_plan_is_not_told_in_the_plural_nor_that_none_was_read_by_its_title():
    pack = pack_of("SEN")
    plan = pack.links.iloc[:1].assign(year=pack.settings.reference_year, period="", content="")

    def said(links):
        return words.links_sentence(stocktaking.plans_and_laws(pack.with_tables(links=links)))

    one = "The strategy stands inside 1 plan, programme, policy or law."
    assert said(plan) == f"{one} Of one document, only title and year were read."
    assert said(plan.assign(content="Social protection for all")) == one


def test_sentences_on_senegal():
    told = sentences_of(pack_of("SEN"), "Senegal")
    assert (
        told[0]
        == "Five of the eight steps towards a strategy left a trace in Senegal; nothing was found on steps 3, 4 and 6"
    )
    assert told[4] == "Seven in ten working people in Senegal have no employer who could contribute for them"
    assert told[5] == "Senegal's population of 65 and over will more than double by 2050"
    assert "First: coverage of children; the group counts about " in told[3]


def test_a_figure_has_its_parts_behind_its_name():
    figures = {
        country: [words.figure_name(figure) for figure in stocktaking.contradictions(pack_of(country))["figure"]]
        for country in ("BFA", "LKA")
    }
    assert "Coverage of all social protection programmes (ASPIRE)" in figures["BFA"]
    assert "Effective coverage by social protection, unemployed persons" in figures["LKA"]
    assert "Aswesuma: budget" in figures["LKA"]


def test_what_figures_would_change_is_said_once_for_all_of_them():
    wanted = stocktaking.figures_to_collect(pack_of("SEN"))
    told = words.aims_sentence(wanted)
    for aim, ranks in wanted.groupby("aim")["rank"]:
        first, last = ranks.min(), ranks.max()
        numbers = f"({first} to {last})" if first != last else f"({first})"
        assert told.count(f"{words.AIM_NAMES[aim]} {numbers}") == 1
    assert words.aims_sentence(wanted.head(0)) == ""
    page = stocktaking.collection_table(wanted)._repr_html_()
    assert not any(name in page for name in words.AIM_NAMES.values())


def test_a_country_opens_a_title_in_french():
    with in_language("fr"):
        assert words.work_title(stocktaking.work_status(pack_of("SEN")), "Sénégal").startswith(
            "Sénégal\N{NO-BREAK SPACE}: sept dixièmes des travailleurs n'ont pas d'employeur"
        )


def test_steps_that_are_only_planned_are_told_from_those_that_were_taken():
    every = pd.DataFrame({"step": range(1, 9), "newest": True, "state": ["done"] * 6 + ["planned"] * 2})
    title = words.process_title(every, "Zephyria")
    assert title == "All eight steps towards a strategy left a trace in Zephyria; two are only planned"
    one = every.assign(state=["done"] * 6 + ["planned", "not_found"])
    assert words.process_title(one, "Zephyria") == (
        "Seven of the eight steps towards a strategy left a trace in Zephyria; one is only planned; nothing was found on step 8"
    )
