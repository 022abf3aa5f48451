"""The bar below the picture of a file: its position, and a button that loops it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QLabel, QSlider, QStyle, QVBoxLayout, QWidget

from app.ui.state.seeking import STEP_S, Seeking
from app.ui.text.figures import duration_text
from app.ui.widgets.controls import IconButton, flat_row

_TICKS = 1000  # of the slider, per second


class _Track(QSlider):
    """A press anywhere moves the handle there, as in any player."""

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            value = QStyle.sliderValueFromPosition(
                self.minimum(), self.maximum(), round(event.position().x()), self.width()
            )
            self.setValue(value)
        super().mousePressEvent(event)


class SeekBar(QWidget):
    """A slider with the time, and the loop button. Lives in the GUI thread."""

    def __init__(self, seeking: Seeking) -> None:
        super().__init__()
        self._seeking = seeking
        self._is_allowed = True
        self.track = _Track(Qt.Orientation.Horizontal)
        self.track.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.track.setAccessibleName(self.tr("Position in the file"))
        self.track.setSingleStep(_TICKS)
        self.track.setPageStep(round(STEP_S * _TICKS))
        self.time = QLabel()
        self.loop = IconButton("loop", self.tr("Loop"), checked_icon="loop")
        row = flat_row(self)
        row.setContentsMargins(12, 2, 12, 2)
        row.addWidget(self.track, 1)
        row.addWidget(self.time)
        row.addWidget(self.loop)
        self.track.valueChanged.connect(lambda value: seeking.seek(value / _TICKS))
        self.loop.clicked.connect(seeking.set_loop)
        seeking.changed.connect(self.refresh)
        self.refresh()

    def below(self, picture: QWidget) -> QVBoxLayout:
        """A column of the picture and, below it, this bar."""
        column = QVBoxLayout()
        column.setSpacing(0)
        column.addWidget(picture, 1)
        column.addWidget(self)
        return column

    def allow(self, allowed: bool) -> None:
        """Whether there is room for it at all."""
        self._is_allowed = allowed
        self.refresh()

    def refresh(self) -> None:
        """Show the span, position and looping of the source."""
        span = self._seeking.span
        self.setVisible(span is not None and self._is_allowed)
        self.loop.setChecked(self._seeking.loops)
        if span is not None:
            self.track.blockSignals(True)
            self.track.setRange(*(round(end * _TICKS) for end in span))
            self.track.blockSignals(False)
            self._show(self._seeking.position)

    def follow(self, seconds: float) -> None:
        """The picture shown is at ``seconds``; a handle that is being dragged stays."""
        if self.track.isSliderDown():
            return
        self._seeking.position = seconds
        self._show(seconds)

    def _show(self, seconds: float) -> None:
        span = self._seeking.span
        if span is None:
            return
        self.track.blockSignals(True)  # it is the file that moves the handle
        self.track.setValue(round(seconds * _TICKS))
        self.track.blockSignals(False)
        now, end = duration_text(seconds - span[0]), duration_text(span[1] - span[0])
        self.time.setText(f"{now} / {end}")
