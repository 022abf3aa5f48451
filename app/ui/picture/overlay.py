"""What the view draws on top of the picture. Never part of a recording.

Positions come in source pixels and are drawn at the same size whatever the zoom, except for brush
strokes, which are drawn at their true size.
"""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QPainter,
    QPainterPath,
    QPainterPathStroker,
    QPen,
    QPolygonF,
    QTransform,
)

from app.pipeline.frames import Frame
from app.ui.picture.markers import INK, TAKES_AWAY, WHITE
from app.ui.picture.viewport import XY, Viewport
from swem_core.segment.prompts import Area, Brush, Prompt, Scribble, outline_of

RIBBON_HEIGHT = 28
LOUPE_SIDE = 168.0  # widget pixels
_LOUPE_POWER = 3.0  # times as large as the picture is shown
_LOUPE_GAP = 28.0  # between the cursor and the loupe
_STROKE_ALPHA = 130
_SCRIBBLE_WIDTH = 5.0
_WIDTH_STEP = 3.0  # widget pixels between the widths a pressed stroke is drawn in
_ROUND = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)


def draw_prompt(
    painter: QPainter,
    viewport: Viewport,
    frame: Frame | None,
    color: QColor,
    opacity: float,
    prompt: Prompt,
) -> None:
    """The line of a scribble, box or lasso in the object's colour, a brush's effect with the
    overlay's ``opacity`` (0..1); nothing for a click, which is all marker. ``frame``: None where
    it must not be shown as it came."""
    if isinstance(prompt, Brush):
        draw = _draw_uneven_brush if prompt.pressures else _draw_brush
        draw(painter, viewport, frame, prompt, color, opacity)
    elif isinstance(prompt, Scribble):
        line = _line(viewport, prompt.points)
        _draw_scribble(painter, line, color if prompt.positive else TAKES_AWAY)
    elif isinstance(prompt, Area):
        corners = _line(viewport, outline_of(prompt))
        ink = color if prompt.positive else TAKES_AWAY
        _draw_outline(painter, QPolygonF([*corners, corners[0]]), ink)


def draw_open_lasso(
    painter: QPainter, viewport: Viewport, color: QColor, points: Sequence[XY], *, positive: bool
) -> None:
    """A lasso under way, and dashed how it would be closed now."""
    line, ink = _line(viewport, points), color if positive else TAKES_AWAY
    _draw_outline(painter, QPolygonF(line), ink)
    painter.setPen(QPen(ink, 1.4, Qt.PenStyle.DashLine))
    painter.drawLine(line[-1], line[0])


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
            painter.drawLine(at + way * 4, at + way * 14)


def draw_loupe(
    painter: QPainter, viewport: Viewport, picture: QImage, at: QPointF, widget: QRectF
) -> None:
    """What is under ``at``, three times as large, beside it and within ``widget``."""
    side, scale = LOUPE_SIDE, _LOUPE_POWER * viewport.scale
    x, y = viewport.to_picture((at.x(), at.y()))
    part = QRectF(0, 0, side / scale, side / scale)
    part.moveCenter(QPointF(x + 0.5, y + 0.5))  # QImage counts from the pixel's corner
    frame = loupe_place(at, widget)
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


def draw_ribbon(painter: QPainter, width: float, text: str, color: QColor) -> None:
    """A thin strip with a sentence along the upper edge."""
    strip = QRectF(0, 0, width, RIBBON_HEIGHT)
    painter.fillRect(strip, color)
    painter.setPen(WHITE)
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width - 16)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, elided)


def _line(viewport: Viewport, points: Sequence[XY]) -> list[QPointF]:
    return [QPointF(*viewport.to_widget(point)) for point in points]


def _draw_scribble(painter: QPainter, line: list[QPointF], color: QColor) -> None:
    ink = QColor(color)
    ink.setAlpha(_STROKE_ALPHA)
    painter.fillPath(_stroke_path(line, _SCRIBBLE_WIDTH), ink)
    # a bright core, or it would vanish in a mask of its own colour
    painter.setPen(QPen(WHITE, 1.2, *_ROUND))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(line))


def _draw_brush(
    painter: QPainter,
    viewport: Viewport,
    frame: Frame | None,
    brush: Brush,
    color: QColor,
    opacity: float,
) -> None:
    """A stroke's effect, as the picture that is to come will show it: the frame without overlay,
    which is all that an eraser leaves, and over it what the brush adds."""
    path = _stroke_path(_line(viewport, brush.points), 2 * brush.radius * viewport.scale)
    if frame is not None:
        painter.save()
        painter.setClipPath(path)
        _draw_frame(painter, viewport, frame)
        painter.restore()
    if brush.add:
        paint = QColor(color)
        paint.setAlphaF(opacity)
        painter.fillPath(path, paint)


def _draw_frame(painter: QPainter, viewport: Viewport, frame: Frame) -> None:
    """The frame as it came, where the picture shows it, turned and mirrored likewise."""
    height, width = frame.image.shape[:2]
    form = QImage.Format.Format_BGR888
    bare = QImage(frame.image.data, width, height, frame.image.strides[0], form)  # no copy
    corner, right, down = _line(viewport, ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5)))
    x, y = right - corner, down - corner
    place = QTransform(x.x(), x.y(), y.x(), y.y(), corner.x(), corner.y())
    painter.setTransform(place, combine=True)
    painter.drawImage(QPointF(0, 0), bare)


def _draw_outline(painter: QPainter, line: QPolygonF, color: QColor) -> None:
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for ink, width in ((QColor(0, 0, 0, 150), 4.0), (color, 2.0)):
        painter.setPen(QPen(ink, width, *_ROUND))
        painter.drawPolyline(line)


def _draw_uneven_brush(
    painter: QPainter,
    viewport: Viewport,
    frame: Frame | None,
    brush: Brush,
    color: QColor,
    opacity: float,
) -> None:
    """The same for a stroke whose width changes from point to point.

    Drawn on a layer of its own: the outline of so many pieces takes Qt a hundred times as long.
    """
    device = painter.device()
    ratio = device.devicePixelRatio()
    size = QSize(round(device.width() * ratio), round(device.height() * ratio))
    layer = QImage(size, QImage.Format.Format_ARGB32_Premultiplied)
    layer.setDevicePixelRatio(ratio)
    layer.fill(Qt.GlobalColor.transparent)
    ink = QPainter(layer)
    ink.setRenderHint(QPainter.RenderHint.Antialiasing)
    _draw_pieces(ink, _line(viewport, brush.points), brush, viewport.scale)
    paint = QColor(color)
    paint.setAlphaF(opacity if brush.add else 0.0)
    ink.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    if frame is None:
        ink.fillRect(layer.rect(), paint)
    else:
        ink.save()
        _draw_frame(ink, viewport, frame)
        ink.restore()
        ink.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceAtop)
        ink.fillRect(layer.rect(), paint)
    ink.end()
    painter.drawImage(QPointF(0, 0), layer)


def _draw_pieces(ink: QPainter, line: list[QPointF], brush: Brush, scale: float) -> None:
    """Round-capped pieces between neighbours, short ones where the width changes."""
    widths = [2 * brush.radius * share * scale for share in brush.pressures]
    stops = list(zip(line, widths, strict=True))
    for (start, first), (end, last) in pairwise(stops if len(stops) > 1 else stops * 2):
        count = max(1, round(abs(last - first) / _WIDTH_STEP))
        for piece in range(count):
            low, high = (start + (end - start) * (part / count) for part in (piece, piece + 1))
            width = first + (last - first) * (piece + 0.5) / count
            ink.setPen(QPen(WHITE, width, *_ROUND))
            ink.drawLine(low, high) if low != high else ink.drawPoint(low)


def _stroke_path(line: list[QPointF], width: float) -> QPainterPath:
    """The outline of a round pen's stroke; of a single point, a disc."""
    path = QPainterPath()
    path.setFillRule(Qt.FillRule.WindingFill)
    if len(line) == 1:
        path.addEllipse(line[0], width / 2, width / 2)
        return path
    centre = QPainterPath(line[0])
    for point in line[1:]:
        centre.lineTo(point)
    stroker = QPainterPathStroker(QPen(WHITE, width, *_ROUND))
    outline = stroker.createStroke(centre)
    outline.setFillRule(Qt.FillRule.WindingFill)
    return outline
