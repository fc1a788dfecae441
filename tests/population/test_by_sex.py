"""Women and men of target populations: as counted by age, by rates of each sex, or by their shares in the population."""

import pandas as pd
import pytest
from stories import ALL, pack_of

from nasssap_lib.population.by_sex import share_of_women
from nasssap_lib.population.targets import target_populations

OF_ALL = {"age_from": None, "age_to": None, "sex": "total"}


def share(country: str, year: int = 2030, **option) -> pd.Series:
    return share_of_women(pack_of(country), OF_ALL | option, [year]).iloc[0]


def test_older_women_of_senegal_are_those_of_the_world_population_prospects():
    # WPP 2024, 2030, 65 and over: 430,700 women, 386,624 men
    row = share("SEN", group="older_persons", age_from=65)
    assert row["share"] == pytest.approx(430_700 / (430_700 + 386_624)) and row["reason"] == ""


def test_mothers_are_women_and_an_option_for_men_reaches_no_woman():
    assert share("SEN", group="mothers")["share"] == 1
    assert share("SEN", group="total", sex="male")["share"] == 0


def test_poor_women_are_split_by_the_population_and_said_to_be_estimated():
    # no headcount by sex: WPP 2024, 2030, all ages: 10,460,870 women, 10,702,322 men
    row = share("SEN", group="poor")
    assert row["share"] == pytest.approx(10_460_870 / (10_460_870 + 10_702_322))
    assert (row["reason"], row["quality"]) == ("sexes_by_population", "estimated")


def test_unemployed_women_are_counted_by_their_own_rates_where_they_are_published():
    women, men = (target_populations(pack_of("XTC"), "unemployed", [2030], sex)[0] for sex in ("female", "male"))
    row = share("XTC", group="unemployed")
    assert row["reason"] == ""
    assert row["share"] == pytest.approx(women["persons"].iat[0] / (women["persons"].iat[0] + men["persons"].iat[0]))


@pytest.mark.parametrize("country", ALL)
def test_every_option_has_its_women(country):
    for option in pack_of(country).measures.to_dict("records"):
        assert share_of_women(pack_of(country), option, [2030])["share"].between(0, 1).all(), option["id"]


def test_a_year_without_population_has_no_share():
    assert pd.isna(share("SEN", year=2190, group="poor")["share"])
