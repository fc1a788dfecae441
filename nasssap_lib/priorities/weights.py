"""Weights of the criteria and an order of them as a reader states them, and the weights that an order stands for.

A stated order is weighed by the mean of all weights that respect it: nothing more is read into it than was said.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from nasssap_lib.costing.options import assess_options
from nasssap_lib.errors import ParameterError, nearest
from nasssap_lib.pack.model import Pack
from nasssap_lib.priorities.criteria import assess_criteria
from nasssap_lib.priorities.matrix import NAME, criteria_matrix
from nasssap_lib.terms import CRITERIA


def read_weights(text: str, criteria: Iterable[str], order: Sequence[str] = ()) -> dict[str, float]:
    """Weights that a notebook's parameters state, by criterion.

    Parameters
    ----------
    text : "" gives all criteria the same weight, or those of :func:`mean_weights` where an order is stated; "newly_covered=2,cost=1"
        gives these weights and 0 to what is not named, whatever the order is
    criteria : names of the criteria
    order : result of :func:`read_order`

    Raises
    ------
    ParameterError : a name that is no criterion, one named twice, something that is no number of at least 0, or nothing above 0

    Examples
    --------
    >>> read_weights("", ["cost", "equity"]), read_weights("cost=3", ["cost", "equity"])
    ({'cost': 1.0, 'equity': 1.0}, {'cost': 3.0, 'equity': 0.0})
    >>> read_weights("", ["cost", "equity"], ["equity"])
    {'cost': 0.25, 'equity': 0.75}
    """
    criteria = list(criteria)
    if not text.strip():
        return mean_weights(order, criteria) if order else dict.fromkeys(criteria, 1.0)
    parts = [part.partition("=") for part in text.split(",")]
    names = [name.strip() for name, _, _ in parts]
    unknown = [name for name in names if name not in criteria]
    if fault := fault_of_weights(text) or (
        unknown and f"nothing known of {unknown[0]!r}; there are {', '.join(criteria)}"
    ):
        raise ParameterError({"weights": fault})
    given = {name: float(value) for name, (_, _, value) in zip(names, parts, strict=True)}
    return {name: given.get(name, 0.0) for name in criteria}


def mean_weights(order: Sequence[str], criteria: Sequence[str]) -> dict[str, float]:
    """The mean of all weights that respect an order of criteria: rank-order centroid weights.

    Parameters
    ----------
    order : criteria from the most important on; those that it does not name weigh at most as much as the last of them
    criteria : names of all criteria

    Returns
    -------
    by criterion, in the order of ``criteria``; they add up to 1

    Notes
    -----
    Of n criteria the i-th gets (1/n) · Σ 1/k for k from i to n; those not named share the mean of what is left. This is the mean of
    the weights that ``priorities.rank_acceptability`` draws.

    Source: Barron and Barrett (1996), *Management Science* 42(11).

    Examples
    --------
    >>> {name: round(weight, 4) for name, weight in mean_weights(["x"], ["x", "y", "z"]).items()}  # 11/18, 7/36, 7/36
    {'x': 0.6111, 'y': 0.1944, 'z': 0.1944}
    """
    n, named = len(criteria), len(order)
    centroid = np.cumsum(1 / np.arange(n, 0, -1))[::-1] / n
    rest = float(centroid[named:].mean()) if named < n else 0.0
    given = dict(zip(order, centroid[:named].tolist(), strict=True))
    return {name: given.get(name, rest) for name in criteria}


def fault_of_weights(text: str) -> str:
    """What is wrong with a text of weights, whatever the criteria are called; "" where nothing is.

    Examples
    --------
    >>> fault_of_weights("cost=1"), fault_of_weights("cost=much")
    ('', "expected name=number pairs such as 'newly_covered=2,cost=1', got 'cost=much'")
    """
    if not text.strip():
        return ""
    found = [re.fullmatch(rf"\s*({NAME})\s*=\s*(\d+(?:\.\d+)?)\s*", part) for part in text.split(",")]
    if not all(found):
        return f"expected name=number pairs such as 'newly_covered=2,cost=1', got {text[:60]!r}"
    names = [match[1] for match in found]
    if len(set(names)) < len(names):
        return f"a criterion is named twice in {text[:60]!r}"
    return (
        "" if any(float(match[2]) > 0 for match in found) else f"at least one weight must be above 0, got {text[:60]!r}"
    )


def read_order(text: str, criteria) -> list[str]:
    """The order of criteria that a notebook's parameter states, the most important first.

    Parameters
    ----------
    text : "" states none; "equity>cost>readiness" says that equity weighs at least as much as cost, cost at least as much as
        readiness, and that whatever is not named weighs at most as much as the last of them
    criteria : names of the criteria

    Raises
    ------
    ParameterError : a name that is no criterion, or of which nothing is known; one named twice; no names with ">" between them

    Examples
    --------
    >>> read_order("", ["cost", "equity"]), read_order("equity > cost", ["cost", "equity"])
    ([], ['equity', 'cost'])
    """
    criteria = list(criteria)
    names = [name.strip() for name in text.split(">")] if text.strip() else []
    unknown = [name for name in names if name not in criteria]
    if fault := fault_of_order(text) or (
        unknown and f"nothing known of {unknown[0]!r}; there are {', '.join(criteria)}"
    ):
        raise ParameterError({"order": fault})
    return names


def fault_of_order(text: str) -> str:
    """What is wrong with a stated order, whatever the criteria are called; "" where nothing is.

    Examples
    --------
    >>> fault_of_order("equity>cost"), fault_of_order("equity, cost")
    ('', "expected criteria from the most important on, such as 'equity>cost>readiness', got 'equity, cost'")
    """
    names = [name.strip() for name in text.split(">")] if text.strip() else []
    if not all(re.fullmatch(NAME, name) for name in names):
        return f"expected criteria from the most important on, such as 'equity>cost>readiness', got {text[:60]!r}"
    return f"a criterion is named twice in {text[:60]!r}" if len(set(names)) < len(names) else ""


def unknown_criteria(pack: Pack, weights: str = "", order: str = "") -> dict[str, str]:
    """By parameter, what is wrong with the criteria named in it; empty where something is known of each in the pack.

    Examples
    --------
    >>> from nasssap_lib.pack.reader import read_pack
    >>> unknown_criteria(read_pack("SEN"), order="equity>cots")
    {'order': "SEN has no criterion 'cots'; did you mean 'cost'?"}
    """
    named = {"weights": re.findall(NAME, weights), "order": re.findall(NAME, order)}
    if not any(named.values()):
        return {}
    criteria = assess_criteria(pack, assess_options(pack))
    known = [*criteria_matrix(criteria, weights, order).values]
    faults = {key: (_fault_of_name(pack, name, criteria, known) for name in names) for key, names in named.items()}
    return {key: fault for key, found in faults.items() if (fault := next(filter(None, found), ""))}


def _fault_of_name(pack: Pack, name: str, criteria: pd.DataFrame, known: list[str]) -> str:
    """Why a criterion cannot be weighed: there is none of that name, or nothing is known of it; "" where it can be."""
    if name in known:
        return ""
    names = [*dict.fromkeys([*CRITERIA, *criteria["criterion"]])]
    if name not in names:
        near = nearest(name, names)
        hint = f"did you mean {near!r}?" if near else f"there are {', '.join(names)}"
        return f"{pack.country} has no criterion {name!r}; {hint}"
    some = ", ".join(known) or "no criterion, because no option can be costed"
    needs = f" (it needs {CRITERIA[name].needs})" if name in CRITERIA else ""
    return f"nothing is known of {name!r} in {pack.country}{needs}; something is known of {some}"
