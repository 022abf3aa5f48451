"""What every effect gives back, and small helpers on pictures, boxes and pixels."""

from dataclasses import dataclass
from functools import cached_property
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.style import Color
from swem_core.types import Alpha, Image, Size

Picture: TypeAlias = NDArray[np.uint8]
"""HxWx4 uint8 BGRA; alpha 255 unless the view is transparent."""
Box: TypeAlias = tuple[slice, slice]
"""Rows and columns of a part of a picture."""
Plane: TypeAlias = NDArray[np.float32]

_QUARTER = 4


@dataclass(frozen=True, slots=True)
class Pixels:
    """Some pixels of a part of a picture. ``rows``, ``columns``: N indices into the part."""

    rows: NDArray[np.intp]
    columns: NDArray[np.intp]

    def of(self, picture: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
        """Their values in the whole, contiguous HxWxC picture: NxC."""
        values = picture.reshape(-1, picture.shape[2]).take(self._flat(picture, box), axis=0)
        return np.asarray(values, np.uint8)

    def put(self, picture: NDArray[np.uint8], box: Box, values: NDArray[np.uint8]) -> None:
        """Write NxC values to where ``of`` reads them."""
        picture.reshape(-1, picture.shape[2])[self._flat(picture, box)] = values

    def _flat(self, picture: NDArray[np.uint8], box: Box) -> NDArray[np.intp]:
        first = box[0].start * picture.shape[1] + box[1].start
        return np.asarray(self.rows * picture.shape[1] + self.columns + first, np.intp)


def pixels_in(mask: NDArray[np.bool_]) -> Pixels:
    """The true pixels of a 2-d mask; much faster than ``np.nonzero``."""
    return Pixels(*np.divmod(np.flatnonzero(mask), mask.shape[1]))


def partly(alpha: Alpha) -> NDArray[np.bool_]:
    """True where a mask is neither 0 nor 255."""
    return np.asarray(alpha - np.uint8(1) < 254, np.bool_)  # 0 wraps around to 255


def opaque(image: Image) -> Picture:
    """A HxWx3 BGR frame as a picture of its own memory."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), np.uint8)


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
    """A frame and, made once when first needed, a small copy of it."""

    def __init__(self, image: Image) -> None:
        self.image = image

    @cached_property
    def small(self) -> Image:
        """A quarter as wide and high, where that is even."""
        return quartered(self.image)
