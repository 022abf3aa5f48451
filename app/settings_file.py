"""The file of the settings: where it is, and how it is written without ever being lost."""

import configparser
import json
import logging
from dataclasses import replace
from pathlib import Path
from typing import Any

from platformdirs import user_config_path

from app.errors import SettingsError
from app.settings import MAX_BYTES, Settings, parse_settings, settings_text
from swem_core.data.files import write_atomic

_log = logging.getLogger(__name__)


def settings_path() -> Path:
    """This user's settings file on this system."""
    return user_config_path("swem-live", appauthor=False, roaming=True) / "settings.json"


class SettingsFile:
    """The settings in use, written after every change. Thread: one (in a window, the GUI's).

    ``notice``: a sentence for the person if the file could not be used as it was, else "". If the
    file cannot be written, the settings last until the program ends.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._settings = Settings()
        self.notice = ""

    @property
    def settings(self) -> Settings:
        """The settings in use."""
        return self._settings

    @classmethod
    def open(cls, path: Path | None = None, old: Path | None = None) -> "SettingsFile":
        """Read ``path`` (None: this user's), or else ``old``, the .ini file of version 1.

        A file that is damaged or of a later version is kept as .bak; defaults replace what cannot
        be read.
        """
        made = cls(path or settings_path())
        try:
            data = _read(made._path)
            if data is None and old is not None:
                data = _read_ini(old)
            if data is not None:
                made._settings, complaints = parse_settings(data)
                if complaints:
                    made._put_aside(" ".join(complaints))
        except (SettingsError, OSError) as error:
            made._put_aside(str(error))
        return made

    def change(self, **changes: Any) -> None:  # noqa: ANN401 - fields of Settings
        """Replace some fields and write the file."""
        changed = replace(self._settings, **changes)
        if changed == self._settings:
            return
        self._settings = changed
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            write_atomic(self._path, settings_text(changed).encode("ascii"))
        except OSError as error:
            _log.warning("The settings cannot be saved to %s: %s", self._path, error)

    def _put_aside(self, why: str) -> None:
        kept = self._path.with_name(self._path.name + ".bak")
        try:
            write_atomic(kept, self._path.read_bytes())
            where = f"The old file is kept as {kept}."
        except OSError:
            where = f"It is {self._path}."
        self.notice = f"Some settings could not be used and were reset: {why} {where}"
        _log.warning(self.notice)


def _read(path: Path) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        return None


def _read_ini(path: Path) -> bytes | None:
    """Version 1 as JSON; None if there is no such file or it cannot be read."""
    parser = configparser.RawConfigParser(strict=False)
    try:
        parser.read(path, encoding="utf-8")
    except (configparser.Error, UnicodeDecodeError):
        return None
    values = {
        f"{group}/{name}": v for group in parser.sections() for name, v in parser[group].items()
    }
    return json.dumps({"version": 1, **values}).encode() if values else None
