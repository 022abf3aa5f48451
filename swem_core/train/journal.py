"""The log of a training run: JSON lines, pictures of predictions, TensorBoard if installed."""

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import cv2
import numpy as np

from swem_core.data.files import write_atomic
from swem_core.types import Image


@dataclass(frozen=True, slots=True)
class TrainingStats:
    """One line of the log: means over the steps since the previous one.

    ``step``: steps done. ``progress``: 0..1. ``minutes``: trained. ``loss``: total. ``entropy``:
    cross-entropy part. ``iou``: soft IoU of the objects, 0..1. ``rate``: learning rate.
    ``gradient``: norm before clipping. ``waiting``: share of time spent waiting for data, 0..1.
    """

    step: int
    progress: float
    minutes: float
    loss: float
    entropy: float
    iou: float
    rate: float
    gradient: float
    clips_per_second: float
    waiting: float


class _Board(Protocol):
    """What is used of ``torch.utils.tensorboard.SummaryWriter``, which has no types."""

    def add_scalar(self, tag: str, scalar_value: float, global_step: int) -> None: ...
    def add_image(
        self, tag: str, img_tensor: Image, global_step: int, *, dataformats: str
    ) -> None: ...
    def close(self) -> None: ...


class Journal:
    """Writes ``log.jsonl``, ``predictions.png`` and ``tensorboard/`` into ``folder``.

    ``first_step``: steps done before; lines of later steps, which are about to be repeated after a
    crash, are dropped. Thread: the trainer's.
    """

    def __init__(self, folder: Path, first_step: int) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        kept = _lines_before(folder / "log.jsonl", first_step)
        write_atomic(folder / "log.jsonl", "".join(kept).encode())
        self._lines = (folder / "log.jsonl").open("a", encoding="utf-8")
        self._board = _board(folder / "tensorboard", first_step)

    @property
    def has_board(self) -> bool:
        """Whether TensorBoard is installed."""
        return self._board is not None

    def report(self, report: TrainingStats) -> None:
        """Log the statistics of some steps."""
        self._line(asdict(report))
        self._scalars("train", asdict(report), report.step)

    def validation(self, step: int, scores: Mapping[str, float]) -> None:
        """Log J, F and their mean on the validation set, 0..1."""
        self._line({"step": step, **scores})
        self._scalars("validation", scores, step)

    def picture(self, step: int, sheet: Image) -> None:
        """Write a picture of predictions beside the truth (BGR)."""
        _, data = cv2.imencode(".png", sheet)
        write_atomic(self._folder / "predictions.png", data.tobytes())
        if self._board is not None:
            rgb = np.ascontiguousarray(sheet[..., ::-1])
            self._board.add_image("predictions", rgb, step, dataformats="HWC")

    def close(self) -> None:
        """Flush and close all files."""
        self._lines.close()
        if self._board is not None:
            self._board.close()

    def _line(self, content: Mapping[str, Any]) -> None:
        rounded = {k: float(f"{v:.5g}") if isinstance(v, float) else v for k, v in content.items()}
        self._lines.write(json.dumps(rounded) + "\n")
        self._lines.flush()

    def _scalars(self, group: str, values: Mapping[str, float], step: int) -> None:
        if self._board is not None:
            for name, value in values.items():
                if name != "step":
                    self._board.add_scalar(f"{group}/{name}", value, step)


def _lines_before(path: Path, step: int) -> list[str]:
    if not path.is_file() or step == 0:
        return []
    kept = []
    for line in path.read_text("utf-8").splitlines():
        try:
            earlier = json.loads(line)["step"] <= step
        except (ValueError, KeyError):  # cut off by a crash
            continue
        if earlier:
            kept.append(line + "\n")
    return kept


def _board(folder: Path, first_step: int) -> _Board | None:
    try:
        from torch.utils.tensorboard import SummaryWriter
    except ImportError:
        return None
    board: _Board = SummaryWriter(str(folder), purge_step=first_step or None)
    return board
