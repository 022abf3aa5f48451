"""What a test may leave behind in this process: open files, threads, programs, windows."""

import contextlib
import gc
import os
import socket
import sys
import threading
import time
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import psutil
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QWidget

_T = TypeVar("_T", bound=Hashable)
_GRACE_S = 5.0  # for what other threads and processes are about to end
_DESCRIPTORS = Path("/proc/self/fd")


@contextmanager
def nothing_left(what: str, look: Callable[[], set[_T]]) -> Iterator[None]:
    """After the block, ``look`` finds nothing that was not there before it."""
    before = look()
    yield
    end = time.monotonic() + _GRACE_S
    while left := look() - before:
        gc.collect()
        if time.monotonic() > end:
            break
        time.sleep(0.02)
    assert not left, f"{what}: {sorted(map(str, left))}"


def open_files(folder: Path) -> set[tuple[int, str]]:
    """Descriptors, and what they are of: files below ``folder``, and TCP and UDP sockets.

    Nothing else: libraries open fonts, caches, devices, pipes and event descriptors once and keep
    them, and the program keeps its log. Nothing at all where the system has no ``/proc``.
    """
    if not _DESCRIPTORS.is_dir():
        return set()
    found = set()
    for entry in _DESCRIPTORS.iterdir():
        with contextlib.suppress(OSError):  # closed meanwhile, as the one of this listing is
            target, descriptor = str(entry.readlink()), int(entry.name)
            is_ours = target.startswith(f"{folder}{os.sep}") and not target.endswith(".log")
            if is_ours or _is_connection(target, descriptor):
                found.add((descriptor, target))
    return found


def _is_connection(target: str, descriptor: int) -> bool:
    if not target.startswith("socket:"):
        return False
    with socket.socket(fileno=os.dup(descriptor)) as copy:
        return copy.family in (socket.AF_INET, socket.AF_INET6)


def threads() -> set[threading.Thread]:
    """Python's, but for those that libraries keep for the next time."""
    return {thread for thread in threading.enumerate() if not _is_kept(thread)}


def _is_kept(thread: threading.Thread) -> bool:
    return thread is threading.main_thread() or isinstance(thread, threading._DummyThread)  # type: ignore[attr-defined]


def programs() -> set[psutil.Process]:
    """Started by this process and not waited for, but for what Python itself keeps running."""
    if not _has_children():
        return set()
    found = set()
    for child in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if not any("multiprocessing" in part for part in child.cmdline()):
                found.add(child)
    return found


def _has_children() -> bool:
    """Without looking through all processes of the machine."""
    if sys.platform == "win32":
        return True
    try:
        os.waitid(os.P_ALL, 0, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    except ChildProcessError:
        return False
    return True


def windows() -> set[QWidget]:
    """Top-level widgets, menus included, that have not been deleted."""
    if not isinstance(QApplication.instance(), QApplication):
        return set()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    return set(QApplication.topLevelWidgets())
