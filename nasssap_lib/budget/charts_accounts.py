"""Pictures of the social budget: one account, the illustration of a pay-as-you-go rate, and the system by scheme."""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.budget.words_accounts import (
    ITEM_NAMES,
    account_of,
    account_title,
    illustration_title,
    line_words,
    main_accounts,
    scheme_names,
)
from nasssap_lib.budget.words_system import projected, system_title
from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.sheet import (
    bare_rows,
    break_words,
    broken_labels,
    draw_nothing,
    height_of,
    name_row,
    sheet,
    write,
)
from nasssap_lib.display.style import (
    COVERED,
    INK,
    MARGIN,
    MUTED,
    NOT_COVERED,
    PALE,
    Caption,
    label_width,
    open_frame,
    styled,
    text_width,
    usual_width,
    write_beside,
)
from nasssap_lib.display.texts import _, join_clauses, label, named
from nasssap_lib.display.words import join_words, money_words, small_first, small_share
from nasssap_lib.schemes.words_sper import account_name

NAME, SMALL = 8.4, 7.6
ITALIC = 0.94  # italic text is wider than the upright text that is measured
DRAWN = 1.05  # text is drawn up to 5 % wider than measured, for letters stand on whole pixels
HEIGHT, ROW = 3.2, 0.3  # inches: of a plot of years, and of a line of an account
TALL = 4.2
TIGHT = 1.04  # height of a label with the gap to the next
LABELS = 2.1  # inches for names at the end of a line
FEW = 0.03  # of what is paid: schemes below it are drawn together
LAYERS = ("#14506e", "#e2a03f", "#6fa3bd", "#f0cf99", "#3f7a98", "#c98420", "#a9c7d6", "#8a5a10", "#d5e3ea", "#6b7785")
LOOKS = {  # side or kind of a line → its bar
    "income": {"facecolor": COVERED, "edgecolor": COVERED},
    "expenditure": {"facecolor": NOT_COVERED, "edgecolor": NOT_COVERED},
    "budget": {"facecolor": PALE, "edgecolor": NOT_COVERED, "hatch": "////"},
    "difference": {"facecolor": "white", "edgecolor": MUTED},
}


@styled
def plot_account(accounts: pd.DataFrame, caption: Caption, currency: str = "", which: tuple[str, int] | None = None):
    """One account: what comes in above, what is paid below, each printed line in % of GDP; what was not found is named.

    Parameters
    ----------
    accounts : result of ``budget.year_accounts``
    caption : name of the country, and sources
    currency : code of the national currency
    which : ids of its schemes (";") and its year; None: the account that pays most

    Returns
    -------
    matplotlib Figure; where no account is known, a frame that says so
    """
    mains = main_accounts(accounts)
    subtitle = _(
        "Each printed line of one year, in % of GDP. Dark: comes in; amber: is paid; hatched: budget; hollow: by difference."
    )
    if which is None and not mains:
        title = _("No scheme in {country_name} has an account of one year", country_name=caption.country_name)
        return draw_nothing(title, subtitle, caption, _("income and expenditure of one year were not found"))
    account = account_of(accounts, mains[0] if which is None else which)
    lines = drawn_lines(account)
    known = lines[lines["share_of_gdp"].notna() & lines["value"].ne(0)]
    lacking = lines.loc[lines["value"].isna() & lines["role"].ne("difference"), "item"]
    missing = [small_first(label(ITEM_NAMES, item)) for item in lacking]
    title = account_title(account, currency)
    if known.empty:
        return draw_nothing(title, subtitle, caption, _("no GDP of its year was found"))
    note = _note(_("n/a: {lines}", lines=join_words(missing))) if missing else []
    names = scheme_names(accounts)
    labels, row_height = broken_labels([line_words(row, names) for row in known.itertuples()], LABELS, NAME, ROW)
    foot = height_of(note, SMALL) + 0.12
    frame = open_frame(title, subtitle, caption, row_height * len(known) + foot)
    ends = [_line_words(row, currency) for row in known.itertuples()]
    room = max(text_width(share, NAME, "bold") + text_width(money, SMALL) for share, money in ends) + 0.25
    axes = frame.axes(left=label_width(labels, NAME), right=room, bottom=foot)
    bare_rows(axes, len(known), 100 * known["share_of_gdp"].abs().max())
    for y, (row, (share, money)) in enumerate(zip(known.itertuples(), ends, strict=True)):
        name_row(axes, y, labels[y], NAME)
        width = 100 * abs(row.share_of_gdp)
        axes.barh(y, width, height=0.6, linewidth=0.9, **_look(row))
        write_beside(axes, width, y, [(share, NAME, "bold", INK, "normal"), (money, SMALL, "normal", MUTED, "normal")])
    write(sheet(frame), 0, frame.height - foot + 0.1, note, SMALL, color=MUTED, style="italic")
    return frame.figure


def drawn_lines(account: pd.DataFrame) -> pd.DataFrame:
    """Lines of income and expenditure that are drawn: no parts, but for benefits of which no whole was printed.

    Parameters
    ----------
    account : lines of one account
    """
    whole = account["role"].ne("part")
    none = account.loc[whole & account["item"].eq("benefits"), "value"].isna().all()
    apart_benefits = (
        ~whole & account["item"].eq("benefits") & (account["branch"].ne("") | account["of"].ne(account["covers"]))
    )
    return account[account["side"].isin(("income", "expenditure")) & (whole | (apart_benefits & none))]


def _note(words: str) -> list[str]:
    """Lines of a note in italics below a picture."""
    return break_words(words, (usual_width() - 2 * MARGIN) * ITALIC / DRAWN, SMALL)


def _line_words(row, currency: str) -> tuple[str, str]:
    return small_share(row.share_of_gdp), money_words(row.value, row.unit, currency)


def _look(row) -> dict:
    """How the bar of a line looks: by difference hollow, of a budget hatched, otherwise by its side."""
    return LOOKS[row.kind if row.kind in ("difference", "budget") else row.side]


@styled
def plot_illustration(illustration: pd.DataFrame, caption: Caption):
    """Illustration, not a valuation: the pay-as-you-go rate of each scheme by year, between its two readings.

    Parameters
    ----------
    illustration : result of ``budget.payg_illustration``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure; where no scheme has a rate, a frame that says so
    """
    known = illustration[illustration["rate"].notna()]
    title = illustration_title(illustration, caption.country_name)
    subtitle = _(
        "Illustration, not a valuation: cost in % of wages if nothing changed but ages. Upper line: all that is paid; lower line: benefits "
        "alone. Persons of the whole country stand for the members of the scheme."
    )
    if known.empty:
        return draw_nothing(title, subtitle, caption, _("no scheme has receipts that pay for its pensions alone"))
    ends = [_end_of(part) for _scheme, part in known.groupby("scheme", sort=False)]
    lines = [break_words(words, LABELS, NAME) for _middle, words in ends]
    room = max(text_width(line, NAME) for text in lines for line in text) * DRAWN + 0.2
    frame = open_frame(title, subtitle, caption, HEIGHT)
    axes = frame.axes(left=0.62, right=room, bottom=0.28, top=0.05)
    axes.set_ylim(0, 100 * known["rate"].max() * 1.1)
    for (_scheme, part), colour in zip(known.groupby("scheme", sort=False), LAYERS, strict=False):
        by = part.pivot(index="year", columns="reading", values="rate") * 100
        years = by.index.to_numpy(float)
        axes.fill_between(years, by.min(axis=1), by.max(axis=1), color=colour, alpha=0.22, linewidth=0)
        for reading in by:
            axes.plot(
                years, by[reading], color=colour, linewidth=1.9, linestyle="-" if reading == "upper" else (0, (5, 2))
            )
    _write_names(axes, [middle for middle, _words in ends], lines)
    _years_below(axes, known["year"])
    return frame.figure


def _end_of(part: pd.DataFrame) -> tuple[float, str]:
    """Where the name of a scheme stands, and its name with the rates of the last year."""
    last = part[part["year"] == part["year"].max()]["rate"]
    low, high = (format_share(end, 1) for end in (last.min(), last.max()))
    scheme = named(part["short_name"].iat[0])
    if low == high:
        return 100 * float(last.mean()), _("{scheme}: {share}", scheme=scheme, share=high)
    return 100 * float(last.mean()), _("{scheme}: {low} to {high}", scheme=scheme, low=low, high=high)


def _write_names(axes, middles: list[float], lines: list[list[str]], leaders: bool = False) -> None:
    """Names right of the last year, each at its height or as near as others let it."""
    low, top = axes.get_ylim()
    inches = axes.get_position().height * axes.figure.get_size_inches()[1]
    heights = [height_of(text, NAME) * TIGHT / inches * (top - low) for text in lines]
    for middle, place, text in zip(middles, spread(middles, heights, top), lines, strict=True):
        if leaders:
            start, stop = ((x, y) for x, y in ((1.0, middle), (1.022, place)))
            axes.annotate(
                "", stop, start, xycoords=("axes fraction", "data"), textcoords=("axes fraction", "data"), annotation_clip=False,
                arrowprops={"arrowstyle": "-", "color": MUTED, "linewidth": 0.7, "shrinkA": 0, "shrinkB": 0},
            )  # fmt: skip
        axes.annotate(
            "\n".join(text), (1.025 if leaders else 1.0, place), xycoords=("axes fraction", "data"), xytext=(4, 0),
            textcoords="offset points", ha="left", va="center", size=NAME, color=INK, linespacing=1.2, annotation_clip=False,
        )  # fmt: skip


def spread(middles: list[float], heights: list[float], top: float) -> list[float]:
    """Middles of labels of so many heights that do not touch, none above the top, each as near to its own place as that leaves it.

    Examples
    --------
    >>> spread([1.0, 1.1, 5.0], [1.0, 1.0, 2.0], top=5.5)
    [1.0, 2.0, 4.5]
    """
    order, places, floor = sorted(range(len(middles)), key=middles.__getitem__), list(middles), -np.inf
    for one in order:
        places[one] = max(places[one], floor + heights[one] / 2)
        floor = places[one] + heights[one] / 2
    ceiling = top
    for one in reversed(order):
        places[one] = min(places[one], ceiling - heights[one] / 2)
        ceiling = places[one] - heights[one] / 2
    return places


def _years_below(axes, years: pd.Series) -> None:
    axes.set_xlim(float(years.min()), max(float(years.max()), float(years.min()) + 1))
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.yaxis.grid(True)
    decimals = 2 if axes.get_ylim()[1] < 5 else 1
    axes.yaxis.set_major_formatter(lambda value, _position: format_share(value / 100, decimals) if value else "0")
    axes.tick_params(axis="x", pad=7)
    axes.tick_params(axis="y", labelsize=8.2, colors=MUTED)


@styled
def plot_system(system: pd.DataFrame, totals: pd.DataFrame, caption: Caption):
    """What all projected schemes pay, in % of GDP by year, one layer a scheme; the smallest together.

    Parameters
    ----------
    system : result of ``budget.project_system``
    totals : result of ``budget.system_totals``
    caption : name of the country, and sources

    Returns
    -------
    matplotlib Figure; where no scheme is projected, a frame that says so
    """
    title = system_title(system, totals, caption.country_name)
    subtitle = _(
        "Expenditure in % of GDP with the decisions of today, a layer a scheme. A lower bound: schemes without figures are not in it."
    )
    if totals.empty:
        return draw_nothing(title, subtitle, caption, _("the table says of each scheme what it needs"))
    layers = system_layers(system, totals)
    if not layers.notna().all().all():
        return draw_nothing(title, subtitle, caption, _("GDP of these years is not known"))
    rest = system.loc[~system["scheme"].isin(projected(system)["scheme"]), "short_name"].map(account_name)
    note = _note(_("not in it: {schemes}", schemes=join_clauses([named(name) for name in rest]))) if len(rest) else []
    lines = [break_words(_layer_words(name, layers[name].iloc[-1]), LABELS, NAME) for name in layers]
    room = max(text_width(line, NAME) for text in lines for line in text) * DRAWN + 0.35
    foot = height_of(note, SMALL) + 0.12
    frame = open_frame(title, subtitle, caption, TALL + foot)
    axes = frame.axes(left=0.62, right=room, bottom=0.28 + foot, top=0.05)
    heights = 100 * layers.to_numpy(float).T
    edges = np.vstack([np.zeros(heights.shape[1]), heights.cumsum(axis=0)])
    axes.set_ylim(0, edges[-1].max() * 1.06)
    years = layers.index.to_numpy(float)
    for place, colour in zip(range(len(heights)), LAYERS, strict=False):
        axes.fill_between(years, edges[place], edges[place + 1], facecolor=colour, edgecolor="white", linewidth=0.8)
    _write_names(axes, ((edges[:-1, -1] + edges[1:, -1]) / 2).tolist(), lines, leaders=True)
    _years_below(axes, pd.Series(years))
    write(sheet(frame), 0, frame.height - foot + 0.1, note, SMALL, color=MUTED, style="italic")
    return frame.figure


def _layer_words(name: str, share: float) -> str:
    return _("{scheme}: {share}", scheme=name, share=small_share(share))


def system_layers(system: pd.DataFrame, totals: pd.DataFrame) -> pd.DataFrame:
    """Shares of GDP by year and scheme, the largest first; those that stay below 3 % of all that is paid are one layer, last.

    Parameters
    ----------
    system : result of ``budget.project_system``
    totals : result of ``budget.system_totals``
    """
    rows = projected(system)
    wide = (
        rows[rows["year"].isin(totals["year"])]
        .pivot(index="year", columns="short_name", values="share_of_gdp")
        .astype(float)
    )
    wide = wide[wide.iloc[-1].sort_values(ascending=False, kind="stable").index]
    small = (wide.div(wide.sum(axis=1), axis=0) < FEW).all()
    few = small | (np.arange(len(small)) >= len(LAYERS) - 1)
    shown = wide.loc[:, ~few].rename(columns=named)
    if not few.any():
        return shown
    return shown.assign(**{join_words([named(name) for name in wide.columns[few]]): wide.loc[:, few].sum(axis=1)})
