"""Pictures of spending and health: what is missing or in doubt is named, and amounts fit small cells."""

import pandas as pd
import pytest
from stocktaking_pictures import draw, words
from stories import pack_of

from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption
from nasssap_lib.schemes.charts_spending import MOST_DRAWN, compact_amount, plot_sper
from nasssap_lib.schemes.spending import sper_matrix


def test_what_is_missing_is_named_beside_the_bars():
    assert "n/a for CSS AT-MP" in words(draw(pack_of("SEN"), "spending"))
    assert "not published" in words(draw(pack_of("HND"), "health"))
    told = nothing_of(draw(pack_of("HND"), "levels"))  # a sentence, not axes without a bar
    assert "an amount a payment, not a year: no level" in told
    assert "in doubt" in words(draw(pack_of("LKA"), "sper"))


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


def test_of_very_many_schemes_the_first_are_drawn_and_the_picture_says_of_how_many():
    sper = sper_matrix(pack_of("SEN"))
    many = pd.concat([sper.assign(scheme=sper["scheme"] + f"_{i}") for i in range(20)], ignore_index=True)
    number = many["scheme"].nunique()
    assert number > MOST_DRAWN
    told = " ".join(words(plot_sper(many, Caption("Senegal", "x"))).split())
    assert f"The first {MOST_DRAWN} of {number} schemes" in told


def test_an_account_of_several_schemes_has_bars_of_its_own_and_hides_none_of_its_schemes():
    text = words(draw(pack_of("HND"), "spending")).replace("\u00a0", " ")
    assert text.count("IHSS EM and IHSS IVM together") == 3  # two bars, and the title
    assert "1.54 %" in text and "1.99 %" in text and "0.27 %" in text
    assert "n/a for IHSS EM," in text  # of its own nothing is known
