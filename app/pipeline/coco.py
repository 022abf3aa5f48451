"""Masks of a recording as one COCO JSON file, written so that a crash loses nothing.

While recording, every frame is a line of ``name.jsonl``. When it ends, ``name.json`` is made of the
lines, at constant memory however long they are. After a crash the same can be done later.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, TypeAlias

from app.errors import RecorderError
from app.pipeline.disk import explain, free_path, make_folder
from app.pipeline.recording import RecordFrame, Shot
from swem_core.data.rle import box_and_area, pack_counts, runs
from swem_core.types import ObjectId

LINES_SUFFIX: Final = ".jsonl"
_INFO: Final = {"description": "Masks recorded by swem-live", "version": "1.0"}

_Line: TypeAlias = dict[str, Any]
"""{"image": {...}, "annotations": [...]} of a frame, or {"category": {...}}."""


class CocoWriter:
    """COCO's "object detection" layout: images, annotations with RLE, categories = the objects.

    Beyond COCO's own fields an image has ``frame`` (number in the source), ``seconds`` (in the
    recording) and ``source_seconds`` (in the source file, else null), an annotation ``score``
    (0..1). Thread: one at a time.
    """

    def __init__(self, path: Path) -> None:
        """Begin ``path`` (.json). What a crash left under this name is completed first."""
        make_folder(path.parent)
        lines = path.with_suffix(LINES_SUFFIX)
        if lines.exists():
            assemble(lines)
        self.path = free_path(path)
        self._lines = self.path.with_suffix(LINES_SUFFIX)
        self._names: dict[ObjectId, str] = {}
        self._annotations = 0
        self._origin: float | None = None
        try:
            self._file = self._lines.open("x", encoding="ascii")
        except OSError as error:
            raise RecorderError(explain(error, self._lines)) from error

    @property
    def bytes(self) -> int:
        """Size so far."""
        target = self.path if self._file.closed else self._lines
        return target.stat().st_size if target.exists() else 0

    def write(self, shot: Shot) -> bool:
        """Add a frame, with or without objects on it. Raises RecorderError."""
        frame = shot.frame
        if self._origin is None:
            self._origin = frame.seconds
        annotations = list(self._annotated(shot))
        height, width = frame.picture.shape[:2]
        image = {
            "id": frame.index + 1,
            "file_name": f"{frame.index:05d}.png",
            "width": width,
            "height": height,
            "frame": frame.index,
            "seconds": round(frame.seconds - self._origin, 6),
            "source_seconds": None if frame.file_s is None else round(frame.file_s, 6),
        }
        self._put({"image": image, "annotations": annotations})
        return True

    def close(self) -> None:
        """Make the JSON file of the lines. Repeated calls do nothing. Raises RecorderError."""
        if self._file.closed:
            return
        try:
            self._file.close()
        except OSError as error:
            raise RecorderError(explain(error, self._lines)) from error
        assemble(self._lines)

    def _annotated(self, shot: Shot) -> Iterator[_Line]:
        frame, labels = shot.frame, shot.labels
        if frame.result is None or labels is None:
            return
        for object_id in frame.result.ids:
            self._name(frame, object_id)
            mask_runs = runs(labels == object_id)
            box, area = box_and_area(mask_runs, labels.shape)
            if area == 0:
                continue
            self._annotations += 1
            yield {
                "id": self._annotations,
                "image_id": frame.index + 1,
                "category_id": object_id,
                "iscrowd": 0,
                "area": area,
                "bbox": box,
                "score": round(float(frame.result.scores.get(object_id, 1.0)), 4),
                "segmentation": {"size": list(labels.shape), "counts": pack_counts(mask_runs)},
            }

    def _name(self, frame: RecordFrame, object_id: ObjectId) -> None:
        name = frame.style.of(object_id).name
        if self._names.get(object_id) != name:
            self._names[object_id] = name
            self._put({"category": {"id": object_id, "name": name}})

    def _put(self, line: _Line) -> None:
        try:
            self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
            self._file.flush()  # into the system's hands, which outlive this program's
        except OSError as error:
            raise RecorderError(explain(error, self._lines)) from error


def assemble(lines: Path) -> Path:
    """Make ``name.json`` of ``name.jsonl`` and delete the latter; the path made.

    A last line that a crash cut off is left out. An existing JSON file is never overwritten.
    Raises RecorderError. Thread: any.
    """
    target = free_path(lines.with_suffix(".json"))
    beside = target.with_name(f".{target.name}.tmp")
    try:
        with beside.open("x", encoding="ascii") as out:
            _write_json(lines, out)
        beside.replace(target)
        lines.unlink()
    except OSError as error:
        raise RecorderError(explain(error, target)) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _write_json(lines: Path, out: IO[str]) -> None:
    names: dict[ObjectId, str] = {}
    out.write(f'{{"info":{json.dumps(_INFO)},\n"images":[')
    _write_list(out, (line["image"] for line in _frames(lines, names)))
    out.write('],\n"annotations":[')
    _write_list(out, (each for line in _frames(lines, names) for each in line["annotations"]))
    out.write('],\n"categories":[')
    _write_list(out, ({"id": i, "name": name} for i, name in sorted(names.items())))
    out.write("]}\n")


def _write_list(out: IO[str], items: Iterator[_Line]) -> None:
    for number, item in enumerate(items):
        out.write((",\n" if number else "\n") + json.dumps(item, separators=(",", ":")))


def _frames(lines: Path, names: dict[ObjectId, str]) -> Iterator[_Line]:
    """The frames' lines; a frame that was given twice (marked while it stood still) only once."""
    held: _Line | None = None
    for line in _parsed(lines):
        if "category" in line:
            names[line["category"]["id"]] = line["category"]["name"]
            continue
        if held is not None and held["image"]["id"] != line["image"]["id"]:
            yield held
        held = line
    if held is not None:
        yield held


def _parsed(lines: Path) -> Iterator[_Line]:
    with lines.open(encoding="ascii", errors="replace") as file:
        for text in file:
            try:
                yield json.loads(text)
            except ValueError:
                return  # cut off in the middle
