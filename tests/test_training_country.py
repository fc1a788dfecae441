"""The fictional training country: every table is filled, nothing claims to be real, and its invented figures fit together."""

import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from nasssap_lib import terms
from nasssap_lib.needs.grouped_poverty import poverty_from_groups
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.pack.schema import TABLES
from nasssap_lib.terms import CRITERIA

PROJECT = Path(__file__).parents[1]
DATA = PROJECT / "data" / "raw"


@pytest.fixture(scope="module")
def pack():
    return read_pack("XTC", DATA)


def value(pack, indicator: str, year: int, **series) -> float:
    found = pack.series(indicator, **series).set_index("year")["value"]
    return found[year]


def figures(pack, scheme: str, measure: str, detail: str = "") -> pd.Series:
    table = pack.scheme_figures
    rows = table[(table["scheme"] == scheme) & (table["measure"] == measure) & (table["detail"] == detail)]
    return rows.set_index("year")["value"]


def test_every_table_is_filled_and_illustrative(pack):
    assert pack.settings.fictional
    for table in TABLES:
        frame = pack.facts if table.name == "indicators" else getattr(pack, table.name)
        assert len(frame), table.name
        if "quality" in frame:
            assert set(frame["quality"]) == {"illustrative"}, table.name


def test_every_source_says_that_it_is_invented(pack):
    assert pack.sources["note"].eq("invented for training, no figure of any country").all()
    assert pack.sources["short"].str.startswith("Invented for training").all()


def test_the_tool_gives_the_shipped_pack_to_the_byte(tmp_path):
    subprocess.run([sys.executable, PROJECT / "tools" / "make_training_country.py", "--out", tmp_path], check=True)
    for path in filter(Path.is_file, (DATA / "XTC").rglob("*")):
        assert path.read_bytes() == (tmp_path / path.relative_to(DATA)).read_bytes(), path.name


def test_product_is_population_times_product_per_head(pack):
    for year in range(2010, 2031):
        people, per_head = value(pack, "population_imf", year), value(pack, "gdp_per_head", year)
        assert people * per_head / 1000 == pytest.approx(value(pack, "gdp_current", year), rel=1e-3)
        revenue, spending = value(pack, "government_revenue_gdp", year), value(pack, "government_expenditure_gdp", year)
        assert revenue - spending == pytest.approx(value(pack, "government_net_lending_gdp", year), abs=0.011)


def test_population_of_the_pyramid_is_that_of_the_product(pack):
    counted = pack.population.groupby("year")["persons"].sum() / 1e6
    for year in range(2015, 2031):
        assert counted[year] == pytest.approx(value(pack, "population_imf", year), abs=0.001)


def test_population_grows_by_births_less_deaths(pack):
    counted = pack.population.groupby("year")["persons"].sum() / 1000
    births = pack.series("births").set_index("year")["value"] - pack.series("deaths").set_index("year")["value"]
    for year in range(2016, 2050):
        assert (counted[year + 1] - counted[year - 1]) / 2 == pytest.approx(births[year], abs=0.02)


def test_shares_add_up(pack):
    for year in range(2010, 2025):
        sectors = sum(value(pack, f"employment_share_{name}", year) for name in ("agriculture", "industry", "services"))
        assert sectors == pytest.approx(100, abs=0.01)
        status = value(pack, "wage_and_salaried_share", year) + value(pack, "self_employed_share", year)
        assert status == pytest.approx(100, abs=0.02)


def test_deciles_rise_and_make_a_hundred(pack):
    deciles = pack.welfare[[f"d{i}" for i in range(1, 11)]]
    quintiles = pack.welfare[[f"q{i}" for i in range(1, 6)]]
    for shares in (deciles, quintiles):
        assert shares.sum(axis=1).to_numpy() == pytest.approx(100, abs=1e-6)
        assert (shares.diff(axis=1).iloc[:, 1:] > 0).all().all()


@pytest.mark.parametrize("line", ["2.15_ppp2017", "3.65_ppp2017", "6.85_ppp2017", "3.00_ppp2021", "4.20_ppp2021"])
def test_poverty_read_from_the_deciles_is_the_published_headcount(pack, line):
    threshold, vintage = float(line[:4]), int(line[-4:])
    for row in pack.welfare[pack.welfare["ppp_year"] == vintage].itertuples():
        shares = [getattr(row, f"d{i}") / 100 for i in range(1, 11)]
        cumulative = pd.Series(shares).cumsum().tolist()
        found = poverty_from_groups([i / 10 for i in range(1, 11)], cumulative, row.mean, threshold)
        published = value(pack, "poverty_headcount", row.year, breakdown=f"line={line}")
        assert found.headcount * 100 == pytest.approx(published, abs=1)  # a fitted curve is not quite lognormal


def test_the_people_of_the_regions_make_the_nation(pack):
    regions = pack.facts[(pack.facts["area"] != "") & (pack.facts["year"] == 2022)]
    share = regions["note"].str.extract(r"(\d+) %")[0].astype(float) / 100
    assert share.sum() == pytest.approx(1)
    assert (share * regions["value"]).sum() == pytest.approx(
        value(pack, "poverty_headcount", 2022, breakdown="line=national"), abs=0.1
    )


def test_quintiles_average_to_the_national_figure(pack):
    for indicator in ("aspire_coverage_social_assistance", "aspire_coverage_social_insurance", "aspire_coverage_all"):
        fifths = [value(pack, indicator, 2022, breakdown=f"q{i}") for i in range(1, 6)]
        assert sum(fifths) / 5 == pytest.approx(value(pack, indicator, 2022), abs=0.01)


@pytest.mark.parametrize("scheme", ["npf", "wpf", "wicf", "nhif", "psps"])
def test_contributors_times_wage_times_rate_is_what_a_fund_takes_in(pack, scheme):
    rate = figures(pack, scheme, "rate_total")[2024] / 100
    wages = figures(pack, scheme, "contributors") * figures(pack, scheme, "other", "average insured wage") * 12 / 1e9
    collected = figures(pack, scheme, "contributions")
    assert len(collected) == 8
    assert (collected / (wages * rate)).between(0.94, 1.001).all()


@pytest.mark.parametrize("scheme", ["npf", "psps"])
def test_pensioners_times_pension_is_what_a_fund_pays(pack, scheme):
    paid = sum(
        figures(pack, scheme, "pensioners", branch) * figures(pack, scheme, "benefit", f"average, {branch}") * 12 / 1e9
        for branch in ("old age", "invalidity", "survivors")
    )
    assert paid.to_numpy() == pytest.approx(figures(pack, scheme, "benefits").to_numpy(), rel=1e-3)


@pytest.mark.parametrize("scheme", ["npf", "wpf", "wicf", "nhif"])
def test_reserves_grow_by_what_is_left_over(pack, scheme):
    left = figures(pack, scheme, "income") - figures(pack, scheme, "expenditure")
    reserves = figures(pack, scheme, "assets")
    assert reserves.diff().iloc[1:].to_numpy() == pytest.approx(left.iloc[1:].to_numpy(), abs=3e-4)


@pytest.mark.parametrize("scheme", ["npf", "psps"])
def test_insured_persons_are_those_of_the_accounts(pack, scheme):
    rows = pack.insured[pack.insured["scheme"] == scheme]
    people = rows.groupby("status")["persons"].sum()
    assert people["active"] == figures(pack, scheme, "contributors")[2024]
    kinds = {"old_age": "old age", "invalidity": "invalidity"}
    for status, detail in kinds.items():
        assert people[status] == figures(pack, scheme, "pensioners", detail)[2024]
    assert people["survivor"] + people["orphan"] == figures(pack, scheme, "pensioners", "survivors")[2024]
    paid = (rows["persons"] * rows["pension"]).groupby(rows["status"]).sum() * 12 / 1e9
    spent = figures(pack, scheme, "benefits")[2024]
    assert paid.drop(["active", "dormant"]).sum() == pytest.approx(spent, rel=1e-3)
    rules = pack.scheme_rules[pack.scheme_rules["scheme"] == scheme].set_index("rule")["value"]
    working = rows[rows["status"] == "active"]
    wages = (working["persons"] * working["density"] * working["wage"]).sum()
    taken = wages * rules["contribution_rate"] * rules["collection"] / 1e9
    assert taken == pytest.approx(figures(pack, scheme, "contributions")[2024], rel=1e-3)
    assert rules["contribution_rate"] * 100 == pytest.approx(figures(pack, scheme, "rate_total")[2024])
    cost = rules["administration"] * taken
    assert cost == pytest.approx(figures(pack, scheme, "administration")[2024], rel=2e-3)


def test_two_schemes_have_all_six_figures_for_eight_years(pack):
    wanted = ("contributors", "beneficiaries", "benefit", "expenditure", "income", "administration")
    for scheme in ("npf", "psps", "nhif"):
        for measure in wanted:
            rows = pack.scheme_figures.query("scheme == @scheme and measure == @measure")
            assert rows["year"].nunique() == 8, (scheme, measure)


def test_older_persons_covered_are_the_pensioners_of_the_schemes(pack):
    received = figures(pack, "npf", "pensioners", "old age") + figures(pack, "psps", "pensioners", "old age")
    received += figures(pack, "ocp", "beneficiaries")
    covered = value(pack, "effective_coverage", 2024, group="older_persons") / 100
    assert received[2024] / covered == pytest.approx(1_088_000, rel=0.01)  # women from 58 and men from 60 on


def test_the_inventory_shows_all_types_statuses_and_relations(pack):
    assert set(pack.schemes["type"]) == set(terms.SCHEME_TYPES)
    assert {"active", "planned", "closed"} <= set(pack.schemes["status"])
    assert {"parallel", "stacked", "successor"} <= set(pack.schemes["relation"])


def test_the_plan_serves_every_guarantee_and_may_crowd_out_a_community_scheme(pack):
    assert set(pack.measures["guarantee"]) == set(terms.GUARANTEES) == set(pack.findings["guarantee"])
    assert set(pack.measures["relation"]) == {"build_on", "coordinate", "merge", "crowding_out", "benefit_tested"}
    crowding = pack.measures.set_index("relation").loc["crowding_out", "related_scheme"].split(";")
    assert "community" in set(pack.schemes.set_index("id").loc[crowding, "type"])
    assert set(pack.process["step"].astype(int)) == set(terms.STEPS)
    assert set(pack.financing["option"]) == set(range(1, 9))


def test_six_groups_weigh_the_criteria_and_take_a_position_on_every_option(pack):
    said = pack.stakeholders
    weights = said[said["about"] == "weight"].pivot(index="stakeholder", columns="item", values="value")
    assert set(weights.columns) == {"newly_covered", "cost", "readiness", "unmet_need", "equity"}
    assert set(weights.columns) == {name for name, criterion in CRITERIA.items() if criterion.asked}
    assert (weights.sum(axis=1) == 100).all() and len(weights) == 6
    for about in ("position", "pays", "receives"):
        table = said[said["about"] == about].pivot(index="stakeholder", columns="item", values="value")
        assert set(table.columns) == set(pack.measures["id"]) and table.notna().all().all()
    positions = said[said["about"] == "position"]
    assert positions["value"].between(-1, 1).all() and (positions["reason"] != "").all()


def test_groups_pay_for_and_receive_the_whole_of_each_option(pack):
    shares = pack.stakeholders[pack.stakeholders["about"].isin(["pays", "receives"])]
    totals = shares.groupby(["item", "about"])["value"].sum()
    assert totals.between(0, 100.0001).all() and len(totals) == 2 * len(pack.measures)


def test_activities_begin_after_those_they_depend_on_and_end_after_they_begin(pack):
    plan = pack.activities.set_index("id")
    assert (plan["end"] > plan["start"]).all()
    for row in plan.itertuples():
        for before in filter(None, row.depends_on.split(";")):
            assert plan.loc[before, "end"] <= row.start, row.Index
    assert set(plan["measure"]) - {""} <= set(pack.measures["id"])


def test_judgements_and_targets_name_what_exists(pack):
    assert set(pack.judgements["option"]) == set(pack.measures["id"])
    assert pack.judgements.groupby("option")["stakeholder"].nunique().eq(2).all()
    targets = pack.targets[pack.targets["kind"] == "target"]
    assert set(targets["indicator"]) <= set(pack.codebook["id"])
    for row in targets.itertuples():
        assert not pack.latest(row.indicator, row.group, row.sex).empty, row.id
