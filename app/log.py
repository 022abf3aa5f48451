"""The log file, for the day something goes wrong."""

import logging
import threading
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

_BYTES = 1_000_000
_FILES = 3


def log_path() -> Path:
    """This user's log file on this system."""
    return user_log_path("swem-live", appauthor=False) / "swem-live.log"


def start_log() -> None:
    """Log to the file from now on. Does nothing if it cannot be written, or on a second call."""
    root = logging.getLogger()
    if any(isinstance(handler, RotatingFileHandler) for handler in root.handlers):
        return
    path = log_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingFileHandler(path, maxBytes=_BYTES, backupCount=_FILES, encoding="utf-8")
    except OSError:
        return
    handler.setFormatter(
        logging.Formatter("%(asctime)s %(levelname)s %(threadName)s %(name)s: %(message)s")
    )
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    _log_errors_of_threads()


def _log_errors_of_threads() -> None:
    """An error that ends a thread, which Python only prints, is logged as well."""
    before = threading.excepthook

    def log(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            error = arguments.exc_type, arguments.exc_value, arguments.exc_traceback
            logging.getLogger(__name__).critical("A thread has failed", exc_info=error)
        before(arguments)

    threading.excepthook = log
