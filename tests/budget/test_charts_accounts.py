"""Pictures of the social budget: the finding as title, every layer counted once, and a frame with words where there is nothing."""

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from stories import DRAWN_THEN_ALL, pack_of

from nasssap_lib.budget.accounts import year_accounts
from nasssap_lib.budget.charts_accounts import plot_account, plot_illustration, plot_system, spread, system_layers
from nasssap_lib.budget.illustration import payg_illustration
from nasssap_lib.budget.system import project_system, system_totals
from nasssap_lib.budget.words_accounts import scheme_names
from nasssap_lib.display.sheet import nothing_of
from nasssap_lib.display.style import Caption, figure_title
from nasssap_lib.display.texts import in_language

HERE = Caption("Here", "S")


@pytest.mark.parametrize("country", DRAWN_THEN_ALL)
def test_pictures_of_every_country_are_drawn_or_say_why_not(country):
    pack = pack_of(country)
    accounts, system = year_accounts(pack), project_system(pack)
    pictures = {
        "account": plot_account(accounts, HERE, "XXX"),
        "illustration": plot_illustration(payg_illustration(pack), HERE),
        "system": plot_system(system, system_totals(system), HERE),
    }
    assert {name for name, figure in pictures.items() if not nothing_of(figure)} == {
        "XTC": {"account", "system"},
        "SEN": {"account", "illustration"},
    }.get(country, set() if accounts.empty else {"account"})


def test_the_account_shows_each_known_line_once():
    figure = plot_account(year_accounts(pack_of("TZA")), HERE, "TZS", ("nssf", 2023))
    assert figure_title(figure).startswith(
        "Account of NSSF, 2022/23, outturn beside budget: contributions received 1,660 billion TZS"
    )
    bars = figure.axes[0].patches
    assert [bool(bar.get_hatch()) for bar in bars] == [False, True]  # contributions; benefits of the budget
    assert bars[0].get_width() == pytest.approx(0.928, abs=1e-3)


def test_the_band_lies_between_both_readings():
    figure = plot_illustration(payg_illustration(pack_of("SEN")), HERE)
    upper, lower = (line.get_ydata() for line in figure.axes[0].lines[:2][::-1])
    ends = sorted([upper[0], lower[0]])
    assert ends == pytest.approx([9.88, 12.62], abs=0.01)


def test_layers_are_the_whole_system():
    system = project_system(pack_of("XTC"))
    totals = system_totals(system)
    layers = system_layers(system, totals)
    np.testing.assert_allclose(layers.sum(axis=1), totals["share_of_gdp"])
    assert layers.iloc[-1, 0] == layers.iloc[-1].max()


@pytest.mark.parametrize("language", ["fr", "es"])
def test_pictures_speak_the_language_of_the_reader(language):
    with in_language(language):
        title = figure_title(plot_illustration(payg_illustration(pack_of("SEN")), HERE))
    assert "Ageing" not in title
    assert "IPRES" in title


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(0.5, 4)), min_size=1, max_size=12))
def test_labels_never_touch_and_never_leave_the_top(labels):
    middles, heights = ([pair[side] for pair in labels] for side in (0, 1))
    places = spread(middles, heights, top=100.0)
    order = sorted(range(len(labels)), key=places.__getitem__)
    assert all(place + height / 2 <= 100 + 1e-9 for place, height in zip(places, heights, strict=True))
    for lower, upper in pairwise(order):
        assert places[upper] - places[lower] >= (heights[upper] + heights[lower]) / 2 - 1e-9


def test_without_gdp_pictures_in_percent_of_it_say_so():
    pack = pack_of("XTC")
    pack = pack.with_tables(facts=pack.facts[pack.facts["indicator"] != "gdp_current"])
    system = project_system(pack)
    assert "GDP" in nothing_of(plot_system(system, system_totals(system), HERE))
    assert "GDP" in nothing_of(plot_account(year_accounts(pack), HERE, "XTS"))


def test_a_name_with_a_semicolon_stays_one_name():
    pack = pack_of("XTC")
    names = pack.schemes["short_name"].where(pack.schemes["id"] != "npf", "NPF; old")
    accounts = year_accounts(pack.with_tables(schemes=pack.schemes.assign(short_name=names)))
    assert scheme_names(accounts)["npf"] == "NPF; old"
    assert not nothing_of(plot_account(accounts, HERE, "XTS"))
