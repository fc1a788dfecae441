"""What a valuation asks: every line of the pack's tables, what is known filled in from its own source, nothing invented."""

import pandas as pd
import pytest
from stories import one, pack_of

from nasssap_lib import terms
from nasssap_lib.budget.valuation_questions import ASKED, valuation_form
from nasssap_lib.errors import NasssapError

FUNDS = [
    ("SEN", "ipres"), ("RWA", "cbhi"), ("XTC", "psps"),
    *(pytest.param(*fund, marks=pytest.mark.soak) for fund in (
        ("MLI", "inps_vieillesse"), ("TZA", "nssf"), ("LKA", "epf"), ("HND", "ihss_ivm"), ("SEN", "fnr"), ("BFA", "carfo"),
    )),
]  # pensions, health and what is complete; the others are asked the same  # fmt: skip


@pytest.mark.parametrize(("country", "scheme"), FUNDS)
def test_every_fund_is_asked_for_everything(country, scheme):
    form = valuation_form(pack_of(country), scheme)
    assert set(form.persons["status"]) == set(ASKED) == set(terms.INSURED_STATUSES)
    assert set(form.rules["rule"]) == set(terms.SCHEME_RULES)
    assert form.accounts["year"].nunique() == 5
    assert set(form.accounts.loc[form.accounts["branch"].ne(""), "branch"]) == set(form.branches.split(";"))
    for table in (form.rules, form.accounts):
        assert (table["value"].isna() | table["source"].ne("")).all()  # nothing without a source


def test_what_is_known_of_ipres_stands_in_its_form():
    form = valuation_form(pack_of("SEN"), "ipres")
    assert one(form.rules, rule="contribution_rate")["value"] == pytest.approx(0.084 + 0.056)
    assert one(form.rules, rule="ceiling")[["value", "source"]].tolist() == [432000, "PAIE-SN-2023"]
    assert one(form.rules, rule="pensionable_age")["value"] == 60
    assert one(form.accounts, item="expenditure", year=2024)["value"] == 153.246846
    assert form.persons["persons"].isna().all()
    assert one(form.known, measure="contributors")["value"] == 577171


def test_of_several_pensionable_ages_the_fund_must_say_which():
    form = valuation_form(pack_of("SEN"), "fnr")  # 55, 60 and 65, by category
    assert form.rules.loc[form.rules["rule"].eq("pensionable_age"), "value"].isna().all()
    assert set(form.known.loc[form.known["measure"].eq("pensionable_age"), "value"]) == {55, 60, 65}


@pytest.mark.parametrize(("country", "scheme"), FUNDS)
def test_each_line_is_asked_once(country, scheme):
    form = valuation_form(pack_of(country), scheme)
    assert not form.rules.duplicated(["rule", "sex", "age_from", "from_year"]).any()
    assert not form.persons.duplicated(["status", "sex", "age_from"]).any()
    assert not form.accounts.duplicated(["item", "branch", "year"]).any()


def test_accounts_of_several_schemes_are_not_shared_out():
    form = valuation_form(pack_of("MLI"), "inps_vieillesse")
    known = form.accounts[form.accounts["value"].notna()]
    assert known[["item", "branch", "year"]].values.tolist() == [["benefits", "old_age", 2021]]


def test_a_fund_with_insured_persons_and_rules_gets_its_own_back():
    pack = pack_of("XTC")
    form = valuation_form(pack, "npf")
    own = pack.insured[pack.insured["scheme"] == "npf"]
    assert form.persons["persons"].sum() == own["persons"].sum()
    rules = pack.scheme_rules[pack.scheme_rules["scheme"] == "npf"]
    filled = form.rules[form.rules["value"].notna()]
    pd.testing.assert_series_equal(
        filled["value"].sort_values(ignore_index=True), rules["value"].sort_values(ignore_index=True)
    )


@pytest.mark.parametrize("scheme", ["no_such", "pnbsf", "plan_sesame", ""])
def test_a_scheme_without_contributions_is_refused_by_name(scheme):
    with pytest.raises(NasssapError, match=f"no scheme '{scheme}' with contributions"):
        valuation_form(pack_of("SEN"), scheme)
