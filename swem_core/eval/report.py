"""The result of an evaluation, and its CSV, JSON and plain-text forms."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from swem_core.data.files import write_atomic
from swem_core.errors import DatasetError
from swem_core.eval.metrics import SequenceScore
from swem_core.types import ObjectId

COLUMNS = (
    "sequence",
    "object",
    "frames",
    "J&F",
    "J mean",
    "J recall",
    "J decay",
    "F mean",
    "F recall",
    "F decay",
)
"""Headings of the rows of :meth:`Report.table` and of the CSV file."""


@dataclass(frozen=True, slots=True)
class ObjectResult:
    """One object's scores over the ``frames`` frames scored.

    ``j_frames``, ``f_frames``: J and F of each of them, in order (the first is frame 1).
    """

    object_id: ObjectId
    frames: int
    j: SequenceScore
    f: SequenceScore
    j_frames: tuple[float, ...] = ()
    f_frames: tuple[float, ...] = ()

    @property
    def j_and_f(self) -> float:
        """Mean of the two means, 0..1: the benchmark's headline figure."""
        return (self.j.mean + self.f.mean) / 2


@dataclass(frozen=True, slots=True)
class SequenceResult:
    """All objects of one sequence; at least one."""

    name: str
    objects: tuple[ObjectResult, ...]

    @property
    def j_and_f(self) -> float:
        """Mean over its objects, 0..1."""
        return fmean(one.j_and_f for one in self.objects)


@dataclass(frozen=True, slots=True)
class Report:
    """An evaluated subset; at least one sequence. Every object weighs the same, as in DAVIS.

    ``about``: what was measured (model, date, frames per second ...), for the JSON file.
    """

    sequences: tuple[SequenceResult, ...]
    about: Mapping[str, str | float] = field(default_factory=dict)

    @property
    def j(self) -> SequenceScore:
        """Mean, recall and decay of J, averaged over all objects."""
        return self._average(lambda one: one.j)

    @property
    def f(self) -> SequenceScore:
        """Mean, recall and decay of F, averaged over all objects."""
        return self._average(lambda one: one.f)

    @property
    def j_and_f(self) -> float:
        """Mean of J mean and F mean, 0..1."""
        return (self.j.mean + self.f.mean) / 2

    def table(self, digits: int = 3) -> list[tuple[str, ...]]:
        """Plain-text rows under ``COLUMNS``, one per object, then one for the whole."""
        rows = [
            (result.name, str(one.object_id), str(one.frames), *_figures(one.j, one.f, digits))
            for result in self.sequences
            for one in result.objects
        ]
        objects = list(self._objects())
        frames = sum(one.frames for one in objects)
        rows.append(("all", str(len(objects)), str(frames), *_figures(self.j, self.f, digits)))
        return rows

    def _objects(self) -> Iterator[ObjectResult]:
        return (one for result in self.sequences for one in result.objects)

    def _average(self, score: Callable[[ObjectResult], SequenceScore]) -> SequenceScore:
        scores = [score(one) for one in self._objects()]
        return SequenceScore(
            mean=fmean(s.mean for s in scores),
            recall=fmean(s.recall for s in scores),
            decay=fmean(s.decay for s in scores),
        )


def write_csv(path: Path, report: Report) -> None:
    """The table with headings, six decimals; the last row is the whole. Raises DatasetError."""
    write_rows(path, COLUMNS, report.table(digits=6))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """A CSV file with headings. Raises DatasetError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    _write(path, text.getvalue())


def write_json(path: Path, report: Report) -> None:
    """Everything, at full precision. Raises DatasetError."""
    summary = {"j_and_f": report.j_and_f, "j": asdict(report.j), "f": asdict(report.f)}
    sequences = [
        {
            "name": result.name,
            "j_and_f": result.j_and_f,
            "objects": [{**asdict(one), "j_and_f": one.j_and_f} for one in result.objects],
        }
        for result in report.sequences
    ]
    content = {"about": dict(report.about), "summary": summary, "sequences": sequences}
    _write(path, json.dumps(content, indent=2) + "\n")


def read_json(path: Path) -> Report:
    """What :func:`write_json` wrote. Raises DatasetError."""
    try:
        content = json.loads(path.read_text("utf-8"))
        sequences = tuple(
            SequenceResult(one["name"], tuple(_object(each) for each in one["objects"]))
            for one in content["sequences"]
        )
        return Report(sequences, content["about"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise DatasetError(
            f"{path} cannot be read as results ({error}). Make it with swem-live eval --json."
        ) from error


def _object(content: dict[str, Any]) -> ObjectResult:
    return ObjectResult(
        int(content["object_id"]),
        int(content["frames"]),
        SequenceScore(**content["j"]),
        SequenceScore(**content["f"]),
        tuple(content.get("j_frames", ())),
        tuple(content.get("f_frames", ())),
    )


def _figures(j: SequenceScore, f: SequenceScore, digits: int) -> tuple[str, ...]:
    values = (j.mean, j.recall, j.decay, f.mean, f.recall, f.decay)
    return tuple(f"{value:.{digits}f}" for value in ((j.mean + f.mean) / 2, *values))


def _write(path: Path, text: str) -> None:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, text.encode())
    except OSError as error:
        raise DatasetError(
            f"The results cannot be written to {path} ({error.strerror or error}). "
            "Choose a folder that may be written to and has space."
        ) from error
