"""Pictures of schemes: every text through the catalogue. That texts do not overlap is tested with those of the stocktaking."""

import pytest
from pseudo_language import texts_of_picture, untranslated

from nasssap_lib import schemes
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import PSEUDO, in_language
from nasssap_lib.pack.reader import read_pack

PICTURES = {
    "matrix": (schemes.scheme_matrix, schemes.plot_scheme_matrix),
    "rates": (schemes.contribution_rates, schemes.plot_rates),
    "levels": (schemes.benefit_levels, schemes.plot_levels),
    "sper": (schemes.sper_matrix, schemes.plot_sper),
    "spending": (schemes.scheme_spending, schemes.plot_spending),
    "health": (schemes.health_panel, schemes.plot_health),
}


@pytest.mark.parametrize("country", ["XTC", "SEN", "LKA"])
@pytest.mark.parametrize("name", PICTURES)
def test_every_text_of_a_picture_is_of_the_catalogue_or_of_the_pack(country, name):
    pack, (table_of, plot) = read_pack(country), PICTURES[name]
    year = [pack.settings.reference_year] if name == "health" else []
    with in_language(PSEUDO):
        for table in (
            (table_of(pack), table_of(pack).iloc[:0]) if name not in ("matrix", "health") else (table_of(pack),)
        ):
            assert untranslated(texts_of_picture(plot(table, Caption("Testland", ""), *year)), pack) == []
