"""The answer of the chapter on what schemes take in and pay out: one finding, the surest that the figures carry."""

from __future__ import annotations

from nasssap_lib.budget.review import Review
from nasssap_lib.budget.words_accounts import account_sentence, illustration_sentence, main_accounts
from nasssap_lib.budget.words_pensions import pensions_answer
from nasssap_lib.display.texts import _


def budget_answer(schemes: Review, currency: str = "") -> list[tuple[str, str, str]]:
    """What becomes of the contributory schemes: as projected, else as illustrated, else the account of one year.

    Parameters
    ----------
    schemes : result of ``budget.review_schemes``
    currency : code of the national currency

    Returns
    -------
    one (finding, how sure it is, name of its exhibit)
    """
    if schemes.projections:
        sure = _(
            "Projected from insured persons and rules, with the assumptions in the country's data and no feedback."
        )
        return [(pensions_answer(schemes.projections, schemes.refused), sure, "payg_rate")]
    known = schemes.illustration[schemes.illustration["rate"].notna()]
    if len(known):
        sure = _("From the account of one year; who is insured and what is paid stay as they are.")
        return [(illustration_sentence(known), sure, "illustration")]
    if mains := main_accounts(schemes.accounts, 1):
        sure = _("As printed; no contribution rate can be held against it.")
        return [(account_sentence(schemes.accounts, mains[0], currency), sure, "accounts")]
    nothing = _("What schemes take in and pay out is not known: of none were income and expenditure of one year found.")
    return [(nothing, _("The table says of each what lacks."), "accounts")] if len(schemes.without) else []
