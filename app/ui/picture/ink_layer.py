"""A transparent sheet over the picture, on which marks are drawn once, piece by piece.

However long a stroke has become, a movement of the hand costs only its newest piece, and painting
the view only copies the part of the sheet that is exposed.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil

import numpy as np
from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPen, QRegion, QTransform

from app.pipeline.frames import Frame
from app.ui.picture.markers import INK, TAKES_AWAY, WHITE
from app.ui.picture.trails import Ink, Trail
from app.ui.picture.viewport import Viewport

_WIDTH_STEP = 3.0  # widget pixels between the widths a pressed stroke is drawn in
_ROUND = (Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
_LINES = {Ink.BAND: (5.0, 1.2), Ink.OUTLINE: (4.0, 2.0)}  # widget pixels: below, and on top
_REDRAWN = 6  # points: as far back the cap of a new piece's lower line covers the upper line
_Mode = QPainter.CompositionMode
_Piece = tuple[QPointF, QPointF, float]


@dataclass(frozen=True, slots=True)
class Ground:
    """What the sheet lies on. ``size`` in widget pixels, ``ratio`` device pixels per widget pixel.

    ``opacity`` (0..1) of the tint of paint. ``bare``: the frame as it came, seen where paint takes
    away; None where it must not be seen.
    """

    size: QSize
    ratio: float
    viewport: Viewport
    opacity: float
    bare: Frame | None

    def has_size_of(self, other: "Ground") -> bool:
        """Whether the same sheet covers both."""
        return self.size == other.size and self.ratio == other.ratio

    def is_like(self, other: "Ground", *, for_paint: bool) -> bool:
        """Whether what was drawn for the one fits the other; of lines, or of paint, too."""
        place = self.has_size_of(other) and self.viewport == other.viewport
        return place and not (for_paint and self._tint() != other._tint())

    def _tint(self) -> tuple[float, int | None]:
        return self.opacity, None if self.bare is None else id(self.bare.image)

    def line(self, trail: Trail, begin: int = 0) -> list[QPointF]:
        """The trail from point number ``begin`` on, in widget pixels."""
        points = trail.points[begin:]
        if trail.closed:
            points = (*points, trail.points[0])
        return [QPointF(*self.viewport.to_widget(point)) for point in points]


class InkLayer:
    """Lives in the GUI thread. Takes memory only while there is something on it."""

    def __init__(self) -> None:
        self._ground: Ground | None = None
        self._sheet: QImage | None = None
        self._memory = np.empty(0, np.uint8)  # of the sheet, which only borrows it
        self._drawn: tuple[Trail, ...] = ()
        self._bounds = QRect()

    def show(self, ground: Ground, trails: Sequence[Trail]) -> QRect:
        """Have exactly these trails on the sheet; returns what changed, in widget pixels."""
        changed = QRect()
        if not self._is_begun(ground, trails):
            changed = self._cleared(ground, keep=bool(trails))
        self._ground = ground
        if self._drawn == tuple(trails):
            return changed
        begun = len(self._drawn) - 1
        for number, trail in enumerate(trails[max(begun, 0) :], start=max(begun, 0)):
            done = len(self._drawn[number].points) if number == begun else 0
            if number != begun or trail != self._drawn[begun]:
                drawn = self._draw(ground, trail, done)
                changed, self._bounds = changed.united(drawn), self._bounds.united(drawn)
        self._drawn = tuple(trails)
        return changed

    def paint(self, painter: QPainter, exposed: QRegion) -> None:
        """Copy what is exposed of the sheet."""
        part = exposed.boundingRect().intersected(self._bounds)
        if self._sheet is not None and not part.isEmpty():
            ratio = self._sheet.devicePixelRatio()
            source = QRectF(QPointF(part.topLeft()) * ratio, QSizeF(part.size()) * ratio)
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, False)
            painter.drawImage(QRectF(part), self._sheet, source)

    def _is_begun(self, ground: Ground, trails: Sequence[Trail]) -> bool:
        """Whether what is on the sheet may stay."""
        *done, last = self._drawn or (None,)
        if last is None or self._ground is None:
            return True
        has_paint = any(trail.ink is Ink.PAINT for trail in self._drawn)
        return (
            len(trails) >= len(self._drawn)
            and self._ground.is_like(ground, for_paint=has_paint)
            and done == list(trails[: len(done)])
            and last.begins(trails[len(done)])
        )

    def _cleared(self, ground: Ground, *, keep: bool) -> QRect:
        """Take all off the sheet; returns where something was. ``keep``: it is needed again."""
        bounds, self._bounds, self._drawn = self._bounds, QRect(), ()
        fits = self._ground is not None and self._ground.has_size_of(ground)
        if self._sheet is None or not (keep and fits):
            self._sheet, self._memory = None, np.empty(0, np.uint8)
        else:
            painter = QPainter(self._sheet)
            painter.setCompositionMode(_Mode.CompositionMode_Clear)
            painter.fillRect(bounds, Qt.GlobalColor.transparent)
            painter.end()
        return bounds

    def _draw(self, ground: Ground, trail: Trail, done: int) -> QRect:
        """The rest of a trail of which ``done`` points are drawn; returns where it lies."""
        first = max(done - 1, 0)
        painter = QPainter(self._opened(ground))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if trail.ink is Ink.PAINT:
            bounds = _draw_paint(painter, ground, trail, first)
        else:
            bounds = _draw_line(painter, ground, trail, first)
        painter.end()
        return bounds.toAlignedRect().intersected(QRect(QPoint(0, 0), ground.size))

    def _opened(self, ground: Ground) -> QImage:
        if self._sheet is None:
            width, height = (ceil(side * ground.ratio) for side in ground.size.toTuple())
            # zeros that cost nothing until they are drawn on: a large screen's take 10 ms to fill
            self._memory = np.zeros((height, width, 4), np.uint8)
            form = QImage.Format.Format_ARGB32_Premultiplied
            self._sheet = QImage(self._memory.data, width, height, 4 * width, form)
            self._sheet.setDevicePixelRatio(ground.ratio)
        return self._sheet


def _draw_line(painter: QPainter, ground: Ground, trail: Trail, first: int) -> QRectF:
    """Two lines, one within the other: seen on light and on dark, and in a mask of its colour."""
    color = QColor(*trail.color) if trail.adds else TAKES_AWAY
    lower, upper = (color, WHITE) if trail.ink is Ink.BAND else (INK, color)
    wide, narrow = _LINES[trail.ink]
    back = max(first - _REDRAWN, 0)
    line = ground.line(trail, back)
    _draw_pieces(painter, lower, _pieces(line[first - back :], wide))
    _draw_pieces(painter, upper, _pieces(line, narrow))
    return _around(line, wide)


def _draw_paint(painter: QPainter, ground: Ground, trail: Trail, first: int) -> QRectF:
    """Opaque where the bare frame may be seen, so that pieces may lie on one another."""
    line = ground.line(trail, first)
    width = 2 * trail.radius * ground.viewport.scale
    widths = [width * share for share in trail.shares[first:]] or [width]
    pieces = _uneven_pieces(line, widths) if trail.shares else _pieces(line, width)
    sheet = QRectF(QPointF(0, 0), ground.size.toSizeF())  # far in, a stroke is many times as large
    bounds = QRectF(_around(line, max(widths)).toAlignedRect()).intersected(sheet)
    if bounds.isEmpty():
        return bounds
    stencil = QImage(
        (bounds.size() * ground.ratio).toSize(), QImage.Format.Format_ARGB32_Premultiplied
    )
    stencil.setDevicePixelRatio(ground.ratio)
    stencil.fill(Qt.GlobalColor.transparent)
    ink = QPainter(stencil)
    ink.setRenderHint(QPainter.RenderHint.Antialiasing)
    ink.translate(-bounds.topLeft())
    _draw_pieces(ink, WHITE, pieces)
    tint = QColor(*trail.color)
    tint.setAlphaF(ground.opacity if trail.adds else 0.0)
    ink.setCompositionMode(_Mode.CompositionMode_SourceIn)
    if ground.bare is None:
        painter.setCompositionMode(_Mode.CompositionMode_DestinationOut)
        painter.drawImage(bounds.topLeft(), stencil)
        painter.setCompositionMode(_Mode.CompositionMode_Plus)
    else:
        ink.save()
        _draw_frame(ink, ground.viewport, ground.bare)
        ink.restore()
        ink.setCompositionMode(_Mode.CompositionMode_SourceAtop)
    ink.fillRect(bounds, tint)
    ink.end()
    painter.drawImage(bounds.topLeft(), stencil)
    return bounds


def _draw_frame(painter: QPainter, viewport: Viewport, frame: Frame) -> None:
    """The frame as it came, where the picture shows it, turned and mirrored likewise."""
    height, width = frame.image.shape[:2]
    form = QImage.Format.Format_BGR888
    bare = QImage(frame.image.data, width, height, frame.image.strides[0], form)  # no copy
    points = ((-0.5, -0.5), (0.5, -0.5), (-0.5, 0.5))
    corner, right, down = (QPointF(*viewport.to_widget(point)) for point in points)
    x, y = right - corner, down - corner
    place = QTransform(x.x(), x.y(), y.x(), y.y(), corner.x(), corner.y())
    painter.setTransform(place, combine=True)
    painter.drawImage(QPointF(0, 0), bare)


def _draw_pieces(painter: QPainter, color: QColor, pieces: Sequence[_Piece]) -> None:
    """One by one: Qt takes four times as long for the outline of them all."""
    drawn_width = None
    for start, end, width in pieces:
        if width != drawn_width:
            painter.setPen(QPen(color, width, *_ROUND))
            drawn_width = width
        painter.drawLine(start, end) if start != end else painter.drawPoint(start)


def _pieces(line: Sequence[QPointF], width: float) -> list[_Piece]:
    pairs = pairwise(line) if len(line) > 1 else [(line[0], line[0])]
    return [(start, end, width) for start, end in pairs]


def _uneven_pieces(line: Sequence[QPointF], widths: Sequence[float]) -> list[_Piece]:
    """Short ones where the width changes."""
    stops = list(zip(line, widths, strict=True))
    pieces: list[_Piece] = []
    for (start, begin), (end, last) in pairwise(stops if len(stops) > 1 else stops * 2):
        count = max(1, round(abs(last - begin) / _WIDTH_STEP))
        for piece in range(count):
            low, high = (start + (end - start) * (part / count) for part in (piece, piece + 1))
            pieces.append((low, high, begin + (last - begin) * (piece + 0.5) / count))
    return pieces


def _around(line: Sequence[QPointF], width: float) -> QRectF:
    """Where a line of this width leaves traces."""
    xs, ys = [point.x() for point in line], [point.y() for point in line]
    corners = QRectF(QPointF(min(xs), min(ys)), QPointF(max(xs), max(ys)))
    margin = width / 2 + 2
    return corners.adjusted(-margin, -margin, margin, margin)
