"""The governor's switch, its target, and what the figures say of it."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop

from app.pipeline.stats import PaceStats, Stats
from app.ui.window.main_window import MainWindow


def test_a_session_is_told_the_target_and_every_change(
    window: MainWindow, session: FakeSession
) -> None:
    pace = window.parts.pace
    assert session.last("set_target_fps") == (15.0,)
    assert session.names().index("set_target_fps") < session.names().index("start")
    pace.rate.setValue(24)
    assert session.last("set_target_fps") == (24.0,)
    pace.switch.click()
    assert session.last("set_target_fps") == (None,) and not pace.rate.isEnabled()


def test_digits_typed_into_the_target_choose_no_object(
    window: MainWindow, session: FakeSession
) -> None:
    pace = window.parts.pace
    pace.rate.setFocus()
    pace.rate.selectAll()
    for key in (Qt.Key.Key_2, Qt.Key.Key_5, Qt.Key.Key_Return):
        QTest.keyClick(pace.rate, key)
    assert pace.rate.value() == 25
    targets = [call[1] for call in session.calls if call[0] == "set_target_fps"]
    assert targets == [15.0, 25.0], "2 on the way to 25 is no target"
    assert "set_active" not in session.names() and window.parts.view.hasFocus()


def test_the_choice_is_remembered(make_window: object, workshop: Workshop, qtbot: QtBot) -> None:
    assert callable(make_window)
    first = make_window()
    first.parts.pace.rate.setValue(22)
    first.parts.pace.switch.setChecked(False)
    first.close()
    second = make_window()
    assert second.parts.pace.target_fps is None and second.parts.pace.rate.value() == 22
    second.parts.pace.choose(12)
    assert second.parts.pace.target_fps == 12
    second.parts.pace.choose(0)
    assert second.parts.pace.target_fps is None


def test_the_figures_say_what_the_governor_does(window: MainWindow) -> None:
    hud = window.parts.canvas.hud
    hud.show_stats(Stats())
    assert hud.value("governor") == "off"
    hud.show_stats(Stats(pace=PaceStats(15, "full", 240, 1, 1, 0.0)))
    assert hud.value("governor") == "240 px, every frame"
    hud.show_stats(Stats(pace=PaceStats(15, "x", 192, 2, 2, 0.4)))
    text = "192 px, network on every 2nd frame, learns from every 4th, 40 % still, masks kept"
    assert hud.value("governor") == text
