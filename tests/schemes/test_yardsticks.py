"""Aid, debt and earnings beside a country's money, by hand; benefits against yardsticks of the same year or the next."""

import pytest
from country_checks import comes_out
from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.schemes.spending import national_spending
from nasssap_lib.schemes.yardsticks import benefit_yardsticks, earnings_to_product, money_beside, ratio_of_year


def test_aid_earnings_and_spending_calculated_by_hand_come_out_of_the_packs():
    for country in ("ZMB", "RWA"):
        comes_out(f"aid_{country}", one(money_beside(pack_of(country)), what="aid_social_protection")["share"] * 100)
        assert ratio_of_year(pack_of(country), "aid_social_protection", "gdp_current_usd", 2022, 0.001) > 0
    comes_out("wage_ratio_ZMB", one(earnings_to_product(pack_of("ZMB")), sex="total", year=2023)["share"])
    comes_out("spending_SEN", one(national_spending(pack_of("SEN")), what="sum_of_parts")["share"] * 100)


def test_what_was_not_published_keeps_its_line():
    beside = money_beside(pack_of("TZA"))
    row = one(beside, what="tax_structure")
    assert row["reason"] == "not_found" and row["share"] != row["share"]


def test_kinds_of_tax_make_up_the_whole():
    for country in ("SEN", "HND", "RWA", "ZMB"):
        beside = money_beside(pack_of(country))
        assert beside.loc[beside["what"] == "tax_structure", "share"].sum() == pytest.approx(1, abs=0.001)


def test_a_benefit_against_the_minimum_wage_by_hand():
    # PNBSF 2023: 35,000 a quarter; minimum wage 64,223 a month of the same year
    row = one(benefit_yardsticks(pack_of("SEN")), scheme="pnbsf", yardstick="minimum_wage")
    assert row["share"] == pytest.approx(35_000 * 4 / (64_223 * 12))
    # average earnings of 2022: 535.932 x 12 of a GDP per head of the same year in dollars of 2021
    earned = one(earnings_to_product(pack_of("SEN")), sex="total", year=2022)["share"]
    level = one(benefit_yardsticks(pack_of("SEN")), scheme="pnbsf", yardstick="gdp_per_head")["share"]
    assert one(benefit_yardsticks(pack_of("SEN")), scheme="pnbsf", yardstick="average_earnings")[
        "share"
    ] == pytest.approx(level / earned)


@pytest.mark.parametrize("country", ["SEN", "RWA", "ZMB", "XTC"])
def test_yardsticks_are_at_most_a_year_away(country):
    rows = benefit_yardsticks(pack_of(country))
    known = rows[rows["share"].notna()]
    assert ((known["year"] - known["yardstick_year"]).abs() <= 1).all()
    assert (rows.loc[rows["share"].isna(), "reason"] != "").all()


def test_what_lacks_of_earnings_is_named_and_not_another_figure():
    """Burkina Faso has GDP and earnings of 2024, and no GDP per head in the dollars that earnings are published in."""
    pack = pack_of("BFA")
    assert 2024 in set(pack.series("gdp_current")["year"]) and 2024 not in set(
        pack.series("gdp_per_head_ppp_2021")["year"]
    )
    rows = money_beside(pack).query("what == 'average_earnings'")
    told = {reason_words(cell) for cell in rows["reason"]}
    assert told == {"no GDP per head in international dollars of 2021 was published for 2024"}


def test_a_benefit_beside_earnings_without_their_base_says_so():
    """The grant of 2018, where earnings are published and GDP per head in their dollars is taken away."""
    pack = pack_of("BFA")
    facts = pack.facts[pack.facts["indicator"] != "gdp_per_head_ppp_2021"]
    rows = benefit_yardsticks(pack.with_tables(facts=facts))
    told = rows[rows["share"].isna()].groupby("yardstick")["reason"].first()
    assert told["average_earnings"].startswith("no_product_in_dollars") and told["ceiling"] == "no_yardstick"
