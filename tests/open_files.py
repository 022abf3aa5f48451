"""What this process holds open: files of the tests, and connections to the network."""

import contextlib
import os
import socket
from pathlib import Path

_DESCRIPTORS = Path("/proc/self/fd")


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
