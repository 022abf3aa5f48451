"""The tracked objects: their memory, locks, whereabouts, and what a person did to them."""

from collections.abc import Collection, Mapping

from app.pipeline.editing.history import Edit, History, LockEdit, MemoryEdit, StyleEdit
from app.pipeline.events import (
    EditKind,
    HistoryChanged,
    Listener,
    LocksChanged,
    LostChanged,
    ObjectRestyled,
    ObjectsChanged,
)
from app.pipeline.style import ObjectStyle
from swem_core.engine.confidence import Presence
from swem_core.engine.paced import PacedEngine
from swem_core.engine.result import StepResult
from swem_core.engine.state import EngineState
from swem_core.errors import PromptError
from swem_core.types import Image, Mask, ObjectId


class TrackedObjects:
    """All changes of what an engine tracks go through here, so that each can be taken back.

    Without an engine there is nothing tracked; looks can be changed all the same. Thread: the
    engine's.
    """

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._engine: PacedEngine | None = None
        self._presence = Presence()
        self._history = History()
        self._restyles = 0
        self._told_lost: frozenset[ObjectId] = frozenset()
        self._locked: frozenset[ObjectId] = frozenset()

    @property
    def ids(self) -> tuple[ObjectId, ...]:
        """Tracked ids, in the order they were added."""
        return self._engine.objects if self._engine is not None else ()

    @property
    def can_undo(self) -> bool:
        """Whether there is an edit to take back."""
        return self._history.next_undo is not None

    @property
    def memory_bytes(self) -> int:
        """Of what is carried from frame to frame."""
        return self._engine.state_bytes if self._engine is not None else 0

    def attach(self, engine: PacedEngine) -> None:
        """Track with ``engine`` from now on."""
        self._engine = engine

    def cut(self) -> None:
        """The next frame does not follow the last."""
        if self._engine is not None:
            self._engine.cut()

    def segment(self, image: Image) -> StepResult:
        """The masks of one frame; tells who was lost or found by it."""
        result = self._ready().segment(image)
        if not result.carried:  # else it is no further evidence
            self._watch(result)
        return result

    def learn(self) -> Mapping[str, float]:
        """Learn from the frame segmented last, but for objects that are locked or not well seen.

        Returns milliseconds per stage.
        """
        return self._ready().memorise(hold=self._locked | self._presence.unsure)

    def look(self, image: Image) -> StepResult:
        """The masks of one frame with today's memory, which learns nothing and judges nothing."""
        return self._ready().look(image)

    def mark(self, image: Image, masks: Mapping[ObjectId, Mask], kind: EditKind) -> StepResult:
        """Add or correct objects by their masks on a frame. Raises PromptError, MaskError."""
        self.check_unlocked(masks)
        engine, before = self._ready(), self._memory_of(masks)
        result = engine.segment(image, anchors=masks)
        self._history.push(MemoryEdit(kind, tuple(masks), before))
        self._watch(result)
        self._announce()
        return result

    def remove(self, ids: Collection[ObjectId]) -> None:
        """Stop tracking some objects; unknown ids are ignored."""
        gone = tuple(i for i in self.ids if i in ids)
        if gone:
            self._history.push(MemoryEdit(EditKind.REMOVED, gone, self._memory_of(gone)))
            self._ready().remove(gone)
            self._presence.forget(gone)
            self._announce_lost()
        self._announce()

    def give_up(self) -> None:
        """Track nothing any more: the network has failed."""
        if self._engine is not None:
            self._presence.forget(self.ids)
            self._engine.reset()
            self._announce_lost()
        self._announce()

    def check_unlocked(self, ids: Collection[ObjectId]) -> None:
        """Raises PromptError if one of ``ids`` is locked."""
        if held := sorted(self._locked.intersection(ids)):
            names = ", ".join(map(str, held))
            raise PromptError(f"Object {names} is locked. Unlock it first, in its row at the side.")

    def set_locked(self, object_id: ObjectId, locked: bool) -> None:
        """A locked object is tracked with the memory it has, and takes no prompts."""
        if locked != (object_id in self._locked):
            self._history.push(LockEdit(object_id, not locked))
            self._lock(object_id, locked)
            self._announce()

    def restyle(self, object_id: ObjectId, before: ObjectStyle, after: ObjectStyle) -> None:
        """Note that a person gave an object other looks."""
        self._restyles += 1
        self._history.push(StyleEdit(object_id, before, after))
        self._announce()

    @property
    def locked(self) -> frozenset[ObjectId]:
        """Objects that take no prompts and learn nothing."""
        return self._locked

    def memory(self) -> EngineState | None:
        """A copy of all that is known of the objects; None without an engine."""
        return self._engine.save_state() if self._engine is not None else None

    def resume(self, memory: EngineState, locked: Collection[ObjectId]) -> None:
        """Go on with what was known in an earlier session. Raises StateError."""
        self._ready().restore(memory)
        for object_id in memory.ids:
            self._lock(object_id, object_id in locked)
        self._announce()

    def undo(self) -> None:
        """Take the last edit back."""
        self._history.undo(self._swap)
        self._announce()

    def redo(self) -> None:
        """Make the edit taken back last again."""
        self._history.redo(self._swap)
        self._announce()

    def _swap(self, edit: Edit) -> Edit:
        match edit:
            case MemoryEdit(kind, ids, memory):
                return self._exchange(kind, ids, memory)
            case StyleEdit(object_id, there, here):
                self._tell(ObjectRestyled(object_id, here, there, self._restyles))
                return StyleEdit(object_id, here, there)
            case LockEdit(object_id, was_locked):
                self._lock(object_id, was_locked)
                return LockEdit(object_id, not was_locked)

    def _exchange(
        self, kind: EditKind, ids: tuple[ObjectId, ...], memory: EngineState
    ) -> MemoryEdit:
        present = self._memory_of(ids)
        self._ready().remove([i for i in ids if i not in memory.ids])
        self._ready().restore(memory)
        self._presence.forget(ids)
        self._announce_lost()
        return MemoryEdit(kind, ids, present)

    def _memory_of(self, ids: Collection[ObjectId]) -> EngineState:
        return self._ready().save_state().only(ids)

    def _lock(self, object_id: ObjectId, locked: bool) -> None:
        self._locked = self._locked | {object_id} if locked else self._locked - {object_id}
        self._tell(LocksChanged(self._locked))

    def _watch(self, result: StepResult) -> None:
        self._presence.observe(result)
        self._announce_lost()

    def _announce_lost(self) -> None:
        if self._presence.lost != self._told_lost:
            self._told_lost = self._presence.lost
            self._tell(LostChanged(self._told_lost))

    def _announce(self) -> None:
        self._tell(ObjectsChanged(self.ids))
        self._tell(HistoryChanged(self._history.next_undo, self._history.next_redo))

    def _ready(self) -> PacedEngine:
        assert self._engine is not None, "attach an engine first"
        return self._engine
