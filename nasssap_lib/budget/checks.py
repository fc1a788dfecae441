"""What insured persons and rules of a pension scheme cannot be: each is named with its file, line and what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import pandas as pd

from nasssap_lib.budget.scheme_rules import FIRST_AGE, LAST_AGE
from nasssap_lib.errors import Problem
from nasssap_lib.pack.model import Pack
from nasssap_lib.pack.schema import GROWTH_RULES, SCHEME_RULE_UNITS

RULE_OF = {"old_age": "accrual", "survivor": "survivor_share", "orphan": "orphan_share"}
FASTEST, SLOWEST = 0.5, -0.2  # growth a year
SUM = 0.005  # by which shares of those who enter may miss 1
Lines = Mapping[str, Sequence[int]]


def pension_problems(pack: Pack, lines: Lines | None = None) -> list[Problem]:
    """What the valuation of a pension scheme cannot stand on, all problems of insured.csv and scheme_rules.csv together.

    Parameters
    ----------
    pack : the country
    lines : line of each row in the file of a table, by its name; None: one line a row, below the header

    Returns
    -------
    problems with file, line, column, what is expected and what to do: a scheme with pensioners but no contributors; pensioners without the
    rule that they are paid by; a wait for a pension that is longer than a working life; a rate that is no share of 0 to 1; a rule in
    another unit; a cell that a valuation needs; more years of service than the age admits; ages twice; shares of entrants that do not
    add up to 1; insured wages of a year above the country's GDP

    Examples
    --------
    >>> import dataclasses
    >>> from nasssap_lib.pack.reader import read_pack
    >>> pack = read_pack("XTC")
    >>> pension_problems(pack)
    []
    >>> nobody = pack.with_tables(insured=pack.insured[pack.insured["status"] != "active"])
    >>> [problem.expected for problem in pension_problems(nobody)][0]
    'contributors of npf in 2024 beside its pensioners'
    """
    given = lines or {}
    rules = _with_lines(pack, "scheme_rules", given)
    insured = _with_lines(pack, "insured", given)
    found = [*_rule_problems(rules), *_person_problems(insured), *_above_gdp(pack, insured)]
    for scheme, rows in insured.groupby("scheme", sort=False):
        found += _scheme_problems(str(scheme), rows, rules[rules["scheme"] == scheme])
    return [
        Problem(f"{pack.country}/{table}.csv", line, column, value, expected, hint, at=at)
        for table, line, at, column, value, expected, hint in found
    ]


Found = tuple[str, int, object, str, str, str, str]


def _with_lines(pack: Pack, table: str, lines: Lines) -> pd.DataFrame:
    frame = getattr(pack, table)
    return frame.assign(line=[*lines.get(table, range(2, len(frame) + 2))])


def _at(table: str, row: pd.Series, column: str, expected: str, hint: str) -> Found:
    value = row[column]
    told = "" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value)
    return table, int(row["line"]), row.name, column, told, expected, hint


def _where(frame: pd.DataFrame, wrong: pd.Series) -> Iterator[pd.Series]:
    """Rows that are wrong, one by one; nearly always there are none."""
    if wrong.any():
        yield from (row for _, row in frame[wrong].iterrows())


def _rule_problems(rules: pd.DataFrame) -> Iterator[Found]:
    units = rules["rule"].map(SCHEME_RULE_UNITS)
    known, value = rules["unit"] == units, rules["value"]
    for row in _where(rules, ~known):
        expected = f"{SCHEME_RULE_UNITS[row['rule']]} for {row['rule']}"
        yield _at("scheme_rules", row, "unit", expected, "each rule has one unit")
    share, moves = units.eq("share"), rules["rule"].isin(GROWTH_RULES)
    for row in _where(rules, known & share & ~moves & ~value.between(0, 1)):
        yield _at("scheme_rules", row, "value", f"a share of 0 to 1 for {row['rule']}", "write 14 % as 0.14")
    for row in _where(rules, known & moves & ~value.between(SLOWEST, FASTEST)):
        expected = f"a share of {SLOWEST:g} to {FASTEST:g} a year for {row['rule']}"
        yield _at("scheme_rules", row, "value", expected, "write 5 % a year as 0.05")
    ages = rules["rule"] == "pensionable_age"
    for row in _where(rules, known & ages & ~value.between(FIRST_AGE + 1, LAST_AGE)):
        expected = f"an age of {FIRST_AGE + 1} to {LAST_AGE}"
        yield _at("scheme_rules", row, "value", expected, "take the age of the scheme's law")
    for row in _where(rules, known & rules["rule"].eq("ceiling") & (value == 0)):
        yield _at("scheme_rules", row, "value", "above 0 for ceiling", "take the row out where there is none")
    for row in _where(rules, known & ~share & (value < 0) & (rules["rule"] != "age_gap")):
        yield _at("scheme_rules", row, "value", f"at least 0 for {row['rule']}", "remove the minus sign")


def _person_problems(insured: pd.DataFrame) -> Iterator[Found]:
    working = insured["status"].isin(["active", "dormant"])
    needed = {"density": insured["status"] == "active", "wage": working, "service": working, "pension": ~working}
    for column, asked in needed.items():
        for row in _where(insured, asked & insured[column].isna()):
            expected = f"a number for persons of status {row['status']}"
            yield _at("insured", row, column, expected, "ask the scheme for it")
    first, last = (insured[name].astype("float64") for name in ("age_from", "age_to"))
    for row in _where(insured, working & ~(first >= FIRST_AGE)):
        yield _at("insured", row, "age_from", f"at least {FIRST_AGE} for who contributes", "leave out who is younger")
    for row in _where(insured, working & ~(last < LAST_AGE)):
        yield _at(
            "insured", row, "age_to", f"less than {LAST_AGE} for who contributes", "count who is older as pensioners"
        )
    for row in _where(insured, working & (insured["service"] > last + 1 - FIRST_AGE)):
        expected = f"at most the years since age {FIRST_AGE}"
        yield _at("insured", row, "service", expected, "is it in months? divide by 12")
    keys = ["scheme", "year", "status", "sex"]
    ordered = insured.assign(first=first, last=last).sort_values([*keys, "first"])
    for row in _where(ordered, ordered.groupby(keys, sort=False)["last"].shift() >= ordered["first"]):
        yield _at("insured", row, "age_from", "an age after the last one of the row before", "count each age once")


def _above_gdp(pack: Pack, insured: pd.DataFrame) -> Iterator[Found]:
    """The row with most wages of a year in which all insured wages together are more than GDP."""
    gdp = pack.series("gdp_current").set_index("year")["value"] * 1e9
    active = insured[insured["status"] == "active"]
    paid = active.assign(paid=active["persons"] * active["density"] * active["wage"])
    for year, rows in paid.groupby("year"):
        share = rows["paid"].sum() / gdp.get(year, float("nan"))
        if share >= 1:
            row = rows.loc[rows["paid"].idxmax()]
            expected = f"insured wages of {year} below GDP; all rows together are {share:.2f} times it"
            yield _at("insured", row, "wage", expected, "are these wages of a year? divide by 12")


def _scheme_problems(scheme: str, insured: pd.DataFrame, rules: pd.DataFrame) -> Iterator[Found]:
    rows = insured[insured["year"] == insured["year"].max()]
    active = rows[(rows["status"] == "active") & (rows["persons"] > 0)]
    paid = rows[~rows["status"].isin(["active", "dormant"]) & (rows["persons"] > 0)]
    earning = active[active["density"] * active["wage"] > 0]
    if len(active) and earning.empty:
        first = active.iloc[0]
        column = "density" if first["wage"] > 0 else "wage"
        yield _at("insured", first, column, f"above 0 for some contributor of {scheme}", "ask the scheme for it")
    if active.empty:
        first = (paid if len(paid) else rows).iloc[0]
        expected = f"contributors of {scheme} in {first['year']} beside its pensioners"
        yield _at("insured", first, "status", expected, "add rows of status active, or take the scheme out")
    for status, rule in RULE_OF.items():
        of_kind = paid[paid["status"] == status]
        if len(of_kind) and not rules["rule"].eq(rule).any():
            expected = f"a rule {rule} of {scheme} in scheme_rules.csv, by which they are paid"
            yield _at("insured", of_kind.iloc[0], "status", expected, "add the rule from the scheme's law")
    if len(active):
        yield from _of_rules(scheme, rules, active)


def _of_rules(scheme: str, rules: pd.DataFrame, active: pd.DataFrame) -> Iterator[Found]:
    if not rules["rule"].eq("contribution_rate").any():
        expected = f"a rule contribution_rate of {scheme}"
        yield "scheme_rules", 0, None, "rule", "", expected, "add the rule from the scheme's law"
    ages = rules.loc[rules["rule"] == "pensionable_age", "value"]
    longest = float(ages.max() if len(ages) else LAST_AGE) - float(active["age_from"].min())
    for _, row in rules[(rules["rule"] == "vesting") & (rules["value"] > longest)].iterrows():
        expected = f"at most {longest:g} years: from the youngest contributor of {scheme} to its pensionable age"
        yield _at("scheme_rules", row, "value", expected, "is it in months? divide by 12")
    shares = rules[rules["rule"] == "entry_age"]
    for _, rows in shares.groupby(shares["from_year"].astype("float64").fillna(0), sort=False):
        if abs(rows["value"].sum() - 1) > SUM:
            expected = f"shares of those who enter {scheme} that add up to 1, not to {rows['value'].sum():g}"
            yield _at("scheme_rules", rows.iloc[0], "value", expected, "women and men of all ages are 1 together")
