"""What can be done while the picture runs: correct, lock, undo."""

from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QObject, Signal

from app.pipeline.events import (
    CatchingUp,
    HistoryChanged,
    LocksChanged,
    LostChanged,
    ObjectRestyled,
    Step,
)
from app.pipeline.frames import Segmented
from app.pipeline.style import ObjectStyle, differing
from app.ui.session.interfaces import SessionLike
from app.ui.state.marking import Marking
from app.ui.state.playback import Playback
from swem_core.segment.prompts import Click, Prompt
from swem_core.types import ObjectId

_HIT_SIZE = 256  # longer side of the label map in which a click is looked up


class LiveEditing(QObject):
    """Decides whether a gesture freezes the picture or corrects it as it runs, and keeps what the
    session tells about locks, lost objects and the history. Lives in the GUI thread."""

    changed = Signal()

    def __init__(
        self,
        session: Callable[[], SessionLike | None],
        marking: Marking,
        playback: Playback,
        *,
        corrects: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._session, self._marking, self._playback = session, marking, playback
        self._corrects = corrects
        self._locked: frozenset[ObjectId] = frozenset()
        self._lost: frozenset[ObjectId] = frozenset()
        self._history = HistoryChanged(None, None)
        self._catching_up: CatchingUp | None = None
        self._restyles = 0
        self._restyled_by: dict[tuple[ObjectId, str], int] = {}

    @property
    def corrects(self) -> bool:
        """Whether gestures correct the running picture."""
        return self._corrects

    @property
    def locked(self) -> frozenset[ObjectId]:
        """Objects that take no prompts and learn nothing."""
        return self._locked

    @property
    def lost(self) -> frozenset[ObjectId]:
        """Tracked objects that are out of sight."""
        return self._lost.intersection(self._marking.tracked)

    @property
    def undo(self) -> Step | None:
        """The edit that can be taken back."""
        return self._history.undo

    @property
    def redo(self) -> Step | None:
        """The edit that can be made again."""
        return self._history.redo

    @property
    def catching_up(self) -> CatchingUp | None:
        """How far tracking is behind the picture, None if it is not."""
        return self._catching_up

    def set_corrects(self, corrects: bool) -> None:
        """Let gestures correct the running picture, or freeze it."""
        self._corrects = corrects
        self.changed.emit()

    def applies_to(self, shown: Segmented) -> bool:
        """Whether a gesture on ``shown`` corrects it: the chosen object is tracked in it, and the
        picture runs. A new object, or a paused picture, is marked on a frozen frame."""
        runs = not (self._marking.is_frozen or self._playback.is_paused)
        known = shown.result.ids if shown.result is not None else ()
        active = self._marking.active
        return self._corrects and runs and active in known and active in self._marking.tracked

    def correct(self, prompt: Prompt, shown: Segmented) -> None:
        """Correct the chosen object. A click that takes away applies to the object it hits."""
        if isinstance(prompt, Click) and not prompt.positive:
            hit = _object_at(prompt, shown)
            if hit in self._marking.tracked and hit != self._marking.active:
                self._marking.choose(hit)
        self._marking.correct(prompt, shown)

    def set_locked(self, object_id: ObjectId, locked: bool) -> None:
        """Lock an object as it is, or let it learn again."""
        if (session := self._session()) is not None:
            session.set_locked(object_id, locked)
        self.changed.emit()

    def restyled(self, object_id: ObjectId, before: ObjectStyle, after: ObjectStyle) -> None:
        """Note a restyled object in the history."""
        if (session := self._session()) is not None:
            self._restyles += 1
            for field in differing(before, after):
                self._restyled_by[object_id, field] = self._restyles
            session.restyled(object_id, before, after)

    def not_overtaken(self, event: ObjectRestyled) -> dict[str, Any]:
        """What undo or redo has changed of an object's style, but for what the person has changed
        since, of which the session had not heard."""
        return {
            field: value
            for field, value in differing(event.before, event.after).items()
            if self._restyled_by.get((event.object_id, field), 0) <= event.restyles
        }

    def on_event(self, event: LocksChanged | LostChanged | HistoryChanged | CatchingUp) -> None:
        """The session reports."""
        match event:
            case LocksChanged(locked):
                self._locked = locked
            case LostChanged(lost):
                self._lost = lost
            case HistoryChanged():
                self._history = event
            case CatchingUp(left):
                self._catching_up = event if left else None
        self.changed.emit()

    def clear(self) -> None:
        """Back to the start, for another session."""
        self._locked = self._lost = frozenset()
        self._history, self._catching_up = HistoryChanged(None, None), None
        self._restyles = 0
        self._restyled_by.clear()
        self.changed.emit()


def _object_at(click: Click, shown: Segmented) -> ObjectId:
    """The object whose mask a click hits, 0 for none."""
    if shown.result is None:
        return 0
    height, width = shown.result.source_size
    scale = min(1.0, _HIT_SIZE / max(height, width))
    labels = shown.result.labels((max(1, round(height * scale)), max(1, round(width * scale))))
    row = min(max(int(click.y * scale), 0), labels.shape[0] - 1)
    column = min(max(int(click.x * scale), 0), labels.shape[1] - 1)
    return int(labels[row, column])
