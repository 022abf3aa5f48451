"""A contact sheet of a run's worst frames."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from swem_core.data.davis import DavisSequence
from swem_core.data.palette import DAVIS_PALETTE
from swem_core.errors import DatasetError
from swem_core.eval.outputs import write_output
from swem_core.eval.report import Report
from swem_core.types import Image, Labels, ObjectId

_COLUMNS, _WIDTH, _CAPTION = 4, 480, 28  # pixels
_APART = 8  # frames between two pictures of the same object
_PER_OBJECT = 3
_TRUTH = (255, 255, 255)


@dataclass(frozen=True, slots=True)
class Failure:
    """A badly segmented frame. ``j``: of this object on it, 0..1."""

    sequence: str
    object_id: ObjectId
    frame: int
    j: float


def worst_frames(report: Report, count: int) -> list[Failure]:
    """The ``count`` frames of lowest J, worst first; only a few per object, and no neighbours."""
    every = [
        Failure(result.name, one.object_id, frame, j)
        for result in report.sequences
        for one in result.objects
        for frame, j in enumerate(one.j_frames, start=1)
    ]
    chosen: list[Failure] = []
    for each in sorted(every, key=lambda failure: failure.j):
        same = [c for c in chosen if (c.sequence, c.object_id) == (each.sequence, each.object_id)]
        apart = all(abs(c.frame - each.frame) >= _APART for c in same)
        if len(same) < _PER_OBJECT and apart and len(chosen) < count:
            chosen.append(each)
    return chosen


def save_gallery(
    path: Path,
    failures: list[Failure],
    sequences: dict[str, DavisSequence],
    masks: Callable[[DavisSequence, int], Labels],
) -> None:
    """Write a PNG: predictions tinted, truth outlined in white.

    ``sequences``: by name. ``masks``: returns the predicted labels of a frame. Raises DatasetError
    if there is nothing to show, OutputError if the file cannot be written.
    """
    if not failures:
        raise DatasetError("No frame was scored, so there is none to show.")
    cells = []
    for failure in failures:
        sequence = sequences[failure.sequence]
        picture = _cell(sequence, failure, masks(sequence, failure.frame))
        cells.append(picture)
    _, encoded = cv2.imencode(".png", _sheet(cells))
    write_output(path, encoded.tobytes())


def _cell(sequence: DavisSequence, failure: Failure, labels: Labels) -> Image:
    image = sequence.frame(failure.frame)
    tint = DAVIS_PALETTE[:, ::-1][labels]
    mixed = np.where(labels[..., None] > 0, image * 0.45 + tint * 0.55, image).astype(np.uint8)
    truth = (sequence.labels(failure.frame) == failure.object_id).astype(np.uint8)
    outline, _ = cv2.findContours(truth, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
    cv2.drawContours(mixed, outline, -1, _TRUTH, max(2, image.shape[1] // 400))
    height = round(_WIDTH * image.shape[0] / image.shape[1])
    small = cv2.resize(mixed, (_WIDTH, height), interpolation=cv2.INTER_AREA)
    caption = np.zeros((_CAPTION, _WIDTH, 3), np.uint8)
    text = f"{failure.sequence} object {failure.object_id} frame {failure.frame}  J {failure.j:.2f}"
    cv2.putText(caption, text, (8, 19), cv2.FONT_HERSHEY_SIMPLEX, 0.5, _TRUTH, 1, cv2.LINE_AA)
    return np.concatenate((small.astype(np.uint8), caption))


def _sheet(cells: list[Image]) -> Image:
    height = max(cell.shape[0] for cell in cells)
    across = min(_COLUMNS, len(cells))
    rows = -(-len(cells) // across)
    sheet = np.zeros((rows * height, across * _WIDTH, 3), np.uint8)
    for index, cell in enumerate(cells):
        top, left = index // across * height, index % across * _WIDTH
        sheet[top : top + cell.shape[0], left : left + _WIDTH] = cell
    return sheet
