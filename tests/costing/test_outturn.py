"""The model against outturn: printed figures multiplied by hand, what cannot be recomputed and why, and when figures fit."""

import dataclasses

import numpy as np
import pandas as pd
import pytest
from stories import ALL, REAL, pack_of

from nasssap_lib.costing.outturn import APART, OUTTURN_COLUMNS, model_against_outturn, unexplained
from nasssap_lib.reasons import has_reason, split_reasons

BLANK = {
    "detail": "",
    "branch": "",
    "covers": "",
    "counted_in": "persons",
    "unit": "persons",
    "quality": "observed",
    "source": "S",
    "note": "",
}
SAID = {"kind": "outturn", "payments": np.nan, "explanation": "Because.", "quality": "observed", "source": "T"}


def of(country: str, scheme: str, kind: str, year: int) -> pd.Series:
    table = model_against_outturn(pack_of(country))
    rows = table[(table["scheme"] == scheme) & (table["kind"] == kind) & (table["year"] == year)]
    assert len(rows) == 1
    return rows.iloc[0]


def counted(*figures: dict, said: tuple[dict, ...] = (), scheme: str = "pnbsf") -> pd.DataFrame:
    """Senegal's family grant with other figures, and other explanations."""
    pack = pack_of("SEN")
    rest = pack.scheme_figures[pack.scheme_figures["scheme"] != scheme]
    rows = pd.DataFrame([BLANK | figure | {"scheme": scheme} for figure in figures], columns=rest.columns)
    told = pd.DataFrame([SAID | row | {"scheme": scheme} for row in said], columns=pack.outturns.columns)
    changed = dataclasses.replace(
        pack,
        scheme_figures=pd.concat([rest, rows], ignore_index=True),
        outturns=told.astype({"payments": float}),
    )
    table = model_against_outturn(changed)
    return table[table["scheme"] == scheme].reset_index(drop=True)


def people(year: int, value: float, **other) -> dict:
    return {"measure": "beneficiaries", "year": year, "value": value} | other


def benefit(year: int, value: float, **other) -> dict:
    return {"measure": "benefit", "year": year, "value": value, "unit": "lcu_per_month", "counted_in": "money"} | other


def spent(year: int, millions: float, **other) -> dict:
    money = {"unit": "lcu_million", "counted_in": "money"}
    return {"measure": "expenditure", "year": year, "value": millions} | money | other


def test_aswesuma_by_hand():
    """Four classes of families at four amounts a month (2023), beside the budget of 207 billion (2024)."""
    a_month = 303_199 * 15_000 + 606_496 * 8_500 + 290_624 * 5_000 + 209_745 * 2_500
    assert a_month == 11_680_683_500
    row = of("LKA", "aswesuma", "budget", 2024)
    assert (row["recipients"], row["counted_in"], row["payments"]) == (1_410_064, "families", 12)
    assert row["benefit"] == pytest.approx(a_month / 1_410_064)
    assert row["modelled"] == pytest.approx(12 * a_month) and row["published"] == pytest.approx(207e9)
    assert row["difference"] == pytest.approx(140.168202 / 207 - 1, abs=1e-9)
    assert split_reasons(row["reason"]) == [
        ("years_one_apart", {"recipients": 2023, "benefit": 2023, "spending": 2024})
    ]
    assert row["quality"] == "estimated"
    half = of("LKA", "aswesuma", "outturn", 2023)  # July to December: six payments, never twice the half year
    assert half["modelled"] == pytest.approx(6 * a_month) and half["published"] == pytest.approx(51.967e9)
    assert half["difference"] == pytest.approx(70.084101 / 51.967 - 1, abs=1e-9)


def test_zambias_social_cash_transfer_by_hand():
    row = of("ZMB", "sct", "budget", 2021)
    assert row["modelled"] == 880_539 * 110 * 12 == 1_162_311_480
    assert row["published"] == pytest.approx(2.3e9)
    assert row["difference"] == pytest.approx(1_162.31148 / 2_300 - 1)
    assert row["reason"] == "" and row["quality"] == "observed"
    assert 994_000 * 110 * 12 == 1_312_080_000 and "1,312 million" in row["explanation"]
    cycle = of("ZMB", "sct", "outturn", 2022)
    assert cycle["modelled"] == 973_323 * 110 * 2 and cycle["published"] == pytest.approx(468_275_607)


def test_senegals_family_grant_by_hand():
    outturn, budget = of("SEN", "pnbsf", "outturn", 2017), of("SEN", "pnbsf", "budget", 2016)
    assert outturn["modelled"] == 300_000 * 25_000 * 4 == 30e9 and outturn["difference"] == pytest.approx(0)
    assert budget["difference"] == pytest.approx(30 / 32 - 1)
    assert "no check" in outturn["explanation"]  # the sum is the product of the two by its own source
    assert not outturn["tested"] and budget["tested"]


def test_red_solidaria_by_hand():
    row = of("HND", "red_solidaria", "outturn", 2023)
    assert row["modelled"] == 785 * 4_020 == 3_155_700
    assert row["published"] == pytest.approx(3_155_700) and row["payments"] == 1
    assert row["difference"] == pytest.approx(0, abs=1e-12) and not row["tested"]


@pytest.mark.parametrize("country", ALL)
def test_every_scheme_has_a_row_that_is_a_number_or_says_what_lacks(country):
    pack, table = pack_of(country), model_against_outturn(pack_of(country))
    assert list(table.columns) == OUTTURN_COLUMNS
    standing = pack.schemes[~pack.schemes["status"].isin(["planned", "closed"])]
    assert set(standing["id"]) >= set(table["scheme"]) and len(table) >= len(set(table["scheme"]))
    known = table["modelled"].notna()
    assert (table.loc[~known, "reason"] != "").all()
    assert table.loc[known, "published"].notna().all() and (table.loc[known, "source"] != "").all()
    assert table.loc[known, "modelled"].to_numpy() == pytest.approx(
        (table["recipients"] * table["benefit"] * table["payments"])[known].to_numpy()
    )
    years = table.loc[known, ["year", "recipients_year", "benefit_year"]].astype(int)
    assert ((years.max(axis=1) - years.min(axis=1)) <= APART).all()
    assert unexplained(table).empty  # every difference of the shipped packs says why, or that no source does


@pytest.mark.parametrize("country", REAL)
def test_an_explanation_names_sources_of_the_pack_and_is_translated_where_the_pack_is(country):
    pack = pack_of(country)
    cited = {name for cell in pack.outturns["source"] for name in cell.split(";")}
    assert cited <= set(pack.sources["id"])
    language = pack.settings.language
    if language != "en" and len(pack.outturns):
        assert (pack.outturns[f"explanation_{language}"] != "").all()


def test_the_training_country_comes_to_what_its_funds_paid():
    """Pensioners × average pension × 12; works are paid for 80 days, 80 ÷ 22 months."""
    table = model_against_outturn(pack_of("XTC")).query("kind == 'outturn'").set_index("scheme")
    for scheme in ("npf", "psps", "wicf", "fsg", "ocp", "disability"):
        assert table.loc[scheme, "difference"] == pytest.approx(0, abs=1e-3), scheme
    assert table.loc["works", "payments"] == pytest.approx(80 / 22, abs=0.005)
    assert table.loc["works", "difference"] == pytest.approx(0, abs=2e-3)


def test_figures_at_most_one_year_apart_and_the_nearest_are_taken():
    near = counted(people(2018, 100), people(2019, 200), people(2021, 400), benefit(2020, 10), spent(2020, 0.05))
    assert near["recipients"].tolist() == [400]  # of two as near the later
    assert near["modelled"].tolist() == [400 * 10 * 12]
    far = counted(people(2018, 100), benefit(2020, 10), spent(2019, 0.05))
    assert split_reasons(far["reason"][0]) == [
        ("years_too_far_apart", {"recipients": 2018, "benefit": 2020, "spending": 2019})
    ]  # each is one from the spending, and two from each other


def test_outturns_and_budgets_stand_apart_and_older_years_only_where_explained():
    figures = [row for year in (2018, 2019, 2020) for row in (people(year, 100), benefit(year, 10), spent(year, 0.012))]
    figures.append(spent(2019, 0.02, measure="expenditure_budget"))
    assert counted(*figures)[["kind", "year"]].values.tolist() == [["outturn", 2020], ["budget", 2019]]
    explained = counted(*figures, said=({"year": 2018},))
    assert explained[["kind", "year"]].values.tolist() == [["outturn", 2020], ["budget", 2019], ["outturn", 2018]]


def test_classes_are_added_only_where_each_has_its_count_and_its_benefit():
    classes = [people(2020, 100, detail="old"), people(2020, 50, detail="young"), spent(2020, 0.02)]
    both = counted(*classes, benefit(2020, 10, detail="old"), benefit(2020, 4, detail="average, young"))
    assert both["modelled"].tolist() == [(100 * 10 + 50 * 4) * 12]
    one_lacks = counted(*classes, benefit(2020, 10, detail="old"), benefit(2020, 4, detail="widows"))
    assert has_reason(one_lacks["reason"], "no_recipients_of") == [True] and one_lacks["modelled"].isna().all()


@pytest.mark.parametrize(
    ("figures", "code"),
    [
        ([benefit(2020, 10), spent(2020, 1)], "no_scheme_recipients"),
        ([people(2020, 100), spent(2020, 1)], "no_scheme_benefit"),
        ([people(2020, 100), benefit(2020, 10)], "no_scheme_spending"),
        ([people(2020, 100), benefit(2020, 10, measure="benefit_minimum"), spent(2020, 1)], "no_scheme_benefit"),
        ([people(2020, 100, counted_in="cumulative_persons"), benefit(2020, 10), spent(2020, 1)], "no_scheme_recipients"),
        ([people(2020, 100), benefit(2020, 10, unit="lcu"), spent(2020, 1)], "no_scheme_payments"),
        ([people(2020, 100), benefit(2020, 10), spent(2020, 1, unit="usd_million")], "other_currency"),
        ([people(2020, 100), benefit(2020, 10, detail="per household"), spent(2020, 1)], "benefit_by_household"),
        ([people(2020, 100), benefit(2020, 10), spent(2020, 1, detail="project total")], "not_of_one_year"),
        ([people(2020, 100), benefit(2020, 10), spent(2020, 1, note="printed error, do not plot")], "printing_error"),
        ([people(2020, 100), benefit(2020, 10), spent(2020, 1, detail="one region")], "no_recipients_of"),
    ],
)  # fmt: skip
def test_what_cannot_be_recomputed_says_why(figures, code):
    table = counted(*figures)
    assert len(table) == 1 and table["modelled"].isna().all()
    assert code in [found for found, _ in split_reasons(table["reason"][0])]


def test_payments_that_are_said_stand_for_a_whole_years():
    figures = [people(2020, 100), benefit(2020, 10), spent(2020, 0.002, detail="one payment")]
    table = counted(*figures, said=({"year": 2020, "payments": 2.0},))
    assert table["modelled"].tolist() == [2_000] and table["difference"].tolist() == [pytest.approx(0)]
    assert table["source"].tolist() == ["S;T"]
