"""``swem-live bench --compare plain``: what the fast path gains, stage by stage."""

import argparse
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import torch
from rich.console import Console
from rich.table import Table
from torch import Tensor

from app.cli.bench.command import clip_frames
from app.cli.results import write_json
from swem_core.bench.compare import PathCost, TimedPath, alternate
from swem_core.bench.peaks import Peaks, measure_peaks
from swem_core.bench.stages import STAGES, FastPath, PlainPath
from swem_core.engine.device import choose_device, device_name, tune_process
from swem_core.engine.preprocess import to_tensor
from swem_core.memory.em import random_kappa
from swem_core.model.fold import for_inference, release_weights
from swem_core.model.network import SwemNetwork
from swem_core.model.seeded import seed_weights
from swem_core.model.weights import NETWORKS, load_weights
from swem_core.resources import shipped, shipped_weights
from swem_core.types import Image, Size

_FRAMES = 10
_MIB = 2**20


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both paths on the same frames, in float32."""

    model: str
    size: Size
    objects: int
    plain: PathCost
    fast: PathCost

    @property
    def gain(self) -> float:
        """How many times faster the fast path is."""
        return self.plain.ms / self.fast.ms


def run(arguments: argparse.Namespace) -> int:
    """Exit code 0 once everything is measured."""
    tune_process()
    console, device = Console(highlight=False), choose_device(arguments.device)
    peaks = measure_peaks(device)
    console.print(
        f"{device_name(device)}, float32. Peaks: convolution {peaks.convolution:.0f} GMAC/s, "
        f"matrices {peaks.matrix:.0f} GMAC/s"
    )
    results = []
    for result in _measure(arguments, device):
        results.append(result)
        console.print(_stage_table(result, peaks))
    console.print(_summary_table(results))
    if arguments.json is not None:
        content = {"peaks_gmac_s": asdict(peaks), "comparisons": [asdict(r) for r in results]}
        write_json(arguments.json, content)
    return 0


def _measure(arguments: argparse.Namespace, device: torch.device) -> Iterator[Comparison]:
    pictures = clip_frames(_FRAMES)
    for model in arguments.models:
        weights = arguments.weights if model == arguments.model else None
        plain = _network(model, weights).to(device)
        fast = for_inference(_network(model, weights)).to(device)
        for size in arguments.sizes:
            for count in arguments.objects:
                yield _compare(plain, fast, pictures, size, count, arguments.seconds, device)


@torch.inference_mode()
def _compare(
    plain: SwemNetwork,
    fast: SwemNetwork,
    pictures: list[Image],
    size: Size,
    objects: int,
    seconds: float,
    device: torch.device,
) -> Comparison:
    frames = [to_tensor(picture, size, device) for picture in pictures]
    masks = _strips(objects, size, device)
    generator = torch.Generator().manual_seed(0)
    kappa = torch.stack([random_kappa(plain.memory, generator) for _ in range(objects)])
    runs = [
        TimedPath(PlainPath(plain), plain, frames),
        TimedPath(FastPath(fast, device), fast, frames),
    ]
    for each in runs:
        each.start(masks, kappa.to(device))
    release_weights(fast)  # as the program does after loading
    alternate(runs, seconds)
    return Comparison(plain.name, size, objects, runs[0].cost(), runs[1].cost())


def _network(model: str, weights: Path | None) -> SwemNetwork:
    """With the weights given or shipped; else seeded ones, on which the time does not depend."""
    network = NETWORKS[model]()
    if weights is None and model in {entry.name for entry in shipped_weights()}:
        weights = shipped(model).path
    if weights is None:
        return seed_weights(network)
    load_weights(network, weights)
    return network.eval().requires_grad_(False)


def _strips(count: int, size: Size, device: torch.device) -> Tensor:
    """(N+1) x H x W one-hot, background first: time does not depend on the objects' shapes."""
    height, width = size
    masks = torch.zeros(count + 1, height, width, device=device)
    for number in range(count):
        left = number * width // count
        strip = slice(left, left + width // (2 * count))
        masks[number + 1, height // 4 : 3 * height // 4, strip] = 1
    masks[0] = 1 - masks[1:].sum(0)
    return masks


def _stage_table(result: Comparison, peaks: Peaks) -> Table:
    table = Table(title=_title(result))
    table.add_column("stage", no_wrap=True)
    columns = ("plain ms", "fast ms", "gain", "plain GMAC", "fast GMAC", "GMAC per s")
    for column in (*columns, "conv. peak", "matmul peak"):
        table.add_column(column, justify="right")
    for stage in STAGES:
        table.add_row(stage, *_cells(result, (stage,), peaks))
    table.add_section()
    table.add_row("step", *_cells(result, STAGES, peaks))
    return table


def _cells(result: Comparison, stages: tuple[str, ...], peaks: Peaks) -> Iterator[str]:
    plain, fast = (sum(p.stage_ms[s] for s in stages) for p in (result.plain, result.fast))
    many, few = (sum(p.stage_gmac[s] for s in stages) for p in (result.plain, result.fast))
    speed = few / fast * 1e3
    yield f"{plain:.1f}"
    yield f"{fast:.1f}"
    yield f"{plain / fast:.2f}"
    yield f"{many:.2f}"
    yield f"{few:.2f}"
    yield f"{speed:.0f}"
    yield f"{100 * speed / peaks.convolution:.0f} %"
    yield f"{100 * speed / peaks.matrix:.0f} %"


def _summary_table(results: list[Comparison]) -> Table:
    table = Table(title="Every frame memorised; MiB of memory at its peak and between steps")
    table.add_column("", no_wrap=True)
    columns = ("plain ms", "fast ms", "fast per s", "gain", "plain peak", "fast peak")
    for column in (*columns, "plain kept", "fast kept"):
        table.add_column(column, justify="right")
    for r in results:
        times = f"{r.plain.ms:.0f}", f"{r.fast.ms:.1f}", f"{1e3 / r.fast.ms:.1f}", f"{r.gain:.2f}"
        sizes = (
            r.plain.peak_bytes,
            r.fast.peak_bytes,
            r.plain.steady_bytes,
            r.fast.steady_bytes,
        )
        table.add_row(_title(r), *times, *(f"{size / _MIB:.0f}" for size in sizes))
    return table


def _title(result: Comparison) -> str:
    return f"{result.model} {result.size[0]}x{result.size[1]} N={result.objects}"
