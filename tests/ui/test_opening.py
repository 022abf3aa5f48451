"""Opening takes long: the window shows it, stays alive, and lets the person give up."""

import threading
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSource, Workshop
from window_kit import WindowMaker, banners, press

from app.pipeline.events import SourceOpened
from app.pipeline.sources.base import Source, SourceInfo
from app.ui.actions.spec import ActionId
from app.ui.session import opening
from app.ui.window.main_window import MainWindow


class SleepingDisk:
    """Answers only when it is let."""

    def __init__(self) -> None:
        self.awake = threading.Event()

    def open(self, text: str) -> Source:
        if text.startswith("//nas"):
            self.awake.wait(10)
        return FakeSource(text, is_live=False)


@pytest.fixture
def disk(monkeypatch: pytest.MonkeyPatch, workshop: Workshop) -> Iterator[SleepingDisk]:
    made = SleepingDisk()
    monkeypatch.setattr(workshop, "open_source", made.open)
    monkeypatch.setattr(opening, "GRACE_S", 0.01)
    yield made
    made.awake.set()


def curtain(window: MainWindow) -> str:
    label = window.parts.canvas.curtain
    return label.label.text() if label.isVisible() else ""


def test_a_slow_disk_is_waited_for_visibly(
    make_window: WindowMaker, workshop: Workshop, disk: SleepingDisk, qtbot: QtBot
) -> None:
    window = make_window()
    window.open("//nas/talk.mp4")
    assert workshop.sessions == []
    qtbot.waitUntil(lambda: "//nas/talk.mp4" in curtain(window))
    disk.awake.set()
    qtbot.waitUntil(lambda: len(workshop.sessions) == 1)
    workshop.session.emit(SourceOpened(SourceInfo("talk", (90, 160), 25.0, 10, False)))
    qtbot.waitUntil(lambda: not window.parts.opening.is_busy)
    assert curtain(window) == ""


def test_escape_gives_up_and_what_comes_later_is_ignored(
    make_window: WindowMaker, workshop: Workshop, disk: SleepingDisk, qtbot: QtBot
) -> None:
    window = make_window()
    window.open("//nas/talk.mp4")
    qtbot.waitUntil(lambda: "Esc" in curtain(window))
    assert window.parts.actions[ActionId.CANCEL].isEnabled()
    press(window, Qt.Key.Key_Escape)
    assert curtain(window) == "" and not window.parts.opening.is_busy
    disk.awake.set()
    window.open("camera")
    qtbot.waitUntil(lambda: len(workshop.sessions) == 1)
    qtbot.wait(50)
    assert len(workshop.sessions) == 1 and "camera" in window.windowTitle()


def test_a_connection_that_hangs_is_given_up_without_complaint(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    window.open("rtsp://user:hunter2@far.away/live")
    workshop.session.late = ["capture"]
    qtbot.waitUntil(lambda: "far.away" in curtain(window))
    assert "hunter2" not in curtain(window)
    press(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: window.parts.welcome.isVisible())
    assert banners(window) == [] and curtain(window) == ""
