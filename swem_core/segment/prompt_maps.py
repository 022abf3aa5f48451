"""Drawing prompts into the click network's input maps."""

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.model.click import CLICK_RADIUS, STROKE_WIDTH
from swem_core.segment.prompts import Click, Point, Scribble, points_of
from swem_core.types import Size


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle of the source picture and the network size it is shown at.

    ``top, left, height, width`` in source pixels; ``size`` (h, w) in network pixels.
    """

    top: int
    left: int
    height: int
    width: int
    size: Size

    def cut(self, array: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The rectangle of a H x W (x c) array, as a view."""
        rows = slice(self.top, self.top + self.height)
        return array[rows, self.left : self.left + self.width]

    def to_network(self, point: Point) -> tuple[int, int]:
        """Source pixels -> network pixels."""
        x = (point[0] - self.left + 0.5) * self.size[1] / self.width - 0.5
        y = (point[1] - self.top + 0.5) * self.size[0] / self.height - 0.5
        return round(x), round(y)


def draw_prompts(prompts: Sequence[Click | Scribble], crop: Crop) -> NDArray[np.float32]:
    """2 x h x w maps (positive, negative), 1 where a prompt is, at the crop's network size."""
    maps = np.zeros((2, *crop.size), np.float32)
    for prompt in prompts:
        plane = maps[0 if prompt.positive else 1]
        if isinstance(prompt, Click):
            cv2.circle(plane, crop.to_network((prompt.x, prompt.y)), CLICK_RADIUS, 1.0, -1)
        else:
            path = np.array([crop.to_network(point) for point in prompt.points], np.int32)
            cv2.polylines(plane, [path], False, 1.0, STROKE_WIDTH)
    return maps


def bounds(prompts: Sequence[Click | Scribble]) -> tuple[float, float, float, float]:
    """(left, top, right, bottom) of all points, in source pixels. At least one prompt."""
    xs, ys = zip(*(point for prompt in prompts for point in points_of(prompt)), strict=True)
    return min(xs), min(ys), max(xs), max(ys)
