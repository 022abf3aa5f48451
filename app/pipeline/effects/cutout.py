"""The objects cut out of their surroundings."""

import cv2
import numpy as np

from app.pipeline.effects.picture import Picture, mix
from swem_core.types import Alpha, Image

_LIGHT, _DARK = 205, 165
_SQUARES = 36  # across the shorter side


def cut_out(image: Image, alpha: Alpha) -> Picture:
    """HxWx3 BGR frame with ``alpha`` as its alpha channel, straight; black where that is 0."""
    picture: Picture = cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)  # type: ignore[assignment]
    cv2.insertChannel(alpha, picture, 3)
    picture[alpha == 0] = 0  # what was cut away is not in the file either
    return picture


def on_black(picture: Picture) -> Picture:
    """A transparent picture as an encoder without alpha should get it: over black, alpha 255."""
    flat = mix(picture, np.zeros_like(picture), np.ascontiguousarray(picture[..., 3]))
    flat[..., 3] = 255
    return flat


def checkerboard(height: int, width: int) -> Picture:
    """HxWx4 uint8 BGRA of grey squares, which stand for transparency."""
    square = max(min(height, width) // _SQUARES, 4)
    is_dark = np.add.outer(np.arange(height) // square, np.arange(width) // square) % 2 == 1
    grey = np.where(is_dark, np.uint8(_DARK), np.uint8(_LIGHT))
    return np.dstack((grey, grey, grey, np.full_like(grey, 255)))
