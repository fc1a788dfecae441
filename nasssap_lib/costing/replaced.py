"""What an option replaces: spending of the tax-financed schemes that it builds on or merges with, on the GDP of its own year."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import numpy as np

from nasssap_lib.pack.model import Pack, once_a_pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.schemes.spending import scheme_spending
from nasssap_lib.terms import TAX_FINANCED_TYPES

REPLACING = ("build_on", "merge")  # φ = 1; whatever is coordinated or stacked stays beside it, φ = 0


class Replaced(NamedTuple):
    """share : of GDP, 0–1, NaN where it is not known; reason: codes, what is replaced, or which figure lacks."""

    share: float
    quality: str
    source: str
    reason: str


@once_a_pack
def replaced_schemes(pack: Pack, option: Mapping) -> list[str]:
    """Tax-financed schemes in force that an option replaces.

    Parameters
    ----------
    pack : the country
    option : a row of its measures: relation, related_scheme

    Notes
    -----
    What is paid from contributions is never replaced: pensions that were earned stay due.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("SEN")
    >>> [replaced_schemes(pack, row) for row in pack.measures.query("related_scheme == 'pnbsf'").to_dict("records")]
    [[], ['pnbsf']]
    """
    if option["relation"] not in REPLACING:
        return []
    schemes = pack.schemes.set_index("id")
    named = [name for name in option["related_scheme"].split(";") if name in schemes.index]
    standing = set(scheme_spending(pack)["scheme"])
    return [name for name in named if name in standing and schemes.loc[name, "type"] in TAX_FINANCED_TYPES]


@once_a_pack
def replaced_spending(pack: Pack, schemes: Iterable[str]) -> Replaced:
    """What schemes spend, on the GDP of their own years: the newest outturn, or a budget where there is none.

    Parameters
    ----------
    pack : the country
    schemes : ids, see :func:`replaced_schemes`; none: nothing is replaced

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> replaced = replaced_spending(read_pack("SEN"), ["pnbsf"])  # 30 of 12,190 billion francs in 2017
    >>> round(replaced.share, 5), replaced.reason
    (0.00246, 'replaces {"scheme": "PNBSF", "percent": 0.25, "year": 2017}')
    """
    spending = scheme_spending(pack).set_index("scheme")
    rows = [spending.loc[name] for name in schemes]
    if not rows:
        return Replaced(0.0, "", "", "")
    shares = [float(row["share"]) for row in rows]
    return Replaced(
        sum(shares),
        weakest(["estimated", *filter(None, (row["quality"] for row in rows))]),
        join_sources(*(row["source"] for row in rows)),
        join_reasons(*map(_said, rows)),
    )


def _said(row) -> str:
    """What is replaced, or that the figure must be collected."""
    if not np.isfinite(row["share"]):
        return reason("spending_not_known", scheme=row["short_name"])
    code = "replaces_budget" if row["kind"] == "budget" else "replaces"
    return reason(code, scheme=row["short_name"], percent=round(100 * float(row["share"]), 2), year=int(row["year"]))
