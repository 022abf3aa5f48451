import cv2
import numpy as np
import pytest
from cat_clip import GINGER, WHITE, cats, iou

from swem_core.engine.result import StepResult
from swem_core.engine.warp import LONG_SIDE, change, small_grey, warp
from swem_core.types import Image, Labels


def result_of(labels: Labels) -> StepResult:
    """Exact masks as a network's small logits."""
    size = (labels.shape[0] // 6, labels.shape[1] // 6)
    logits = [
        cv2.resize(np.where(labels == i, 6.0, -6.0), size[::-1], interpolation=cv2.INTER_AREA)
        for i in (GINGER, WHITE)
    ]
    small = np.stack(logits).astype(np.float32)
    source = (labels.shape[0], labels.shape[1])
    return StepResult((GINGER, WHITE), small, source, source, {GINGER: 0.9, WHITE: 0.8})


def test_masks_follow_what_they_lie_on() -> None:
    clip = cats()
    for first, then in ((0, 2), (5, 8), (12, 16)):
        before, after = small_grey(clip.frames[first]), small_grey(clip.frames[then])
        kept = result_of(clip.labels[first])
        moved = warp(kept, before, after)
        assert moved.carried and moved.ids == kept.ids and moved.scores == kept.scores
        for cat in (GINGER, WHITE):
            truth = clip.labels[then] == cat
            assert iou(moved.labels() == cat, truth) > max(
                0.85, iou(kept.labels() == cat, truth) + 0.01
            )


def test_a_shift_of_the_whole_picture_shifts_the_masks() -> None:
    clip = cats()
    image, labels = clip.frames[3], clip.labels[3]
    shifted = np.roll(image, (6, 18), (0, 1)), np.roll(labels, (6, 18), (0, 1))
    moved = warp(result_of(labels), small_grey(image), small_grey(shifted[0]))
    assert iou(moved.labels() == WHITE, shifted[1] == WHITE) > 0.93


def test_the_same_picture_leaves_the_masks_alone() -> None:
    clip = cats()
    grey = small_grey(clip.frames[0])
    kept = result_of(clip.labels[0])
    np.testing.assert_allclose(warp(kept, grey, grey).logits, kept.logits, atol=0.05)


def test_without_objects_there_is_nothing_to_warp() -> None:
    grey = small_grey(cats().frames[0])
    none = StepResult((), np.zeros((0, 60, 106), np.float32), (360, 640), (240, 432), {})
    assert warp(none, grey, grey).logits.shape == (0, 60, 106)


def test_what_cannot_be_warped_is_refused() -> None:
    clip = cats()
    grey, result = small_grey(clip.frames[0]), result_of(clip.labels[0])
    anchored = StepResult(
        result.ids, result.logits, (360, 640), (240, 432), {}, {WHITE: clip.labels[0] == WHITE}
    )
    with pytest.raises(ValueError, match="anchors"):
        warp(anchored, grey, grey)
    with pytest.raises(ValueError, match="one size"):
        warp(result, grey, grey[:-1])


def noisy(image: Image, sigma: float, seed: int) -> Image:
    noise = np.random.default_rng(seed).normal(0, sigma, image.shape)
    return np.clip(image + noise, 0, 255).astype(np.uint8)


def test_noise_is_no_change_but_a_small_moving_object_is() -> None:
    street = cv2.resize(cats().frames[0], (1280, 720), interpolation=cv2.INTER_LINEAR)
    quiet = change(small_grey(noisy(street, 6, 1)), small_grey(noisy(street, 6, 2)))
    with_ball, moved = street.copy(), street.copy()
    cv2.circle(with_ball, (900, 200), 14, (40, 40, 220), -1)
    cv2.circle(moved, (912, 200), 14, (40, 40, 220), -1)
    assert quiet < 1.0 < 2.0 < change(small_grey(with_ball), small_grey(moved))
    assert change(small_grey(street), small_grey(street)) == 0


@pytest.mark.parametrize("shape", [(720, 1280), (1080, 1920), (48, 64), (400, 60), (1, 5)])
def test_the_small_picture_keeps_the_shape(shape: tuple[int, int]) -> None:
    grey = small_grey(np.full((*shape, 3), 77, np.uint8))
    assert max(grey.shape) <= LONG_SIDE and grey.dtype == np.uint8 and (grey == 77).all()
    assert grey.shape[0] / shape[0] == pytest.approx(grey.shape[1] / shape[1], abs=0.01)
    assert change(grey, grey) == 0
