"""Boxes, lassos, pens, and the numbered marks that can be taken back."""

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QPointingDevice, QTabletEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_view import LEFT, RIGHT, color, drag, painted, source_of, spot
from ui_fakes import HEIGHT, WIDTH, FakeSession, rendered
from window_kit import press, show

from app.pipeline.events import EditKind, MarkingChanged, Step
from app.pipeline.frames import Draft
from app.ui.actions.spec import ActionId
from app.ui.picture.overlay import LOUPE_SIDE, loupe_place
from app.ui.picture.tools import Tool
from app.ui.picture.view import VideoView
from app.ui.window.main_window import MainWindow
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble

Key = Qt.Key
TWO = ((1, Click(30, 30)), (1, Click(90, 60, False)))


def given(session: FakeSession) -> Prompt:
    (prompt,) = session.last("prompt")
    assert isinstance(prompt, Box | Lasso | Click | Brush | Scribble)
    return prompt


@pytest.mark.parametrize(("button", "positive"), [(LEFT, True), (RIGHT, False)])
def test_a_box_is_dragged_in_any_direction(
    window: MainWindow, session: FakeSession, button: Qt.MouseButton, positive: bool
) -> None:
    view = window.parts.view
    press(window, Key.Key_M)
    start, end = spot(view, 100, 60), spot(view, 30, 20)
    drag(view, button, start, spot(view, 10, 80), end)
    (right, bottom), (left, top) = source_of(view, start), source_of(view, end)
    assert given(session) == Box(left, top, right, bottom, positive)
    assert session.names().count("freeze") == 1


def test_a_lasso_follows_the_hand(window: MainWindow, session: FakeSession) -> None:
    view = window.parts.view
    press(window, Key.Key_L)
    points = [spot(view, 20, 20), spot(view, 90, 20), spot(view, 90, 70), spot(view, 20, 70)]
    drag(view, LEFT, *points)
    assert given(session) == Lasso(tuple(source_of(view, point) for point in points))
    drag(view, RIGHT, *points)
    assert given(session) == Lasso(tuple(source_of(view, point) for point in points), False)


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO])
def test_a_shaky_click_with_an_area_tool_is_a_click(
    window: MainWindow, session: FakeSession, tool: Tool
) -> None:
    view = window.parts.view
    window.parts.tools.select(tool)
    at = spot(view, 50, 50)
    drag(view, LEFT, at, at + QPoint(2, 1), at + QPoint(3, 2))
    assert given(session) == Click(*source_of(view, at))
    drag(view, LEFT, at, at + QPoint(60, 0))  # a line surrounds nothing
    assert given(session) == Click(*source_of(view, at))


def test_the_rubber_band_is_seen_while_dragging(window: MainWindow) -> None:
    view = window.parts.view
    for key, top in ((Key.Key_M, 20), (Key.Key_L, 40)):
        press(window, key)
        plain, edge = painted(view), spot(view, 60, top)
        QTest.mousePress(view, LEFT, pos=spot(view, 30, top))
        QTest.mouseMove(view, spot(view, 100, top))
        QTest.mouseMove(view, spot(view, 100, 70))
        assert color(painted(view), edge) != color(plain, edge)
        QTest.mouseRelease(view, LEFT, pos=spot(view, 100, 70))


def test_a_box_by_keyboard(window: MainWindow, session: FakeSession) -> None:
    press(window, Key.Key_M, Key.Key_Plus)
    assert "prompt" not in session.names(), "the first corner"
    press(window, Key.Key_Right, Key.Key_Right, Key.Key_Down, Key.Key_Plus)
    x, y = WIDTH // 2, HEIGHT // 2
    assert given(session) == Box(x, y, x + 20, y + 10)
    press(window, Key.Key_B, Key.Key_Minus)
    dab = given(session)
    assert isinstance(dab, Brush) and not dab.add and dab.points == ((x + 20, y + 10),)


def show_two(window: MainWindow, session: FakeSession, qtbot: QtBot) -> VideoView:
    view = window.parts.view
    press(window, Key.Key_Space)
    view.show_picture(rendered(0, Draft(1, {}, TWO)))
    session.emit(MarkingChanged(True, 1, (1,), Step(EditKind.CLICK, (1,))))
    qtbot.waitUntil(lambda: window.parts.marking.state.touched == (1,))
    return view


def test_a_mark_is_taken_back_with_shift_and_click(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = show_two(window, session, qtbot)
    plain = painted(view)
    QTest.mouseClick(view, LEFT, Qt.KeyboardModifier.ShiftModifier, spot(view, 90, 60))
    assert session.last("remove_prompt") == TWO[1]
    assert "prompt" not in session.names()
    gone = spot(view, 90, 60)
    assert color(painted(view), gone) != color(plain, gone), "it goes at once"
    view.show_picture(rendered(0, Draft(1, {}, TWO)))  # drawn before the session knew
    assert color(painted(view), gone) != color(plain, gone), "and does not come back"


def test_a_mark_is_taken_back_with_delete_under_the_mouse_or_chosen_by_keys(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = show_two(window, session, qtbot)
    QTest.mouseMove(view, spot(view, 30, 30))
    assert "Delete" in view.toolTip()
    assert view.cursor().shape() == Qt.CursorShape.PointingHandCursor
    press(window, Key.Key_Delete)
    assert session.last("remove_prompt") == TWO[0]
    QTest.mouseMove(view, spot(view, 5, 80))
    assert not view.toolTip()
    view.show_picture(rendered(0, Draft(1, {}, TWO)))
    window.parts.marking.forget_pending()
    press(window, Key.Key_Period, Key.Key_Period)  # the first, then the second
    press(window, Key.Key_Backspace)
    assert session.last("remove_prompt") == TWO[1]
    window.parts.marking.forget_pending()
    press(window, Key.Key_Comma)  # backwards from the end
    press(window, Key.Key_Backspace)
    assert session.last("remove_prompt") == TWO[1]
    assert "remove_object" not in session.names()
    press(window, Key.Key_Backspace)
    assert session.names().count("remove_prompt") == 3, "nothing is chosen any more"


def test_an_undone_pending_mark_does_not_come_back(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view, marking = window.parts.view, window.parts.marking
    QTest.mouseClick(view, LEFT, pos=spot(view, 40, 30))
    mark = marking.pending
    press(window, Key.Key_Z, ctrl=True)
    late = rendered(0, Draft(1, {}, mark))  # the session had already answered the click
    assert marking.admits(late)
    assert marking.marks_on(late.segmented).all == ()
    assert marking.admits(rendered(0, Draft(1)))
    again = rendered(0, Draft(1, {}, mark))
    assert marking.marks_on(again.segmented).all == mark, "redo shows it"


def test_the_brush_shows_its_effect_before_the_answer(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    """Erasing brings the bare frame back at once, whatever overlay the picture has."""
    view = window.parts.view
    picture = rendered(0)
    picture.segmented.frame.image[...] = (20, 40, 60)
    session.put(picture)
    qtbot.waitUntil(lambda: session.has_painted(picture))
    press(window, Key.Key_E)
    at = spot(view, 80, 60)
    drag(view, LEFT, spot(view, 60, 60), at, spot(view, 100, 60))
    assert color(painted(view), spot(view, 75, 60)) == (60, 40, 20)
    assert color(painted(view), spot(view, 75, 10)) == (255, 255, 0)


def tablet(
    view: VideoView,
    kind: QEvent.Type,
    at: QPoint,
    *,
    eraser: bool = False,
    pressure: float | None = None,
) -> None:
    types = QPointingDevice.PointerType
    abilities = QPointingDevice.primaryPointingDevice().capabilities()
    if pressure is not None:
        abilities |= QPointingDevice.Capability.Pressure
    pen = QPointingDevice(
        *("pen", 7, QPointingDevice.DeviceType.Stylus),
        types.Eraser if eraser else types.Pen,
        abilities,
        *(1, 1),
    )
    held = LEFT if kind != QEvent.Type.TabletRelease else Qt.MouseButton.NoButton
    event = QTabletEvent(
        *(kind, pen, QPointF(at), QPointF(view.mapToGlobal(at)), pressure or 0.0, 0, 0, 0, 0, 0),
        Qt.KeyboardModifier.NoModifier,
        LEFT if kind != QEvent.Type.TabletMove else Qt.MouseButton.NoButton,
        held,
    )
    QApplication.sendEvent(view, event)
    assert event.isAccepted()


@pytest.mark.parametrize("eraser", [False, True])
def test_a_pen_draws_and_its_other_end_erases(
    window: MainWindow, session: FakeSession, eraser: bool
) -> None:
    view = window.parts.view
    press(window, Key.Key_B)
    tablet(view, QEvent.Type.TabletPress, spot(view, 40, 40), eraser=eraser)
    tablet(view, QEvent.Type.TabletMove, spot(view, 70, 40), eraser=eraser)
    tablet(view, QEvent.Type.TabletRelease, spot(view, 70, 40), eraser=eraser)
    stroke = given(session)
    assert isinstance(stroke, Brush) and stroke.add is not eraser and len(stroke.points) == 2
    press(window, Key.Key_C)
    tablet(view, QEvent.Type.TabletPress, spot(view, 40, 40), eraser=eraser)
    click = given(session)
    assert isinstance(click, Click) and click.positive is not eraser


def test_a_pen_that_feels_pressure_draws_wide_and_thin(
    window: MainWindow, session: FakeSession
) -> None:
    view, tools = window.parts.view, window.parts.tools
    press(window, Key.Key_B)
    plain = painted(view)
    tablet(view, QEvent.Type.TabletPress, spot(view, 40, 40), pressure=0.0)
    tablet(view, QEvent.Type.TabletMove, spot(view, 70, 40), pressure=1.0)
    drawn = painted(view)
    tablet(view, QEvent.Type.TabletRelease, spot(view, 70, 40), pressure=0.0)
    stroke = given(session)
    assert isinstance(stroke, Brush) and stroke.radius == tools.radius
    assert stroke.pressures == (pytest.approx(0.1), 1.0)
    for x, wide in ((40, False), (70, True)):
        at = spot(view, x, 40 + round(0.6 * stroke.radius))
        assert (color(drawn, at) != color(plain, at)) is wide
    drag(view, LEFT, spot(view, 20, 20), spot(view, 30, 20))
    by_mouse = given(session)
    assert isinstance(by_mouse, Brush) and by_mouse.pressures == ()


def test_the_loupe_follows_the_cursor_while_marking(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = window.parts.view
    press(window, Key.Key_G)
    assert window.parts.actions[ActionId.LOUPE].isChecked()
    at = spot(view, 40, 30)
    QTest.mouseMove(view, at)
    corner = loupe_place(QPointF(at), view.rect().toRectF()).toRect().topLeft() + QPoint(4, 0)
    plain = painted(view)
    press(window, Key.Key_Space)
    assert color(painted(view), corner + QPoint(20, 1)) != color(plain, corner + QPoint(20, 1))
    for x, y in ((5, 5), (view.width() - 5, view.height() - 5)):
        place = loupe_place(QPointF(x, y), view.rect().toRectF())
        assert view.rect().toRectF().contains(place) and not place.contains(QPointF(x, y))
        assert place.width() == LOUPE_SIDE


def scroll(view: VideoView, pixels: QPoint, angle: QPoint) -> None:
    at = view.rect().center()
    event = QWheelEvent(
        *(QPointF(at), QPointF(view.mapToGlobal(at)), pixels, angle),
        *(Qt.MouseButton.NoButton, Qt.KeyboardModifier.NoModifier),
        *(Qt.ScrollPhase.ScrollUpdate, False),
    )
    QApplication.sendEvent(view, event)


def test_a_wheel_zooms_and_two_fingers_move(window: MainWindow) -> None:
    view = window.parts.view
    scroll(view, QPoint(), QPoint(0, 600))
    assert view.viewport.zoom > 2
    zoom, before = view.viewport.zoom, view.viewport.center
    scroll(view, QPoint(-30, 20), QPoint(-60, 40))
    assert view.viewport.zoom == zoom and view.viewport.center != before


def test_marks_survive_a_new_picture_of_the_same_frame(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = show_two(window, session, qtbot)
    press(window, Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.parts.marking.is_frozen)
    show(window, session, qtbot, 3)
    press(window, Key.Key_Period, Key.Key_Backspace)
    assert "remove_prompt" not in session.names(), "there are no marks to choose"
    assert view.toolTip() == ""
