"""How old the evidence on a subject is, and what of it is missing."""

from stories import one, pack_of

from nasssap_lib.display.texts import reason_words
from nasssap_lib.stocktaking.evidence import evidence_by_subject


def test_evidence_says_how_old_and_what_is_missing():
    senegal = evidence_by_subject(pack_of("SEN"))
    groups = one(senegal, subject="coverage")
    assert (groups["oldest"], groups["newest"]) == (2019, 2020)
    assert reason_words(groups["missing"]) == "persons with severe disabilities"
    assert one(senegal, subject="coverage_by_sex")["reason"] == "not_found"
    assert one(evidence_by_subject(pack_of("TZA")), subject="coverage_by_fifth")["age"] == 11  # 2014
