"""A correction changes only the region it touches.

The "progressive merge" of FocalClick (Chen et al., CVPR 2022): of everything that a new prediction
would change, only the connected region under the new mark is accepted.
"""

import cv2
import numpy as np

from swem_core.segment.prompts import Mark, points_of
from swem_core.types import Alpha, Mask

_REACH = 1 / 24  # of the picture's shorter side: how far beside a change a mark may lie


def merged(previous: Alpha, found: Alpha, mark: Mark) -> Alpha:
    """``previous`` (HxW) with the changes that ``found`` makes under or next to ``mark``."""
    changed = (previous > 127) != (found > 127)
    count, regions = cv2.connectedComponents(changed.astype(np.uint8))
    under = _drawn(mark, previous.shape)
    touched = set(np.unique(regions[under])) - {0} or _nearest(regions, under)
    taken = np.zeros(count, np.bool_)
    taken[list(touched)] = True
    return np.where(taken[regions], found, previous).astype(np.uint8)


def _nearest(regions: np.ndarray, under: Mask) -> set[int]:
    """The region nearest to the mark, if one is within reach."""
    distance = cv2.distanceTransform((~under).astype(np.uint8), cv2.DIST_L2, 3)
    distance[regions == 0] = np.inf
    nearest = int(distance.argmin())
    reach = _REACH * min(regions.shape)
    return {int(regions.flat[nearest])} if distance.flat[nearest] <= reach else set()


def _drawn(mark: Mark, size: tuple[int, ...]) -> Mask:
    plane = np.zeros(size, np.uint8)
    path = np.clip(np.rint(points_of(mark)), 0, np.array(size[::-1]) - 1).astype(np.int32)
    cv2.polylines(plane, [path], False, 1)
    plane[path[:, 1], path[:, 0]] = 1  # of a single point OpenCV draws nothing
    return plane > 0
