"""Scoring the masks of a sequence as the DAVIS 2017 evaluation code does, whoever made them.

The first and last frame are not scored. Void pixels of the truth count as background. Every object
of the first annotation is scored on every other frame, even where it is hidden (1 if the predicted
mask is empty, too). Ids that are not in the first annotation are ignored.
"""

from collections.abc import Callable
from pathlib import Path

import numpy as np

from swem_core.data.davis import DavisSequence
from swem_core.data.masks import read_mask
from swem_core.errors import DatasetError
from swem_core.eval.metrics import boundary_f, region_similarity, summarise
from swem_core.eval.report import ObjectResult, SequenceResult
from swem_core.types import Labels, ObjectId


class SequenceScorer:
    """Scores a sequence's masks frame by frame.

    Raises DatasetError if the first annotation has no object, or no frame can be scored.
    """

    def __init__(self, sequence: DavisSequence) -> None:
        self._sequence = sequence
        first = sequence.labels(0)
        self._curves: dict[ObjectId, list[tuple[float, float]]] = {
            int(i): [] for i in np.unique(first) if i
        }
        if not self._curves:
            raise DatasetError(f"The first mask of '{sequence.name}' is empty: nothing to track.")
        if len(sequence) < 3:
            raise DatasetError(
                f"'{sequence.name}' has fewer than three frames: none of them is scored."
            )

    def scores(self, index: int) -> bool:
        """Whether this frame is scored."""
        return 0 < index < len(self._sequence) - 1

    def add(self, index: int, labels: Labels) -> None:
        """Score the predicted HxW labels of frame ``index``. Call it in order; frames that are not
        scored are ignored. Raises MaskError if they do not have the truth's size.
        """
        if not self.scores(index):
            return
        truth = self._sequence.labels(index)
        for object_id, values in self._curves.items():
            pred, true = labels == object_id, truth == object_id
            values.append((region_similarity(pred, true), boundary_f(pred, true)))

    def result(self) -> SequenceResult:
        """The result, after all frames have been added."""
        objects = []
        for object_id, values in self._curves.items():
            j, f = zip(*values, strict=True)
            summary = summarise(j), summarise(f)
            objects.append(ObjectResult(object_id, len(values), *summary, j_frames=j, f_frames=f))
        return SequenceResult(self._sequence.name, tuple(objects))


def saved_masks(folder: Path, sequence: DavisSequence, index: int) -> Labels:
    """Read ``folder/<sequence>/<frame>.png``, written by any program.

    Raises DatasetError if it is missing, MaskError if it cannot be read.
    """
    path = folder / sequence.name / f"{sequence.frames[index].stem}.png"
    if not path.is_file():
        raise DatasetError(
            f"The mask {path} is missing. Give the folder that holds one folder of PNGs per "
            "sequence, named like the frames."
        )
    labels = read_mask(path)
    return (labels > 0).astype(np.uint8) if sequence.single_object else labels


def score_saved(
    folder: Path, sequence: DavisSequence, progress: Callable[[], None] = lambda: None
) -> SequenceResult:
    """Score the saved PNGs of a sequence. ``progress`` is called after every frame.

    Raises DatasetError, MaskError.
    """
    scorer = SequenceScorer(sequence)
    for index in range(len(sequence)):
        if scorer.scores(index):
            scorer.add(index, saved_masks(folder, sequence, index))
        progress()
    return scorer.result()
