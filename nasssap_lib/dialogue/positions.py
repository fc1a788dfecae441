"""What each group at the table says of the options: its own order, its position and why, what it would pay or gain.

Nothing is filled in for a group that did not answer, and no position is averaged with another.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from nasssap_lib.dialogue.agreement import Agreement, borda, kendall_w, median_order, pairwise_tau
from nasssap_lib.priorities.decision import ranked
from nasssap_lib.priorities.matrix import BENEFIT, Matrix
from nasssap_lib.priorities.rank_ranges import rank_ranges
from nasssap_lib.provenance import join_sources, weakest
from nasssap_lib.reasons import reason
from nasssap_lib.ties import settled, spans

GROUP_COLUMNS = [
    "stakeholder", "group", "kind", "influence", "list", "option", "name", "rank", "rank_best", "rank_worst", "position", "why", "pays",
    "receives", "burden", "burden_quality", "quality", "source",
]  # fmt: skip
SUPPORT_COLUMNS = [
    "option", "name", "weighting", "support", "doubt", "oppose", "no_answer", "opposed_by", "answered", "nobody_opposes", "source",
]  # fmt: skip
COMPROMISE_COLUMNS = [
    "list", "option", "name", "points", "borda_rank", "median", "median_rank", "best", "worst", "groups", "nobody_opposes", "source",
    "reason",
]  # fmt: skip
MANY_GROUPS = 7  # from so many on a p-value is shown
TENSION_COLUMNS = ["stakeholder", "group", "option", "name", "kind", "rank", "position", "burden", "why", "source"]


def assess_positions(matrix: Matrix, stakeholders: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    """The order that each group's own weights give, its position on each option, and what it would pay or gain.

    Parameters
    ----------
    matrix : options × criteria
    stakeholders : a pack's table: weights by criterion; positions, and shares of cost and benefits, by option
    options : result of ``measures.assess_options``; gives the cost of each option, also in a scenario

    Returns
    -------
    table with the columns of ``GROUP_COLUMNS``, one row a group and option, also for options that cannot be ranked; no row where there
    was no dialogue. influence: 0–1, NaN not stated; list: "benefit" or "subsidy", within which an option is ranked; rank: at the
    central values among the options whose evidence is complete, by the group's weights (NaN for the rest, and for a group
    without weights); rank_best, rank_worst: among all options with a cost, within the ranges of all values; position: −1 opposes …
    1 supports, NaN no answer; why: its words; pays, receives: its share of the option's cost, and of its benefits, %; burden:
    what it would pay less what it would receive, % of GDP a year, below 0 it gains; burden_quality: of the burden, which rests on
    an assumed cost

    Notes
    -----
    Criteria to which a group gave no weight count nothing for it; weights for criteria that are not ranked are not used. A group that
    gives a further criterion points names it: :func:`named_criteria`. Ranks among complete options keep the scale of all options
    of their list, so that they do not turn against the intervals.

    Burden = cost × pays − cost ÷ (1 + administration) × receives; administration is nobody's benefit.

    Examples
    --------
    >>> values = pd.DataFrame({"cost": [0.01, 0.03]}, index=["a", "b"])
    >>> matrix = Matrix(values, values, values, {"cost": "min"}, {"a": "A", "b": "B"},
    ...     pd.DataFrame(columns=["option", "name"]))
    >>> said = pd.DataFrame({"stakeholder": ["unions"], "name": ["Unions"], "kind": ["workers"], "influence": [0.5],
    ...     "about": ["weight"], "item": ["cost"], "value": [1.0], "reason": [""], "quality": ["illustrative"], "source": ["S"]})
    >>> options = pd.DataFrame({"option": ["a", "b"], "cost_central": [0.01, 0.03], "admin_rate": 0.05, "quality": "assumed"})
    >>> assess_positions(matrix, said, options)["rank"].tolist()
    [1.0, 2.0]
    """
    parts = [_views_of_group(matrix, rows, options) for _, rows in stakeholders.groupby("stakeholder", sort=False)]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True)[GROUP_COLUMNS] if parts else pd.DataFrame(columns=GROUP_COLUMNS)


def _views_of_group(matrix: Matrix, said: pd.DataFrame, options: pd.DataFrame) -> pd.DataFrame:
    about = {name: rows.set_index("item") for name, rows in said.groupby("about")}
    nothing = said.iloc[:0].set_index("item")
    positions = about.get("position", nothing)
    out = matrix.left_out.reindex(columns=["option", "name", "kind"]).set_index("option")
    table = pd.DataFrame(list({**matrix.names, **out["name"]}.items()), columns=["option", "name"])
    table["list"] = table["option"].map({**matrix.kinds, **out["kind"]}).astype(object).fillna("")
    stated = {
        name: table["option"].map(about.get(name, nothing)["value"]).astype(float)
        for name in ("pays", "receives", "burden")
    }
    first, why = said.iloc[0], table["option"].map(positions["reason"]).astype(object).fillna("")
    ranks = _ranks(matrix, about.get("weight", nothing)["value"])
    quality = weakest(said["quality"])
    return table.join(ranks, on="option").assign(
        stakeholder=first["stakeholder"], group=first["name"], kind=first["kind"], influence=first["influence"],
        position=table["option"].map(positions["value"]).astype(float), why=why, pays=stated["pays"], receives=stated["receives"],
        burden=_burden(table["option"], stated, options), quality=quality, burden_quality=weakest([quality, *options["quality"]]),
        source=join_sources(*said["source"]),
    )  # fmt: skip


def _burden(names: pd.Series, stated: dict[str, pd.Series], options: pd.DataFrame) -> pd.Series:
    """Share of the cost less share of the benefits, % of GDP; as it was stated where shares are not known."""
    known = options.set_index("option")
    cost, rate = (names.map(known[name]).astype(float) for name in ("cost_central", "admin_rate"))
    pays, receives = cost * stated["pays"], cost / (1 + rate) * stated["receives"]
    net = (pays - receives).where(spans(pays, receives) | spans(receives, pays) | pays.isna() | receives.isna(), 0.0)
    return net.fillna(stated["burden"])


def _ranks(matrix: Matrix, given: pd.Series) -> pd.DataFrame:
    """Ranks by one group's weights, each list by itself: among complete options, and as intervals among all."""
    columns = ["rank", "rank_best", "rank_worst"]
    weights = given.reindex(matrix.values.columns).fillna(0)
    if matrix.values.empty or not weights.sum() > 0:
        return pd.DataFrame(columns=columns, dtype=float)
    parts = [_ranks_of_list(part, weights) for part in matrix.lists if len(part.values)]
    return pd.concat(parts).reindex(columns=columns).astype(float)


def _ranks_of_list(matrix: Matrix, weights: pd.Series) -> pd.DataFrame:
    ends = rank_ranges(matrix, weights).set_index("option")
    score = ends["score"].dropna()
    return ends.assign(rank=pd.Series(ranked(score.to_numpy(float)), index=score.index, dtype=float))


def named_criteria(stakeholders: pd.DataFrame) -> list[str]:
    """Criteria to which some group gave points.

    Parameters
    ----------
    stakeholders : a pack's table

    Examples
    --------
    >>> named_criteria(pd.DataFrame({"about": ["weight", "weight"], "item": ["cost", "equity"], "value": [100.0, 0.0]}))
    ['cost']
    """
    said = stakeholders[(stakeholders["about"] == "weight") & (stakeholders["value"] > 0)]
    return list(dict.fromkeys(said["item"]))


def group_weights(stakeholders: pd.DataFrame, criteria: pd.DataFrame) -> pd.DataFrame:
    """How much each criterion matters to each group.

    Parameters
    ----------
    stakeholders : a pack's table
    criteria : result of ``criteria.assess_criteria``; gives the order

    Returns
    -------
    table : stakeholder, group, criterion, weight (share of the group's total, 0–1), how (a code of reasons, or words of the pack; see
        ``words.how_weighed``), quality, source; no row where nobody weighed

    Examples
    --------
    >>> said = pd.DataFrame({"stakeholder": "u", "name": "Unions", "about": "weight", "item": ["cost", "equity"], "value": [25.0, 75.0],
    ...     "reason": "", "quality": "observed", "source": "S"})
    >>> group_weights(said, pd.DataFrame({"criterion": ["cost", "equity"]}))["weight"].tolist()
    [0.25, 0.75]
    """
    said = stakeholders[stakeholders["about"] == "weight"].rename(
        columns={"name": "group", "item": "criterion", "reason": "how"}
    )
    table = said.assign(weight=said["value"] / said.groupby("stakeholder")["value"].transform("sum"))
    order = {name: number for number, name in enumerate(criteria["criterion"].unique())}
    table = table.sort_values("criterion", key=lambda names: names.map(order), kind="stable", ignore_index=True)
    return table[["stakeholder", "group", "criterion", "weight", "how", "quality", "source"]]


def rank_table(groups: pd.DataFrame, kind: str = "") -> pd.DataFrame:
    """Options that every group with weights could rank, in rows, and those groups in columns.

    Parameters
    ----------
    groups : result of :func:`assess_positions`
    kind : list of options, "benefit" or "subsidy"; "": the benefits, or the only list there is, for places in two are no order

    Returns
    -------
    index option, columns: names of the groups; values: rank by the group's own weights, 1 first

    Examples
    --------
    >>> groups = pd.DataFrame({"stakeholder": "u", "group": ["Unions"] * 2, "option": ["a", "b"], "rank": [1.0, 2.0]})
    >>> rank_table(groups)["Unions"].tolist()
    [1.0, 2.0]
    """
    if groups.empty:
        return pd.DataFrame()
    groups = groups[_in_list(groups, kind)]
    wide = groups.pivot(index="option", columns="stakeholder", values="rank").reindex(groups["option"].unique())
    wide = wide[[name for name in groups["stakeholder"].unique() if wide[name].notna().any()]].dropna()
    names = groups.drop_duplicates("stakeholder").set_index("stakeholder")["group"]
    twice = set(names[names.duplicated()])
    return wide.rename(columns={key: f"{name} ({key})" if name in twice else name for key, name in names.items()})


def _in_list(groups: pd.DataFrame, kind: str) -> np.ndarray:
    """Rows of one list of options; of the benefits where none is named, all where there are no lists."""
    if "list" not in groups:
        return np.ones(len(groups), dtype=bool)
    first = BENEFIT if (groups["list"] == BENEFIT).any() else groups["list"].iat[0]
    return (groups["list"] == (kind or first)).to_numpy()


def measure_agreement(ranks: pd.DataFrame) -> tuple[Agreement, pd.DataFrame]:
    """Kendall's W over all groups, and tau-b between each two; nothing (NaN, an empty table) below two groups or two options.

    Of two groups W says nothing that tau does not: it would be above 0 even where their orders are opposed, and is NaN.

    Parameters
    ----------
    ranks : result of :func:`rank_table`

    Notes
    -----
    p is shown for seven groups or more only: for fewer, W itself is the finding.

    Examples
    --------
    >>> ranks = pd.DataFrame({"Unions": [1, 2, 3], "Employers": [1, 3, 2], "Women": [1, 2, 3]}, index=list("abc"))
    >>> agreement, tau = measure_agreement(ranks)
    >>> round(agreement.w, 3), round(float(tau.loc["Unions", "Employers"]), 2)
    (0.778, 0.33)
    """
    if min(ranks.shape, default=0) < 2:
        return Agreement(np.nan, np.nan, 0, np.nan), pd.DataFrame()
    agreement = kendall_w(ranks)
    groups = ranks.shape[1]
    w, chi2 = (np.nan, np.nan) if groups == 2 else (agreement.w, agreement.chi2)
    p = agreement.p if groups >= MANY_GROUPS else np.nan
    return Agreement(w, chi2, agreement.df, p), pairwise_tau(ranks)


def summarise_support(groups: pd.DataFrame) -> pd.DataFrame:
    """Who supports, doubts and opposes each option, weighted by influence where it is stated for every group.

    Parameters
    ----------
    groups : result of :func:`assess_positions`

    Returns
    -------
    table with the columns of ``SUPPORT_COLUMNS``, most support first. weighting: "influence", or "equal" where the influence of a group
    is not stated; support, doubt, oppose, no_answer: shares 0–1 that add up to 1 (the first three NaN where nobody
    answered); opposed_by: ";" list of groups; answered:
    number of groups; nobody_opposes: False also where nobody answered

    Examples
    --------
    >>> groups = pd.DataFrame({"stakeholder": ["u", "e"], "group": ["Unions", "Employers"], "influence": [0.3, 0.1], "option": "a",
    ...     "name": "A", "position": [1.0, -1.0], "source": "S"})
    >>> summarise_support(groups)[["support", "oppose", "opposed_by"]].round(3).values.tolist()
    [[0.75, 0.25, 'Employers']]
    """
    if groups.empty:
        return pd.DataFrame(columns=SUPPORT_COLUMNS)
    known = bool(groups["influence"].notna().all() and groups["influence"].gt(0).any())
    table = groups.assign(weight=groups["influence"] if known else 1.0, side=_side(groups["position"]))
    shares = table.pivot_table(index="option", columns="side", values="weight", aggfunc="sum", fill_value=0, sort=False)
    shares = shares.reindex(columns=["support", "doubt", "oppose", "no_answer"], fill_value=0)
    shares = shares.div(shares.sum(axis=1), axis=0)
    against = table[table["side"] == "oppose"].groupby("option", sort=False)["group"].agg(";".join)
    answered = table[table["side"] != "no_answer"].groupby("option").size().reindex(shares.index).fillna(0).astype(int)
    support = shares.assign(
        name=groups.drop_duplicates("option").set_index("option")["name"], weighting="influence" if known else "equal",
        opposed_by=against.reindex(shares.index).fillna(""), answered=answered, source=join_sources(*groups["source"]),
    ).reset_index()  # fmt: skip
    support["nobody_opposes"] = (support["opposed_by"] == "") & (support["answered"] > 0)
    support.loc[support["answered"] == 0, ["support", "doubt", "oppose"]] = np.nan
    order = ["support", "oppose"]
    support = support.sort_values(order, ascending=[False, True], kind="stable", key=settled, ignore_index=True)
    return support[SUPPORT_COLUMNS]


def _side(position: pd.Series) -> np.ndarray:
    conditions = [position.isna(), position > 0, position < 0]
    return np.select(conditions, ["no_answer", "support", "oppose"], "doubt")


def find_compromise(groups: pd.DataFrame) -> pd.DataFrame:
    """Two orders that take every group into account: Borda's points, and the median of the groups' ranks.

    Parameters
    ----------
    groups : result of :func:`assess_positions`

    Returns
    -------
    table with the columns of ``COMPROMISE_COLUMNS``, best median first: points, borda_rank, median (of the groups' ranks), median_rank,
    best and worst rank that any group gives, groups (how many ranked), nobody_opposes; NaN with the reason for an option that not
    every group could rank. No row where fewer than two groups stated weights

    Examples
    --------
    >>> groups = pd.DataFrame({"stakeholder": ["u", "u", "e", "e"], "group": ["Unions", "Unions", "Employers", "Employers"],
    ...     "influence": 0.5, "option": list("abab"), "name": list("ABAB"), "rank": [1.0, 2.0, 1.0, 2.0], "position": 1.0,
    ...     "source": "S"})
    >>> find_compromise(groups)[["option", "median", "borda_rank"]].values.tolist()
    [['a', 1.0, 1], ['b', 2.0, 2]]
    """
    kinds = list(groups["list"].unique()) if "list" in groups else [""]
    parts = [_compromise_of_list(groups[_in_list(groups, kind)], kind) for kind in kinds if len(groups)]
    parts = [part for part in parts if len(part)]
    return pd.concat(parts, ignore_index=True) if parts else pd.DataFrame(columns=COMPROMISE_COLUMNS)


def _compromise_of_list(groups: pd.DataFrame, kind: str) -> pd.DataFrame:
    ranks = rank_table(groups, kind)
    if ranks.empty or ranks.shape[1] < 2:
        return pd.DataFrame(columns=COMPROMISE_COLUMNS)
    points, median = borda(ranks).set_index("option"), median_order(ranks).set_index("option")
    places = pd.DataFrame({
        "points": points["points"], "borda_rank": points["rank"], "median": median["median"], "median_rank": median["rank"],
        "best": ranks.min(axis=1), "worst": ranks.max(axis=1), "groups": ranks.shape[1], "reason": "",
    })  # fmt: skip
    support = summarise_support(groups).set_index("option")[["name", "nobody_opposes", "source"]]
    table = support.join(places).rename_axis("option").reset_index()
    table["reason"] = table["reason"].fillna(reason("order_not_complete"))
    table = table.assign(list=kind)
    return table.sort_values(["median", "points"], ascending=[True, False], ignore_index=True)[COMPROMISE_COLUMNS]


def points_to_discuss(groups: pd.DataFrame) -> pd.DataFrame:
    """Where what a group says does not fit what it weighs or gains: questions for the table, not errors.

    Parameters
    ----------
    groups : result of :func:`assess_positions`

    Returns
    -------
    table with the columns of ``TENSION_COLUMNS``; kind: "opposes_own_first" (it opposes an option that its own weights put in the first
    third), "opposes_though_gains" (it would gain more than it pays)

    Examples
    --------
    >>> groups = pd.DataFrame({"stakeholder": "u", "group": "Unions", "option": list("abc"), "name": list("ABC"),
    ...     "rank": [1.0, 2.0, 3.0], "position": [-1.0, 0.0, 1.0], "burden": [0.0, 0.0, 0.1], "why": "", "source": "S"})
    >>> points_to_discuss(groups)["kind"].tolist()
    ['opposes_own_first']
    """
    if groups.empty:
        return pd.DataFrame(columns=TENSION_COLUMNS)
    by = ["stakeholder", "list"] if "list" in groups else ["stakeholder"]
    ranked = groups.groupby(by)["rank"].transform("count")
    against = groups["position"] < 0
    rules = {
        "opposes_own_first": against & (groups["rank"] <= ranked / 3),
        "opposes_though_gains": against & (groups["burden"] < 0),
    }
    tensions = pd.concat([groups[mask].assign(kind=kind) for kind, mask in rules.items()])
    order = list(groups["stakeholder"].unique())
    tensions = tensions.sort_values(
        "stakeholder", key=lambda ids: ids.map(order.index), kind="stable", ignore_index=True
    )
    return tensions[TENSION_COLUMNS]
