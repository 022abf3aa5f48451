"""The governor's switch and its target: one row of the source panel."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtWidgets import QCheckBox, QSpinBox, QWidget

from app.ui.widgets.controls import flat_row, keeps_typing

DEFAULT_FPS = 15
MIN_FPS, MAX_FPS = 1, 120


class _RateBox(QSpinBox):
    """While it has the keyboard focus, digits and Enter are not shortcuts."""

    def event(self, event: QEvent) -> bool:
        return keeps_typing(event) or super().event(event)


class PaceRow(QWidget):
    """The rate to keep on a machine that is too slow. Lives in the GUI thread."""

    changed = Signal()
    typing_ended = Signal()

    def __init__(self, fps: int, *, is_on: bool) -> None:
        super().__init__()
        self.switch = QCheckBox(self.tr("Keep at least"))
        self.switch.setToolTip(
            self.tr(
                "If the machine is too slow for this rate, use smaller pictures and run the "
                "network less often. Off: every frame in full, however long it takes."
            )
        )
        self.switch.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.switch.setChecked(is_on)
        self.rate = _RateBox()
        self.rate.setRange(MIN_FPS, MAX_FPS)
        self.rate.setValue(fps)
        self.rate.setSuffix(self.tr(" fps"))
        self.rate.setAccessibleName(self.tr("Masks per second to keep up"))
        self.rate.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.rate.setKeyboardTracking(False)  # "1" on the way to "15" is no target
        self.rate.setEnabled(is_on)
        row = flat_row(self)
        row.addWidget(self.switch)
        row.addWidget(self.rate, 1)
        self.switch.toggled.connect(self.rate.setEnabled)
        self.switch.toggled.connect(self.changed)
        self.rate.valueChanged.connect(self.changed)
        self.rate.lineEdit().returnPressed.connect(self.typing_ended)

    @property
    def target_fps(self) -> float | None:
        """Masks per second to keep, None while switched off."""
        return float(self.rate.value()) if self.switch.isChecked() else None

    def choose(self, fps: float) -> None:
        """Set the target; 0 switches off."""
        self.switch.setChecked(fps > 0)
        if fps > 0:
            self.rate.setValue(round(fps))
