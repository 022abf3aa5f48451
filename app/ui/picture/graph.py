"""A small graph of the last minute: what each stage of work takes, and the tracker's memory."""

from collections import deque
from collections.abc import Mapping
from typing import Final

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

LENGTH: Final = 240  # readings, of four a second
_HEIGHT: Final = 56
_FLOOR: Final = QColor(255, 255, 255, 40)
_MEMORY: Final = QColor("#eef0f3")
# Of the default colours of objects: told apart by people with any colour vision.
STAGE_COLORS: Final = ("#009ef0", "#f08c14", "#14be78", "#de5aaa", "#f0dc32", "#786ef0", "#6ed7eb")


class StageGraph(QWidget):
    """Stages are stacked in milliseconds, each in a colour of its own; memory is the line over
    them. Both begin at 0 and end at the largest value shown. Lives in the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._readings: deque[tuple[dict[str, float], int]] = deque(maxlen=LENGTH)
        self.setFixedHeight(_HEIGHT)
        self.setAccessibleName(self.tr("Graph of stage times and memory"))

    def add(self, stage_ms: Mapping[str, float], memory_bytes: int) -> None:
        """The newest reading; the oldest leaves."""
        self._readings.append((dict(stage_ms), memory_bytes))
        self.update()

    def clear(self) -> None:
        """Another source begins."""
        self._readings.clear()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """A few hundred points, four times a second."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(0, self.height() - 1, self.width(), 1, _FLOOR)
        if len(self._readings) > 1:
            self._paint_stages(painter)
            self._paint_memory(painter)

    def _paint_stages(self, painter: QPainter) -> None:
        readings = [stages for stages, _ in self._readings]
        names = list(dict.fromkeys(name for stages in readings for name in stages))
        top = max(sum(stages.values()) for stages in readings)
        below = [0.0] * len(readings)
        for name, color in zip(names, STAGE_COLORS, strict=False):
            above = [b + stages.get(name, 0.0) for b, stages in zip(below, readings, strict=True)]
            outline = [*self._points(above, top), *reversed(self._points(below, top))]
            painter.setPen(QColor(0, 0, 0, 0))
            painter.setBrush(QColor(color))
            painter.drawPolygon(QPolygonF(outline))
            below = above

    def _paint_memory(self, painter: QPainter) -> None:
        memory = [float(count) for _, count in self._readings]
        painter.setPen(QPen(_MEMORY, 1.5))
        # 9/10: a flat line along the upper edge would not be seen
        painter.drawPolyline(QPolygonF(self._points(memory, max(memory) / 0.9)))

    def _points(self, values: list[float], top: float) -> list[QPointF]:
        """The newest at the right edge."""
        step, height = self.width() / (LENGTH - 1), self.height() - 1
        first = self.width() - step * (len(values) - 1)
        scale = height / top if top > 0 else 0.0
        return [QPointF(first + i * step, height - v * scale) for i, v in enumerate(values)]
