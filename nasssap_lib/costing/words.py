"""Sentences on needs, options and their costs."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.options import efficient_options
from nasssap_lib.display.numbers import format_persons, format_share
from nasssap_lib.display.words import counted, join_words
from nasssap_lib.terms import GUARANTEES

NO_OPTION = (
    "The pack holds no option yet: fill measures.csv, one row an option, before anything can be costed or ranked"
)


def quoted(names) -> list[str]:
    """Names of options as they stand in the pack, set off from the sentence around them."""
    return [f"“{name}”" for name in names]


def options_sentence(options: pd.DataFrame) -> str:
    """How many options there are and can be costed, which guarantees none of them serves, and which levels are unusual.

    Parameters
    ----------
    options : result of ``measures.assess_options``
    """
    if options.empty:
        return f"{NO_OPTION}."
    unknown = options[options["cost_central"].isna()]
    answer = counted(len(options), "{n} option answers", "{n} options answer")
    text = f"{answer} the gap table; {len(options) - len(unknown)} of them can be costed. "
    text += "Benefit levels, months, take-up and administration are assumptions: replace them by the country's own."
    missing = [words.lower() for code, words in GUARANTEES.items() if code not in set(options["guarantee"])]
    high = options[options["flag"] == "high_level"]
    text += f" No option serves {join_words(missing)}: the pack does not carry the figures for one." if missing else ""
    return text + (
        f" Above 30 % of GDP per head, unusually high: {join_words(quoted(high['name']))}." if len(high) else ""
    )


def frontier_title(options: pd.DataFrame, place: str) -> str:
    """Title of the frontier: which option newly covers most persons, and at what cost."""
    known = options.dropna(subset=["cost_central", "newly_covered_central"])
    if known.empty:
        return f"{place}: no option can be set between cost and persons yet"
    row = known.loc[known["newly_covered_central"].idxmax()]
    persons, cost = (
        format_persons(row["newly_covered_central"]),
        format_share(row["cost_central"], 2),
    )
    unknown = (options["cost_central"].notna() & options["newly_covered_central"].isna()).any()
    head = f"{place}, of what can be compared" if unknown else place
    return f"{head}: {row['name']} newly covers most people, {persons}, for {cost} of GDP"


def frontier_sentence(options: pd.DataFrame) -> str:
    """Which options are beaten by none, and which cannot be drawn, with the reason."""
    if options.empty:
        return f"{NO_OPTION}."
    names = options.set_index("option")["name"]
    best = efficient_options(options)
    text = (
        f"No other option newly covers as many persons for less money than {join_words(quoted(names[best]))}."
        if best
        else ""
    )
    return (
        f"{text} The net cost assumes that whoever is covered today already gets the full level: a lower bound.".strip()
    )


def equal_money_sentence(equal: pd.DataFrame) -> str:
    """What one sum buys: the options that reach most and fewest persons with it.

    Parameters
    ----------
    equal : result of ``measures.equal_money``
    """
    known = equal[equal["persons"].notna()]
    if known.empty:
        return "What a sum of money buys cannot be said: no option can be costed."
    least = known[known["money"] == known["money"].min()]
    most, fewest = least.loc[least["persons"].idxmax()], least.loc[least["persons"].idxmin()]
    return (
        f"With {format_share(least['money'].iat[0], 2)} of GDP, “{most['name']}” reaches "
        f"{format_persons(most['persons'])} persons and “{fewest['name']}” {format_persons(fewest['persons'])}, at "
        "benefits of different levels: the table compares what money buys, not who deserves it."
    )
