"""The progress of a conversion, and a button that cancels it."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QProgressBar, QVBoxLayout, QWidget

from app.ui.widgets.controls import IconButton, flat_row, muted

_BAR_HEIGHT = 6


class ConversionRow(QWidget):
    """Hidden while nothing is being converted. Lives in the GUI thread."""

    cancel_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._text = muted()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedHeight(_BAR_HEIGHT)
        self._bar.setRange(0, 1000)
        self._bar.setAccessibleName(self.tr("Progress of the conversion"))
        self._cancel = IconButton("cancel", self.tr("Cancel the conversion; the recording is kept"))
        self._cancel.clicked.connect(self.cancel_wanted)
        column = QVBoxLayout()
        column.setSpacing(2)
        column.addWidget(self._text)
        column.addWidget(self._bar)
        row = flat_row(self, spacing=4)
        row.addLayout(column, 1)
        row.addWidget(self._cancel)
        self.hide()

    def show_progress(self, path: Path, done: float) -> None:
        """``done``: 0..1."""
        text = self.tr("Converting to %1: %2 %")
        percent = str(round(100 * done))
        self._text.setText(text.replace("%2", percent).replace("%1", path.suffix))
        self._bar.setValue(round(1000 * done))
        self.show()
