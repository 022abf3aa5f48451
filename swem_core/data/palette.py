"""The palette of label images: the PASCAL VOC colour map, which DAVIS uses too."""

from typing import Final

import numpy as np
from numpy.typing import NDArray


def _voc_colour_map() -> NDArray[np.uint8]:
    """256x3 RGB: three bits of the id at a time go to R, G and B, from their highest bits down."""
    ids = np.arange(256)
    palette = np.zeros((256, 3), np.uint8)
    for bit in range(8):
        for channel in range(3):
            palette[:, channel] |= ((ids >> (3 * bit + channel) & 1) << (7 - bit)).astype(np.uint8)
    palette.setflags(write=False)
    return palette


DAVIS_PALETTE: Final = _voc_colour_map()
"""256x3 uint8, **RGB**, read-only: row = object id; row 0, the background, is black.

Source: ``VOCcolormap`` of the VOC development kit; DAVIS annotations use the same colours.
"""
