"""The colours of label images: the PASCAL VOC colour map, which DAVIS uses too."""

from typing import Final

import numpy as np
from numpy.typing import NDArray


def _voc_colour_map() -> NDArray[np.uint8]:
    """256x3 RGB: the id's bits, three at a time, fill R, G and B from the highest bit down."""
    ids = np.arange(256)
    palette = np.zeros((256, 3), np.uint8)
    for bit in range(8):
        for channel in range(3):
            palette[:, channel] |= ((ids >> (3 * bit + channel) & 1) << (7 - bit)).astype(np.uint8)
    palette.setflags(write=False)
    return palette


DAVIS_PALETTE: Final = _voc_colour_map()
"""256x3 uint8, **RGB**, read-only: row = object id, row 0 (background) black.

Source: the VOC development kit (``VOCcolormap``); DAVIS annotations carry the same first colours.
"""
