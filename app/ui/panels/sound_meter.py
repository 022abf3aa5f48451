"""The level of the microphone that is being recorded."""

import math
from typing import Final

from PySide6.QtWidgets import QProgressBar

_FLOOR_DB: Final = -60.0
_HEIGHT: Final = 6


class SoundMeter(QProgressBar):
    """A bar from -60 dB to full scale; hidden without a microphone."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextVisible(False)
        self.setFixedHeight(_HEIGHT)
        self.setRange(0, 100)
        self.setAccessibleName(self.tr("Microphone level"))
        self.setToolTip(self.tr("Microphone level; at the right end it is distorted"))
        self.hide()

    def show_level(self, level: float | None) -> None:
        """``level``: 0..1, None without a microphone."""
        self.setVisible(level is not None)
        if level is not None:
            decibels = 20 * math.log10(max(level, 1e-6))
            self.setValue(round(100 * (1 - max(decibels, _FLOOR_DB) / _FLOOR_DB)))
