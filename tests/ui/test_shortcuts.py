"""Keys a person chose: none has two actions, and all come back."""

from collections import Counter
from pathlib import Path

from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import FakeSession
from window_kit import WindowMaker, banners, press

from app.pipeline.events import EditKind, MarkingChanged, ObjectsChanged, Step
from app.settings_file import SettingsFile
from app.ui.actions.shortcuts import effective, normal, owner, with_key
from app.ui.actions.spec import ActionId
from app.ui.actions.table import ALL_SPECS
from app.ui.window.main_window import MainWindow

IDS = st.sampled_from([spec.id for spec in ALL_SPECS])
KEYS = st.sampled_from(["Space", "Ctrl+Z", "F", "nonsense", "", "Ctrl+K, Ctrl+C", "Shift+X", "W"])


@hypothesis_settings(deadline=None)
@given(st.dictionaries(IDS, st.lists(KEYS, max_size=4).map(tuple), max_size=8))
def test_no_key_belongs_to_two_actions(chosen: dict[str, tuple[str, ...]]) -> None:
    keys = effective(chosen)
    assert set(keys) == {spec.id for spec in ALL_SPECS}
    counted = Counter(key for its in keys.values() for key in its)
    assert all(key and count == 1 for key, count in counted.items())


def test_without_choices_the_table_holds() -> None:
    for spec in ALL_SPECS:
        assert effective({})[spec.id] == tuple(dict.fromkeys(map(normal, spec.keys))), spec.id


def test_a_key_that_is_taken_is_lost_by_the_other() -> None:
    chosen = with_key({}, ActionId.RECORD, ("Ctrl+Z",))
    keys = effective(chosen)
    assert keys[ActionId.RECORD] == ("Ctrl+Z",) and keys[ActionId.UNDO] == ()
    assert owner("Ctrl+Z", keys) == ActionId.RECORD and owner("R", keys) is None


def test_sentences_name_the_keys_that_were_chosen(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    parts, card = window.parts, window.dialogs.hints
    session.emit(ObjectsChanged((1,)))
    qtbot.waitUntil(lambda: "R records" in card.text.text())
    assert "Space freezes it, N starts" in parts.status.hint
    chosen = {ActionId.FREEZE: ("F7",), ActionId.NEW_OBJECT: (), ActionId.RECORD: ("F8",)}
    parts.actions.rebind({**chosen, ActionId.CANCEL: ("F9",)})
    assert "F7 freezes it, “New object” starts" in parts.status.hint
    assert "F8 records" in card.text.text()
    session.emit(MarkingChanged(True, 1, (1,), Step(EditKind.CLICK, (1,))))
    qtbot.waitUntil(lambda: parts.marking.is_frozen)
    assert "F9 to resume" in parts.view._ribbon
    press(window, Qt.Key.Key_F7)
    assert "or F9 to discard" in banners(window)[-1]


def test_a_person_chooses_a_key_sees_the_conflict_and_goes_back(
    window: MainWindow, settings: SettingsFile, make_window: WindowMaker, tmp_path: Path
) -> None:
    window.parts.actions[ActionId.SHORTCUTS].trigger()
    dialog, actions = window.dialogs.shortcuts, window.parts.actions
    assert "(H)" in window.parts.view_panel.hide_button.toolTip()
    assert dialog.isVisible() and not dialog.assign.isEnabled()
    dialog.choose(ActionId.HUD)
    QTest.keyClick(dialog.edit, Qt.Key.Key_J)
    assert dialog.note.text() == "" and dialog.assign.isEnabled()
    dialog.edit.setKeySequence(QKeySequence("H"))
    assert "Hide overlay" in dialog.note.text()
    dialog.assign.click()
    was = window.parts.canvas.hud.level
    press(window, Qt.Key.Key_H)
    assert window.parts.canvas.hud.level is not was and not window.parts.looks.is_hidden
    assert "(H)" in actions[ActionId.HUD].toolTip()
    assert "(H)" not in window.parts.view_panel.hide_button.toolTip()
    assert "(" not in actions[ActionId.HIDE_OVERLAY].toolTip().split("<br>")[0]
    kept = SettingsFile.open(tmp_path / "settings.json")
    dialog.reset.click()
    shown = window.parts.canvas.hud.level
    press(window, Qt.Key.Key_I)
    assert window.parts.canvas.hud.level is not shown
    dialog.reset_all.click()
    assert settings.settings.shortcuts == {} and actions.keys == effective({})
    dialog.remove.click()
    assert actions[ActionId.HUD].shortcuts() == []
    again = make_window(settings=kept).parts.actions
    assert again[ActionId.HUD].shortcut().toString() == "H"
