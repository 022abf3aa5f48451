"""Whether a window can open here."""

import importlib
import os
import sys


def display_problem() -> str | None:
    """Why no window can open and what to do, or None."""
    if sys.platform.startswith("linux") and not _linux_display():
        return "this session has no display (DISPLAY and WAYLAND_DISPLAY are not set)."
    try:
        importlib.import_module("PySide6.QtWidgets")
    except ImportError as error:
        return (
            f"Qt cannot be loaded ({error}). On Debian or Ubuntu: apt install libegl1 libgl1 "
            "libxkbcommon0 libdbus-1-3 libxcb-cursor0."
        )
    return None


def _linux_display() -> bool:
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
