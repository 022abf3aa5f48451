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
from swem_core.eval.report import SequenceResult
from swem_core.eval.scoring import SequenceScorer
from swem_core.types import Image, Mask, ObjectId


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
    """One evaluated sequence. ``seconds``: spent on all ``frames`` of it, the annotated one
    included, without loading, saving and scoring: the paper counts frames per second so. (It does
    not count shrinking the picture, which is in here.)"""

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
    scorer = SequenceScorer(sequence)
    if masks_to is not None:
        masks_to.mkdir(parents=True, exist_ok=True)
    anchors = split_objects(sequence.labels(0))
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
            write_mask(masks_to / f"{sequence.frames[index].stem}.png", labels)
        scorer.add(index, labels)
        progress()
    return SequenceRun(scorer.result(), len(sequence), seconds)
