"""Sentences on the system: the answer first, and who is not in it."""

import pytest
from stories import pack_of

from nasssap_lib.budget.system import SYSTEM_COLUMNS, TOTAL_COLUMNS, project_system, system_totals
from nasssap_lib.budget.words_system import METHODS, not_projected, projected, system_sentence, system_title
from nasssap_lib.display.texts import in_language

ALL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]


def words(country: str) -> str:
    system = project_system(pack_of(country))
    return system_sentence(system, system_totals(system))


def test_the_training_country_hears_what_is_paid_first_and_who_is_missing():
    system = project_system(pack_of("XTC"))
    told = words("XTC")
    assert told.startswith("If nothing is decided, ")
    for name in ("Maternity", "Free care", "Fishers", "Micropension"):
        assert name in not_projected(system)
    assert set(projected(system)["method"]) <= set(METHODS) - {"", "account"}


@pytest.mark.parametrize("country", [code for code in ALL if code != "XTC"])
def test_real_countries_hear_that_nothing_carries_a_projection(country):
    assert words(country).startswith("No scheme's figures carry a projection.")
    assert "n/a for " in words(country)


def test_the_one_account_of_mali_is_told_as_one_of_several():
    assert "INPS" in words("MLI")
    assert "together (2021)" in words("MLI")


def test_nothing_to_tell_of_no_scheme():
    import pandas as pd

    nothing, totals = pd.DataFrame(columns=SYSTEM_COLUMNS), pd.DataFrame(columns=TOTAL_COLUMNS)
    assert system_sentence(nothing, totals).endswith("there is no system to project.")
    assert system_title(nothing, totals, "Mali") == "No scheme's figures in Mali carry a projection"


@pytest.mark.parametrize("country", ["XTC", "MLI"])
def test_every_text_is_in_the_catalogue(country):
    with in_language("qps"):
        assert words(country).startswith("⟦")
