"""Published poverty and its check from the shipped deciles; coverage of social assistance by quintile."""

import pytest

from nasssap_lib.coverage.quintiles import coverage_by_quintile
from nasssap_lib.needs.poverty import poverty_by_line, recompute_poverty
from nasssap_lib.pack.reader import read_pack

COUNTRIES = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_headcounts_recomputed_from_deciles_meet_the_published_ones(country):
    check = recompute_poverty(read_pack(country))
    assert len(check) >= 6
    # the World Bank's headcounts come from microdata, ours from ten groups: two and a half points at the worst
    assert check["difference"].abs().max() < 2.5
    assert check["difference"].abs().median() < 1.0
    assert check["line"].str.endswith("ppp2017").all()


def test_senegal_2018_by_line():
    # PIP, September 2022: 9.3355 % at 2.15 dollars of 2017, poverty gap 1.769 %
    table = poverty_by_line(read_pack("SEN")).set_index("line")
    assert table.loc["2.15_ppp2017", ["year", "headcount", "poverty_gap"]].tolist() == [
        2018,
        pytest.approx(0.093355),
        pytest.approx(0.01769),
    ]
    assert table.loc["3.00_ppp2021", "year"] == 2021
    assert table.loc["national", "headcount"] == pytest.approx(0.375)


def test_a_country_without_shares_has_no_check():
    pack = read_pack("SEN")
    from dataclasses import replace

    assert recompute_poverty(replace(pack, welfare=pack.welfare.iloc[:0])).empty


@pytest.mark.parametrize("country", COUNTRIES)
def test_quintiles_are_of_one_year(country):
    table = coverage_by_quintile(read_pack(country))
    assert table["year"].nunique() == 1
    assert table["coverage"].between(0, 1).all()


def test_burkina_faso_2021_by_quintile():
    # ASPIRE in the World Development Indicators: q1 47.03814 %, q5 28.15761 % (survey of 2021)
    table = coverage_by_quintile(read_pack("BFA")).set_index("quintile")
    assert table.loc["q1", ["year", "coverage"]].tolist() == [2021, pytest.approx(0.4703814)]
    assert table.loc["q5", "coverage"] == pytest.approx(0.2815761)
