"""Carries out what a person does to the objects: marking, correcting, removing, taking back."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Protocol

from app.pipeline.editing import commands as cmd
from app.pipeline.editing.corrections import Corrections
from app.pipeline.editing.marking_desk import MarkingDesk
from app.pipeline.editing.tracked_objects import TrackedObjects
from app.pipeline.events import Corrected, EditKind, Listener, ObjectsStyled
from app.pipeline.frames import Frame, Segmented
from app.pipeline.loading import Loaded
from app.pipeline.saved_session import SavedSession
from app.pipeline.session_saver import SessionSaver
from app.prompts_file import PromptsFile
from swem_core.engine.result import StepResult
from swem_core.errors import SwemError
from swem_core.segment.prompts import Prompt
from swem_core.types import Mask, ObjectId


class Screen(Protocol):
    """What an editor needs to know of, and do to, what is shown."""

    @property
    def newest(self) -> Segmented | None:
        """The frame shown last, drafts aside."""
        ...

    def show(self, segmented: Segmented) -> None:
        """Show this."""
        ...


class Editor:
    """The desk with its frozen frame, and the tracked objects. Thread: the engine's.

    ``ready`` gives the loaded engine and may wait for it; it raises SwemError if there is none.
    """

    def __init__(
        self,
        objects: TrackedObjects,
        screen: Screen,
        listener: Listener,
        ready: Callable[[], Loaded],
    ) -> None:
        self._objects = objects
        self._screen = screen
        self._tell = listener
        self._ready = ready
        self._desk = MarkingDesk(listener)
        self._corrections = Corrections(objects.look)
        self._outdated = False
        self._beyond = 0
        self._corrected = 0
        self._saver = SessionSaver(listener)
        self._marks_to_give: PromptsFile | None = None

    @property
    def corrections(self) -> int:
        """How many corrections on the running picture were carried out."""
        return self._corrected

    @property
    def is_frozen(self) -> bool:
        """A frame is held for marking."""
        return self._desk.frozen is not None

    def carry_out(self, command: cmd.Edit) -> None:
        """Do as asked. Raises SwemError with what the person can do instead."""
        if not isinstance(command, cmd.Undo | cmd.Redo | cmd.SetActive):
            self._go_beyond(0)
        match command:
            case cmd.Freeze(shown):
                self._desk.freeze(shown, self._ready().predictor)
            case cmd.SetActive(object_id):
                self._desk.set_active(object_id)
            case cmd.AddPrompt(prompt):
                self._objects.check_unlocked([self._desk.active])
                self._desk.prompt(prompt)
            case cmd.RemovePrompt(object_id, prompt):
                self._desk.remove(object_id, prompt)
            case cmd.ImportMarks(paths):
                self._import(paths)
            case cmd.Correct(object_id, prompt, shown):
                self._correct(object_id, prompt, shown)
            case cmd.Undo():
                self._undo()
            case cmd.Redo():
                self._desk.redo() if self._desk.can_redo else self._redo()
            case cmd.Accept():
                self._accept()
            case cmd.Cancel():
                self._thaw(self._desk.frozen)
            case cmd.SetLocked(object_id, locked):
                self._objects.set_locked(object_id, locked)
            case cmd.Restyle(object_id, before, after):
                self._objects.restyle(object_id, before, after)
            case cmd.RemoveObject(object_id):
                self._remove(object_id)
            case cmd.Reset():
                self._remove(None)
            case cmd.SaveSession():
                self._saver.save(command, self._screen.newest, self._desk.draft(), self._objects)
            case cmd.Resume(session):
                self._resume(session)
            case cmd.GiveMarks(marks):
                self._desk.give(marks)
        self._show(self._desk.draft())

    def mark(self, frame: Frame, masks: Mapping[ObjectId, Mask]) -> StepResult:
        """Track objects by their masks on ``frame``. Raises MaskError, PromptError."""
        self._ready()
        known = set(masks) <= set(self._objects.ids)
        kind = EditKind.CORRECTED if known else EditKind.MARKED
        return self._objects.mark(frame.image, masks, kind)

    def finish(self) -> None:
        """Wait for a session file that is being written."""
        self._saver.finish()

    def take_marks(self) -> PromptsFile | None:
        """The marks of a resumed session, once, to be given again on its first frame."""
        marks, self._marks_to_give = self._marks_to_give, None
        return marks

    def show_anew(self) -> None:
        """Where no further frame comes, the one shown gets the masks of the changed memory."""
        newest = self._screen.newest
        if self._outdated and not self.is_frozen and newest is not None:
            self._show(Segmented(newest.frame, self._look(newest.frame)))
        self._outdated = False

    def _resume(self, session: SavedSession) -> None:
        self._ready()
        self._marks_to_give = session.marks
        if session.memory is not None:
            self._objects.resume(session.memory, session.locked)

    def _import(self, paths: Sequence[Path]) -> None:
        marks = self._desk.bring_in(paths)
        if marks.looks:
            self._tell(ObjectsStyled(marks.looks))

    def _accept(self) -> None:
        frozen, masks = self._desk.frozen, self._desk.masks()
        if frozen is None:
            return
        if not masks:
            raise SwemError("Nothing is marked yet. Click or scribble on an object first.")
        self._thaw(Segmented(frozen.frame, self.mark(frozen.frame, masks)))

    def _correct(self, object_id: ObjectId, prompt: Prompt, shown: Segmented) -> None:
        """Mend one object on the frame the person saw; the picture never goes back to it."""
        self._objects.check_unlocked([object_id])
        mask = self._corrections.mask(object_id, prompt, shown, self._ready().predictor)
        result = self.mark(shown.frame, {object_id: mask})
        self._corrected += 1
        newest = self._screen.newest
        if newest is None or newest.frame.index <= shown.frame.index:
            self._show(Segmented(shown.frame, result))
        self._outdated = True
        self._corrections.carried_out(newest.frame.index if newest is not None else -1)
        self._tell(Corrected(object_id, prompt, self._corrected))

    def _undo(self) -> None:
        """The last mark on the held frame; past the first one, the last edit before it."""
        if self._desk.can_undo:
            self._desk.undo()
        else:
            self._go_beyond(self._beyond + (self.is_frozen and self._objects.can_undo))
            self._go(self._objects.undo)

    def _redo(self) -> None:
        self._go_beyond(max(self._beyond - 1, 0))
        self._go(self._objects.redo)

    def _go_beyond(self, edits: int) -> None:
        """So many edits older than the held frame's marks are taken back: they come first again."""
        if edits != self._beyond:
            self._beyond = edits
            self._desk.let_wait(edits > 0)

    def _go(self, back_or_forth: Callable[[], None]) -> None:
        back_or_forth()
        self._memory_changed()
        if (frozen := self._desk.frozen) is not None:
            self._desk.retrack(self._look(frozen.frame))

    def _thaw(self, shown: Segmented | None) -> None:
        self._desk.release()
        self._corrections.start_afresh()
        self._show(shown)

    def _remove(self, object_id: ObjectId | None) -> None:
        self._desk.forget(object_id)
        self._objects.remove(self._objects.ids if object_id is None else [object_id])
        self._memory_changed()

    def _memory_changed(self) -> None:
        self._corrections.start_afresh()
        self._outdated = True

    def _look(self, frame: Frame) -> StepResult | None:
        return self._objects.look(frame.image) if self._objects.ids else None

    def _show(self, segmented: Segmented | None) -> None:
        if segmented is not None:
            self._screen.show(segmented)
