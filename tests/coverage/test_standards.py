"""Convention No. 102, what replaces its Parts, and the one Part that can be set beside a published rate."""

import pandas as pd
import pytest
from stories import pack_of

from nasssap_lib.coverage.standards import BOUND, compare_with_c102, obligations_by_part
from nasssap_lib.terms import C102_PARTS

# covered ÷ employees of the same year, computed by others from the same published rates and wage shares (evidence.md §1)
COVERED_OF_EMPLOYEES = {
    "RWA": 15.0,
    "SEN": 29.1,
    "HND": 31.6,
    "BFA": 34.2,
    "MLI": 36.1,
    "ZMB": 45.9,
    "TZA": 61.8,
    "LKA": 101.0,
}


@pytest.mark.parametrize(("country", "expected"), COVERED_OF_EMPLOYEES.items())
def test_part_vi_of_convention_102_as_an_indication(country, expected):
    row = compare_with_c102(pack_of(country)).set_index("branch").loc["employment_injury"]
    assert row["covered"] * 100 == pytest.approx(expected, abs=0.05)
    assert row["flag"] == ("over_100" if expected > 100 else "")
    assert row["minimum"] == (1.0 if country == "SEN" else 0.5)  # Senegal ratified C121: all employees


def test_all_other_parts_are_not_compared():
    table = compare_with_c102(pack_of("SEN"))
    others = table[table["branch"] != "employment_injury"]
    assert list(table["branch"]) == list(C102_PARTS)
    assert others["covered"].isna().all()
    assert (others["reason"] != "").all()


def bound(pack) -> dict[str, tuple[str, str]]:
    table = obligations_by_part(pack)
    return dict(zip(table["part"], zip(table["convention"], table["bound"], strict=True), strict=True))


def test_who_ratified_c121_is_bound_by_it_for_employment_injury():
    """Senegal: C102 1962 (accepted Parts not read), C121 1966 (NORMLEX)."""
    table = obligations_by_part(pack_of("SEN")).set_index("part")
    assert table.loc["VI", ["convention", "bound", "ratified"]].tolist() == ["C121", "ratified", 1966]
    assert set(table.drop(index="VI")["convention"]) == {"C102"}
    assert set(table.drop(index=["VI", "VII", "VIII"])["bound"]) == {"parts_not_read"}


@pytest.mark.parametrize(
    ("number", "parts"), [("C121", "VI"), ("C128", "V IX X"), ("C130", "II III"), ("C168", "IV"), ("C183", "")]
)
def test_each_later_convention_replaces_its_parts_whatever_was_accepted(number, parts):
    """C102, Article 75, and the closing clauses of C121, C128, C130 and C168; C183 revises C103, not Part VIII."""
    pack = pack_of("XTC")  # C102 accepted for II, V, VI and IX
    rows = pack.conventions[pack.conventions["convention"] != number]
    row = rows.iloc[[0]].assign(convention=number, status="ratified", year=2020, parts_accepted="")
    found = bound(pack.with_tables(conventions=pd.concat([rows, row], ignore_index=True)))
    assert {part for part, (convention, _) in found.items() if convention == number} == set(parts.split())
    before = bound(pack)
    assert {part: found[part] for part in found if part not in parts.split()} == {
        part: before[part] for part in before if part not in parts.split()
    }


@pytest.mark.parametrize(
    ("country", "part_vi"),
    [
        ("BFA", "not_ratified"),  # not ratified in 2017; C121 not read
        ("HND", "parts_not_read"),
        ("LKA", "not_read"),
        ("MLI", "not_read"),  # adopted by the Council of Ministers, registration not read
        ("RWA", "not_read"),
        ("TZA", "not_read"),
        ("ZMB", "not_read"),
        ("XTC", "accepted"),
    ],
)
def test_what_was_read_of_part_vi(country, part_vi):
    assert bound(pack_of(country))["VI"] == ("C102", part_vi)


def test_a_part_that_was_not_accepted_does_not_bind():
    assert bound(pack_of("XTC"))["VIII"] == ("C102", "not_accepted")
    assert {state for _, state in bound(pack_of("XTC")).values()} <= set(BOUND)


@pytest.mark.parametrize(("country", "parts"), [("SEN", {"VII", "VIII"}), ("HND", {"II", "VIII"})])
def test_parts_that_the_committee_of_experts_treats_as_binding_are_accepted(country, parts):
    """CEACR comments; the whole list was not read, so the other Parts are not said to be left out."""
    found = bound(pack_of(country))
    assert {part for part, state in found.items() if state == ("C102", "accepted")} == parts
    assert "not_accepted" not in {state for _, state in found.values()}
