"""Checking the masks that a user gives."""

from collections.abc import Mapping

import numpy as np

from swem_core.data.masks import check_mask
from swem_core.errors import MaskError
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
        if mask.dtype != np.bool_:
            raise MaskError(f"A mask is an array of bool (use labels == id). Got {mask.dtype}.")
        check_mask(mask, size)
        free = mask & ~taken
        check_mask(free, size)
        taken |= mask
        result[object_id] = free
    return dict(reversed(list(result.items())))
