"""Keys, panels, opening and closing, with a session that records what is asked of it."""

from pathlib import Path

import pytest
from conftest import WindowMaker, show
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_fakes import FakeCamera, FakeSession, Workshop

from app.pipeline.events import Level, MarkingChanged, ObjectsChanged
from app.pipeline.recording import RecordingPlan
from app.pipeline.style import ViewStyle
from app.ui.action_table import ActionId
from app.ui.main_window import MainWindow
from app.ui.theme import DARK, LIGHT, Theme
from app.ui.tools import DEFAULT_RADIUS, Tool

Key = Qt.Key


def press(window: MainWindow, *keys: Qt.Key, ctrl: bool = False, shift: bool = False) -> None:
    modifiers = Qt.KeyboardModifier.NoModifier
    if ctrl:
        modifiers |= Qt.KeyboardModifier.ControlModifier
    if shift:
        modifiers |= Qt.KeyboardModifier.ShiftModifier
    for key in keys:
        QTest.keyClick(window.parts.view, key, modifiers)


def mark(window: MainWindow, qtbot: QtBot) -> None:
    view = window.parts.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    qtbot.waitUntil(lambda: bool(window.parts.marking.state.touched))


def banners(window: MainWindow) -> list[str]:
    return [banner.text for banner in window.parts.canvas.messages.banners]


def test_space_freezes_and_goes_on(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    actions = window.parts.actions
    press(window, Key.Key_Space)
    assert session.last("freeze") == (window.parts.view.shown,)
    assert actions[ActionId.FREEZE].isChecked() and actions[ActionId.ACCEPT].isEnabled()
    qtbot.waitUntil(lambda: window.parts.marking.state.frozen)
    press(window, Key.Key_Space)
    assert session.names()[-1] == "cancel"
    qtbot.waitUntil(lambda: not actions[ActionId.FREEZE].isChecked())
    assert not actions[ActionId.ACCEPT].isEnabled()


def test_space_does_not_throw_marks_away(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    mark(window, qtbot)
    press(window, Key.Key_Space)
    assert "cancel" not in session.names()
    assert "Enter" in banners(window)[0]
    assert window.parts.actions[ActionId.FREEZE].isChecked()


def test_undo_redo_accept_cancel(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    mark(window, qtbot)
    press(window, Key.Key_Z, ctrl=True)
    qtbot.waitUntil(lambda: window.parts.marking.state.can_redo)
    press(window, Key.Key_Z, ctrl=True, shift=True)
    press(window, Key.Key_Return)
    assert session.names()[-3:] == ["undo", "redo", "accept"]
    qtbot.waitUntil(lambda: not window.parts.marking.is_frozen)
    press(window, Key.Key_Escape)
    assert "cancel" not in session.names()  # nothing is frozen
    mark(window, qtbot)
    press(window, Key.Key_Escape)
    assert session.names()[-1] == "cancel"


def test_number_keys_and_new_object(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    session.emit(ObjectsChanged((1, 2)))
    qtbot.waitUntil(lambda: window.parts.objects_panel.ids == (1, 2))
    press(window, Key.Key_2)
    assert session.last("set_active") == (2,)
    press(window, Key.Key_N)
    assert session.last("set_active") == (3,)
    assert window.parts.objects_panel.ids == (1, 2, 3)
    press(window, Key.Key_7)
    assert window.parts.objects_panel.ids == (1, 2, 7)


def test_remove_and_reset(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    press(window, Key.Key_Delete)
    assert "remove_object" not in session.names()  # there is none
    session.emit(ObjectsChanged((1, 2)))
    qtbot.waitUntil(lambda: window.parts.marking.tracked == (1, 2))
    press(window, Key.Key_Delete)
    assert session.last("remove_object") == (1,)
    assert session.last("set_active") == (2,)  # marks do not go to what was removed
    press(window, Key.Key_R, ctrl=True)
    assert session.names()[-1] == "reset"


def test_tool_keys(window: MainWindow) -> None:
    tools = window.parts.tools
    for key, tool in (
        (Key.Key_S, Tool.SCRIBBLE),
        (Key.Key_B, Tool.BRUSH),
        (Key.Key_E, Tool.ERASER),
        (Key.Key_C, Tool.CLICK),
    ):
        press(window, key)
        assert tools.tool is tool
        assert window.parts.actions[tool.value].isChecked()


def test_overlay_is_hidden_and_shown_again(window: MainWindow, session: FakeSession) -> None:
    press(window, Key.Key_H)
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and (style.opacity, style.outline) == (0, 0)
    assert window.parts.view_panel.hide_button.isChecked()
    press(window, Key.Key_H)
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and style.opacity > 0


def test_record_and_stop(
    window: MainWindow, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    window.parts.record_panel.masks.setChecked(True)
    press(window, Key.Key_R)
    (plan,) = session.last("start_recording")
    assert isinstance(plan, RecordingPlan) and plan.video and plan.masks
    assert plan.video.parent == tmp_path / "out" and plan.video.suffix == ".mkv"
    assert plan.video.name.startswith("swem-live 20") and ":" not in plan.video.name
    assert plan.masks.name.endswith("masks")
    qtbot.waitUntil(lambda: window.parts.canvas.badge.text().startswith("●"))
    assert window.parts.actions[ActionId.RECORD].isChecked()
    press(window, Key.Key_R)
    assert session.names()[-1] == "stop_recording"
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert plan.video.name in banners(window)[0]
    assert not window.parts.canvas.badge.isVisible()
    assert not window.parts.actions[ActionId.RECORD].isChecked()


def test_snapshot(window: MainWindow, session: FakeSession, tmp_path: Path) -> None:
    press(window, Key.Key_P)
    (path,) = session.last("snapshot")
    assert isinstance(path, Path) and path.suffix == ".png" and path.parent == tmp_path / "out"


def test_pause_is_for_files(
    window: MainWindow, session: FakeSession, workshop: Workshop, qtbot: QtBot
) -> None:
    press(window, Key.Key_K)
    assert "set_paused" not in session.names()
    window.open("clip.mp4")
    qtbot.waitUntil(lambda: len(workshop.sessions) == 2)
    press(window, Key.Key_K)
    assert workshop.session.last("set_paused") == (True,)
    assert window.parts.source_panel.pause.isChecked()
    press(window, Key.Key_K)
    assert workshop.session.last("set_paused") == (False,)


def test_objects_panel_edits_the_looks(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(ObjectsChanged((1,)))
    qtbot.waitUntil(lambda: window.parts.marking.tracked == (1,))
    row = window.parts.objects_panel.row(1)
    row.name.setFocus()
    row.name.selectAll()
    QTest.keyClicks(row.name, "Rex 2")  # letters, Space and digits are no shortcuts here
    QTest.keyClick(row.name, Key.Key_Return)
    assert window.parts.looks.of(1).name == "Rex 2"
    assert not {"freeze", "accept", "set_active", "start_recording"} & set(session.names())
    assert window.parts.view.hasFocus()
    row.eye.click()
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and not style.of(1).visible
    window.parts.looks.recolor(1, (1, 2, 3))
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and style.of(1).color == (1, 2, 3)
    row.remove.click()
    assert session.last("remove_object") == (1,)


def test_colour_dialog_is_live_and_can_be_taken_back(window: MainWindow, qtbot: QtBot) -> None:
    from PySide6.QtGui import QColor
    from PySide6.QtWidgets import QColorDialog

    before = window.parts.looks.of(1).color
    window.parts.objects_panel.row(1).swatch.click()
    dialog = window.findChild(QColorDialog)
    assert isinstance(dialog, QColorDialog) and not dialog.isModal()
    dialog.setCurrentColor(QColor(9, 8, 7))
    assert window.parts.looks.of(1).color == (9, 8, 7)
    dialog.reject()
    assert window.parts.looks.of(1).color == before


def test_sliders_change_the_style(window: MainWindow, session: FakeSession) -> None:
    window.parts.view_panel.opacity.slider.setValue(80)
    window.parts.view_panel.outline.slider.setValue(0)
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and (style.opacity, style.outline) == (0.8, 0)


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
    window.parts.host._deadline_s = -0.9  # plus one second of grace
    session.may_stop.clear()
    window.close()
    qtbot.waitUntil(lambda: not window.isVisible())
    session.may_stop.set()


def test_closing_without_a_source(make_window: WindowMaker) -> None:
    assert make_window().close()


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
    drop = QDropEvent(QPointF(9, 9), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(window, drop)
    assert [Path(text) for text in workshop.opened] == [tmp_path / "a b.mp4"]
    window.parts.welcome.demo_wanted.emit()
    assert workshop.opened[-1] == "demo-clip"


def test_initial_source_is_prepared_before_it_starts(
    make_window: WindowMaker, workshop: Workshop, qtbot: QtBot
) -> None:
    window = make_window(initial_source="x", prepare=lambda session: session.set_active(4))
    names = workshop.session.names()
    assert names.index("set_active") < names.index("start")
    window.open("y")
    qtbot.waitUntil(lambda: len(workshop.sessions) == 2)
    assert "set_active" not in workshop.session.names()  # only the first


def test_settings_are_kept_and_nonsense_is_ignored(
    make_window: WindowMaker, settings: QSettings
) -> None:
    settings.setValue("view/opacity", "7")
    settings.setValue("view/outline", "a lot")
    settings.setValue("tools/radius", "nan")
    settings.setValue("view/theme", "pink")
    settings.setValue("view/hud", "perhaps")
    settings.setValue("window/geometry", 3)
    window = make_window()
    parts = window.parts
    assert parts.looks.chosen == ViewStyle()
    assert parts.tools.radius == DEFAULT_RADIUS
    assert parts.theme.theme is Theme.SYSTEM
    parts.looks.set_opacity(0.25)
    parts.tools.resize(2)
    parts.actions[ActionId.HUD].trigger()
    window.close()
    again = make_window().parts
    assert again.looks.chosen.opacity == 0.25
    assert again.tools.radius == pytest.approx(parts.tools.radius)
    assert not again.actions[ActionId.HUD].isChecked()


def test_theme_changes_palette_and_is_remembered(
    make_window: WindowMaker, settings: QSettings
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
    assert settings.value("view/theme") == "light"
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
    assert window._help.isVisible() and not window._help.isModal()
    QTest.keyClick(window._help, Key.Key_Escape)
    assert not window._help.isVisible()
    assert not window.parts.actions[ActionId.HELP].isChecked()


def test_a_button_with_the_keyboard_is_pressed_by_space(
    window: MainWindow, session: FakeSession
) -> None:
    button = window.parts.record_panel.snapshot
    button.setFocus()
    QTest.keyClick(button, Key.Key_Space)
    assert session.names()[-1] == "snapshot"
    QTest.keyClick(button, Key.Key_Return)
    assert session.names()[-2:] == ["snapshot", "snapshot"]
    assert "freeze" not in session.names()


def test_the_hint_says_what_to_do(window: MainWindow, session: FakeSession, qtbot: QtBot) -> None:
    status = window.parts.status
    live = status.hint
    session.emit(MarkingChanged(True, 1, (), False, False))
    qtbot.waitUntil(lambda: status.hint != live)
    assert "right click" in status.hint
