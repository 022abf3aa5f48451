"""Opening, closing, settings and themes."""

from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeCamera, FakeSession, Workshop
from window_kit import WindowMaker, banners, press, show

from app.pipeline.events import Level
from app.pipeline.style import ViewStyle
from app.settings_file import SettingsFile
from app.ui.actions.spec import ActionId
from app.ui.picture.hud_level import HudLevel
from app.ui.picture.tools import DEFAULT_RADIUS
from app.ui.session.bridge import Postbox
from app.ui.widgets.theme import DARK, LIGHT, Theme
from app.ui.window.main_window import MainWindow

Key = Qt.Key


def test_a_failing_source_is_told_and_the_old_one_stays(
    window: MainWindow, session: FakeSession, workshop: Workshop
) -> None:
    window.open("missing.mp4")
    banner = window.parts.canvas.messages.banners[0]
    assert banner.level is Level.ERROR and "missing.mp4" in banner.text
    assert workshop.sessions == [session] and "stop" not in session.names()
    banner.close_button.click()
    assert banners(window) == []


def test_another_source_waits_for_the_old_one(
    window: MainWindow, session: FakeSession, workshop: Workshop, qtbot: QtBot
) -> None:
    session.may_stop.clear()
    session.late = ["capture"]
    window.open("first")
    window.open("second")  # before the old one has stopped: the newest wish counts
    qtbot.waitUntil(lambda: "stop" in session.names())
    assert session.last("stop") != ("MainThread",)
    assert window.parts.canvas.curtain.isVisible() and len(workshop.sessions) == 1
    session.may_stop.set()
    qtbot.waitUntil(lambda: len(workshop.sessions) == 2)
    assert workshop.opened == ["camera", "first", "second"]
    assert window.windowTitle().startswith("second")
    assert not window.parts.canvas.curtain.isVisible()
    show(window, workshop.session, qtbot)


def test_closing_finishes_the_recording_first(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    press(window, Key.Key_R)
    session.may_stop.clear()
    assert not window.close()
    assert window.isVisible()
    assert "recording" in window.parts.canvas.curtain.label.text()
    assert not window.close()  # impatience changes nothing
    session.may_stop.set()
    qtbot.waitUntil(lambda: not window.isVisible())
    assert session.names().count("stop") == 1
    assert "stop_recording" in session.names()


def test_closing_does_not_wait_for_ever(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    window.parts.host._deadline_s = -0.45  # twice, plus one second of grace
    session.may_stop.clear()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    session.may_stop.set()


def test_closing_without_a_source(make_window: WindowMaker) -> None:
    assert make_window().close()


def test_a_closed_window_hears_no_thread_any_more(make_window: WindowMaker) -> None:
    window = make_window()
    postboxes = window.findChildren(Postbox)
    assert len(postboxes) > 6 and all(box.post(lambda: None) for box in postboxes)
    window.close()
    assert not any(box.post(lambda: None) for box in postboxes)


def test_close_source_leads_to_the_start_page(window: MainWindow, qtbot: QtBot) -> None:
    press(window, Key.Key_W, ctrl=True)
    qtbot.waitUntil(lambda: window.parts.welcome.isVisible())
    assert window.parts.view.shown is None
    assert not window.parts.actions[ActionId.RECORD].isEnabled()


def test_several_cameras_are_offered_one_is_taken(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    window.parts.welcome.camera.click()
    menu = window.parts.cameras.menu
    qtbot.waitUntil(menu.isVisible)
    assert [action.text() for action in menu.actions()] == ["Front", "Desk"]
    menu.actions()[1].trigger()
    menu.hide()
    assert workshop.opened == ["cam:1"]
    workshop.cameras = [FakeCamera("cam:9", "Only")]
    window.parts.actions[ActionId.OPEN_CAMERA].trigger()
    qtbot.waitUntil(lambda: workshop.opened == ["cam:1", "cam:9"])
    qtbot.waitUntil(lambda: len(workshop.sessions) == 2)
    workshop.cameras = []
    window.parts.actions[ActionId.OPEN_CAMERA].trigger()
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert "No camera" in banners(window)[0]


def test_stream_address_is_typed(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window()
    window.parts.welcome.stream.click()
    field = window.parts.source_panel.address
    assert field.hasFocus()
    QTest.keyClicks(field, "rtsp://cam/1")
    QTest.keyClick(field, Key.Key_Return)
    assert workshop.opened == ["rtsp://cam/1"]
    assert field.isHidden()
    window.parts.source_panel.ask_address()
    QTest.keyClick(field, Key.Key_Escape)
    assert field.isHidden()


def test_dropped_files_and_demo_are_opened(
    make_window: WindowMaker, workshop: Workshop, tmp_path: Path
) -> None:
    window = make_window(demo="demo-clip")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a b.mp4"))])
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    none = Qt.KeyboardModifier.NoModifier
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, data, left, none))
    assert [Path(text) for text in workshop.opened] == [tmp_path / "a b.mp4"]
    window.parts.welcome.demo_wanted.emit()
    assert workshop.opened[-1] == "demo-clip"


def test_initial_source_is_opened(make_window: WindowMaker, workshop: Workshop) -> None:
    make_window(initial_source="x")
    assert workshop.opened == ["x"]
    *before, start = workshop.session.names()[:3]
    assert sorted(before) == ["set_target_fps", "set_virtual_camera"] and start == "start"


def test_settings_are_kept_and_nonsense_is_ignored(
    make_window: WindowMaker, settings: SettingsFile
) -> None:
    nonsense = {"view/opacity": "7", "view/outline": "a lot", "tools/radius": "nan"}
    settings.change(window={**nonsense, "view/hud": "perhaps", "window/geometry": 3})
    window = make_window()
    parts = window.parts
    assert parts.looks.chosen == ViewStyle()
    assert parts.tools.radius == DEFAULT_RADIUS
    assert parts.theme.theme is Theme.SYSTEM
    parts.looks.change(replace(parts.looks.chosen, opacity=0.25))
    parts.tools.resize(2)
    assert parts.canvas.hud.level is HudLevel.COMPACT
    parts.actions[ActionId.HUD].trigger()
    parts.actions[ActionId.HUD].trigger()
    window.close()
    again = make_window().parts
    assert again.looks.chosen.opacity == 0.25
    assert again.tools.radius == pytest.approx(parts.tools.radius)
    assert not again.actions[ActionId.HUD].isChecked() and again.canvas.hud.level is HudLevel.OFF


def test_theme_changes_palette_and_is_remembered(
    make_window: WindowMaker, settings: SettingsFile
) -> None:
    window = make_window()
    light, dark = (
        next(
            a
            for a in window.findChildren(type(window.parts.actions[ActionId.FIT]))
            if a.text() == t
        )
        for t in ("Light", "Dark")
    )
    light.trigger()
    assert window.palette().window().color().name() == LIGHT.window
    assert settings.settings.theme == "light"
    dark.trigger()
    assert window.palette().window().color().name() == DARK.window


def test_full_screen_shows_only_the_picture(window: MainWindow) -> None:
    press(window, Key.Key_F11)
    assert window.isFullScreen() and not window.menuBar().isVisible()
    press(window, Key.Key_Escape)
    assert not window.isFullScreen() and window.menuBar().isVisible()
    assert not window.parts.actions[ActionId.FULL_SCREEN].isChecked()


def test_help_sheet_opens_and_closes(window: MainWindow) -> None:
    press(window, Key.Key_F1)
    assert window.dialogs.help.isVisible() and not window.dialogs.help.isModal()
    QTest.keyClick(window.dialogs.help, Key.Key_Escape)
    assert not window.dialogs.help.isVisible()
    assert not window.parts.actions[ActionId.HELP].isChecked()
