"""Drawing masks over a frame: pure functions on uint8 pictures, no per-pixel Python.

Every effect works inside the bounding box of the object it draws, at full source resolution, from
soft masks.
"""

from collections.abc import Mapping

import cv2
import numpy as np

from app.pipeline.effects.cutout import checkerboard, cut_out
from app.pipeline.effects.picture import Picture, mix, opaque
from app.pipeline.frames import Segmented
from app.pipeline.style import DRAFT_OPACITY, Color, Effect, ViewStyle
from swem_core.types import Alpha, ObjectId

_DRAFT_OUTLINE: Color = (255, 255, 255)
# A draft shows what would be tracked if it were accepted: inside or outside, with a soft edge only.
_DECIDED = np.clip((np.arange(256) - 127.5) * 4 + 127.5, 0, 255).astype(np.uint8)


def compose(segmented: Segmented, style: ViewStyle) -> Picture:
    """The picture a person sees of a frame: its masks and, while marking, the draft over it.

    Where nothing is tracked yet, or something is being marked, every effect shows the whole frame.
    """
    result, marking = segmented.result, segmented.draft is not None
    if style.effect is Effect.CUTOUT and result is not None and result.ids and not marking:
        cut = compose_output(segmented, style)
        alpha = np.ascontiguousarray(cut[..., 3])
        cut[..., 3] = 255
        return mix(cut, checkerboard(*alpha.shape), alpha)
    picture = opaque(segmented.frame.image)
    draft = segmented.draft.alphas if segmented.draft else {}
    tracked = segmented.result.alphas() if segmented.result else {}
    settled = {i: alpha for i, alpha in tracked.items() if i not in draft}
    for object_id, alpha in _visible(settled, style):
        fill(picture, alpha, style.of(object_id).color, style.opacity)
    for object_id, alpha in _visible(settled, style):
        outline(picture, alpha, style.of(object_id).color, style.outline)
    for object_id, soft in draft.items():
        if segmented.draft and object_id != segmented.draft.active and not style.shows(object_id):
            continue
        alpha = cv2.LUT(soft, _DECIDED).astype(np.uint8, copy=False)
        fill(picture, alpha, style.of(object_id).color, max(style.opacity, DRAFT_OPACITY))
        outline(picture, alpha, _DRAFT_OUTLINE, max(style.outline, 2))
    return picture


def compose_output(segmented: Segmented, style: ViewStyle) -> Picture:
    """The picture that is recorded of a frame: only what is known counts, transparent or not."""
    if style.effect is not Effect.CUTOUT:
        return compose(segmented, style)
    alpha = np.zeros(segmented.frame.image.shape[:2], np.uint8)
    tracked = segmented.result.alphas() if segmented.result else {}
    for _, each in _visible(tracked, style):
        cv2.add(alpha, each, dst=alpha)
    return cut_out(segmented.frame.image, alpha)


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
    return [(i, alpha) for i, alpha in alphas.items() if style.shows(i)]


def _box(alpha: Alpha) -> tuple[slice, slice] | None:
    x, y, width, height = cv2.boundingRect(alpha)
    return (slice(y, y + height), slice(x, x + width)) if width else None


def _bgra(color: Color) -> tuple[int, int, int, int]:
    red, green, blue = color
    return blue, green, red, 255
