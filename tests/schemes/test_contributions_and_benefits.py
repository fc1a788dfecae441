"""Rates of contribution with their ranges and years; levels of benefits by hand."""

import pytest
from stories import ALL, one, pack_of

from nasssap_lib.schemes.contributions_and_benefits import benefit_levels, contribution_rates


def test_contribution_rates_keep_ranges_years_and_decreed_rates():
    senegal, mali = contribution_rates(pack_of("SEN")), contribution_rates(pack_of("MLI"))
    assert one(senegal, short_name="CSS AT-MP")[["low", "high"]].tolist() == [1, 5]
    # company health insurance: employer and worker each 2 to 7.5 %, as the inventory says
    assert senegal[senegal["short_name"] == "IPM"][["payer", "low", "high"]].values.tolist() == [
        ["employer", 2, 7.5],
        ["worker", 2, 7.5],
    ]
    assert one(contribution_rates(pack_of("ZMB")), short_name="PSPF")["reason"] == "no_rate_found"
    employer = one(mali, short_name="AMO", payer="employer")
    assert employer[["low", "high", "year", "last_year"]].tolist() == [3.5, 4.48, 2016, 2023]
    pension = one(contribution_rates(pack_of("RWA")), scheme="rssb_pension", payer="worker")
    assert (pension["high"], pension["year"]) == (6, 2025)  # not the 10 % decreed for 2030
    assert pension["later"] == "7 (2027), 8 (2028), 9 (2029), 10 (2030)"


def test_levels_of_benefits_by_hand():
    # 35,000 CFA francs a quarter × 4 ÷ GDP per head of 2023 (1,025,196 CFA francs) = 13.66 %, for a household; 25,000 before
    pnbsf = one(benefit_levels(pack_of("SEN")), scheme="pnbsf")
    assert pnbsf["share"] == pytest.approx(140_000 / 1_025_196.001, rel=1e-6)
    assert pnbsf["recipient"] == "household"
    # 13 US dollars a month × 12 ÷ GDP per head of 2016 (966.292 US dollars) = 16.14 %
    assert one(benefit_levels(pack_of("TZA")), scheme="pssn")["share"] == pytest.approx(156 / 966.292, rel=1e-6)
    # 3,000 rupees a month × 12 ÷ GDP per head of 2024 (1,306,613 rupees) = 2.76 %, for a person; the 2,000 of 2023 are superseded
    elders = one(benefit_levels(pack_of("LKA")), scheme="elders_allowance")
    assert elders["share"] == pytest.approx(36_000 / 1_306_613.463, rel=1e-6)
    assert elders["recipient"] == "person"
    assert one(benefit_levels(pack_of("HND")), scheme="bono_oro")["reason"] == "paid_once"


def test_how_a_contribution_is_shared_is_read_in_one_way():
    # Senegal's FNR: 35 % in all, of which the State as employer 23 (one source): the worker's 12 is the rest
    own = contribution_rates(pack_of("SEN")).query("scheme == 'fnr'").set_index("payer")
    assert own["high"].to_dict() == {"employer": 23.0, "worker": 12.0}
    assert own.loc["worker", "quality"] == "estimated" and own.loc["employer", "quality"] == "observed"
    # the training country: 3 + 3 = 6 is said once; 1.1 in all is the employer's own 0.6 to 2.4
    training = contribution_rates(pack_of("XTC"))
    assert "total" not in set(training["payer"])
    assert training.query("scheme == 'wpf'")["payer"].tolist() == ["employer", "worker"]
    assert training.query("scheme == 'wicf'")["payer"].tolist() == ["employer"]
    # Honduras' teachers: 24.5 % and nothing more
    teachers = one(contribution_rates(pack_of("HND")), scheme="inprema")
    assert (teachers["payer"], teachers["detail"]) == ("total", "split_not_stated")


@pytest.mark.parametrize("country", ALL)
def test_no_scheme_has_a_split_that_is_stated_and_not_stated(country):
    rates = contribution_rates(pack_of(country))
    for _, own in rates.groupby("scheme"):
        assert not ({"employer", "worker"} & set(own["payer"]) and "total" in set(own["payer"]))


def test_notes_travel_with_rates_and_levels():
    assert one(contribution_rates(pack_of("RWA")), scheme="rssb_injury")["note"] == "year inferred"
    assert one(benefit_levels(pack_of("HND")), scheme="bono_oro")["note"] == "year inferred"
