"""Results of an evaluation, and their CSV, JSON and plain-text forms."""

import csv
import io
import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from statistics import fmean
from typing import Any

from swem_core.errors import DatasetError
from swem_core.eval.metrics import SequenceScore
from swem_core.eval.outputs import write_output
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
    """One object's scores. ``frames``: number of frames scored.

    ``j_frames``, ``f_frames``: J and F of each of them, in order, starting with frame 1.
    """

    object_id: ObjectId
    frames: int
    j: SequenceScore
    f: SequenceScore
    j_frames: tuple[float, ...] = ()
    f_frames: tuple[float, ...] = ()

    @property
    def j_and_f(self) -> float:
        """Mean of J mean and F mean, 0..1: the benchmark's main figure."""
        return (self.j.mean + self.f.mean) / 2


@dataclass(frozen=True, slots=True)
class SequenceResult:
    """The results of a sequence's objects, at least one."""

    name: str
    objects: tuple[ObjectResult, ...]

    @property
    def j_and_f(self) -> float:
        """Mean over its objects, 0..1."""
        return fmean(one.j_and_f for one in self.objects)


@dataclass(frozen=True, slots=True)
class Report:
    """The results of at least one sequence. Every object has the same weight, as in DAVIS.

    ``about``: what was measured (model, date, frames per second, ...), for the JSON file.
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
        """Plain-text rows with ``COLUMNS``, one per object, then one for all."""
        rows = [
            (result.name, str(one.object_id), str(one.frames), *_figures(one.j, one.f, digits))
            for result in self.sequences
            for one in result.objects
        ]
        objects = list(self._objects())
        frames = sum(one.frames for one in objects)
        rows.append(("all", str(len(objects)), str(frames), *_figures(self.j, self.f, digits)))
        return rows

    def by_object(self) -> dict[tuple[str, ObjectId], ObjectResult]:
        """All objects' results by (sequence name, object id)."""
        return {(r.name, one.object_id): one for r in self.sequences for one in r.objects}

    def _objects(self) -> Iterator[ObjectResult]:
        return (one for result in self.sequences for one in result.objects)

    def _average(self, score: Callable[[ObjectResult], SequenceScore]) -> SequenceScore:
        scores = [score(one) for one in self._objects()]
        return SequenceScore(
            mean=fmean(s.mean for s in scores),
            recall=fmean(s.recall for s in scores),
            decay=fmean(s.decay for s in scores),
        )


def common_objects(*reports: Report) -> list[tuple[str, ObjectId]]:
    """(sequence name, object id) of the objects in all reports, in the first one's order."""
    others = [report.by_object() for report in reports[1:]]
    return [key for key in reports[0].by_object() if all(key in other for other in others)]


def write_csv(path: Path, report: Report) -> None:
    """Write the table with headings and six decimals. Raises OutputError."""
    write_rows(path, COLUMNS, report.table(digits=6))


def write_rows(path: Path, columns: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Write a CSV file with headings. Raises OutputError."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows(rows)
    write_output(path, text.getvalue().encode())


def write_json(path: Path, report: Report) -> None:
    """Write the whole report at full precision. Raises OutputError."""
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
    write_output(path, (json.dumps(content, indent=2) + "\n").encode())


def read_json(path: Path) -> Report:
    """Read a report that :func:`write_json` wrote. Raises DatasetError."""
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
