"""The meaning of boxes and lassos: where the object may be, and which clicks stand for them."""

from collections.abc import Sequence

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.segment.prompts import Area, Click, Hint, Mark, outline_of, points_of
from swem_core.types import Mask, Size

_LOOSE = 0.02  # of an area's extent: tolerance, since nobody draws to the pixel
_FAR = 1e5  # source pixels: larger coordinates would overflow in OpenCV's drawing


def allowed(prompts: Sequence[Hint], size: Size) -> Mask | None:
    """HxW bool: where the areas among ``prompts`` allow the object to be; None: anywhere.

    Of the positive areas only the last counts, until a later positive mark lies outside it;
    negative areas always count.
    """
    mask = np.ones(size, np.bool_)
    around = last_area(prompts)
    denied = [p for p in prompts if isinstance(p, Area) and not p.positive]
    if around is not None:
        mask = area_mask(around, size, _LOOSE)
    for area in denied:
        mask &= ~area_mask(area, size)
    return mask if around is not None or denied else None


def last_area(prompts: Sequence[Hint]) -> Area | None:
    """The positive area in force, if any; see :func:`allowed`."""
    around: Area | None = None
    for prompt in prompts:
        if isinstance(prompt, Area) and prompt.positive:
            around = prompt
        elif around is None or not isinstance(prompt, Mark) or not prompt.positive:
            continue
        elif not all(_inside(around, x, y) for x, y in points_of(prompt)):
            around = None
    return around


def area_mask(area: Area, size: Size, loose: float = 0.0) -> Mask:
    """The area as HxW bool, dilated by the share ``loose`` of its longer side. May be empty."""
    plane = np.zeros(size, np.uint8)
    outline = np.clip(np.rint(outline_of(area)), -_FAR, _FAR).astype(np.int32)
    cv2.fillPoly(plane, [outline], 1)
    grown = round(loose * float(np.ptp(outline, axis=0).max()))
    if grown:
        kernel = np.ones((2 * min(grown, 50) + 1,) * 2, np.uint8)
        return np.asarray(cv2.dilate(plane, kernel) > 0)
    return plane > 0


def as_marks(prompts: Sequence[Hint], size: Size) -> list[Mark]:
    """The marks among ``prompts``, and a click at the deepest point of every area in the picture.

    Of the positive areas only the one in force counts.
    """
    around = last_area(prompts)
    marks: list[Mark] = []
    for prompt in prompts:
        if isinstance(prompt, Mark):
            marks.append(prompt)
        elif prompt is around or not prompt.positive:
            depth = depth_inside(area_mask(prompt, size))
            y, x = np.unravel_index(int(depth.argmax()), size)
            if depth[y, x] > 0:
                marks.append(Click(float(x), float(y), prompt.positive))
    return marks


def depth_inside(mask: Mask) -> NDArray[np.float32]:
    """HxW distances in pixels from the edge of an HxW mask, 0 outside it. The picture's border is
    an edge, too."""
    padded = np.pad(mask.astype(np.uint8), 1)
    depth = cv2.distanceTransform(padded, cv2.DIST_L2, 5)[1:-1, 1:-1]
    return depth.astype(np.float32, copy=False)


def _inside(area: Area, x: float, y: float) -> bool:
    outline = np.clip(outline_of(area), -_FAR, _FAR).astype(np.float32)
    slack = _LOOSE * float(np.ptp(outline, axis=0).max()) + 1
    return cv2.pointPolygonTest(outline, (x, y), True) >= -slack
