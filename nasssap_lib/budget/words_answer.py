"""The answer of the chapter on what schemes take in and pay out: one finding, the surest that the figures carry."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from nasssap_lib.budget.pension_scheme import PensionProjection
from nasssap_lib.budget.words_accounts import account_sentence, illustration_sentence, main_accounts
from nasssap_lib.budget.words_pensions import pensions_answer
from nasssap_lib.display.texts import _


def budget_answer(
    projections: Sequence[PensionProjection],
    illustration: pd.DataFrame,
    accounts: pd.DataFrame,
    without: pd.DataFrame,
    currency: str = "",
) -> list[tuple[str, str, str]]:
    """What becomes of the contributory schemes: as projected, else as illustrated, else the account of one year.

    Parameters
    ----------
    projections : result of ``budget.project_pension_schemes``
    illustration : result of ``budget.payg_illustration``
    accounts : result of ``budget.year_accounts``
    without : result of ``budget.without_account``
    currency : code of the national currency

    Returns
    -------
    one (finding, how sure it is, name of its exhibit)
    """
    if projections:
        sure = _("Projected from insured persons and rules, with the pack's assumptions and no feedback.")
        return [(pensions_answer(projections), sure, f"payg_rate_{projections[0].scheme}")]
    known = illustration[illustration["rate"].notna()]
    if len(known):
        sure = _("From the account of one year; who is insured and what is paid stay as they are.")
        return [(illustration_sentence(known), sure, "illustration")]
    if mains := main_accounts(accounts, 1):
        sure = _("As printed; no contribution rate can be held against it.")
        return [(account_sentence(accounts, mains[0], currency), sure, "accounts")]
    nothing = _("What schemes take in and pay out is not known: of none were income and expenditure of one year found.")
    return [(nothing, _("The table says of each what lacks."), "accounts")] if len(without) else []
