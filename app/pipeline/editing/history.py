"""What a person did to the objects, to be taken back and given again."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from app.pipeline.events import EditKind, Step
from app.pipeline.style import ObjectStyle
from swem_core.engine.state import EngineState
from swem_core.types import ObjectId

LENGTH = 32
"""Edits that can be taken back; each keeps at most the memory of the objects it touched."""


@dataclass(frozen=True, slots=True)
class MemoryEdit:
    """``memory``: what the tracker knew of ``ids`` on the other side of the edit; an id that it
    lacks was not tracked there."""

    kind: EditKind
    ids: tuple[ObjectId, ...]
    memory: EngineState


@dataclass(frozen=True, slots=True)
class StyleEdit:
    """An object's name, colour or visibility, on both sides of the edit."""

    object_id: ObjectId
    there: ObjectStyle
    here: ObjectStyle

    @property
    def ids(self) -> tuple[ObjectId, ...]:
        """The object."""
        return (self.object_id,)

    @property
    def kind(self) -> EditKind:
        """Which of its looks, if it is one alone."""
        here, there = self.here, self.there
        if replace(there, name=here.name) == here:
            return EditKind.RENAMED
        if replace(there, color=here.color) == here:
            return EditKind.RECOLORED
        shown = replace(there, visible=here.visible) == here
        return EditKind.SHOWN if shown else EditKind.RESTYLED

    def continued_by(self, later: "StyleEdit") -> "StyleEdit | None":
        """Both as one, if they are steps of choosing one colour; else None."""
        same = self.object_id == later.object_id and self.here == later.there
        recolors = all(replace(e.there, color=e.here.color) == e.here for e in (self, later))
        return replace(self, here=later.here) if same and recolors else None


@dataclass(frozen=True, slots=True)
class LockEdit:
    """``was_locked``: on the other side of the edit."""

    object_id: ObjectId
    was_locked: bool
    kind: EditKind = EditKind.LOCKED

    @property
    def ids(self) -> tuple[ObjectId, ...]:
        """The object."""
        return (self.object_id,)


Edit: TypeAlias = MemoryEdit | StyleEdit | LockEdit


class History:
    """The last edits in order. Thread: its owner's."""

    def __init__(self, length: int = LENGTH) -> None:
        self._length = length
        self._done: list[Edit] = []
        self._undone: list[Edit] = []

    @property
    def next_undo(self) -> Step | None:
        """What :meth:`undo` would take back."""
        return _step(self._done)

    @property
    def next_redo(self) -> Step | None:
        """What :meth:`redo` would give again."""
        return _step(self._undone)

    def push(self, edit: Edit) -> None:
        """Remember an edit just made; what was undone before cannot be given again."""
        self._undone.clear()
        last = self._done[-1] if self._done else None
        if isinstance(edit, StyleEdit) and isinstance(last, StyleEdit):
            together = last.continued_by(edit)
            if together is not None:
                self._done[-1] = together
                return
        self._done = [*self._done, edit][-self._length :]

    def undo(self, swap: Callable[[Edit], Edit]) -> None:
        """``swap`` goes to the other side of an edit and returns the way back."""
        if self._done:
            self._undone.append(swap(self._done.pop()))

    def redo(self, swap: Callable[[Edit], Edit]) -> None:
        """The reverse of :meth:`undo`."""
        if self._undone:
            self._done.append(swap(self._undone.pop()))


def _step(edits: Sequence[Edit]) -> Step | None:
    """The last one."""
    return Step(edits[-1].kind, edits[-1].ids) if edits else None
