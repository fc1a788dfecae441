"""Health: a panel of published indicators, and counts of affiliation side by side."""

from stories import one, pack_of

from nasssap_lib.schemes.health import health_affiliation, health_panel


def test_health_panel_and_affiliation():
    panel = health_panel(pack_of("SEN"))
    assert one(panel, indicator="out_of_pocket_share")["value"] == 48.82735
    assert one(health_panel(pack_of("HND")), indicator="catastrophic_health_spending")["reason"] == "not_published"
    rwanda = health_affiliation(pack_of("RWA"))
    assert set(rwanda[rwanda["measure"] == "health_insurance_coverage"]["value"]) == {
        85.3,
        89.0,
    }  # both published counts of 2024
    assert health_affiliation(pack_of("LKA"))["reason"].tolist() == ["no_health_scheme"]
