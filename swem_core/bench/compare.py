"""Comparing the fast path with the plain one: time and operations per stage, and memory."""

import json
import math
import os
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import cycle
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.profiler import ProfilerActivity, profile
from torch.utils.flop_counter import FlopCounterMode

from swem_core.bench.stages import STAGES, StagedPath
from swem_core.engine.device import synchronise
from swem_core.model.conv import Conv2d

_WARM_UP_STEPS = 2  # only from the second on are both banks in use
_FEWEST_STEPS = 3
_FUSED_ARGUMENTS = 10  # of torch's fused convolution; with a sum it has 13


@dataclass(frozen=True, slots=True)
class PathCost:
    """The cost of one path's step.

    ``stage_ms``: median per stage. ``stage_gmac``: 1e9 multiply-accumulates per stage, of
    convolutions and matrix products as executed, so fewer with Winograd. ``steady_bytes``: weights
    in all forms kept, and the memory's banks. ``peak_bytes``: most in use at once during a step (on
    CPU and CUDA).
    """

    stage_ms: dict[str, float]
    stage_gmac: dict[str, float]
    steady_bytes: int
    peak_bytes: int

    @property
    def ms(self) -> float:
        """Milliseconds of a whole step."""
        return sum(self.stage_ms.values())


class TimedPath:
    """A path and its timings over the frames, which repeat."""

    def __init__(self, path: StagedPath, network: nn.Module, frames: Sequence[Tensor]) -> None:
        self._path, self._network = path, network
        self._device = frames[0].device
        self._frames = cycle(frames)
        self._samples: list[list[float]] = []

    def start(self, masks: Tensor, kappa: Tensor) -> None:
        """Mark the objects on the first frame and warm up; see :meth:`StagedPath.start`."""
        self._path.start(next(self._frames), masks, kappa)
        for _ in range(_WARM_UP_STEPS):
            self.time_step()
        self._samples.clear()

    def time_step(self) -> None:
        """Run one step and time its stages."""
        laps = []
        synchronise(self._device)
        last = time.perf_counter()
        for _ in self._path.step(next(self._frames)):
            synchronise(self._device)
            now = time.perf_counter()
            laps.append(1e3 * (now - last))
            last = now
        self._samples.append(laps)

    def cost(self) -> PathCost:
        """The timings so far; runs two more steps to count operations and bytes."""
        medians = np.median(self._samples, 0).tolist()
        steady = _weight_bytes(self._network) + self._path.state_bytes
        return PathCost(
            dict(zip(STAGES, medians, strict=True)),
            self._count_gmac(),
            steady,
            steady + self._count_working_bytes(),
        )

    def _count_gmac(self) -> dict[str, float]:
        counted, last = {}, 0
        with FlopCounterMode(display=False, custom_mapping=_fused_convolutions()) as counter:
            for stage in self._path.step(next(self._frames)):
                total = counter.get_total_flops()
                counted[stage], last = (total - last) / 2e9, total
        return counted

    def _count_working_bytes(self) -> int:
        """Most bytes that a step allocates on top of those before it."""
        if self._device.type == "cuda":
            torch.cuda.reset_peak_memory_stats(self._device)
            before = torch.cuda.memory_allocated(self._device)
            self.time_step()
            return torch.cuda.max_memory_allocated(self._device) - before
        with (
            _silent_stderr(),
            profile(activities=[ProfilerActivity.CPU], profile_memory=True) as recorded,
        ):
            self.time_step()
        with tempfile.TemporaryDirectory() as folder:
            trace = Path(folder) / "trace.json"
            recorded.export_chrome_trace(str(trace))
            events = json.loads(trace.read_text("utf-8"))["traceEvents"]
        return _peak(event["args"]["Bytes"] for event in events if event["name"] == "[memory]")


def alternate(runs: Sequence[TimedPath], seconds: float) -> None:
    """Time the runs in turn, so that changes of the machine's speed affect all of them."""
    end = time.perf_counter() + seconds
    for count in range(10_000):
        if count >= _FEWEST_STEPS and time.perf_counter() > end:
            return
        for run in runs:
            run.time_step()


@contextmanager
def _silent_stderr() -> Iterator[None]:
    """Silence the profiler, whose native part writes to the file descriptor directly."""
    kept = os.dup(2)
    with Path(os.devnull).open("w") as nowhere:
        os.dup2(nowhere.fileno(), 2)
    try:
        yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _peak(changes: Iterable[int]) -> int:
    total = highest = 0
    for change in changes:
        total += change
        highest = max(highest, total)
    return highest


def _weight_bytes(network: nn.Module) -> int:
    tensors = (*network.parameters(), *network.buffers())
    prepared = sum(m.prepared_bytes for m in network.modules() if isinstance(m, Conv2d))
    return prepared + sum(t.numel() * t.element_size() for t in tensors)


def _fused_flops(*shapes: Sequence[int], out_shape: Sequence[int]) -> int:
    """Arguments are (x, weight, bias, padding, ...) or (x, add, weight, bias, padding, ...)."""
    weight = shapes[2] if len(shapes) > _FUSED_ARGUMENTS else shapes[1]
    return 2 * math.prod(weight) * out_shape[0] * out_shape[2] * out_shape[3]


def _fused_convolutions() -> dict[object, Callable[..., int]]:
    """Operation counts of torch's fused convolutions, which FlopCounterMode does not know."""
    operation = getattr(torch.ops.mkldnn, "_convolution_pointwise", None)
    return {} if operation is None else {operation: _fused_flops}
