"""The stocktaking against hand calculations on published figures, and the properties that its tables have for every country."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from small_pack import write_small_pack

from nasssap_lib import terms
from nasssap_lib.display.texts import reason_words
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import reason
from nasssap_lib.schemes.contributions_and_benefits import benefit_levels, contribution_rates
from nasssap_lib.schemes.health import health_affiliation, health_panel
from nasssap_lib.schemes.inventory import branches_without_scheme, relations, scheme_inventory, scheme_matrix
from nasssap_lib.schemes.spending import ITEMS, national_spending, scheme_spending, spending_total, sper_matrix
from nasssap_lib.stocktaking.collection import figures_to_collect
from nasssap_lib.stocktaking.consistency import KINDS, contradictions, is_jump
from nasssap_lib.stocktaking.context import (
    conventions,
    past_extensions,
    plans_and_laws,
    process_state,
    work_status,
)
from nasssap_lib.stocktaking.evidence import evidence_by_subject

COUNTRIES = ["BFA", "HND", "LKA", "MLI", "RWA", "SEN", "TZA", "ZMB", "XTC"]
TABLES = {
    "process": process_state, "evidence": evidence_by_subject, "contradictions": contradictions, "collection": figures_to_collect,
    "work": work_status, "inventory": scheme_inventory, "matrix": scheme_matrix, "without": branches_without_scheme, "relations": relations,
    "rates": contribution_rates, "levels": benefit_levels, "sper": sper_matrix, "spending": scheme_spending, "health": health_panel,
    "affiliation": health_affiliation, "history": past_extensions, "links": plans_and_laws, "conventions": conventions,
}  # fmt: skip
MEASURED = {  # table -> the value that is NaN only with a reason
    "work": "share", "rates": "high", "levels": "share", "sper": "value", "spending": "share", "health": "value", "affiliation": "value",
}  # fmt: skip


@pytest.fixture(scope="module")
def packs() -> dict[str, Pack]:
    return {country: read_pack(country) for country in COUNTRIES}


def emptied(pack: Pack, *names: str) -> Pack:
    """The pack with some tables cut down to their header."""
    return dataclasses.replace(pack, **{name: getattr(pack, name).iloc[:0] for name in names})


def one(table: pd.DataFrame, **wanted) -> pd.Series:
    found = table[np.logical_and.reduce([table[name] == value for name, value in wanted.items()])]
    assert len(found) == 1, f"{wanted}: {len(found)} rows"
    return found.iloc[0]


# contradictions that the figures show by themselves


def test_tanzania_at_least_one_was_revised_from_4_to_14_percent(packs):
    # SDG 1.3.1 for 2019: 4.0 % in the workbook of the UN (2023), 14.0 % in the edition of October 2025
    row = one(contradictions(packs["TZA"]), kind="revised", subject="at_least_one")
    assert (row["first"], row["second"], row["years"]) == (4.0, 14.0, "2019")
    assert set(row["source"].split(";")) == {"UNSD_GOAL1_202310", "OWID_SDG131_202510"}
    assert "newer edition" in reason_words(row["what_to_do"])


def test_sri_lanka_poor_jump_to_100_percent(packs):
    row = one(contradictions(packs["LKA"]), kind="jump", subject="poor")
    assert (row["first"], row["second"], row["years"]) == (51.5, 100.0, "2016, 2018")
    assert "do not draw 100 %" in reason_words(row["what_to_do"])


def test_burkina_faso_surveys_18_to_43_percent(packs):
    # ASPIRE, all programmes, one edition: 18.40 % in 2018, 42.93 % in 2021
    found = contradictions(packs["BFA"])
    all_programmes = reason("indicator", name="Coverage of all social protection programmes (ASPIRE)")
    row = one(found, kind="jump", years="2018, 2021", figure=all_programmes)
    assert (round(row["first"]), round(row["second"])) == (18, 43)
    # and 2018 itself: 54.9 % in the UN's workbook, 15.3 % in the newer edition
    revised = one(found, kind="revised", figure=reason("indicator", name="Coverage of social assistance (ASPIRE)"))
    assert (round(revised["first"], 1), round(revised["second"], 1)) == (54.9, 15.3)


def test_rwanda_older_persons_fall_and_two_poverty_lines(packs):
    found = contradictions(packs["RWA"])
    jump = one(found, kind="jump", subject="older_persons")
    assert (jump["first"], jump["second"], jump["years"]) == (6.5, 3.1, "2017, 2020")
    # 1.7296 international dollars of 2017 × 293.704956 × 365 = 185,417; × consumer prices 175.348 ÷ 114.301 = 284,447
    line = one(found, kind="poverty_line", figure="poverty_line_derived")
    assert line["first"] == 560_127
    assert line["second"] == pytest.approx(1.7296 * 293.704956054688 * 365 * 175.348 / 114.301, rel=1e-6)
    assert line["second"] == pytest.approx(284_447, abs=1)
    assert line["quality"] == "estimated"
    # the line of extreme poverty of the same survey
    assert one(found, kind="poverty_line", figure="poverty_lines")["second"] == 356_432


def test_sri_lanka_more_covered_for_injury_than_employees(packs):
    # 58.0 % of the employed are counted as covered; employees are 57.45 % of the employed (ILO-modelled, 2020): 101.0 %
    row = one(contradictions(packs["LKA"]), kind="above_employees")
    wage = one(packs["LKA"].series("wage_and_salaried_share"), year=2020)["value"]
    assert row["first"] / row["second"] == pytest.approx(58.0 / wage)
    assert round(row["first"] / row["second"] * 100) == 101
    others = [country for country in COUNTRIES[:-1] if country != "LKA"]
    assert all("above_employees" not in set(contradictions(packs[country])["kind"]) for country in others)


def test_three_counts_of_ipres_contributors(packs):
    row = one(contradictions(packs["SEN"]), kind="competing")
    assert {row["first"], row["second"]} == {567_103, 430_436}
    assert "577,171 for 2024" in reason_words(row["explanation"])


def test_a_zero_in_law_beside_a_scheme_and_a_printed_error_are_named(packs):
    found = contradictions(packs["LKA"])
    assert "Gratuity" in one(found, kind="zero_though_listed")["explanation"]
    assert "printed error" in one(found, kind="marked", subject="Public pens.")["explanation"]


@pytest.mark.parametrize(
    ("before", "after", "years", "jumps"),
    [
        (10, 12, 1, False),
        (1, 3, 1, False),
        (1, 4, 5, True),
        (10, 30, 5, True),
        (10, 30, 6, False),
        (40, 21, 2, False),
        (0, 3, 1, True),
    ],
)
def test_what_counts_as_a_jump(before, after, years, jumps):
    assert is_jump(before, after, years) is jumps


def test_one_edition_alone_contradicts_nothing(tmp_path):
    pack = read_pack("XTS", write_small_pack(tmp_path).parent)
    assert contradictions(pack).columns.tolist() == [
        "kind", "subject", "figure", "first", "second", "unit", "years", "explanation", "what_to_do", "quality", "source",
    ]  # fmt: skip
    assert "competing" not in set(contradictions(pack)["kind"])


# people and work


def test_own_account_is_self_employed_without_family_workers(packs):
    # Senegal 2023 (ILO-modelled): self-employed 69.57439 %, of whom family workers 12.49722 %: on own account 57.077 %
    work = work_status(packs["SEN"])
    assert one(work, sex="total", status="own_account")["share"] == pytest.approx(0.6957439 - 0.1249722, abs=1e-6)
    assert one(work, sex="total", status="wage")["share"] == pytest.approx(1 - 0.6957439, abs=1e-6)
    for status in ("own_account", "family"):
        row = one(work, sex="female", status=status)
        assert pd.isna(row["share"])
        assert row["reason"] == "no_family_workers_by_sex"
    assert one(work, sex="female", status="self_employed")["share"] == pytest.approx(0.7825132, abs=1e-6)


def test_more_family_workers_than_self_employed_is_not_turned_into_a_negative_share(packs):
    facts = packs["SEN"].facts.copy()
    facts.loc[facts["indicator"] == "contributing_family_share", "value"] = 80.0
    row = one(work_status(dataclasses.replace(packs["SEN"], facts=facts)), sex="total", status="own_account")
    assert pd.isna(row["share"])
    assert row["reason"] == "family_above_self_employed"


def test_a_step_without_a_row_is_not_found_and_the_newest_event_gives_the_state(packs):
    steps = process_state(packs["HND"])
    assert one(steps, step=6)["reason"] == "nothing_found"
    newest = one(steps[steps["newest"]], step=2)
    assert (newest["state"], newest["date"], newest["events"]) == ("under_way", "2024", 3)
    assert one(steps, step=4)["evidence"].startswith("Framework Act struck down")


def test_conventions_keep_the_mark_and_c102_always_has_a_line(packs):
    tanzania = conventions(packs["TZA"])
    assert one(tanzania, convention="C102")["reason"] == "nothing_found"
    assert one(tanzania, convention="C121")["check"]
    assert conventions(packs["SEN"])["convention"].tolist().count("C102") == 1


# schemes


def test_the_matrix_of_sri_lanka_is_incomplete_for_health_injury_and_maternity(packs):
    matrix = scheme_matrix(packs["LKA"])
    incomplete = matrix[matrix["state"] == "incomplete"]
    assert set(incomplete["branch"]) == {"medical_care", "employment_injury", "maternity"}
    published = one(incomplete, branch="maternity", category="informal")["evidence"]
    assert reason_words(published) == "mothers with newborns: 29.4 % covered in 2020"
    assert one(matrix, branch="social_assistance", category="poor_households")["schemes"] == "Aswesuma;Samurdhi ?"


def test_a_planned_scheme_is_not_listed_and_a_voluntary_one_covers_nobody_by_law(packs):
    matrix = scheme_matrix(packs["MLI"])
    planned = one(matrix, branch="maternity", category="public_servants")
    assert (planned["state"], planned["planned"], planned["schemes"]) == ("none", "RAMU", "")
    assert one(matrix, branch="old_age", category="informal")[["state", "voluntary"]].tolist() == [
        "voluntary",
        "INPS pension",
    ]


def test_nobody_is_covered_only_where_a_source_says_so(packs):
    without = branches_without_scheme(packs["SEN"]).set_index("branch")
    assert without.loc["unemployment", "evidence"] == reason("zero_in_law", year=2020)
    assert without.loc["sickness", "evidence"] == ""
    assert (without["reason"] == "none_found").all()


def test_adding_a_scheme_never_empties_a_cell(packs):
    for country in COUNTRIES:
        pack = packs[country]
        fewer = dataclasses.replace(pack, schemes=pack.schemes.iloc[1:])
        more, less = scheme_matrix(pack), scheme_matrix(fewer)
        assert set(np.flatnonzero(less["state"] == "listed")) <= set(np.flatnonzero(more["state"] == "listed"))


def test_four_relations(packs):
    found = pd.concat([relations(packs[country]) for country in COUNTRIES[:-1]])
    assert set(found["relation"]) == set(terms.SCHEME_RELATIONS)
    assert one(relations(packs["LKA"]), relation="successor")[["first", "second"]].tolist() == ["Aswesuma", "Samurdhi"]
    assert one(relations(packs["SEN"]), relation="stacked")[["first", "second"]].tolist() == ["IPRES cadres", "IPRES"]
    # both serve private employees, both main, both medical care
    assert one(relations(packs["TZA"]), relation="possible_overlap")[["first", "second"]].tolist() == ["NHIF", "NSSF"]


@pytest.mark.parametrize("country", COUNTRIES)
def test_a_pair_of_schemes_has_one_relation_and_an_overlap_is_of_active_schemes(packs, country):
    found = relations(packs[country])
    pairs = [frozenset(pair) for pair in zip(found["first"], found["second"], strict=True)]
    assert len(pairs) == len(set(pairs))
    active = set(packs[country].schemes.query("status == 'active'")["short_name"])
    overlaps = found[found["relation"] == "possible_overlap"]
    assert set(overlaps["first"]) | set(overlaps["second"]) <= active
    assert (overlaps["found_by"] == "rule").all()


def test_community_and_voluntary_schemes_are_full_members(packs):
    senegal = scheme_inventory(packs["SEN"]).set_index("short_name")["informal"]
    assert senegal["Mutuelles"]
    assert not senegal["FNR"]
    assert senegal["CSS AT-MP"]  # voluntary for the self-employed
    assert len(scheme_inventory(packs["SEN"])) == len(packs["SEN"].schemes)


# rates and levels


def test_contribution_rates_keep_ranges_years_and_decreed_rates(packs):
    senegal, mali = contribution_rates(packs["SEN"]), contribution_rates(packs["MLI"])
    assert one(senegal, short_name="CSS AT-MP")[["low", "high"]].tolist() == [1, 5]
    assert one(senegal, short_name="IPM")["reason"] == "no_rate_found"
    employer = one(mali, short_name="AMO", payer="employer")
    assert employer[["low", "high", "year", "last_year"]].tolist() == [3.5, 4.48, 2016, 2023]
    pension = one(contribution_rates(packs["RWA"]), scheme="rssb_pension", payer="worker")
    assert (pension["high"], pension["year"]) == (6, 2025)  # not the 10 % decreed for 2030
    assert pension["later"] == "7 (2027), 8 (2028), 9 (2029), 10 (2030)"


def test_levels_of_benefits_by_hand(packs):
    # 25,000 CFA francs a quarter × 4 ÷ GDP per head of 2013 (677,959 CFA francs) = 14.75 %, for a household
    pnbsf = one(benefit_levels(packs["SEN"]), scheme="pnbsf")
    assert pnbsf["share"] == pytest.approx(100_000 / 677_959.079, rel=1e-6)
    assert pnbsf["recipient"] == "household"
    # 13 US dollars a month × 12 ÷ GDP per head of 2016 (966.292 US dollars) = 16.14 %
    assert one(benefit_levels(packs["TZA"]), scheme="pssn")["share"] == pytest.approx(156 / 966.292, rel=1e-6)
    # 3,000 rupees a month × 12 ÷ GDP per head of 2024 (1,306,613 rupees) = 2.76 %, for a person; the 2,000 of 2023 are superseded
    elders = one(benefit_levels(packs["LKA"]), scheme="elders_allowance")
    assert elders["share"] == pytest.approx(36_000 / 1_306_613.463, rel=1e-6)
    assert elders["recipient"] == "person"
    assert one(benefit_levels(packs["HND"]), scheme="bono_oro")["reason"] == "paid_once"


# spending and health


def test_scheme_spending_on_gdp_of_its_year_by_hand(packs):
    senegal = scheme_spending(packs["SEN"])
    # IPRES 2024: 153.246846 ÷ 19,893.254 billion CFA francs = 0.770 %; PNBSF 2017: 30 ÷ 12,191.796 = 0.246 %
    assert one(senegal, scheme="ipres")["share"] == pytest.approx(153.246846 / 19_893.254, rel=1e-6)
    assert one(senegal, scheme="pnbsf")["share"] == pytest.approx(30 / 12_191.796, rel=1e-6)
    total = spending_total(senegal, national_spending(packs["SEN"]))
    known = total.iloc[0]
    assert known["share"] == pytest.approx(153.246846 / 19_893.254 + 30 / 12_191.796, rel=1e-6)
    assert known[["schemes", "of", "first_year", "last_year"]].tolist() == [2, 9, 2017, 2024]
    assert known["what"] == "outturn"
    assert one(total, what="social_protection_expenditure_gdp")["share"] == pytest.approx(0.025)


def test_budgets_several_years_and_printed_errors_are_no_outturn_of_a_year(packs):
    told = {
        country: reason_words(one(scheme_spending(packs[country]), scheme=scheme)["reason"])
        for country, scheme in (("HND", "bono_vida_mejor"), ("BFA", "filets_sociaux"), ("LKA", "public_pension"))
    }
    assert told == {
        "HND": "no figure of one year: 2014-2021 together",
        "BFA": "no figure of one year: project total",
        "LKA": "marked by its note: printing error",
    }
    budget = one(scheme_spending(packs["LKA"]), scheme="aswesuma")
    assert budget["kind"] == "budget"
    assert budget["share"] == pytest.approx(207 / 29_898.565, rel=1e-6)
    total = spending_total(scheme_spending(packs["LKA"]), national_spending(packs["LKA"]))
    assert total["schemes"].tolist() == [0, 1]  # a budget is never added to an outturn
    assert pd.isna(total["share"].iat[0])


def test_the_fill_matrix_tells_missing_from_none_by_design(packs):
    senegal = sper_matrix(packs["SEN"])
    assert len(senegal) == 9 * len(ITEMS)
    assert (senegal[senegal["item"] == "administration"]["state"] == "missing").all()
    assert one(senegal, scheme="pnbsf", item="contributors")["state"] == "by_design"
    assert one(senegal, scheme="pnbsf", item="beneficiaries")[["state", "counted_in", "year"]].tolist() == [
        "old",
        "households",
        2019,
    ]
    lanka = sper_matrix(packs["LKA"])
    assert one(lanka, scheme="aswesuma", item="benefit")[["value", "high"]].tolist() == [2500, 15_000]
    assert one(lanka, scheme="aswesuma", item="beneficiaries")["value"] == 1_410_064  # the total, not a class
    assert one(lanka, scheme="public_pension", item="expenditure")["state"] == "doubt"
    assert one(lanka, scheme="epf", item="reserves")["kind"] == "stock"
    assert "ramu" not in set(sper_matrix(packs["MLI"])["scheme"])  # planned: nothing to review yet


def test_health_panel_and_affiliation(packs):
    panel = health_panel(packs["SEN"])
    assert one(panel, indicator="out_of_pocket_share")["value"] == 48.82735
    assert one(health_panel(packs["HND"]), indicator="catastrophic_health_spending")["reason"] == "not_published"
    rwanda = health_affiliation(packs["RWA"])
    assert set(rwanda[rwanda["measure"] == "health_insurance_coverage"]["value"]) == {
        85.3,
        89.0,
    }  # both published counts of 2024
    assert health_affiliation(packs["LKA"])["reason"].tolist() == ["no_health_scheme"]


# evidence


def test_evidence_says_how_old_and_what_is_missing(packs):
    senegal = evidence_by_subject(packs["SEN"])
    groups = one(senegal, subject="coverage")
    assert (groups["oldest"], groups["newest"]) == (2019, 2020)
    assert reason_words(groups["missing"]) == "persons with severe disabilities"
    assert one(senegal, subject="coverage_by_sex")["reason"] == "not_found"
    assert one(evidence_by_subject(packs["TZA"]), subject="coverage_by_fifth")["age"] == 11  # 2014


@pytest.mark.parametrize("country", COUNTRIES)
def test_figures_to_collect_are_ordered_by_what_they_would_change(packs, country):
    wanted = figures_to_collect(packs[country])
    assert wanted["rank"].tolist() == list(range(1, len(wanted) + 1))
    for _, part in wanted.groupby("aim", sort=False):
        assert part["persons"].dropna().is_monotonic_decreasing
    assert (wanted.loc[wanted["persons"].isna(), "reason"] != "").all()


def test_a_published_prevalence_takes_the_number_of_persons_with_disabilities_off_the_list(packs):
    pack = packs["SEN"]
    row = pack.facts.iloc[[0]].assign(
        indicator="severe_disability_prevalence",
        group="total",
        sex="total",
        breakdown="",
        area="",
        year=2023,
        value=1.5,
    )
    richer = dataclasses.replace(pack, facts=pd.concat([pack.facts, row], ignore_index=True))
    assert "collect_disability" in set(figures_to_collect(pack)["figure"])
    assert "collect_disability" not in set(figures_to_collect(richer)["figure"])


# every table, every country


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_missing_value_has_a_reason_and_every_value_a_source(packs, country):
    for name, column in MEASURED.items():
        table = TABLES[name](packs[country])
        missing = table[column].isna()
        assert (table.loc[missing, "reason"] != "").all(), name
        known = table[~missing]
        assert (known["source"] != "").all(), name
        assert known["quality"].isin(terms.QUALITIES).all(), name


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_source_of_a_result_is_in_the_pack(packs, country):
    known = set(packs[country].sources["id"])
    for name, function in TABLES.items():
        named = {source for text in function(packs[country])["source"] for source in text.split(";") if source}
        assert named <= known, name


@pytest.mark.parametrize("country", COUNTRIES)
def test_every_contradiction_says_what_to_do(packs, country):
    found = contradictions(packs[country])
    assert set(found["kind"]) <= set(KINDS)
    for column in ("subject", "figure", "explanation", "what_to_do", "source", "quality"):
        assert (found[column] != "").all(), column
    assert found["first"].notna().all()


@pytest.mark.parametrize(
    "table", ["facts", "population", "schemes", "scheme_figures", "process", "links", "history", "conventions"]
)
def test_a_table_without_rows_gives_results_that_say_so(packs, table):
    gone = [table, "scheme_figures"] if table == "schemes" else [table]
    pack = emptied(packs["SEN"], *gone)
    results = {name: function(pack) for name, function in TABLES.items()}
    assert len(results["process"]) >= len(terms.STEPS)
    assert len(results["matrix"]) == len(terms.BRANCHES) * len(terms.POPULATION_CATEGORIES)
    assert len(results["health"]) == 8
    for name, column in MEASURED.items():
        assert (results[name].loc[results[name][column].isna(), "reason"] != "").all(), name


def test_nothing_is_written_into_the_pack(packs):
    before = {
        name: getattr(packs["RWA"], name).copy()
        for name in ("facts", "schemes", "scheme_figures", "process", "history", "links")
    }
    for function in TABLES.values():
        function(packs["RWA"])
    for name, table in before.items():
        pd.testing.assert_frame_equal(getattr(packs["RWA"], name), table)
