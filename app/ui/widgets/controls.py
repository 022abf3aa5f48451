"""Small controls used all over the window.

Clicking one does not take the keyboard away from the picture (only Tab does), and one that has
the keyboard keeps the keys it needs although they are also shortcuts of the window.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSlider,
    QToolButton,
    QWidget,
)

from app.ui.widgets import icons

_PRESS_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
_RETINT = (QEvent.Type.PaletteChange, QEvent.Type.StyleChange)
GAP = 8


def _keeps_key(event: QEvent, keys: tuple[Qt.Key, ...]) -> bool:
    """Whether ``event`` asks if a key is a shortcut, and it should go to the widget instead."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    if event.key() in keys:
        event.accept()
    return event.isAccepted()


def keeps_typing(event: QEvent) -> bool:
    """Accept ``event`` if it asks whether a key without Ctrl or Alt is a shortcut: it is text."""
    if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return False
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    if modifiers not in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier):
        return False
    event.accept()
    return True


class IconButton(QToolButton):
    """A small button with a tinted icon and a name for screen readers.

    ``over_picture``: it lies on the dark ground of what is shown over the picture.
    """

    def __init__(
        self, icon: str, name: str, checked_icon: str = "", *, over_picture: bool = False
    ) -> None:
        super().__init__()
        self._icons = (icon, checked_icon or icon)
        self._is_over_picture = over_picture
        self.setAutoRaise(True)
        self.setCheckable(bool(checked_icon))
        self.setIconSize(QSize(18, 18))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setProperty("quiet", True)
        self.toggled.connect(self._retint)
        self._retint()

    def event(self, event: QEvent) -> bool:
        """Space and Enter press the button that has the keyboard."""
        return _press_by_key(self, event) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """The theme may have changed."""
        super().changeEvent(event)
        if event.type() in _RETINT:
            self._retint()

    def _retint(self) -> None:
        name = self._icons[self.isChecked()]
        over = self._is_over_picture
        self.setIcon(icons.icon_over_picture(name) if over else icons.icon(name, quiet=True))


class Button(QPushButton):
    """A button with text; ``kind`` is "primary" for the accent colour, "danger" for red."""

    def __init__(self, text: str, icon: str = "", kind: str = "") -> None:
        super().__init__(text)
        self._icon_name = icon
        self._kind = kind
        self.setProperty("kind", kind)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setIconSize(QSize(18, 18))
        self._retint()

    def event(self, event: QEvent) -> bool:
        """Space and Enter press the button that has the keyboard."""
        return _press_by_key(self, event) or super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """The theme may have changed."""
        super().changeEvent(event)
        if event.type() in _RETINT:
            self._retint()

    def set_icon(self, name: str) -> None:
        """Another icon; the same costs nothing."""
        if name != self._icon_name:
            self._icon_name = name
            self._retint()

    def _retint(self) -> None:
        if self._icon_name:
            self.setIcon(icons.icon(self._icon_name, accent=self._kind == "primary"))


def _press_by_key(button: QAbstractButton, event: QEvent) -> bool:
    if _keeps_key(event, _PRESS_KEYS):
        return True
    if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
        return False
    if event.key() not in _PRESS_KEYS[1:]:  # Space works by itself
        return False
    button.click()
    return True


class TextField(QLineEdit):
    """A line of text; Enter confirms, Escape gives up, both hand the keyboard back."""

    confirmed = Signal(str)
    abandoned = Signal()

    def event(self, event: QEvent) -> bool:
        """While typing, no key without Ctrl or Alt is a shortcut of the window."""
        return keeps_typing(event) or super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Escape end the typing."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.confirmed.emit(self.text())
        elif event.key() == Qt.Key.Key_Escape:
            self.abandoned.emit()
        else:
            super().keyPressEvent(event)


class LabelledSlider(QWidget):
    """A slider with its name and its value."""

    def __init__(
        self, name: str, limits: tuple[int, int], value: int, show: Callable[[int], str]
    ) -> None:
        super().__init__()
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(*limits)
        self.slider.setValue(value)
        self.slider.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.slider.setAccessibleName(name)
        title, shown = QLabel(name), muted(show(value))
        title.setFixedWidth(72)
        shown.setFixedWidth(48)
        shown.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.slider.valueChanged.connect(lambda number: shown.setText(show(number)))
        row = flat_row(self)
        for widget in (title, self.slider, shown):
            row.addWidget(widget)


def role_label(text: str, role: str) -> QLabel:
    """A label in one of the stylesheet's roles."""
    label = QLabel(text)
    label.setProperty("role", role)
    return label


def muted(text: str = "") -> QLabel:
    """A label of lesser importance."""
    return role_label(text, "muted")


def flat_row(parent: QWidget | None = None, spacing: int = GAP) -> QHBoxLayout:
    """A horizontal layout without margins."""
    row = QHBoxLayout() if parent is None else QHBoxLayout(parent)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(spacing)
    return row


def set_state(widget: QWidget, name: str, value: object) -> None:
    """Set a property that the stylesheet looks at."""
    if widget.property(name) != value:
        widget.setProperty(name, value)
        widget.style().unpolish(widget)
        widget.style().polish(widget)
