"""The dialog of preferences, and what it changes."""

import json
from pathlib import Path

from conftest import WindowMaker, banners, press
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from app.settings_file import SettingsFile
from app.ui.action_table import ActionId
from app.ui.main_window import MainWindow
from app.ui.theme import DARK, LIGHT, Theme


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


def test_menu_and_dialog_show_the_same_theme(window: MainWindow) -> None:
    window.dialogs.preferences.show()
    names = {a.text(): a for a in window.findChildren(type(window.parts.actions[ActionId.FIT]))}
    names["Dark"].trigger()
    assert window.dialogs.preferences.theme.currentData() == Theme.DARK.value
    dialog = window.dialogs.preferences
    dialog.theme.setCurrentIndex(dialog.theme.findData("system"))
    dialog.theme.activated.emit(0)
    assert names["Like the system"].isChecked() and not names["Dark"].isChecked()
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
