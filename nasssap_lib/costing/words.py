"""Sentences on options and their costs."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from nasssap_lib.costing.draws import cost_ranges
from nasssap_lib.costing.options import efficient_options
from nasssap_lib.display.numbers import NOT_AVAILABLE, format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, named, ngettext, reason_words
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.reasons import join_reasons, reason, split_reasons
from nasssap_lib.terms import GUARANTEES, OPTION_KINDS
from nasssap_lib.ties import settled

NO_OPTION = N_(
    "The country's data hold no option yet: fill measures.csv, one row an option, before anything can be costed or ranked."
)


def quoted(names: Iterable[str]) -> list[str]:
    """Names of options as they stand in the pack, set off from the sentence around them."""
    return [_("“{name}”", name=named(name)) for name in names]


def write_level(value) -> str:
    """A level in % of GDP per head."""
    number = format_number(value, 2)
    return number if number == _(NOT_AVAILABLE) else f"{number}\N{NO-BREAK SPACE}%"


def rule_words(rule: str) -> str:
    """The rule of a target population in words.

    Examples
    --------
    >>> rule_words("whole_population; not_covered")
    'whole population, not covered'
    """
    codes = [reason(code, **values) for code, values in split_reasons(rule)]
    whole = reason_words(join_reasons(*(cell for cell in codes if cell != "not_covered")))
    return _("{rule}, not covered", rule=whole) if "not_covered" in codes else whole


def options_sentence(options: pd.DataFrame) -> str:
    """How many options there are and can be costed, which guarantees none of them serves, and which levels are unusual.

    Parameters
    ----------
    options : result of ``costing.assess_options``
    """
    if options.empty:
        return _(NO_OPTION)
    counts = {"n": len(options), "known": int(options["cost_central"].notna().sum())}
    missing = [small_first(label(GUARANTEES, code)) for code in GUARANTEES if code not in set(options["guarantee"])]
    high = quoted(options.loc[options["flag"] == "high_level", "name"])
    sentences = [
        ngettext(
            "{n} option answers the gap table; {known} of them can be costed.",
            "{n} options answer the gap table; {known} of them can be costed.",
            len(options),
            **counts,
        ),
        _("Benefit levels, months, take-up and administration are assumptions: replace them by the country's own."),
        _(
            "No option serves {guarantees}: the country's data do not carry the figures for one.",
            guarantees=join_words(missing),
        )
        if missing
        else "",
        _("Above 30 % of GDP per head, unusually high: {names}.", names=join_words(high)) if high else "",
    ]
    return join_sentences(sentences)


def frontier_title(options: pd.DataFrame, country_name: str) -> str:
    """Title of the frontier: which option newly covers most persons, and at what cost."""
    known = options.dropna(subset=["cost_central", "newly_covered_central"])
    if known.empty:
        return _("{country}: no option can be set between cost and persons yet", country=country_name)
    benefits = known[known["kind"] == "benefit"]
    known = known if benefits.empty else benefits
    row = known.iloc[settled(known["newly_covered_central"]).argmax()]
    several = "kind" in options and options["kind"].nunique() > 1
    values = {
        "country": _("{country}, {list}", country=country_name, list=small_first(label(OPTION_KINDS, row["kind"])))
        if several
        else country_name,
        "name": named(row["name"]),
        "persons": format_persons(row["newly_covered_central"]),
        "cost": format_share(row["cost_central"], 2),
        "reached": format_persons(row["persons_central"]),
    }
    if row["way"] == "builds_on":
        return _(
            "{country}: {name} newly covers the most people, {persons} of {reached} reached, for {cost} of GDP",
            **values,
        )
    if (options["cost_central"].notna() & options["newly_covered_central"].isna()).any():
        return _(
            "{country}, of what can be compared: {name} newly covers the most people, {persons}, for {cost} of GDP",
            **values,
        )
    return _("{country}: {name} newly covers the most people, {persons}, for {cost} of GDP", **values)


def frontier_sentence(options: pd.DataFrame) -> str:
    """Which options are beaten by none, and how the net cost is to be read."""
    if options.empty:
        return _(NO_OPTION)
    best = options.set_index("option").loc[efficient_options(options)]
    benefits, cover = (join_words(quoted(best.loc[best["kind"] == kind, "name"])) for kind in ("benefit", "subsidy"))
    told = {
        (True, True): N_(
            "No other benefit newly covers as many persons for less money than {benefits}; no other subsidy, than {cover}."
        ),
        (True, False): N_("No other benefit newly covers as many persons for less money than {benefits}."),
        (False, True): N_("No other subsidy newly covers as many persons for less money than {cover}."),
    }
    best_words = told.get((bool(benefits), bool(cover)), "")
    sentences = [
        _(best_words, benefits=benefits, cover=cover) if best_words else "",
        _("The net cost assumes that whoever is covered today already gets the full level: a lower bound."),
    ]
    return join_sentences(sentences)


def equal_money_sentence(equal: pd.DataFrame) -> str:
    """What one sum buys: the options that reach most and fewest persons with it.

    Parameters
    ----------
    equal : result of ``costing.equal_money``
    """
    known = equal[equal["persons"].notna()]
    if "kind" in known and (known["kind"] == "benefit").any():
        known = known[known["kind"] == "benefit"]  # a subsidy of a contribution is no benefit
    if known.empty:
        return _("What a sum of money buys cannot be said: no option can be costed.")
    least = known[known["money"] == known["money"].min()]
    persons = settled(least["persons"])
    most, fewest = least.iloc[persons.argmax()], least.iloc[persons.argmin()]
    return _(
        "With {money} of GDP, {most} reaches {many} persons and {fewest} {few}, at benefits of different levels: the table compares "
        "what money buys, not who deserves it.",
        money=format_share(least["money"].iat[0], 2),
        most=quoted([most["name"]])[0],
        many=format_persons(most["persons"]),
        fewest=quoted([fewest["name"]])[0],
        few=format_persons(fewest["persons"]),
    )


def draws_title(costs: pd.DataFrame, country_name: str) -> str:
    """Title of the distributions of costs: the dearest option, and within which bounds nine of ten draws lie.

    Parameters
    ----------
    costs : result of ``costing.draw_costs``
    """
    if costs.empty:
        return _("What options would cost in {country} is not known", country=country_name)
    dearest = cost_ranges(costs).iloc[0]
    low, high = (format_share(dearest[end], 2) for end in ("low", "high"))
    (name,) = quoted([dearest["name"]])
    return _("{name} costs most: nine of ten draws lie between {low} and {high} of GDP", name=name, low=low, high=high)
