"""Sentences on needs: whole, in English and in the pseudo-language."""

import pytest
from pseudo_language import untranslated
from stories import pack_of

from nasssap_lib.display.texts import in_language
from nasssap_lib.needs import words
from nasssap_lib.needs.assessment import assess_guarantees, codi_checklist, needs_by_group
from nasssap_lib.needs.poverty import poverty_by_line, recompute_poverty


def sentences(country: str) -> list[str]:
    pack = pack_of(country)
    matrix, needs = assess_guarantees(pack), needs_by_group(pack)
    lines, check = poverty_by_line(pack), recompute_poverty(pack)
    checklist = codi_checklist(pack.findings)
    return [
        words.assessment_sentence(matrix),
        words.assessment_sentence(matrix.assign(reason="")),
        words.checklist_sentence(checklist),
        words.checklist_sentence(checklist.assign(findings=0)),
        words.needs_sentence(needs),
        words.needs_sentence(needs.assign(gap=float("nan"), evidence="old")),
        words.poverty_sentence(lines, country),
        words.poverty_sentence(lines[lines["line"] != "national"], country),
        words.recomputed_sentence(check),
        words.recomputed_sentence(check.iloc[:0]),
    ]


@pytest.mark.parametrize("country", ["SEN", "XTC"])
def test_no_sentence_is_glued_together_or_left_out_of_the_catalogue(country):
    with in_language("qps"):
        assert untranslated(sentences(country), pack_of(country)) == []


def test_what_is_not_known_is_named_by_its_group():
    needs = needs_by_group(pack_of("SEN"))
    assert words.needs_sentence(needs).startswith(
        "A gap in persons is known for 6 of 7 groups; the largest is that of children: 7.1 million (rate of 2019, kept). "
        "It is not known for persons with severe disabilities."
    )


def test_a_pack_without_findings_says_what_a_dialogue_must_supply():
    assert words.assessment_sentence(assess_guarantees(pack_of("SEN"))).startswith(
        "The country's data hold no finding yet: for essential health care, basic income security for children, "
    )
