"""Puts a report for whoever is asked for help on the clipboard."""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QWidget

from app.pipeline.events import Level
from app.ui.picture.messages import MessageStack
from app.ui.session.bridge import Background

_KEY = "report"


class ReportCopier(QObject):
    """``make`` takes a moment (it looks at devices), so it runs off the GUI thread, where this
    lives."""

    def __init__(
        self, make: Callable[[], str] | None, messages: MessageStack, window: QWidget
    ) -> None:
        super().__init__(window)
        self._make, self._messages = make, messages
        self._background = Background(self)

    def copy(self) -> None:
        """Put the report on the clipboard and say so."""
        if self._make is None:
            return
        self._messages.post(Level.INFO, self.tr("Examining this machine…"), key=_KEY)
        self._background.run(self._make, self._copied, self._failed, name="report")

    def _copied(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        note = self.tr(
            "The report is on the clipboard. It holds no passwords, but read it over first."
        )
        self._messages.post(Level.INFO, note, key=_KEY)

    def _failed(self, error: Exception) -> None:
        self._messages.post(Level.ERROR, str(error), key=_KEY)
