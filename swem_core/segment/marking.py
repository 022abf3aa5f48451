"""Marking objects on one frozen frame: prompts in, masks out, with undo and redo across objects.

Thread: the one that owns the networks.
"""

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.errors import PromptError
from swem_core.segment.predictor import MaskPredictor
from swem_core.segment.prompts import Box, Brush, Hint, Lasso, Mark, Point, Prompt, points_of
from swem_core.types import Alpha, Image, Mask, ObjectId, Size

_UNTOUCHED, _ADDED, _ERASED = 0, 1, 2
_SUBPIXEL = 4  # fractional bits of OpenCV's drawing coordinates


@dataclass(frozen=True, slots=True)
class _Layers:
    """One object on the frame. ``base``: what tracking or the predictor says. ``paint``: what the
    brush said, which nothing else changes. Compressed: most undo steps are never looked at."""

    base: bytes
    paint: bytes


@dataclass(frozen=True, slots=True)
class _Change:
    """One prompt, and the object's layers around it."""

    object_id: ObjectId
    prompt: Prompt
    before: _Layers | None
    after: _Layers


class Marking:
    """All objects being marked on one picture (HxWx3 BGR).

    ``tracked``: soft masks of objects that are tracked already; a prompt on one of them corrects
    it. Objects are touched by their first prompt; untouched ones are never returned.
    """

    def __init__(
        self,
        image: Image,
        predictor: MaskPredictor | None,
        tracked: Mapping[ObjectId, Alpha] | None = None,
    ) -> None:
        self._size: Size = (image.shape[0], image.shape[1])
        self._predictor = predictor
        self._tracked = dict(tracked or {})
        self._done: list[_Change] = []
        self._undone: list[_Change] = []
        if predictor is not None:
            predictor.begin(image)

    @property
    def can_undo(self) -> bool:
        """Whether there is a prompt to take back."""
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        """Whether a prompt was taken back and none given since."""
        return bool(self._undone)

    @property
    def prompts(self) -> tuple[tuple[ObjectId, Prompt], ...]:
        """All prompts in force, in the order given."""
        return tuple((change.object_id, change.prompt) for change in self._done)

    def add(self, object_id: ObjectId, prompt: Prompt) -> None:
        """Apply a prompt to an object. Raises PromptError; nothing is changed then."""
        _check(prompt)
        before = self._current().get(object_id)
        after = self._apply(object_id, prompt, before)
        self._done.append(_Change(object_id, prompt, before, after))
        self._undone.clear()

    def undo(self) -> None:
        """Take the last prompt back; nothing happens if there is none."""
        if self._done:
            self._undone.append(self._done.pop())

    def redo(self) -> None:
        """Give the prompt taken back last again; nothing happens if there is none."""
        if self._undone:
            self._done.append(self._undone.pop())

    def forget(self, object_id: ObjectId) -> None:
        """Drop all prompts of an object, from the history too, and what was tracked of it."""
        self._tracked.pop(object_id, None)
        self._done = [change for change in self._done if change.object_id != object_id]
        self._undone = [change for change in self._undone if change.object_id != object_id]

    def alphas(self) -> dict[ObjectId, Alpha]:
        """HxW uint8 soft mask of every touched object, the last touched one last."""
        return {i: _merge(*self._unpack(layers)) for i, layers in self._current().items()}

    def masks(self) -> dict[ObjectId, Mask]:
        """HxW bool mask of every touched object, the last touched one last."""
        return {object_id: alpha > 127 for object_id, alpha in self.alphas().items()}

    def _current(self) -> dict[ObjectId, _Layers]:
        layers: dict[ObjectId, _Layers] = {}
        for change in self._done:
            layers.pop(change.object_id, None)
            layers[change.object_id] = change.after
        return layers

    def _apply(self, object_id: ObjectId, prompt: Prompt, before: _Layers | None) -> _Layers:
        if before is None:
            base = self._tracked.get(object_id, np.zeros(self._size, np.uint8))
            paint = np.zeros(self._size, np.uint8)
        else:
            base, paint = self._unpack(before)
        if isinstance(prompt, Brush):
            _stroke(paint, prompt.points, prompt.radius, _ADDED if prompt.add else _ERASED)
            return _Layers(_pack(base), _pack(paint))
        previous = _merge(base, paint)
        known = [p for i, p in self.prompts if i == object_id and not isinstance(p, Brush)]
        base = self._predict([*known, prompt], previous)
        if isinstance(prompt, Mark):
            paint = _without_contradiction(paint, prompt)
        return _Layers(_pack(base), _pack(paint))

    def _predict(self, prompts: Sequence[Hint], previous: Alpha) -> Alpha:
        if self._predictor is None:
            raise PromptError("This needs the click network; use the brush.")
        return self._predictor.predict(prompts, previous)

    def _unpack(self, layers: _Layers) -> tuple[Alpha, NDArray[np.uint8]]:
        base, paint = (
            np.frombuffer(zlib.decompress(data), np.uint8).reshape(self._size).copy()
            for data in (layers.base, layers.paint)
        )
        return base, paint


def _merge(base: Alpha, paint: NDArray[np.uint8]) -> Alpha:
    merged = base.copy()
    merged[paint == _ADDED] = 255
    merged[paint == _ERASED] = 0
    return merged


def _pack(array: NDArray[np.uint8]) -> bytes:
    return zlib.compress(array.tobytes(), 1)


def _stroke(plane: NDArray[np.uint8], points: Sequence[Point], radius: float, value: int) -> None:
    """Draw a round-capped stroke of exactly ``radius`` source pixels."""
    scale = 1 << _SUBPIXEL
    path = np.rint(np.array(points) * scale).astype(np.int32)
    if len(points) > 1:
        thickness = max(1, round(2 * radius))
        cv2.polylines(plane, [path], False, value, thickness, cv2.LINE_8, _SUBPIXEL)
    for point in path:
        centre = (int(point[0]), int(point[1]))
        cv2.circle(plane, centre, round(radius * scale), value, -1, cv2.LINE_8, _SUBPIXEL)


def _without_contradiction(paint: NDArray[np.uint8], prompt: Mark) -> NDArray[np.uint8]:
    """A click or scribble that says the opposite of a brushed patch lifts that patch."""
    opposite = _ERASED if prompt.positive else _ADDED
    height, width = paint.shape
    _, patches = cv2.connectedComponents((paint == opposite).astype(np.uint8))
    for x, y in points_of(prompt):
        column, row = min(max(round(x), 0), width - 1), min(max(round(y), 0), height - 1)
        if patches[row, column]:
            paint[patches == patches[row, column]] = _UNTOUCHED
    return paint


def _check(prompt: Prompt) -> None:
    points = points_of(prompt)
    if not points or not np.isfinite(np.array(points, float)).all():
        raise PromptError("A prompt needs at least one point, with finite coordinates.")
    if isinstance(prompt, Brush) and not 0 < prompt.radius <= 2000:
        raise PromptError(f"A brush radius is above 0 and at most 2000. Got {prompt.radius}.")
    if isinstance(prompt, Box) and not (prompt.left < prompt.right and prompt.top < prompt.bottom):
        raise PromptError("A box needs a width and a height above 0.")
    if isinstance(prompt, Lasso) and len(prompt.points) < 3:
        raise PromptError("A lasso needs at least three points.")
