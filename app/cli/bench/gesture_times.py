"""Measures the time from a movement of the hand to the picture that shows it."""

import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import cv2
import numpy as np
from PySide6.QtCore import QCoreApplication, QEvent, QEventLoop, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication

from app.cli.bench.window import play
from app.cli.live_clip import LiveClip, real_objects
from app.pipeline.frames import Frame
from app.pipeline.loading import EngineChoice
from app.pipeline.session import SessionOptions
from app.ui.actions.spec import ActionId
from app.ui.picture.picture_view import PictureView
from app.ui.picture.tools import Tool
from app.ui.window.main_window import MainWindow
from swem_core.types import Size

SIZE: Size = (1080, 1920)
_SETTLE_S = 5.0
_BETWEEN_S = 0.008  # a mouse reports about so often
_NOTHING_S = 0.05  # without a painting: there was nothing to paint
_STEPS = 80
_CLICKS = 10
_BETWEEN_CLICKS_S = 0.2
_Act = Callable[[], object]


class LargeClip(LiveClip):
    """The clip as a camera of ``SIZE`` would bring it."""

    def read(self) -> Frame | None:
        """The next frame, enlarged to ``SIZE``."""
        frame = super().read()
        if frame is None:
            return None
        image = np.asarray(cv2.resize(frame.image, SIZE[::-1]), np.uint8)
        return Frame(frame.index, image, frame.seconds, frame.captured_ns)


@dataclass(frozen=True, slots=True)
class GestureRow:
    """``milliseconds``: of each movement that had anything painted. ``frozen``: on a held picture;
    else on the running one, which it corrects."""

    gesture: str
    frozen: bool
    milliseconds: tuple[float, ...]


class _Watch(QObject):
    """Counts how often the picture is painted."""

    def __init__(self) -> None:
        super().__init__()
        self.paintings = 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() != QEvent.Type.Paint or not isinstance(watched, PictureView):
            return False
        watched.event(event)
        self.paintings += 1
        return True


class _Hand:
    """Draws on the window's picture, and waits for each movement to be painted."""

    def __init__(self, window: MainWindow, watch: _Watch) -> None:
        self._view, self._watch = window.parts.view, watch
        self._tools = window.parts.tools

    def times(self, acts: Iterator[_Act], between_s: float = _BETWEEN_S) -> tuple[float, ...]:
        """Milliseconds from each act to the painting that shows it."""
        found = []
        for act in acts:
            painted, begin = self._watch.paintings, time.perf_counter()
            act()
            while self._watch.paintings == painted and time.perf_counter() - begin < _NOTHING_S:
                QCoreApplication.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 1)
            took = time.perf_counter() - begin
            if self._watch.paintings > painted:
                found.append(1e3 * took)
            while time.perf_counter() - begin < between_s:
                QCoreApplication.processEvents()
        return tuple(found)

    def clicks(self) -> Iterator[_Act]:
        """Some marks. A click is answered when it is pressed; letting go changes nothing."""
        self._tools.select(Tool.CLICK)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        for click in range(_CLICKS):
            at = self._way(_STEPS * click // _CLICKS)
            yield self._mouse(QEvent.Type.MouseButtonPress, at, left, left)
            self._mouse(QEvent.Type.MouseButtonRelease, at, left, none)()

    def stroke(self, tool: Tool) -> Iterator[_Act]:
        """Draw a wavy line across the picture."""
        self._tools.select(tool)
        left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
        yield self._mouse(QEvent.Type.MouseButtonPress, self._way(0), left, left)
        for step in range(1, _STEPS):
            yield self._mouse(QEvent.Type.MouseMove, self._way(step), none, left)
        yield self._mouse(QEvent.Type.MouseButtonRelease, self._way(_STEPS), left, none)

    def hover(self) -> Iterator[_Act]:
        """Move the mouse; the ring of the brush follows."""
        self._tools.select(Tool.BRUSH)
        none = Qt.MouseButton.NoButton
        for step in range(_STEPS):
            yield self._mouse(QEvent.Type.MouseMove, self._way(step), none, none)

    def zoom(self) -> Iterator[_Act]:
        """Zoom in and out again."""
        for notches in (1,) * 10 + (-1,) * 10:
            yield self._wheel(120 * notches)

    def pan(self) -> Iterator[_Act]:
        """Zoom in, then pan."""
        yield from (self._wheel(120) for _ in range(6))
        middle, none = Qt.MouseButton.MiddleButton, Qt.MouseButton.NoButton
        yield self._mouse(QEvent.Type.MouseButtonPress, self._way(0), middle, middle)
        for step in range(40):
            yield self._mouse(QEvent.Type.MouseMove, self._way(step), none, middle)
        yield self._mouse(QEvent.Type.MouseButtonRelease, self._way(40), middle, none)
        yield self._view.fit

    def _way(self, step: int) -> QPointF:
        width, height = self._view.width(), self._view.height()
        x = width * (0.1 + 0.8 * step / _STEPS)
        return QPointF(x, height * (0.5 + 0.35 * math.sin(step / 9)))

    def _mouse(
        self, kind: QEvent.Type, at: QPointF, button: Qt.MouseButton, held: Qt.MouseButton
    ) -> _Act:
        away, no_key = self._view.mapToGlobal(at), Qt.KeyboardModifier.NoModifier
        event = QMouseEvent(kind, at, away, button, held, no_key)
        return lambda: QApplication.sendEvent(self._view, event)

    def _wheel(self, angle: int) -> _Act:
        at = self._way(_STEPS // 3)
        event = QWheelEvent(
            *(at, self._view.mapToGlobal(at), QPoint(), QPoint(0, angle)),
            *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.ControlModifier),
            *(Qt.ScrollPhase.NoScrollPhase, False),
        )
        return lambda: QApplication.sendEvent(self._view, event)


def measure_gestures(choice: EngineChoice, objects: int) -> list[GestureRow]:
    """On the running picture, then on a held one, in a window of ``SIZE`` that tracks."""
    application = QApplication.instance() or QApplication(["swem-live"])
    watch = _Watch()
    rows: list[GestureRow] = []

    def act(_: object) -> None:
        window = next(w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow))
        window.resize(*SIZE[::-1])
        hand = _Hand(window, watch)
        for frozen in (False, True):
            if frozen:
                window.parts.actions[ActionId.FREEZE].trigger()
            clicks = hand.times(hand.clicks(), _BETWEEN_CLICKS_S)
            rows.append(GestureRow(Tool.CLICK.value, frozen, clicks))
            acts = {tool.value: hand.stroke(tool) for tool in Tool if tool is not Tool.CLICK}
            acts |= {"hover": hand.hover(), "zoom": hand.zoom(), "pan": hand.pan()}
            rows.extend(GestureRow(name, frozen, hand.times(each)) for name, each in acts.items())

    application.installEventFilter(watch)
    options = SessionOptions(initial=real_objects(objects))
    try:
        play(choice, options, [(_SETTLE_S, act)], LargeClip)
    finally:
        application.removeEventFilter(watch)
    return rows
