"""Masks with errors like a tracker's, to be corrected by simulated clicks."""

import cv2
import numpy as np

from swem_core.types import Mask


def corrupted(truth: Mask, rng: np.random.Generator) -> Mask:
    """An object's mask (H x W) with tracking errors: parts missing, parts of the surroundings
    added, dilated or eroded."""
    _, _, width, height = cv2.boundingRect(truth.astype(np.uint8))
    extent = max(min(width, height), 4)
    plane = truth.astype(np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        ys, xs = np.nonzero(cv2.morphologyEx(plane, cv2.MORPH_GRADIENT, np.ones((3, 3))))
        if not len(xs):
            break
        near = int(rng.integers(len(xs)))
        axes = [round(float(r)) for r in rng.uniform(0.06, 0.25, 2) * extent]
        where = (int(xs[near]), int(ys[near]))
        cv2.ellipse(plane, where, axes, rng.uniform(0, 180), 0, 360, int(rng.integers(2)), -1)
    kernel = np.ones((int(rng.integers(1, 2 + extent // 12)),) * 2, np.uint8)
    change = cv2.erode if rng.random() < 0.5 else cv2.dilate
    return np.asarray(change(plane, kernel) > 0)
