"""The answer of the stocktaking: its findings, how sure each is, and the exhibit that shows it."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.display.texts import _, label
from nasssap_lib.display.words import as_sentence, capital
from nasssap_lib.schemes.words import matrix_title, spending_sentence
from nasssap_lib.stocktaking.words import collection_sentence, process_title, recent_words, work_title
from nasssap_lib.terms import QUALITIES


def stocktaking_answer(
    matrix: pd.DataFrame,
    work: pd.DataFrame,
    total: pd.DataFrame,
    process: pd.DataFrame,
    wanted: pd.DataFrame,
    evidence: pd.DataFrame,
    country_name: str,
) -> list[tuple[str, str, str]]:
    """What the chapter found.

    Parameters
    ----------
    matrix : result of ``schemes.scheme_matrix``
    work : result of ``stocktaking.work_status``
    total : result of ``schemes.spending_total``
    process : result of ``stocktaking.process_state``
    wanted : result of ``stocktaking.figures_to_collect``
    evidence : result of ``stocktaking.evidence_by_subject``
    country_name : as it stands in a sentence

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each
    """
    known = work[(work["sex"] == "total") & (work["status"] == "self_employed") & work["share"].notna()]
    unwritten = _("A scheme that no source names is not in this list; it may exist all the same.")
    findings = [(as_sentence(matrix_title(matrix, country_name)), unwritten, "scheme_matrix")]
    if len(known):
        quality = known["quality"].iat[0]
        modelled = _("Modelled by the ILO.")  # as the picture says
        sure = modelled if quality == "estimated" else as_sentence(capital(label(QUALITIES, quality)))
        findings.append((as_sentence(work_title(work, country_name)), sure, "work_picture"))
    return [
        *findings,
        (spending_sentence(total), "", "spending_total"),
        (
            as_sentence(process_title(process, country_name, by_name=True)),
            _("So far as the sources that were read show."),
            "process_picture",
        ),
        (collection_sentence(wanted), recent_words(evidence, country_name), "figures_to_collect"),
    ]
