"""Every gesture shows something in the very event, and until the answer's picture has come."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from test_view import LEFT, color, drag, painted, spot
from ui_fakes import FakeSession, rendered
from window_kit import press, show

from app.pipeline import events as ev
from app.pipeline.frames import Draft, Rendered
from app.ui.picture.tools import Tool
from app.ui.picture.view import VideoView
from app.ui.window.main_window import MainWindow
from swem_core.segment.prompts import Brush

CORNERS = ((40, 30), (110, 30), (110, 70), (40, 70))
SEEN_AT = {Tool.CLICK: (40, 30), Tool.BOX: (75, 30), Tool.LASSO: (75, 30), Tool.SCRIBBLE: (75, 30)}
"""Where each tool leaves a trace of a drag around the corners; brushes leave one everywhere."""


def trace(tool: Tool) -> tuple[float, float]:
    return SEEN_AT.get(tool, (75, 30))


def draw(view: VideoView, tool: Tool) -> None:
    corners = [spot(view, *corner) for corner in CORNERS]
    if tool is Tool.BOX:
        corners = [corners[0], corners[2]]
    drag(view, LEFT, *corners)


def bare(window: MainWindow) -> Rendered:
    """A picture whose overlay covers all of it, so that an eraser shows something, too."""
    picture = rendered(0)
    picture.segmented.frame.image[...] = (20, 40, 60)
    window.parts.view.show_picture(picture)
    return picture


@pytest.mark.parametrize("tool", list(Tool))
def test_a_gesture_is_seen_before_anybody_has_worked(
    window: MainWindow, session: FakeSession, qtbot: QtBot, tool: Tool
) -> None:
    """The session never answers here: what is seen, the window shows of itself."""
    view = window.parts.view
    bare(window)
    window.parts.tools.select(tool)
    before, at = painted(view), spot(view, *trace(tool))
    draw(view, tool)
    view._cursor_at = None
    assert color(painted(view), at) != color(before, at), "no event loop has run since"
    qtbot.wait(60)
    assert color(painted(view), at) != color(before, at), "and it stays"


@pytest.mark.parametrize("tool", [tool for tool in Tool if not tool.has_size])
def test_the_answer_takes_over_without_a_gap(
    window: MainWindow, session: FakeSession, qtbot: QtBot, tool: Tool
) -> None:
    view, marking = window.parts.view, window.parts.marking
    bare(window)
    window.parts.tools.select(tool)
    before, at = painted(view), spot(view, *trace(tool))
    draw(view, tool)
    given = marking.pending
    answer = rendered(0, Draft(1, {}, given))
    session.put(answer)
    gaps = 0
    while view.shown is not answer.segmented or marking.pending:
        qtbot.wait(1)
        gaps += color(painted(view), at) == color(before, at)
    assert gaps == 0 and marking.pending == ()
    assert color(painted(view), at) != color(before, at)


def running(window: MainWindow, session: FakeSession, qtbot: QtBot, index: int) -> Rendered:
    """A picture of an object that is tracked, so that gestures correct it as it runs."""
    show(window, session, qtbot, index)
    session.emit(ev.ObjectsChanged((1,)))
    qtbot.waitUntil(lambda: window.parts.marking.tracked == (1,))
    return rendered(index)


def test_a_correction_is_seen_until_a_picture_shows_what_it_did(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    """The news that it is carried out overtakes the pictures that are still on their way."""
    view, marking = window.parts.view, window.parts.marking
    shown = running(window, session, qtbot, 3)
    prompt = Brush(((60.0, 40.0), (90.0, 40.0)), 8)
    assert view.shown is not None
    plain = color(painted(view), spot(view, 75, 40))
    marking.correct(prompt, view.shown)
    session.emit(ev.Corrected(1, prompt, 1))
    qtbot.waitUntil(lambda: marking.next_undo is None)
    late = rendered(4)
    session.put(late)
    qtbot.waitUntil(lambda: session.has_painted(late))
    assert color(painted(view), spot(view, 75, 40)) != plain, "made before the correction"
    knowing = rendered(5)
    knowing = replace(knowing, segmented=replace(knowing.segmented, corrections=1))
    session.put(knowing)
    qtbot.waitUntil(lambda: session.has_painted(knowing))
    assert marking.pending == ()
    assert shown.segmented.corrections == 0


def test_what_was_marked_last_before_enter_stays_until_it_is_tracked(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view, marking = window.parts.view, window.parts.marking
    bare(window)
    press(window, Qt.Key.Key_B)
    draw(view, Tool.BRUSH)
    at, whole = spot(view, 75, 30), (255, 255, 0)
    press(window, Qt.Key.Key_Return)
    view._cursor_at = QPoint(-100, -100).toPointF()
    session.emit(ev.MarkingChanged(False, 1, ()))
    qtbot.waitUntil(lambda: not marking.is_frozen)
    assert color(painted(view), at) != whole
    QTest.qWait(20)
    tracked = rendered(0)
    session.put(tracked)
    qtbot.waitUntil(lambda: session.has_painted(tracked))
    assert marking.pending == () and color(painted(view), at) == whole
