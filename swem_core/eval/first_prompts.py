"""Simulated first prompts: a click, a box, a lasso or a scribble, drawn a little loosely."""

from collections.abc import Callable
from typing import Final

import cv2
import numpy as np

from swem_core.eval.clicks import next_click
from swem_core.segment.prompts import Box, Click, Hint, Lasso, Scribble
from swem_core.types import Mask

_SLACK = 0.04  # of the object's extent: nobody draws to the pixel
_SCRIBBLED = 0.7  # of the longest line through the object's deepest point
_WAYS = 12  # directions tried


def first_click(truth: Mask) -> Click:
    """A click on the point deepest inside the object (HxW bool, not empty)."""
    return next_click(np.zeros_like(truth), truth)


def first_box(truth: Mask) -> Box:
    """A box around the object (HxW bool, not empty)."""
    left, top, width, height = cv2.boundingRect(truth.astype(np.uint8))
    dx, dy = _SLACK * width, _SLACK * height
    return Box(left - dx, top - dy, left + width + dx, top + height + dy)


def first_lasso(truth: Mask) -> Lasso:
    """A lasso around the object (HxW bool, not empty): its convex hull, a little larger."""
    outlines, _ = cv2.findContours(
        truth.astype(np.uint8), cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE
    )
    hull = cv2.convexHull(np.concatenate(outlines))[:, 0].astype(float)
    if len(hull) < 3:
        box = first_box(truth)
        hull = np.array([(box.left, box.top), (box.right, box.top), (box.right, box.bottom)])
    middle = hull.mean(0)
    grown = middle + (hull - middle) * (1 + 2 * _SLACK)
    return Lasso(tuple((float(x), float(y)) for x, y in grown))


def first_scribble(truth: Mask) -> Scribble:
    """A scribble through the object's deepest point, along the longest line inside the object
    (HxW bool, not empty)."""
    click = next_click(np.zeros_like(truth), truth)
    ends = [_reach(truth, click, angle) for angle in np.linspace(0, 2 * np.pi, 2 * _WAYS + 1)[:-1]]
    ways = [(ends[way], ends[way + _WAYS]) for way in range(_WAYS)]
    (dx, dy), (back_x, back_y) = max(ways, key=lambda way: np.hypot(*way[0]) + np.hypot(*way[1]))
    start, end = (click.x + dx, click.y + dy), (click.x + back_x, click.y + back_y)
    return Scribble((start, (click.x, click.y), end))


def _reach(truth: Mask, click: Click, angle: float) -> tuple[float, float]:
    """The end of a scribble in one direction, as an (x, y) offset from the click."""
    step = np.array((np.cos(angle), np.sin(angle)))
    height, width = truth.shape
    far = 0
    while True:
        x, y = np.rint(np.array((click.x, click.y)) + (far + 1) * step).astype(int)
        if not (0 <= x < width and 0 <= y < height and truth[y, x]):
            dx, dy = _SCRIBBLED * far * step
            return float(dx), float(dy)
        far += 1


FIRST_PROMPTS: Final[dict[str, Callable[[Mask], Hint]]] = {
    "click": first_click,
    "box": first_box,
    "lasso": first_lasso,
    "scribble": first_scribble,
}
