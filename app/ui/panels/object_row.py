"""One line of the object list."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QColor, QEnterEvent, QIcon, QMouseEvent, QPainter, QPixmap
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QLabel,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from app.pipeline.palettes import Color
from app.pipeline.style import ObjectStyle
from app.ui.widgets.controls import IconButton, TextField, flat_row, muted, set_state
from swem_core.types import ObjectId

_SWATCH = 16
_BUTTON_WIDTH = 24
ROW_HEIGHT = 40
_FOCUS = (QEvent.Type.FocusIn, QEvent.Type.FocusOut)


class ObjectRow(QFrame):
    """Colour, name, confidence and what can be done with one object.

    The buttons are shown only while the row is chosen, under the mouse or has the keyboard focus,
    which leaves room for the name. A button that is checked (hidden, solo, locked) stays.
    """

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
        self._is_lost = self._is_active = self._is_hovered = False
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
        self._buttons = (self.eye, self.solo, self.lock, self.remove)
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
        self.name.setToolTip(style.name)
        self.setAccessibleName(style.name)
        self.eye.setChecked(not style.visible)
        self.swatch.set_color(style.color)

    def set_state(
        self, *, active: bool, tracked: bool, removable: bool, locked: bool, lost: bool
    ) -> None:
        """``active``: prompts go here. ``tracked``: the engine follows it. ``locked``: it learns
        nothing. ``lost``: it is out of sight."""
        self._is_active = active
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
        self._open_up()

    def set_score(self, score: float) -> None:
        """Confidence 0..1 of a tracked object."""
        self.confidence.setValue(round(score * 100))
        self.confidence.setToolTip(
            self.tr("Out of sight: it is found again by itself, or mark it again.")
            if self._is_lost
            else self.tr("Confidence %1 %").replace("%1", f"{score * 100:.0f}")
        )

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on the row chooses the object."""
        self.chosen.emit()
        super().mousePressEvent(event)

    def enterEvent(self, event: QEnterEvent) -> None:
        """The mouse is on the row or on something in it."""
        super().enterEvent(event)
        self._is_hovered = True
        self._open_up()

    def leaveEvent(self, event: QEvent) -> None:
        """It has gone elsewhere."""
        super().leaveEvent(event)
        self._is_hovered = False
        self._open_up()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Whatever in the row gets or loses the keyboard."""
        if event.type() in _FOCUS:
            self._open_up()
        return super().eventFilter(watched, event)

    def _open_up(self) -> None:
        """Show or hide the buttons by their width: Tab and screen readers still find them."""
        focused = QApplication.focusWidget()
        has_keyboard = focused is not None and self.isAncestorOf(focused)
        is_open = self._is_active or self._is_hovered or has_keyboard
        for button in self._buttons:
            button.setFixedWidth(_BUTTON_WIDTH if is_open or button.isChecked() else 0)

    def _set_badge(self, kind: str, text: str) -> None:
        set_state(self.badge, "badge", kind)
        self.badge.setText(text)
        self.badge.setVisible(bool(text))

    def set_solo(self, alone: bool) -> None:
        """Whether it is the only object shown."""
        self.solo.setChecked(alone)
        self._open_up()

    def start_rename(self) -> None:
        """Give the keyboard to the name."""
        self.name.setFocus()
        self.name.selectAll()

    def _lay_out(self) -> None:
        number = muted(str(self.object_id))
        number.setFixedWidth(18)
        number.setAlignment(Qt.AlignmentFlag.AlignCenter)
        below = flat_row(spacing=6)
        below.setContentsMargins(5, 0, 5, 0)
        below.addWidget(self.confidence, 1)
        below.addWidget(self.badge)
        below.addStretch()
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.name)
        middle.addLayout(below)
        row = flat_row(self, spacing=0)
        row.setContentsMargins(4, 1, 4, 1)
        parts: tuple[QWidget, ...] = (number, self.swatch)
        for part in parts:
            row.addWidget(part)
        row.addLayout(middle, 1)
        for button in self._buttons:
            row.addWidget(button)
        for part in self.findChildren(QWidget):
            part.installEventFilter(self)
        self.setMinimumHeight(ROW_HEIGHT)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def _connect(self) -> None:
        self.swatch.clicked.connect(self.color_wanted)
        for button in self._buttons:
            button.toggled.connect(self._open_up)
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
