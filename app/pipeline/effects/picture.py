"""What every effect gives back, and small helpers that make, mix and convert pictures."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from app.pipeline.palettes import Color
from swem_core.types import Alpha, Image, Size

Picture: TypeAlias = NDArray[np.uint8]
"""HxWx4 uint8 BGRA; alpha 255 unless the view is transparent."""
Plane: TypeAlias = NDArray[np.float32]


def partly(alpha: Alpha) -> NDArray[np.bool_]:
    """True where a mask is neither 0 nor 255."""
    return np.asarray(alpha - np.uint8(1) < 254, np.bool_)  # 0 wraps around to 255


def opaque(image: Image) -> Picture:
    """An HxWx3 BGR frame as a new picture with alpha 255."""
    return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2BGRA), np.uint8)


def to_bytes(values: NDArray[np.float32]) -> NDArray[np.uint8]:
    """Rounded and clipped to 0..255."""
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


def averaged(image: NDArray[np.uint8], size: Size) -> NDArray[np.uint8]:
    """Reduced to (height, width) by averaging, or enlarged."""
    return np.asarray(cv2.resize(image, size[::-1], interpolation=cv2.INTER_AREA), np.uint8)
