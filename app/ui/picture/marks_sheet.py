"""All marks of a picture as the view shows them: the ink, the flags, and what of it is new."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QRegion

from app.pipeline.palettes import Color
from app.ui.picture import overlay
from app.ui.picture.ink_layer import Ground, InkLayer
from app.ui.picture.markers import TAKES_AWAY, Choice, Marker, draw_marker, lay_out, marker_at
from app.ui.picture.tools import Stroke, Tool
from app.ui.picture.trails import Trail, trail_of, trail_under_way
from app.ui.picture.viewport import XY, Viewport
from app.ui.state.marking import MarksShown
from swem_core.segment.prompts import Area, Brush, outline_of
from swem_core.types import ObjectId


@dataclass(frozen=True, slots=True)
class _LooseLine:
    """What every movement changes: a box under way, the line that would close a lasso."""

    line: tuple[QPointF, ...]
    color: QColor
    dashed: bool

    @property
    def region(self) -> QRegion:
        return overlay.region_of_line(self.line)


class MarksSheet:
    """``color_of`` says how an object's marks are drawn. Lives in the GUI thread."""

    def __init__(self, color_of: Callable[[ObjectId], Color]) -> None:
        self.choice = Choice()
        self._color_of = color_of
        self._ink = InkLayer()
        self._markers: tuple[Marker, ...] = ()
        self._chosen: int | None = None
        self._loose: _LooseLine | None = None

    def lay(
        self,
        ground: Ground,
        marks: MarksShown,
        stroke: tuple[ObjectId, Stroke] | None,
        metrics: QFontMetricsF,
    ) -> QRegion:
        """Have exactly these marks, and the stroke under way for an object; returns what changed,
        in widget pixels."""
        changed = QRegion(self._ink.show(ground, self._trails(marks, stroke)))
        flags = [(self._color_of(object_id), prompt) for object_id, prompt in marks.all]
        markers = tuple(lay_out(flags, ground.viewport, metrics))
        chosen = self.choice.index(len(markers))
        for old, new in zip_longest(self._markers, markers):
            if old != new:
                changed = _with(changed, old, new)
        if chosen != self._chosen:
            for number in (self._chosen, chosen):
                if number is not None and number < len(markers):
                    changed = _with(changed, markers[number])
        self._markers, self._chosen = markers, chosen
        return changed + self._lay_loose(ground.viewport, stroke)

    def clear(self) -> None:
        """Have nothing on it, and hold no picture."""
        self._ink, self._markers, self._chosen, self._loose = InkLayer(), (), None, None
        self.choice.clear()

    def marker_at(self, at: QPointF) -> int | None:
        """The mark whose flag or dot is under a widget point."""
        return marker_at(self._markers, at)

    def draw(self, painter: QPainter, exposed: QRegion) -> None:
        """As laid last."""
        self._ink.paint(painter, exposed)
        if self._loose is not None:
            overlay.draw_loose_line(
                painter, self._loose.line, self._loose.color, dashed=self._loose.dashed
            )
        for number, marker in enumerate(self._markers):
            if exposed.intersects(marker.bounds):
                draw_marker(painter, marker, chosen=number == self._chosen)

    def _trails(self, marks: MarksShown, stroke: tuple[ObjectId, Stroke] | None) -> list[Trail]:
        # what a brush painted is in the picture already, unless none has come since
        settled = [mark for mark in marks.settled if not isinstance(mark[1], Brush)]
        given = [trail_of(prompt, self._color_of(i)) for i, prompt in (*settled, *marks.pending)]
        if stroke is not None:
            given.append(trail_under_way(stroke[1], self._color_of(stroke[0])))
        return [trail for trail in given if trail is not None]

    def _lay_loose(self, viewport: Viewport, stroke: tuple[ObjectId, Stroke] | None) -> QRegion:
        before, self._loose = self._loose, None
        if stroke is not None and stroke[1].tool.surrounds:
            self._loose = _loose_line(viewport, stroke[1], self._color_of(stroke[0]))
        if self._loose == before:
            return QRegion()
        return sum((one.region for one in (before, self._loose) if one is not None), QRegion())


def _with(region: QRegion, *markers: Marker | None) -> QRegion:
    for marker in markers:
        if marker is not None:
            region = region + QRegion(marker.bounds)
    return region


def _loose_line(viewport: Viewport, stroke: Stroke, color: Color) -> _LooseLine:
    is_lasso = stroke.tool is Tool.LASSO
    points: tuple[XY, ...] = (stroke.points[-1], stroke.points[0])
    if not is_lasso:
        prompt = stroke.prompt()
        corners = outline_of(prompt) if isinstance(prompt, Area) else ()  # or too small to be one
        points = (*corners, *corners[:1])
    line = tuple(QPointF(*viewport.to_widget(point)) for point in points)
    return _LooseLine(line, QColor(*color) if stroke.positive else TAKES_AWAY, dashed=is_lasso)
