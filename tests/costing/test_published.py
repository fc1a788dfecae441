"""Published figures of groups of countries: as they stand in their sources, each cited, none of them a country's."""

import csv

import pytest
from reference_numbers import reference_path
from stories import ALL

from nasssap_lib.costing.published import published_gaps


def test_published_figures_are_of_groups_of_countries_and_carry_their_critique():
    # ILO Working Paper 113, abstract: 3.3 % of GDP for 133 countries, 52.3 % for low-income ones
    table = published_gaps().set_index(["what", "area", "year", "kind"])["value"]
    assert table["floor_with_health", "low_and_middle_income", 2024, "published"] == 3.3
    assert table["floor_with_health", "low_income", 2024, "published"] == 52.3
    assert table["income_guarantees", "low_income", 2024, "criticised"] == 19.8
    assert not set(published_gaps()["area"]) & set(ALL) and published_gaps()["citation"].notna().all()


@pytest.mark.reference
def test_they_are_those_of_the_reference_file():
    with reference_path("costing.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["unit"].startswith("% ") and "GDP" in row["unit"]]
    known = {(row["year"], float(row["value"])) for row in rows if row["value"].replace(".", "").isdigit()}
    shown = published_gaps().query("kind == 'published'")
    assert {(str(year), value) for year, value in zip(shown["year"], shown["value"], strict=True)} <= known
