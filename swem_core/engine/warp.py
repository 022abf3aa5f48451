"""Moving masks to a newer picture by optical flow, and detecting that nothing moved.

Works on small grey pictures, because it must cost far less than a step.
"""

import time
from dataclasses import replace

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.engine.preprocess import shrink
from swem_core.engine.result import StepResult
from swem_core.types import Image, Size

Grey = NDArray[np.uint8]
"""HxW uint8, the longer side at most ``LONG_SIDE`` pixels."""

LONG_SIDE = 320
_CELLS = 4  # grey pixels per cell of a comparison: averages sensor noise away, but not motion
_BLOCK = 4  # cells per block: about the size of a small moving object


def small_grey(image: Image) -> Grey:
    """HxWx3 uint8 BGR -> the small grey picture in which motion is measured."""
    height, width = image.shape[:2]
    scale = min(1.0, LONG_SIDE / max(height, width))
    size = max(1, round(height * scale)), max(1, round(width * scale))
    return cv2.cvtColor(shrink(image, size), cv2.COLOR_BGR2GRAY).astype(np.uint8, copy=False)


def change(before: Grey, after: Grey) -> float:
    """Mean difference in grey levels where two pictures of one size differ most, 0..255.

    The maximum over blocks, not the mean over the picture, so that a small moving object counts as
    much as a large one. Sensor noise stays below 1; a shift by one pixel in 720p gives about 1.5.
    """
    difference = cv2.absdiff(_coarser(before, _CELLS), _coarser(after, _CELLS))
    return float(_coarser(difference, _BLOCK).max())


def warp(result: StepResult, before: Grey, after: Grey) -> StepResult:
    """``result`` moved from the picture ``before`` to ``after`` by optical flow.

    Both pictures have the same size; ``result`` has no anchors, which are no logits and cannot be
    moved; otherwise raises ValueError. The flow is dense inverse search (Kroeger et al., ECCV
    2016) from the newer picture back to the older. Takes 1 ms. Thread: any.
    """
    if result.anchors or before.shape != after.shape:
        raise ValueError("Only masks without anchors can be warped, between pictures of one size.")
    start = time.perf_counter()
    height, width = result.logits.shape[1:]
    x, y = _origins(before, after, (height, width))
    planes = [
        cv2.remap(plane, x, y, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        for plane in result.logits
    ]
    logits = np.stack(planes).astype(np.float32, copy=False) if planes else result.logits
    spent_ms = 1e3 * (time.perf_counter() - start)
    return replace(result, logits=logits, timings_ms={"flow": spent_ms}, carried=True)


def _origins(
    before: Grey, after: Grey, grid: Size
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Origin in ``before`` of each cell of ``grid`` over ``after``: x and y maps, in cells."""
    search = cv2.DISOpticalFlow.create(cv2.DISOPTICAL_FLOW_PRESET_FAST)
    motion = search.calc(after, before, np.empty(0, np.float32))
    height, width = grid
    scale = np.array((width / after.shape[1], height / after.shape[0]), np.float32)
    cells = cv2.resize(motion, (width, height), interpolation=cv2.INTER_AREA) * scale
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    return columns + cells[..., 0], rows + cells[..., 1]


def _coarser(picture: NDArray[np.generic], by: int) -> NDArray[np.float32]:
    height, width = picture.shape
    size = max(1, width // by), max(1, height // by)
    small = cv2.resize(picture.astype(np.float32), size, interpolation=cv2.INTER_AREA)
    return small.astype(np.float32, copy=False)
