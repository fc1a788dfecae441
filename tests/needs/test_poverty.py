"""Published poverty and its check from the shipped deciles; coverage of social assistance by quintile."""

import pytest
from stories import pack_of

from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.needs.poverty import poverty_by_line, recompute_poverty
from nasssap_lib.needs.tables import recomputed_table
from nasssap_lib.needs.words import recomputed_sentence

COUNTRIES = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_headcounts_recomputed_from_deciles_meet_the_published_ones(country):
    check = recompute_poverty(pack_of(country))
    assert len(check) >= 6
    # the World Bank's headcounts come from microdata, ours from ten groups: two and a half points at the worst
    assert check["difference"].abs().max() < 2.5
    assert check["difference"].abs().median() < 1.0
    assert check["line"].str.endswith("ppp2017").all()


def test_senegal_2018_by_line():
    # PIP, September 2022: 9.3355 % at 2.15 dollars of 2017, poverty gap 1.769 %
    table = poverty_by_line(pack_of("SEN")).set_index("line")
    assert table.loc["2.15_ppp2017", ["year", "headcount", "poverty_gap"]].tolist() == [
        2018,
        pytest.approx(0.093355),
        pytest.approx(0.01769),
    ]
    assert table.loc["3.00_ppp2021", "year"] == 2021
    assert table.loc["national", "headcount"] == pytest.approx(0.375)


def test_a_country_without_shares_has_no_check():
    pack = pack_of("SEN")
    assert recompute_poverty(pack.with_tables(welfare=pack.welfare.iloc[:0])).empty


SHARES = {  # of the ten tenths, in percent; why no curve is drawn through them
    "a loss, as in a survey of income": ([-0.7, 2.4, 4, 5, 6, 8, 10, 13, 18, 34.3], "share_of_nothing"),
    "two tenths with nothing": ([0, 0, 4, 5, 6, 8, 10, 13, 18, 36], "share_of_nothing"),
    "from the richest down": ([34, 18, 13, 10, 8, 6, 5, 3, 2, 1], "shares_not_rising"),
    "all the same": ([10.0] * 10, "no_curve_holds"),
    "all with the richest": ([1e-9] * 9 + [100], "no_curve_holds"),
}


@pytest.mark.parametrize(("shares", "why"), SHARES.values(), ids=SHARES.keys())
def test_shares_that_are_no_lorenz_curve_are_not_available_with_the_reason_for_this_survey_alone(shares, why):
    pack, deciles = pack_of("SEN"), [f"d{i}" for i in range(1, 11)]
    welfare = pack.welfare.copy()
    of_2011 = welfare["year"] == 2011
    welfare.loc[of_2011, deciles] = shares
    before, after = recompute_poverty(pack), recompute_poverty(pack.with_tables(welfare=welfare))
    odd = after[after["year"] == 2011]
    assert len(odd) == 3 and odd["recomputed"].isna().all() and odd["difference"].isna().all()
    assert odd["published"].notna().all()
    assert set(odd["reason"]) == {why}
    others = ["year", "line", "recomputed", "reason"]
    same = before[before["year"] != 2011][others].reset_index(drop=True)
    assert after[after["year"] != 2011][others].reset_index(drop=True).equals(same)


def test_where_the_newest_survey_cannot_be_recomputed_the_sentence_and_the_table_say_why():
    pack = pack_of("SEN")
    check = recompute_poverty(pack.with_tables(welfare=pack.welfare.assign(d1=-0.5)))
    sentence = recomputed_sentence(check)
    assert "cannot be checked" in sentence and "nothing or less" in sentence
    html = recomputed_table(check)._repr_html_()
    assert "n/a in every row, and left out: Recomputed, Difference" in html  # of all three lines
    assert "in every row" in html and html.count("nothing or less in this survey") == 1  # said once, below


@pytest.mark.parametrize("country", COUNTRIES)
def test_quintiles_are_of_one_year(country):
    table = coverage_by_quintile(pack_of(country))
    assert table["year"].nunique() == 1
    assert table["coverage"].between(0, 1).all()


def test_burkina_faso_2021_by_quintile():
    # ASPIRE in the World Development Indicators: q1 47.03814 %, q5 28.15761 % (survey of 2021)
    table = coverage_by_quintile(pack_of("BFA")).set_index("quintile")
    assert table.loc["q1", ["year", "coverage"]].tolist() == [2021, pytest.approx(0.4703814)]
    assert table.loc["q5", "coverage"] == pytest.approx(0.2815761)
