"""What commands that measure something print and write."""

import json
import sys
from pathlib import Path
from typing import Final

from rich.console import Console

from swem_core.eval.outputs import write_output

_WIDTH: Final = 120  # columns where the output goes to a file, which has no width of its own


def table_console() -> Console:
    """A console whose tables are not squeezed when the output is redirected."""
    return Console() if sys.stdout.isatty() else Console(width=_WIDTH)


def write_json(path: Path, content: object) -> None:
    """Write ``content`` atomically, creating the folder. Raises OutputError."""
    write_output(path, (json.dumps(content, indent=2) + "\n").encode())
