"""Shrinking pictures on the device with the same result as OpenCV's area averaging on the CPU."""

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.engine.preprocess import halvings
from swem_core.types import Size


class AreaShrink:
    """``preprocess.to_tensor`` for a picture that is already on the device.

    A resize is linear and separable: out = rows @ picture @ columns.T. Both matrices are obtained
    by resizing the identity with OpenCV, so that sides which do not divide evenly get OpenCV's
    weights (unlike the bins of ``adaptive_avg_pool2d``). Cached for the current size.
    """

    def __init__(self, device: torch.device) -> None:
        self._device = device
        self._sizes: tuple[Size, Size] | None = None
        self._rows = self._columns = torch.empty(0, device=device)

    def __call__(self, picture: Tensor, size: Size) -> Tensor:
        """HxWx3 uint8 BGR -> 1 x 3 x h x w float32 RGB in [0, 1], channels-last.

        Equal to the CPU's result up to its rounding to 8 bits, i.e. within 1/255 per halving.
        """
        height, width, channels = picture.shape
        self._prepare((height, width), size)
        lines = self._rows @ picture.float().view(height, width * channels)
        planes = lines.view(size[0], width, channels).permute(2, 0, 1).flip(0)
        small = planes @ self._columns.T
        return (small / 255)[None].contiguous(memory_format=torch.channels_last)

    def _prepare(self, source: Size, size: Size) -> None:
        if self._sizes == (source, size):
            return
        rows, columns = shrink_matrices(source, size)
        self._rows = torch.from_numpy(rows).to(self._device)
        self._columns = torch.from_numpy(columns).to(self._device)
        self._sizes = source, size


def shrink_matrices(source: Size, size: Size) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """(h x H, w x W) float32 whose rows sum to 1: the resize along each side."""
    rows = np.eye(source[0], dtype=np.float32)
    columns = np.eye(source[1], dtype=np.float32)
    for step in (*halvings(source, size), size):
        # OpenCV averages areas only if neither side grows; otherwise it interpolates along both.
        grows = step[0] > len(rows) or step[1] > len(columns)
        rows, columns = (
            _resize_rows(m, n, grows) for m, n in zip((rows, columns), step, strict=True)
        )
    return rows, columns


def _resize_rows(matrix: NDArray[np.float32], count: int, interpolate: bool) -> NDArray[np.float32]:
    """Resize along the rows. Doubling the columns, undone afterwards, forces interpolation."""
    width = matrix.shape[1]
    if not interpolate:
        return cv2.resize(matrix, (width, count), interpolation=cv2.INTER_AREA)  # type: ignore[return-value]
    doubled = cv2.resize(matrix, (2 * width, count), interpolation=cv2.INTER_AREA)
    return np.ascontiguousarray(doubled[:, ::2], dtype=np.float32)
