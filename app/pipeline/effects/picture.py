"""What every effect gives back, and small helpers on pictures, boxes and pixels."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.palettes import Color
from swem_core.types import Alpha, Image, Size

Picture: TypeAlias = NDArray[np.uint8]
"""HxWx4 uint8 BGRA; alpha 255 unless the view is transparent."""
Box: TypeAlias = tuple[slice, slice]
"""Rows and columns of a part of a picture."""
Plane: TypeAlias = NDArray[np.float32]
Ends: TypeAlias = NDArray[np.intp]
"""Where the cells of a grid begin along one side, and where the last one ends."""

_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Pixels:
    """Some pixels of a part of a picture. ``rows``, ``columns``: N indices into the part."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def of(self, picture: Picture, box: Box) -> NDArray[np.uint8]:
        """Their values in the whole, contiguous picture: Nx4."""
        values = _words(picture).take(self._flat(picture, box))
        return np.asarray(values.view(np.uint8).reshape(-1, 4), np.uint8)

    def put(self, picture: Picture, box: Box, values: NDArray[np.uint8]) -> None:
        """Write Nx4 values to where ``of`` reads them."""
        _words(picture)[self._flat(picture, box)] = _words(values)

    def inside(self, part: NDArray[np.uint8]) -> NDArray[np.intp]:
        """Their places in the flattened HxW part itself."""
        return np.asarray(self.rows * part.shape[1] + self.columns, np.intp)

    def _flat(self, picture: Picture, box: Box) -> NDArray[np.intp]:
        first = box[0].start * picture.shape[1] + box[1].start
        return np.asarray(self.rows * picture.shape[1] + self.columns + first, np.intp)


def pixels_in(mask: NDArray[np.bool_]) -> Pixels:
    """The true pixels of a 2-d mask; much faster than ``np.nonzero``."""
    flat = np.flatnonzero(mask)
    rows = np.repeat(np.arange(mask.shape[0]), np.count_nonzero(mask, axis=1))
    return Pixels(rows, flat - rows * mask.shape[1])


def pixels_of_cells(cells: NDArray[np.bool_], rows: Ends, columns: Ends) -> Pixels:
    """The pixels of the true cells of a 2-d mask, cell row by cell row.

    ``rows``, ``columns``: where each cell begins in the part, and at last where the last one ends.
    Nothing as large as the part is made, unlike when the mask is enlarged and searched.
    """
    edges = np.diff(cells.astype(np.int8), axis=1, prepend=0, append=0)
    row, first = np.nonzero(edges == 1)  # runs of true cells
    last = np.nonzero(edges == -1)[1]
    heights = np.diff(rows)[row]
    left, length = columns[first], columns[last] - columns[first]
    lines = np.repeat(rows[row], heights) + _counted(heights)  # pixel rows of the runs
    lengths = np.repeat(length, heights)
    places = np.repeat(np.repeat(left, heights), lengths) + _counted(lengths)
    return Pixels(np.repeat(lines, lengths), places)


def _counted(lengths: NDArray[np.intp]) -> NDArray[np.intp]:
    """0, 1, ... for each of several lengths, one after the other."""
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    return np.asarray(np.arange(total) - np.repeat(ends - lengths, lengths), np.intp)


def _words(pixels: NDArray[np.uint8]) -> NDArray[np.uint32]:
    """Four channels as one number each: moved around five times as fast."""
    return np.asarray(pixels.reshape(-1).view(np.uint32), np.uint32)


def partly(alpha: Alpha) -> NDArray[np.bool_]:
    """True where a mask is neither 0 nor 255."""
    return np.asarray(alpha - np.uint8(1) < 254, np.bool_)  # 0 wraps around to 255


def opaque(image: Image) -> Picture:
    """A HxWx3 BGR frame as a picture of its own memory."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), np.uint8)


def to_bytes(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounded, and cut off at 0 and 255."""
    return np.asarray(cv2.convertScaleAbs(np.maximum(values, 0)), np.uint8)


def plain(size: Size, color: Color) -> Picture:
    """(height, width) of one colour."""
    pixel = np.array(bgra(color), np.uint8).view(np.uint32)[0]
    return np.full(size, pixel, np.uint32).view(np.uint8).reshape(*size, 4)


def bgra(color: Color) -> tuple[int, int, int, int]:
    """Red, green, blue -> blue, green, red, 255."""
    red, green, blue = color
    return blue, green, red, 255


def blend(over: Picture, under: Picture, weight: Plane) -> Picture:
    """``over`` where ``weight`` is 1, ``under`` where it is 0; a new array."""
    return np.asarray(cv2.blendLinear(over, under, weight, 1 - weight), np.uint8)


def where(mask: NDArray[np.bool_], over: Picture, under: Picture) -> None:
    """Copy the pixels of ``over`` that are true in ``mask`` into ``under``."""
    cv2.copyTo(over, mask.view(np.uint8), under)


def quartered(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A quarter as wide and high where that is even, else as it is: averaging by halves is many
    times faster than by any other number."""
    height, width = image.shape[:2]
    if height % _QUARTER or width % _QUARTER or min(height, width) < 32 * _QUARTER:
        return image
    return averaged(averaged(image, (height // 2, width // 2)), (height // 4, width // 4))


def averaged(image: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """Reduced to (height, width) by averaging, or enlarged."""
    return np.asarray(cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)


class Pyramid:
    """A frame and, made once when first needed, other forms of it."""

    def __init__(self, image: Image) -> None:
        self.image = image

    @cached_property
    def opaque(self) -> Picture:
        """With an alpha of 255. Read-only."""
        return opaque(self.image)

    @cached_property
    def small(self) -> Image:
        """A quarter as wide and high, where that is even."""
        return quartered(self.image)
