"""Masks of a recording as one COCO JSON file, written so that a crash loses nothing.

While recording, every frame is a line of ``name.jsonl``. When it ends, ``name.json`` is made of the
lines, at constant memory however long they are. After a crash the same can be done later.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any, Final, TypeAlias, cast

from app.errors import RecorderError
from app.pipeline.disk import explain, free_path, make_folder
from app.pipeline.recording.shot import Shot
from swem_core.data.rle import box_and_area, pack_counts, runs
from swem_core.types import ObjectId

LINES_SUFFIX: Final = ".jsonl"
_INFO: Final = {"description": "Masks recorded by swem-live", "version": "1.0"}

Line: TypeAlias = dict[str, Any]
"""{"image", "annotations", "names"} of a frame; in the file also {"category"} lines."""


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
        self.write_line(line_of(shot))
        return True

    def write_line(self, line: Line) -> None:
        """Add a frame that :func:`line_of` made before. Raises RecorderError."""
        for object_id, name in line["names"].items():
            self._name(int(object_id), name)
        image = line["image"]
        if self._origin is None:
            self._origin = image["seconds"]
        image = {**image, "seconds": round(image["seconds"] - self._origin, 6)}
        numbers = range(self._annotations + 1, self._annotations + 1 + len(line["annotations"]))
        self._annotations += len(line["annotations"])
        annotations = [
            {"id": number, **each}
            for number, each in zip(numbers, line["annotations"], strict=True)
        ]
        self._put({"image": image, "annotations": annotations})

    def close(self) -> None:
        """Make the JSON file of the lines. Repeated calls do nothing. Raises RecorderError."""
        if self._file.closed:
            return
        try:
            self._file.close()
        except OSError as error:
            raise RecorderError(explain(error, self._lines)) from error
        assemble(self._lines)

    def _name(self, object_id: ObjectId, name: str) -> None:
        if self._names.get(object_id) != name:
            self._names[object_id] = name
            self._put({"category": {"id": object_id, "name": name}})

    def _put(self, line: Line) -> None:
        try:
            self._file.write(json.dumps(line, separators=(",", ":")) + "\n")
            self._file.flush()  # into the system's hands, which outlive this program's
        except OSError as error:
            raise RecorderError(explain(error, self._lines)) from error


def line_of(shot: Shot) -> Line:
    """A frame as COCO describes it; its annotations have no ids yet. Thread: any."""
    frame = shot.frame
    height, width = frame.picture.shape[:2]
    ids = frame.result.ids if frame.result is not None else ()
    return {
        "image": {
            "id": frame.index + 1,
            "file_name": f"{frame.index:05d}.png",
            "width": width,
            "height": height,
            "frame": frame.index,
            "seconds": frame.seconds,
            "source_seconds": None if frame.file_s is None else round(frame.file_s, 6),
        },
        "annotations": list(_annotations(shot)),
        "names": {str(i): frame.style.of(i).name for i in ids},
    }


def _annotations(shot: Shot) -> Iterator[Line]:
    frame, labels = shot.frame, shot.labels
    if frame.result is None or labels is None:
        return
    for object_id in frame.result.ids:
        mask_runs = runs(labels == object_id)
        box, area = box_and_area(mask_runs, labels.shape)
        if area == 0:
            continue
        yield {
            "image_id": frame.index + 1,
            "category_id": object_id,
            "iscrowd": 0,
            "area": area,
            "bbox": box,
            "score": round(float(frame.result.scores.get(object_id, 1.0)), 4),
            "segmentation": {"size": list(labels.shape), "counts": pack_counts(mask_runs)},
        }


def assemble(lines: Path) -> Path:
    """Make ``name.json`` of ``name.jsonl`` and delete the latter; the path made.

    A last line that a crash cut off is left out. Of a file that was damaged elsewhere, what can be
    used is taken, and it is kept as ``name.jsonl.bak``. An existing JSON file is never overwritten.
    Raises RecorderError, also for what is no such file. Thread: any.
    """
    target = free_path(lines.with_suffix(".json"))
    beside = target.with_name(f".{target.name}.tmp")
    try:
        is_whole = _check(lines)
        with beside.open("x", encoding="ascii") as out:
            _write_json(lines, out)
        beside.replace(target)
        if is_whole:
            lines.unlink()
        else:
            lines.replace(free_path(lines.with_name(f"{lines.name}.bak")))
    except OSError as error:
        raise RecorderError(explain(error, target)) from error
    finally:
        beside.unlink(missing_ok=True)
    return target


def _check(lines: Path) -> bool:
    """Whether each line that was completed can be used. Raises RecorderError if none can.

    An empty file is whole: nothing was marked.
    """
    usable = damaged = 0
    with lines.open(encoding="ascii", errors="replace") as file:
        for text in file:
            if _usable(text) is not None:
                usable += 1
            elif text.endswith("\n"):
                damaged += 1
    if not usable and lines.stat().st_size:
        raise RecorderError(f"{lines} holds no masks of a recording. It stays as it is.")
    return not damaged


def _write_json(lines: Path, out: IO[str]) -> None:
    names: dict[ObjectId, str] = {}
    out.write(f'{{"info":{json.dumps(_INFO)},\n"images":[')
    _write_list(out, (line["image"] for line in _frames(lines, names)))
    out.write('],\n"annotations":[')
    _write_list(out, (each for line in _frames(lines, names) for each in line["annotations"]))
    out.write('],\n"categories":[')
    _write_list(out, ({"id": i, "name": name} for i, name in sorted(names.items())))
    out.write("]}\n")


def _write_list(out: IO[str], items: Iterator[Line]) -> None:
    for number, item in enumerate(items):
        out.write((",\n" if number else "\n") + json.dumps(item, separators=(",", ":")))


def _frames(lines: Path, names: dict[ObjectId, str]) -> Iterator[Line]:
    """The frames' lines; a frame that was given twice (marked while it stood still) only once."""
    held: Line | None = None
    for line in _parsed(lines):
        if "category" in line:
            names[line["category"]["id"]] = line["category"]["name"]
            continue
        if held is not None and held["image"]["id"] != line["image"]["id"]:
            yield held
        held = line
    if held is not None:
        yield held


def _parsed(lines: Path) -> Iterator[Line]:
    with lines.open(encoding="ascii", errors="replace") as file:
        for text in file:
            line = _usable(text)
            if line is not None:
                yield line


def _usable(text: str) -> Line | None:
    """A line as it is written; None for one that was cut off, damaged, or of another file."""
    try:
        line = json.loads(text)
    except (ValueError, RecursionError):
        return None
    match line:
        case {"category": {"id": int(), "name": str()}}:
            return cast(Line, line)
        case {"image": {"id": int()}, "annotations": list(annotations)}:
            return cast(Line, line) if all(isinstance(a, dict) for a in annotations) else None
    return None
