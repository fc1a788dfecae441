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
