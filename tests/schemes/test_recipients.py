"""Which counts stand for all whom a scheme pays: pensioners alone, the only count of a year, periods and parts."""

import pandas as pd
import pytest
from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.schemes.accounts import COLUMNS
from nasssap_lib.schemes.recipients import recipient_counts
from nasssap_lib.schemes.sper import sper_ratios

ROW = {
    "scheme": "a", "short_name": "A", "type": "social_insurance", "item": "beneficiaries", "kind": "count", "detail": "", "branch": "",
    "covers": "a", "year": 2020, "first_year": 2020, "value": 100.0, "unit": "number", "counted_in": "persons", "note": "",
    "quality": "observed", "source": "S", "reason": "",
}  # fmt: skip


def counted(*rows: dict, branches: str = "old_age;survivors", kind: str = "social_insurance") -> pd.DataFrame:
    accounts = pd.DataFrame([ROW | row for row in rows], columns=COLUMNS)
    schemes = pd.DataFrame({"id": ["a", "b"], "type": kind, "branches": [branches, "medical_care"]})
    return recipient_counts(accounts, schemes)


def per_head(country: str, scheme: str) -> pd.Series:
    ratios = sper_ratios(pack_of(country))
    return one(ratios[ratios["newest"]], scheme=scheme, ratio="expenditure_per_beneficiary")


@pytest.mark.parametrize(
    ("branches", "kind", "covers", "stands"),
    [
        ("old_age;survivors", "social_insurance", "a", True),
        ("old_age;medical_care", "social_insurance", "a", False),
        ("old_age", "provident_fund", "a", False),
        ("old_age;survivors", "social_insurance", "a;b", False),
    ],
)
def test_pensioners_are_all_whom_is_paid_only_where_nothing_but_pensions_is(branches, kind, covers, stands):
    (row,) = counted({"item": "pensioners", "covers": covers}, branches=branches, kind=kind).to_dict("records")
    assert pd.notna(row["value"]) == stands
    assert row["reason"] == ("" if stands else "pensioners_alone")


@pytest.mark.parametrize(
    ("rows", "named"),
    [
        ([{"detail": "children"}], True),
        ([{"detail": "children"}, {"detail": ""}], False),
        ([{"detail": "children"}, {"detail": "adults"}], False),
        ([{"detail": "children"}, {"detail": "", "year": 2021}], True),
        ([{"detail": "average of 2014-2021"}], False),
        ([{"detail": "since 2018"}], False),
        ([{"detail": "North"}, {"item": "expenditure", "detail": "North, one payment", "unit": "lcu_billion"}], False),
    ],
)
def test_the_only_count_of_a_year_is_of_all_but_not_of_a_period_or_a_part(rows, named):
    first = counted(*rows).iloc[0]
    assert (first["detail"] == "") == named
    assert first["reason"] == ('count_is_of {"detail": "children"}' if named else "")


def test_benefits_of_a_fund_with_withdrawals_and_care_are_not_divided_by_its_pensioners():
    row = per_head("TZA", "nssf")
    assert pd.isna(row["value"])
    assert reason_words(row["reason"]) == "more than pensions is paid, and pensioners alone are counted"
    # IHSS IVM pays pensions alone: 1,666 million lempiras, 41,000 pensioners
    assert per_head("HND", "ihss_ivm")["value"] == pytest.approx(1_666_000_000 / 41_000)


def test_school_meals_are_divided_by_the_children_who_eat_them():
    row = per_head("HND", "alimentacion")
    assert row["value"] == pytest.approx(1_022_524_326.72 / 1_228_592)
    assert reason_words(row["reason"]) == "counted: children"


def test_figures_of_a_part_are_not_called_missing():
    told = reason_words(per_head("HND", "red_solidaria")["reason"])
    assert told == "found, though not of the whole scheme in one year: Expenditure, Beneficiaries"
    assert "not found: Expenditure, Beneficiaries" in reason_words(per_head("HND", "injupemp")["reason"])
