"""The log file: what happened, for the day something goes wrong."""

import logging
from logging.handlers import RotatingFileHandler
from pathlib import Path

from platformdirs import user_log_path

_BYTES = 1_000_000
_FILES = 3


def log_path() -> Path:
    """Where the log file lies for this user on this system."""
    return user_log_path("swem-live", appauthor=False) / "swem-live.log"


def start_log() -> None:
    """Log to the file from now on; does nothing where it cannot be written, or twice."""
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
