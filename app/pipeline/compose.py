"""Drawing masks over a frame: pure functions on uint8 pictures, no per-pixel Python.

Every effect works inside the bounding box of the object it draws, at full source resolution, from
soft masks.
"""

from collections.abc import Mapping

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.frames import Segmented
from app.pipeline.style import Color, ViewStyle
from swem_core.types import Alpha, ObjectId

Picture = NDArray[np.uint8]
"""HxWx4 uint8 BGRA, alpha 255."""

_DRAFT_OUTLINE: Color = (255, 255, 255)
# A draft shows what would be tracked if it were accepted: inside or outside, with a soft edge only.
_DECIDED = np.clip((np.arange(256) - 127.5) * 4 + 127.5, 0, 255).astype(np.uint8)


def compose(segmented: Segmented, style: ViewStyle) -> Picture:
    """The picture a person sees of a frame: its masks and, while marking, the draft over it."""
    picture: Picture = cv2.cvtColor(segmented.frame.image, cv2.COLOR_BGR2BGRA)  # type: ignore[assignment]
    draft = segmented.draft.alphas if segmented.draft else {}
    tracked = segmented.result.alphas() if segmented.result else {}
    settled = {i: alpha for i, alpha in tracked.items() if i not in draft}
    for object_id, alpha in _visible(settled, style):
        fill(picture, alpha, style.of(object_id).color, style.opacity)
    for object_id, alpha in _visible(settled, style):
        outline(picture, alpha, style.of(object_id).color, style.outline)
    for object_id, soft in draft.items():
        alpha = cv2.LUT(soft, _DECIDED).astype(np.uint8, copy=False)
        fill(picture, alpha, style.of(object_id).color, max(style.opacity, 0.35))
        outline(picture, alpha, _DRAFT_OUTLINE, max(style.outline, 2))
    return picture


def fill(picture: Picture, alpha: Alpha, color: Color, opacity: float) -> None:
    """Blend ``color`` into ``picture`` in place by soft mask times ``opacity`` (0..1)."""
    box = _box(alpha)
    if box is None or opacity <= 0:
        return
    table = (np.arange(256, dtype=np.float32) * (opacity / 255)).astype(np.float32)
    weight = cv2.LUT(alpha[box], table)
    region = picture[box]
    paint = np.empty_like(region)
    paint[:] = _bgra(color)
    region[:] = cv2.blendLinear(paint, region, weight, 1 - weight)


def outline(picture: Picture, alpha: Alpha, color: Color, width: int) -> None:
    """Draw the edge of the mask, ``width`` source pixels wide, in place; 0 draws nothing."""
    if width < 1:
        return
    _, inside = cv2.threshold(alpha, 127, 255, cv2.THRESH_BINARY)
    contours, _ = cv2.findContours(inside, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_TC89_L1)
    cv2.drawContours(picture, contours, -1, _bgra(color), width, cv2.LINE_AA)


def _visible(alphas: Mapping[ObjectId, Alpha], style: ViewStyle) -> list[tuple[ObjectId, Alpha]]:
    return [(i, alpha) for i, alpha in alphas.items() if style.of(i).visible]


def _box(alpha: Alpha) -> tuple[slice, slice] | None:
    x, y, width, height = cv2.boundingRect(alpha)
    return (slice(y, y + height), slice(x, x + width)) if width else None


def _bgra(color: Color) -> tuple[int, int, int, int]:
    red, green, blue = color
    return blue, green, red, 255
