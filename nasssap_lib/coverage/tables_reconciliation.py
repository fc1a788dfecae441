"""The table of registers beside published rates for readers."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.coverage.words_reconciliation import STATES, rate_name, register_names, share_span
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_share
from nasssap_lib.display.tables import ReportTable, View, write_code, write_reason, write_text, write_year
from nasssap_lib.display.texts import _
from nasssap_lib.reasons import join_reasons, reason

SHOWN = 2  # newest rows of a group in which registers and rate meet; of the others the newest is enough


def reconciliation_table(table: pd.DataFrame) -> ReportTable:
    """Registers and published rates side by side, the interval that they leave, and where they contradict each other.

    A reader sees every contradiction, and the newest rows of the groups of which a register is known; the CSV holds all.

    Parameters
    ----------
    table : result of ``coverage.reconcile_coverage``
    """
    rows = worth_showing(table)
    shown = rows.assign(
        group_words=[rate_name(*pair) for pair in zip(rows["indicator"], rows["group"], strict=True)],
        by_registers=[
            share_span(*pair) or _(NOT_AVAILABLE)
            for pair in zip(rows["registers_low"], rows["registers_high"], strict=True)
        ],
        names=[register_names(names) for names in rows["registers"]],
        published=[
            _(NOT_AVAILABLE) if pd.isna(rate) else _("{share} ({year})", share=format_share(rate, 1), year=year)
            for rate, year in zip(rows["rate"], rows["published_year"], strict=True)
        ],
        interval=[_interval(*cells) for cells in zip(rows["state"], rows["low"], rows["high"], strict=True)],
        why=[_without_repeating(cell, state) for cell, state in zip(rows["reason"], rows["state"], strict=True)],
    )
    views = {
        "group_words": View(_("Group")),
        "year": View(_("Year"), write_year, numeric=True),
        "by_registers": View(_("By the registers"), write_text, numeric=True, detail="names"),
        "published": View(_("Published"), write_text, "quality", True),
        "interval": View(_("Both together"), write_text, numeric=True),
        "state": View(_("State"), write_code(STATES)),
        "why": View(_("What to know"), write_reason, long=True),
    }
    title = _("Registers beside published rates: one group, one definition, at most a year apart")
    return ReportTable(table, title, views, shown)


def worth_showing(table: pd.DataFrame) -> pd.DataFrame:
    """Rows that a reader needs: contradictions, the newest in which registers and rate meet, and the newest of each side alone.

    Parameters
    ----------
    table : result of ``coverage.reconcile_coverage``
    """
    key = ["indicator", "group"]
    counted = table["registers_low"].notna().groupby([table[name] for name in key]).transform("any")
    ranks = table.groupby([*key, "state"], sort=False).cumcount(ascending=False)
    few = ranks < table["state"].map({"defended": SHOWN}).fillna(1)
    return table[counted & (few | table["state"].eq("contradictory"))]


def _interval(state: str, low: float, high: float) -> str:
    """What both leave; nothing where one is alone, and no value between two that contradict each other."""
    if state == "contradictory":
        return _("none")
    return share_span(low, high) if state == "defended" else ""


def _without_repeating(cell: str, state: str) -> str:
    return join_reasons(cell, reason("ask_both_sources") if state == "contradictory" else "")
