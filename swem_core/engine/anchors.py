"""Checking the masks that a user gives."""

from collections.abc import Mapping

import numpy as np

from swem_core.engine.preprocess import check_anchor
from swem_core.types import MAX_OBJECT_ID, Mask, ObjectId, Size


def disjoint(anchors: Mapping[ObjectId, Mask], size: Size) -> dict[ObjectId, Mask]:
    """Copies of the anchors in which no pixel belongs to two objects; later ones win.

    ``size``: (height, width) of the frame. Raises ValueError for an id out of range, MaskError for
    a mask of the wrong size or type, an empty one, or one that later ones cover completely.
    """
    taken = np.zeros(size, np.bool_)
    result: dict[ObjectId, Mask] = {}
    for object_id, mask in reversed(list(anchors.items())):
        if not 1 <= object_id <= MAX_OBJECT_ID:
            raise ValueError(f"Object ids are 1 to {MAX_OBJECT_ID}. Got {object_id}.")
        check_anchor(mask, size)
        free = mask & ~taken
        check_anchor(free, size)
        taken |= mask
        result[object_id] = free
    return dict(reversed(list(result.items())))
