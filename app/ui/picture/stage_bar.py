"""Where the time of a frame goes: one bar of all stages, and a list that explains it."""

from collections.abc import Mapping
from math import ceil

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from app.ui.picture.graph import STAGE_COLORS
from app.ui.text.figures import decimal_text
from app.ui.text.stage_names import stage_text

# The graph's, then more for those it has no colour for.
_COLORS = tuple(
    QColor(name)
    for name in (
        *STAGE_COLORS,
        *("#d8d06a", "#8fb573", "#b9a08a", "#ef6f6c", "#9aa7b8"),
    )
)
_TEXT, _FAINT, _EMPTY = QColor("#eef0f3"), QColor("#c8ccd4"), QColor(255, 255, 255, 40)
_BAR, _GAP, _SWATCH, _COLUMNS = 8, 6, 8, 2
_SHOWN_MS = 0.05  # less would read 0.0


class StageBar(QWidget):
    """Drawn for a dark ground. Lives in the GUI thread."""

    def __init__(self) -> None:
        super().__init__()
        self._stages: dict[str, float] = {}
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """All stages in words."""
        return ", ".join(
            f"{stage_text(name)} {decimal_text(spent)}" for name, spent in self._stages.items()
        )

    def show_stages(self, stages: Mapping[str, float]) -> bool:
        """Milliseconds by stage, in the order of work; whether the size wanted is another now."""
        before = self.sizeHint()
        self._stages = {name: spent for name, spent in stages.items() if spent >= _SHOWN_MS}
        self.setAccessibleDescription(self.text)
        self.update()
        if self.sizeHint() == before:
            return False
        self.updateGeometry()
        return True

    def sizeHint(self) -> QSize:
        """Room for every name and figure."""
        metrics = self.fontMetrics()
        names = [metrics.horizontalAdvance(stage_text(name)) for name in self._stages]
        cell = _SWATCH + 3 * _GAP + max(names, default=0) + self._figure_width()
        lines = ceil(len(self._stages) / _COLUMNS)
        height = _BAR + (_GAP + lines * metrics.height() if lines else 0)
        return QSize(_COLUMNS * cell + (_COLUMNS - 1) * _GAP, height)

    def minimumSizeHint(self) -> QSize:
        """As ``sizeHint``: nothing of it can be left out."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The bar, then the list, column by column."""
        del event
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        self._paint_bar(painter)
        height = self.fontMetrics().height()
        lines = ceil(len(self._stages) / _COLUMNS)
        width = (self.width() - (_COLUMNS - 1) * 2 * _GAP) // _COLUMNS
        for index, (name, spent) in enumerate(self._stages.items()):
            column, line = divmod(index, lines)
            left, top = column * (width + 2 * _GAP), _BAR + _GAP + line * height
            self._paint_entry(painter, QRect(left, top, width, height), index, name, spent)

    def _paint_bar(self, painter: QPainter) -> None:
        total, start = sum(self._stages.values()), 0.0
        painter.fillRect(0, 0, self.width(), _BAR, _EMPTY)
        for index, spent in enumerate(self._stages.values()):
            left, start = start, start + spent
            first, last = (round(self.width() * part / total) for part in (left, start))
            painter.fillRect(first, 0, last - first, _BAR, _COLORS[index % len(_COLORS)])

    def _paint_entry(
        self, painter: QPainter, place: QRect, index: int, name: str, spent: float
    ) -> None:
        top = place.center().y() - _SWATCH // 2
        painter.fillRect(place.left(), top, _SWATCH, _SWATCH, _COLORS[index % len(_COLORS)])
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setPen(_FAINT)
        painter.drawText(place.adjusted(_SWATCH + _GAP, 0, 0, 0), middle, stage_text(name))
        painter.setPen(_TEXT)
        painter.drawText(place, middle | Qt.AlignmentFlag.AlignRight, decimal_text(spent))

    def _figure_width(self) -> int:
        figures = [decimal_text(spent) for spent in self._stages.values()]
        return max((self.fontMetrics().horizontalAdvance(each) for each in figures), default=0)
