"""Region similarity J and boundary accuracy F, as the DAVIS benchmark defines them.

F. Perazzi et al., "A Benchmark Dataset and Evaluation Methodology for Video Object Segmentation",
CVPR 2016; statistics and edge cases as in the DAVIS 2017 evaluation code. That code leaves the
first and last frame of a sequence out, which is up to the caller here.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.errors import MaskError
from swem_core.types import Mask

_RECALL_THRESHOLD = 0.5
_DECAY_BINS = 4


@dataclass(frozen=True, slots=True)
class SequenceScore:
    """One measure over one object's frames.

    ``mean`` and ``recall`` (share of frames above 0.5): 0..1, higher is better. ``decay``: -1..1,
    mean of the first quarter minus mean of the last, lower is better.
    """

    mean: float
    recall: float
    decay: float


def region_similarity(pred: Mask, truth: Mask) -> float:
    """J, the Jaccard index of two HxW bool masks, 0..1; 1 if both are empty.

    Raises MaskError if the sizes differ.
    """
    _check_sizes(pred, truth)
    union = np.count_nonzero(pred | truth)
    return np.count_nonzero(pred & truth) / union if union else 1.0


def boundary_f(pred: Mask, truth: Mask, tolerance: float = 0.008) -> float:
    """F of two HxW bool masks' boundaries, 0..1; 1 if neither has a boundary.

    ``tolerance``: largest distance at which boundaries match, as a share of the picture's diagonal
    (rounded up to whole pixels), or in pixels if at least 1. Raises MaskError if the sizes differ.
    """
    _check_sizes(pred, truth)
    radius = tolerance if tolerance >= 1 else math.ceil(tolerance * math.hypot(*pred.shape))
    pred_edge, truth_edge = _boundary(pred), _boundary(truth)
    n_pred, n_truth = np.count_nonzero(pred_edge), np.count_nonzero(truth_edge)
    if n_pred == 0 or n_truth == 0:
        return float(n_pred == n_truth)  # precision and recall are 1 and 0, in either order
    precision = np.count_nonzero(pred_edge & _dilated(truth_edge, radius)) / n_pred
    recall = np.count_nonzero(truth_edge & _dilated(pred_edge, radius)) / n_truth
    total = precision + recall
    return 2 * precision * recall / total if total else 0.0


def summarise(values: Sequence[float] | NDArray[np.float64]) -> SequenceScore:
    """Mean, recall and decay of per-frame values, each 0..1, in time order.

    Raises ValueError if there are none.
    """
    array = np.asarray(values, np.float64)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"A score needs the values of at least one frame. Got {array.shape}.")
    # four bins that share their border frames; 1e-10 rounds halves up as MATLAB does
    edges = np.round(np.linspace(1, array.size, _DECAY_BINS + 1) + 1e-10).astype(int) - 1
    first, last = array[: edges[1] + 1], array[edges[-2] :]
    return SequenceScore(
        mean=float(array.mean()),
        recall=float((array > _RECALL_THRESHOLD).mean()),
        decay=float(first.mean() - last.mean()),
    )


def _check_sizes(pred: Mask, truth: Mask) -> None:
    if pred.shape != truth.shape or pred.ndim != 2:
        raise MaskError(
            f"A mask can only be compared with one of the same size. Got {pred.shape} "
            f"and {truth.shape} (height, width). Save the masks at the frames' own size."
        )


def _boundary(mask: Mask) -> NDArray[np.uint8]:
    """HxW uint8 0/1: pixels that differ from their right, lower or lower-right neighbour, as in the
    benchmark's ``seg2bmap``.

    Neighbours outside the picture are ignored, so the lower right corner is never on a boundary.
    """
    inside = np.asarray(mask, np.bool_).view(np.uint8)
    edge = np.zeros_like(inside)
    edge[:, :-1] |= inside[:, :-1] ^ inside[:, 1:]
    edge[:-1] |= inside[:-1] ^ inside[1:]
    edge[:-1, :-1] |= inside[:-1, :-1] ^ inside[1:, 1:]
    return edge


def _dilated(edge: NDArray[np.uint8], radius: float) -> NDArray[np.uint8]:
    """HxW uint8 0/1: pixels at most ``radius`` from a pixel of ``edge``."""
    reach = np.arange(-math.floor(radius), math.floor(radius) + 1)
    disk = (reach[:, None] ** 2 + reach[None] ** 2 <= radius**2).astype(np.uint8)
    return cv2.dilate(edge, disk).astype(np.uint8, copy=False)
