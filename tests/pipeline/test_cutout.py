import cv2
import numpy as np
from cat_clip import FIXTURES, cats
from view_kit import compose, compose_output, tracked

from app.pipeline.effect import Effect
from app.pipeline.effects.cutout import on_black
from app.pipeline.frames import Frame, Segmented
from app.pipeline.style import ViewStyle

STYLE = ViewStyle(effect=Effect.CUTOUT)


def test_output_is_straight_bgra_with_nothing_of_what_was_cut_away() -> None:
    segmented, labels = tracked()
    cut = compose_output(segmented, STYLE)
    inside = cv2.erode((labels > 0).astype(np.uint8), np.ones((31, 31))) > 0
    outside = cv2.dilate((labels > 0).astype(np.uint8), np.ones((41, 41))) == 0
    np.testing.assert_array_equal(cut[inside][:, :3], segmented.frame.image[inside])
    assert (cut[inside][:, 3] == 255).all() and not cut[outside].any()


def test_with_nothing_tracked_the_output_is_empty_and_the_screen_shows_the_frame() -> None:
    frame = Segmented(Frame(0, cats(1).frames[0], 0.0, 0))
    assert not compose_output(frame, STYLE).any()
    np.testing.assert_array_equal(compose(frame, STYLE)[..., :3], frame.frame.image)


def test_the_screen_shows_it_on_a_checkerboard() -> None:
    segmented, labels = tracked()
    picture = compose(segmented, STYLE)
    assert (picture[..., 3] == 255).all()
    outside = cv2.dilate((labels > 0).astype(np.uint8), np.ones((41, 41))) == 0
    assert np.unique(picture[outside][:, :3]).size == 2


def test_an_encoder_without_alpha_gets_soft_edges_on_black() -> None:
    cat = cv2.imread(str(FIXTURES / "cat_ginger.png"), cv2.IMREAD_UNCHANGED)
    assert cat is not None
    flat = on_black(cat)  # type: ignore[arg-type]
    expected = cat[..., :3].astype(float) * cat[..., 3:] / 255
    assert np.abs(flat[..., :3] - expected).max() <= 1 and (flat[..., 3] == 255).all()
