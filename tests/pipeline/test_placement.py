import itertools

import numpy as np
import pytest

from app.pipeline.placement import Placement

ALL = [
    Placement((5, 8), mirrored, turns, panes)
    for mirrored, turns, panes in itertools.product((False, True), range(4), (1, 2))
]


@pytest.mark.parametrize("placement", ALL, ids=str)
def test_points_go_where_the_pixels_go(placement: Placement) -> None:
    source = np.arange(40, dtype=np.uint8).reshape(5, 8)
    picture = np.hstack([placement.apply(source)] * placement.panes)
    assert placement.apply(source).shape == placement.pane
    for y, x in np.ndindex(5, 8):
        px, py = placement.to_picture((x, y))
        assert picture[int(py), int(px)] == source[y, x]
        assert placement.to_source((px, py)) == (x, y)
    for py, px in np.ndindex(*picture.shape):
        sx, sy = placement.to_source((px, py))
        assert source[int(sy), int(sx)] == picture[py, px], "from either pane"


@pytest.mark.parametrize("placement", ALL, ids=str)
def test_undo_takes_back_what_apply_does(placement: Placement) -> None:
    source = np.random.default_rng(0).integers(0, 256, (5, 8, 3), np.uint8)
    np.testing.assert_array_equal(placement.undo(placement.apply(source)), source)
