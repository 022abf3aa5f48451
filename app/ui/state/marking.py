"""The state of marking as the person sees it, and the verbs that change it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from app.pipeline.editing.steps import prompt_step
from app.pipeline.events import Corrected, MarkingChanged, ObjectsChanged, Step
from app.pipeline.frames import Rendered, Segmented
from app.ui.session.interfaces import SessionLike
from app.ui.state.asked_marks import AskedMarks, Mark
from swem_core.segment.prompts import Prompt
from swem_core.types import MAX_OBJECT_ID, ObjectId

_NOTHING = MarkingChanged(frozen=False, active=1, touched=())


@dataclass(frozen=True, slots=True)
class MarksShown:
    """The marks of a picture. ``settled``: it shows what they did; ``pending``: not yet."""

    settled: tuple[Mark, ...] = ()
    pending: tuple[Mark, ...] = ()

    @property
    def all(self) -> tuple[Mark, ...]:
        """In the order of their numbers."""
        return self.settled + self.pending


class Marking(QObject):
    """Freeze, prompt, accept. Answers at once; the session's events then correct it.

    ``session`` gives the session that takes commands now, or None. Lives in the GUI thread.
    """

    changed = Signal()

    def __init__(
        self, session: Callable[[], SessionLike | None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._session = session
        self._state = _NOTHING
        self._tracked: tuple[ObjectId, ...] = ()
        self._held: Segmented | None = None
        self._asked = AskedMarks()

    @property
    def state(self) -> MarkingChanged:
        """What the session said last."""
        return self._state

    @property
    def is_frozen(self) -> bool:
        """A frame is held for marking, or was asked to be."""
        return self._held is not None or self._state.frozen

    @property
    def active(self) -> ObjectId:
        """The object prompts go to."""
        return self._state.active

    @property
    def tracked(self) -> tuple[ObjectId, ...]:
        """Objects the engine follows."""
        return self._tracked

    @property
    def objects(self) -> tuple[ObjectId, ...]:
        """All there is to list: tracked ones, then marked ones, then the one to be marked."""
        if self._session() is None:
            return ()
        return tuple(dict.fromkeys((*self._tracked, *self._state.touched, self.active)))

    @property
    def pending(self) -> tuple[Mark, ...]:
        """Prompts given that no picture shows yet."""
        return self._asked.pending

    @property
    def next_undo(self) -> Step | None:
        """The change of the marks, or the correction under way, that :meth:`undo` takes back."""
        pending = self._asked.next_undo
        return prompt_step(*pending) if pending is not None else self._state.undo

    def marks_on(self, segmented: Segmented) -> MarksShown:
        """What to draw over a picture: as if all that was asked for were already done."""
        given = segmented.draft.prompts if segmented.draft else ()
        return MarksShown(self._asked.settled(given), self._asked.pending)

    def admits(self, rendered: Rendered) -> bool:
        """Whether to show this picture: between freezing and its effect only the held frame."""
        segmented = rendered.segmented
        if self._held is not None and segmented.frame.index != self._held.frame.index:
            return False
        if segmented.draft is not None:
            self._asked.settle(segmented.draft.prompts)
        self._asked.saw(segmented.corrections, tracked=segmented.draft is None)
        return True

    def freeze(self, shown: Segmented) -> None:
        """Hold exactly ``shown`` for marking; nothing happens if a frame is held already."""
        session = self._session()
        if session is None or self.is_frozen:
            return
        self._held = shown
        self._asked.saw(0, tracked=True)
        session.freeze(shown)
        self.changed.emit()

    def prompt(self, prompt: Prompt) -> None:
        """Say something about the active object on the held frame."""
        session = self._session()
        if session is not None and self.is_frozen:
            self._asked.give((self.active, prompt))
            session.prompt(prompt)
            self.changed.emit()

    def correct(self, prompt: Prompt, shown: Segmented) -> None:
        """Mend the active object on the running picture, of which ``shown`` was seen."""
        session = self._session()
        if session is not None and not self.is_frozen:
            self._asked.give((self.active, prompt))
            session.correct(self.active, prompt, shown)
            self.changed.emit()

    def on_corrected(self, event: Corrected) -> None:
        """The session has carried out a correction."""
        self._asked.carried_out((event.object_id, event.prompt), event.number)
        self.changed.emit()

    def remove_mark(self, mark: Mark) -> None:
        """Take one mark back, whenever it was given."""
        session = self._session()
        if session is not None and self.is_frozen:
            self._asked.take_back(mark)
            session.remove_prompt(*mark)
            self.changed.emit()

    def import_marks(self, paths: tuple[Path, ...]) -> None:
        """Mark the held frame with masks or a prompts file."""
        if self.is_frozen:
            self._send(lambda session: session.import_marks(paths))

    def undo(self) -> None:
        """Take the last change back."""
        session = self._session()
        if session is not None:
            self._asked.undo()
            session.undo()
            self.changed.emit()

    def redo(self) -> None:
        """Make it again."""
        self._asked.redo()
        self._send(lambda session: session.redo())

    def accept(self) -> None:
        """Track what is marked."""
        session = self._session()
        if session is not None and self.is_frozen:
            self._asked.accept()
            session.accept()
            self.changed.emit()

    def cancel(self) -> None:
        """Drop the marks and go on."""
        if self.is_frozen:
            self._send(lambda session: session.cancel())

    def choose(self, object_id: ObjectId) -> None:
        """Let prompts go to ``object_id``."""
        session = self._session()
        if session is not None:
            self._state = replace(self._state, active=object_id)
            session.set_active(object_id)
            self.changed.emit()

    def choose_new(self) -> None:
        """Let prompts go to an object that does not exist yet."""
        used = {*self._tracked, *self._state.touched}
        free = (number for number in range(1, MAX_OBJECT_ID + 1) if number not in used)
        self.choose(next(free, self.active))

    def remove(self, object_id: ObjectId) -> None:
        """Stop tracking ``object_id``; prompts go to another one if they went there."""
        if object_id in self._tracked or object_id in self._state.touched:
            self._send(lambda session: session.remove_object(object_id))
        if object_id == self.active:
            self.choose(next((one for one in self.objects if one != object_id), 1))

    def reset(self) -> None:
        """Stop tracking everything."""
        self._send(lambda session: session.reset())

    def on_marking(self, event: MarkingChanged) -> None:
        """The session reports its state."""
        thawed = self.is_frozen and not event.frozen
        self._state = event
        if thawed:  # else what is pending are corrections, which are answered one by one
            self._held = None
            self._asked.accepted()
        self.changed.emit()

    def on_objects(self, event: ObjectsChanged) -> None:
        """The session reports the objects it tracks."""
        self._tracked = event.ids
        self.changed.emit()

    def clear(self) -> None:
        """Back to the start, for another session."""
        self._state, self._tracked = _NOTHING, ()
        self._held, self._asked = None, AskedMarks()
        self.changed.emit()

    def forget_pending(self) -> None:
        """A prompt was refused: stop drawing it as if it were to come."""
        self._asked.forget()
        self.changed.emit()

    def release(self) -> None:
        """The session cannot freeze (any more): let pictures through again."""
        self._asked.forget()
        self.on_marking(MarkingChanged(False, self.active, ()))

    def _send(self, command: Callable[[SessionLike], None]) -> None:
        session = self._session()
        if session is not None:
            self._asked.leave_it_to_the_session()
            command(session)
            self.changed.emit()
