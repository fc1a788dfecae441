"""Sentences of the review: what they say of real packs, in every language."""

import pytest
from pseudo_language import untranslated
from stories import drawn_first, pack_of

from nasssap_lib import schemes
from nasssap_lib.display.texts import PSEUDO, in_language, label
from nasssap_lib.schemes.ratios import RATIOS
from nasssap_lib.schemes.words_sper import BESIDE_NAMES, PARTS, RATIO_NAMES, joint_title
from nasssap_lib.schemes.yardsticks import BESIDE


def sentences(country: str) -> list[str]:
    pack = pack_of(country)
    review = schemes.sper_sentence(schemes.sper_ratios(pack), schemes.scheme_spending(pack))
    told = [review, schemes.beside_sentence(schemes.money_beside(pack))]
    return [sentence.replace("\u00a0", " ") for sentence in told]


def test_every_ratio_and_every_figure_beside_has_words():
    assert {ratio.id for ratio in RATIOS} <= set(RATIO_NAMES)
    assert [what for what, *_ in BESIDE] == list(BESIDE_NAMES)


def test_who_pays_more_than_comes_in_is_named_with_the_year():
    assert "PSSSF (104.6 % of contributions received in 2022)" in sentences("TZA")[0]
    assert "More goes out" not in sentences("SEN")[0]
    # an account of both branches of the institute, which is not the pension branch's
    assert (
        "More goes out than comes in for IHSS EM and IHSS IVM together (147.2 % of income in 2013)"
        in sentences("HND")[0]
    )


def test_spending_of_several_schemes_together_is_named_beside_those_of_one():
    assert "Beside them stands what is spent by IHSS EM and IHSS IVM together" in sentences("HND")[0]
    assert "Beside them" not in sentences("SEN")[0]


def test_of_how_many_schemes_an_outturn_is_known_and_of_which_years():
    assert sentences("RWA")[0].startswith("No outturn of a year that can be set against GDP was found for any scheme.")
    assert sentences("LKA")[0].startswith(
        "1 scheme of 12 has an outturn of a year that can be set against GDP: of 2010."
    )


def test_aid_and_debt_are_told_with_their_years():
    assert "0.3 % of GDP for social protection in 2022" in sentences("ZMB")[1]
    assert "30.5 % of exports in 2024" in sentences("ZMB")[1]


@pytest.mark.parametrize("country", drawn_first("XTC", "SEN", "MLI", "HND", "LKA"))
def test_every_sentence_is_of_the_catalogue(country):
    with in_language(PSEUDO):
        assert untranslated(sentences(country), pack_of(country)) == []


def test_the_title_of_the_picture_of_spending_names_all_schemes_of_the_largest_account():
    titles = {}
    for country in ("HND", "MLI", "SEN"):
        pack = pack_of(country)
        accounts = schemes.spending_accounts(schemes.scheme_spending(pack), schemes.money_lines(pack))
        titles[country] = joint_title(accounts, country).replace("\u00a0", " ")
    # the budget of 2024, 18.3 of 919.89 billion lempiras
    assert titles["HND"].endswith(
        "2 of 12 schemes in HND; IHSS EM and IHSS IVM together have the most, 1.99 % (2024, budget)"
    )
    assert "INPS" in titles["MLI"] and "together" in titles["MLI"] and titles["SEN"] == ""


@pytest.mark.parametrize(
    ("language", "income", "payroll"),
    [
        ("en", "income, not allocable between persons and companies", "payroll"),
        (
            "fr",
            "impôts sur le revenu non ventilables entre personnes et sociétés",
            "impôts sur les salaires et la main-d'œuvre",
        ),
        ("es", "renta no clasificable entre personas y empresas", "nómina"),
    ],
)
def test_taxes_have_the_names_of_revenue_statistics(language, income, payroll):
    with in_language(language):
        assert (label(PARTS, "income_not_allocable"), label(PARTS, "payroll")) == (income, payroll)
