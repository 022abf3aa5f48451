"""The dialog of preferences, and what it changes."""

import json
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, banners, press

from app.pipeline.effect import Effect
from app.pipeline.palettes import COLORS, Palette
from app.pipeline.style import Edge
from app.settings_file import SettingsFile
from app.ui.actions.spec import ActionId
from app.ui.widgets.theme import DARK, LIGHT, Theme
from app.ui.window.main_window import MainWindow


def test_choices_hold_at_once_and_are_kept(
    window: MainWindow, settings: SettingsFile, tmp_path: Path
) -> None:
    press(window, Qt.Key.Key_Comma, ctrl=True)
    dialog = window.dialogs.preferences
    assert dialog.isVisible() and not dialog.isModal()
    for box, value in ((dialog.theme, "light"), (dialog.device, "cpu"), (dialog.precision, "fp32")):
        box.setCurrentIndex(box.findData(value))
        box.activated.emit(box.currentIndex())
    assert window.palette().window().color().name() == LIGHT.window
    dialog.side.setValue(320)
    dialog.resume.click()
    dialog.set_folder(str(tmp_path))
    kept = SettingsFile.open(tmp_path / "settings.json").settings
    assert kept == settings.settings
    assert (kept.theme, kept.device, kept.precision) == ("light", "cpu", "fp32")
    assert (kept.short_side, kept.resume, kept.folder) == (320, False, str(tmp_path))


def test_other_colours_for_objects_whose_colour_nobody_chose(
    window: MainWindow, session: FakeSession, settings: SettingsFile
) -> None:
    parts, dialog = window.parts, window.dialogs.preferences
    parts.looks.rename(1, "Ada")
    parts.looks.recolor(2, (1, 2, 3))
    dialog.colors.setCurrentIndex(dialog.colors.findData("okabe-ito"))
    dialog.colors.activated.emit(1)
    safe = COLORS[Palette.SAFE]
    wanted = [("Ada", safe[0]), ("Object 2", (1, 2, 3)), ("Object 3", safe[2])]
    drawn = [call[1] for call in session.calls if call[0] == "set_view"][-1]
    for style in (parts.looks.chosen, drawn):
        assert [(style.of(i).name, style.of(i).color) for i in (1, 2, 3)] == wanted
    assert settings.settings.palette == "okabe-ito"


def test_the_view_is_as_it_was_left(make_window: WindowMaker, tmp_path: Path, qtbot: QtBot) -> None:
    wall = tmp_path / "wall.png"
    cv2.imwrite(str(wall), np.full((40, 60, 3), 77, np.uint8))
    first = make_window()
    first.parts.view_panel.backdrop.load(str(wall))
    qtbot.waitUntil(lambda: first.parts.looks.chosen.backdrop is not None)
    edge = Edge(grow=-2, feather=4, smooth=0.3)
    style = replace(first.parts.looks.chosen, color=(9, 8, 7), side_by_side=True, edge=edge)
    first.parts.looks.change(replace(style, palette=Palette.DAVIS, effect=Effect.IMAGE))
    first.close()
    again = make_window().parts.looks
    qtbot.waitUntil(lambda: again.chosen.backdrop is not None)
    assert (again.chosen.color, again.chosen.side_by_side) == ((9, 8, 7), True)
    assert again.chosen.edge == edge and again.chosen.effect is Effect.IMAGE
    assert again.chosen.backdrop is not None and (again.chosen.backdrop.image == 77).all()


def test_menu_and_dialog_show_the_same_theme(window: MainWindow) -> None:
    window.dialogs.preferences.show()
    names = {a.text(): a for a in window.findChildren(type(window.parts.actions[ActionId.FIT]))}
    names["Dark"].trigger()
    assert window.dialogs.preferences.theme.currentData() == Theme.DARK.value
    dialog = window.dialogs.preferences
    dialog.theme.setCurrentIndex(dialog.theme.findData("system"))
    dialog.theme.activated.emit(0)
    assert names["Same as system"].isChecked() and not names["Dark"].isChecked()
    assert window.palette().window().color().name() in (DARK.window, LIGHT.window)


def test_a_file_that_cannot_be_read_is_told(make_window: WindowMaker, tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    path.write_text(json.dumps({"version": 2, "theme": "pink"}))
    settings = SettingsFile.open(path)
    window = make_window(settings=settings)
    assert ["pink" in text for text in banners(window)] == [True]


def test_the_report_goes_to_the_clipboard(make_window: WindowMaker, qtbot: QtBot) -> None:
    window = make_window(report=lambda: "torch 2")
    window.parts.actions[ActionId.COPY_REPORT].trigger()
    qtbot.waitUntil(lambda: any("clipboard" in text for text in banners(window)))
    assert QGuiApplication.clipboard().text() == "torch 2"
