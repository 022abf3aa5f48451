"""The numbered flags of prompts: where they lie, how they are drawn, which one the mouse is on."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from app.pipeline.palettes import Color
from app.ui.picture.viewport import Viewport
from swem_core.segment.prompts import Area, Brush, Click, Prompt, outline_of, points_of

INK = QColor(14, 15, 18)
WHITE = QColor(255, 255, 255)
TAKES_AWAY = QColor(255, 95, 90)
_DOT = 4.5  # widget pixels
_LIFT = QPointF(5, -5)  # of the flag's corner from the spot: the spot itself stays visible


@dataclass(frozen=True, slots=True)
class Marker:
    """One prompt's flag. ``spot`` and ``flag`` in widget pixels; ``number`` counts from 1."""

    prompt: Prompt
    color: QColor
    number: int
    spot: QPointF
    flag: QRectF

    @property
    def adds(self) -> bool:
        """Whether the prompt adds to the object."""
        return self.prompt.add if isinstance(self.prompt, Brush) else self.prompt.positive

    @property
    def bounds(self) -> QRect:
        """All that is drawn of it."""
        dot = QRectF(-_DOT, -_DOT, 2 * _DOT, 2 * _DOT).translated(self.spot)
        return self.flag.united(dot).toAlignedRect().adjusted(-3, -3, 3, 3)

    @property
    def text(self) -> str:
        """What the flag says."""
        return f"{'+' if self.adds else '−'}{self.number}"


class Choice:
    """Which marker would be removed: the one under the mouse, or else the one picked by keys."""

    def __init__(self) -> None:
        self.hovered: int | None = None
        self._picked: int | None = None

    def index(self, count: int) -> int | None:
        """Of the chosen one among ``count`` markers, None if there is none."""
        chosen = self._picked if self.hovered is None else self.hovered
        return chosen if chosen is not None and chosen < count else None

    def step(self, count: int, way: int) -> None:
        """Pick the next (1) or the previous (-1) of ``count`` markers."""
        chosen = self.index(count)
        if count:
            self._picked = (chosen + way) % count if chosen is not None else min(way, 0) % count
        self.hovered = None

    def clear(self) -> None:
        """Choose none."""
        self.hovered = self._picked = None


def lay_out(
    prompts: Sequence[tuple[Color, Prompt]], viewport: Viewport, metrics: QFontMetricsF
) -> list[Marker]:
    """Flags for ``prompts`` (colour of the object, prompt), numbered from 1."""
    markers = []
    for number, (color, prompt) in enumerate(prompts, start=1):
        spot = QPointF(*viewport.to_widget(_anchor(prompt)))
        marker = Marker(prompt, QColor(*color), number, spot, QRectF())
        width = metrics.horizontalAdvance(marker.text) + 10
        flag = QRectF(0, 0, width, metrics.height() + 2)
        flag.moveBottomLeft(spot + _LIFT)
        markers.append(Marker(prompt, marker.color, number, spot, flag))
    return markers


def marker_at(markers: Sequence[Marker], at: QPointF) -> int | None:
    """Index of the uppermost marker whose flag or dot is under a widget point."""
    for index in reversed(range(len(markers))):
        marker = markers[index]
        dot = QRectF(-_DOT, -_DOT, 2 * _DOT, 2 * _DOT).translated(marker.spot)
        is_dot = isinstance(marker.prompt, Click) and dot.contains(at)
        if is_dot or marker.flag.contains(at):
            return index
    return None


def draw_marker(painter: QPainter, marker: Marker, *, chosen: bool) -> None:
    """A dot on the very spot of a click, and for every prompt a flag with sign and number.

    ``chosen``: Delete would remove it.
    """
    line = marker.color if marker.adds else TAKES_AWAY
    if isinstance(marker.prompt, Click):
        painter.setPen(QPen(WHITE, 2))
        painter.setBrush(marker.color if marker.adds else INK)
        painter.drawEllipse(marker.spot, _DOT, _DOT)
    painter.setPen(QPen(WHITE if chosen else line, 2.2 if chosen else 1.4))
    painter.setBrush(line if chosen else QColor(14, 15, 18, 210))
    painter.drawRoundedRect(marker.flag, 5, 5)
    painter.setPen(WHITE)
    painter.drawText(marker.flag, Qt.AlignmentFlag.AlignCenter, marker.text)


def _anchor(prompt: Prompt) -> tuple[float, float]:
    """Where the flag stands: on a click, at a stroke's start, at an area's upper right corner."""
    if isinstance(prompt, Area):
        return max(outline_of(prompt), key=lambda point: point[0] - point[1])
    return points_of(prompt)[0]
