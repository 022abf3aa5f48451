"""Driving the real window inside the real ``main()``, with real mouse and key events.

A script is a generator: it acts, and yields conditions to wait for.
"""

import sys
import time
from collections.abc import Callable, Generator
from typing import Any, TypeAlias

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.__main__ import main
from app.pipeline.events import Event
from app.pipeline.frames import Segmented
from app.ui.window.main_window import MainWindow

Condition: TypeAlias = Callable[[], object]
Script: TypeAlias = Callable[["Driver"], Generator[Condition, None, None]]

_TICK_MS = 10
_PATIENCE_S = 60.0


class Driver:
    """What a person can do and see."""

    def __init__(self, window: MainWindow) -> None:
        self.window = window
        self.view = window.parts.view
        self.events: list[Event] = []
        window.parts.host.arrived.connect(self.events.append)

    @property
    def shown(self) -> Segmented | None:
        """What is on the screen."""
        return self.view.shown

    def heard(self, kind: type) -> list[Any]:
        return [event for event in self.events if isinstance(event, kind)]

    def click(
        self, point: tuple[float, float], button: Qt.MouseButton = Qt.MouseButton.LeftButton
    ) -> None:
        QTest.mouseClick(self.view, button, pos=self.place(point))

    def drag(self, *points: tuple[float, float]) -> None:
        button = Qt.MouseButton.LeftButton
        QTest.mousePress(self.view, button, pos=self.place(points[0]))
        for point in points[1:]:
            QTest.mouseMove(self.view, self.place(point))
        QTest.mouseRelease(self.view, button, pos=self.place(points[-1]))

    def key(self, key: Qt.Key) -> None:
        QTest.keyClick(self.view, key)

    def drafted(self, object_id: int) -> Condition:
        """A draft mask of the object is on the screen."""

        def is_there() -> bool:
            draft = self.shown.draft if self.shown else None
            return draft is not None and object_id in draft.alphas

        return is_there

    def tracked(self, object_id: int) -> Condition:
        """A tracked mask of the object is on the screen."""

        def is_there() -> bool:
            result = self.shown.result if self.shown else None
            return result is not None and object_id in result.ids

        return is_there

    def place(self, point: tuple[float, float]) -> QPoint:
        x, y = self.view.viewport.to_widget(point)
        return QPoint(round(x), round(y))


def run_main(arguments: list[str], script: Script) -> int:
    """``main(arguments)`` with a person at the window; its exit code. A script's errors raise."""
    failures: list[BaseException] = []
    running: list[Generator[Condition, None, None]] = []
    waiting: list[Condition] = [lambda: True]
    since = [time.monotonic()]
    timer = QTimer()

    def give_up(error: BaseException) -> None:
        failures.append(error)
        timer.stop()
        for window in _windows():
            window.close()

    def tick() -> None:
        try:
            if not running:
                running.extend(script(Driver(window)) for window in _windows())
                return
            if waiting[0]():
                waiting[0], since[0] = next(running[0]), time.monotonic()
            elif time.monotonic() - since[0] > _PATIENCE_S:
                raise AssertionError(f"waited in vain in {_where(running[0])}")
        except StopIteration:
            timer.stop()
            for window in _windows():
                window.close()
        except BaseException as error:
            give_up(error)

    timer.timeout.connect(tick)
    QApplication.instance() or QApplication(sys.argv[:1])
    timer.start(_TICK_MS)
    code = main(arguments)
    timer.stop()
    if failures:
        raise failures[0]
    assert running and running[0].gi_frame is None, "the window closed before the script's end"
    left = [w for w in QApplication.topLevelWidgets() if isinstance(w, MainWindow)]
    assert not left, "the window outlives its closing"
    return code


def _windows() -> list[MainWindow]:
    widgets = QApplication.topLevelWidgets()
    return [w for w in widgets if isinstance(w, MainWindow) and w.isVisible()]


def _where(script: Generator[Condition, None, None]) -> str:
    frame = script.gi_frame
    return f"{frame.f_code.co_name}, line {frame.f_lineno}" if frame else "the script"
