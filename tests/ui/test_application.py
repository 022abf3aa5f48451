"""The process around the window."""

import logging
import os
import signal
import sys

import pytest
from PySide6.QtCore import QTimer, qWarning
from PySide6.QtWidgets import QApplication

from app.ui import qt_messages
from app.ui.application import run_window


class FakeWindow:
    def __init__(self, script: str) -> None:
        self.script = script
        self.errors: list[str] = []
        self.closed = 0
        self.freed = 0

    def show(self) -> None:
        QTimer.singleShot(0, self._act)

    def close(self) -> bool:
        self.closed += 1
        if self.script != "stubborn":
            QApplication.quit()
        return True

    def report_error(self, text: str) -> None:
        self.errors.append(text)

    def deleteLater(self) -> None:
        self.freed += 1

    def _act(self) -> None:
        if self.script == "error":
            try:
                raise ValueError("odd")
            except ValueError as error:
                sys.excepthook(ValueError, error, error.__traceback__)
            QApplication.quit()
            return
        os.kill(os.getpid(), signal.SIGINT)
        if self.script == "stubborn":
            QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGINT))


@pytest.mark.parametrize(("script", "status"), [("interrupt", 0), ("stubborn", 130), ("error", 0)])
def test_run_window(qapp: QApplication, script: str, status: int) -> None:
    hook, handler = sys.excepthook, signal.getsignal(signal.SIGINT)
    window = FakeWindow(script)
    assert run_window(["swem-live"], lambda: window) == status
    assert window.closed == (script != "error")
    assert window.freed == (script != "stubborn")
    assert [("odd" in text) for text in window.errors] == [True] * (script == "error")
    assert sys.excepthook is hook and signal.getsignal(signal.SIGINT) is handler


def test_what_qt_says_is_logged_while_the_window_is_open(caplog: pytest.LogCaptureFixture) -> None:
    with qt_messages.logged():
        qWarning("no such cursor")
    assert caplog.record_tuples == [("qt", logging.WARNING, "no such cursor")]
