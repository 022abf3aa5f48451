"""An action that lasts as long as its key is held."""

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Signal
from PySide6.QtGui import QAction, QKeyEvent

_ENDS = (QEvent.Type.MouseButtonPress, QEvent.Type.ApplicationDeactivate)


class HeldKey(QObject):
    """``held(True)`` when ``action`` is triggered, ``held(False)`` when the key is let go.

    Chosen from a menu there is no key: the next key or mouse press ends it. Lives in the GUI
    thread.
    """

    held = Signal(bool)

    def __init__(self, action: QAction, parent: QObject) -> None:
        super().__init__(parent)
        self._is_held = False
        action.triggered.connect(self._begin)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Watch for the end; no event is withheld."""
        is_release = event.type() == QEvent.Type.KeyRelease
        if is_release and isinstance(event, QKeyEvent) and event.isAutoRepeat():
            return False
        if self._is_held and (is_release or event.type() in _ENDS):
            self._end()
        return False

    def _begin(self) -> None:
        application = QCoreApplication.instance()
        if self._is_held or application is None:
            return
        self._is_held = True
        application.installEventFilter(self)
        self.held.emit(True)

    def _end(self) -> None:
        self._is_held = False
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
        self.held.emit(False)
