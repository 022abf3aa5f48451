"""How the window was left the last time. Stored values that make no sense are ignored."""

import base64
import binascii

from PySide6.QtCore import QByteArray

from app.settings import Scalar
from app.settings_file import SettingsFile


class WindowSettings:
    """Typed, checked access to ``Settings.window``. Lives in the GUI thread."""

    def __init__(self, file: SettingsFile) -> None:
        self.file = file

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A stored number within ``low``..``high``, else ``default``."""
        try:
            value = float(str(self._value(key, default)))
        except ValueError:
            return default
        return value if low <= value <= high else default

    def flag(self, key: str, default: bool) -> bool:
        """A stored yes or no, else ``default``."""
        text = str(self._value(key, default)).lower()
        return {"true": True, "false": False}.get(text, default)

    def text(self, key: str, default: str) -> str:
        """A stored text, else ``default``."""
        value = self._value(key, default)
        return value if isinstance(value, str) else default

    def blob(self, key: str) -> QByteArray:
        """Stored bytes, else none."""
        try:
            return QByteArray(base64.b64decode(self.text(key, ""), validate=True))
        except (binascii.Error, ValueError):
            return QByteArray()

    def store(self, **values: object) -> None:
        """Remember ``values`` (Scalar or QByteArray); a double underscore becomes a slash."""
        left = {key.replace("__", "/"): _scalar(value) for key, value in values.items()}
        self.file.change(window={**self.file.settings.window, **left})

    def _value(self, key: str, default: Scalar) -> Scalar:
        return self.file.settings.window.get(key, default)


def _scalar(value: object) -> Scalar:
    if isinstance(value, QByteArray):
        return base64.b64encode(value.data()).decode("ascii")
    assert isinstance(value, bool | int | float | str), f"{value!r} cannot be kept"
    return value
