"""Counting the clicks that a marking tool needs, by the protocol of the literature (RITM, f-BRS).

The next click falls on the point deepest inside any wrong region, positive where the object was
missed, negative where the background was included. NoC@q is the mean number of clicks to IoU q;
images that never reach it count as ``max_clicks``.
"""

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from swem_core.eval.metrics import region_similarity
from swem_core.segment.areas import depth_inside
from swem_core.segment.prompts import Click, Hint
from swem_core.types import Image, Mask

MAX_CLICKS = 20


class ClickTool(Protocol):
    """A marking tool under test, for one object on one picture."""

    def mark(self, prompt: Hint) -> Mask:
        """The object's HxW bool mask after one more prompt."""
        ...


StartTool = Callable[[Image], ClickTool]


@dataclass(frozen=True, slots=True)
class ClickRun:
    """Results on one picture. ``ious``: after 1, 2, ... clicks. ``milliseconds``: per click."""

    ious: tuple[float, ...]
    milliseconds: tuple[float, ...]

    def clicks_to(self, iou: float) -> int | None:
        """Number of clicks until ``iou`` was first reached; None if never."""
        return next((n for n, reached in enumerate(self.ious, start=1) if reached >= iou), None)

    def iou_after(self, clicks: int) -> float:
        """IoU after ``clicks`` clicks, or after the last if there were fewer."""
        return self.ious[min(clicks, len(self.ious)) - 1]


def simulate(
    start: StartTool,
    image: Image,
    truth: Mask,
    *,
    enough: float = 0.9,
    max_clicks: int = MAX_CLICKS,
    first: Hint | None = None,
) -> ClickRun:
    """Click until IoU ``enough`` or ``max_clicks`` is reached. ``truth``: HxW bool, not empty.

    ``first``: replaces the first click, and counts as one.
    """
    tool = start(image)
    mask = np.zeros_like(truth)
    ious: list[float] = []
    milliseconds: list[float] = []
    while len(ious) < max_clicks and (not ious or ious[-1] < enough):
        prompt = first if first is not None and not ious else next_click(mask, truth)
        begin = time.perf_counter()
        mask = tool.mark(prompt)
        milliseconds.append(1e3 * (time.perf_counter() - begin))
        ious.append(region_similarity(mask, truth))
    return ClickRun(tuple(ious), tuple(milliseconds))


def next_click(mask: Mask, truth: Mask) -> Click:
    """A click on the point deepest inside any wrong region (masks HxW bool, not equal)."""
    missed, extra = depth_inside(truth & ~mask), depth_inside(mask & ~truth)
    positive = bool(missed.max() >= extra.max())
    depth = missed if positive else extra
    y, x = np.unravel_index(int(depth.argmax()), depth.shape)
    return Click(float(x), float(y), positive)


def mean_clicks(runs: Sequence[ClickRun], iou: float, max_clicks: int = MAX_CLICKS) -> float:
    """NoC@``iou`` over at least one run."""
    return float(np.mean([run.clicks_to(iou) or max_clicks for run in runs]))
