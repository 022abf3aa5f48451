"""Running a data set through the engine exactly as live does, and scoring what comes out."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from swem_core.data.davis import Sequence
from swem_core.data.masks import split_objects, write_mask
from swem_core.engine.confidence import Presence
from swem_core.engine.result import StepResult
from swem_core.errors import DatasetError
from swem_core.eval.metrics import boundary_f, region_similarity, summarise
from swem_core.eval.report import ObjectResult, SequenceResult
from swem_core.types import Image, Labels, Mask, ObjectId


class Tracker(Protocol):
    """What is evaluated; see :class:`swem_core.engine.engine.Engine`."""

    def reset(self) -> None:
        """Forget all objects."""
        ...

    def segment(
        self, image: Image, *, anchors: Mapping[ObjectId, Mask] | None = None
    ) -> StepResult:
        """Masks of one frame."""
        ...

    def memorise(self, hold: Collection[ObjectId] = ()) -> dict[str, float]:
        """Learn from the frame segmented last."""
        ...


@dataclass(frozen=True, slots=True)
class SequenceRun:
    """One evaluated sequence. ``seconds``: spent in the engine for all ``frames`` of it,
    loading and scoring excluded, as the paper counts frames per second."""

    result: SequenceResult
    frames: int
    seconds: float


def run_sequence(
    engine: Tracker,
    sequence: Sequence,
    *,
    masks_to: Path | None = None,
    progress: Callable[[], None] = lambda: None,
) -> SequenceRun:
    """Track all objects of a sequence from its first mask and score them.

    The first and last frame are not scored, as in the DAVIS semi-supervised benchmark. ``engine``
    is reset first. ``masks_to``: folder for the predicted palette PNGs. ``progress`` is called
    after every frame. Raises DatasetError if the first frame has no object.
    """
    engine.reset()
    if masks_to is not None:
        masks_to.mkdir(parents=True, exist_ok=True)
    first = sequence.labels(0)
    anchors = split_objects(first)
    if not anchors:
        raise DatasetError(f"The first mask of '{sequence.name}' is empty: nothing to track.")
    scores: dict[ObjectId, list[tuple[float, float]]] = {i: [] for i in anchors}
    presence = Presence()
    seconds, last = 0.0, len(sequence) - 1
    for index in range(len(sequence)):
        image = sequence.frame(index)
        start = time.perf_counter()
        given = anchors if index == 0 else None
        result = engine.segment(image, anchors=given)
        presence.observe(result)
        if index < last:
            engine.memorise(hold=presence.unsure)
        labels = result.labels()
        seconds += time.perf_counter() - start
        if masks_to is not None:
            write_mask(masks_to / f"{index:05d}.png", labels)
        if 0 < index < last:
            _score(labels, sequence.labels(index), scores)
        progress()
    return SequenceRun(_result(sequence.name, scores), len(sequence), seconds)


def _score(
    labels: Labels, truth: Labels, scores: Mapping[ObjectId, list[tuple[float, float]]]
) -> None:
    for object_id, values in scores.items():
        pred, true = labels == object_id, truth == object_id
        values.append((region_similarity(pred, true), boundary_f(pred, true)))


def _result(name: str, scores: Mapping[ObjectId, list[tuple[float, float]]]) -> SequenceResult:
    objects = []
    for object_id, values in scores.items():
        if not values:
            raise DatasetError(f"'{name}' has fewer than three frames: none of them is scored.")
        j, f = zip(*values, strict=True)
        objects.append(ObjectResult(object_id, len(values), summarise(j), summarise(f)))
    return SequenceResult(name, tuple(objects))
