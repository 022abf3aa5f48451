"""What every effect gives back, and the one way to mix two pictures."""

from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.types import Alpha, Image

Picture: TypeAlias = NDArray[np.uint8]
"""HxWx4 uint8 BGRA; alpha 255 unless the view is transparent."""


def opaque(image: Image) -> Picture:
    """A HxWx3 BGR frame as a picture of its own memory."""
    return cv2.cvtColor(image, cv2.COLOR_BGR2BGRA)  # type: ignore[return-value]


def mix(over: NDArray[np.uint8], under: NDArray[np.uint8], alpha: Alpha) -> NDArray[np.uint8]:
    """``over`` where ``alpha`` is 255, ``under`` where it is 0. HxWxC uint8; a new array."""
    weight = alpha.astype(np.float32) * np.float32(1 / 255)
    return cv2.blendLinear(over, under, weight, 1 - weight)  # type: ignore[return-value]
