"""What moves schemes: published years as they are, later ones as they grew, and each group by its own ages."""

import numpy as np
import pytest
from small_pack import write_small_pack
from stories import pack_of
from system_pack import GROWTH, system_pack

from nasssap_lib.budget.drivers import people_of_scheme, system_drivers
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.population.by_age import count_persons


def test_published_years_are_those_of_the_pack():
    pack = pack_of("XTC")
    gdp = pack.series("gdp_current").set_index("year")["value"]
    drivers = system_drivers(pack, range(2024, 2031)).set_index("year")
    np.testing.assert_allclose(drivers["gdp"], gdp.loc[2024:2030])
    assert drivers["published"].all()


def test_product_of_a_person_of_working_age_grows_on(tmp_path):
    drivers = system_drivers(system_pack(tmp_path), range(2025, 2051))
    np.testing.assert_allclose(drivers["gdp"], (1 + GROWTH) ** np.arange(26), rtol=1e-9)
    np.testing.assert_allclose(drivers["prices"], 100 * 1.02 ** np.arange(26), rtol=1e-9)
    assert drivers.loc[drivers["published"], "year"].max() == 2030


def test_without_gdp_nothing_is_known(tmp_path):
    folder = write_small_pack(tmp_path)
    assert system_drivers(read_pack(folder.name, folder.parent), [2025, 2026])["gdp"].isna().all()


@pytest.mark.parametrize(
    ("scheme", "branches", "ages"),
    [
        ("ocp", "old_age", (70, None)),
        ("fsg", "family;social_assistance", (0, None)),
        ("childbenefit", "family", (0, 14)),
        ("works", "unemployment;social_assistance", (15, 64)),
        ("freecare", "medical_care;maternity", (0, None)),
        ("x", "maternity", (15, 49, "female")),
        ("x", "old_age", (65, None)),
        ("x", "invalidity", (0, None)),
    ],
)
def test_each_scheme_moves_with_its_own_group(scheme, branches, ages):
    pack = pack_of("XTC")
    expected = count_persons(pack.used_population, [2024, 2040], *ages)["persons"]
    np.testing.assert_allclose(people_of_scheme(pack, scheme, branches, [2024, 2040]), expected)
