"""Running data sets through the engine as the live pipeline does, and scoring the result."""

import time
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from swem_core.data.davis import DavisSequence
from swem_core.data.masks import split_objects, write_mask
from swem_core.engine.confidence import Presence
from swem_core.engine.result import StepResult
from swem_core.eval.report import SequenceResult
from swem_core.eval.scoring import SequenceScorer
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


class LiveRun:
    """Steps a tracker as the live pipeline does: lost and doubtful objects do not learn.

    Resets the tracker. ``seconds``: spent in :meth:`step` so far, i.e. without reading pictures,
    writing masks and scoring. The paper counts its frames per second like this, but does not
    include shrinking the picture.
    """

    def __init__(self, tracker: Tracker) -> None:
        tracker.reset()
        self._tracker = tracker
        self._presence = Presence()
        self.seconds = 0.0

    def step(
        self,
        image: Image,
        anchors: Mapping[ObjectId, Mask] | None = None,
        *,
        is_last: bool = False,
        wanted: bool = True,
    ) -> Labels | None:
        """HxW labels of one frame, None unless ``wanted``. ``is_last``: do not learn from it."""
        start = time.perf_counter()
        result = self._tracker.segment(image, anchors=anchors)
        self._presence.observe(result)
        if not is_last:
            self._tracker.memorise(hold=self._presence.unsure)
        labels = result.labels() if wanted else None
        self.seconds += time.perf_counter() - start
        return labels


@dataclass(frozen=True, slots=True)
class SequenceRun:
    """One evaluated sequence of ``frames`` frames. ``seconds``: see :class:`LiveRun`."""

    result: SequenceResult
    frames: int
    seconds: float


def run_sequence(
    tracker: Tracker,
    sequence: DavisSequence,
    *,
    masks_to: Path | None = None,
    progress: Callable[[], None] = lambda: None,
) -> SequenceRun:
    """Track all objects of a sequence from their first masks, and score them.

    The first and last frame are not scored, as in DAVIS. ``masks_to``: folder for the predicted
    palette PNGs. ``progress`` is called after every frame. Raises DatasetError if the first frame
    has no object, MaskError.
    """
    run, scorer = LiveRun(tracker), SequenceScorer(sequence)
    if masks_to is not None:
        masks_to.mkdir(parents=True, exist_ok=True)
    first, last = split_objects(sequence.labels(0)), len(sequence) - 1
    for index in range(len(sequence)):
        anchors = first if index == 0 else None
        labels = run.step(sequence.frame(index), anchors, is_last=index == last)
        assert labels is not None
        if masks_to is not None:
            write_mask(masks_to / f"{sequence.frames[index].stem}.png", labels)
        scorer.add(index, labels)
        progress()
    return SequenceRun(scorer.result(), len(sequence), run.seconds)
