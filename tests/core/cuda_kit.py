"""Stand-ins for what only a CUDA card has, and what is checked both with them and on a card."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
import torch
from cat_clip import cats, iou
from torch import Tensor
from torch.utils._python_dispatch import TorchDispatchMode

from swem_core.engine.engine import Engine
from swem_core.engine.graphs import Capture, GraphRunner, Recording, Tensors
from swem_core.engine.result import StepResult
from swem_core.engine.runtime import GraphRuntime, Runtime
from swem_core.engine.shrink import AreaShrink
from swem_core.engine.staging import Staging
from swem_core.types import Image, Size

CPU = torch.device("cpu")


class OnlyRecordable(TorchDispatchMode):
    """Fails on what a CUDA graph cannot hold: reading a value back, and tensors made of numbers."""

    _FORBIDDEN = ("_local_scalar_dense", "nonzero", "masked_select", "scalar_tensor", "lift_fresh")

    def __torch_dispatch__(
        self, func: Any, types: Any, args: Any = (), kwargs: dict[str, Any] | None = None
    ) -> Any:
        name = func._schema.name.removeprefix("aten::")
        assert name not in self._FORBIDDEN, f"{name} cannot be part of a recording"
        return func(*args, **(kwargs or {}))


class RepeatingCapture:
    """Records by repeating the function on the CPU, with all that makes real graphs difficult.

    Outputs stay in place, and a replay spoils the outputs of later recordings, since all share
    their scratch memory.
    """

    def __init__(self) -> None:
        self._recordings: list[Tensors] = []

    def __call__(self, function: Callable[[], Tensors]) -> Recording:
        outputs = tuple(result.clone() for result in function())
        number = len(self._recordings)
        self._recordings.append(outputs)

        def replay() -> None:
            for later in self._recordings[number + 1 :]:
                for output in later:
                    output.fill_(float("nan"))
            for output, result in zip(outputs, function(), strict=True):
                output.copy_(result)

        return Recording(replay, outputs)


@dataclass
class LoggedEvent:
    """An event that knows whether a copy is under way: recorded and not yet waited for."""

    log: list[str] = field(default_factory=list)

    def record(self) -> None:
        self.log.append("record")

    def synchronize(self) -> None:
        self.log.append("wait")


def pageable(nbytes: int) -> Tensor:
    return torch.empty(nbytes, dtype=torch.uint8)


def graph_runtime(new_capture: Callable[[], Capture] = RepeatingCapture) -> GraphRuntime:
    """What a CUDA card gets, on the CPU: only recording and page-locked memory are replaced."""
    return GraphRuntime(CPU, Staging(CPU, pageable, LoggedEvent), GraphRunner(new_capture))


class PlainRuntime(Runtime):
    """The plain way, but shrinking as a card does, whose numbers are not rounded."""

    def picture(self, image: Image, size: Size) -> Tensor:
        return AreaShrink(self.device)(torch.from_numpy(image).to(self.device), size)


def journey(engine: Engine) -> list[StepResult]:
    """A life of a tracker: objects come, are corrected, held and removed; the size changes."""
    scene = cats()
    frames, labels = scene.frames, scene.labels[0]
    third = np.zeros(labels.shape, np.bool_)
    third[150:270, 270:390] = True
    results = [engine.step(frames[0], anchors={7: labels == 1, 3: labels == 2})]
    results += [engine.step(frame) for frame in frames[1:3]]
    results.append(engine.step(frames[3], anchors={5: third}))
    for frame in frames[4:6]:
        results.append(engine.segment(frame))
        engine.memorise(hold={3})
    results.append(engine.step(frames[6], anchors={3: labels == 2}))
    engine.remove([7])
    results.append(engine.step(frames[7]))
    engine.short_side = 160
    return results + [engine.step(frame) for frame in frames[4:8]]


def assert_alike(
    ours: list[StepResult], theirs: list[StepResult], *, logits: float, labels: float
) -> None:
    """``logits``: largest difference. ``labels``: largest share of pixels that differ."""
    for our, their in zip(ours, theirs, strict=True):
        assert our.ids == their.ids and our.inference_size == their.inference_size
        np.testing.assert_allclose(our.logits, their.logits, rtol=0, atol=logits)
        assert (our.labels() != their.labels()).mean() <= labels
        assert our.scores == pytest.approx(their.scores, abs=logits)


def mean_ious(engine: Engine, frames: int = 10) -> list[float]:
    """Of both cats, over some frames after the first."""
    clip = cats()
    engine.step(clip.frames[0], anchors={1: clip.labels[0] == 1, 2: clip.labels[0] == 2})
    found = [engine.step(frame).labels() for frame in clip.frames[1:frames]]
    pairs = list(zip(found, clip.labels[1:], strict=False))
    return [float(np.mean([iou(f == i, t == i) for f, t in pairs])) for i in (1, 2)]


def track_strips(engine: Engine, objects: int) -> Callable[[int], None]:
    """Mark strips of a picture; what is returned tracks them for a number of frames."""
    frames, width = cats().frames, cats().frames[0].shape[1]
    masks = {}
    for number in range(objects):
        mask = np.zeros(frames[0].shape[:2], np.bool_)
        left = number * width // objects
        mask[80:240, left : left + width // (2 * objects)] = True
        masks[number + 1] = mask
    engine.reset()
    engine.step(frames[0], anchors=masks)

    def track(count: int) -> None:
        for index in range(count):
            engine.step(frames[index % len(frames)])

    return track
