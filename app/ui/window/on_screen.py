"""A window whose screen was unplugged comes to one that is left."""

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

_GRACE_MS = 500  # most systems move windows by themselves, but not all do
_MARGIN = 24


class StaysOnScreen(QObject):
    """Watches which screens there are, and brings ``window`` back if nobody can see it any more."""

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._timer = QTimer(self, interval=_GRACE_MS, singleShot=True)
        self._timer.timeout.connect(self._bring_back)
        application = QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)
        application.screenRemoved.connect(self._changed)
        application.screenAdded.connect(self._changed)

    def _changed(self, screen: QScreen) -> None:
        del screen
        self._timer.start()

    def _bring_back(self) -> None:
        window, screen = self._window, QGuiApplication.primaryScreen()
        if screen is None or any(
            each.availableGeometry().intersects(window.geometry())
            for each in QGuiApplication.screens()
        ):
            return
        if window.isFullScreen():
            window.setGeometry(screen.geometry())
            return
        room = screen.availableGeometry().adjusted(_MARGIN, _MARGIN, -_MARGIN, -_MARGIN)
        size = window.size().boundedTo(room.size())
        window.resize(size)
        window.move(room.topLeft())
