"""Figures as people read them."""

from PySide6.QtCore import QCoreApplication, QLocale

from swem_core.types import Size

_UNITS = ("B", "kB", "MB", "GB", "TB")


def size_text(count: float) -> str:
    """Bytes in decimal units: ``1.2 MB``."""
    for unit in _UNITS[:-1]:
        if count < 1000:
            return f"{count:.0f} {unit}" if unit in _UNITS[:2] else f"{decimal_text(count)} {unit}"
        count /= 1000
    return f"{decimal_text(count)} {_UNITS[-1]}"


def decimal_text(value: float, places: int = 1) -> str:
    """``3.7``, or ``3,7`` where the language wants it so."""
    return QLocale().toString(value, "f", places)


def duration_text(seconds: float) -> str:
    """``0:07``, ``12:34`` or ``1:02:03``."""
    minutes, second = divmod(int(seconds), 60)
    hours, minute = divmod(minutes, 60)
    return f"{hours}:{minute:02}:{second:02}" if hours else f"{minute}:{second:02}"


def long_duration_text(seconds: float) -> str:
    """``40 s``, ``12 min``, ``3 h`` or ``9 days``: for guesses."""
    for limit, unit, name in ((90, 1, "s"), (5400, 60, "min"), (48 * 3600, 3600, "h")):
        if seconds < limit:
            return f"{seconds / unit:.0f} {name}"
    days = QCoreApplication.translate("Text", "%1 days")
    return days.replace("%1", f"{seconds / 86400:.0f}")


def pixels_text(size: Size | None) -> str:
    """``1280 × 720`` from (height, width)."""
    return f"{size[1]} × {size[0]}" if size else "–"


def rate_text(rate: float) -> str:
    """``29.8``, or a dash for none."""
    return decimal_text(rate) if rate > 0 else "–"
