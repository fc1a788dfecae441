"""Target populations: which rule for which group, and one count for what an option aims at."""

import pytest
from small_pack import write_small_pack
from stories import pack_of

from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.population.targets import target_persons, target_populations
from nasssap_lib.provenance import is_old
from nasssap_lib.reasons import has_reason, split_reasons
from nasssap_lib.terms import COVERAGE_GROUPS


@pytest.fixture(scope="module")
def small(tmp_path_factory):
    return read_pack("XTS", write_small_pack(tmp_path_factory.mktemp("data")).parent)


def option(group, age_from=None, age_to=None, sex="total"):
    return {"group": group, "age_from": age_from, "age_to": age_to, "sex": sex}


def test_an_option_with_ages_aims_at_the_persons_of_these_ages(small):
    found = target_persons(small, option("children", 0, 4), [2020, 2025]).set_index("year")
    assert found["persons"].tolist() == [2_000, 4_000]  # one group of two sexes, 1,000 then 2,000 each
    assert split_reasons(found["rule"][2020]) == [("aged_between", {"age_from": 0, "age_to": 4})]
    women = target_persons(small, option("older_persons", 65, None, "female"), [2020])
    assert women["persons"].tolist() == [8_000]  # eight groups from 65-69 to 100+


def test_an_option_without_ages_aims_at_its_group(small):
    assert target_persons(small, option("at_least_one"), [2020])["persons"].tolist() == [42_000]
    mothers = target_persons(small, option("mothers", sex="female"), [2020])
    assert (mothers["persons"].tolist(), mothers["rule"].tolist()) == ([50_000], ["births"])


def test_ages_of_a_group_that_is_not_counted_by_age_do_not_change_its_target(small):
    with_ages, without = (target_persons(small, option("mothers", age), [2020]) for age in (15, None))
    assert with_ages.equals(without)


def test_a_sex_without_a_published_rate_gets_the_whole_group():
    pack = pack_of("HND")  # no rate of poor women was published
    whole, women = (
        target_persons(pack, option("poor", sex=sex), [2025])["persons"].iat[0] for sex in ("total", "female")
    )
    assert whole == women > 0


def test_what_cannot_be_counted_says_why(small):
    found = target_persons(small, option("nobody"), [2020])
    assert found["persons"].isna().all()
    assert split_reasons(found["reason"].iat[0]) == [("group_not_counted", {"group": "nobody"})]
    later = target_persons(small, option("children", 0, 4), [2060])
    assert has_reason(later["reason"], "no_population_of_year") == [True]


def test_self_employed_workers_of_some_ages_by_hand():
    """Senegal 2025, 18 to 59: persons × employment ratio × share of the self-employed, 2023 kept; own arithmetic on the pack's rows."""
    pack = pack_of("SEN")
    people = pack.population.query("year == 2025 and sex in ['female', 'male']")
    ages = people.set_index("age_group")["value" if "value" in people else "persons"].groupby(level=0).sum()
    persons = ages["15-19"] * 2 / 5 + sum(ages[f"{age}-{age + 4}"] for age in range(20, 60, 5))
    facts = pack.facts.query("group == 'total' and sex == 'total' and breakdown == ''").set_index(
        ["indicator", "year"]
    )["value"]
    ratio, share = facts["employment_to_population_ratio", 2025], facts["self_employed_share", 2023]
    found = target_persons(pack, option("self_employed", 18, 59), [2025])
    assert found["persons"].iat[0] == pytest.approx(persons * ratio / 100 * share / 100, rel=1e-6)
    assert found["quality"].iat[0] == "estimated"


@pytest.mark.parametrize("group", COVERAGE_GROUPS)
@pytest.mark.parametrize("country", ["SEN", "XTC", "LKA"])
def test_every_group_has_persons_or_a_reason(country, group):
    for table in target_populations(pack_of(country), group, [2020, 2025, 2150]):
        assert ((table["reason"] != "") == table["persons"].isna()).all()
        assert (table.loc[table["persons"].isna(), "quality"] == "").all()


def test_statutory_ages_of_women_and_men():
    [rule] = split_reasons(target_populations(pack_of("HND"), "older_persons", [2025])[0]["rule"].iat[0])
    assert rule == ("statutory_ages", {"women": 60, "men": 65, "scheme": "IHSS - IVM"})


def test_a_rate_of_another_year_is_named():
    rule = target_populations(pack_of("SEN"), "poor", [2019])[0]["rule"].iat[0]
    assert split_reasons(rule) == [("poor_persons", {}), ("rate_of_year", {"year": 2018})]


def test_an_unknown_group_is_named_with_those_that_exist(small):
    with pytest.raises(NasssapError, match="group is 'kids'; expected one of at_least_one, children"):
        target_populations(small, "kids", [2020])


def test_an_observation_of_five_years_ago_is_not_old():
    assert not is_old(2020, 2025)
    assert is_old(2019, 2025)
