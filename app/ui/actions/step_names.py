"""The words on Undo and Redo: what they take back or make again."""

from collections.abc import Callable
from typing import Final

from PySide6.QtCore import QCoreApplication

from app.pipeline.events import EditKind, Step
from app.translation import N
from app.ui.actions.spec import ActionId
from swem_core.types import ObjectId

_WHAT: Final = {
    EditKind.CLICK: N("Steps", "click on %1"),
    EditKind.SCRIBBLE: N("Steps", "scribble on %1"),
    EditKind.BOX: N("Steps", "box around %1"),
    EditKind.LASSO: N("Steps", "lasso around %1"),
    EditKind.BRUSH: N("Steps", "brush on %1"),
    EditKind.ERASER: N("Steps", "eraser on %1"),
    EditKind.MARK_REMOVED: N("Steps", "removal of a mark on %1"),
    EditKind.IMPORTED: N("Steps", "import of marks"),
    EditKind.MARKED: N("Steps", "tracking of %1"),
    EditKind.CORRECTED: N("Steps", "correction of %1"),
    EditKind.REMOVED: N("Steps", "removal of %1"),
    EditKind.RENAMED: N("Steps", "renaming of %1"),
    EditKind.RECOLORED: N("Steps", "colour of %1"),
    EditKind.SHOWN: N("Steps", "hiding or showing of %1"),
    EditKind.RESTYLED: N("Steps", "appearance of %1"),
    EditKind.LOCKED: N("Steps", "lock of %1"),
}
_ACTIONS: Final[dict[str, str]] = {
    ActionId.UNDO: N("Steps", "Undo %1"),
    ActionId.REDO: N("Steps", "Redo %1"),
}


def step_text(action_id: str, step: Step | None, name: Callable[[ObjectId], str]) -> str:
    """The text of Undo or Redo, "" where there is nothing to name. ``name``: of an object."""
    if step is None:
        return ""
    objects = _translated(N("Steps", "%1 objects")).replace("%1", str(len(step.ids)))
    if len(step.ids) == 1:
        objects = name(step.ids[0])
    what = _translated(_WHAT[step.kind]).replace("%1", objects)
    return _translated(_ACTIONS[action_id]).replace("%1", what)


def _translated(text: str) -> str:
    return QCoreApplication.translate("Steps", text)
