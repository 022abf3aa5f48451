"""Less flicker, no lag: on the clip that ships, and on cats whose true masks are known."""

from dataclasses import replace

import cv2
import numpy as np
from cat_clip import WHITE, cats, iou
from view_kit import tracked

from app.pipeline.effects.pyramid import Pyramid
from app.pipeline.frames import Segmented
from app.pipeline.smoothing import Smoother
from swem_core.engine.result import StepResult


def smoothed(clip: list[Segmented], amount: float) -> list[StepResult]:
    smoother = Smoother()
    found = [smoother.smooth(each, Pyramid(each.frame.image), amount) for each in clip]
    return [result for result in found if result is not None]


def noisy_clip(count: int = 16) -> list[Segmented]:
    """The cats with masks that flicker at the edge, as a network's do."""
    noise = np.random.default_rng(1)
    clip = []
    for index in range(count):
        segmented, _ = tracked(index, given=False)
        assert segmented.result is not None
        logits = segmented.result.logits
        wobble = noise.normal(0, 2.5, (2, 15, 27)).astype(np.float32)
        wobble = np.stack([cv2.resize(plane, (108, 60)) for plane in wobble])
        result = replace(segmented.result, logits=logits + wobble)
        clip.append(Segmented(segmented.frame, result))
    return clip


def test_masks_come_nearer_to_the_truth_and_flicker_less_on_a_moving_object() -> None:
    clip = noisy_clip()
    truth = cats(16).labels
    raw = [each.result for each in clip]
    errors = []
    for results in (raw, smoothed(clip, 0.7)):
        alphas = [result.alphas()[WHITE] for result in results if result is not None][4:]
        errors.append([1 - iou(a > 127, truth[i + 4] == WHITE) for i, a in enumerate(alphas)])
    assert np.mean(errors[1]) < 0.85 * np.mean(errors[0]), errors
    assert np.std(errors[1]) < np.std(errors[0])


def test_nothing_is_left_behind_where_an_object_jumps_away() -> None:
    """The picture stands still and only the mask moves: the old place is let go at once."""
    here, _ = tracked(0, given=False)
    assert here.result is not None
    moved = np.roll(here.result.logits, 40, axis=2)
    there = Segmented(replace(here.frame, index=1), replace(here.result, logits=moved))
    last = smoothed([here, there], 0.9)[-1]
    for object_id in last.ids:
        new = there.result.alphas()[object_id] > 127  # type: ignore[union-attr]
        away = cv2.distanceTransform((~new).astype(np.uint8), cv2.DIST_L2, 5)
        shown = last.alphas()[object_id]
        assert shown[away > 10].max() == 0, "one pixel of the masks is six of the picture"
        assert iou(shown > 127, new) > 0.93


def test_the_same_frame_drawn_again_is_not_mixed_again() -> None:
    clip = noisy_clip(3)
    smoother = Smoother()
    for each in clip:
        first = smoother.smooth(each, Pyramid(each.frame.image), 0.5)
        assert smoother.smooth(each, Pyramid(each.frame.image), 0.5) is first


def test_masks_a_person_gave_are_kept() -> None:
    before, _ = tracked(0, given=False)
    given, _ = tracked(1)
    assert smoothed([before, given], 0.9)[-1] is given.result
