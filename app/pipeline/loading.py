"""What the engine thread needs loaded before it can segment, and how it is loaded."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeAlias

import numpy as np
import torch

from app.pipeline.frames import Frame
from app.prompts_file import PromptsFile
from swem_core.data.masks import check_mask, split_objects
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
from swem_core.model.weights import load_click_network, load_network
from swem_core.segment.grabcut import GrabCutPredictor
from swem_core.segment.marking import Marking
from swem_core.segment.predictor import ClickPredictor, MaskPredictor
from swem_core.types import Labels, Mask, ObjectId

_WARM_UP_SIZE = (720, 1280)


@dataclass(frozen=True, slots=True)
class Loaded:
    """A warm engine with its marking tool. ``model``, ``device``: names for people.

    ``threads``: adapts the CPU threads after each step; None where the network is not on the CPU.
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
    """What the command line or the settings say about the engine.

    ``model``: lite, r50. ``device``: auto, cpu, cuda[:n], mps. ``weights``: None for the shipped
    ones. ``short_side``: of the network's input, in pixels. ``precision``: of its convolutions.
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
        where = f"{device_name(device)}, {precision_name(engine.dtype)}"
        threads = CpuThreads(torch.get_num_threads()) if device.type == "cpu" else None
        predictor, problem = marking_tool(lambda: _click_predictor(device))
        return Loaded(engine, predictor, self.model, where, threads, problem)


def marking_tool(load: Callable[[], MaskPredictor]) -> tuple[MaskPredictor, str]:
    """The click network as ``load`` gives it, or else GrabCut and a sentence that says why."""
    try:
        return load(), ""
    except SwemError as error:
        note = "Marking works by colours instead: drag a box around the object, then click."
        return GrabCutPredictor(), f"{error} {note}"


def _click_predictor(device: torch.device) -> ClickPredictor:
    """With an encoder of its own: the engine's may be another network's, or in half precision."""
    return ClickPredictor(load_click_network(), device)


EngineLoader: TypeAlias = Callable[[], Loaded]
InitialMarks: TypeAlias = Callable[[Frame, Loaded], Mapping[ObjectId, Mask]]
"""Masks to track from the first frame on. May raise MaskError, PromptError."""


def marks_from_labels(labels: Labels) -> InitialMarks:
    """Track every object of a label map of the first frame's size."""

    def mark(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
        check_mask(labels, frame.image.shape[:2])
        return split_objects(labels)

    return mark


def marks_from_prompts(prompts: PromptsFile) -> InitialMarks:
    """Track the objects of a prompts file, as a person giving the same prompts would."""

    def mark(frame: Frame, loaded: Loaded) -> Mapping[ObjectId, Mask]:
        marking = Marking(frame.image, loaded.predictor)
        for entry in prompts.scaled_to(frame.image.shape[:2]).objects:
            for prompt in entry.prompts:
                marking.add(entry.object_id, prompt)
        masks = marking.masks()
        for object_id, mask in masks.items():
            check_mask(mask, frame.image.shape[:2], f"What the prompts find of object {object_id}")
        return masks

    return mark


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
