"""Uses the window at random: actions and strokes, about as fast as a person could."""

import random

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QApplication

from app.ui.actions.spec import ActionId
from app.ui.actions.table import EFFECT_SPECS
from app.ui.window.main_window import MainWindow

I = ActionId  # noqa: E741 - as in the table of actions
# Nothing that opens a dialog or another source. The last rows keep it going: whoever marks also
# tracks, and what is frozen runs on.
_ACTIONS: tuple[str, ...] = (
    *(I.CLICK, I.BOX, I.LASSO, I.SCRIBBLE, I.BRUSH, I.ERASER, I.SMALLER, I.LARGER, I.LOUPE),
    *(I.FREEZE, I.CORRECT_LIVE, I.UNDO, I.REDO, I.MARK_ADD, I.NEXT_MARK, I.DELETE_MARK),
    *(I.NEW_OBJECT, I.REMOVE_OBJECT, I.LOCK_OBJECT, I.HIDE_OBJECT, I.SOLO_OBJECT),
    *(I.PAUSE_RECORDING, I.SPLIT_RECORDING, I.SAVE_REPLAY, I.SNAPSHOT, I.RECORD, I.RECORD),
    *(I.HIDE_OVERLAY, I.SIDE_BY_SIDE, I.MIRROR, I.TURN, I.HUD, I.PANEL),
    *(I.ZOOM_IN, I.ZOOM_OUT, I.FIT, "object_1", "object_2"),
    *(spec.id for spec in EFFECT_SPECS),
    *(I.ACCEPT,) * 8,
    *(I.CANCEL,) * 4,
)
_STROKES = 0.3  # of all gestures
_MOST_OBJECTS = 3
_MOST_POINTS = 8


class Person:
    """Random actions, reproducible with the same ``chance``. Thread: the GUI's."""

    def __init__(self, window: MainWindow, chance: random.Random) -> None:
        self.gestures = 0
        self._window, self._chance = window, chance
        self._keeps_replay = False

    def act(self) -> None:
        """Trigger an action of the menus, or click or draw on the picture."""
        parts = self._window.parts
        session = parts.host.session
        if session is None or parts.view.shown is None:
            return
        self.gestures += 1
        if not self._keeps_replay:
            self._keeps_replay = True
            parts.actions[I.KEEP_REPLAY].trigger()
        elif len(session.stats().scores) > _MOST_OBJECTS:
            parts.actions[I.REMOVE_OBJECT].trigger()
        elif self._chance.random() < _STROKES:
            self._stroke()
        else:
            parts.actions[self._chance.choice(_ACTIONS)].trigger()

    def _stroke(self) -> None:
        left, right = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton
        button = left if self._chance.random() < 0.75 else right
        first, *further = [self._point() for _ in range(self._chance.randint(1, _MOST_POINTS))]
        self._send(QEvent.Type.MouseButtonPress, first, button, button)
        for point in further:
            self._send(QEvent.Type.MouseMove, point, Qt.MouseButton.NoButton, button)
        last = further[-1] if further else first
        self._send(QEvent.Type.MouseButtonRelease, last, button, Qt.MouseButton.NoButton)

    def _point(self) -> QPointF:
        view = self._window.parts.view
        return QPointF(
            self._chance.uniform(0, view.width() - 1), self._chance.uniform(0, view.height() - 1)
        )

    def _send(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> None:
        view = self._window.parts.view
        away = view.mapToGlobal(at)
        none = Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(view, QMouseEvent(kind, at, away, button, held, none))
