"""Tables of the model against outturn for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.words_package import OUTTURN_KINDS, signed_share
from nasssap_lib.display.numbers import format_number
from nasssap_lib.display.tables import ReportTable, View, write_code, write_name, write_text, write_year
from nasssap_lib.display.texts import _, join_clauses, label, named, reason_words
from nasssap_lib.display.words import amount_words, join_words, money_words
from nasssap_lib.schemes.words import detail_words
from nasssap_lib.terms import COUNTED_IN

BILLION = 1e9


def outturn_table(outturn: pd.DataFrame, currency: str = "") -> ReportTable:
    """Each scheme that the model can recompute beside its published spending, with what explains the difference.

    Parameters
    ----------
    outturn : result of ``costing.model_against_outturn``; the schemes that cannot be recomputed are in its CSV, and in the sentence
        of :func:`not_recomputed`
    currency : code of the national currency
    """
    known = outturn[outturn["modelled"].notna()]
    rows = list(known.itertuples())
    shown = known.assign(
        counted=[_recipients(row, currency) for row in rows],
        model=[money_words(row.modelled / BILLION, f"{row.currency}_billion", currency) for row in rows],
        spent=[money_words(row.published / BILLION, f"{row.currency}_billion", currency) for row in rows],
        apart=[_apart(row) for row in rows],
        remark=[
            join_clauses([named(row.explanation).rstrip("."), reason_words(row.reason), detail_words(row.note)])
            for row in rows
        ],
        of=[detail_words(row.detail) for row in rows],
    )
    views = {
        "short_name": View(_("Scheme"), write_name, detail="of"),
        "kind": View(_("Kind"), write_code(OUTTURN_KINDS)),
        "year": View(_("Year"), write_year, numeric=True),
        "counted": View(_("Recipients × benefit × payments")),
        "model": View(_("Model"), write_text, "quality", True),
        "spent": View(_("Published"), numeric=True),
        "apart": View(_("Model against published"), numeric=True),
        "remark": View(_("What explains it"), long=True),
    }
    return ReportTable(outturn, _("The model against what was published of the same year"), views, shown)


def _apart(row) -> str:
    if not row.tested:
        return _("no check")
    return "" if pd.isna(row.difference) else signed_share(row.difference, 1)


def _recipients(row, currency: str) -> str:
    unit = "usd" if row.currency == "usd" else "lcu"
    return _(
        "{recipients} {counted_in} × {benefit} × {payments}",
        recipients=format_number(row.recipients, 0),
        counted_in=label(COUNTED_IN, row.counted_in),
        benefit=amount_words(round(row.benefit, 2), unit, currency),
        payments=format_number(row.payments, 2),
    )


def not_recomputed(outturn: pd.DataFrame) -> str:
    """Which schemes cannot be recomputed, by the figure that lacks.

    Parameters
    ----------
    outturn : result of ``costing.model_against_outturn``

    Examples
    --------
    >>> rows = pd.DataFrame({"short_name": ["A", "B"], "modelled": float("nan"), "reason": ["no_scheme_benefit", "no_scheme_benefit"]})
    >>> not_recomputed(rows)
    'Not recomputed: A and B (amount of the benefit not found).'
    """
    rest = outturn[outturn["modelled"].isna()]
    told = [
        _(
            "{names} ({reason})",
            names=join_words([named(name) for name in rows["short_name"]]),
            reason=reason_words(why),
        )
        for why, rows in rest.groupby("reason", sort=False)
    ]
    return _("Not recomputed: {schemes}.", schemes=join_clauses(told)) if told else ""
