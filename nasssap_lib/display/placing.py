"""Where labels of points go so that they touch neither each other nor a point: many orders are tried, the shortest ways win."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, bottom, right, top
DISTANCES = np.array([0.11, 0.17, 0.25, 0.35, 0.48, 0.62, 0.8, 1.0, 1.3, 1.7, 2.2])
ANGLES = np.pi * np.arange(24) / 12
POINT = 0.1  # inches around a point that stay free
GAP = 0.03  # inches around a label
CLEAR = 0.02  # inches beside a line: half its own breadth, and a little
BAR_COST = 10.0  # an inch of a line under a label counts as so many inches of distance: hardly ever worth it
ORDERS = 40
STEPS = np.linspace(0.1, 0.9, 9)  # where a leading line is looked at


def place_labels(
    points: list[tuple[float, float]], sizes: list[tuple[float, float]], bars: list[Box], room: tuple[float, float]
) -> list[tuple[float, float]]:
    """Lower left corners of labels, one a point.

    Parameters
    ----------
    points : x, y, in inches
    sizes : width and height of each label, in inches
    bars : lines to be kept clear where possible, as boxes
    room : width and height of the plot, in inches

    Returns
    -------
    list : x, y of each label's lower left corner. The order in which labels are placed decides who gets the best place: the
        crowded first, then seeded orders; the cheapest result is kept. Where there is no free place at all, a label stands
        where it overlaps least

    Examples
    --------
    >>> place_labels([(1.0, 1.0)], [(0.5, 0.2)], [], (3.0, 2.0))
    [(1.11, 0.9)]
    """
    rng = np.random.default_rng(0)
    lines = np.array(bars, dtype=float).reshape(-1, 4) + np.array([-CLEAR, -CLEAR, CLEAR, CLEAR])
    labels = [_label(i, points, np.array(size, dtype=float), lines, room) for i, size in enumerate(sizes)]
    near = [sum(1 / (0.2 + float(np.hypot(x - u, y - v))) for u, v in points) for x, y in points]
    first = np.argsort(-np.array(near), kind="stable")
    orders = [first, *(rng.permutation(len(points)) for _ in range(ORDERS if len(points) > 1 else 0))]
    best, corners = np.inf, []
    for order in orders:
        total, places = _place_in(order, labels, best)
        if total < best:
            best, corners = total, places
    return corners


@dataclass(frozen=True)
class _Label:
    """A label's candidates: their lower left corners, places along the line to the point, and what each costs by itself."""

    size: Floats
    corners: Floats  # candidates × (x, y)
    leaders: Floats  # candidates × places × (x, y)
    alone: Floats  # for the way, for leaving the room, for lines and points that stand there from the beginning
    shared: Floats  # square inches of other points under the label


def _label(number: int, points: list[tuple[float, float]], size: Floats, bars: Floats, room) -> _Label:
    point = np.array(points[number], dtype=float)
    corners, distance = _spots(point, size)
    others = np.array([(x - POINT, y - POINT, x + POINT, y + POINT) for i, (x, y) in enumerate(points) if i != number])
    others, high = others.reshape(-1, 4), corners + size
    outside = np.clip(-corners, 0, None).sum(axis=1) + np.clip(high - np.array(room), 0, None).sum(axis=1)
    leaders = _leader(corners, size, point)
    alone = 1.6 * distance + BAR_COST * _crossed(corners, high, bars) + 0.4 * _inside(leaders, others)
    alone += 100 * (outside > 1e-9) + 1000 * outside
    return _Label(size, corners, leaders, alone, _shared(corners, high, others))


def _spots(point: Floats, size: Floats) -> tuple[Floats, Floats]:
    """Candidates of a label: their lower left corners, and how far they are."""
    distance, angle = (grid.ravel() for grid in np.meshgrid(DISTANCES, ANGLES, indexing="ij"))
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    corner = point + way * (distance[:, None] + size / 2) - size / 2
    return corner.round(4), distance


def _place_in(order, labels: list[_Label], limit: float) -> tuple[float, list[tuple[float, float]]]:
    """Place labels one after the other, each where it costs least; the sum of the costs, and the corners.

    An order that has come to cost ``limit`` is given up.
    """
    taken, lines, total, places = np.empty((0, 4)), np.empty((0, 4)), 0.0, {}
    for i in order:
        label = labels[i]
        high = label.corners + label.size
        shared = label.shared + _shared(label.corners, high, taken)
        cost = label.alone + BAR_COST * _crossed(label.corners, high, lines) + 0.4 * _inside(label.leaders, taken)
        cost += 100 * (shared > 1e-9) + 1000 * shared
        best = int(cost.argmin())
        total += float(cost[best])
        if total >= limit:
            return total, []
        x, y = places[i] = tuple(label.corners[best].tolist())
        box = (x - GAP, y - GAP, x + label.size[0] + GAP, y + label.size[1] + GAP)
        taken, lines = np.vstack([taken, box]), np.vstack([lines, np.tile(label.leaders[best], 2)])
    return total, [places[i] for i in range(len(labels))]


def _leader(corner: Floats, size: Floats, point: Floats) -> Floats:
    """Places along the line from a label to its point (last axes: places, x and y)."""
    end = np.clip(point, corner, corner + size)
    return point + STEPS[:, None] * (end - point)[..., None, :]


def _shared(low: Floats, high: Floats, boxes: Floats) -> Floats:
    """Square inches that candidates share with boxes."""
    width, height = _common(low, high, boxes)
    return (width.clip(min=0) * height.clip(min=0)).sum(axis=1)


def _crossed(low: Floats, high: Floats, lines: Floats) -> Floats:
    """Inches of lines, given as boxes, that lie under candidates."""
    width, height = _common(low, high, lines)
    met = (width >= 0) & (height >= 0)
    return np.where(met, np.maximum(width, height).clip(min=0.03), 0.0).sum(axis=1)


def _common(low: Floats, high: Floats, boxes: Floats) -> tuple[Floats, Floats]:
    """Width and height that candidates share with boxes; below 0 where they are apart. One axis at a time: numpy is slow on pairs."""
    width, height = (
        np.minimum(high[:, None, i], boxes[None, :, i + 2]) - np.maximum(low[:, None, i], boxes[None, :, i])
        for i in (0, 1)
    )
    return width, height


def _inside(places: Floats, boxes: Floats) -> Floats:
    """How many places along a leading line lie in a box."""
    x, y = places[:, :, None, 0], places[:, :, None, 1]
    left, bottom, right, top = (boxes[None, None, :, i] for i in range(4))
    return ((x > left) & (x < right) & (y > bottom) & (y < top)).sum(axis=(1, 2)).astype(float)
