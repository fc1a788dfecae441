"""What was agreed before: the terms on which the strategy is reviewed, and the figures and dates that plans of the country name."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.monitoring.yearly import seen_by
from nasssap_lib.pack.model import Pack
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.stocktaking.context import plans_and_laws

TERM_COLUMNS = ["id", "text", "year", "responsible", "frequency", "quality", "source", "reason"]
PLAN_COLUMNS = [
    "title",
    "title_en",
    "kind",
    "period",
    "year",
    "state",
    "content",
    "article",
    "options",
    "ours",
    "source",
    "reason",
]
FIGURE = r"\d"


def review_terms(pack: Pack) -> pd.DataFrame:
    """The terms of the periodic review that the strategy lays down, earliest first.

    Returns
    -------
    table : id, text, year (of the first review; missing where none is named), responsible, frequency, quality, source (as
        ``targets.csv``), reason (codes: no year, or nobody named)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> review_terms(read_pack("XTC"))["year"].tolist()
    [2027, 2027, 2028, 2030]
    """
    rows = pack.targets[pack.targets["kind"] == "review"].sort_values(["year", "id"], kind="stable", ignore_index=True)
    told = [
        join_reasons(
            reason("no_year_of_review") if pd.isna(row.year) else "", "" if row.responsible else reason("nobody_named_to_review")
        )
        for row in rows.itertuples()
    ]  # fmt: skip
    return rows.assign(reason=told)[TERM_COLUMNS]


def existing_plans(pack: Pack, targets: pd.DataFrame) -> pd.DataFrame:
    """What plans, programmes and laws of the country say in figures or on an option, beside what follows from the options.

    Parameters
    ----------
    pack : the country
    targets : result of ``monitoring.yearly_targets``

    Returns
    -------
    table, a document that names a figure or an option a row: title, title_en, kind, period, year, state ("ended", or ""), content,
    article, options (as ``links.csv``), ours (coverage of the groups of its options in the last year of ``targets``, as
    indicator.group=low–high, shares 0–1, with ";" between; "" where it names no option), source, reason (codes)

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> from nasssap_lib.monitoring.yearly import yearly_targets
    >>> pack = read_pack("XTC")
    >>> table = existing_plans(pack, yearly_targets(pack)).set_index("title")
    >>> table.loc["Third Medium-Term Plan", "content"]
    'Raise coverage by at least one benefit to 25 % by 2028'
    """
    rows = plans_and_laws(pack)
    rows = rows.assign(**{name: rows.get(name, "") for name in ("article", "options")})
    kept = rows[rows["content"].str.contains(FIGURE) | (rows["options"] != "")].reset_index(drop=True)
    return kept.assign(ours=[_ours(pack, cell, targets) for cell in kept["options"]])[PLAN_COLUMNS]


def _ours(pack: Pack, options: str, targets: pd.DataFrame) -> str:
    """Coverage in the last year of the groups that a document's options serve."""
    if not len(targets):
        return ""
    named = as_records(pack.measures[pack.measures["id"].isin(options.split(";"))])
    last = targets[targets["year"] == targets["year"].max()].set_index(["indicator", "group"])
    keys = dict.fromkeys(seen_by(row)[:2] for row in named)
    told = [(key, last.loc[key]) for key in keys if key in last.index]
    return ";".join(f"{'.'.join(key)}={row['low']:.6g}–{row['high']:.6g}" for key, row in told if pd.notna(row["low"]))
