"""Tables of options as a reader sees them: ranges below figures, one sum a pair of columns, words where nothing is known."""

import re

import numpy as np
import pandas as pd
import pytest
from stories import pack_of, story

from nasssap_lib.costing.options import equal_money
from nasssap_lib.costing.tables import (
    cost_table,
    equal_money_table,
    need_table,
    option_cards,
    range_words,
    write_fine_share,
)


@pytest.fixture
def options():
    """The ten options of the training country."""
    return story("XTC")["options"]


def row_of(html: str, name: str) -> str:
    """The row that bears a name, without its tags."""
    (row,) = (row for row in re.findall(r"<tr[^>]*>.*?</tr>", html) if f">{name}<" in row)
    return re.sub(r"<[^>]+>", " ", row)


def test_a_card_says_for_whom_at_what_level_and_on_what_it_builds(options):
    html = option_cards(options, pack_of("XTC").schemes)._repr_html_()
    pension = row_of(html, "Older Citizens&#x27; Pension from 65 on")
    assert "Persons aged 65 and over" in pension and "10\N{NO-BREAK SPACE}%" in pension and "12 months" in pension
    child = row_of(html, "Benefit for every child under five")
    assert "Persons aged 0 to 4" in child
    cover = row_of(html, "State health cover for informal workers")
    assert "not covered today" in cover and "danger of crowding out" in cover


def test_an_option_beside_no_scheme_and_without_an_institution_says_so(options):
    alone = options.head(1).assign(related_scheme="", relation="", institution="", note="")
    html = option_cards(alone, pack_of("XTC").schemes)._repr_html_()
    assert "none for the same people and risk" in html and "to be decided" in html


def test_one_full_stop_stands_between_a_relation_and_its_note():
    """Honduras's conditional transfer is abbreviated: "coordinate with Red Solid. Alim. escol. …"."""
    honduras = story("HND")
    html = option_cards(honduras["options"], honduras["pack"].schemes)._repr_html_()
    assert "coordinate with Red Solid. Alim. escol. and Becas serve" in html
    assert "coordinate with Bono de Oro. Bono de Oro is paid once" in html


def test_costs_stand_with_their_ranges_and_the_year_of_the_target(options):
    """Child benefit: 1,478,549 children × 85 % × 4 % of GDP per head × 1.04 ÷ 12,720,879 persons = 0.41 % of GDP."""
    assert pytest.approx(0.0041, abs=5e-5) == 1_478_549 * 0.85 * 0.04 * 1.04 / 12_720_879
    html = cost_table(options)._repr_html_()
    assert "0.41\N{NO-BREAK SPACE}%" in row_of(html, "Benefit for every child under five")
    assert "Target population, 2025" in html
    assert re.search(r"0\.\d+\s% to 0\.\d+\s%", row_of(html, "Benefit for every child under five"))


def test_a_column_of_reasons_is_there_only_where_something_is_missing(options):
    assert "Why n/a" not in cost_table(options.assign(reason=""))._repr_html_()
    missing = options.assign(reason=["no_births", *[""] * 9], cost_central=[np.nan, *options["cost_central"][1:]])
    html = cost_table(missing)._repr_html_()
    assert "Why n/a" in html and "no births were published for the year" in html and "<i>n/a</i>" in html


def test_each_sum_has_its_pair_of_columns_and_an_option_one_row(options):
    money = [0.001, 0.002, 0.005]
    table = equal_money_table(equal_money(options, money), money)
    assert len(table.rows) == len(options)
    assert [view.words for view in table.views.values()][1::2][:3] == [
        "0.1\N{NO-BREAK SPACE}% of GDP: persons", "0.2\N{NO-BREAK SPACE}% of GDP: persons", "0.5\N{NO-BREAK SPACE}% of GDP: persons",
    ]  # fmt: skip


def test_the_result_is_kept_as_it_was(options):
    before = options.copy()
    for table in (cost_table(options), option_cards(options, pack_of("XTC").schemes)):
        assert table.data is options
    assert options.equals(before)


@pytest.mark.parametrize(("low", "high"), [(np.nan, 0.2), (0.1, np.nan), (0.1, 0.1), (0.10001, 0.10002)])
def test_ends_that_are_not_known_or_read_alike_are_no_range(low, high):
    assert range_words(low, high, write_fine_share) == ""


def test_nothing_in_the_pack_is_a_table_that_says_so(options):
    nothing = options[:0]
    for table in (
        cost_table(nothing),
        option_cards(nothing, pack_of("XTC").schemes),
        equal_money_table(equal_money(nothing)),
    ):
        assert "nothing in the data" in table._repr_html_()


NB = "\N{NO-BREAK SPACE}"


def test_need_stands_with_its_people_its_evidence_and_who_would_be_newly_covered():
    """Training country: 714,151 aged 65 and over, 214,000 on the register (30 %): 500,000 not covered, 393,000 of them reached."""
    options = story("XTC")["options"]
    html = need_table(options)._repr_html_()
    assert "Its own people, 2025" in html and "options overlap: no total" in html
    pension = row_of(html, "Older Citizens&#x27; Pension from 65 on")
    assert "members of the scheme count as reached" in pension and "register of 2024: 214,000 persons" in pension
    for words in ("714,000", f"30{NB}%", "500,000", "393,000"):
        assert words in pension, words
    child = row_of(html, "Benefit for every child under five")
    assert "published rate of a wider group (children), applied to a part of it, 2024" in child
    works = row_of(html, "Rural works on demand, 100 days a year")
    assert "64,000 households, one place each" in works
    assert "Why n/a" not in html


def test_old_evidence_is_called_old_and_none_is_not_available():
    """Zambia, employment injury: 12.2 % of 2015. Sri Lanka's poor: nothing that could be believed."""
    injury = row_of(need_table(story("ZMB")["options"])._repr_html_(), "Employment injury cover for all workers")
    assert "2015: more than five years old" in injury
    poor = row_of(need_table(story("LKA")["options"])._repr_html_(), "Cash transfer to all poor persons (Aswesuma)")
    assert poor.count("n/a") >= 3 and f"0{NB}% to 100{NB}%" in poor


def test_a_card_says_what_is_paid_a_month_in_money_of_its_year_and_in_which_list_it_is(options):
    """4 % of GDP per head of 2025, a month: GDP ÷ 12,720,879 persons × 4 % ÷ 12, with three digits."""
    pack = pack_of("XTC")
    gdp = float(pack.series("gdp_current").query("year == 2025")["value"].iat[0]) * 1e9
    html = option_cards(options, pack.schemes)._repr_html_()
    assert "XTS a month (2025)" in html or f"{pack.settings.currency} a month (2025)" in html
    month = gdp / 12_720_879 * 0.04 / 12
    child = row_of(html, "Benefit for every child under five")
    assert re.search(rf"\b{round(month)}\b", child) and "Benefits that are paid" in child
    assert "Cover that is subsidised" in row_of(html, "State health cover for informal workers")


def test_without_a_gdp_no_money_is_invented(options):
    unknown = options.assign(month_low=np.nan, month_central=np.nan, month_high=np.nan, month_year=pd.NA)
    html = option_cards(unknown, pack_of("XTC").schemes)._repr_html_()
    assert "A month, in money" in html and "n/a" in row_of(html, "Benefit for every child under five")
