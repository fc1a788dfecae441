"""The illustration of a pay-as-you-go rate: its base years by hand, what moves it, and who is refused one."""

import numpy as np
import pytest
from country_checks import comes_out
from hypothesis import given
from hypothesis import strategies as st
from stories import pack_of

from nasssap_lib.budget.illustration import (
    older_for_working,
    payg_illustration,
    payg_path,
    pays_lump_sums,
    pension_schemes,
)
from nasssap_lib.errors import NasssapError
from nasssap_lib.population.by_age import count_persons
from nasssap_lib.reasons import split_reasons

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]


def refused(country: str, scheme: str) -> list[str]:
    rows = payg_illustration(pack_of(country)).query("scheme == @scheme")
    assert rows["rate"].isna().all()
    assert len(rows) == 1
    return [code for code, _values in split_reasons(rows["reason"].iat[0])]


def test_both_readings_of_ipres_begin_where_they_were_calculated_by_hand():
    first = (
        payg_illustration(pack_of("SEN")).query("scheme == 'ipres' and year == base_year").set_index("reading")["rate"]
        * 100
    )
    comes_out("ipres_payg_upper", first["upper"])
    comes_out("ipres_payg_lower", first["lower"])


def test_the_rate_moves_as_the_population_does():
    pack = pack_of("SEN")
    rows = payg_illustration(pack).query("scheme == 'ipres' and reading == 'upper'").set_index("year")
    old, able = (
        count_persons(pack.used_population, [2024, 2050], *ages)["persons"].to_numpy()
        for ages in ((60, None), (15, 59))
    )
    expected = 0.14 * 153.246846 / 170 * (old[1] / able[1]) / (old[0] / able[0])
    assert rows.loc[2050, "rate"] == pytest.approx(expected)
    assert rows.index.max() == pack.used_population["year"].max()


def test_women_and_men_count_from_their_own_ages():
    pack = pack_of("XTC")
    of = ((58, "female"), (60, "male"))
    women, men = (count_persons(pack.used_population, [2024], age, sex=sex)["persons"].iat[0] for age, sex in of)
    assert older_for_working(pack, "npf", [2024])["older"].iat[0] == pytest.approx(women + men)


def test_replacement_follows_what_the_caller_gives():
    held, halved = (
        payg_illustration(pack_of("SEN"), path)
        .query("scheme == 'ipres' and reading == 'upper'")
        .set_index("year")["rate"]
        for path in (None, {2024: 0.5, 2034: 0.25})
    )
    assert halved[2024] == held[2024]
    assert halved[2029] == pytest.approx(held[2029] * 0.75)
    assert halved[2050] == pytest.approx(held[2050] / 2)


def test_nssf_is_refused_for_lump_sums_and_for_its_branches():
    assert refused("TZA", "nssf") == ["mostly_lump_sums", "receipts_of_branches"]
    assert pays_lump_sums(pack_of("TZA"), "psssf") == ""


def test_inps_is_refused_for_receipts_of_several_schemes():
    assert refused("MLI", "inps_vieillesse") == ["receipts_of_several"]


@pytest.mark.parametrize(("country", "scheme"), [("LKA", "epf"), ("LKA", "etf"), ("XTC", "wpf"), ("HND", "rap")])
def test_provident_funds_have_no_rate(country, scheme):
    assert refused(country, scheme) == ["pays_balances"]


@pytest.mark.parametrize("country", ALL)
def test_every_pension_scheme_has_a_rate_or_a_reason(country):
    pack = pack_of(country)
    table = payg_illustration(pack)
    assert set(table["scheme"]) == set(pension_schemes(pack)["id"])
    assert (table["rate"].notna() | table["reason"].ne("")).all()
    known = table[table["rate"].notna()]
    assert set(known["scheme"]) == ({"ipres"} if country == "SEN" else set())
    assert set(known["quality"]) <= {"estimated", "assumed", "illustrative"}


def test_a_scheme_that_is_projected_is_not_illustrated_beside_it():
    why = payg_illustration(pack_of("XTC")).set_index("scheme")["reason"]
    assert why["npf"] == why["psps"] == "is_projected"
    known = pack_of("XTC").with_tables(insured=pack_of("XTC").insured.iloc[:0])
    assert set(payg_illustration(known).dropna(subset=["rate"])["scheme"]) == {"npf", "psps"}


shares = st.lists(st.floats(0.01, 2.0), min_size=2, max_size=30)


@given(rate=st.floats(0.001, 0.5), dependency=shares, scale=st.floats(0.1, 10))
def test_only_the_movement_counts(rate, dependency, scale):
    path = payg_path(rate, dependency)
    assert path[0] == pytest.approx(rate)
    np.testing.assert_allclose(payg_path(rate, np.asarray(dependency) * scale), path)
    np.testing.assert_allclose(
        payg_path(rate, dependency, dependency), rate * (np.asarray(dependency) / dependency[0]) ** 2
    )


@pytest.mark.parametrize(
    ("dependency", "replacement"), [([0.0, 0.1], 1.0), ([-0.1], 1.0), ([], 1.0), ([0.1, 0.2], [0.0, 1.0])]
)
def test_nothing_can_be_set_against_nothing(dependency, replacement):
    with pytest.raises(NasssapError, match="payg_path"):
        payg_path(0.1, dependency, replacement)


@pytest.mark.parametrize("path", [{2030: 0.5}, {}, {2024: 0.0}, {2024: 0.5, 2030: -1.0}])
def test_a_replacement_without_base_year_or_not_above_zero_is_refused(path):
    with pytest.raises(NasssapError, match="replacement"):
        payg_illustration(pack_of("SEN"), path)


def test_a_scheme_without_one_pensionable_age_says_so():
    rows = older_for_working(pack_of("SEN"), "fnr", [2024])  # 55, 60 and 65
    assert rows["dependency"].isna().all()
    assert rows["reason"].tolist() == ["no_one_pensionable_age"]
