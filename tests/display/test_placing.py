"""Labels beside points: none touches another, a point or the edge."""

import numpy as np

from nasssap_lib.display.placing import place_labels


def test_labels_of_points_close_together_do_not_touch():
    rng = np.random.default_rng(3)
    points = [(2.5 + 0.4 * float(x), 2.0 + 0.4 * float(y)) for x, y in rng.random((7, 2))]
    sizes = [(1.4, 0.4)] * 7
    corners = place_labels(points, sizes, [], (6.0, 4.0))
    for i, (x, y) in enumerate(corners):
        assert 0 <= x <= 6 - 1.4 and 0 <= y <= 4 - 0.4
        assert all(not (x < u < x + 1.4 and y < v < y + 0.4) for u, v in points)
        assert all(abs(x - u) >= 1.4 or abs(y - v) >= 0.4 for u, v in corners[:i])


def test_a_label_alone_stands_close_to_its_point_and_stays_inside_at_the_edge():
    for point in ((0.05, 0.05), (2.95, 1.95), (1.5, 1.0)):
        ((x, y),) = place_labels([point], [(0.8, 0.2)], [], (3.0, 2.0))
        assert 0 <= x <= 3.0 - 0.8 and 0 <= y <= 2.0 - 0.2
        gap = np.hypot(max(x - point[0], 0, point[0] - x - 0.8), max(y - point[1], 0, point[1] - y - 0.2))
        assert gap < 0.5


def test_the_same_points_give_the_same_places_and_no_points_none():
    points = [(1.0, 1.0), (1.1, 1.0), (1.0, 1.1)]
    once, again = (place_labels(points, [(0.5, 0.2)] * 3, [], (3.0, 2.0)) for _ in range(2))
    assert once == again
    assert place_labels([], [], [], (3.0, 2.0)) == []


def test_where_there_is_no_room_every_label_still_has_a_place():
    corners = place_labels([(0.5, 0.5)] * 4, [(1.0, 0.9)] * 4, [], (1.0, 1.0))
    assert len(corners) == 4 and np.isfinite(corners).all()
