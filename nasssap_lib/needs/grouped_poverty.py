"""What people need: how many are poor, and how deeply, before any question of which scheme reaches them.

Poverty from grouped data asks only for the decile or quintile shares and the mean that PIP publishes.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from nasssap_lib.errors import NasssapError
from nasssap_lib.needs.lorenz import BetaLorenz, Fit, Poverty, QuadraticLorenz, fit_curve

# PIP's flag is 8·(quadratic valid) + 4·(Beta valid) + 2·(quadratic normal) + 1·(Beta normal); all other cells: quadratic
BETA_FOR_POVERTY = frozenset({13, 9, 7, 5, 4, 1})
CLOSER_FOR_POVERTY = frozenset({15, 3})
ROUNDED = 0.001  # by which a headcount may miss what the groups leave: their shares are rounded


@dataclass(frozen=True)
class GroupedPoverty:
    """Poverty and inequality read from fitted Lorenz curves; every share 0–1, NaN where no curve holds.

    ``lorenz_poverty`` and ``lorenz_gini`` name the curve behind each ("quadratic", "beta", "" for none): they may differ.
    """

    headcount: float
    poverty_gap: float
    severity: float
    gini: float
    lorenz_poverty: str
    lorenz_gini: str


def poverty_from_groups(
    population_share: ArrayLike, welfare_share: ArrayLike, mean: float, line: float, lorenz: str = "auto"
) -> GroupedPoverty:
    """Estimate headcount, poverty gap, severity and Gini index from cumulative shares of groups.

    Parameters
    ----------
    population_share, welfare_share : cumulative shares, poorest group first, ascending in (0, 1]; a last point (1, 1) adds nothing
    mean, line : mean welfare and poverty line per person, in one unit (currency, price year and period); a missing or
        non-positive one leaves the poverty measures NaN
    lorenz : "auto" fits both families and selects as the World Bank's PIP does; "quadratic" or "beta" fits that one

    Returns
    -------
    GroupedPoverty : shares 0–1; the gap and severity are relative to the line and averaged over the whole population

    Raises
    ------
    NasssapError : the shares are not two ascending lists of one length within (0, 1], or fewer than four groups

    Notes
    -----
    Not an estimate from microdata: no standard error, and a line far outside the groups is extrapolated. A line above the
    highest welfare of the curve gives NaN, not 100 %. Selection (PIP's ``gd_select_lorenz``): the Gini index comes from the valid
    curve with the smaller sum of squared residuals, poverty from the one with the smaller sum up to the line, where both hold; that
    sum takes in the group next above the line, which may be the end of the curve. A Beta curve that is not convex at the bottom
    (B > 1) gives no poverty measure: n/a, never 0; and so does a headcount that the groups themselves rule out, as where fewer are
    poor than live in groups whose mean is below the line.

    Source: Datt (1998), FCND Discussion Paper 50; World Bank, PIP methodology (package wbpip, MIT licence).

    Examples
    --------
    >>> deciles = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]
    >>> shares = [0.0346, 0.0790, 0.1328, 0.1960, 0.2693, 0.3539, 0.4525, 0.5701, 0.7200, 1]
    >>> found = poverty_from_groups(deciles, shares, mean=2.911786, line=1.9)
    >>> round(found.headcount, 2), round(found.gini, 2), found.lorenz_poverty
    (0.37, 0.35, 'quadratic')
    """
    p, share = _check_shares(population_share, welfare_share)
    x = line / mean if mean > 0 and line > 0 else np.nan
    if lorenz not in ("auto", "quadratic", "beta"):
        raise NasssapError(f'poverty_from_groups: lorenz is {lorenz!r}; expected "auto", "quadratic" or "beta".')
    quadratic, beta = (fit_curve(family, p, share, x) for family in (QuadraticLorenz, BetaLorenz))
    if lorenz != "auto":
        chosen = quadratic if lorenz == "quadratic" else beta
        return _grouped(chosen, chosen, _bounds(p, share, x))
    return _grouped(_for_poverty(quadratic, beta), _for_gini(quadratic, beta), _bounds(p, share, x))


def _bounds(p: NDArray[np.float64], share: NDArray[np.float64], x: float) -> tuple[float, float]:
    """Between which shares the groups leave the headcount: all before the last group with a mean below the line are poor, and nobody
    after the first group with a mean above it.

    Examples
    --------
    >>> _bounds(np.array([0.25, 0.5, 0.75]), np.array([0.1, 0.2, 0.4]), 0.5)  # means 0.4, 0.4, 0.8, 2.4
    (0.25, 0.75)
    """
    ends = np.concatenate([[0.0], p, [1.0]])
    below = int((np.diff(np.concatenate([[0.0], share, [1.0]])) / np.diff(ends) < x).sum())
    return float(ends[max(below - 1, 0)]), float(ends[min(below + 1, len(ends) - 1)])


def _grouped(poverty: Fit, inequality: Fit, bounds: tuple[float, float] = (0.0, 1.0)) -> GroupedPoverty:
    """Put together what two (perhaps equal) fits say; what does not hold, or the groups contradict, is NaN."""
    none = Poverty(np.nan, np.nan, np.nan)
    held = poverty.normal and bounds[0] - ROUNDED <= poverty.poverty.headcount <= bounds[1] + ROUNDED
    found = poverty.poverty if held else none
    gini = inequality.curve.gini() if inequality.valid else np.nan
    return GroupedPoverty(
        headcount=found.headcount,
        poverty_gap=found.gap,
        severity=found.severity,
        gini=gini if 0 <= gini <= 1 else np.nan,
        lorenz_poverty=poverty.curve.name if np.isfinite(found.headcount) else "",
        lorenz_gini=inequality.curve.name if 0 <= gini <= 1 else "",
    )


def _for_poverty(quadratic: Fit, beta: Fit) -> Fit:
    """The curve from which PIP reads poverty: a table of 16 cells."""
    flag = 8 * quadratic.valid + 4 * beta.valid + 2 * quadratic.normal + beta.normal
    if flag in CLOSER_FOR_POVERTY:
        return beta if beta.sse_line < quadratic.sse_line else quadratic
    return beta if flag in BETA_FOR_POVERTY else quadratic


def _for_gini(quadratic: Fit, beta: Fit) -> Fit:
    """The curve from which PIP reads the Gini index: the valid one, the closer one where both are."""
    if quadratic.valid and beta.valid:
        return quadratic if quadratic.sse <= beta.sse else beta
    return beta if beta.valid else quadratic


def _check_shares(
    population_share: ArrayLike, welfare_share: ArrayLike
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Both lists as arrays without the end of the curve; all that is wrong with them in one message."""
    p, share = (np.asarray(values, float) for values in (population_share, welfare_share))
    if p.ndim != 1 or p.shape != share.shape:
        raise NasssapError(
            f"poverty_from_groups: expected population_share and welfare_share as two lists of one length, "
            f"got shapes {p.shape} and {share.shape}; give a welfare share for each population share."
        )
    inside = p < 1 - 1e-9
    checks = {
        f"population_share is not cumulative, ascending in (0, 1]: {p.tolist()}": not (_ascending(p) and (p > 0).all()),
        f"welfare_share is not cumulative, ascending in (0, 1]: {share.tolist()}": not _ascending(share),
        "welfare_share exceeds population_share: are the poorest first?": bool(
            (share[inside] > p[inside] + 1e-9).any()
        ),
        "fewer than four groups (three points below 1)": inside.sum() < 3,
    }
    wrong = [sentence for sentence, found in checks.items() if found]
    if wrong:
        percent = " Divide percentages by 100." if max(p.max(initial=0), share.max(initial=0)) > 2 else ""
        remedy = f"Give the shares of the poorest 10 %, 20 %, … of persons.{percent}"
        raise NasssapError(f"poverty_from_groups: {'; '.join(wrong)}. {remedy}")
    return p[inside], share[inside]


def _ascending(values: NDArray[np.float64]) -> bool:
    """Finite, rising and within 0–1 (a little above 1 is rounding)."""
    return bool(
        np.isfinite(values).all()
        and (np.diff(values) > 0).all()
        and (values > -1e-12).all()
        and (values <= 1 + 1e-9).all()
    )
