"""A frame at full and at a quarter of its size."""

from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from app.pipeline.effects.picture import Picture, averaged, opaque
from swem_core.types import Image

_QUARTER = 4


def quartered(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A quarter as wide and high where that is even, else as it is: averaging by halves is many
    times faster than by any other number."""
    height, width = image.shape[:2]
    if height % _QUARTER or width % _QUARTER or min(height, width) < 32 * _QUARTER:
        return image
    return averaged(averaged(image, (height // 2, width // 2)), (height // 4, width // 4))


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
