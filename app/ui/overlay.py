"""What the view draws on top of the picture. Never part of a recording.

Positions come in source pixels and are drawn at the same size whatever the zoom, except for brush
strokes, which are drawn at their true size.
"""

from collections.abc import Iterable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen, QPolygonF

from app.pipeline.style import Color
from app.ui.tools import Stroke, Tool
from app.ui.viewport import XY, Viewport
from swem_core.segment.prompts import Box, Brush, Click, Lasso, Prompt, Scribble, outline_of

RIBBON_HEIGHT = 28
_INK = QColor(14, 15, 18)
_WHITE = QColor(255, 255, 255)
_ERASE = QColor(255, 95, 90)
_STROKE_ALPHA = 130
_SCRIBBLE_WIDTH = 5.0


def draw_prompts(
    painter: QPainter,
    viewport: Viewport,
    given: Iterable[tuple[Color, Prompt]],
    pending: Iterable[tuple[Color, Prompt]],
) -> None:
    """Markers of the draft's prompts, numbered, then of those no picture shows yet.

    Brush strokes of the draft are not drawn again: its mask already is what they painted.
    """
    number = 0
    for color, prompt in given:
        number += 1
        if not isinstance(prompt, Brush):
            draw_prompt(painter, viewport, QColor(*color), prompt, number)
    for color, prompt in pending:
        number += 1
        draw_prompt(painter, viewport, QColor(*color), prompt, number)


def draw_prompt(
    painter: QPainter, viewport: Viewport, color: QColor, prompt: Prompt, number: int
) -> None:
    """One prompt with its number."""
    if isinstance(prompt, Click):
        _draw_marker(painter, viewport.to_widget((prompt.x, prompt.y)), color, prompt, number)
    elif isinstance(prompt, Box | Lasso):
        negative = isinstance(prompt, Box) and not prompt.positive
        corners = outline_of(prompt)
        ink = _ERASE if negative else color
        _draw_line(painter, viewport, (*corners, corners[0]), ink, _SCRIBBLE_WIDTH)
    elif isinstance(prompt, Scribble):
        ink = color if prompt.positive else _ERASE
        _draw_line(painter, viewport, prompt.points, ink, _SCRIBBLE_WIDTH)
    else:
        ink = color if prompt.add else _ERASE
        _draw_line(painter, viewport, prompt.points, ink, 2 * prompt.radius * viewport.scale)


def draw_stroke(painter: QPainter, viewport: Viewport, color: Color, stroke: Stroke) -> None:
    """The stroke while the button is down."""
    if stroke.tool is not Tool.CLICK:
        draw_prompt(painter, viewport, QColor(*color), stroke.prompt(), 0)


def draw_brush_cursor(painter: QPainter, at: QPointF, radius: float) -> None:
    """A ring of the brush's true size, seen on light and on dark. ``radius`` in widget pixels."""
    painter.setBrush(Qt.BrushStyle.NoBrush)
    for width, color in ((3.0, QColor(0, 0, 0, 150)), (1.3, _WHITE)):
        painter.setPen(QPen(color, width))
        painter.drawEllipse(at, radius, radius)
    painter.drawPoint(at)


def draw_crosshair(painter: QPainter, at: QPointF) -> None:
    """The keyboard's cursor."""
    for width, color in ((4.0, QColor(0, 0, 0, 150)), (1.6, _WHITE)):
        painter.setPen(QPen(color, width))
        for dx, dy in ((1, 0), (-1, 0), (0, 1), (0, -1)):
            way = QPointF(dx, dy)
            painter.drawLine(at + way * 4, at + way * 14)


def draw_ribbon(painter: QPainter, width: float, text: str, color: QColor) -> None:
    """A thin strip with a sentence along the upper edge."""
    strip = QRectF(0, 0, width, RIBBON_HEIGHT)
    painter.fillRect(strip, color)
    painter.setPen(_WHITE)
    elided = QFontMetricsF(painter.font()).elidedText(text, Qt.TextElideMode.ElideRight, width - 16)
    painter.drawText(strip, Qt.AlignmentFlag.AlignCenter, elided)


def _draw_line(
    painter: QPainter, viewport: Viewport, points: Iterable[XY], color: QColor, width: float
) -> None:
    ink = QColor(color)
    ink.setAlpha(_STROKE_ALPHA)
    line = [QPointF(*viewport.to_widget(point)) for point in points]
    if len(line) == 1:
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(ink)
        painter.drawEllipse(line[0], width / 2, width / 2)
        return
    round_cap, round_join = Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin
    painter.setPen(QPen(ink, width, Qt.PenStyle.SolidLine, round_cap, round_join))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF(line))
    if width == _SCRIBBLE_WIDTH:  # a bright core, or it would vanish in a mask of its own colour
        painter.setPen(QPen(_WHITE, 1.2, Qt.PenStyle.SolidLine, round_cap, round_join))
        painter.drawPolyline(QPolygonF(line))


def _draw_marker(painter: QPainter, at: XY, color: QColor, click: Click, number: int) -> None:
    """A dot on the very spot, and beside it a flag with sign and number."""
    spot = QPointF(*at)
    painter.setPen(QPen(_WHITE, 2))
    painter.setBrush(color if click.positive else _INK)
    painter.drawEllipse(spot, 4.5, 4.5)
    text = f"{'+' if click.positive else '−'}{number}"
    metrics = QFontMetricsF(painter.font())
    flag = QRectF(0, 0, metrics.horizontalAdvance(text) + 10, metrics.height() + 2)
    flag.moveBottomLeft(spot + QPointF(5, -5))
    painter.setPen(QPen(color if click.positive else _ERASE, 1.4))
    painter.setBrush(QColor(14, 15, 18, 210))
    painter.drawRoundedRect(flag, 5, 5)
    painter.setPen(_WHITE)
    painter.drawText(flag, Qt.AlignmentFlag.AlignCenter, text)
