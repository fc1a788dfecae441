"""Two families of Lorenz curves, fitted to grouped shares: the general quadratic and the Beta.

Each knows its share, slope, poverty measures and Gini index; which of the two is used is decided in ``needs``.
All welfare is in units of the mean (``x = line / mean``), all shares are 0–1.

Sources: Datt, G. (1998), *Computational Tools for Poverty Measurement and Analysis*, IFPRI, FCND Discussion Paper 50, section 4
and table 2; Villaseñor and Arnold (1989), *Journal of Econometrics* 40(2); Kakwani (1980), *Econometrica* 48(2). Conditions for a
"valid" and a "normal" fit as in the World Bank's PIP (package wbpip, MIT licence).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import beta as complete_beta
from scipy.special import hyp2f1

Floats = NDArray[np.float64]
LOWEST, HIGHEST, ROOT_STEP = (
    0.0001,
    0.9999,
    0.0001,
)  # where, and how closely, PIP looks for the headcount of a Beta curve
LOWEST_CHECKED = 0.001  # the first of the points at which PIP looks whether a Beta curve is convex


@dataclass(frozen=True)
class QuadraticLorenz:
    """General quadratic curve ``L = −½ [B p + e + √(m p² + n p + e²)]``; ``e, m, n, r`` follow from A, B, C.

    Examples
    --------
    >>> curve = QuadraticLorenz(0.7855, -1.0409, 0.3109)
    >>> curve.valid, round(curve.gini(), 3), round(curve.headcount(0.6525), 3)
    (True, 0.347, 0.371)
    """

    a: float
    b: float
    c: float
    name: ClassVar[str] = "quadratic"

    @property
    def e(self) -> float:
        return -(self.a + self.b + self.c + 1)

    @property
    def m(self) -> float:
        return self.b**2 - 4 * self.a

    @property
    def n(self) -> float:
        return 2 * self.b * self.e - 4 * self.c

    @property
    def r(self) -> float:
        return float(np.sqrt(self.n**2 - 4 * self.m * self.e**2))

    @classmethod
    def fit(cls, p: Floats, share: Floats) -> QuadraticLorenz:
        """Least squares of ``L(1−L)`` on ``p²−L``, ``L(p−1)``, ``p−L`` without constant (Datt 1998, eq. 15 of Villaseñor and Arnold)."""
        design = np.column_stack([p**2 - share, share * (p - 1), p - share])
        return cls(*np.linalg.lstsq(design, share * (1 - share), rcond=None)[0].tolist())

    def share(self, p: ArrayLike) -> Floats:
        """Share of welfare held by the poorest ``p``."""
        p = np.asarray(p, float)
        root = np.sqrt(np.maximum(self.m * p**2 + self.n * p + self.e**2, 0))
        return -0.5 * (self.b * p + self.e + root)

    @property
    def normal(self) -> bool:
        """Is it a Lorenz curve at all (Datt 1998, section 4)? Poverty measures may then be read from it."""
        e2, m, n = self.e**2, self.m, self.n
        if not np.isfinite([e2, m, n]).all() or n**2 < 4 * m * e2 or self.e > 0 or self.c < 0:
            return False
        below = e2 > 0 and m < n**2 / (4 * e2)
        return m < 0 or (m > 0 and below and (n >= 0 or m < -n / 2))

    @property
    def valid(self) -> bool:
        """May the Gini index be read from it? Needs ``A + C ≥ 1`` in theory; PIP accepts 0.9."""
        return self.normal and self.a + self.c >= 0.9

    def headcount(self, x: float) -> float:
        """Share of the population below ``x`` means; 0 under the curve's lowest welfare, NaN above its highest."""
        slope = self.b + 2 * x
        if not self.normal or slope**2 <= self.m:
            return np.nan
        head = -(self.n + self.r * slope / np.sqrt(slope**2 - self.m)) / (2 * self.m)
        return float(max(head, 0)) if head <= 1 else np.nan

    def severity(self, x: float, head: float, gap: float) -> float:
        """Mean squared relative gap below ``x`` means (Datt 1998, table 2)."""
        s1, s2 = (self.r - self.n) / (2 * self.m), -(self.r + self.n) / (2 * self.m)
        with np.errstate(divide="ignore", invalid="ignore"):
            log = np.log((1 - head / s1) / (1 - head / s2))
        bracket = self.a * head + self.b * self.share(head) - self.r / 16 * log
        return float(2 * gap - head - bracket / x**2)

    def gini(self) -> float:
        """Closed form, one for hyperbolas (m > 0) and one for ellipses (Datt 1998, table 2)."""
        e, m, n, r = self.e, self.m, self.n, self.r
        end, start = abs(self.a + self.c - 1), abs(e)  # the root in L(p) at p = 1 and p = 0
        head = 1 + self.b / 2 + e + (2 * m + n) / (4 * m) * end - n * start / (4 * m)
        if m > 0:
            log = np.log(abs((2 * m + n + 2 * np.sqrt(m) * end) / (n + 2 * np.sqrt(m) * start)))
            return float(head - r**2 / (8 * m**1.5) * log)
        arcs = np.arcsin(np.clip([(2 * m + n) / r, n / r], -1, 1))
        return float(head + r**2 / (8 * m) * (arcs[0] - arcs[1]) / np.sqrt(-m))


@dataclass(frozen=True)
class BetaLorenz:
    """Beta curve ``L = p − A p^B (1−p)^C``.

    Examples
    --------
    >>> curve = BetaLorenz(0.6562, 0.9676, 0.5301)
    >>> curve.valid, round(curve.gini(), 3), round(curve.headcount(0.6525), 3)
    (True, 0.347, 0.371)
    """

    a: float
    b: float
    c: float
    name: ClassVar[str] = "beta"

    @classmethod
    def fit(cls, p: Floats, share: Floats) -> BetaLorenz:
        """Least squares of ``log(p−L)`` on ``log p`` and ``log(1−p)`` (Kakwani 1980); NaN where a share equals its population's."""
        if (share >= p).any():
            return cls(np.nan, np.nan, np.nan)
        design = np.column_stack([np.ones_like(p), np.log(p), np.log1p(-p)])
        log_a, b, c = np.linalg.lstsq(design, np.log(p - share), rcond=None)[0].tolist()
        return cls(float(np.exp(log_a)), b, c)

    def share(self, p: ArrayLike) -> Floats:
        """Share of welfare held by the poorest ``p``."""
        p = np.asarray(p, float)
        return p - self.a * p**self.b * (1 - p) ** self.c

    def slope(self, p: ArrayLike) -> Floats:
        """Welfare at ``p`` in units of the mean (first derivative of the curve)."""
        p = np.asarray(p, float)
        return 1 - self.a * p**self.b * (1 - p) ** self.c * (self.b / p - self.c / (1 - p))

    def curvature(self, p: ArrayLike) -> Floats:
        """Second derivative; a Lorenz curve is convex."""
        b, c, p = self.b, self.c, np.asarray(p, float)
        terms = b * (1 - b) / p**2 + 2 * b * c / (p * (1 - p)) + c * (1 - c) / (1 - p) ** 2
        return self.a * p**b * (1 - p) ** c * terms

    @property
    def valid(self) -> bool:
        """May the Gini index be read from it? Rising at the bottom and convex at PIP's points (steps of 0.05 from 0.001)."""
        points = np.arange(LOWEST_CHECKED, 0.999, 0.05)
        return bool((self.slope(points[:2]) >= 0).all() and (self.curvature(points) >= 0).all())

    @property
    def convex_at_bottom(self) -> bool:
        """With B > 1 the slope starts at 1 and falls before it rises: no Lorenz curve, unless the bend is below PIP's first point."""
        return self.b <= 1 or bool(self.curvature(LOWEST_CHECKED) >= 0)

    def headcount(self, x: float) -> float:
        """Share of the population below ``x`` means: where the slope is ``x``; NaN above the richest and where the bottom is not convex.

        Below the poorest 0.01 % it is 0, but NaN with B > 1: there a line under the slope of the bottom is crossed twice or never.
        """
        bottom, top = self.slope([LOWEST, HIGHEST])
        if not self.convex_at_bottom or not bottom < top or not x < top:
            return np.nan
        if x <= bottom:
            return 0.0 if self.b <= 1 else np.nan
        return self._halve(x)

    def _halve(self, x: float) -> float:
        """The point with slope ``x``, found as PIP finds it, so that PIP's published headcounts come out; off by at most 0.00015.

        PIP halves an interval; a Newton step, always with the curvature at one half, only decides when to stop.
        """
        low, high, point = LOWEST, HIGHEST, 0.5
        before = step = high - low
        bend, miss = float(self.curvature(point)), float(self.slope(point)) - x
        while step >= ROOT_STEP:
            newton = miss / bend
            if low < point - newton < high and 2 * abs(newton) <= before:
                before, step = step, abs(newton)
            else:
                before, step = step, (high - low) / 2
                point = low + step
            miss = float(self.slope(point)) - x
            low, high = (point, high) if miss <= 0 else (low, point)
        return point

    def severity(self, x: float, head: float, gap: float) -> float:
        """Mean squared relative gap below ``x`` means (Datt 1998, table 2)."""
        b, c, u = self.b, self.c, 1 / x
        squares = b**2 * _beta_to(head, 2 * b - 1, 2 * c + 1) + c**2 * _beta_to(head, 2 * b + 1, 2 * c - 1)
        integral = squares - 2 * b * c * _beta_to(head, 2 * b, 2 * c)
        return float((1 - u) * (2 * gap - (1 - u) * head) + (self.a * u) ** 2 * integral)

    def gini(self) -> float:
        """``2 A β(B+1, C+1)``, the integral of the curve in closed form."""
        return float(2 * self.a * complete_beta(self.b + 1, self.c + 1))


def _beta_to(x: float, a: float, b: float) -> float:
    """Incomplete beta integral ``∫₀ˣ t^(a−1) (1−t)^(b−1) dt``, also for b ≤ 0; NaN for a ≤ 0, where it has no value."""
    return float(x**a / a * hyp2f1(a, 1 - b, a + 1, x)) if a > 0 else np.nan


Lorenz = QuadraticLorenz | BetaLorenz


@dataclass(frozen=True)
class Poverty:
    """Headcount, gap and severity (FGT 0, 1, 2), shares 0–1 or NaN."""

    headcount: float
    gap: float
    severity: float


def estimate_poverty(curve: Lorenz, x: float) -> Poverty:
    """Foster–Greer–Thorbecke measures of a curve at a line of ``x`` means.

    A gap above the headcount or a severity above the gap would mean negative welfare among the poor: the curve does not
    hold there and the value is NaN (PIP's Beta fit sets such values to the bound).

    Examples
    --------
    >>> found = estimate_poverty(QuadraticLorenz(0.7855, -1.0409, 0.3109), 0.6525)
    >>> round(found.headcount, 3), round(found.gap, 3), round(found.severity, 3)
    (0.371, 0.1, 0.036)
    """
    head = curve.headcount(x) if x > 0 else np.nan
    if not head > 0:
        return Poverty(head, head, head)
    gap = _within(head - float(curve.share(head)) / x, head)
    return Poverty(head, gap, _within(curve.severity(x, head, gap), gap))


def _within(value: float, upper: float) -> float:
    """The value, rounding noise taken off, or NaN where it is outside 0 … upper."""
    return float(np.clip(value, 0, upper)) if -1e-9 <= value <= upper + 1e-9 else np.nan


@dataclass(frozen=True)
class Fit:
    """A fitted curve with what PIP's rule of selection looks at.

    sse : squared residuals of all points below the end of the curve
    sse_line : those below the headcount and that of the next point, which may be the end, (1, 1); a quadratic curve with A + C < 1
        does not pass through it
    """

    curve: Lorenz
    poverty: Poverty
    valid: bool
    normal: bool
    sse: float
    sse_line: float


def fit_curve(family: type[Lorenz], p: Floats, share: Floats, x: float) -> Fit:
    """Fit one family to points of the curve (without its end, (1, 1)) and evaluate it at a line of ``x`` means.

    Examples
    --------
    >>> p = np.array([0.2, 0.4, 0.6, 0.8])
    >>> fit_curve(BetaLorenz, p, p**2, 0.5).valid
    True
    """
    curve = family.fit(p, share)
    poverty = estimate_poverty(curve, x)
    normal = curve.normal if isinstance(curve, QuadraticLorenz) else bool(np.isfinite(poverty.headcount))
    with np.errstate(divide="ignore"):  # a Beta curve with C < 0 does not end at all
        squares = (np.append(share, 1) - curve.share(np.append(p, 1))) ** 2
    upto = np.searchsorted(p, poverty.headcount) + 1 if np.isfinite(poverty.headcount) else 0
    line = float(squares[:upto].sum()) if upto else np.nan
    return Fit(curve, poverty, curve.valid, normal, float(squares[:-1].sum()), line)
