"""Where labels of points go so that they touch neither each other nor a point: tried place by place, nearest first."""

from __future__ import annotations

from math import cos, hypot, pi, sin

Box = tuple[float, float, float, float]  # left, bottom, right, top
DISTANCES = (0.11, 0.2, 0.32, 0.46, 0.62, 0.8, 1.0, 1.25, 1.5, 1.8, 2.2)
ANGLES = tuple(pi * i / 8 for i in range(16))
POINT = 0.09  # inches around a point that stay free
BAR_COST = 0.5  # an inch of a range bar under a label counts as much as half an inch of distance


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
    list : x, y of each label's lower left corner; the crowded points are served first. A label for which there is no free place at
        all stands where it overlaps least

    Examples
    --------
    >>> place_labels([(1.0, 1.0)], [(0.5, 0.2)], [], (3.0, 2.0))
    [(1.11, 0.9)]
    """
    near = [sum(1 / (0.2 + hypot(x - u, y - v)) for u, v in points) for x, y in points]
    taken: list[Box] = [(x - POINT, y - POINT, x + POINT, y + POINT) for x, y in points]
    places: dict[int, tuple[float, float]] = {}
    for i in sorted(range(len(points)), key=lambda i: -near[i]):
        spots = [
            (distance, _corner(points[i], sizes[i], distance, angle)) for distance in DISTANCES for angle in ANGLES
        ]
        best = min(spots, key=lambda spot: _cost(spot, sizes[i], taken, bars, room))
        x, y = places[i] = best[1]
        taken.append((x - 0.03, y - 0.02, x + sizes[i][0] + 0.03, y + sizes[i][1] + 0.02))
    return [places[i] for i in range(len(points))]


def _corner(
    point: tuple[float, float], size: tuple[float, float], distance: float, angle: float
) -> tuple[float, float]:
    """Lower left corner of a label that leaves its point at an angle: right of it at 0, above it at a right angle."""
    (x, y), (width, height) = point, size
    centre = x + cos(angle) * (distance + width / 2), y + sin(angle) * (distance + height / 2)
    return round(centre[0] - width / 2, 4), round(centre[1] - height / 2, 4)


def _cost(
    spot: tuple[float, tuple[float, float]], size: tuple[float, float], taken: list[Box], bars: list[Box], room
) -> float:
    distance, (x, y) = spot
    box = (x, y, x + size[0], y + size[1])
    outside = max(-x, 0) + max(-y, 0) + max(box[2] - room[0], 0) + max(box[3] - room[1], 0)
    overlap = sum(_shared(box, other) for other in taken)
    crossed = sum(_length_inside(bar, box) for bar in bars)
    return (
        distance
        + BAR_COST * crossed
        + 100 * (outside > 1e-9)
        + 1000 * outside
        + (100 if overlap > 1e-9 else 0)
        + 100 * overlap
    )


def _shared(first: Box, second: Box) -> float:
    """Area that two boxes share."""
    width = min(first[2], second[2]) - max(first[0], second[0])
    height = min(first[3], second[3]) - max(first[1], second[1])
    return max(width, 0) * max(height, 0)


def _length_inside(bar: Box, box: Box) -> float:
    """Inches of a horizontal or vertical line that lie in a box."""
    width = min(bar[2], box[2]) - max(bar[0], box[0])
    height = min(bar[3], box[3]) - max(bar[1], box[1])
    return max(width, height) if width >= 0 and height >= 0 else 0.0
