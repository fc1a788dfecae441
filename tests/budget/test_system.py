"""The whole system: it closes, sums its schemes once, and real countries keep the account of one year."""

import numpy as np
import pytest
from stories import pack_of
from system_pack import system_pack, write_system_pack

from nasssap_lib.budget.pension_scheme import project_pension_scheme
from nasssap_lib.budget.scheme_paths import FLOWS, OUTLAYS
from nasssap_lib.budget.system import MONEY, project_system, system_totals
from nasssap_lib.errors import NasssapError
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.schemes.inventory import standing_schemes

REAL = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB"]


@pytest.fixture(scope="module")
def training():
    return project_system(pack_of("XTC"))


def test_accounts_of_the_training_country_close_every_year(training):
    ahead = training[~training["method"].isin(("account", ""))]
    assert len(ahead)
    cent = 1e-9 * 0.01  # of a billion; differences of sums of that size
    np.testing.assert_allclose(ahead[list(FLOWS)].sum(axis=1), ahead["income"], atol=max(cent, 1e-9))
    np.testing.assert_allclose(ahead[list(OUTLAYS)].sum(axis=1), ahead["expenditure"], atol=max(cent, 1e-9))
    np.testing.assert_allclose(ahead["income"] - ahead["expenditure"], ahead["balance"], atol=1e-9)


def test_balances_reconcile_with_the_reserve(training):
    for _scheme, rows in training[training["reserve"].notna()].groupby("scheme"):
        np.testing.assert_allclose(rows["reserve"].diff().iloc[1:], rows["balance"].iloc[1:], atol=1e-6)


def test_the_system_is_the_sum_of_its_schemes(training):
    totals = system_totals(training).set_index("year")
    ahead = training[~training["method"].isin(("account", ""))]
    for item in MONEY:
        sums = ahead.groupby("year")[item].sum(min_count=1)
        np.testing.assert_allclose(totals[item], sums.loc[totals.index], atol=1e-9)
    np.testing.assert_allclose(totals["share_of_gdp"] * totals["gdp"], totals["expenditure"])
    # the State's money is in the income of whom it goes to, and in nobody's expenditure
    assert (totals["state_transfer"] <= totals["income"]).all()
    np.testing.assert_allclose(totals[list(OUTLAYS)].sum(axis=1), totals["expenditure"], atol=1e-9)


def test_every_scheme_of_a_country_is_projected_or_says_why(training):
    listed = set(standing_schemes(pack_of("XTC"))["id"])
    assert set(training["scheme"]) == listed
    silent = set(training.loc[training["reason"].ne("") | ~training["method"].isin(("account", "")), "scheme"])
    assert silent == listed


@pytest.mark.parametrize("country", REAL)
def test_real_countries_have_the_account_of_one_year_and_reasons(country):
    table = project_system(pack_of(country))
    assert set(table["method"]) <= {"account", ""}
    assert table["reason"].ne("").all()
    assert not table["scheme"].duplicated().any()
    assert system_totals(table).empty
    covered = {code for codes in table["scheme"] for code in codes.split(";")}
    assert covered == set(standing_schemes(pack_of(country))["id"])


def test_a_system_with_constant_drivers_is_constant_in_percent_of_gdp(tmp_path):
    totals = system_totals(project_system(system_pack(tmp_path)))
    np.testing.assert_allclose(totals["share_of_gdp"], totals["share_of_gdp"].iloc[0], rtol=1e-4)
    assert totals[["schemes", "of"]].drop_duplicates().values.tolist() == [[9, 11]]


@pytest.mark.parametrize(
    ("last_year", "indexing", "told"),
    [(2025, "wages", "last_year is 2025"), (1990, "wages", "last_year is 1990"), (2040, "gold", "indexing is 'gold'")],
)
def test_what_cannot_be_asked_is_refused(last_year, indexing, told):
    with pytest.raises(NasssapError, match=told):
        project_system(pack_of("XTC"), last_year, indexing)


def test_a_scheme_of_which_only_a_budget_is_known_keeps_its_row(tmp_path):
    folder = write_system_pack(tmp_path)
    table = folder / "scheme_figures.csv"
    text = table.read_text(encoding="utf-8")
    for item in ("state_transfer", "income", "benefits", "expenditure"):
        text = text.replace(f"child,{item},", f"child,{item}_budget,")
    table.write_text(text, encoding="utf-8")
    rows = project_system(read_pack(folder.name, folder.parent)).query("scheme == 'child'")
    assert rows[["method", "reason"]].values.tolist() == [["", "budget_alone"]]


def test_a_last_year_is_never_past_the_population():
    assert project_system(pack_of("XTC"), 2100)["year"].max() == pack_of("XTC").used_population["year"].max()
    assert project_system(pack_of("XTC"), 2030)["year"].max() == 2030


def test_pensions_with_rules_are_those_of_the_actuarial_model(training):
    accounts = project_pension_scheme(pack_of("XTC"), "npf", 25).accounts.set_index("year")
    rows = training[(training["scheme"] == "npf") & training["method"].eq("pension")].set_index("year")
    common = rows.index.intersection(accounts.index)
    assert len(common) >= 25
    for item in ("contributions", "benefits", "expenditure"):
        np.testing.assert_allclose(rows.loc[common, item].astype(float), accounts.loc[common, item] / 1e9)
    np.testing.assert_allclose(rows.loc[common, "reserve"].astype(float), accounts.loc[common, "fund"] / 1e9)


def test_there_is_one_economy_for_all_schemes(training):
    ahead = training[~training["method"].isin(("account", ""))]
    spread = ahead.groupby("year")["gdp"].agg(lambda values: values.max() / values.min() - 1)
    assert spread.max() < 1e-6


def test_without_a_population_accounts_stay_and_nothing_is_projected(tmp_path):
    folder = write_system_pack(tmp_path)
    table = folder / "population.csv"
    table.write_text(table.read_text(encoding="utf-8").splitlines()[0] + "\n", encoding="utf-8")
    system = project_system(read_pack(folder.name, folder.parent))
    assert set(system["method"]) == {"account"}
    assert set(system["reason"]) <= {"no_population_of_year", "needs_rules_and_insured", "employers_pay"}
