"""Sentences on a package of options: what it costs by year and together, and how the model meets what was spent."""

from __future__ import annotations

import pandas as pd

from nasssap_lib.costing.combined import ALL, DISABLED_PENSIONERS
from nasssap_lib.costing.milestones import Milestones, options_in_year
from nasssap_lib.costing.words import quoted
from nasssap_lib.costing.words_ranges import MINUS
from nasssap_lib.display.numbers import format_number, format_persons, format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, named, ngettext
from nasssap_lib.display.words import join_words

OUTTURN_KINDS = {"outturn": N_("outturn"), "budget": N_("budget")}
NEAR = 0.01  # of what was published: no difference that a figure of two digits could show


def package_sentence(costs: pd.DataFrame, at: Milestones | None) -> str:
    """How many options can be costed, which costs most when all have grown up, and for how many the net cost is known.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    at : result of ``costing.milestones_of``
    """
    if at is None:
        return _(
            "No option can be costed by year: the country's data hold none, or no population of the years to come."
        )
    rows = options_in_year(costs, at.mature)
    known = rows.dropna(subset=["share_of_gdp"])
    if known.empty:
        return _("What the options cost is not known: the table says of each what it needs.")
    first = known.loc[known["share_of_gdp"].idxmax()]
    counts = {"known": len(known), "n": len(rows), "year": at.mature}
    sentences = [
        ngettext(
            "{known} of {n} option can be costed.", "{known} of {n} options can be costed.", len(rows), **counts
        ),
        _(
            "In {year}, when all have their full take-up, the dearest is {name}: {share} of GDP for {persons} persons.",
            year=at.mature, name=quoted([first["name"]])[0], share=format_share(first["share_of_gdp"], 2),
            persons=format_persons(first["persons"]),
        ),
        _replaced_words(known),
    ]  # fmt: skip
    return join_sentences(sentences)


def _replaced_words(rows: pd.DataFrame) -> str:
    """Which options replace spending of schemes, and of which it is not known how much."""
    replaces = rows[rows["replaced"] > 0]
    unknown = rows[rows["net_share_of_gdp"].isna()]
    nothing = len(rows) - len(replaces) - len(unknown)
    sentences = [
        _(
            "Published spending of schemes, each of its own year, is replaced by {names}.",
            names=join_words(quoted(replaces["name"])),
        )
        if len(replaces)
        else "",
        _("What {names} would replace is not known, and so no net cost.", names=join_words(quoted(unknown["name"])))
        if len(unknown)
        else "",
        ngettext(
            "{n} option replaces nothing: its gross cost is its net cost.",
            "{n} options replace nothing: their gross cost is their net cost.",
            nothing,
            n=nothing,
        )
        if nothing
        else "",
    ]
    return join_sentences(sentences)


def together_sentence(combined: pd.DataFrame, at: Milestones | None) -> str:
    """What the options cost together where each person is paid once, and who stands first.

    Parameters
    ----------
    combined : result of ``costing.combine_options``
    at : result of ``costing.milestones_of``
    """
    if at is None or combined.empty:
        return ""
    rows = options_in_year(combined, at.mature)
    sum_ = rows.loc[ALL]
    if pd.isna(sum_["share_of_gdp"]):
        return _("What the options cost together is not known.")
    order = quoted(rows.loc[~rows["option"].isin([ALL, DISABLED_PENSIONERS]), "name"])
    low, high = (format_share(sum_[end], 2) for end in ("share_low", "share_high"))
    sentences = [
        _(
            "Whoever is reached by two benefits is paid by the one that stands first: together {share} of GDP in {year}.",
            share=format_share(sum_["share_of_gdp"], 2), year=at.mature,
        ),
        _("How many are reached by both is not known: the sum lies between {low} and {high}.", low=low, high=high)
        if low != high
        else "",
        _("The order: {names}.", names=join_words(order)),
    ]  # fmt: skip
    return join_sentences(sentences)


def levels_note(levels: pd.DataFrame) -> str:
    """Which levels erode between the first and the last year of a table.

    Parameters
    ----------
    levels : result of ``costing.level_checks``
    """
    years = sorted(levels["year"].unique())
    if len(years) < 2:
        return ""
    then, last = (levels[levels["year"] == year].set_index("option") for year in (years[0], years[-1]))
    falls = then.index[(last["level"].reindex(then.index) < 0.99 * then["level"]).to_numpy()]
    if not len(falls):
        return _("No level erodes: each keeps its share of GDP per head until {year}.", year=int(years[-1]))
    told = [
        _(
            "{name} from {now} to {then}",
            name=quoted([then.loc[code, "name"]])[0],
            now=_percent(then.loc[code, "level"]),
            then=_percent(last.loc[code, "level"]),
        )
        for code in falls
    ]
    return _(
        "Cheaper by erosion, in % of GDP per head until {year}: {names}.", year=int(years[-1]), names=join_words(told)
    )


def _percent(level: float) -> str:
    return format_share(level / 100, 1)


def outturn_sentence(outturn: pd.DataFrame) -> str:
    """How many schemes the model recomputes, and how far it is from what was published; a source's own product is no test.

    Parameters
    ----------
    outturn : result of ``costing.model_against_outturn``
    """
    known, schemes = outturn[outturn["tested"]], outturn["scheme"].nunique()
    products = outturn.loc[outturn["modelled"].notna() & ~outturn["scheme"].isin(known["scheme"]), "scheme"].nunique()
    if known.empty and products:
        return ngettext(
            "No scheme could be tested: of {n} of {all} the source itself makes the sum of recipients and benefit, or tells of a part of "
            "the country.",
            "No scheme could be tested: of {n} of {all} the sources themselves make the sum of recipients and benefit, or tell of a part "
            "of the country.",
            products,
            n=products,
            all=schemes,
        )
    if known.empty:
        return ngettext(
            "The scheme of the inventory cannot be recomputed: recipients, benefit and spending of one year are not known together.",
            "None of {n} schemes can be recomputed: recipients, benefit and spending of one year are not known together.",
            schemes,
            n=schemes,
        )
    paid = known[known["kind"] == "outturn"]  # a budget is no outturn: it is told where nothing else is
    told = paid if len(paid) else known
    far = told.loc[told["difference"].abs().idxmax()]
    if abs(far["difference"]) < NEAR:
        return ngettext(
            "Recipients × benefit × payments can be set beside published spending for {n} scheme of {all}, and come to it within 1 %.",
            "Recipients × benefit × payments can be set beside published spending for {n} of {all} schemes, and come to it within 1 %.",
            known["scheme"].nunique(), n=known["scheme"].nunique(), all=schemes,
        )  # fmt: skip
    return ngettext(
        "Recipients × benefit × payments can be set beside published spending for {n} scheme of {all}; the largest difference is {apart} "
        "({scheme}, {kind} of {year}).",
        "Recipients × benefit × payments can be set beside published spending for {n} of {all} schemes; the largest difference is {apart} "
        "({scheme}, {kind} of {year}).",
        known["scheme"].nunique(),
        kind=label(OUTTURN_KINDS, far["kind"]),
        n=known["scheme"].nunique(), all=schemes, scheme=named(far["short_name"]), year=int(far["year"]),
        apart=signed_share(far["difference"]),
    )  # fmt: skip


def transition_note(costs: pd.DataFrame, at: Milestones | None) -> str:
    """Who is paid under old rules while the new benefit grows, and is not among the persons reached.

    Parameters
    ----------
    costs : result of ``costing.cost_package``
    at : result of ``costing.milestones_of``
    """
    rows = options_in_year(costs, at.first) if at else costs.iloc[:0]
    names = quoted(rows.loc[rows["double_payment"] > 0, "name"])
    if not names:
        return ""
    return _(
        "Until {year} some members of the schemes that these options replace are still paid under the old rules, and are not counted here: "
        "{names}.",
        year=at.mature, names=join_words(names),
    )  # fmt: skip


def signed_share(share: float, decimals: int = 0) -> str:
    """A difference as a percentage with its sign; none where it rounds to nothing.

    Examples
    --------
    >>> signed_share(0.349), signed_share(-0.323, 1), signed_share(-0.001)
    ('+35\\xa0%', '−32.3\\xa0%', '0\\xa0%')
    """
    rounded = round(share, decimals + 2)
    return ("+" if rounded > 0 else MINUS if rounded < 0 else "") + format_share(abs(rounded), decimals)


def months_words(months: float) -> str:
    """Months of a year in which something is paid."""
    return _("{months} months", months=format_number(months, 1))
