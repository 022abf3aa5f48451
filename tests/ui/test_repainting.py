"""A movement of the hand repaints what it changes, not the picture; what it draws is whole."""

import math
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QRegion
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot
from test_view import LEFT, MIDDLE, drag, painted, spot, wheel
from ui_fakes import FakeSession, rendered

from app.pipeline.frames import Draft
from app.ui.actions.spec import ActionId
from app.ui.picture import ink_layer
from app.ui.picture.tools import Tool
from app.ui.picture.view import VideoView
from app.ui.window.main_window import MainWindow
from swem_core.segment.prompts import Click


class Paintings(QObject):
    """What was repainted of the view, and a screen that only ever gets that."""

    def __init__(self, view: VideoView) -> None:
        super().__init__()
        self.view, self.regions = view, list[QRegion]()
        view.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QPaintEvent):
            self.regions.append(QRegion(event.region()))
        return False

    def forget(self) -> None:
        for _ in range(20):
            QTest.qWait(3)
        self.regions.clear()

    def come_to_rest(self) -> bool:
        """Whether the view is soon no longer repainted."""
        for _ in range(50):
            self.regions.clear()
            QTest.qWait(100)
            if not self.regions:
                return True
        return False

    def copy_to(self, screen: QImage) -> None:
        """What has been repainted since the last time, and nothing else."""
        for _ in range(4):
            QTest.qWait(4)
        regions, self.regions = self.regions, []
        for region in regions:
            self.view.render(screen, region.boundingRect().topLeft(), region)

    def share(self) -> float:
        """The largest part of the view repainted at once since the last time."""
        for _ in range(4):
            QTest.qWait(4)
        whole = self.view.width() * self.view.height()
        areas = [sum(r.width() * r.height() for r in region) for region in self.regions]  # type: ignore[attr-defined]
        self.regions.clear()
        return max(areas, default=0) / whole


@pytest.fixture
def paintings(window: MainWindow, session: FakeSession, qtbot: QtBot) -> Paintings:
    view = window.parts.view
    picture = rendered(0, Draft(1, {}, tuple((1, Click(10 * i, 8 * i)) for i in range(1, 9))))
    window.parts.actions[ActionId.FREEZE].trigger()
    view.show_picture(picture)
    made = Paintings(view)
    made.forget()
    return made


def way(view: VideoView, count: int = 12) -> list[QPoint]:
    return [spot(view, 20 + 5 * k, 45 + 25 * math.sin(k / 2)) for k in range(count)]


@pytest.mark.parametrize("tool", list(Tool))
def test_a_stroke_repaints_little_however_long_it_is(
    window: MainWindow, paintings: Paintings, tool: Tool
) -> None:
    view = window.parts.view
    window.parts.tools.select(tool)
    paintings.forget()
    points = way(view)
    QTest.mousePress(view, LEFT, pos=points[0])
    assert paintings.share() < 0.1
    for point in points[1:]:
        QTest.mouseMove(view, point)
        if tool is not Tool.CLICK:
            assert 0 < paintings.share() < 0.2
    QTest.mouseRelease(view, LEFT, pos=points[-1])
    if tool is not Tool.CLICK:
        assert paintings.share() < 0.5, "a box or lasso is a line by now, with all it surrounds"


def test_ring_and_loupe_repaint_only_where_they_were_and_are(
    window: MainWindow, paintings: Paintings
) -> None:
    view = window.parts.view
    for prepare in (
        lambda: window.parts.tools.select(Tool.BRUSH),
        lambda: window.parts.actions[ActionId.LOUPE].trigger(),
    ):
        prepare()
        paintings.forget()
        for point in way(view):
            QTest.mouseMove(view, point)
            assert 0 < paintings.share() < 0.25


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO, Tool.SCRIBBLE, Tool.BRUSH, Tool.ERASER])
def test_repainting_little_leaves_nothing_out(
    window: MainWindow, paintings: Paintings, tool: Tool
) -> None:
    """After each movement the screen, of which only the dirty part was repainted, is what
    painting all of it anew gives."""
    view = window.parts.view
    window.parts.tools.select(tool)
    window.parts.actions[ActionId.LOUPE].trigger()
    paintings.forget()
    screen = painted(view)
    points = way(view)
    QTest.mousePress(view, LEFT, pos=points[0])
    for point in [*points[1:], points[3]]:
        paintings.share()
        QTest.mouseMove(view, point)
        paintings.copy_to(screen)
        assert same(screen, painted(view))
    QTest.mouseRelease(view, LEFT, pos=points[-1])
    paintings.copy_to(screen)
    assert same(screen, painted(view))


def same(a: QImage, b: QImage) -> bool:
    one, two = (np.asarray(image.constBits(), np.int16) for image in (a, b))
    return bool(np.abs(one - two).max() <= 2)


def test_a_stroke_is_drawn_in_pieces_and_looks_as_if_drawn_at_once(
    window: MainWindow, paintings: Paintings, monkeypatch: pytest.MonkeyPatch
) -> None:
    view = window.parts.view
    lengths: list[int] = []
    draw = ink_layer._draw_pieces

    def counted(painter: QPainter, color: QColor, pieces: list[Any]) -> None:
        lengths.append(len(pieces))
        draw(painter, color, pieces)

    monkeypatch.setattr(ink_layer, "_draw_pieces", counted)
    for tool in (Tool.SCRIBBLE, Tool.BRUSH):
        window.parts.tools.select(tool)
        lengths.clear()
        drag(view, LEFT, *way(view, 24))
        assert max(lengths) <= 8, "each point once, not the whole stroke with every point"
        before = painted(view)
        wheel(view, spot(view, 50, 50), 1, ctrl=True)
        painted(view)
        wheel(view, spot(view, 50, 50), -1, ctrl=True)
        QTest.qWait(200)
        assert max(lengths) >= 23, "the wheel had all drawn anew"
        one, two = (np.asarray(i.constBits(), np.int16) for i in (before, painted(view)))
        assert (np.abs(one - two) > 60).mean() < 0.001


def test_moving_and_zooming_draw_the_marks_where_they_belong(
    window: MainWindow, paintings: Paintings
) -> None:
    view = window.parts.view
    window.parts.tools.select(Tool.SCRIBBLE)
    drag(view, LEFT, *way(view))
    wheel(view, spot(view, 50, 50), 4, ctrl=True)
    at = spot(view, 60, 50)
    drag(view, MIDDLE, at, at + QPoint(30, 10))
    zoomed = painted(view)
    view.update()
    QApplication.processEvents()
    assert same(zoomed, painted(view))
    mark = window.parts.marking.pending[-1][1].points[4]  # type: ignore[union-attr]
    on = spot(view, *mark)
    assert zoomed.pixelColor(on).name() != zoomed.pixelColor(on + QPoint(0, 40)).name()


def test_far_in_paint_takes_no_more_memory_than_the_screen(
    window: MainWindow, paintings: Paintings, monkeypatch: pytest.MonkeyPatch
) -> None:
    areas: list[int] = []

    class Measured(QImage):
        def __init__(self, *arguments: Any) -> None:
            super().__init__(*arguments)
            areas.append(self.width() * self.height())

    view = window.parts.view
    window.parts.tools.select(Tool.BRUSH)
    drag(view, LEFT, *way(view))
    monkeypatch.setattr(ink_layer, "QImage", Measured)
    wheel(view, spot(view, 50, 50), 12, ctrl=True)
    painted(view)
    assert 0 < max(areas) <= view.width() * view.height()


@pytest.mark.parametrize("tool", [Tool.BOX, Tool.LASSO])
def test_a_hand_at_rest_repaints_nothing_whatever_comes_over_the_picture(
    window: MainWindow, paintings: Paintings, tool: Tool
) -> None:
    view = window.parts.view
    window.parts.tools.select(tool)
    points = way(view)
    QTest.mousePress(view, LEFT, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(view, point)
    assert paintings.come_to_rest()
    view.update(points[3].x() - 5, 0, 10, view.height())  # as a panel that crosses the line
    assert paintings.come_to_rest()
    QTest.mouseRelease(view, LEFT, pos=points[-1])


def test_another_source_finds_an_empty_sheet(window: MainWindow, paintings: Paintings) -> None:
    view = window.parts.view
    painted(view)
    at = view.viewport.to_widget((40, 32))
    assert view._sheet.marker_at(QPointF(*at)) is not None
    view.clear()
    assert view._sheet.marker_at(QPointF(*at)) is None
