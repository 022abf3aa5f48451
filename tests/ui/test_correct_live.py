"""What gestures and keys mean while the picture runs."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from ui_fakes import HEIGHT, WIDTH, FakeSession, rendered
from window_kit import banners, press

from app.pipeline import events as ev
from app.pipeline.events import EditKind, Step
from app.pipeline.frames import Rendered, Segmented
from app.ui.actions.spec import ActionId
from app.ui.window.main_window import MainWindow
from swem_core.engine.result import StepResult
from swem_core.segment.prompts import Click, Scribble

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


def tracked(index: int = 0) -> Rendered:
    """Object 1 in the left third of the picture, object 2 in the right third."""
    logits = np.full((2, HEIGHT // 4, WIDTH // 4), -9, np.float32)
    logits[0, :, : WIDTH // 12] = logits[1, :, WIDTH // 6 :] = 9
    size = (HEIGHT, WIDTH)
    result = StepResult((1, 2), logits, size, size, {1: 0.9, 2: 0.9})
    plain = rendered(index)
    return Rendered(plain.picture, Segmented(plain.segmented.frame, result))


@pytest.fixture
def shown(window: MainWindow, session: FakeSession, qtbot: QtBot) -> Rendered:
    """Two objects are tracked, the first one is chosen."""
    session.emit(ev.ObjectsChanged((1, 2)))
    picture = tracked()
    session.put(picture)
    qtbot.waitUntil(lambda: session.has_painted(picture) and window.parts.marking.tracked == (1, 2))
    return picture


def click(window: MainWindow, x: float, y: float, button: Qt.MouseButton = LEFT) -> None:
    QTest.mouseClick(window.parts.view, button, pos=place(window, x, y))


def place(window: MainWindow, x: float, y: float) -> QPoint:
    across, down = window.parts.view.viewport.to_widget((x, y))
    return QPoint(round(across), round(down))


def test_a_click_on_the_running_picture_corrects_what_is_tracked(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    marking = window.parts.marking
    click(window, 60, 40)
    object_id, prompt, seen = session.last("correct")
    assert object_id == 1 and isinstance(prompt, Click) and prompt.positive
    assert seen is shown.segmented, "exactly what was on the screen"
    assert "freeze" not in session.names() and not marking.is_frozen
    assert marking.pending == ((1, prompt),), "drawn before anybody has computed anything"
    session.emit(ev.Corrected(1, prompt, 1))
    qtbot.waitUntil(lambda: bool(banners(window)))
    assert marking.pending, "no picture shows it yet"
    assert marking.admits(replace(shown, segmented=replace(shown.segmented, corrections=1)))
    assert not marking.pending
    assert banners(window) == ["“Object 1” corrected."]
    window.parts.canvas.messages.banners[0].action_button.click()
    assert session.names()[-1] == "undo"


def test_taking_away_means_the_object_under_the_mouse(
    window: MainWindow, session: FakeSession, shown: Rendered
) -> None:
    click(window, 150, 40, RIGHT)
    object_id, prompt, _ = session.last("correct")
    assert object_id == 2 and isinstance(prompt, Click) and not prompt.positive
    assert window.parts.marking.active == 2
    click(window, 80, 40, RIGHT)  # background: the chosen one
    assert session.last("correct")[0] == 2


def test_a_correction_is_drawn_until_it_is_answered_whatever_else_is_told(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    press(window, Qt.Key.Key_2)  # the session reports the choice, too, in its own time
    click(window, 60, 40)
    session.emit(ev.HistoryChanged(None, Step(EditKind.REMOVED, (2,))))
    qtbot.waitUntil(lambda: window.parts.live.redo == Step(EditKind.REMOVED, (2,)))
    assert len(window.parts.marking.pending) == 1


def test_a_new_object_is_marked_on_a_frozen_picture(
    window: MainWindow, session: FakeSession, shown: Rendered
) -> None:
    press(window, Qt.Key.Key_N)
    click(window, 60, 40)
    assert "correct" not in session.names()
    assert session.last("freeze") == (shown.segmented,) and "prompt" in session.names()


def test_switched_off_a_click_freezes(
    window: MainWindow, session: FakeSession, shown: Rendered
) -> None:
    action = window.parts.actions[ActionId.CORRECT_LIVE]
    assert action.isChecked()
    press(window, Qt.Key.Key_V)
    assert not action.isChecked()
    click(window, 60, 40)
    assert "correct" not in session.names() and "freeze" in session.names()


def test_a_refused_correction_is_not_drawn_any_more(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    click(window, 60, 40)
    session.emit(ev.Notice(ev.Level.WARNING, "Object 1 is locked."))
    qtbot.waitUntil(lambda: not window.parts.marking.pending)


def test_the_picture_stands_still_under_a_stroke_and_then_goes_on(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    view = window.parts.view
    press(window, Qt.Key.Key_S)
    QTest.mousePress(view, LEFT, pos=place(window, 40, 40))
    taken = session.view.taken
    session.put(tracked(1))
    qtbot.waitUntil(lambda: session.view.taken > taken)
    assert view.shown is shown.segmented
    QTest.mouseMove(view, place(window, 70, 40))
    QTest.mouseRelease(view, LEFT, pos=place(window, 70, 40))
    _, prompt, seen = session.last("correct")
    assert isinstance(prompt, Scribble) and seen is shown.segmented
    assert view.shown is not None and view.shown.frame.index == 1


def test_locks_are_shown_and_set_by_row_and_key(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    row = window.parts.objects_panel.row(2)
    row.lock.click()
    assert session.last("set_locked") == (2, True)
    session.emit(ev.LocksChanged(frozenset({1})))
    qtbot.waitUntil(lambda: window.parts.objects_panel.row(1).lock.isChecked())
    assert not row.lock.isChecked(), "the session decides"
    assert row.lock.accessibleName()
    press(window, Qt.Key.Key_L, shift=True)
    assert session.last("set_locked") == (1, False)


def test_looks_join_the_history_and_undo_knows_what_there_is(
    window: MainWindow, session: FakeSession, shown: Rendered, qtbot: QtBot
) -> None:
    looks, actions = window.parts.looks, window.parts.actions
    before = looks.of(1)
    looks.rename(1, "Tom")
    assert session.last("restyled") == (1, before, looks.of(1))
    looks.rename(1, "Tom")  # no change
    assert session.names().count("restyled") == 1
    assert not actions[ActionId.UNDO].isEnabled()
    session.emit(ev.HistoryChanged(Step(EditKind.RENAMED, (1,)), Step(EditKind.REMOVED, (1, 2))))
    qtbot.waitUntil(lambda: actions[ActionId.UNDO].isEnabled())
    assert actions[ActionId.REDO].isEnabled()
    assert actions[ActionId.UNDO].text() == "Undo renaming of Tom"
    assert "Undo renaming of Tom" in actions[ActionId.UNDO].toolTip()
    assert "Ctrl+Z" in actions[ActionId.UNDO].toolTip()
    assert actions[ActionId.REDO].text() == "Redo removal of 2 objects"
    session.emit(ev.HistoryChanged(Step(EditKind.RENAMED, (1,)), None))
    qtbot.waitUntil(lambda: actions[ActionId.REDO].text() == "Redo")
    press(window, Qt.Key.Key_Z, ctrl=True)
    assert session.names()[-1] == "undo"
    looks.set_visible(1, False)  # meanwhile
    session.emit(ev.ObjectRestyled(1, replace(before, name="Tom"), before, 1))
    qtbot.waitUntil(lambda: looks.of(1) == replace(before, visible=False))
    assert session.names().count("restyled") == 2, "taking back is no edit"


def test_catching_up_is_told_while_it_lasts(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    note = window.parts.canvas.note
    session.emit(ev.CatchingUp(9, 24))
    qtbot.waitUntil(note.isVisible)
    assert "15 of 24" in note.text()
    session.emit(ev.CatchingUp(0, 24))
    qtbot.waitUntil(lambda: not note.isVisible())
