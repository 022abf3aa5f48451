"""A control with the keyboard focus keeps the keys that operate it, even if they are shortcuts."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QAbstractSlider, QComboBox, QWidget

_SPACE = (Qt.Key.Key_Space,)
_ENDS = (Qt.Key.Key_Home, Qt.Key.Key_End)
_KEPT = ((QAbstractButton, _SPACE), (QComboBox, _SPACE), (QAbstractSlider, _ENDS))


class KeyGuard(QObject):
    """Watches the controls that are in ``window`` now. Lives in the GUI thread."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        for kind, _ in _KEPT:
            for control in window.findChildren(kind):
                control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Claim a key that Qt is about to treat as a shortcut."""
        if event.type() != QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
            return False
        kept = next((keys for kind, keys in _KEPT if isinstance(watched, kind)), ())
        if event.modifiers() != Qt.KeyboardModifier.NoModifier or event.key() not in kept:
            return False
        event.accept()
        return True
