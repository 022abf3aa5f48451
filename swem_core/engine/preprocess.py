"""From source pictures and masks to the network's input."""

from typing import TypeVar

import cv2
import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor

from swem_core.model.network import STRIDE
from swem_core.types import Image, Mask, Size

MAX_ASPECT = 8

T = TypeVar("T", np.uint8, np.float32)


def size_of(image: Image) -> Size:
    """Height and width of a picture in pixels."""
    return image.shape[0], image.shape[1]


def inference_size(source: Size, short_side: int, *, enlarge: bool = False) -> Size:
    """Network input (height, width): aspect ratio kept, sides rounded to multiples of 16.

    ``short_side`` in pixels. A smaller source keeps its size unless ``enlarge``.
    """
    height, width = source
    scale = short_side / min(height, width)
    if not enlarge:
        scale = min(1.0, scale)
    return _to_stride(height * scale), _to_stride(width * scale)


def _to_stride(pixels: float) -> int:
    # Two cells at least: a 1-cell grid has no neighbourhood for the 3x3 convolutions.
    return max(2, round(pixels / STRIDE)) * STRIDE


def check_image(image: Image) -> None:
    """Raises ValueError unless ``image`` is HxWx3 uint8 of a usable shape."""
    if image.dtype != np.uint8 or image.ndim != 3 or image.shape[2] != 3:
        raise ValueError(f"An image is HxWx3 uint8 BGR. Got {image.shape} {image.dtype}.")
    height, width = image.shape[:2]
    if min(height, width) < 1 or max(height, width) > MAX_ASPECT * min(height, width):
        raise ValueError(
            f"An image's sides may differ by a factor of {MAX_ASPECT}. Got {image.shape}."
        )


def to_tensor(image: Image, size: Size, device: torch.device) -> Tensor:
    """HxWx3 uint8 BGR -> 1 x 3 x h x w float RGB in [0, 1], channels-last, on ``device``.

    Shrinks by area averaging (what the ``lite`` weights were measured with).
    """
    small = shrink(image, size)
    rgb = torch.from_numpy(cv2.cvtColor(small, cv2.COLOR_BGR2RGB)).to(device)
    return rgb.permute(2, 0, 1)[None].to(torch.float32).div_(255)


def mask_to_tensor(mask: Mask, size: Size, device: torch.device) -> Tensor:
    """HxW bool -> h x w float coverage in [0, 1]."""
    small = shrink(mask.astype(np.float32), size)
    return torch.from_numpy(small).to(device)


def shrink(array: NDArray[T], size: Size) -> NDArray[T]:
    """HxW or HxWxc -> the same at ``size`` by area averaging."""
    for half in halvings((array.shape[0], array.shape[1]), size):
        array = cv2.resize(array, half[::-1], interpolation=cv2.INTER_AREA)  # type: ignore[assignment]
    if array.shape[:2] == size:
        return array
    return cv2.resize(array, size[::-1], interpolation=cv2.INTER_AREA)  # type: ignore[return-value]


def halvings(source: Size, size: Size) -> list[Size]:
    """Sizes on the way from ``source`` to ``size``, each half the one before.

    Exact halving has a fast path in OpenCV: for 720p twice as fast as one step, with the same mean.
    """
    height, width = source
    steps: list[Size] = []
    while height >= 2 * size[0] and width >= 2 * size[1]:
        height, width = height // 2, width // 2
        steps.append((height, width))
    return steps
