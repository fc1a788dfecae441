"""Sentences and titles on schemes: whole sentences of the catalogue, in numbers that agree."""

import pandas as pd
import pytest
from pseudo_language import untranslated
from stories import drawn_first, pack_of

from nasssap_lib import schemes
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.schemes import words

EMPTIED = ("facts", "schemes", "scheme_figures")


def sentences_of(pack, name: str = "Testland") -> list[str]:
    """Every sentence and title of the room."""
    inventory, matrix, relations = schemes.scheme_inventory(pack), schemes.scheme_matrix(pack), schemes.relations(pack)
    rates, levels, sper = schemes.contribution_rates(pack), schemes.benefit_levels(pack), schemes.sper_matrix(pack)
    spending, panel = schemes.scheme_spending(pack), schemes.health_panel(pack)
    return [
        words.inventory_sentence(inventory),
        words.matrix_title(matrix, name),
        words.without_sentence(schemes.branches_without_scheme(pack)),
        words.relations_sentence(relations),
        words.rates_title(rates, name),
        words.rates_sentence(rates),
        words.levels_title(levels, name),
        words.sper_title(sper, name),
        words.spending_title(spending, name),
        words.spending_sentence(schemes.spending_total(spending, schemes.national_spending(pack))),
        words.health_title(panel, name),
        words.affiliation_sentence(schemes.health_affiliation(pack)),
    ]


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "LKA", "MLI"))
def test_every_sentence_is_of_the_catalogue(country):
    pack = pack_of(country)
    bare = pack.with_tables(**{table: getattr(pack, table).iloc[:0] for table in EMPTIED})
    with in_language(PSEUDO):
        assert untranslated([*sentences_of(pack), *sentences_of(bare)], pack) == []


def test_sentences_on_senegal():
    told = sentences_of(pack_of("SEN"), "Senegal")
    assert told[0].startswith("The inventory lists 9 schemes: ")
    assert told[6].endswith(" of GDP per head")
    assert (
        "sum of the parts that its source prints: 2.92\N{NO-BREAK SPACE}% of GDP in 2021. The printed total and its parts contradict"
        in told[9]
    )


def test_a_count_stands_behind_a_kind_that_cannot_agree_with_it():
    """Senegal: six schemes of social insurance; "6 assurance sociale" was no French, "5 seguro social" no Spanish."""
    inventory = schemes.scheme_inventory(pack_of("SEN"))
    for language, said in (("fr", "assurance sociale (6)"), ("es", "seguro social (6)")):
        with in_language(language):
            assert said in words.inventory_sentence(inventory)


def test_one_scheme_is_singular():
    inventory = schemes.scheme_inventory(pack_of("SEN"))
    assert words.inventory_sentence(inventory[inventory["informal"]].head(1)) == (
        "The inventory lists one scheme: social insurance (1). 1 of them is run by communities or open to informal workers. "
        "A scheme that no source names is not in this list; it may exist all the same."
    )


@pytest.mark.parametrize(
    ("kinds", "title"),
    [
        (["outturn", ""], "Expenditure in % of GDP is known for one of 2 schemes in Zephyria: A, 0.1\xa0% in 2020"),
        (["budget", ""], "Of the 2 schemes in Zephyria, a budget in % of GDP is known for one: A, 0.1\xa0% in 2020"),
        (
            ["budget", "budget"],
            "Budgets in % of GDP are known for 2 of 2 schemes in Zephyria; B has the largest, 0.2\xa0%",
        ),
        (
            ["outturn", "outturn"],
            "Expenditure in % of GDP is known for 2 of 2 schemes in Zephyria; B has the most, 0.2\xa0%",
        ),
        (
            ["outturn", "budget"],
            "Expenditure or budgets in % of GDP are known for 2 of 2 schemes in Zephyria; B has the most, 0.2\xa0%",
        ),
    ],
)
def test_one_scheme_has_not_the_most_and_a_budget_is_no_expenditure(kinds, title):
    spending = pd.DataFrame({"short_name": ["A", "B"], "kind": kinds, "year": [2020, 2021], "share": [0.001, 0.002]})
    spending.loc[spending["kind"] == "", "share"] = float("nan")
    assert words.spending_title(spending, "Zephyria") == title


def test_a_share_of_the_budget_says_of_which_budget():
    """Sri Lanka's budget of 2026."""
    pack = pack_of("LKA")
    total = schemes.spending_total(schemes.scheme_spending(pack), schemes.national_spending(pack))
    told = "In the budget of 2026, social protection is 9.3\xa0% of government spending; no outturn was found."
    assert told in words.spending_sentence(total)
