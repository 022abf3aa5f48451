"""One line of the object list."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import QFrame, QLabel, QProgressBar, QVBoxLayout, QWidget

from app.pipeline.style import Color, ObjectStyle
from app.ui.widgets import IconButton, TextField, flat_row, muted, set_state
from swem_core.types import ObjectId

_SWATCH = 16
_BUTTON_WIDTH = 26  # four of them leave room for the name


class ObjectRow(QFrame):
    """Colour, name, confidence and what can be done with one object."""

    chosen = Signal()
    renamed = Signal(str)
    color_wanted = Signal()
    visibility_wanted = Signal(bool)
    solo_wanted = Signal(bool)
    lock_wanted = Signal(bool)
    removal_wanted = Signal()
    typing_ended = Signal()

    def __init__(self, object_id: ObjectId, style: ObjectStyle) -> None:
        super().__init__()
        self.object_id = object_id
        self._is_lost = False
        self.setObjectName("objectRow")
        self.swatch = _SwatchButton(self.tr("Colour"))
        self.name = TextField(style.name)
        self.name.setProperty("flat", True)
        self.name.setMaxLength(60)
        self.name.setAccessibleName(self.tr("Name"))
        self.eye = IconButton("eye", self.tr("Show or hide"), checked_icon="eye-off")
        self.solo = IconButton("solo", self.tr("Show alone"), checked_icon="solo-on")
        self.lock = IconButton("unlock", self.tr("Lock or unlock"), checked_icon="lock")
        self.remove = IconButton("remove", self.tr("Remove object"))
        self.badge = QLabel()
        self.badge.setObjectName("badge")
        self.confidence = QProgressBar()
        self.confidence.setRange(0, 100)
        self.confidence.setTextVisible(False)
        self.confidence.setFixedHeight(4)
        self.confidence.setMinimumWidth(24)  # Qt's own minimum would push the buttons out
        self.confidence.setAccessibleName(self.tr("Confidence"))
        self._lay_out()
        self._connect()
        self.set_style(style)

    def set_style(self, style: ObjectStyle) -> None:
        """Name, colour and visibility as they are now."""
        if not self.name.hasFocus() and self.name.text() != style.name:
            self.name.setText(style.name)
        if not self.name.hasFocus():
            self.name.home(False)  # where there is little room, the beginning is what counts
        self.setAccessibleName(style.name)
        self.eye.setChecked(not style.visible)
        self.swatch.set_color(style.color)

    def set_state(
        self, *, active: bool, tracked: bool, removable: bool, locked: bool, lost: bool
    ) -> None:
        """``active``: prompts go here. ``tracked``: the engine follows it. ``locked``: it learns
        nothing. ``lost``: it is out of sight."""
        set_state(self, "active", active)
        self.remove.setEnabled(removable)
        self.confidence.setVisible(tracked)
        self.lock.setEnabled(tracked)
        self.lock.setChecked(locked)
        self._is_lost = lost
        set_state(self.confidence, "lost", lost)
        if not tracked:
            self._set_badge("new", self.tr("new"))
        else:
            self._set_badge("lost" if lost else "", self.tr("lost") if lost else "")

    def set_score(self, score: float) -> None:
        """Confidence 0..1 of a tracked object."""
        self.confidence.setValue(round(score * 100))
        self.confidence.setToolTip(
            self.tr("Out of sight: it comes back by itself, or mark it again.")
            if self._is_lost
            else self.tr("Confidence %1 %").replace("%1", f"{score * 100:.0f}")
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row chooses the object."""
        self.chosen.emit()
        super().mousePressEvent(event)

    def _set_badge(self, kind: str, text: str) -> None:
        set_state(self.badge, "badge", kind)
        self.badge.setText(text)
        self.badge.setVisible(bool(text))

    def set_solo(self, alone: bool) -> None:
        """Whether it is the only object shown."""
        self.solo.setChecked(alone)

    def start_rename(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus()
        self.name.selectAll()

    def _lay_out(self) -> None:
        number = muted(str(self.object_id))
        number.setFixedWidth(18)
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        middle = QVBoxLayout()
        middle.setSpacing(2)
        middle.addWidget(self.name)
        bar = flat_row()
        bar.setContentsMargins(5, 0, 5, 2)
        bar.addWidget(self.confidence)
        middle.addLayout(bar)
        row = flat_row(self, spacing=2)
        row.setContentsMargins(4, 2, 4, 2)
        parts: tuple[QWidget, ...] = (number, self.swatch)
        for part in parts:
            row.addWidget(part)
        row.addLayout(middle, 1)
        for part in (self.badge, self.eye, self.solo, self.lock, self.remove):
            row.addWidget(part, 0, Qt.AlignmentFlag.AlignVCenter)
        for button in (self.eye, self.solo, self.lock, self.remove):
            button.setFixedWidth(_BUTTON_WIDTH)

    def _connect(self) -> None:
        self.swatch.clicked.connect(self.color_wanted)
        self.eye.clicked.connect(lambda hidden: self.visibility_wanted.emit(not hidden))
        self.solo.clicked.connect(self.solo_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.remove.clicked.connect(self.removal_wanted)
        self.name.editingFinished.connect(lambda: self.renamed.emit(self.name.text()))
        for ended in (self.name.confirmed, self.name.abandoned):
            ended.connect(self.typing_ended)


class _SwatchButton(IconButton):
    """A button that shows a colour instead of an icon."""

    def __init__(self, name: str) -> None:
        self._color: Color = (128, 128, 128)
        super().__init__("larger", name)
        self.setIconSize(QSize(_SWATCH, _SWATCH))

    def set_color(self, color: Color) -> None:
        """Show this one."""
        if color != self._color:
            self._color = color
            self._retint()

    def _retint(self) -> None:
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(_SWATCH * ratio), round(_SWATCH * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(*self._color))
        painter.drawRoundedRect(0, 0, _SWATCH, _SWATCH, 4, 4)
        painter.end()
        self.setIcon(QIcon(picture))
