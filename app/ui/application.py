"""The process around the window: QApplication, Ctrl+C, and errors nobody caught."""

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from types import FrameType, TracebackType
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QEvent, QTimer
from PySide6.QtWidgets import QApplication

from app.termination import handle_termination
from app.ui import qt_messages
from app.ui.text.language import SYSTEM, speak
from app.ui.widgets import icons

_log = logging.getLogger(__name__)
_SIGNAL_POLL_MS = 200


class Window(Protocol):
    """What is needed of the main window."""

    def show(self) -> None:
        """Open it."""

    def close(self) -> bool:
        """Ask it to close; False if it needs a moment first."""
        ...

    def report_error(self, text: str) -> None:
        """Tell the person."""

    def deleteLater(self) -> None:
        """Free it, with all it holds, when the event loop comes by."""


def run_window(
    argv: Sequence[str], make_window: Callable[[], Window], language: str = SYSTEM
) -> int:
    """Show the window ``make_window`` makes and run until it is closed; the exit status.

    ``language``: one of ``app.settings.LANGUAGES``.

    Ctrl+C, or being asked to end by the system, closes the window in good order, so a recording
    is finished; a second time ends at once.
    """
    application = QApplication.instance() or QApplication(list(argv))
    assert isinstance(application, QApplication)
    application.setApplicationName("swem-live")
    application.setApplicationDisplayName("swem-live")
    application.setDesktopFileName("swem-live")
    application.setStyle("Fusion")
    speak(application, language)
    window = make_window()
    application.setWindowIcon(icons.icon("app"))
    with _reporting(window), _interruptible(application, window):
        return show_until_closed(window)


def show_until_closed(window: Window) -> int:
    """Show the window, run Qt's event loop until it is closed, and free it; the exit status.

    Slots and the window hold each other: without that, each would stay to the program's end.
    """
    with qt_messages.logged():
        window.show()
        code = QCoreApplication.exec()
    if code == 0:  # not if it was cut short: workers may still talk to the window
        window.deleteLater()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return code


@contextmanager
def _reporting(window: Window) -> Iterator[None]:
    """An error that a slot did not catch is logged and shown, and the program lives on."""
    before = sys.excepthook

    def report(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        _log.critical("uncaught error", exc_info=(kind, error, trace))
        if issubclass(kind, Exception):
            text = QCoreApplication.translate(
                "Application",
                "Something went wrong inside the program (%1). You can carry on; see the log.",
            )
            window.report_error(text.replace("%1", f"{kind.__name__}: {error}"))

    sys.excepthook = report
    try:
        yield
    finally:
        sys.excepthook = before


@contextmanager
def _interruptible(application: QApplication, window: Window) -> Iterator[None]:
    """Python handles a signal only while it runs, so a timer runs it now and then."""
    seen = 0

    def interrupt(number: int, frame: FrameType | None) -> None:
        nonlocal seen
        seen += 1
        if seen == 1:
            window.close()
        else:
            application.exit(128 + number)

    timer = QTimer()
    timer.timeout.connect(lambda: None)
    timer.start(_SIGNAL_POLL_MS)
    try:
        with handle_termination(interrupt):
            yield
    finally:
        timer.stop()
