"""Pictures of pension schemes: lines are the accounts, and no label covers another."""

import dataclasses

import pytest
from matplotlib.text import Text
from picture_checks import text_problems
from stories import SPOKEN, pack_of

from nasssap_lib.budget.charts_pensions import plot_payg_rate, plot_pension_accounts, plot_pension_fund
from nasssap_lib.budget.pension_scheme import project_pension_schemes
from nasssap_lib.display.style import Caption
from nasssap_lib.display.texts import in_language

CAPTION = Caption("Zephyria", "Invented for training")
PLOTS = (plot_payg_rate, plot_pension_accounts, plot_pension_fund)


@pytest.fixture(scope="module")
def projections():
    return project_pension_schemes(pack_of("XTC"))


def lines(figure) -> list[list[float]]:
    return [[float(value) for value in line.get_ydata()] for line in figure.axes[0].lines]


def words(figure) -> str:
    return " ".join(text.get_text().replace("\n", " ") for text in figure.findobj(Text))


@pytest.mark.parametrize("language", [*SPOKEN, "qps"])
@pytest.mark.parametrize("plot", PLOTS)
def test_no_text_covers_another(plot, language, projections):
    with in_language(language):
        for one in projections:
            assert text_problems(plot(one, CAPTION)) == []


def test_rates_are_those_of_the_accounts(projections):
    npf = projections[0]
    payg, paid, level = lines(plot_payg_rate(npf, CAPTION))
    assert payg == pytest.approx((npf.accounts["payg_rate"] * 100).tolist())
    assert paid == pytest.approx([14.0] * 50)
    assert level == pytest.approx([npf.level_premium * 100] * 50)


def test_accounts_are_shares_of_gdp_and_a_word_without_it(projections):
    npf = projections[0]
    spent, paid = lines(plot_pension_accounts(npf, CAPTION))
    assert spent == pytest.approx((npf.accounts["share_of_gdp"] * 100).tolist())
    assert paid[0] == pytest.approx(100 * npf.accounts["contributions"].iloc[0] / npf.accounts["gdp"].iloc[0])
    unknown = dataclasses.replace(npf, accounts=npf.accounts.assign(gdp=float("nan")))
    figure = plot_pension_accounts(unknown, CAPTION)
    assert "n/a · GDP of these years is not known" in words(figure)
    assert lines(figure) == []


def test_the_fund_is_in_years_of_expenditure_and_absent_where_there_is_none(projections):
    npf, psps = projections
    assert lines(plot_pension_fund(npf, CAPTION))[0] == pytest.approx(npf.accounts["fund_years"].tolist())
    assert "n/a · the scheme has no fund" in words(plot_pension_fund(psps, CAPTION))


def test_a_projection_of_one_year_can_be_drawn(projections):
    one = dataclasses.replace(projections[0], accounts=projections[0].accounts.head(1))
    for plot in PLOTS:
        assert text_problems(plot(one, CAPTION)) == []
