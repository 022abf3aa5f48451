"""Requests to end: Ctrl-C, a service manager, a closed terminal, a shutdown."""

import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Final

_ENDINGS: Final = ("SIGINT", "SIGTERM", "SIGHUP", "SIGBREAK")  # not every system has all

Handler = Callable[[int, FrameType | None], Any]


@contextmanager
def handle_termination(handler: Handler = signal.default_int_handler) -> Iterator[None]:
    """Within the block, a request to end calls ``handler``, which by default raises
    KeyboardInterrupt.

    A request that was switched off when the program was started (``nohup``) stays switched off.
    Does nothing outside the main thread, which alone receives signals.
    """
    before: dict[signal.Signals, Any] = {}
    if threading.current_thread() is threading.main_thread():
        for name in _ENDINGS:
            number = getattr(signal, name, None)
            if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
                before[number] = signal.signal(number, handler)
    try:
        yield
    finally:
        for number, earlier in before.items():
            signal.signal(number, earlier)
