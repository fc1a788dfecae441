"""Where labels of points go so that they touch neither each other nor a point: many orders are tried, the shortest ways win."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Box = tuple[float, float, float, float]  # left, bottom, right, top
DISTANCES = np.array([0.11, 0.17, 0.25, 0.35, 0.48, 0.62, 0.8, 1.0, 1.3, 1.7, 2.2])
ANGLES = np.pi * np.arange(24) / 12
POINT = 0.1  # inches around a point that stay free
GAP = 0.03  # inches around a label
BAR_COST = 0.25  # an inch of a line under a label counts as so many inches of distance
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
    spots = [_spots(np.array(point), np.array(size)) for point, size in zip(points, sizes, strict=True)]
    near = [sum(1 / (0.2 + float(np.hypot(x - u, y - v))) for u, v in points) for x, y in points]
    first = np.argsort(-np.array(near), kind="stable")
    orders = [first, *(rng.permutation(len(points)) for _ in range(ORDERS if len(points) > 1 else 0))]
    results = [_place_in(order, points, sizes, spots, bars, room) for order in orders]
    return min(results, key=lambda result: result[0])[1]


def _spots(point: Floats, size: Floats) -> Floats:
    """Candidates of a label: left, bottom, distance."""
    distance, angle = (grid.ravel() for grid in np.meshgrid(DISTANCES, ANGLES, indexing="ij"))
    way = np.column_stack([np.cos(angle), np.sin(angle)])
    corner = point + way * (distance[:, None] + size / 2) - size / 2
    return np.column_stack([corner.round(4), distance])


def _place_in(order, points, sizes, spots, bars, room) -> tuple[float, list[tuple[float, float]]]:
    """Place labels one after the other, each where it costs least; the sum of the costs, and the corners."""
    taken = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    lines, total, places = list(bars), 0.0, {}
    for i in order:
        others = np.array(taken[:i] + taken[i + 1 :]).reshape(-1, 4)
        cost = _costs(spots[i], np.array(sizes[i]), np.array(points[i]), others, np.array(lines), room)
        best = int(cost.argmin())
        total += float(cost[best])
        x, y = (float(value) for value in spots[i][best, :2])
        places[i] = (x, y)
        taken.append((x - GAP, y - GAP, x + sizes[i][0] + GAP, y + sizes[i][1] + GAP))
        lines += [(u, v, u, v) for u, v in _leader(np.array([x, y]), np.array(sizes[i]), np.array(points[i]))]
    return total, [places[i] for i in range(len(points))]


def _leader(corner: Floats, size: Floats, point: Floats) -> Floats:
    """Places along the line from a label to its point (last axes: places, x and y)."""
    end = np.clip(point, corner, corner + size)
    return point + STEPS[:, None] * (end - point)[..., None, :]


def _costs(spots: Floats, size: Floats, point: Floats, taken: Floats, lines: Floats, room) -> Floats:
    low, high = spots[:, :2], spots[:, :2] + size
    outside = np.clip(-low, 0, None).sum(axis=1) + np.clip(high - np.array(room), 0, None).sum(axis=1)
    shared = np.clip(_common(low, high, taken), 0, None).prod(axis=2).sum(axis=1)
    common = _common(low, high, lines) if len(lines) else np.zeros((len(spots), 0, 2))
    crossed = np.where((common >= 0).all(axis=2), common.max(axis=2, initial=0.0).clip(min=0.03), 0.0).sum(axis=1)
    led = _inside(_leader(low, size, point), taken)
    cost = 1.6 * spots[:, 2] + BAR_COST * crossed + 0.4 * led
    return cost + 100 * (outside > 1e-9) + 1000 * outside + 100 * (shared > 1e-9) + 1000 * shared


def _common(low: Floats, high: Floats, boxes: Floats) -> Floats:
    """Width and height that candidates share with boxes; below 0 where they are apart."""
    return np.minimum(high[:, None, :], boxes[None, :, 2:]) - np.maximum(low[:, None, :], boxes[None, :, :2])


def _inside(places: Floats, boxes: Floats) -> Floats:
    """How many places along a leading line lie in a box."""
    within = (places[:, :, None, :] > boxes[None, None, :, :2]) & (places[:, :, None, :] < boxes[None, None, :, 2:])
    return within.all(axis=3).sum(axis=(1, 2)).astype(float)
