"""What the view draws on top of the picture besides the marks themselves. Never in a recording.

All is drawn at the same size whatever the zoom.
"""

from collections.abc import Sequence
from itertools import pairwise
from math import ceil

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPen,
    QPolygonF,
    QRegion,
)

from app.ui.picture.markers import INK, WHITE
from app.ui.picture.viewport import Viewport

RIBBON_HEIGHT = 28
LOUPE_SIDE = 168.0  # widget pixels
CROSS_REACH = 14.0
_LOUPE_POWER = 3.0  # times as large as the picture is shown
_LOUPE_GAP = 28.0  # between the cursor and the loupe
_STEP = 32.0  # widget pixels of a line that one rectangle of its region covers
_MARGIN = 4
_ROUND = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def draw_loose_line(
    painter: QPainter, line: Sequence[QPointF], color: QColor, *, dashed: bool
) -> None:
    """A line that moves with the hand: a box under way, or dashed how a lasso would be closed."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    if dashed:
        painter.setPen(QPen(color, 1.4, Qt.PenStyle.DashLine))
        painter.drawPolyline(QPolygonF(line))
        return
    for ink, width in ((INK, 4.0), (color, 2.0)):
        painter.setPen(QPen(ink, width, *_ROUND))
        painter.drawPolyline(QPolygonF(line))


def region_of_line(line: Sequence[QPointF]) -> QRegion:
    """What a line covers, and little more: not all that a box surrounds."""
    region = QRegion()
    for start, end in pairwise(line):
        way = end - start
        count = max(1, ceil(max(abs(way.x()), abs(way.y())) / _STEP))
        if way.x() == 0 or way.y() == 0:
            count = 1
        for piece in range(count):
            part = QRectF(start + way * (piece / count), start + way * ((piece + 1) / count))
            part = part.normalized().adjusted(-_MARGIN, -_MARGIN, _MARGIN, _MARGIN)
            region += part.toAlignedRect()
    return region


def draw_brush_cursor(painter: QPainter, at: QPointF, radius: float) -> None:
    """A ring of the brush's true size, seen on light and on dark. ``radius`` in widget pixels."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, color in ((3.0, QColor(0, 0, 0, 150)), (1.3, WHITE)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(at, radius, radius)
    painter.drawPoint(at)


def draw_crosshair(painter: QPainter, at: QPointF) -> None:
    """The keyboard's cursor."""
    for width, color in ((4.0, QColor(0, 0, 0, 150)), (1.6, WHITE)):
        painter.setPen(QPen(color, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(dx, dy)
            painter.drawLine(at + way * 4, at + way * CROSS_REACH)


def draw_loupe(
    painter: QPainter, viewport: Viewport, picture: QImage, at: QPointF, frame: QRectF
) -> None:
    """What is under ``at``, three times as large, in ``frame``, see :func:`loupe_place`."""
    side, scale = LOUPE_SIDE, _LOUPE_POWER * viewport.scale
    x, y = viewport.to_picture((at.x(), at.y()))
    part = QRectF(0, 0, side / scale, side / scale)
    part.moveCenter(QPointF(x + 0.5, y + 0.5))  # QImage counts from the pixel's corner
    painter.save()
    clip = QPainterPath()
    clip.addRoundedRect(frame, 8, 8)
    painter.setClipPath(clip)
    painter.fillRect(frame, INK)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
    painter.drawImage(frame, picture, part)
    draw_crosshair(painter, frame.center())
    painter.restore()
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, color in ((4.0, QColor(0, 0, 0, 150)), (1.6, WHITE)):
        painter.setPen(QPen(color, width))
        painter.drawRoundedRect(frame, 8, 8)


def loupe_place(at: QPointF, widget: QRectF) -> QRectF:
    """Lower right of the cursor; on the other side where there is no room."""
    frame = QRectF(0, 0, LOUPE_SIDE, LOUPE_SIDE)
    frame.moveTopLeft(at + QPointF(_LOUPE_GAP, _LOUPE_GAP))
    if frame.right() > widget.right():
        frame.moveRight(at.x() - _LOUPE_GAP)
    if frame.bottom() > widget.bottom():
        frame.moveBottom(at.y() - _LOUPE_GAP)
    return frame


def draw_ribbon(painter: QPainter, strip: QRectF, text: str, color: QColor) -> None:
    """A sentence in a thin strip along the upper edge."""
    painter.fillRect(strip, color)
    painter.setPen(WHITE)
    width = strip.width() - 16
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, elided)
