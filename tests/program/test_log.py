"""What ends a thread is in the log file, for whoever is asked for help."""

import logging
import threading
from pathlib import Path

import pytest

from app import log


def test_an_error_that_ends_a_thread_is_logged(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, heard = logging.getLogger(), list[threading.ExceptHookArgs]()
    monkeypatch.setattr(log, "log_path", lambda: tmp_path / "logs" / "swem-live.log")
    monkeypatch.setattr(root, "handlers", [])
    monkeypatch.setattr(root, "level", root.level)
    monkeypatch.setattr(threading, "excepthook", heard.append)

    def fail() -> None:
        raise ValueError("a driver gave up")

    log.start_log()
    thread = threading.Thread(target=fail)
    thread.start()
    thread.join()
    for handler in root.handlers:
        handler.close()
    assert "a driver gave up" in (tmp_path / "logs" / "swem-live.log").read_text("utf-8")
    assert len(heard) == 1  # Python's own report is not swallowed
