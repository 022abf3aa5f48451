"""Marking objects on one frozen frame: prompts in, masks out, with undo and redo across objects.

Thread: the one that owns the networks.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

import cv2
import numpy as np
from numpy.typing import NDArray

from swem_core.errors import PromptError
from swem_core.segment.change import Change, change_between
from swem_core.segment.merge import merged
from swem_core.segment.predictor import MaskPredictor
from swem_core.segment.prompts import Box, Brush, Hint, Lasso, Mark, Prompt, points_of
from swem_core.segment.strokes import draw_stroke
from swem_core.types import Alpha, Image, Mask, ObjectId, Size

_UNTOUCHED, _ADDED, _ERASED = 0, 1, 2


@dataclass(frozen=True, slots=True)
class _Marked:
    """One object's marks. ``origin``: its mask before the first prompt. ``base``: what the
    predictor made of it. ``paint``: brush strokes, kept apart from predictions. All three are
    compressed, since most undo steps are never looked at. ``given``: the prompts, each with its
    rank among all objects' prompts. ``placed``: the origin itself is a mask made elsewhere."""

    origin: bytes
    base: bytes
    paint: bytes
    given: tuple[tuple[int, Prompt], ...] = ()
    placed: bool = False


_State: TypeAlias = Mapping[ObjectId, _Marked]
"""All touched objects, the last touched one last. Never modified, only replaced."""


class Marking:
    """All objects being marked on one picture (HxWx3 BGR).

    ``tracked``: soft masks of objects that are tracked already, to be corrected by prompts. An
    object is *touched* from its first prompt on; others are never returned.
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
        self._done: list[_State] = [{}]
        self._undone: list[_State] = []
        self._rank = 0
        if predictor is not None:
            predictor.begin(image)

    @property
    def can_undo(self) -> bool:
        """Whether there is a change to undo."""
        return len(self._done) > 1

    @property
    def can_redo(self) -> bool:
        """Whether a change was undone and none made since."""
        return bool(self._undone)

    @property
    def last_change(self) -> Change | None:
        """The change that :meth:`undo` would revert."""
        return change_between(self._done[-2], self._now) if self.can_undo else None

    @property
    def next_change(self) -> Change | None:
        """The change that :meth:`redo` would repeat."""
        return change_between(self._now, self._undone[-1]) if self.can_redo else None

    @property
    def prompts(self) -> tuple[tuple[ObjectId, Prompt], ...]:
        """All prompts in force, in the order given."""
        return tuple((object_id, prompt) for _, object_id, prompt in self._ranked())

    @property
    def touched(self) -> tuple[ObjectId, ...]:
        """Ids of the touched objects, the last touched one last."""
        return tuple(self._now)

    def add(self, object_id: ObjectId, prompt: Prompt) -> None:
        """Apply a prompt to an object. Raises PromptError, without changing anything."""
        self.add_all([(object_id, prompt)])

    def add_all(self, prompts: Iterable[tuple[ObjectId, Prompt]]) -> None:
        """Apply several prompts as one change. Raises PromptError, without changing anything."""
        state = self._now
        for object_id, prompt in prompts:
            state = self._with(state, object_id, prompt)
        self._enter(state)

    def place(self, masks: Mapping[ObjectId, Mask]) -> None:
        """Replace objects by masks (HxW bool) made elsewhere, as one change. Their earlier prompts
        are dropped; later ones correct the mask."""
        state = dict(self._now)
        for object_id, mask in masks.items():
            state.pop(object_id, None)
            alpha = mask.astype(np.uint8) * np.uint8(255)
            state[object_id] = replace(self._untouched(alpha), placed=True)
        self._enter(state)

    def remove(self, index: int) -> None:
        """Remove the prompt ``prompts[index]`` and reapply the object's others, as one change.

        Raises PromptError if there is no such prompt.
        """
        ranked = self._ranked()
        if not 0 <= index < len(ranked):
            raise PromptError(f"There is no mark number {index + 1}.")
        rank, object_id, _ = ranked[index]
        old = self._now[object_id]
        fresh = replace(old, base=old.origin, paint=self._nothing(), given=())
        for given in old.given:
            if given[0] != rank:
                fresh = self._apply(fresh, *given)
        state = {**self._now, object_id: fresh}  # keeps its place among the objects
        if not fresh.given and not fresh.placed:
            del state[object_id]
        self._enter(state)

    def undo(self) -> None:
        """Undo the last change, if any."""
        if self.can_undo:
            self._undone.append(self._done.pop())

    def redo(self) -> None:
        """Redo the change undone last, if any."""
        if self._undone:
            self._done.append(self._undone.pop())

    def forget(self, object_id: ObjectId) -> None:
        """Drop all prompts of an object, from the history too, and its tracked mask."""
        self._tracked.pop(object_id, None)
        # the current state is last in _done; in _undone, the last is the nearest to it
        self._done = _without(self._done, object_id)
        self._undone = _without([self._now, *self._undone[::-1]], object_id)[:0:-1]

    def alphas(self) -> dict[ObjectId, Alpha]:
        """HxW uint8 soft mask of every touched object, the last touched one last."""
        return {i: self._alpha(marked) for i, marked in self._now.items()}

    def masks(self) -> dict[ObjectId, Mask]:
        """HxW bool mask of every touched object, the last touched one last."""
        return {object_id: alpha > 127 for object_id, alpha in self.alphas().items()}

    @property
    def _now(self) -> _State:
        return self._done[-1]

    def _enter(self, state: _State) -> None:
        self._done.append(state)
        self._undone.clear()

    def _with(self, state: _State, object_id: ObjectId, prompt: Prompt) -> _State:
        _check(prompt)
        nothing = np.zeros(self._size, np.uint8)
        marked = state.get(object_id)
        if marked is None:
            marked = self._untouched(self._tracked.get(object_id, nothing))
        self._rank += 1
        others = {i: one for i, one in state.items() if i != object_id}
        return {**others, object_id: self._apply(marked, self._rank, prompt)}

    def _apply(self, marked: _Marked, rank: int, prompt: Prompt) -> _Marked:
        base, paint = self._unpack(marked.base), self._unpack(marked.paint)
        if isinstance(prompt, Brush):
            draw_stroke(paint, prompt, _ADDED if prompt.add else _ERASED)
        else:
            previous = _merge(base, paint)
            known = [given for _, given in marked.given if not isinstance(given, Brush)]
            base = self._predict([*known, prompt], previous)
            if isinstance(prompt, Mark):
                # a new object is still being found: its marks may change any part of its mask
                if self._unpack(marked.origin).any():
                    base = merged(previous, base, prompt)
                paint = _without_contradiction(paint, prompt)
        given = (*marked.given, (rank, prompt))
        return replace(marked, base=_pack(base), paint=_pack(paint), given=given)

    def _predict(self, prompts: Sequence[Hint], previous: Alpha) -> Alpha:
        if self._predictor is None:
            raise PromptError("This needs the click network; use the brush.")
        return self._predictor.predict(prompts, previous)

    def _untouched(self, origin: Alpha) -> _Marked:
        packed = _pack(origin)
        return _Marked(packed, packed, self._nothing())

    def _nothing(self) -> bytes:
        return _pack(np.zeros(self._size, np.uint8))

    def _ranked(self) -> list[tuple[int, ObjectId, Prompt]]:
        given = ((rank, i, prompt) for i, one in self._now.items() for rank, prompt in one.given)
        return sorted(given, key=lambda item: item[0])

    def _alpha(self, marked: _Marked) -> Alpha:
        return _merge(self._unpack(marked.base), self._unpack(marked.paint))

    def _unpack(self, data: bytes) -> Alpha:
        return np.frombuffer(zlib.decompress(data), np.uint8).reshape(self._size).copy()


def _without(states: Sequence[_State], object_id: ObjectId) -> list[_State]:
    """The states without an object, leaving out those that then equal their predecessor."""
    kept: list[_State] = []
    for state in states:
        rest = {i: marked for i, marked in state.items() if i != object_id}
        if not kept or list(rest.items()) != list(kept[-1].items()):
            kept.append(rest)
    return kept


def _merge(base: Alpha, paint: NDArray[np.uint8]) -> Alpha:
    merged = base.copy()
    merged[paint == _ADDED] = 255
    merged[paint == _ERASED] = 0
    return merged


def _pack(array: NDArray[np.uint8]) -> bytes:
    return zlib.compress(array.tobytes(), 1)


def _without_contradiction(paint: NDArray[np.uint8], prompt: Mark) -> NDArray[np.uint8]:
    """``paint`` without the patches that ``prompt``, a click or scribble on them, contradicts."""
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
    if isinstance(prompt, Brush) and prompt.pressures and not _fit(prompt):
        raise PromptError("A brush's pressures are one per point, above 0 and at most 1.")
    if isinstance(prompt, Box) and not (prompt.left < prompt.right and prompt.top < prompt.bottom):
        raise PromptError("A box needs a width and a height above 0.")
    if isinstance(prompt, Lasso) and len(prompt.points) < 3:
        raise PromptError("A lasso needs at least three points.")


def _fit(brush: Brush) -> bool:
    in_range = all(0 < share <= 1 for share in brush.pressures)
    return in_range and len(brush.pressures) == len(brush.points)
