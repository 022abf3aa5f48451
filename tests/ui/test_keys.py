"""Keys and panels, with a session that records what is asked of it."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import banners, press

from app.pipeline.effect import Effect
from app.pipeline.events import MarkingChanged, ObjectsChanged
from app.pipeline.recording.plan import RecordingPlan
from app.pipeline.style import ViewStyle
from app.ui.actions.spec import ActionId, effect_action
from app.ui.picture.tools import Tool
from app.ui.window.main_window import MainWindow

Key = Qt.Key


def mark(window: MainWindow, qtbot: QtBot) -> None:
    view = window.parts.view
    QTest.mouseClick(view, Qt.MouseButton.LeftButton, pos=view.rect().center())
    qtbot.waitUntil(lambda: bool(window.parts.marking.state.touched))


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
    qtbot.waitUntil(lambda: window.parts.marking.state.redo is not None)
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
        (Key.Key_M, Tool.BOX),
        (Key.Key_L, Tool.LASSO),
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
    window.parts.record_panel.options.data["masks"].setChecked(True)
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
    session.emit(MarkingChanged(True, 1, ()))
    qtbot.waitUntil(lambda: status.hint != live)
    assert "right-click" in status.hint


def test_hide_solo_rename_and_recolour_by_keys(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    session.emit(ObjectsChanged((1, 2)))
    qtbot.waitUntil(lambda: window.parts.marking.tracked == (1, 2))
    looks, panel = window.parts.looks, window.parts.objects_panel
    press(window, Key.Key_2)
    press(window, Key.Key_H, shift=True)
    assert not looks.chosen.shows(2) and looks.chosen.shows(1)
    assert window.parts.actions[ActionId.HIDE_OBJECT].isChecked()
    press(window, Key.Key_O, shift=True)
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle) and style.shows(2) and not style.shows(1)
    assert panel.row(2).solo.isChecked() and not panel.row(1).solo.isChecked()
    panel.row(1).solo.click()
    assert looks.chosen.solo == 1
    session.emit(ObjectsChanged((2,)))
    qtbot.waitUntil(lambda: looks.chosen.solo is None)
    press(window, Key.Key_F2)
    assert panel.row(2).name.hasFocus() and panel.row(2).name.selectedText()
    QTest.keyClicks(panel.row(2).name, "Tom")
    QTest.keyClick(panel.row(2).name, Key.Key_Return)
    assert looks.of(2).name == "Tom"
    press(window, Key.Key_C, shift=True)
    from PySide6.QtWidgets import QColorDialog

    dialog = window.findChild(QColorDialog)
    assert isinstance(dialog, QColorDialog) and dialog.windowTitle() == "Tom"
    dialog.reject()


def test_nothing_is_shown_alone_that_went_behind_a_private_view(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    looks, marking = window.parts.looks, window.parts.marking
    session.emit(ObjectsChanged((1, 2)))
    qtbot.waitUntil(lambda: marking.tracked == (1, 2))
    window.parts.actions[effect_action(Effect.PIXELATE)].trigger()
    looks.set_solo(1)
    press(window, Key.Key_2)
    session.emit(ObjectsChanged((2,)))
    qtbot.waitUntil(lambda: marking.tracked == (2,))
    assert looks.chosen.solo == 1, "nothing hidden is bared"
    window.parts.actions[effect_action(Effect.OVERLAY)].trigger()
    assert looks.chosen.shows(2)
