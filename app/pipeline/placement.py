"""Where the source's pixels lie in the finished picture. Pure arithmetic and three copies."""

from dataclasses import dataclass
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Size

XY: TypeAlias = tuple[float, float]

_ROTATIONS = (None, cv2.ROTATE_90_CLOCKWISE, cv2.ROTATE_180, cv2.ROTATE_90_COUNTERCLOCKWISE)


@dataclass(frozen=True, slots=True)
class Placement:
    """How a frame of ``source`` = (height, width) pixels is turned, mirrored and repeated.

    ``turns``: quarter turns clockwise, then ``mirrored`` left to right; ``panes``: how many such
    pictures stand side by side. Points are (x, y), pixel (0, 0) with its middle at (0, 0).
    """

    source: Size
    mirrored: bool = False
    turns: int = 0
    panes: int = 1

    @property
    def pane(self) -> Size:
        """(height, width) of one pane."""
        height, width = self.source
        return (width, height) if self.turns % 2 else (height, width)

    def to_picture(self, point: XY) -> XY:
        """Where a source point lies in the picture (in the last pane)."""
        (x, y), (height, width) = point, self.source
        turned = ((x, y), (height - 1 - y, x), (width - 1 - x, height - 1 - y), (y, width - 1 - x))
        x, y = turned[self.turns % 4]
        pane_width = self.pane[1]
        return (pane_width - 1 - x if self.mirrored else x) + (self.panes - 1) * pane_width, y

    def to_source(self, point: XY) -> XY:
        """The source point at a point of the picture, whichever pane it is in."""
        (x, y), (height, width), pane_width = point, self.source, self.pane[1]
        x -= min(max(round(x) // pane_width, 0), self.panes - 1) * pane_width
        x = pane_width - 1 - x if self.mirrored else x
        back = ((x, y), (y, height - 1 - x), (width - 1 - x, height - 1 - y), (width - 1 - y, x))
        return back[self.turns % 4]

    def apply(self, picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """A source-sized picture or mask turned and mirrored; the same array if it need not be."""
        rotation = _ROTATIONS[self.turns % 4]
        if rotation is not None:
            picture = np.asarray(cv2.rotate(picture, rotation), np.uint8)
        return np.asarray(cv2.flip(picture, 1), np.uint8) if self.mirrored else picture

    def undo(self, image: NDArray[np.uint8]) -> NDArray[np.uint8]:
        """The inverse of ``apply``."""
        if self.mirrored:
            image = np.asarray(cv2.flip(image, 1), np.uint8)
        rotation = _ROTATIONS[-self.turns % 4]
        return image if rotation is None else np.asarray(cv2.rotate(image, rotation), np.uint8)
