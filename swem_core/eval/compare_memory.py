"""Comparing SWEM's memory with a growing one: J&F, and speed and size frame by frame."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from statistics import fmean, median

import torch

from swem_core.data.davis import DavisSequence as DavisSequence
from swem_core.engine.device import Precision
from swem_core.eval.chart import Line, Panel, save_panels
from swem_core.eval.memory_tracker import Cost, MemoryTracker
from swem_core.eval.report import Report
from swem_core.eval.run import run_sequence
from swem_core.memory.growing import GrowingMemory
from swem_core.memory.protocol import Memory
from swem_core.memory.store import MemoryStore
from swem_core.model.network import SwemNetwork

COLUMNS = (
    "memory",
    "J&F",
    "frames/s",
    "ms, first quarter",
    "ms, last quarter",
    "read ms, last quarter",
    "features at the end",
    "MB at the end",
)


@dataclass(frozen=True, slots=True)
class MemoryKind:
    """A memory to compare. ``every``: see :class:`MemoryTracker`. ``build``: makes an empty memory
    for a network on a device."""

    label: str
    every: int | None
    build: Callable[[SwemNetwork, torch.device], Memory]


@dataclass(frozen=True, slots=True)
class MemoryRun:
    """Results of one memory. ``costs``: of frame 1, 2, ..., each the mean over all sequences that
    are long enough."""

    label: str
    j_and_f: float
    fps: float
    costs: tuple[Cost, ...]

    def row(self) -> tuple[str, ...]:
        """A row of the table with ``COLUMNS``."""
        quarter = max(1, len(self.costs) // 4)
        first, last = self.costs[:quarter], self.costs[-quarter:]
        return (
            self.label,
            f"{100 * self.j_and_f:.1f}",
            f"{self.fps:.1f}",
            f"{median(one.total_ms for one in first):.1f}",
            f"{median(one.total_ms for one in last):.1f}",
            f"{median(one.read_ms for one in last):.1f}",
            str(self.costs[-1].features),
            f"{self.costs[-1].nbytes / 1e6:.2f}",
        )


def memory_kinds(intervals: Sequence[int | None]) -> list[MemoryKind]:
    """SWEM, which learns from every frame, and one growing memory per interval, which learns from
    every n-th frame (None: from the first only)."""
    swem = MemoryKind("SWEM", 1, lambda network, device: MemoryStore(network.memory, device))
    growing = [
        MemoryKind(
            f"every {every}" if every is not None else "first only",
            every,
            lambda network, device: GrowingMemory(network.memory, device),
        )
        for every in intervals
    ]
    return [swem, *growing]


def run_memory(
    kind: MemoryKind,
    network: SwemNetwork,
    clips: Sequence[DavisSequence],
    device: torch.device,
    short_side: int,
    precision: Precision,
    progress: Callable[[], None] = lambda: None,
) -> MemoryRun:
    """Track all sequences with one memory; ``progress`` is called after every frame."""
    tracker = MemoryTracker(
        network,
        partial(kind.build, network, device),
        every=kind.every,
        short_side=short_side,
        precision=precision,
        device=device,
    )
    results, costs = [], []
    for clip in clips:
        results.append(run_sequence(tracker, clip, progress=progress).result)
        costs.append(tracker.costs[1:])  # without the annotated frame, which is not read
    total = sum(cost.total_ms for one in costs for cost in one)
    frames = sum(len(one) for one in costs)
    score = Report(tuple(results)).j_and_f
    return MemoryRun(kind.label, score, 1000 * frames / total, _averaged(costs))


def plot_runs(path: Path, runs: Sequence[MemoryRun]) -> None:
    """Write a PNG of time, readout and features per frame, and J&F over speed. Raises
    OutputError."""

    def over_time(title: str, unit: str, value: Callable[[Cost], float]) -> Panel:
        lines = tuple(
            Line(run.label, tuple((float(n), value(c)) for n, c in enumerate(run.costs, 1)))
            for run in runs
        )
        return Panel(title, "frame", unit, lines)

    quality = tuple(Line(r.label, ((r.fps, 100 * r.j_and_f),), dots=True) for r in runs)
    panels = [
        over_time("time of a frame", "ms", lambda cost: cost.total_ms),
        over_time("of it, reading the memory", "ms", lambda cost: cost.read_ms),
        over_time("stored features per object", "features", lambda cost: float(cost.features)),
        Panel("quality beside speed (see the caveat)", "frames/s", "J&F", quality, (0.0, 100.0)),
    ]
    save_panels(path, panels)


def _averaged(costs: Sequence[Sequence[Cost]]) -> tuple[Cost, ...]:
    averaged = []
    for number in range(max(len(one) for one in costs)):
        there = [one[number] for one in costs if number < len(one)]
        averaged.append(
            Cost(
                fmean(cost.read_ms for cost in there),
                fmean(cost.total_ms for cost in there),
                round(fmean(cost.features for cost in there)),
                round(fmean(cost.nbytes for cost in there)),
            )
        )
    return tuple(averaged)
