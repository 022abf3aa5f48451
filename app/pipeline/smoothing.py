"""Reduces flicker without lag: each frame's masks are mixed with the last ones, which are
first moved along with the picture.

Where the two contradict each other the new frame wins, so that nothing trails behind.
"""

from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.picture import Plane, averaged
from app.pipeline.effects.pyramid import Pyramid
from app.pipeline.frames import Segmented
from swem_core.engine.result import StepResult, sigmoid
from swem_core.types import ObjectId, Size

_LIMIT = 6.0  # logits beyond are certain, and equally so
_FINER = 2  # the motion is measured on a picture this much larger than the masks
_CONTRADICTION = 0.5  # difference of probabilities from which only the new frame counts
_MIN_SIDE = 64  # of the small picture: less shows no motion
_MAX_GAP = 5  # frames; after more, the motion cannot be measured


@dataclass(frozen=True, slots=True)
class _Last:
    """The frame before, as it was mixed. ``grey``: small picture, for the motion."""

    source: StepResult
    smooth: StepResult
    amount: float
    index: int
    jumps: int
    grey: NDArray[np.uint8]


class Smoother:
    """Keeps the last frame's masks. Thread: one at a time."""

    def __init__(self) -> None:
        self._flow = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_ULTRAFAST)
        self._flow.setFinestScale(1)
        self._last: _Last | None = None

    def smooth(self, segmented: Segmented, pyramid: Pyramid, amount: float) -> StepResult | None:
        """The frame's masks with ``amount`` (0..1) of the last ones; the same for the same frame.

        Masks a person has just given, and those after a jump in the source, are left as they are.
        """
        result, last = segmented.result, self._last
        if result is None or amount <= 0 or not result.ids:
            self._last = None
            return result
        if last is not None and last.source is result and last.amount == amount:
            return last.smooth
        grey = _small_grey(pyramid, result)
        mixed = result
        if last is not None and self._follows(last, segmented, grey):
            mixed = self._mixed(last, result, grey, amount)
        self._last = _Last(
            result, mixed, amount, segmented.frame.index, segmented.frame.jumps, grey
        )
        return mixed

    def _follows(self, last: _Last, segmented: Segmented, grey: NDArray[np.uint8]) -> bool:
        assert segmented.result is not None
        if segmented.result.anchors or grey.shape != last.grey.shape or min(grey.shape) < _MIN_SIDE:
            return False
        if segmented.frame.jumps != last.jumps:
            return False
        return 0 < segmented.frame.index - last.index <= _MAX_GAP

    def _mixed(
        self, last: _Last, result: StepResult, grey: NDArray[np.uint8], amount: float
    ) -> StepResult:
        back = self._flow.calc(grey, last.grey, np.zeros((*grey.shape, 2), np.float32))
        size = (result.logits.shape[1], result.logits.shape[2])
        here = _sources(np.asarray(back, np.float32), size)
        logits = np.clip(result.logits, -_LIMIT, _LIMIT)
        for slot, object_id in enumerate(result.ids):
            before = _plane_of(last.smooth, object_id)
            if before is None:
                continue
            moved = _taken_from(before, here)
            doubt = np.abs(sigmoid(moved) - sigmoid(logits[slot])) / _CONTRADICTION
            weight = amount * np.clip(1 - doubt * doubt, 0, 1)
            logits[slot] += weight * (moved - logits[slot])
        return replace(result, logits=logits)


def _plane_of(result: StepResult, object_id: ObjectId) -> Plane | None:
    """The last logits of an object; None if there are none, or a person drew its mask there."""
    if object_id not in result.ids or object_id in result.anchors:
        return None
    plane = result.logits[result.ids.index(object_id)]
    return np.asarray(np.clip(plane, -_LIMIT, _LIMIT), np.float32)


def _taken_from(plane: Plane, places: NDArray[np.float32]) -> Plane:
    """Values at HxWx2 places (x, y); what comes from outside the picture is nothing."""
    moved = cv2.remap(
        plane,
        places[..., 0],
        places[..., 1],
        cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_CONSTANT,
        borderValue=(-_LIMIT,),
    )
    return np.asarray(moved, np.float32)


def _small_grey(pyramid: Pyramid, result: StepResult) -> NDArray[np.uint8]:
    height, width = result.logits.shape[1:]
    small = averaged(pyramid.small, (_FINER * height, _FINER * width))
    return np.asarray(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY), np.uint8)


def _sources(flow: NDArray[np.float32], size: Size) -> NDArray[np.float32]:
    """For every mask pixel the place in the last masks it came from."""
    height, width = size
    small = cv2.resize(flow, (width, height), interpolation=cv2.INTER_AREA)
    places = np.asarray(small, np.float32) / np.float32(_FINER)
    places[..., 0] += np.arange(width, dtype=np.float32)
    places[..., 1] += np.arange(height, dtype=np.float32)[:, None]
    return places
