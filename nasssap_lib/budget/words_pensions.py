"""Sentences on pension schemes in the years to come, on what they owe already and on what they mean to a person: the answer first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from nasssap_lib.budget.pension_scheme import PensionProjection
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_clauses, join_sentences, label, named
from nasssap_lib.display.words import join_words, money_words, small_first, small_share
from nasssap_lib.terms import SCHEME_RULES

SEX_NAMES = {"female": N_("woman"), "male": N_("man")}
OF_AVERAGE_WAGE = {"female": N_("a woman of average wage"), "male": N_("a man of average wage")}
WAGE_NAMES = {"low": N_("half of the average wage"), "average": N_("average wage")}
CAREER_NAMES = {
    "full": N_("without a gap"),
    "interrupted": N_("five years without contributions"),
    "interrupted_credited": N_("five years without contributions, credited"),
}
BILLION = 1e9
MOVING = (  # rules without which a projection is another one
    "wage_growth", "inflation", "interest", "vesting", "pension_with_prices", "pension_with_wages", "revaluation_with_prices",
    "revaluation_with_wages", "entry_age",
)  # fmt: skip


def pensions_answer(projections: Sequence[PensionProjection], refused: Mapping[str, str] | None = None) -> str:
    """What becomes of each pension scheme: when more is paid than comes in, when its fund ends, which one rate would pay for all years.

    Parameters
    ----------
    projections : result of ``budget.project_pension_schemes``
    refused : result of ``budget.refused_schemes``: id of a scheme → why it cannot be projected
    """
    lacking = [
        _("{scheme}: not projected. {why}", scheme=named(name), why=why) for name, why in (refused or {}).items()
    ]
    if not projections and lacking:
        return join_sentences(lacking)
    if not projections:
        return _(
            "n/a: no pension scheme can be projected, for its insured persons and rules are not known; a scheme's actuary can supply them."
        )
    return join_sentences([*map(pension_sentence, projections), *lacking])


def untold_rules_note(rules: pd.DataFrame) -> str:
    """Which rules that move a projection most are not stated for a scheme, and so counted as nothing; "" where all are.

    Parameters
    ----------
    rules : table scheme_rules of a pack
    """
    told = []
    for scheme, rows in rules.groupby("scheme", sort=False):
        stated = set(rows["rule"])
        asked = [*MOVING, *(["ceiling_with_prices", "ceiling_with_wages"] if "ceiling" in stated else [])]
        if lacking := [small_first(label(SCHEME_RULES, rule)) for rule in asked if rule not in stated]:
            told.append(
                _(
                    "{scheme} (not stated, so counted as nothing: {rules})",
                    scheme=named(scheme),
                    rules=join_words(lacking),
                )
            )
    return _("Rules: {schemes}.", schemes=join_clauses(told)) if told else ""


def pension_sentence(projection: PensionProjection) -> str:
    """What becomes of one scheme, see :func:`pensions_answer`."""
    return join_sentences([_turn(projection), _rates(projection)])


def _turn(projection: PensionProjection) -> str:
    """When more is paid than comes in and when the fund ends; of a scheme without a fund what the State pays."""
    table, scheme = projection.accounts, named(projection.short_name)
    first, last = table.iloc[0], table.iloc[-1]
    ends = {"first": int(first["year"]), "last": int(last["year"])}
    if (table["state_transfer"] > 0).any():
        return _state_pays(scheme, first, last)
    short = table.loc[table["balance"] < 0, "year"]
    lean = table.loc[table["expenditure"] > table["contributions"], "year"]
    if projection.exhausted:
        return _(
            "{scheme}: contributions no longer pay for everything from {lean} on, with interest more is paid than comes in from {turn} on, "
            "and its fund is empty in {end}.",
            scheme=scheme, lean=int((lean if len(lean) else short).iloc[0]), turn=int(short.iloc[0]), end=projection.exhausted,
        )  # fmt: skip
    if len(short):
        return _(
            "{scheme}: contributions no longer pay for everything from {lean} on, with interest more is paid than comes in from {turn} on; "
            "its fund lasts beyond {last}.",
            scheme=scheme, lean=int((lean if len(lean) else short).iloc[0]), turn=int(short.iloc[0]), last=ends["last"],
        )  # fmt: skip
    return _("{scheme}: as much comes in as is paid in every year from {first} to {last}.", scheme=scheme, **ends)


def _state_pays(scheme: str, first: pd.Series, last: pd.Series) -> str:
    values = [row["state_transfer"] / row["gdp"] for row in (first, last)]
    if pd.isna(values).any():
        values = [row["state_transfer"] / row["income"] for row in (first, last)]
        pattern = N_("{scheme}: the State pays {then} of all income in {first} and {later} in {last}.")
    else:
        pattern = N_("{scheme}: the State pays {then} of GDP in {first} and {later} in {last}, beyond contributions.")
    shares = {"then": small_share(values[0]), "later": small_share(values[1])}
    return _(pattern, scheme=scheme, first=int(first["year"]), last=int(last["year"]), **shares)


def _rates(projection: PensionProjection) -> str:
    table = projection.accounts
    first, last = table.iloc[0], table.iloc[-1]
    return _(
        "Expenditure is {then} of insured wages in {first} and {later} in {last}; collected from all wages, one rate for all these years "
        "would be {level} at {interest} interest, while {collected} is collected at a contribution rate of {rate}.",
        interest=format_share(projection.interest), collected=format_share(projection.collected.iloc[0]),
        then=format_share(first["payg_rate"]), first=int(first["year"]), later=format_share(last["payg_rate"]), last=int(last["year"]),
        level=format_share(projection.level_premium), rate=format_share(projection.contribution_rate),
    )  # fmt: skip


def debt_sentence(debt: pd.DataFrame, currency: str = "") -> str:
    """What each scheme owes already, less its fund, at the lowest and the highest rate of discount.

    Parameters
    ----------
    debt : result of ``budget.implicit_debt``
    currency : code of the national currency
    """
    return join_sentences([_owed(rows, currency) for _scheme, rows in debt.groupby("scheme", sort=False)])


def _owed(rows: pd.DataFrame, currency: str) -> str:
    ordered = rows.sort_values("rate")
    ends = [ordered.iloc[0], ordered.iloc[-1]]
    words = [_debt_words(row, currency) for row in ends]
    return _(
        "{scheme}: rights earned by the end of {year} exceed its fund by {most} at a real rate of {low}, by {least} at {high}.",
        scheme=named(ends[0]["short_name"]), year=ends[0]["base_year"], most=words[0], low=format_share(ends[0]["rate"]),
        least=words[1], high=format_share(ends[1]["rate"]),
    )  # fmt: skip


def _debt_words(row: pd.Series, currency: str) -> str:
    if pd.isna(row["share_of_gdp"]):
        return money_words(row["implicit_debt"] / BILLION, "lcu_billion", currency)
    return _("{share} of GDP", share=format_share(row["share_of_gdp"]))


def typical_sentence(persons: pd.DataFrame) -> str:
    """What each scheme gives a woman and a man of average wage, and what a gap in her career costs her and a credit gives back.

    Parameters
    ----------
    persons : result of ``budget.typical_persons``
    """
    return join_sentences([_typical(rows) for _scheme, rows in persons.groupby("scheme", sort=False)])


def _typical(rows: pd.DataFrame) -> str:
    at = {(row.sex, row.career): row for row in rows[rows["wage"] == "average"].itertuples()}
    lives = {sex: _life(at[sex, "full"]) for sex in SEX_NAMES if (sex, "full") in at}
    return join_sentences([lives.get("female", ""), _gap(at), lives.get("male", "")])


def _gap(at: dict) -> str:
    """What five years without contributions cost a woman, and what a credit for them gives back."""
    gap, credited = (at.get(("female", career)) for career in ("interrupted", "interrupted_credited"))
    if gap is None or credited is None or pd.isna(gap.replacement):
        return ""
    return _(
        "If she stays away for five years it is {gap}, and {credited} where they are credited.",
        gap=format_share(gap.replacement), credited=format_share(credited.replacement),
    )  # fmt: skip


def _life(row) -> str:
    if pd.isna(row.replacement):
        pattern = N_("{scheme}: {who} who enters in {year} is paid once, for service is too short for a pension.")
        return _(pattern, scheme=named(row.short_name), who=label(OF_AVERAGE_WAGE, row.sex), year=row.entry_year)
    return _(
        "{scheme}: {who} who enters in {year} has {replacement} of the last wage as a pension for {years} years, "
        "a real return of at least {rate} a year on what employer and worker pay in, if the rules stay and are paid for.",
        scheme=named(row.short_name), who=label(OF_AVERAGE_WAGE, row.sex), year=row.entry_year, replacement=format_share(row.replacement),
        years=format_number(row.years_of_pension), rate=format_share(row.real_return),
    )  # fmt: skip


def rate_title(projection: PensionProjection) -> str:
    """Title of the picture of rates: what must be paid out of wages beside what is."""
    last = projection.accounts.iloc[-1]
    return _(
        "{scheme}: {rate} of wages is collected, {cost} is needed in {year}",
        scheme=named(projection.short_name), rate=format_share(projection.collected.iloc[-1]),
        cost=format_share(last["payg_rate"]), year=int(last["year"]),
    )  # fmt: skip


def accounts_title(projection: PensionProjection) -> str:
    """Title of the picture of the accounts: from which year on more is paid than contributed."""
    table, scheme = projection.accounts, named(projection.short_name)
    above = table.loc[table["expenditure"] > table["contributions"], "year"]
    if above.empty:
        return _(
            "{scheme}: contributions pay for everything until {year}", scheme=scheme, year=int(table["year"].iloc[-1])
        )
    return _(
        "{scheme}: contributions no longer pay for everything from {year} on", scheme=scheme, year=int(above.iloc[0])
    )


def fund_title(projection: PensionProjection) -> str:
    """Title of the picture of the fund: until when it lasts."""
    table, scheme = projection.accounts, named(projection.short_name)
    if not (table["fund"].ne(0).any() or projection.opening_fund):
        return _("{scheme} has no fund: the State pays what contributions lack", scheme=scheme)
    if projection.exhausted:
        return _("{scheme}: the fund is empty in {year}", scheme=scheme, year=projection.exhausted)
    return _("{scheme}: the fund lasts beyond {year}", scheme=scheme, year=int(table["year"].iloc[-1]))
