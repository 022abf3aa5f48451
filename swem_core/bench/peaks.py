"""Measuring the machine's peak speed, to which the networks' speed is compared."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from swem_core.engine.device import synchronise
from swem_core.model.conv import Conv2d

_REPEATS = 7


@dataclass(frozen=True, slots=True)
class Peaks:
    """1e9 multiply-accumulates per second in float32."""

    convolution: float
    matrix: float


@torch.inference_mode()
def measure_peaks(device: torch.device) -> Peaks:
    """The best of some large operations; takes about a second."""
    return Peaks(
        max(_convolution(c, side, device) for c, side in ((128, 96), (256, 64), (512, 32))),
        max(_matrix(side, device) for side in (1024, 2048)),
    )


def _convolution(channels: int, side: int, device: torch.device) -> float:
    """GMAC/s of a direct 3x3 convolution; without ``accelerate()`` it never uses Winograd."""
    conv = Conv2d(channels, channels, 3, padding=1).to(device)
    conv.requires_grad_(False)
    x = torch.rand(1, channels, side, side, device=device)
    x = x.contiguous(memory_format=torch.channels_last)
    conv.to(memory_format=torch.channels_last)  # type: ignore[call-overload]
    return 9 * channels**2 * side**2 / _best_seconds(lambda: conv(x), device) / 1e9


def _matrix(side: int, device: torch.device) -> float:
    a, b = torch.rand(2, side, side, device=device)
    return side**3 / _best_seconds(lambda: a @ b, device) / 1e9


def _best_seconds(work: Callable[[], Tensor], device: torch.device) -> float:
    best = float("inf")
    for _ in range(_REPEATS):
        synchronise(device)
        begin = time.perf_counter()
        work()
        synchronise(device)
        best = min(best, time.perf_counter() - begin)
    return best
