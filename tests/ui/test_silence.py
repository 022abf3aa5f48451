"""A camera that hangs without an error: the person is told, and the banner goes by itself."""

from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, FakeSource
from window_kit import banners

from app.pipeline.events import SourceLost, SourceOpened
from app.pipeline.stats import Stats
from app.ui.window.main_window import MainWindow
from app.ui.window.stall_watchdog import PATIENCE_MS

SILENT = Stats(frame_age_ms=PATIENCE_MS + 1)
LIVELY = Stats(frame_age_ms=30.0)


def test_a_camera_that_hangs_is_told_until_it_goes_on(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(SourceOpened(FakeSource().open()))
    session.figures = SILENT
    qtbot.waitUntil(lambda: len(banners(window)) == 1)
    assert "no new pictures" in banners(window)[0]
    session.figures = LIVELY
    qtbot.waitUntil(lambda: not banners(window))


def test_a_camera_that_is_lost_is_told_once(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(SourceOpened(FakeSource().open()))
    session.figures = SILENT
    qtbot.waitUntil(lambda: len(banners(window)) == 1)
    session.emit(SourceLost("The camera was unplugged.", 1.0))
    qtbot.waitUntil(lambda: "unplugged" in banners(window)[0])
    window.sync.poll()
    assert len(banners(window)) == 1


def test_before_it_is_open_nothing_is_expected(window: MainWindow, session: FakeSession) -> None:
    session.figures = SILENT
    window.sync.poll()
    assert banners(window) == []
