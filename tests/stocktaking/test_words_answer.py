"""The answer of the stocktaking, for every country, against the tables that it speaks of."""

import pytest
from stories import FIRST_THEN_ALL, pack_of

from nasssap_lib import schemes, stocktaking
from nasssap_lib.stocktaking.words_answer import stocktaking_answer


def answer_of(pack, work=None):
    total = schemes.spending_total(schemes.scheme_spending(pack), schemes.national_spending(pack))
    return stocktaking_answer(
        schemes.scheme_matrix(pack), stocktaking.work_status(pack) if work is None else work, total, stocktaking.process_state(pack),
        stocktaking.figures_to_collect(pack), stocktaking.evidence_by_subject(pack), "Testland",
    )  # fmt: skip


@pytest.mark.parametrize("country", FIRST_THEN_ALL)
def test_each_finding_has_words_and_an_exhibit_and_the_last_counts_what_is_missing(country):
    findings = answer_of(pack_of(country))
    assert 4 <= len(findings) <= 5 and all(words and exhibit for words, _, exhibit in findings)
    words, sure, exhibit = findings[-1]
    assert exhibit == "figures_to_collect" and words.startswith(
        str(len(stocktaking.figures_to_collect(pack_of(country))))
    )
    recent = stocktaking.evidence_by_subject(pack_of(country))
    assert f"Of {len(recent)} subjects, {int((recent['age'] <= 5).sum())} rest" in sure


def test_work_that_was_not_published_is_no_finding():
    pack = pack_of("SEN")
    silent = stocktaking.work_status(pack).assign(share=float("nan"))
    assert "work_picture" in [exhibit for *_, exhibit in answer_of(pack)]
    assert "work_picture" not in [exhibit for *_, exhibit in answer_of(pack, silent)]


def test_work_is_as_sure_as_its_own_figures_say():
    """The fictional country's figures are nobody's model."""
    told = {
        code: {exhibit: sure for _, sure, exhibit in answer_of(pack_of(code))}["work_picture"]
        for code in ("SEN", "XTC")
    }
    assert told == {"SEN": "Modelled by the ILO.", "XTC": "Illustration, not a figure of any country."}
