"""The slider below a file, and the keys that send it elsewhere."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, rendered

from app.pipeline.events import SourceOpened
from app.pipeline.frames import Rendered
from app.pipeline.sources.base import SourceInfo
from app.ui.actions.spec import ActionId
from app.ui.window.main_window import MainWindow

SPAN = (10.0, 70.0)


def shown_at(seconds: float) -> Rendered:
    picture = rendered()
    frame = replace(picture.segmented.frame, file_s=seconds)
    return replace(picture, segmented=replace(picture.segmented, frame=frame))


@pytest.fixture
def on_file(window: MainWindow, session: FakeSession, qtbot: QtBot) -> MainWindow:
    session.emit(SourceOpened(SourceInfo("clip.mp4", (90, 160), 30.0, None, False, SPAN)))
    qtbot.waitUntil(lambda: window.parts.seek_bar.isVisible())
    return window


def show(window: MainWindow, session: FakeSession, seconds: float, qtbot: QtBot) -> None:
    picture = shown_at(seconds)
    session.put(picture)
    qtbot.waitUntil(lambda: window.parts.view.shown is picture.segmented)
    window.sync.poll()


def test_what_cannot_be_sent_elsewhere_has_no_slider(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(SourceOpened(SourceInfo("camera", (90, 160), 30.0, None, True)))
    qtbot.waitUntil(lambda: "live" in window.parts.source_panel.detail.text())
    assert not window.parts.seek_bar.isVisible()
    assert not window.parts.actions[ActionId.SEEK_START].isEnabled()
    assert not window.parts.actions[ActionId.LOOP].isEnabled()


def test_the_slider_follows_the_picture_but_not_while_it_is_held(
    on_file: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    bar = on_file.parts.seek_bar
    show(on_file, session, 22.5, qtbot)
    assert (bar.track.value(), bar.time.text()) == (22_500, "0:12 / 1:00")
    bar.track.setSliderDown(True)
    show(on_file, session, 30.0, qtbot)
    assert bar.track.value() == 22_500
    assert "seek" not in session.names()


def test_a_press_on_the_slider_goes_there(on_file: MainWindow, session: FakeSession) -> None:
    track = on_file.parts.seek_bar.track
    QTest.mousePress(
        track, Qt.MouseButton.LeftButton, pos=QPoint(track.width() // 2, track.height() // 2)
    )
    (seconds,) = session.last("seek")
    assert seconds == pytest.approx(40, abs=1)


def test_keys_go_back_forward_and_to_the_start(
    on_file: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    show(on_file, session, 30.0, qtbot)
    view, control = on_file.parts.view, Qt.KeyboardModifier.ControlModifier
    QTest.keyClick(view, Qt.Key.Key_Right, control)
    QTest.keyClick(view, Qt.Key.Key_Right, control)
    assert session.last("seek") == (40.0,)
    QTest.keyClick(view, Qt.Key.Key_Left, control)
    assert session.last("seek") == (35.0,)
    QTest.keyClick(view, Qt.Key.Key_Home)
    assert session.last("seek") == (10.0,)
    QTest.keyClick(view, Qt.Key.Key_Left, control)
    assert session.last("seek") == (10.0,)


def test_marks_are_not_lost_by_going_elsewhere(
    on_file: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    show(on_file, session, 30.0, qtbot)
    parts = on_file.parts
    QTest.mouseClick(parts.view, Qt.MouseButton.LeftButton, pos=parts.view.rect().center())
    qtbot.waitUntil(lambda: bool(parts.marking.state.touched))
    QTest.keyClick(parts.view, Qt.Key.Key_Home)
    assert "seek" not in session.names()


def test_playing_over_and_over(on_file: MainWindow, session: FakeSession) -> None:
    on_file.parts.seek_bar.loop.click()
    assert session.last("set_loop") == (True,)
    assert on_file.parts.actions[ActionId.LOOP].isChecked()
    on_file.parts.actions[ActionId.LOOP].trigger()
    assert session.last("set_loop") == (False,)
    assert not on_file.parts.seek_bar.loop.isChecked()
