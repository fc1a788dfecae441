"""The answer of the chapter on costs: its findings, how sure each is, and the exhibit that shows it."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from nasssap_lib.costing.combined import ALL
from nasssap_lib.costing.milestones import Milestones, options_in_year
from nasssap_lib.costing.ranges import TOTAL
from nasssap_lib.costing.words import quoted
from nasssap_lib.costing.words_ranges import tornado_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import _, join_sentences, ngettext
from nasssap_lib.display.words import as_sentence, join_words


def costing_answer(
    costs: pd.DataFrame,
    combined: pd.DataFrame,
    bands: pd.DataFrame,
    swings: pd.DataFrame,
    at: Milestones | None,
) -> list[tuple[str, str, str]]:
    """What the first half of the chapter found, the cost of all options first.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    combined : result of ``costing.combine_options`` for them, in the order in which they pay
    bands : result of ``costing.bands``
    swings : result of ``costing.tornado`` for one option
    at : result of ``costing.milestones_of``

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each; what is not known of the country is left out
    """
    words, drawn, exhibit = _gross(costs, combined, bands, at)
    findings = [
        (words, join_sentences([drawn, as_sentence(tornado_title(swings)) if len(swings) else ""]), exhibit),
        _joined(_net(costs, at), _below(costs, at)),
    ]
    return [finding for finding in findings if finding[0]]


def _gross(
    costs: pd.DataFrame, combined: pd.DataFrame, bands: pd.DataFrame, at: Milestones | None
) -> tuple[str, str, str]:
    """What all options that can be costed would cost when they have grown up, each person paid once.

    An amount in money has a share of GDP as far as the source of the economy reaches: of the last year before that, if none is later.
    """
    drawn = bands[(bands["option"] == TOTAL) & (bands["year"] <= (at.mature if at else 0)) & bands["low"].notna()]
    if at is None or drawn.empty:
        return _("What the options would cost is not known."), _("The table says of each what it needs."), "package"
    row = drawn.loc[drawn["year"].idxmax()]
    year = int(row["year"])
    options, once = options_in_year(costs, year), options_in_year(combined, year).loc[ALL]
    known = int(options["share_of_gdp"].notna().sum())
    words = ngettext(
        "The {n} option that can be costed would cost {typed} of GDP in {year}.",
        "The {n} options that can be costed would cost {typed} of GDP together in {year}, each person paid once.",
        known,
        n=known,
        typed=format_share(once["share_of_gdp"], 1),
        year=year,
    )
    later = options_in_year(costs, at.mature)["share_of_gdp"].reindex(options.index)
    lost = options.loc[options["share_of_gdp"].notna() & later.isna(), "name"]
    words = join_sentences([words, not_known_from(year + 1, lost) if len(lost) else ""])
    return words, _drawn(row, once["share_of_gdp"], options["share_of_gdp"].sum()), "cost_bands"


def not_known_from(year: int, names: Iterable[str]) -> str:
    """That the cost of options is not known from a year on.

    Examples
    --------
    >>> not_known_from(2031, ["Pension"])
    'From 2031 on, the cost of “Pension” is not known.'
    """
    return _("From {year} on, the cost of {names} is not known.", names=join_words(quoted(names)), year=year)


def _drawn(band: pd.Series, once: float, twice: float) -> str:
    """Between what nine of ten draws lie; of the sum of which they are draws, where it is not that of the finding."""
    ends = {"low": format_share(band["low"], 1), "high": format_share(band["high"], 1)}
    if np.isclose(once, twice):
        return _("{low} to {high} in nine of ten draws under the assumed ranges.", **ends)
    return _(
        "Persons of two options counted in both: {sum} of GDP, {low} to {high} in nine of ten draws under the assumed ranges.",
        sum=format_share(twice, 1), **ends,
    )  # fmt: skip


def _net(costs: pd.DataFrame, at: Milestones | None) -> tuple[str, str, str]:
    """What the options that build on a scheme would add to what is spent on it."""
    rows = options_in_year(costs, at.mature) if at else costs.iloc[:0]
    known = rows[(rows["replaced"] > 0) & (rows["net_share_of_gdp"] >= 0)]
    unknown = rows[rows["share_of_gdp"].notna() & rows["net_share_of_gdp"].isna()]
    lacks = (
        _(
            "The net cost of {names} is not known: what the schemes spend that would be replaced was not found.",
            names=join_words(quoted(unknown["name"])),
        )
        if len(unknown)
        else ""
    )
    if known.empty:
        return lacks, "", "package"
    told = [
        _("{name} {net} instead of {gross}", name=name, net=format_share(net, 2), gross=format_share(gross, 2))
        for name, net, gross in zip(
            quoted(known["name"]), known["net_share_of_gdp"], known["share_of_gdp"], strict=True
        )
    ]
    words = _("Net of the spending of schemes that they replace, in % of GDP: {options}.", options=join_words(told))
    own = _("The spending is of its own year, kept in % of GDP.")
    return words, lacks or own, "package"


def _below(costs: pd.DataFrame, at: Milestones | None) -> tuple[str, str, str]:
    """Options that would cost less than the spending that they replace: their people or levels are below those of today."""
    rows = options_in_year(costs, at.mature) if at else costs.iloc[:0]
    less = rows[(rows["replaced"] > 0) & (rows["net_share_of_gdp"] < 0)]
    told = [
        _("{name} {gross} against {spent}", name=name, gross=format_share(gross, 2), spent=format_share(spent, 2))
        for name, gross, spent in zip(quoted(less["name"]), less["share_of_gdp"], less["replaced"], strict=True)
    ]
    if not told:
        return "", "", ""
    words = _("Less than the spending that it would replace, in % of GDP: {options}.", options=join_words(told))
    return words, _("No saving: its people, or its level, are below those of today."), "package"


def _joined(first: tuple[str, str, str], second: tuple[str, str, str]) -> tuple[str, str, str]:
    """Two findings of one exhibit as one."""
    if not (first[0] and second[0]):
        return first if first[0] else second
    return join_sentences([first[0], second[0]]), join_sentences([first[1], second[1]]), first[2]
