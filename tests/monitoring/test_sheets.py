"""Indicator sheets and typed targets beside ours."""

import pytest
from small_pack import CODE, write_small_pack
from stories import ALL, REAL, pack_of

from nasssap_lib.monitoring.sheets import indicator_sheets, typed_targets
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.reasons import has_reason


def sheet(country, indicator, group):
    table = indicator_sheets(pack_of(country))
    return table[(table["indicator"] == indicator) & (table["group"] == group) & (table["kind"] == "outcome")].iloc[0]


def test_the_sheet_of_older_persons_in_the_training_country():
    row = sheet("XTC", "effective_coverage", "older_persons")
    assert row[["baseline", "baseline_year", "age", "sdg", "unit"]].tolist() == [33.99, 2024, 1, "1.3.1", "percent"]
    assert row[["responsible", "frequency", "options"]].tolist() == [
        "Ministry of Social Affairs",
        "every year",
        "pension_65",
    ]
    assert row["reason"] == "" and row["definition"].startswith("Persons of the group")


def test_a_baseline_older_than_five_years_asks_to_be_measured_again():
    # Zambia, reference year 2025: children 2016 is old, older persons 2020 is not
    assert has_reason([sheet("ZMB", "effective_coverage", "children")["reason"]], "remeasure_first") == [True]
    assert has_reason([sheet("ZMB", "effective_coverage", "older_persons")["reason"]], "remeasure_first") == [False]
    assert sheet("ZMB", "effective_coverage", "children")["age"] == 9


def test_poverty_is_an_outcome_at_the_national_line():
    row = sheet("ZMB", "poverty_headcount", "total")
    assert row[["baseline", "baseline_year"]].tolist() == [60.0, 2022]  # Zambia Statistics Agency, LCMS 2022


def test_outputs_stand_apart_and_name_the_option_s_institution():
    table = indicator_sheets(pack_of("XTC"))
    outputs = table[table["kind"] == "output"]
    assert len(outputs) == 2 * len(pack_of("XTC").measures) and outputs["baseline"].isna().all()
    assert outputs["responsible"].tolist()[::2] == pack_of("XTC").measures["institution"].tolist()
    assert table["kind"].tolist() == ["output"] * len(outputs) + ["outcome"] * (len(table) - len(outputs))


@pytest.mark.parametrize("country", ALL)
def test_every_name_stands_in_the_pack(country):
    pack, table = pack_of(country), indicator_sheets(pack_of(country))
    outputs = table["kind"] == "output"
    assert set(table.loc[outputs, "responsible"]) == set(pack.measures["institution"])
    named = {name for cell in table.loc[~outputs, "responsible"] for name in cell.split("; ")}
    assert named <= {*pack.targets["responsible"], ""}
    assert set(table["name"]) <= {*pack.measures["name"], *pack.codebook["name_en"]}
    nobody = has_reason(table["reason"], "nobody_named_to_measure")
    assert (table["responsible"].eq("") == nobody).all()
    known = table.dropna(subset=["baseline"])
    columns = ["indicator", "group", "sex", "year", "value", "source"]
    facts = set(pack.facts[columns].itertuples(index=False, name=None))
    shown = known[["indicator", "group", "sex", "baseline_year", "baseline", "source"]].itertuples(
        index=False, name=None
    )
    assert len(known) and set(shown) <= facts
    assert (known["source"] != "").all() and (table.loc[table["baseline"].isna(), "reason"] != "").all()


@pytest.mark.parametrize("country", REAL)
def test_a_country_without_typed_targets_has_none(country):
    assert typed_targets(pack_of(country)).empty


def test_typed_targets_of_the_training_country_beside_ours_by_hand():
    table = typed_targets(pack_of("XTC")).set_index("id")
    # mothers in 2030: four fifths of 0.65 on top of 5.8 %; typed: 40 %
    assert (
        table.loc["t3", ["low", "high"]].tolist() == pytest.approx([57.8, 57.8])
        and table.loc["t3", "standing"] == "below"
    )
    # health insurance in 2030: 19.3 + 0.8 × 0.5 × 80.7 at least; typed: 45 %
    assert table.loc["t8", "low"] == pytest.approx(19.3 + 0.4 * 80.7) and table.loc["t8", "standing"] == "below"
    assert table.loc["t2", "standing"] == "above"
    assert table["reason"][["t1", "t5", "t9", "t10"]].tolist() == ["no_option_for_group", *["not_of_options"] * 3]


def test_a_target_within_the_interval_says_so():
    # nothing but the mutuals: 19.3 + 0.8 × 0.4 × 80.7 = 45.1 %, which the 45 % that were typed lie just below
    table = typed_targets(pack_of("XTC"), {"pension_65": 2026, "health_mutuals": 2027}).set_index("id")
    assert table.loc["t4", "low"] <= 65 <= table.loc["t4", "high"] and table.loc["t4", "standing"] == "within"
    assert table.loc["t8", "low"] == pytest.approx(19.3 + 0.32 * 80.7)


def test_what_a_codebook_of_ones_own_does_not_define_stands_by_its_id_and_without_words(tmp_path):
    pack = read_pack(CODE, write_small_pack(tmp_path).parent)
    assert "poverty_headcount" not in set(pack.codebook["id"])
    (row,) = indicator_sheets(pack).to_dict("records")  # it has no options and no targets
    assert [row[name] for name in ("indicator", "name", "definition", "official_code", "sdg", "unit")] == [
        "poverty_headcount", "poverty_headcount", "", "", "", "",
    ]  # fmt: skip
