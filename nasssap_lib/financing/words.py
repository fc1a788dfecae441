"""Sentences on who pays: the options for fiscal space, what is missing by year, debt, aid, the wage bill and labour cost."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.milestones import Milestones
from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_number, format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, ngettext
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.financing.contributions import EVERY
from nasssap_lib.financing.payers import MISSING
from nasssap_lib.reasons import split_reasons
from nasssap_lib.terms import FISCAL_SPACE

DIRECTIONS = {"redirect": N_("redirects what there is"), "enlarge": N_("enlarges what there is")}
KINDS = {"recurrent": N_("every year"), "one_off": N_("once"), "headroom": N_("headroom")}
WAGES = {"average": N_("average wage"), "minimum": N_("minimum wage")}
PAYERS = {MISSING: N_("Nobody pays for it yet")}
LEAST_PART = 0.005  # of the cost: what is less is nothing in whole per cent
STEPS = 0.00005  # of GDP: what is less is nothing in two decimals


TEN_YEARS = 10  # after which taxes of a year say little


def option_words(number: int) -> str:
    """An option for fiscal space by its number, or the part for which nobody pays.

    Examples
    --------
    >>> option_words(2), option_words(0)
    ('Increasing tax revenue', 'Nobody pays for it yet')
    """
    return label(PAYERS if number == MISSING else FISCAL_SPACE, number)


def row_of(table: pd.DataFrame, year: int) -> pd.Series | None:
    """The row of a year; None where there is none."""
    rows = table[table["year"] == year]
    return rows.iloc[0] if len(rows) else None


def options_sentence(options: pd.DataFrame) -> str:
    """For how many of the eight options something is proposed, and how far taxes and aid are from what they were.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    """
    proposed = options.loc[options["item"] == "proposal", "option"].nunique()
    told = [
        ngettext(
            "A proposal is made for {n} of the eight options for fiscal space; of the others the table says what an estimate needs.",
            "Proposals are made for {n} of the eight options for fiscal space; of the others the table says what an estimate needs.",
            proposed,
            n=proposed,
        )
        if 0 < proposed < len(FISCAL_SPACE)
        else _("Proposals are made for all eight options for fiscal space.")
        if proposed
        else _(
            "No proposal was found for any of the eight options for fiscal space: the table says what an estimate needs."
        ),
        headroom_sentence(options),
        aid_sentence(options),
    ]
    return join_sentences(told)


def headroom_sentence(options: pd.DataFrame) -> str:
    """How far taxes are below the country's own maximum of ten years.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    """
    rows = options[options["item"] == "headroom"]
    if rows.empty:
        return _("No tax revenue was published.")
    row = rows.iloc[0]
    (_code, values), *_rest = split_reasons(row["reason"])
    if row["value"] <= 0:
        return _(
            "Tax revenue of {year} is the highest of ten years ({n} published).",
            year=int(row["year"]),
            n=values["years"],
        )
    return _(
        "Tax revenue of {year} is {points} points of GDP below that of {best}, the highest of ten years ({n} published).",
        n=values["years"],
        year=int(row["year"]), points=format_number(row["value"], 2), best=values["year"],
    )  # fmt: skip


def aid_sentence(options: pd.DataFrame) -> str:
    """What partners give for social protection today.

    Parameters
    ----------
    options : result of ``financing.financing_options``
    """
    rows = options[options["id"] == "aid_social_protection"]
    if rows.empty:
        return ""
    row = rows.iloc[0]
    return _(
        "Partners disbursed {share} of GDP for social protection in {year}.",
        share=format_share(row["value"] / 100, 2), year=int(row["year"]),
    )  # fmt: skip


def gap_sentence(gap: pd.DataFrame, at: Milestones | None) -> str:
    """What the options cost, what pays for them and what is missing, when all have grown up and in the last year.

    Parameters
    ----------
    gap : result of ``financing.financing_gap``
    at : result of ``costing.milestones_of``
    """
    years = list(dict.fromkeys([at.mature, at.last])) if at else []
    rows = [row for year in years if (row := row_of(gap, year)) is not None and pd.notna(row["cost"])]
    if not rows:
        return _("What is missing is not known, for no option can be costed.")
    return join_sentences([*map(_missing, rows), net_note(rows[0])])


def gap_words(gap: pd.DataFrame, year: int) -> str:
    """What is paid for and what is missing in one year, in one line; "" where nothing is chosen or its cost is not known.

    Parameters
    ----------
    gap : result of ``financing.financing_gap``, or of ``financing.explore_financing``
    year : calendar year
    """
    row = row_of(gap, year)
    return "" if row is None or pd.isna(row["cost"]) else _missing(row)


def _missing(row: pd.Series) -> str:
    values = {"year": int(row["year"]), **{name: format_share(row[name], 2) for name in ("cost", "space", "gap")}}
    if row["space_high"] < STEPS:
        return _("{year}: cost {cost} of GDP, without any finance: all of it is missing.", **values)
    if row["gap"] < STEPS:
        return _("{year}: cost {cost} of GDP, all of it paid for at the central values.", **values)
    return _("{year}: cost {cost} of GDP, of which {space} is paid for and {gap} is missing.", **values)


def net_note(row: pd.Series, decimals: int = 2) -> str:
    """How far the cost of a year is net of what is spent today; nothing where it is not.

    Parameters
    ----------
    row : of ``financing.financing_gap``
    decimals : of the gross cost in % of GDP
    """
    if row["gross"] - row["cost"] < STEPS:
        return ""
    return _(
        "The cost is net of what is spent on the schemes that are replaced: gross {gross}.",
        gross=format_share(row["gross"], decimals),
    )


def not_counted(space: pd.DataFrame) -> str:
    """Which proposals pay for nothing here, so that nothing is counted twice; why is in the table.

    Parameters
    ----------
    space : result of ``financing.space_by_year``
    """
    left = space[~space["counted"].astype(bool)].drop_duplicates("id") if len(space) else space
    if left.empty:
        return ""
    return _("Shown, but not counted: {names}.", names=join_words(quoted(left["name"])))


def payers_sentence(payers: pd.DataFrame, at: Milestones | None) -> str:
    """Who pays in the year in which all options have grown up.

    Parameters
    ----------
    payers : result of ``financing.who_pays``
    at : result of ``costing.milestones_of``
    """
    rows = payers[(payers["year"] == (at.mature if at else 0)) & (payers["of_cost"] >= LEAST_PART)]
    missing, rows = rows[rows["option"] == MISSING], rows[rows["option"] != MISSING]
    nobody = (
        _(
            "No payer is named yet for {share} of the cost in {year}.",
            share=format_share(missing["of_cost"].iat[0], 0),
            year=at.mature,
        )
        if len(missing)
        else ""
    )
    if rows.empty:
        return nobody
    told = [
        _("{option} {share}", option=small_first(option_words(row.option)), share=format_share(row.of_cost, 0))
        for row in rows.itertuples()
    ]
    return join_sentences([_("Of the cost in {year}: {parts}.", year=at.mature, parts=join_words(told)), nobody])


def debt_sentence(debt: pd.DataFrame) -> str:
    """What borrowing all that is missing would do to debt by the last year that was published.

    Parameters
    ----------
    debt : result of ``financing.debt_path``
    """
    known = debt.dropna(subset=["added"])
    if known.empty:
        return _(
            "What borrowing would do to debt is not said: no projection of debt, balances and GDP was published for these years."
        )
    row = known.iloc[-1]
    if row["added_high"] < STEPS:
        return _(
            "Nothing would have to be borrowed up to {year}, the last year of the published debt.",
            year=int(row["year"]),
        )
    if row["added"] < STEPS:
        return _(
            "At the central values nothing would have to be borrowed up to {year}; if all yields were low, debt would be {with_gap} of GDP "
            "instead of the published {published}.",
            year=int(row["year"]), with_gap=format_share(row["debt"] + row["added_high"]), published=format_share(row["debt"]),
        )  # fmt: skip
    values = {"first": int(known["year"].iloc[0]), "year": int(row["year"]), "published": format_share(row["debt"])}
    values |= {"with_gap": format_share(row["debt_with_gap"])}
    if known["borrowed"].max() >= STEPS:
        return _(
            "Borrowing what is proposed, and all that is missing, would make debt {with_gap} of GDP in {year} instead of the published "
            "{published}.",
            **values,
        )
    return _(
        "If all that is missing from {first} on were borrowed, debt would be {with_gap} of GDP in {year} instead of the published "
        "{published}.",
        **values,
    )


def weight_sentence(revenue: pd.DataFrame, aid: pd.DataFrame) -> str:
    """What is missing beside revenue and today's aid, in the last year whose revenue was published.

    Parameters
    ----------
    revenue : result of ``financing.revenue_checks``
    aid : result of ``financing.aid_beside_gap``
    """
    known = revenue.dropna(subset=["of_revenue"])
    if known.empty:
        return _weight_in_taxes(revenue.dropna(subset=["of_tax"]))
    row = known.iloc[-1]
    beside = row_of(aid, row["year"])
    if row["gap"] < STEPS:
        return _(
            "At the central values nothing is missing in {year}, the last year of the published revenue.",
            year=int(row["year"]),
        )
    values = {"year": int(row["year"]), "share": format_share(row["of_revenue"])}
    told = _("What is missing in {year} is {share} of government revenue.", **values)
    if beside is None or pd.isna(beside["times"]):
        return told
    times = _(
        "Asked of partners alone, it is {times} times what they gave for social protection in {aid_year}, both in % of the year's GDP.",
        times=format_number(beside["times"], 1), aid_year=int(beside["aid_year"]),
    )  # fmt: skip
    return join_sentences([told, times])


def _weight_in_taxes(known: pd.DataFrame) -> str:
    """What is missing at most ten years after the taxes that were last published, where no revenue of these years was."""
    known = known[known["year"] <= known["tax_year"] + TEN_YEARS]
    if known.empty:
        return _("No revenue was published for these years.")
    row = known.iloc[-1]
    return _(
        "What is missing in {year} is {share} of taxes as they were in {tax_year}, in % of GDP; no revenue of these years was published.",
        year=int(row["year"]), share=format_share(row["of_tax"]), tax_year=int(row["tax_year"]),
    )  # fmt: skip


def labour_sentence(labour: pd.DataFrame) -> str:
    """What contributions take of the average wage, and what one more point would do.

    Parameters
    ----------
    labour : result of ``financing.labour_cost``
    """
    rows = labour[(labour["scheme"] == EVERY) & labour["employer_low"].notna()]
    if rows.empty:
        return _("What contributions take of a wage is not known.")
    row = rows.iloc[0]
    incomplete = any(code == "rates_incomplete" for code, _values in split_reasons(row["reason"]))
    return join_sentences([
        _(
            "Of the {wage} employers pay {employer} on top and workers {worker}.", wage=label(WAGES, row["wage"]),
            employer=span_words(row["employer_low"], row["employer_high"]),
            worker=span_words(row["worker_low"], row["worker_high"]),
        ),
        _("A lower bound: the rates of some schemes were not found.") if incomplete else "",
        _(
            "One more point of the wage adds {cost} to labour cost if employers pay it, and takes {pay} of take-home pay if workers do.",
            cost=format_share(row["point_labour_cost"], 2), pay=format_share(-row["point_take_home"], 2),
        ),
    ])  # fmt: skip


def span_words(low: float, high: float) -> str:
    """A share, or the two ends between which it lies.

    Examples
    --------
    >>> span_words(0.05, 0.05), span_words(0.05, 0.075)
    ('5\\xa0%', '5\\xa0% to 7.5\\xa0%')
    """
    first, last = format_share(low), format_share(high)
    return first if first == last else _("{low} to {high}", low=first, high=last)


def staff_sentence(staff: pd.DataFrame) -> str:
    """Whether the options' administration fits below the ceiling of the wage bill.

    Parameters
    ----------
    staff : result of ``financing.staff_check``
    """
    if staff.empty or pd.isna(staff["left"].iat[-1]):
        return _(
            "Whether the staff fits below a ceiling of the wage bill is not known: no wage bill or no ceiling was found."
        )
    row = staff.iloc[-1]
    values = {"year": int(row["year"]), "share": format_share(row["administration"], 2)}
    values |= {
        "ceiling": format_share(row["ceiling"], 2),
        "bill": format_share(row["wage_bill"] + row["administration"], 2),
    }
    if row["left"] >= 0:
        return _(
            "Even if all administration were pay, {share} of GDP in {year}, the wage bill would be {bill}, below its ceiling of {ceiling}.",
            **values,
        )
    return _(
        "If all administration were pay, {share} of GDP in {year}, the wage bill would be {bill}, above its ceiling of {ceiling}.",
        **values,
    )


def burden_note() -> str:
    """What the chapter does not say: who bears it, decile by decile."""
    return _("Who bears the burden, decile by decile, cannot be said without a household survey: it waits for one.")


def financing_notes() -> str:
    """How financing is counted, in sentences for below a table."""
    return join_sentences([
        _("What comes once, and a headroom, is divided by its years; what draws on one stock or headroom is counted once."),
        _("A figure of today says how much there is, not what it would yield."),
        _("Contributions pay the pensions of those who contribute first."),
        _("Low and high are all proposals low, or high, together: bounds, no interval."),
    ])  # fmt: skip
