"""What is remembered between runs. Stored values that make no sense are ignored."""

from PySide6.QtCore import QByteArray, QSettings


class Preferences:
    """Typed, checked access to the settings the caller gave."""

    def __init__(self, settings: QSettings) -> None:
        self._settings = settings

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A stored number within ``low``..``high``, else ``default``."""
        try:
            value = float(str(self._settings.value(key, default)))
        except ValueError:
            return default
        return value if low <= value <= high else default

    def flag(self, key: str, default: bool) -> bool:
        """A stored yes or no, else ``default``."""
        text = str(self._settings.value(key, default)).lower()
        return {"true": True, "false": False}.get(text, default)

    def text(self, key: str, default: str) -> str:
        """A stored text, else ``default``."""
        value = self._settings.value(key, default)
        return value if isinstance(value, str) else default

    def blob(self, key: str) -> QByteArray:
        """Stored bytes, else none."""
        value = self._settings.value(key)
        return value if isinstance(value, QByteArray) else QByteArray()

    def store(self, **values: object) -> None:
        """Remember all of ``values``; a double underscore in a name becomes a slash."""
        for key, value in values.items():
            self._settings.setValue(key.replace("__", "/"), value)
