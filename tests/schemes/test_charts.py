"""Pictures of schemes: every text through the catalogue. That texts do not overlap is tested with those of the stocktaking."""

import pytest
from matplotlib.patches import Rectangle
from pseudo_language import texts_of_picture, untranslated
from stocktaking_pictures import accounts_of, draw, words
from stories import pack_of

from nasssap_lib import schemes
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import PSEUDO, in_language

PICTURES = {
    "matrix": (schemes.scheme_matrix, schemes.plot_scheme_matrix),
    "rates": (schemes.contribution_rates, schemes.plot_rates),
    "levels": (schemes.benefit_levels, schemes.plot_levels),
    "sper": (schemes.sper_matrix, schemes.plot_sper),
    "spending": (accounts_of, schemes.plot_spending),
    "health": (schemes.health_panel, schemes.plot_health),
}


@pytest.mark.parametrize(
    "country", ["XTC", "SEN", *(pytest.param(code, marks=pytest.mark.soak) for code in ("LKA", "HND"))]
)
@pytest.mark.parametrize("name", PICTURES)
def test_every_text_of_a_picture_is_of_the_catalogue_or_of_the_pack(country, name):
    pack, (table_of, plot) = pack_of(country), PICTURES[name]
    year = [pack.settings.reference_year] if name == "health" else []
    with in_language(PSEUDO):
        for table in (
            (table_of(pack), table_of(pack).iloc[:0]) if name not in ("matrix", "health") else (table_of(pack),)
        ):
            assert untranslated(texts_of_picture(plot(table, Caption("Testland", ""), *year)), pack) == []


def test_the_matrix_draws_its_states():
    text = words(draw(pack_of("LKA"), "matrix"))
    assert "inventory incomplete · mothers with newborns: 29.4 % covered in 2020" in text
    assert "none found" in text
    assert "Samurdhi ?" in text
    hatched = [patch for patch in draw(pack_of("LKA"), "matrix").findobj(Rectangle) if patch.get_hatch()]
    assert len(hatched) == 3  # medical care, employment injury, maternity


def test_rates_of_different_years_are_named_and_not_added_up():
    text = words(draw(pack_of("HND"), "rates"))
    assert "14.5 (2018) + 9.5 (2025)" in text
    assert "5 + 2.5 = 7.5 · 2025" in text
    assert "1–5 · 2023" in words(draw(pack_of("SEN"), "rates"))
    assert "n/a · no rate found" in text
