"""HiGHS on a formulation: silent, with a node limit instead of a time limit, and never without an answer that was found."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from nasssap_lib.errors import MissingEvidence, NasssapError
from nasssap_lib.files import silenced
from nasssap_lib.roadmap.formulation import Formulation, Terms

OPTIMAL, INFEASIBLE = 0, 2  # status of scipy.optimize.milp
STOPPED = "limit"  # in its message: the node limit has a status of HiGHS that scipy does not translate
LATE = "time limit"
EMERGENCY = 3600.0  # seconds: an error, since no order may depend on the machine


class Solved(NamedTuple):
    """The best answer found and how far it may be from the best there is."""

    values: np.ndarray  # of each column
    objective: float
    bound: float  # no answer has a smaller objective
    proved: bool
    nodes: int


class Infeasible(NasssapError):
    """No answer exists."""


def minimise(model: Formulation, objective: Terms, node_limit: int, asked: str) -> Solved:
    """Minimise a sum of columns.

    Parameters
    ----------
    model : columns and rows
    objective : coefficients by column
    node_limit : most nodes of the tree of cases
    asked : what is asked, for messages

    Raises
    ------
    Infeasible : no answer exists
    MissingEvidence : none was found up to the node limit
    NasssapError : HiGHS failed, or took an hour
    """
    from scipy.optimize import Bounds, LinearConstraint, milp

    width = len(model.lower)
    cost = np.zeros(width)
    cost[list(objective)] = list(objective.values())
    matrix, least, most = _matrix(model, width)
    options = {"node_limit": int(node_limit), "mip_rel_gap": 0.0, "time_limit": EMERGENCY, "disp": False}
    for presolve in (True, False):  # on rare tight rows HiGHS fails after its own presolve, and only then
        with silenced():  # HiGHS tells the standard output about its repairs, whatever is asked
            found = milp(
                cost,
                integrality=np.array(model.whole, dtype=int),
                bounds=Bounds(np.array(model.lower), np.array(model.upper)),
                constraints=LinearConstraint(matrix, least, most),
                options=options | {"presolve": presolve},
            )
        if found.x is not None or found.status == INFEASIBLE or STOPPED in str(found.message).lower():
            break
    if LATE in str(found.message).lower():
        raise NasssapError(
            f"{asked}: stopped after {EMERGENCY:g} seconds; lower node_limit ({node_limit}), which ends it alike everywhere"
        )
    if found.status == INFEASIBLE:
        raise Infeasible(f"{asked}: no order holds")
    if found.x is None:
        raise MissingEvidence(
            f"{asked}: no order found within {node_limit} nodes ({len(model.rows)} rows, {sum(model.whole)} starts tried by HiGHS: "
            f"{found.message}). Raise node_limit; nothing was filled in."
        )
    if found.status != OPTIMAL and STOPPED not in str(found.message).lower():
        raise NasssapError(f"{asked}: HiGHS ended with: {found.message}")
    bound = found.fun if found.status == OPTIMAL else found.mip_dual_bound
    return Solved(found.x, float(found.fun), float(bound), found.status == OPTIMAL, int(found.mip_node_count or 0))


def _matrix(model: Formulation, width: int):
    from scipy.sparse import csr_array

    parts = [(at, column, value) for at, (terms, _, _) in enumerate(model.rows) for column, value in terms.items()]
    rows, columns, values = zip(*parts, strict=True) if parts else ((), (), ())
    matrix = csr_array((values, (rows, columns)), shape=(len(model.rows), width))
    return matrix, np.array([least for _, least, _ in model.rows]), np.array([most for _, _, most in model.rows])
