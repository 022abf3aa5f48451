"""What Qt itself says goes into the program's log."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

_log = logging.getLogger("qt")
_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


@contextmanager
def logged() -> Iterator[None]:
    """Log Qt's messages instead of printing them on the terminal, where a report would lack them.

    Any thread may speak; ``logging`` is made for that.
    """

    def log(kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        _log.log(_LEVELS[kind], "%s", text)

    before = qInstallMessageHandler(log)
    try:
        yield
    finally:
        qInstallMessageHandler(before)
