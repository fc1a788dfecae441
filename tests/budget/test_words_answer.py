"""The finding on what schemes take in and pay out: the surest that the figures of a country carry."""

import pytest
from stories import pack_of

from nasssap_lib import budget


def found_of(country):
    pack = pack_of(country)
    return budget.budget_answer(budget.review_schemes(pack), pack.settings.currency)


@pytest.mark.parametrize(
    ("country", "exhibit", "said"),
    [
        ("XTC", "payg_rate", "at a contribution rate of 14"),
        ("SEN", "illustration", "between 9.88\N{NO-BREAK SPACE}% and 12.62\N{NO-BREAK SPACE}% of wages in 2024"),
        ("MLI", "accounts", "INPS AT, INPS famille and INPS pension together (2021): income 198.2 billion XOF"),
        ("ZMB", "accounts", "of none were income and expenditure of one year found"),
    ],
)
def test_it_is_the_projection_else_the_illustration_else_one_account(country, exhibit, said):
    (finding,) = found_of(country)
    assert said in finding[0] and finding[2] == exhibit and finding[1].endswith(".")


def test_the_illustration_names_no_scheme_that_it_refuses():
    assert "n/a" not in found_of("SEN")[0][0]


def test_a_country_without_a_scheme_has_no_finding():
    found = budget.review_schemes(pack_of("SEN"))
    nothing = [table.iloc[:0] for table in found[:3]]
    assert budget.budget_answer(budget.Review(*nothing, [], {})) == []
