"""Runs conversions one after another on a thread of their own."""

import logging
import os
import queue
import sys
import threading
import time
from typing import Final

from app.errors import RecorderError
from app.pipeline.events import ConversionEnded, ConversionProgress, Listener
from app.pipeline.recording.convert import convert
from app.pipeline.recording.formats import Conversion
from swem_core.freed_memory import release_freed_memory

_TELL_EVERY_S: Final = 0.2
_NICENESS: Final = 10  # what is live goes first

_log = logging.getLogger(__name__)


class Converter:
    """Carries conversions out in the order given.

    A recording stays as it was recorded until its conversion is complete, so that cancelling, a
    crash or closing the program loses nothing. Thread: ``add`` and ``cancel``, which return at
    once, and finally ``close`` on one; events come on the converter's.
    """

    def __init__(self, listener: Listener) -> None:
        self._tell = listener
        self._waiting: queue.SimpleQueue[Conversion | None] = queue.SimpleQueue()
        self._cancelled = threading.Event()
        self._closing = threading.Event()
        self._thread: threading.Thread | None = None

    def add(self, conversion: Conversion) -> None:
        """Convert after those added before. ConversionProgress and ConversionEnded follow."""
        if self._thread is None:
            self._thread = threading.Thread(target=self._run, name="converter", daemon=True)
            self._thread.start()
        self._waiting.put(conversion)

    def cancel(self) -> None:
        """Cancel the running conversion; its recording is kept."""
        self._cancelled.set()

    def close(self, deadline_s: float = 5.0) -> bool:
        """Cancel everything and wait at most ``deadline_s``; whether the thread has ended."""
        self._closing.set()
        self._waiting.put(None)
        if self._thread is not None:
            self._thread.join(deadline_s)
        return self._thread is None or not self._thread.is_alive()

    def _run(self) -> None:
        _be_nice()
        while (conversion := self._waiting.get()) is not None and not self._closing.is_set():
            self._cancelled.clear()
            self._tell(self._ended(conversion))
            release_freed_memory()

    def _ended(self, conversion: Conversion) -> ConversionEnded:
        last_told = 0.0

        def progress(done: float) -> None:
            nonlocal last_told
            now = time.monotonic()
            if now >= last_told + _TELL_EVERY_S:
                last_told = now
                self._tell(ConversionProgress(conversion.target, done))

        def stops() -> bool:
            return self._cancelled.is_set() or self._closing.is_set()

        try:
            complete = convert(conversion, progress, stops)
        except RecorderError as error:
            return ConversionEnded(conversion.source, str(error))
        except Exception as error:
            _log.exception("Converting %s failed", conversion.source)
            return ConversionEnded(conversion.source, f"The conversion failed ({error!r}).")
        return ConversionEnded(conversion.target if complete else conversion.source)


def _be_nice() -> None:
    """Lower this thread's priority, and with it that of the encoder threads it starts (Linux)."""
    if sys.platform == "linux":
        try:
            os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        except OSError:
            _log.debug("The converter's priority cannot be lowered")
