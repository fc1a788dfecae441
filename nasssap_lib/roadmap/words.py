"""Sentences on the order of options: what the typed one breaks, what fits the money, and what more of it would buy."""

from __future__ import annotations

from nasssap_lib.costing.words import quoted
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import N_, _, join_sentences, label, named, ngettext, reason_words
from nasssap_lib.display.words import join_words, small_first
from nasssap_lib.roadmap.country import LATER, typed_starts
from nasssap_lib.roadmap.plan import Roadmap
from nasssap_lib.terms import GUARANTEES

HIGH = {  # what is said of an order when costs come out high: that it holds, or what it breaks
    "best": (
        N_(
            "Also when level, take-up and administration come out at their high ends, the best order stays within the money."
        ),
        N_(
            "When level, take-up and administration come out at their high ends, the best order costs more than there is from {first} on, "
            "in {year} by {amount} of GDP."
        ),
    ),
    "typed": (
        N_("So does the assumed order."),
        N_("The assumed order then costs more than there is from {first} on, in {year} by {amount} of GDP."),
    ),
}
STEPS = 0.00005  # of GDP: what is less is nothing in two decimals


def starts_of(roadmap: Roadmap) -> dict[str, int]:
    """First year of each option that starts: in the best order, or in the typed one where there is no envelope.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    if roadmap.best is None:
        return typed_starts(roadmap.ready)
    return roadmap.best.years


def roadmap_title(roadmap: Roadmap, country_name: str) -> str:
    """Title of the picture: how many options fit the money, or that nothing is proposed to pay for them.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    country_name : in the reader's language
    """
    options = int(roadmap.ready.options["in_order"].sum())
    if not options:
        return _("{country}: no option can be put in order", country=country_name)
    if roadmap.best is None:
        return _(
            "{country}: the options in the years that are assumed, and their cost; no finance is proposed",
            country=country_name,
        )
    fit = len(starts_of(roadmap))
    return ngettext(
        "{country}: {fit} of {n} option fits the money of every year",
        "{country}: {fit} of {n} options fit the money of every year",
        options,
        country=country_name,
        fit=fit,
        n=options,
    )


def roadmap_answer(roadmap: Roadmap) -> list[tuple[str, str, str]]:
    """What the chapter found on the order of options: what fits the money and what the typed order breaks, and what more would buy.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``

    Returns
    -------
    (finding, how sure it is, name of its exhibit) each: ``roadmap``, then ``money``; the first alone where no option can be ordered
    """
    if roadmap.typed_costs.empty:
        return [(order_sentence(roadmap), left_out_sentence(roadmap), "order")]
    return [
        (order_sentence(roadmap), join_sentences([aim_sentence(roadmap), left_out_sentence(roadmap)]), "roadmap"),
        (
            money_sentence(roadmap),
            _("Each amount was solved again: an order of whole options has no price at the margin."),
            "money",
        ),
    ]


def order_sentence(roadmap: Roadmap) -> str:
    """Which options fit, and what the typed order breaks; without an envelope, what the typed order costs.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    if roadmap.typed_costs.empty:
        return _("No option can be put in order, for the cost or the gap of none is known.")
    top = roadmap.typed_costs.loc[roadmap.typed_costs["cost"].idxmax()]
    values = {"cost": format_share(top["cost"], 2), "year": int(top["year"])}
    if roadmap.best is None:
        return join_sentences([
            _("No finance is proposed for the options, so that nothing says which order of them could be paid for."),
            _(
                "Begun in the years that are assumed, they would cost up to {cost} of GDP a year ({year}), net of what they replace and "
                "with most people of two options counted in both.",
                **values,
            ),
            breaks_sentence(roadmap),
        ])  # fmt: skip
    names = dict(zip(roadmap.ready.options["option"], roadmap.ready.options["name"], strict=True))
    begun = starts_of(roadmap)
    fit = [
        _("{option} ({year})", option=name, year=begun[option])
        for option, name in zip(begun, quoted(named(names[o]) for o in begun), strict=True)
    ]
    told = (
        _("Within the money of every year start {options}.", options=join_words(fit))
        if fit
        else _("No option fits the money of every year.")
    )
    return join_sentences([told, binding_sentence(roadmap), breaks_sentence(roadmap)])


def binding_sentence(roadmap: Roadmap) -> str:
    """In which year the best order leaves least money, and in which most: what holds it back.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    costs = roadmap.best_costs
    if costs.empty:
        return ""
    least, most = costs.loc[costs["left"].idxmin()], costs.loc[costs["left"].idxmax()]
    if most["left"] - least["left"] < STEPS:
        return ""
    return _(
        "The year that holds it back is {tight}, in which {left} of GDP is left; in {loose} it is {more}.",
        tight=int(least["year"]), left=format_share(least["left"], 2), loose=int(most["year"]), more=format_share(most["left"], 2),
    )  # fmt: skip


def breaks_sentence(roadmap: Roadmap) -> str:
    """What the typed order breaks: money, preparation, and what institutions can start; without an envelope preparation alone.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    breaks = roadmap.breaks
    if roadmap.best is None:
        breaks = breaks[breaks["kind"] == "earliest"]
    elif breaks.empty:
        return _("The assumed order keeps all rules.")
    over = breaks[breaks["kind"] == "envelope"]
    told = []
    if len(over):
        worst = over.loc[over["amount"].idxmax()]
        told.append(_(
            "The assumed order costs more than there is from {first} on, in {year} by {amount} of GDP.",
            first=int(over["year"].min()), year=int(worst["year"]), amount=format_share(worst["amount"], 2),
        ))  # fmt: skip
    early = int((breaks["kind"] == "earliest").sum())
    if early:
        told.append(ngettext(
            "The assumed order starts {n} option before its activities end.",
            "The assumed order starts {n} options before their activities end.", early, n=early,
        ))  # fmt: skip
    crowded = breaks[breaks["kind"] == "capacity"]
    if len(crowded):
        told.append(
            _(
                "It asks more starts in a year than assumed of {institutions}.",
                institutions=join_words(sorted(set(crowded["institution"]))),
            )
        )
    return join_sentences(told)


def high_sentence(roadmap: Roadmap) -> str:
    """How both orders stand to the money when costs come out high; "" where there is no envelope.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    if roadmap.best is None:
        return ""
    told = []
    for order, words in HIGH.items():
        over = roadmap.high[roadmap.high["order"] == order]
        worst = over.loc[over["amount"].idxmax()] if len(over) else None
        told.append(
            _(words[0])
            if worst is None
            else _(
                words[1],
                first=int(over["year"].min()),
                year=int(worst["year"]),
                amount=format_share(worst["amount"], 2),
            )
        )
    return join_sentences(told)


def in_the_way_sentence(roadmap: Roadmap) -> str:
    """What keeps all options from starting, and by how much at least; "" where there is no envelope.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    table = roadmap.in_the_way
    if roadmap.best is None:
        return ""
    if table.empty:
        return _("All options can start within the money of every year.")
    if set(table["relaxed"]) == {"all"}:
        return _(
            "No single rule that gives way lets all options start: money, preparation and institutions stand in the way together."
        )
    money = table[table["relaxed"] == "envelope"]
    if money.empty:
        return _("More money alone would not let all options start: preparation or institutions stand in the way.")
    most = money.loc[money["amount"].idxmax()]
    return _(
        "For all options to start, the money would have to be higher in {n} years, in {year} by {amount} of GDP at least.",
        n=len(money), year=int(most["year"]), amount=format_share(most["amount"], 2),
    )  # fmt: skip


def aim_sentence(roadmap: Roadmap) -> str:
    """What the best order is best in, and what it reaches.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    if roadmap.best is None:
        return ""
    ends = roadmap.closed[roadmap.closed["year"] == roadmap.closed["year"].max()]
    last = int(ends["year"].iat[0])
    least = ends.loc[ends["best"].idxmin()]
    reached = _(
        "Best means: the gap that is closed least by {year} is closed as far as can be ({guarantee}: {share}), then as little as can be "
        "stays open over the years, all guarantees weighing the same; the money must also suffice {later} years later.",
        year=last, guarantee=small_first(label(GUARANTEES, least["guarantee"])), share=format_share(least["best"], 1), later=LATER,
    )  # fmt: skip
    proved = (
        _("Proved to be the best.")
        if roadmap.best.proved
        else _("Not proved to be the best: at most {gap} above it.", gap=format_share(roadmap.best.gap, 1))
    )
    return join_sentences([reached, proved])


def left_out_sentence(roadmap: Roadmap) -> str:
    """Which options cannot be put in order, and that money bound to options is left out.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    out = roadmap.ready.options[~roadmap.ready.options["in_order"]]
    bound = next(iter(roadmap.ready.envelope["reason"]), "")
    told = (
        _(
            "Left out, for cost or gap are not known: {options}.",
            options=join_words(quoted(named(name) for name in out["name"])),
        )
        if len(out)
        else ""
    )
    return join_sentences(
        [told, _("The envelope is {reason}.", reason=reason_words(bound)) if bound and roadmap.best is not None else ""]
    )


def starting(cell: str) -> list[str]:
    """Ids of the options that start, of a cell of ``Roadmap.money``.

    Examples
    --------
    >>> starting("a;b"), starting("")
    (['a', 'b'], [])
    """
    return [option for option in cell.split(";") if option]


def money_sentence(roadmap: Roadmap) -> str:
    """What more money would buy; without an envelope, what amounts would.

    Parameters
    ----------
    roadmap : result of ``roadmap.plan_roadmap``
    """
    table = roadmap.money
    if table.empty:
        return ""
    if roadmap.best is not None:
        now, then = (set(starting(cell)) for cell in table["options"])
        names = dict(zip(roadmap.ready.options["option"], roadmap.ready.options["name"], strict=True))
        more = [named(names[option]) for option in sorted(then - now)]
        values = {
            "more": format_share(table["more"].iat[1], 1),
            "share": format_share(table["smallest_share"].iat[1], 1),
        }
        if not more:
            return _(
                "Another {more} of GDP a year would let no further option start; of the guarantee that gains least, {share} of the "
                "coverage gap would be closed.",
                **values,
            )
        return _(
            "Another {more} of GDP a year would let {options} start too; of the guarantee that gains least, {share} of the "
            "coverage gap would be closed.",
            options=join_words(quoted(more)), **values,
        )  # fmt: skip
    row = table.iloc[-1]
    number = len(starting(row["options"]))
    return ngettext(
        "With {money} of GDP every year, {n} option could start; of the guarantee that gains least, {share} of the coverage gap "
        "would be closed: a trial, no proposal.",
        "With {money} of GDP every year, {n} options could start; of the guarantee that gains least, {share} of the coverage gap "
        "would be closed: a trial, no proposal.",
        number, money=format_share(row["money"], 2), n=number, share=format_share(row["smallest_share"], 1),
    )  # fmt: skip
