"""One figure that is odd by itself, and how figures are named."""

from stories import one, pack_of

from nasssap_lib.stocktaking.consistency import contradictions


def test_a_zero_in_law_beside_a_scheme_and_a_printed_error_are_named():
    found = contradictions(pack_of("LKA"))
    assert "Gratuity" in one(found, kind="zero_though_listed")["explanation"]
    assert "printed error" in one(found, kind="marked", subject="Public pens.")["explanation"]
