from pathlib import Path

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QSettings, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, banners, press

from app.pipeline.effect import Effect
from app.pipeline.effects.table import EFFECTS, Control
from app.pipeline.style import ViewStyle
from app.ui.actions.spec import effect_action
from app.ui.window.main_window import MainWindow


def last_style(session: FakeSession) -> ViewStyle:
    (style,) = session.last("set_view")
    assert isinstance(style, ViewStyle)
    return style


@pytest.mark.parametrize("number", range(1, 10))
def test_a_key_chooses_an_effect_and_shows_only_its_controls(
    window: MainWindow, session: FakeSession, number: int
) -> None:
    for each in (number % 9 + 1, number):  # from another effect to this one
        press(window, Qt.Key(Qt.Key.Key_0.value + each), ctrl=True)
    spec, panel = EFFECTS[number - 1], window.parts.view_panel
    assert last_style(session).effect is spec.effect
    assert window.parts.actions[effect_action(spec.effect)].isChecked()
    shown = {control for control, widget in panel._controls.items() if widget.isVisibleTo(panel)}
    assert shown == set(spec.controls)
    assert panel.compare.isEnabled() != last_style(session).private


def test_clicking_an_icon_does_the_same(window: MainWindow, session: FakeSession) -> None:
    button = window.parts.view_panel.effect_buttons[Effect.BLUR]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert last_style(session).effect is Effect.BLUR
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    assert last_style(session).effect is Effect.BLUR and button.isChecked()


def test_mirror_and_turn(window: MainWindow, session: FakeSession) -> None:
    press(window, Qt.Key.Key_X, Qt.Key.Key_T, Qt.Key.Key_T)
    assert (last_style(session).mirrored, last_style(session).turns) == (True, 2)
    press(window, Qt.Key.Key_X)
    assert not last_style(session).mirrored


def test_comparing_lasts_while_the_key_is_held(window: MainWindow, session: FakeSession) -> None:
    QTest.keyPress(window.parts.view, Qt.Key.Key_Q)
    assert last_style(session).comparing
    QTest.keyRelease(window.parts.view, Qt.Key.Key_Q)
    assert not last_style(session).comparing


@pytest.mark.parametrize("key", [Qt.Key.Key_Q, Qt.Key.Key_D, Qt.Key.Key_H])
def test_a_private_view_refuses_to_show_the_bare_picture(
    window: MainWindow, session: FakeSession, key: Qt.Key
) -> None:
    press(window, Qt.Key.Key_8, ctrl=True)
    QTest.keyPress(window.parts.view, key)
    style = last_style(session)
    assert style.effect is Effect.PIXELATE_REST and not style.comparing and not style.side_by_side
    assert any("protects" in text for text in banners(window))
    QTest.keyRelease(window.parts.view, key)


def test_choosing_a_private_view_ends_comparing_and_hiding_the_overlay(
    window: MainWindow, session: FakeSession
) -> None:
    press(window, Qt.Key.Key_H)
    assert last_style(session).effect is Effect.PLAIN
    QTest.keyPress(window.parts.view, Qt.Key.Key_Q)
    window.parts.actions[effect_action(Effect.PIXELATE)].trigger()
    assert last_style(session).private and not last_style(session).comparing


def test_a_picture_is_loaded_and_put_behind(
    window: MainWindow, session: FakeSession, qtbot: QtBot, tmp_path: Path
) -> None:
    path = tmp_path / "wall.png"
    cv2.imwrite(str(path), np.full((20, 30, 3), 77, np.uint8))
    row = window.parts.view_panel._controls[Control.BACKDROP]
    row.load(str(path))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: window.parts.looks.chosen.backdrop is not None)
    backdrop = last_style(session).backdrop
    assert backdrop is not None and backdrop.name == "wall.png" and (backdrop.image == 77).all()
    row.load(str(tmp_path / "none.png"))  # type: ignore[attr-defined]
    qtbot.waitUntil(lambda: any("none.png" in text for text in banners(window)))


def test_the_view_is_remembered(
    make_window: WindowMaker, workshop: Workshop, settings: QSettings, qtbot: QtBot
) -> None:
    first = make_window()
    press(first, Qt.Key.Key_7, ctrl=True)
    press(first, Qt.Key.Key_X)
    first.close()
    style = make_window().parts.looks.chosen
    assert style.effect is Effect.PIXELATE and style.mirrored
