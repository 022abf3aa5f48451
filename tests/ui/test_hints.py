"""The first steps are explained once."""

from pathlib import Path

from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession, Workshop
from window_kit import WindowMaker, show

from app.pipeline.events import EditKind, MarkingChanged, ObjectsChanged, Step
from app.settings_file import SettingsFile
from app.ui.window.main_window import MainWindow


def test_three_steps_and_never_again(
    window: MainWindow,
    session: FakeSession,
    make_window: WindowMaker,
    workshop: Workshop,
    qtbot: QtBot,
    tmp_path: Path,
) -> None:
    card = window.dialogs.hints
    assert card.isVisible() and "Click the object" in card.text.text()
    session.emit(MarkingChanged(True, 1, (1,), Step(EditKind.CLICK, (1,))))
    qtbot.waitUntil(lambda: "Right-click" in card.text.text())
    assert not SettingsFile.open(tmp_path / "settings.json").settings.hints_seen
    session.emit(ObjectsChanged((1,)))
    qtbot.waitUntil(lambda: "correct" in card.text.text())
    kept = SettingsFile.open(tmp_path / "settings.json")
    assert kept.settings.hints_seen
    again = make_window(settings=kept)
    again.open("camera")
    show(again, workshop.session, qtbot)
    assert not again.dialogs.hints.isVisible()


def test_hints_can_be_sent_away_at_once(window: MainWindow, settings: SettingsFile) -> None:
    window.dialogs.hints.close_button.click()
    assert not window.dialogs.hints.isVisible() and settings.settings.hints_seen
    window.parts.marking.changed.emit()
    assert not window.dialogs.hints.isVisible()


def test_hints_stay_inside_a_small_window(window: MainWindow, qtbot: QtBot) -> None:
    card, canvas = window.dialogs.hints, window.parts.canvas
    window.resize(700, 480)
    qtbot.waitUntil(lambda: canvas.rect().contains(card.geometry()))
    assert card.geometry().left() <= 16
    assert canvas.rect().bottom() - card.geometry().bottom() <= 16, "in the lower left corner"
