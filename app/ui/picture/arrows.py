"""How far the arrow keys move the crosshair."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

_FAR, _FINE = 10, 1  # source pixels
_WAYS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


def arrow_step(event: QKeyEvent) -> tuple[int, int] | None:
    """Source pixels (right, down) of an arrow key, with Shift single ones; None: another key."""
    way = _WAYS.get(Qt.Key(event.key()))
    step = _FINE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else _FAR
    return None if way is None else (way[0] * step, way[1] * step)
