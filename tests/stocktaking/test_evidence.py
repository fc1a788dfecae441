"""How old the evidence on a subject is, and what of it is missing."""

import pytest
from small_pack import write_small_pack
from stories import ALL, one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.pack.reader import read_pack
from nasssap_lib.stocktaking.evidence import evidence_by_subject


def test_evidence_says_how_old_and_what_is_missing():
    senegal = evidence_by_subject(pack_of("SEN"))
    groups = one(senegal, subject="coverage")
    assert (groups["oldest"], groups["newest"], groups["age"]) == (
        2019,
        2019,
        6,
    )  # the legal zero of 2020 makes nothing newer
    assert reason_words(groups["missing"]) == "persons with severe disabilities"
    assert one(senegal, subject="coverage_by_sex")["reason"] == "not_found"
    assert one(evidence_by_subject(pack_of("TZA")), subject="coverage_by_fifth")["age"] == 11  # 2014


@pytest.fixture
def small(tmp_path):
    """The small pack: reference year 2025, figures of 2018 to 2022, population of 2020 and 2025."""
    return evidence_by_subject(read_pack("XTS", write_small_pack(tmp_path).parent))


def test_age_is_counted_from_the_newest_figure_to_the_reference_year(small):
    """Coverage of groups: all of 2020, so five years; population: of 2025 itself, births of 2020."""
    coverage, people = one(small, subject="coverage"), one(small, subject="population")
    assert (coverage["newest"], coverage["oldest"], coverage["age"]) == (2020, 2020, 5)
    assert (people["newest"], people["oldest"], people["age"]) == (2025, 2020, 0)


def test_a_subject_without_any_figure_has_a_reason_and_no_age(small):
    silent = small[small["newest"].isna()]
    assert len(silent) and (silent["reason"] == "not_found").all()
    assert silent[["oldest", "age"]].isna().all(axis=None) and (silent["source"] == "").all()
    assert (small.loc[small["newest"].notna(), "reason"] == "").all()


@pytest.mark.parametrize("country", ALL)
def test_editions_are_those_of_the_sources_and_no_subject_is_newer_than_the_report(country):
    pack = pack_of(country)
    found = evidence_by_subject(pack)
    assert found["subject"].is_unique
    assert (found["newest"].dropna() <= pack.settings.reference_year).all()
    assert (found["age"].dropna() >= 0).all() and (found["oldest"].dropna() <= found["newest"].dropna()).all()
    names = pack.sources.set_index("id")
    for row in found.itertuples():
        known = {
            (names.loc[name, "short"] or names.loc[name, "publisher"]).replace(";", ",")
            for name in row.source.split(";")
            if name
        }
        assert set(filter(None, row.edition.split(";"))) == known, row.subject


def test_a_budget_is_no_outturn_and_is_not_passed_over():
    """Zambia's schemes: of the SCT one payment of two months, of the FSP a budget of 2023, of the other ten nothing."""
    money = one(evidence_by_subject(pack_of("ZMB")), subject="scheme_money")
    assert (
        reason_words(money["missing"]) == "11 of 12 schemes without an outturn or income; for 1 of these only a budget"
    )
