"""Post-processing common to all predictors."""

from collections.abc import Sequence

import cv2
import numpy as np

from swem_core.segment.prompt_maps import Crop
from swem_core.segment.prompts import Click, Mark, points_of
from swem_core.types import Alpha, Mask

_SURE = 3 / 256  # of the crop's shorter side: radius in which a click is taken at its word


def finished(mask: Alpha, crop: Crop, marks: Sequence[Mark], limits: Mask | None) -> Alpha:
    """``mask`` (HxW) made to agree with the clicks, cut to ``limits``, without stray patches.

    ``crop``: where it was predicted. ``mask`` is modified.
    """
    radius = max(1, round(_SURE * min(crop.height, crop.width)))
    for mark in marks:
        if isinstance(mark, Click):
            centre = (round(mark.x), round(mark.y))
            cv2.circle(mask, centre, radius, 255 if mark.positive else 0, -1)
    return _reachable(within(mask, limits), marks)


def within(mask: Alpha, limits: Mask | None) -> Alpha:
    """The mask, 0 outside ``limits`` (HxW); None: no limits."""
    return mask if limits is None else np.where(limits, mask, 0).astype(np.uint8)


def _reachable(mask: Alpha, marks: Sequence[Mark]) -> Alpha:
    """The mask without patches that no positive mark touches; unchanged if none touches any."""
    count, patches = cv2.connectedComponents((mask > 127).astype(np.uint8))
    height, width = mask.shape
    touched = {
        int(patches[min(max(round(y), 0), height - 1), min(max(round(x), 0), width - 1)])
        for mark in marks
        if mark.positive
        for x, y in points_of(mark)
    } - {0}
    if not touched:
        return mask
    kept = np.zeros(count, np.uint8)
    kept[[0, *touched]] = 1
    return np.asarray(mask * kept[patches], np.uint8)
