"""What this machine can do at most, measured: the yardstick for the networks' own speed."""

import time
from collections.abc import Callable
from dataclasses import dataclass

import torch
from torch import Tensor

from swem_core.model.conv import Conv2d

_REPEATS = 7


@dataclass(frozen=True, slots=True)
class Peaks:
    """Products and sums (MAC) per second, in units of 1e9, in float32."""

    convolution: float
    matrix: float


@torch.inference_mode()
def measure_peaks(device: torch.device) -> Peaks:
    """Best of some large operations; takes about a second."""
    return Peaks(
        max(_convolution(c, side, device) for c, side in ((128, 96), (256, 64), (512, 32))),
        max(_matrix(side, device) for side in (1024, 2048)),
    )


def _convolution(channels: int, side: int, device: torch.device) -> float:
    """A direct 3x3 convolution: not told to accelerate, it never takes Winograd's form."""
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


def synchronise(device: torch.device) -> None:
    """Wait for a GPU to finish what was started."""
    if device.type == "cuda":
        torch.cuda.synchronize(device)
    elif device.type == "mps":
        torch.mps.synchronize()
