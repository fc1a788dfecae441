"""What the index says of a country's priorities: who leads, how sure that is, what decides, what is missing; read from result tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from nasssap_lib.display.numbers import format_share
from nasssap_lib.display.texts import _, join_clauses, named, ngettext
from nasssap_lib.display.words import join_words
from nasssap_lib.priorities.matrix import BENEFIT
from nasssap_lib.priorities.words import either, order_words, stated_order, views_words, within_sentence
from nasssap_lib.priorities.words_switching_values import change_words
from nasssap_lib.run.records import read_record

CHAPTER = "03_priority_setting"
FEW = 2  # options that are named in one line
NEEDED = {  # table: columns without which it was written by an older version
    "ranking": {"option", "name", "rank_best", "rank_worst", "decisive"},
    "acceptability_by_rank": {"option", "name", "rank_1", "views"},
    "changes": {"kind", "option", "criterion", "now", "needed", "side", "within", "change", "leaders", "new_leader"},
}


class Lead(NamedTuple):
    """Short texts, empty where there is nothing to say.

    options : each option that can come first, with its share of the views
    stated : the order of criteria or the weights that the run was given
    names : the same options in one line; of many the two in most views
    most : the option that is first in more views than any other, where it is not among those that can come first
    """

    first: str
    options: tuple[tuple[str, str], ...] = ()
    views: str = ""
    decides: str = ""
    missing: str = ""
    stated: str = ""
    most: str = ""
    names: str = ""


def read_lead(folder: Path | None) -> Lead:
    """The leading option of a country, from the results of its last run of notebook 03.

    Parameters
    ----------
    folder : folder of the notebook's result tables; None: there is none

    Returns
    -------
    Lead : every option that can come first is named; one alone only where no missing figure could put another first. Where the
        notebook was not run, failed, or wrote tables of an older version, the first text says so
    """
    if folder is None or not (folder / "run.json").is_file():
        return Lead(_("n/a: not run"))
    record = read_record(folder)
    if not record:
        return Lead(_("n/a: its run.json is damaged, run it again"))
    if record["status"] != "done":
        return Lead(_("n/a: the last run failed"))
    tables = {name: _read(folder / f"{name}.csv") for name in NEEDED}
    if _nothing_ranked(tables["ranking"]):  # without any option to rank, there are no ranks in the other tables
        return Lead(_("no option can be ranked yet"))
    if any(not columns <= set(tables[name].columns) for name, columns in NEEDED.items()):
        return Lead(_("n/a: an older version wrote it, run it again"))
    weights = record["parameters"].get("weights", "")
    try:
        return describe_lead(tables["ranking"], tables["acceptability_by_rank"], tables["changes"], weights)
    except (ValueError, LookupError, TypeError, AttributeError):  # cut or edited since the run wrote them
        return Lead(_("n/a: its tables are damaged, run it again"))


def _read(path: Path) -> pd.DataFrame:
    try:
        table = pd.read_csv(path, encoding="utf-8")
    except (OSError, ValueError):  # not there, empty, or no table
        return pd.DataFrame()
    texts = [name for name in ("views", "side", "within") if name in table]
    table[texts] = table[texts].astype(object).where(table[texts].notna(), "")  # an empty text is no missing one
    return table


def _nothing_ranked(ranking: pd.DataFrame) -> bool:
    return "rank_best" in ranking and ranking["rank_best"].isna().all()


def describe_lead(ranking: pd.DataFrame, acceptance: pd.DataFrame, changes: pd.DataFrame, weights: str = "") -> Lead:
    """The same from the tables themselves.

    Parameters
    ----------
    ranking : result of ``priorities.rank_sequence``
    acceptance : result of ``priorities.accept_ranks``
    changes : result of ``priorities.what_changes_leader``
    weights : as the run was given them; a stated order stands in ``acceptance``

    Examples
    --------
    >>> ranking = pd.DataFrame({"option": ["a", "b"], "name": ["A", "B"], "rank_best": [1, 1], "rank_worst": [2, 2],
    ...     "decisive": ["b: cost", "b: cost"]})
    >>> acceptance = pd.DataFrame({"option": ["a", "b"], "name": ["A", "B"], "rank_1": [0.6, 0.4],
    ...     "views": ["", ""]})
    >>> lead = describe_lead(ranking, acceptance, pd.DataFrame({"needed": []}))
    >>> lead.first, lead.options, lead.missing
    ('open between', (('A', '60\xa0%'), ('B', '40\xa0%')), '1 figure: cost, % of GDP (1 option)')
    >>> lead.views
    'In brackets the share of all views that put it first'
    """
    ranking, acceptance, changes = _first_list(ranking, acceptance, changes)
    if _nothing_ranked(ranking):
        return Lead(_("no option can be ranked yet"), missing=_missing_words(ranking))
    first = ranking[ranking["rank_best"] == 1]
    share = first["option"].map(acceptance.set_index("option")["rank_1"])
    shares = pd.Series(share.to_numpy(), [named(name) for name in first["name"]])
    return Lead(
        first=_head(first),
        options=tuple((name, format_share(part, 0)) for name, part in shares.items()),
        names=_names_words(shares),
        views=_("In brackets the share of {views} that put it first", views=views_words(acceptance)),
        decides=_decisive_words(ranking, changes),
        missing=_missing_words(ranking),
        stated=_stated_words(acceptance, weights),
        most=_most_words(first, acceptance),
    )


def _names_words(shares: pd.Series) -> str:
    """Options with their shares of the views, those in most views first; no more than fit into a line.

    Examples
    --------
    >>> _names_words(pd.Series([0.1, 0.6, 0.3], ["A", "B", "C"]))
    'B (60\xa0%), C (30\xa0%) or 1 more'
    """
    falling = shares.sort_values(ascending=False, kind="stable", na_position="last")
    told = [_("{name} ({share})", name=name, share=format_share(share, 0)) for name, share in falling.items()]
    more = len(told) - FEW
    if more <= 0:
        return either(told)
    return ngettext("{names} or {n} more", "{names} or {n} more", more, names=", ".join(told[:FEW]), n=more)


def _first_list(*tables: pd.DataFrame) -> list[pd.DataFrame]:
    """Of two lists of options, the benefits that are paid: a subsidy of a contribution is not set against these."""
    columns = [next((name for name in ("list", "kind") if name in table), "") for table in tables]
    pairs = list(zip(tables, columns, strict=True))
    return [
        table[table[name] == BENEFIT] if name and (table[name] == BENEFIT).any() else table for table, name in pairs
    ]


def _head(first: pd.DataFrame) -> str:
    """What stands above the names of those that can come first."""
    if not (first["rank_worst"] == 1).all():
        return _("open between")
    return _("equally first") if len(first) > 1 else ""


def _stated_words(acceptance: pd.DataFrame, weights: str) -> str:
    """What the run was told of the criteria: their order, their weights; "" where it was told nothing.

    Examples
    --------
    >>> _stated_words(pd.DataFrame({"views": ["equity > readiness"]}), "")
    'with the mean of all weights that respect the stated order “Reach of the poorest fifth” before “Readiness”'
    """
    order = order_words(stated_order(acceptance), False)
    if weights and order:
        text = _(
            "with the stated weights {weights}; the stated order {order} restricts the views",
            weights=weights,
            order=order,
        )
        return text
    if weights:
        return _("with the stated weights {weights}", weights=weights)
    return _("with the mean of all weights that respect the stated order {order}", order=order) if order else ""


def _most_words(first: pd.DataFrame, acceptance: pd.DataFrame) -> str:
    """The option that is first in more views than any other, where the weights of the run do not let it come first."""
    row = acceptance.loc[acceptance["rank_1"].idxmax()]
    if row["option"] in set(first["option"]):
        return ""
    share, views = format_share(row["rank_1"], 0), views_words(acceptance)
    return _("first more often, in {share} of {views}: “{option}”", share=share, views=views, option=named(row["name"]))


def _decisive_words(ranking: pd.DataFrame, changes: pd.DataFrame) -> str:
    """The decisive criterion, and the smallest change of all where that is another."""
    known = changes[changes["needed"].notna()]
    if known.empty:
        return _("nothing alone would put another option first")
    names = {option: named(name) for option, name in zip(ranking["option"], ranking["name"], strict=True)}
    weight, settles = known[known["kind"] == "weight"].head(1), _what_settles(known)
    clauses = [_("no criterion's weight alone") if weight.empty else change_words(weight.iloc[0], names)]
    if len(settles):
        clauses.insert(0, _settling_words(settles, names))
    elif known["kind"].iat[0] != "weight":
        clauses.append(_("nearest of all: {change}", change=change_words(known.iloc[0], names)))
    return join_clauses(clauses)


def _settling_words(settles: pd.Series, names: Mapping[str, str]) -> str:
    """A missing figure, and whom it leaves."""
    change, left = change_words(settles, names), settles["new_leader"].split(";")
    if len(left) == 1:
        return _("{change}, which leaves “{option}”", change=change, option=names.get(left[0], left[0]))
    return _("{change}, which leaves {n} of {count}", change=change, n=len(left), count=_count(settles["leaders"]))


def _what_settles(known: pd.DataFrame) -> pd.Series:
    """Where several can come first: the missing figure that, once known, can leave the fewest of them; empty where there is none."""
    missing = known[known["kind"] == "missing"]
    left = missing["new_leader"].map(_count)
    left = left[left < missing["leaders"].map(_count)]
    return missing.loc[left.idxmin()] if len(left) else pd.Series(dtype=object)


def _count(names: str) -> int:
    return len(names.split(";"))


def _missing_words(ranking: pd.DataFrame) -> str:
    """Figures that matter to somebody's place, by criterion, and the costs of what could not be ranked."""
    cells = {cell for text in ranking["decisive"].dropna() for cell in text.split("; ") if cell}
    cells |= {f"{option}: cost" for option in ranking.loc[ranking["rank_best"].isna(), "option"]}
    if not cells:
        return _("no figure that matters to the order")
    counts = pd.Series([cell.split(": ")[1] for cell in sorted(cells)]).value_counts(sort=False)
    listed = join_words([
        ngettext("{criterion} ({n} option)", "{criterion} ({n} options)", count, criterion=within_sentence(name), n=count)
        for name, count in counts.items()
    ])  # fmt: skip
    return ngettext("{n} figure: {criteria}", "{n} figures: {criteria}", len(cells), n=len(cells), criteria=listed)
