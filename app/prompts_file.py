"""Prompts in a JSON file: which objects to track, and how they were marked on a frame.

    {"format": "swem-live-prompts-1", "size": [854, 480], "objects": [
      {"id": 1, "name": "dog", "color": [0, 158, 240], "prompts": [
        {"type": "click", "x": 400, "y": 210, "positive": true},
        {"type": "scribble", "points": [[380, 200], [420, 230]], "positive": true},
        {"type": "brush", "points": [[400, 240]], "radius": 12, "add": true},
        {"type": "box", "left": 350, "top": 180, "right": 460, "bottom": 260, "positive": true},
        {"type": "lasso", "points": [[350, 180], [460, 190], [400, 260]]}]}]}

``size`` is the marked picture's width and height. ``name``, ``color``, ``positive`` and ``add`` may
be left out; everything else is required, and nothing else is allowed.
"""

import json
import math
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

from app.checked_json import Node, parse_json
from app.pipeline.palettes import Color
from swem_core.data.files import write_atomic
from swem_core.errors import PromptError
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Point, Prompt, Scribble
from swem_core.types import MAX_OBJECT_ID, ObjectId, Size

FORMAT: Final = "swem-live-prompts-1"
MAX_BYTES: Final = 4 * 1024 * 1024
MAX_SIDE: Final = 32_768
MAX_PROMPTS: Final = 1000
MAX_POINTS: Final = 20_000
MAX_NAME: Final = 100
_ASPECT_TOLERANCE: Final = 0.01  # 854x480 is not quite 16:9


@dataclass(frozen=True, slots=True)
class ObjectPrompts:
    """One object and its prompts, at least one, in the order given. None: not chosen."""

    object_id: ObjectId
    prompts: tuple[Prompt, ...]
    name: str | None = None
    color: Color | None = None


@dataclass(frozen=True, slots=True)
class PromptsFile:
    """All that a prompts file says. ``size``: (height, width) of the picture that was marked."""

    size: Size
    objects: tuple[ObjectPrompts, ...]

    def scaled_to(self, size: Size) -> "PromptsFile":
        """The same marks for a picture of ``size`` (height, width).

        Raises PromptError if that picture has another shape (width to height).
        """
        down, across = size[0] / self.size[0], size[1] / self.size[1]
        if abs(across / down - 1) > _ASPECT_TOLERANCE:
            raise PromptError(
                f"The prompts were made on a picture of {self.size[1]} x {self.size[0]} pixels, "
                f"which cannot be stretched to {size[1]} x {size[0]}: the shape is different. "
                "Mark the objects again on a frame of this source."
            )
        return PromptsFile(
            size,
            tuple(
                replace(one, prompts=tuple(_scaled(p, down, across, size) for p in one.prompts))
                for one in self.objects
            ),
        )


def load_prompts(path: Path) -> PromptsFile:
    """Read and check a prompts file. Raises PromptError that names the file and the place in it."""
    try:
        with path.open("rb") as file:
            data = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise PromptError(
            f"The prompts file {path} cannot be read ({error.strerror or error})."
        ) from error
    try:
        return parse_prompts(data)
    except PromptError as error:
        raise PromptError(f"The prompts file {path} cannot be used: {error}") from None


def save_prompts(path: Path, prompts: PromptsFile) -> None:
    """Write a prompts file in one step, replacing an old one; the folder is made if missing.

    Only what ``load_prompts`` would take is written. Raises PromptError.
    """
    data = prompts_text(prompts).encode("utf-8", "surrogatepass")
    parse_prompts(data)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, data)
    except OSError as error:
        raise PromptError(
            f"The prompts cannot be saved to {path} ({error.strerror or error}). "
            "Choose a folder that may be written to and has space."
        ) from error


def parse_prompts(data: bytes) -> PromptsFile:
    """Check the content of a prompts file (UTF-8). Raises PromptError that names the place."""
    if len(data) > MAX_BYTES:
        raise PromptError(
            f"it is larger than {MAX_BYTES // 1024**2} MiB. Mark the objects with fewer strokes."
        )
    root = parse_json(data, PromptError)
    top = root.fields("format", "size", "objects")
    if top["format"].value != FORMAT:
        raise top["format"].error(f'expected "{FORMAT}"')
    width, height = (side.integer(1, MAX_SIDE) for side in top["size"].items(2, 2))
    size = height, width
    objects = tuple(_object(node, size) for node in top["objects"].items(1, MAX_OBJECT_ID))
    seen: set[ObjectId] = set()
    for node, one in zip(top["objects"].items(), objects, strict=True):
        if one.object_id in seen:
            raise node["id"].error("expected an id that no other object has")
        seen.add(one.object_id)
    return PromptsFile(size, objects)


def _object(node: Node, size: Size) -> ObjectPrompts:
    fields = node.fields("id", "prompts", optional=("name", "color"))
    name, color = fields.get("name"), fields.get("color")
    return ObjectPrompts(
        fields["id"].integer(1, MAX_OBJECT_ID),
        tuple(_prompt(prompt, size) for prompt in fields["prompts"].items(1, MAX_PROMPTS)),
        name.text(MAX_NAME) if name else None,
        _color(color) if color else None,
    )


def _color(node: Node) -> Color:
    red, green, blue = (part.integer(0, 255) for part in node.items(3, 3))
    return red, green, blue


def _prompt(node: Node, size: Size) -> Prompt:
    match node["type"].value:
        case "click":
            fields = node.fields("type", "x", "y", optional=("positive",))
            x, y = _point(fields["x"], fields["y"], size)
            return Click(x, y, _flag(fields, "positive"))
        case "scribble":
            fields = node.fields("type", "points", optional=("positive",))
            return Scribble(_points(fields["points"], size), _flag(fields, "positive"))
        case "brush":
            return _brush(node, size)
        case "box":
            return _box(node, size)
        case "lasso":
            fields = node.fields("type", "points", optional=("positive",))
            return Lasso(_points(fields["points"], size, at_least=3), _flag(fields, "positive"))
    raise node["type"].error('expected "click", "scribble", "brush", "box" or "lasso"')


def _brush(node: Node, size: Size) -> Brush:
    fields = node.fields("type", "points", "radius", optional=("add", "pressures"))
    radius = fields["radius"].number(0, max(size), above=True)
    points, pressures = _points(fields["points"], size), tuple[float, ...]()
    if "pressures" in fields:
        shares = fields["pressures"].items(len(points), len(points))
        pressures = tuple(share.number(0, 1, above=True) for share in shares)
    return Brush(points, radius, _flag(fields, "add"), pressures)


def _box(node: Node, size: Size) -> Box:
    fields = node.fields("type", "left", "top", "right", "bottom", optional=("positive",))
    left, top = _point(fields["left"], fields["top"], size)
    right, bottom = _point(fields["right"], fields["bottom"], size)
    for name, low, high in (("right", left, right), ("bottom", top, bottom)):
        if high <= low:
            raise fields[name].error(f"expected a number above {low:g}")
    return Box(left, top, right, bottom, _flag(fields, "positive"))


def _flag(fields: dict[str, Node], name: str) -> bool:
    return fields[name].flag() if name in fields else True


def _points(node: Node, size: Size, at_least: int = 1) -> tuple[Point, ...]:
    pairs = (pair.items(2, 2) for pair in node.items(at_least, MAX_POINTS))
    return tuple(_point(x, y, size) for x, y in pairs)


def _point(x: Node, y: Node, size: Size) -> Point:
    return x.number(0, size[1], below=True), y.number(0, size[0], below=True)


def _scaled(prompt: Prompt, down: float, across: float, size: Size) -> Prompt:
    def moved(x: float, y: float) -> Point:
        # rounding must not push a point on the last pixel over the edge
        return (
            min(x * across, math.nextafter(size[1], 0)),
            min(y * down, math.nextafter(size[0], 0)),
        )

    match prompt:
        case Click(x, y):
            x, y = moved(x, y)
            return replace(prompt, x=x, y=y)
        case Box(left, top, right, bottom):
            (left, top), (right, bottom) = moved(left, top), moved(right, bottom)
            return Box(left, top, right, bottom, prompt.positive)
        case Scribble(points) | Lasso(points):
            return replace(prompt, points=tuple(moved(*point) for point in points))
        case Brush(points, radius):
            radius = min(radius * math.sqrt(down * across), max(size))
            return replace(prompt, points=tuple(moved(*p) for p in points), radius=radius)


def prompts_text(prompts: PromptsFile) -> str:
    """The JSON. One line per prompt: readable, and not a line for every coordinate."""
    height, width = prompts.size
    objects = ",\n".join(_object_text(one) for one in prompts.objects)
    head = f'"format": "{FORMAT}", "size": [{width}, {height}]'
    return f'{{{head}, "objects": [\n{objects}\n]}}\n'


def _object_text(one: ObjectPrompts) -> str:
    entry: dict[str, Any] = {"id": one.object_id}
    if one.name is not None:
        entry["name"] = one.name
    if one.color is not None:
        entry["color"] = one.color
    head = json.dumps(entry, ensure_ascii=False)[1:-1]
    lines = ",\n".join("    " + json.dumps(_entry(prompt)) for prompt in one.prompts)
    return f'  {{{head}, "prompts": [\n{lines}\n  ]}}'


def _entry(prompt: Prompt) -> dict[str, Any]:
    match prompt:
        case Click(x, y, positive):
            return {"type": "click", "x": x, "y": y, "positive": positive}
        case Scribble(points, positive):
            return {"type": "scribble", "points": points, "positive": positive}
        case Brush(points, radius, add, pressures):
            entry = {"type": "brush", "points": points, "radius": radius, "add": add}
            return entry | ({"pressures": pressures} if pressures else {})
        case Box(left, top, right, bottom, positive):
            sides = {"left": left, "top": top, "right": right, "bottom": bottom}
            return {"type": "box", **sides, "positive": positive}
        case Lasso(points, positive):
            return {"type": "lasso", "points": points, "positive": positive}
