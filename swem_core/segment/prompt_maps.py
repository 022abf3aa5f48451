"""The crop of the picture that a predictor sees, and the prompts drawn into it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.engine.preprocess import inference_size
from swem_core.model.click import CLICK_RADIUS, STROKE_WIDTH
from swem_core.segment.prompts import Click, Mark, Point
from swem_core.types import Alpha, Size

# Found with `swem-live eval-clicks`; each changes the number of clicks by a few tenths.
_MARGIN = 0.3  # of the object's extent, left on every side in a zoomed crop
_SMALLEST_EXTENT = 64  # source pixels: less has no detail left to find
_NARROWEST = 0.6  # of the crop's longer side
_WORTHWHILE = 0.9  # zoom only if the crop has at most this share of the picture's area


@dataclass(frozen=True, slots=True)
class Crop:
    """A rectangle of the source picture and the network size to which it is resized.

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

    def at(self, short_side: int, *, enlarge: bool = True) -> "Crop":
        """The same rectangle with ``short_side`` network pixels on its shorter side."""
        source = (self.height, self.width)
        return replace(self, size=inference_size(source, short_side, enlarge=enlarge))

    def holds(self, point: Point) -> bool:
        """Whether a point (x, y) in source pixels lies inside the rectangle."""
        return 0 <= point[0] - self.left < self.width and 0 <= point[1] - self.top < self.height

    def to_network(self, point: Point) -> tuple[int, int]:
        """Source pixels -> network pixels."""
        x = (point[0] - self.left + 0.5) * self.size[1] / self.width - 0.5
        y = (point[1] - self.top + 0.5) * self.size[0] / self.height - 0.5
        return round(x), round(y)


def draw_prompts(prompts: Sequence[Mark], crop: Crop) -> NDArray[np.float32]:
    """2 x h x w maps (positive, negative) at the crop's network size: 1 on a prompt, else 0."""
    maps = np.zeros((2, *crop.size), np.float32)
    for prompt in prompts:
        plane = maps[0 if prompt.positive else 1]
        if isinstance(prompt, Click):
            cv2.circle(plane, crop.to_network((prompt.x, prompt.y)), CLICK_RADIUS, 1.0, -1)
        else:
            path = np.array([crop.to_network(point) for point in prompt.points], np.int32)
            cv2.polylines(plane, [path], False, 1.0, STROKE_WIDTH)
    return maps


def whole(size: Size) -> Crop:
    """The whole picture as a crop."""
    return Crop(0, 0, *size, size)


def zoomed(points: Sequence[Point], mask: Alpha) -> Crop | None:
    """A crop around an object's mask (HxW, may be empty) and at least one point (source pixels);
    None if the whole picture serves as well."""
    x, y, w, h = cv2.boundingRect((mask > 127).astype(np.uint8))
    height, width = mask.shape
    inside = [(min(max(px, 0), width - 1), min(max(py, 0), height - 1)) for px, py in points]
    corners = [*inside, (x, y), (x + w, y + h)] if w and h else inside
    xs, ys = zip(*corners, strict=True)
    (left, right), (top, bottom) = (min(xs), max(xs)), (min(ys), max(ys))
    extents = [max(e, _SMALLEST_EXTENT) * (1 + 2 * _MARGIN) for e in (bottom - top, right - left)]
    extents = [max(extent, _NARROWEST * max(extents)) for extent in extents]
    crop_h, crop_w = min(round(extents[0]), height), min(round(extents[1]), width)
    if crop_h * crop_w > _WORTHWHILE * height * width:
        return None
    crop_top = _place((top + bottom) / 2, crop_h, height)
    crop_left = _place((left + right) / 2, crop_w, width)
    return Crop(crop_top, crop_left, crop_h, crop_w, (crop_h, crop_w))


def _place(centre: float, extent: int, limit: int) -> int:
    """Start of an interval of length ``extent`` around ``centre``, moved to lie in 0..limit."""
    return int(min(max(centre - extent / 2, 0), limit - extent))
