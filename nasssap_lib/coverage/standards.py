"""Convention No. 102 and the Conventions that replace its Parts: what binds a country, and what a published rate can say of it."""

from __future__ import annotations

import re

import pandas as pd

from nasssap_lib.coverage.legal import injury_rate_and_wage_share
from nasssap_lib.pack.model import Pack
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import join_reasons, reason
from nasssap_lib.rows import as_records
from nasssap_lib.terms import C102_PARTS, REPLACING_CONVENTIONS

CORE = "C102"
MORE = "…"  # behind Parts that are known to be accepted: the list was not read to its end
BOUND = ("ratified", "accepted", "parts_not_read", "not_accepted", "not_ratified", "not_read")
C102_EMPLOYEES = 0.5  # Convention No. 102, Part VI (employment injury), Article 33: at least half of all employees
C121_EMPLOYEES = 1.0  # Convention No. 121, Article 4: all employees, with the exceptions of its Articles 2, 4 and 5


def obligations_by_part(pack: Pack) -> pd.DataFrame:
    """Which Convention binds the country for each branch, as far as was read.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : part, branch, convention ("C121", "C128", "C130" or "C168" where ratified, else "C102"), bound (one of ``BOUND``: ratified,
        of a Convention that replaces the Part; accepted, not_accepted, parts_not_read, of C102 where ratified; not_ratified;
        not_read, also where no source names it), ratified (year or NA), source

    Notes
    -----
    A Part of Convention No. 102 ceases to apply to whoever ratified the Convention that revises it, and ratifying that one counts as
    acceptance of the Part (C102, Article 75, and the closing clauses of those Conventions), whatever Parts were accepted.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> table = obligations_by_part(read_pack("SEN")).set_index("part")
    >>> table["convention"]["VI"], table["bound"]["VI"], int(table["ratified"]["VI"]), table["bound"]["V"]
    ('C121', 'ratified', 1966, 'parts_not_read')
    """
    rows = pack.conventions
    ratified = {
        number: row
        for row in as_records(rows[rows["status"] == "ratified"])
        for number in re.findall(r"\bC\d+\b", row["convention"])
    }
    core = as_records(rows[rows["convention"].str.contains(rf"\b{CORE}\b")])
    replaced = {part: number for number, parts in REPLACING_CONVENTIONS.items() if number in ratified for part in parts}
    table = [
        {"part": part, "branch": branch}
        | (_replaced(replaced[part], ratified[replaced[part]]) if part in replaced else _of_core(part, core))
        for branch, part in C102_PARTS.items()
    ]
    return pd.DataFrame(table).astype({"ratified": "Int64"})


def _replaced(number: str, row: dict) -> dict:
    return {"convention": number, "bound": "ratified", "ratified": row["year"], "source": row["source"]}


def _of_core(part: str, core: list[dict]) -> dict:
    """What Convention No. 102 itself asks of the country in one Part."""
    found = {"convention": CORE, "bound": "not_read", "ratified": pd.NA, "source": ""}
    if not core:
        return found
    row = core[0]
    found["source"] = row["source"]
    if row["status"] != "ratified":
        return found | {"bound": "not_ratified" if row["status"].startswith("not ratified") else "not_read"}
    accepted = re.findall(r"\b[IVX]+\b", row["parts_accepted"])
    rest = "not_accepted" if accepted and MORE not in row["parts_accepted"] else "parts_not_read"
    state = "accepted" if part in accepted else rest
    return found | {"bound": state, "ratified": row["year"]}


def compare_with_c102(pack: Pack) -> pd.DataFrame:
    """Convention No. 102, part by part: only employment injury can be set beside a published rate, as an indication.

    Parameters
    ----------
    pack : the country

    Returns
    -------
    table : part, branch, convention, bound, ratified (see :func:`obligations_by_part`), minimum (share of employees, 0–1, of that
        Convention), covered (covered persons ÷ employees of the same year, raw, also above 1), year, flag ("over_100" or ""),
        quality, source, reason

    Notes
    -----
    The Convention asks for shares of protected classes, published rates count recipients: the other parts are n/a. Replacement
    rates are n/a, for no reference wage was published. The minimum of Part VI is that of Article 33 (half of all employees); where
    Convention No. 121 is ratified it is that of its Article 4 (all employees), which allows exceptions.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> row = compare_with_c102(read_pack("SEN")).set_index("branch").loc["employment_injury"]
    >>> row["convention"], float(row["minimum"]), round(float(row["covered"]), 3)
    ('C121', 1.0, 0.291)
    """
    table = obligations_by_part(pack).assign(
        minimum=float("nan"), covered=float("nan"), year=pd.NA, flag="", quality=""
    )
    table = table.assign(reason=reason("protected_classes"))
    at = table.index[table["branch"] == "employment_injury"][0]
    newer = table.at[at, "convention"] != CORE
    table.loc[at, "minimum"] = C121_EMPLOYEES if newer else C102_EMPLOYEES
    allowed = reason("c121_exceptions") if newer else ""
    rate, wage = injury_rate_and_wage_share(pack)
    if rate is None or not wage["value"] > 0:
        table.loc[at, "reason"] = join_reasons(reason("no_rate_or_wage_share"), allowed)
        return table
    covered = rate["value"] / wage["value"]
    flag, above = ("over_100", reason("above_all_employees")) if covered > 1 else ("", "")
    table.loc[at, ["covered", "flag", "reason"]] = [covered, flag, join_reasons(above, allowed)]
    table.loc[at, ["quality", "source"]] = [
        weakest([rate["quality"], wage["quality"]]),
        join_sources(rate["source"], wage["source"], table.at[at, "source"]),
    ]
    table.loc[at, "year"] = int(rate["year"])
    columns = [
        "part",
        "branch",
        "convention",
        "bound",
        "ratified",
        "minimum",
        "covered",
        "year",
        "flag",
        "quality",
        "source",
        "reason",
    ]
    return table[columns]
