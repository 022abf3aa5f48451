"""Stand-ins for what only a CUDA card has, and what is checked both with them and on a card."""

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
import torch
from cat_clip import cats
from torch import Tensor

from swem_core.engine.engine import Engine
from swem_core.engine.graphs import Capture, GraphRunner, Recording, Tensors
from swem_core.engine.result import StepResult
from swem_core.engine.runtime import GraphRuntime, Runtime
from swem_core.engine.shrink import AreaShrink
from swem_core.engine.staging import Staging
from swem_core.types import Image, Size

CPU = torch.device("cpu")


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
    """The plain way on the CPU, but shrinking as a card does, whose numbers are not rounded."""

    def picture(self, image: Image, size: Size) -> Tensor:
        return AreaShrink(CPU)(torch.from_numpy(image), size)


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
