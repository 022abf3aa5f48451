"""What commands that measure something print and write."""

import json
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from app.errors import SettingsError
from swem_core.data.files import write_atomic

_WIDTH: Final = 120  # columns where the output goes to a file, which has no width of its own


def table_console() -> Console:
    """A console whose tables are not squeezed when the output is redirected."""
    return Console() if sys.stdout.isatty() else Console(width=_WIDTH)


def write_json(path: Path, content: object) -> None:
    """Write ``content`` in one step; the folder is made if missing. Raises SettingsError."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomic(path, (json.dumps(content, indent=2) + "\n").encode())
    except OSError as error:
        raise SettingsError(
            f"The results cannot be written to {path} ({error.strerror}). Choose another folder."
        ) from error
