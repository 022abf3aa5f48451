"""The engine as a command line or the settings ask for it: how it is loaded and warmed up."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch

from swem_core.engine.cpu_threads import CpuThreads
from swem_core.engine.device import (
    Precision,
    choose_device,
    device_name,
    precision_name,
    tune_device,
    tune_process,
)
from swem_core.engine.engine import Engine, EngineConfig
from swem_core.errors import SwemError
from swem_core.freed_memory import release_freed_memory
from swem_core.model.fold import release_weights
from swem_core.model.weights import load_click_network, load_network
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.predictor import ClickPredictor, MaskPredictor

_WARM_UP_SIZE = (720, 1280)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A warm engine and its marking tool. ``model``, ``device``: names for people.

    ``threads``: adapts the number of CPU threads after each step; None off the CPU.
    ``problem``: why the marking tool is not the click network, for a Notice; "" if it is.
    """

    engine: Engine
    predictor: MaskPredictor | None
    model: str
    device: str
    threads: CpuThreads | None = None
    problem: str = ""


@dataclass(frozen=True, slots=True)
class EngineChoice:
    """Which engine is wanted.

    ``model``: lite or r50. ``device``: auto, cpu, cuda[:n] or mps. ``weights``: None for the ones
    that ship. ``short_side``: of the network's input, pixels. ``precision``: of its convolutions.
    """

    model: str = "lite"
    device: str = "auto"
    weights: Path | None = None
    short_side: int = 240
    precision: Precision = "auto"

    def load(self) -> Loaded:
        """Load and warm up; takes a second or more. Raises WeightsError, DeviceError."""
        tune_process()
        device = choose_device(self.device)
        tune_device(device)
        config = EngineConfig(short_side=self.short_side, precision=self.precision)
        engine = Engine(load_network(self.model, self.weights), config, device=device)
        _warm_up(engine)
        release_weights(engine.network)
        release_freed_memory()
        where = f"{device_name(device)}, {precision_name(engine.dtype)}"
        threads = CpuThreads(torch.get_num_threads()) if device.type == "cpu" else None
        predictor, problem = marking_tool(lambda: _click_predictor(device))
        return Loaded(engine, predictor, self.model, where, threads, problem)


def marking_tool(load: Callable[[], MaskPredictor]) -> tuple[MaskPredictor, str]:
    """The click network that ``load`` gives, or GrabCut and a sentence that says why."""
    try:
        return load(), ""
    except SwemError as error:
        note = "Objects are marked by colour instead: drag a box around the object, then click."
        return GrabCutPredictor(), f"{error} {note}"


def _click_predictor(device: torch.device) -> ClickPredictor:
    """With an encoder of its own: the engine's may be another network's, or in half precision."""
    return ClickPredictor(load_click_network(), device)


EngineLoader: TypeAlias = Callable[[], Loaded]
"""Loads the engine; takes a second or more. Raises WeightsError, DeviceError."""


def _warm_up(engine: Engine) -> None:
    """Run every code path once, so that the first real frame is as fast as the rest.

    On a CUDA card this also records the graphs for one object in a wide picture.
    """
    image = np.zeros((*_WARM_UP_SIZE, 3), np.uint8)
    mask = np.zeros(_WARM_UP_SIZE, np.bool_)
    mask[200:400, 400:800] = True
    engine.step(image, anchors={1: mask})
    for _ in range(2):
        engine.step(image)
    engine.reset()
