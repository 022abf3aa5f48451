"""What one does with a window in a test, and sees of it."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, rendered

from app.ui.window.main_window import MainWindow

WindowMaker = Callable[..., MainWindow]


def show(window: MainWindow, session: FakeSession, qtbot: QtBot, index: int = 0) -> None:
    picture = rendered(index)
    session.put(picture)
    qtbot.waitUntil(lambda: session.has_painted(picture))


def press(window: MainWindow, *keys: Qt.Key, ctrl: bool = False, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    for key in keys:
        QTest.keyClick(window.parts.view, key, modifiers)


def banners(window: MainWindow) -> list[str]:
    return [banner.text for banner in window.parts.canvas.messages.banners]
