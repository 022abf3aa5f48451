"""Mouse and keys on the picture, down to the exact source pixel."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QImage, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from ui_fakes import HEIGHT, WIDTH, FakeSession, rendered
from window_kit import show

from app.pipeline.frames import Draft
from app.ui.actions.spec import ActionId
from app.ui.picture.tools import Tool
from app.ui.picture.view import VideoView
from app.ui.window.main_window import MainWindow
from swem_core.segment.prompts import Brush, Click, Scribble

LEFT, RIGHT, MIDDLE = (
    Qt.MouseButton.LeftButton,
    Qt.MouseButton.RightButton,
    Qt.MouseButton.MiddleButton,
)


def spot(view: VideoView, x: float, y: float) -> QPoint:
    """The widget pixel nearest to a source point."""
    left, top = view.viewport.to_widget((x, y))
    return QPoint(round(left), round(top))


def source_of(view: VideoView, at: QPoint) -> tuple[float, float]:
    return view.viewport.clamped(view.viewport.to_source((at.x(), at.y())))


def painted(view: VideoView, density: float = 1) -> QImage:
    """The view as a screen of this pixel density shows it."""
    image = QImage(view.size() * density, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(density)
    view.render(image)
    return image


def color(image: QImage, at: QPoint) -> tuple[int, int, int]:
    shade = image.pixelColor(at * image.devicePixelRatio())
    return shade.red(), shade.green(), shade.blue()


def wheel(view: VideoView, at: QPoint, notches: int, ctrl: bool = False) -> None:
    none, control = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ControlModifier
    event = QWheelEvent(
        QPointF(at),
        QPointF(view.mapToGlobal(at)),
        QPoint(),
        QPoint(0, 120 * notches),
        Qt.MouseButton.NoButton,
        control if ctrl else none,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(view, event)


def drag(view: VideoView, button: Qt.MouseButton, *points: QPoint) -> None:
    QTest.mousePress(view, button, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(view, point)
    QTest.mouseRelease(view, button, pos=points[-1])


@pytest.mark.parametrize("zoom", [1.0, 3.0])
def test_click_freezes_what_is_shown_then_prompts(
    window: MainWindow, session: FakeSession, zoom: float
) -> None:
    view = window.parts.view
    shown = view.shown
    view.zoom(zoom, QPointF(spot(view, 40, 30)))
    at = spot(view, 40, 30)
    QTest.mouseClick(view, LEFT, pos=at)
    assert session.names()[-2:] == ["freeze", "prompt"]
    assert session.last("freeze") == (shown,)
    (prompt,) = session.last("prompt")
    assert prompt == Click(*source_of(view, at), positive=True)
    assert isinstance(prompt, Click)
    assert abs(prompt.x - 40) <= 0.6 / view.viewport.scale + 1e-9
    assert abs(prompt.y - 30) <= 0.6 / view.viewport.scale + 1e-9


def test_second_click_does_not_freeze_again(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = window.parts.view
    QTest.mouseClick(view, LEFT, pos=spot(view, 40, 30))
    QTest.mouseClick(view, RIGHT, pos=spot(view, 90, 60))
    assert session.names().count("freeze") == 1
    (prompt,) = session.last("prompt")
    assert isinstance(prompt, Click) and not prompt.positive


def test_click_beside_the_picture_does_nothing(window: MainWindow, session: FakeSession) -> None:
    view = window.parts.view
    assert view.viewport.offset[1] > 4  # there are bars above and below
    QTest.mouseClick(view, LEFT, pos=QPoint(view.width() // 2, 1))
    assert "freeze" not in session.names()


def test_pictures_of_later_frames_wait_until_the_marking_ends(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = window.parts.view
    held = view.shown
    assert held is not None
    window.parts.marking.freeze(held)
    session.put(rendered(7))
    answer = rendered(0, Draft(1))
    qtbot.waitUntil(lambda: session.view.taken >= 2)
    assert view.shown is held
    session.put(answer)
    qtbot.waitUntil(lambda: view.shown is answer.segmented)
    window.parts.actions[ActionId.CANCEL].trigger()
    qtbot.waitUntil(lambda: not window.parts.marking.is_frozen)
    show(window, session, qtbot, 8)


def test_scribble_with_both_buttons(window: MainWindow, session: FakeSession) -> None:
    view = window.parts.view
    QTest.keyClick(view, Qt.Key.Key_S)
    points = [spot(view, 20, 20), spot(view, 60, 30), spot(view, 90, 70)]
    drag(view, LEFT, *points)
    (prompt,) = session.last("prompt")
    assert isinstance(prompt, Scribble) and prompt.positive
    assert prompt.points == tuple(source_of(view, point) for point in points)
    drag(view, RIGHT, *points)
    (prompt,) = session.last("prompt")
    assert isinstance(prompt, Scribble) and not prompt.positive
    assert session.names().count("freeze") == 1


def test_a_stroke_that_leaves_the_picture_is_clamped(
    window: MainWindow, session: FakeSession
) -> None:
    view = window.parts.view
    window.parts.tools.select(Tool.SCRIBBLE)
    drag(view, LEFT, spot(view, 150, 80), QPoint(view.width() + 50, view.height() + 50))
    (prompt,) = session.last("prompt")
    assert isinstance(prompt, Scribble) and prompt.points[-1] == (WIDTH - 1, HEIGHT - 1)


def test_brush_and_eraser_and_their_size(window: MainWindow, session: FakeSession) -> None:
    view, tools = window.parts.view, window.parts.tools
    QTest.keyClick(view, Qt.Key.Key_B)
    before = tools.radius
    wheel(view, spot(view, 50, 50), 2)
    assert tools.radius > before
    QTest.keyClick(view, Qt.Key.Key_BracketLeft)
    drag(view, LEFT, spot(view, 50, 50), spot(view, 60, 50))
    (painted,) = session.last("prompt")
    assert isinstance(painted, Brush) and painted.add and painted.radius == tools.radius
    drag(view, RIGHT, spot(view, 50, 50), spot(view, 60, 50))
    (erased,) = session.last("prompt")
    assert isinstance(erased, Brush) and not erased.add
    QTest.keyClick(view, Qt.Key.Key_E)
    drag(view, LEFT, spot(view, 50, 50), spot(view, 60, 50))
    (erased,) = session.last("prompt")
    assert isinstance(erased, Brush) and not erased.add


def test_zoom_pan_and_fit(window: MainWindow) -> None:
    view = window.parts.view
    at = spot(view, 40, 40)
    under = source_of(view, at)
    wheel(view, at, 8, ctrl=True)
    assert view.viewport.zoom > 3
    assert source_of(view, at) == pytest.approx(under)
    drag(view, MIDDLE, at, at + QPoint(30, 20))
    assert source_of(view, at + QPoint(30, 20)) == pytest.approx(under)
    QTest.mouseDClick(view, MIDDLE, pos=at)
    assert view.viewport.zoom == 1
    wheel(view, at, 3, ctrl=True)
    QTest.keyClick(view, Qt.Key.Key_0)
    assert view.viewport.zoom == 1


def test_quick_double_click_is_two_clicks(window: MainWindow, session: FakeSession) -> None:
    view = window.parts.view
    at = spot(view, 40, 40)
    QTest.mouseClick(view, LEFT, pos=at)
    QTest.mouseDClick(view, LEFT, pos=at)
    assert session.names().count("prompt") == 2


def test_marking_by_keyboard(window: MainWindow, session: FakeSession) -> None:
    view = window.parts.view
    QTest.keyClick(view, Qt.Key.Key_Right)
    QTest.keyClick(view, Qt.Key.Key_Up, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClick(view, Qt.Key.Key_Plus)
    assert session.last("prompt") == (Click(WIDTH // 2 + 10, HEIGHT // 2 - 1, True),)
    QTest.keyClick(view, Qt.Key.Key_Minus)
    assert session.last("prompt") == (Click(WIDTH // 2 + 10, HEIGHT // 2 - 1, False),)


def test_each_picture_is_reported_once_and_never_copied(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    picture = rendered(5)
    session.put(picture)
    qtbot.waitUntil(lambda: session.has_painted(picture))
    for _ in range(3):
        window.parts.view.repaint()
    assert sum(name == "painted" for name in session.names()) == 2  # the fixture's and this one


@pytest.mark.parametrize("density", [1, 2, 1.5])
def test_pixels_keep_their_place(window: MainWindow, density: float) -> None:
    """With odd row lengths and on dense screens, a colour is where its pixel is."""
    view = window.parts.view
    picture = rendered(0, size=(31, 47))
    picture.picture[...] = (10, 20, 30, 255)
    picture.picture[:, -8:] = (200, 100, 50, 255)
    view.show_picture(picture)
    image = painted(view, density)
    for y in (2, 15, 28):
        assert color(image, spot(view, 44, y)) == (50, 100, 200)
        assert color(image, spot(view, 20, y)) == (30, 20, 10)


def test_marks_strokes_and_ribbon_are_painted(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view = window.parts.view
    plain = painted(view)
    prompts = (
        (1, Click(30, 30)),
        (1, Click(60, 30, False)),
        (1, Scribble(((90, 20), (120, 60)))),
        (1, Brush(((20, 70),), 5)),
    )
    view.show_picture(rendered(0, Draft(1, {}, prompts)))
    marked = painted(view)
    for x, y in ((30, 30), (60, 30), (105, 40)):
        assert color(plain, spot(view, x, y)) != color(marked, spot(view, x, y))
    beneath = spot(view, 20, 70)  # what the brush painted comes with the picture
    assert color(plain, beneath) == color(marked, beneath)
    window.parts.tools.select(Tool.BRUSH)
    QTest.mousePress(view, LEFT, pos=spot(view, 100, 70))
    QTest.mouseMove(view, spot(view, 120, 70))
    painting, along = painted(view), spot(view, 110, 70)
    assert color(painting, along) != color(marked, along)
    assert color(painting, QPoint(3, 3)) != color(marked, QPoint(3, 3))  # the ribbon
    QTest.mouseRelease(view, LEFT, pos=spot(view, 120, 70))


def test_an_unshown_mark_is_drawn_until_a_picture_shows_it(
    window: MainWindow, session: FakeSession, qtbot: QtBot
) -> None:
    view, marking = window.parts.view, window.parts.marking
    QTest.mouseClick(view, LEFT, pos=spot(view, 40, 30))
    assert len(marking.pending) == 1
    session.put(rendered(0, Draft(1, {}, marking.pending)))
    qtbot.waitUntil(lambda: not marking.pending)
