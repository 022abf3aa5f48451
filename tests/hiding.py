"""Whether a picture still shows what it should hide."""

import cv2
import numpy as np

from swem_core.types import Image, Mask


def survives(picture: np.ndarray, image: Image, where: Mask) -> float:
    """How much of the fine structure (all that a mosaic takes away) of ``image`` is still there:
    the correlation of what is finer than a block, inside ``where``."""
    inner = cv2.erode(where.astype(np.uint8), np.ones((5, 5))) > 0
    fine = []
    for each in (picture[..., :3], image):
        grey = cv2.cvtColor(np.ascontiguousarray(each), cv2.COLOR_BGR2GRAY).astype(np.float32)
        fine.append((grey - cv2.blur(grey, (5, 5)))[inner])
    if fine[0].std() < 0.5:
        return 0.0
    return float(np.corrcoef(fine[0], fine[1])[0, 1])
